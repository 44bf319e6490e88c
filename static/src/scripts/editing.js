// Putting words into a text box so that the browser's own undo knows of it.

/** Replaces what is selected, or from `start` to `end`. The caret comes to stand behind, or at `caret` within it. */
export function putIn(field, text, { start = field.selectionStart, end = field.selectionEnd, caret = text.length } = {}) {
  field.focus();
  field.setSelectionRange(start, end);
  // The only way that keeps undo; where it is gone the text still arrives.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(start + caret, start + caret);
}

const PICTURE = /!\[.*?\]\([^()\s]*\)/g;

/** The text with empty lines around it where it would touch other words, to be put in where the caret then stands. */
export function apart(field, text) {
  leavePicture(field);
  const before = field.value.slice(0, field.selectionStart);
  const after = field.value.slice(field.selectionEnd);
  const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  return lead + text + (!after || after.startsWith("\n") ? "\n" : "\n\n");
}

/** Moves a caret that stands within a picture behind it: what is put in there would tear it apart. */
function leavePicture(field) {
  const { value, selectionStart, selectionEnd } = field;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", selectionEnd);
  const lines = value.slice(start, end < 0 ? value.length : end);
  for (const { 0: picture, index } of lines.matchAll(PICTURE)) {
    const begins = start + index;
    const behind = begins + picture.length;
    if ([selectionStart, selectionEnd].some((at) => begins < at && at < behind)) {
      field.setSelectionRange(behind, behind);
    }
  }
}
