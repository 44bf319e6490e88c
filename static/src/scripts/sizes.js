// Files that are too large are named at their field before they are sent, which
// may take minutes on a slow line. The server looks at them all the same.

import { beside } from "./beside.js";

const CHECKED = "input[type=file][data-most]";

export function checkSizes(page) {
  page.addEventListener("change", ({ target }) => {
    if (target.matches(CHECKED)) {
      beside(target, problem(target));
    }
  });
  // Before anybody else hears of it: a form that stays was not sent.
  page.addEventListener(
    "submit",
    (event) => {
      const refused = [...event.target.querySelectorAll(CHECKED)].find(problem);
      if (!refused) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      beside(refused, problem(refused));
      refused.closest("details")?.setAttribute("open", "");
      refused.focus();
    },
    { capture: true },
  );
}

function problem({ files, dataset }) {
  const bytes = [...files].reduce((sum, file) => sum + file.size, 0);
  return bytes > Number(dataset.most) ? dataset.tooLarge : "";
}
