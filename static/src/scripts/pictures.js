// Pictures that are pasted, dropped or chosen go to the server at once and come
// into the text as Markdown. Without this script a button does it.

import { beside, settled } from "./beside.js";
import { apart, putIn } from "./editing.js";

/** Lets the box take pictures; `autosave` knows the draft that they belong to. */
export function takePictures(form, field, autosave) {
  // Whoever was never in the text has no place in it: what they add goes to the end.
  let entered = document.activeElement === field;
  field.addEventListener("focus", () => {
    entered = true;
  });
  const add = async (files, more = {}, refused = (words) => autosave.say(words)) => {
    let fine = true;
    if (!entered) {
      field.setSelectionRange(field.value.length, field.value.length);
    }
    for (const file of files) {
      fine =
        (await autosave.save({ needed: autosave.place.endsWith("/new") })) &&
        (await upload(form, field, autosave, file, more, refused)) &&
        fine;
    }
    return fine;
  };
  field.addEventListener("paste", (event) => {
    const files = pictures(event.clipboardData);
    // Office programs bring a picture of the cells beside their text.
    if (files.length && !event.clipboardData.getData("text/plain")) {
      event.preventDefault();
      add(files);
    }
  });
  onDrop(field, (data) => {
    const files = pictures(data);
    if (files.length) {
      entered = true;
      add(files);
    } else {
      autosave.say(form.dataset.onlyPictures);
    }
  });
  form.querySelector("[data-pictures] button")?.addEventListener("click", async (event) => {
    const { picture, picture_alt: alt, picture_decorative: decorative } = form.elements;
    if (!picture.files.length || !(alt.value.trim() || decorative.checked)) {
      return; // The server says what is missing, beside the field.
    }
    event.preventDefault();
    if (picture.files[0].size > Number(picture.dataset.most)) {
      beside(picture, picture.dataset.tooLarge);
      return;
    }
    beside(picture, "");
    const refused = (words) => beside(picture, words);
    const fine = await add(picture.files, { picture_alt: alt.value, ...(decorative.checked && { picture_decorative: "y" }) }, refused);
    if (!fine) {
      return;
    }
    picture.value = alt.value = "";
    decorative.checked = false;
    settled(picture, alt);
  });
}

/** A box that takes none says so. */
export function refusePictures(field) {
  const refuse = () => {
    beside(field, field.dataset.noPictures);
    field.addEventListener("input", () => beside(field, ""), { once: true });
  };
  field.addEventListener("paste", (event) => {
    const { clipboardData: data } = event;
    if (data.files.length && !data.getData("text/plain")) {
      event.preventDefault();
      refuse();
    }
  });
  onDrop(field, refuse);
}

/** Files that are dropped: the browser would leave the page to open them. */
function onDrop(field, take) {
  field.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
    }
  });
  field.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) {
      event.preventDefault();
      take(event.dataTransfer);
    }
  });
}

const pictures = (data) => [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));

async function upload(form, field, autosave, file, more, refused) {
  const body = new FormData();
  body.set("csrf_token", form.elements.csrf_token.value);
  body.set("picture", file);
  Object.entries(more).forEach(([name, value]) => body.set(name, value));
  try {
    const answer = await fetch(`${autosave.place}/pictures`, { method: "POST", body, redirect: "manual" });
    const { markdown, problem } = await answer.json();
    if (!markdown) {
      refused(problem ?? form.dataset.pictureRefused);
      return false;
    }
    const text = apart(field, markdown);
    const bare = markdown.startsWith("![]");
    putIn(field, text, bare ? { caret: text.indexOf("![]") + 2 } : {});
    autosave.say(bare ? form.dataset.pictureAdded : form.dataset.pictureIn);
    return true;
  } catch {
    refused(form.dataset.pictureRefused);
    return false;
  }
}
