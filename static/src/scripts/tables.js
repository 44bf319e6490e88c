// Rows copied from a spreadsheet become a table as they are pasted. Without
// this script the preview offers the same.

import { apart, putIn } from "./editing.js";

export function takeTables(field) {
  field.addEventListener("paste", (event) => {
    const rows = rowsOf(event.clipboardData.getData("text/plain"));
    if (rows) {
      event.preventDefault();
      putIn(field, apart(field, markdown(rows)));
    }
  });
}

/** Cells of at least two rows of the same two or more columns; nothing for any other text. */
export function rowsOf(text) {
  const rows = [[""]];
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  for (let at = 0; at < source.length; at += 1) {
    const row = rows[rows.length - 1];
    const sign = source[at];
    if (sign === '"' && (quoted || row[row.length - 1] === "")) {
      // A cell with line ends stands in quotation marks, its own marks doubled.
      if (quoted && source[at + 1] === '"') {
        row[row.length - 1] += '"';
        at += 1;
      } else {
        quoted = !quoted;
      }
    } else if (sign === "\t" && !quoted) {
      row.push("");
    } else if (sign === "\n" && !quoted) {
      rows.push([""]);
    } else {
      row[row.length - 1] += sign;
    }
  }
  const wide = rows[0].length;
  return !quoted && wide > 1 && rows.length > 1 && rows.every((row) => row.length === wide) ? rows : undefined;
}

function markdown([head, ...rest]) {
  const line = (cells) => `| ${cells.map((cell) => cell.trim().replace(/\s+/g, " ").replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...rest.map(line)].join("\n");
}
