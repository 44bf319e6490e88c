// Pages where people write: the formatting toolbar, posts that are kept while
// somebody looks elsewhere, and for guides drafts that save themselves,
// pictures, tables and links to our own pages.

import "@github/markdown-toolbar-element";
import { Autosave } from "./autosave.js";
import { Begun } from "./begun.js";
import { refusePictures, takePictures } from "./pictures.js";
import { takeTables } from "./tables.js";
import { offerTitles } from "./titles.js";

const OF_WHOLE_LINES = "[data-md-button=quote], [data-md-button$=-list]";

// Marks of quotes and lists stand at the start of a line. The element would
// put them before the selected words and so tear their line apart.
const takeWholeLines = (event) => {
  const pressed = event.type === "click" || event.key === "Enter" || event.key === " ";
  const field = event.currentTarget.field;
  if (!pressed || !field || !event.target.closest(OF_WHOLE_LINES)) return;
  const { value, selectionStart, selectionEnd } = field;
  const end = value.indexOf("\n", selectionEnd);
  field.setSelectionRange(
    value.lastIndexOf("\n", selectionStart - 1) + 1,
    end < 0 ? value.length : end,
  );
};

for (const toolbar of document.querySelectorAll("markdown-toolbar")) {
  // Who replies to a post lands in the box and writes on below the quotation.
  const { field } = toolbar;
  if (field && (field.autofocus || location.hash === `#${field.id}`)) {
    field.setSelectionRange(field.value.length, field.value.length);
    field.scrollTop = field.scrollHeight;
  }
  // The element wants to be a tab stop itself until first used. The markup
  // already makes its first button the one tab stop, which announces more.
  toolbar.removeAttribute("tabindex");
  for (const type of ["click", "keydown"]) {
    toolbar.addEventListener(type, takeWholeLines, { capture: true });
  }
  if (field) {
    takeTables(field);
    const form = field.form;
    if (field.dataset.titles) {
      offerTitles(field, toolbar);
    }
    if (form?.dataset.keeps !== undefined) {
      new Begun(form);
    }
    const autosave = form?.dataset.savesAt && new Autosave(form);
    if (autosave && form.dataset.pictureAdded) {
      takePictures(form, field, autosave);
    } else {
      refusePictures(field);
    }
  }
}
