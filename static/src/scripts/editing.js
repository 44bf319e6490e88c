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

/** The text with empty lines around it where it would touch other words. */
export function apart(field, text) {
  const before = field.value.slice(0, field.selectionStart);
  const after = field.value.slice(field.selectionEnd);
  const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  return lead + text + (!after || after.startsWith("\n") ? "\n" : "\n\n");
}
