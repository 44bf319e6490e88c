// Links to our own pages by typing their title: after [[ the pages that hold
// the words are offered. Without this script [[Title]] becomes a link when the
// text is previewed or published.

import { putIn } from "./editing.js";

const PAUSE = 150;
const OPEN = /\[\[([^[\]\n]{0,150})$/;

export function offerTitles(field, toolbar) {
  new Titles(field);
  toolbar.querySelector("[data-md-button=page-link]")?.addEventListener("click", () => {
    putIn(field, `[[${field.value.slice(field.selectionStart, field.selectionEnd)}`);
  });
}

class Titles {
  constructor(field) {
    this.field = field;
    this.at = -1;
    this.found = [];
    this.list = Object.assign(document.createElement("ul"), {
      id: `${field.id}-titles`,
      className: "cp-composer__titles",
      hidden: true,
    });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.dataset.titlesLabel);
    // Below the box: inside it the list would lie over the line that is being typed.
    field.parentElement.after(this.list);
    this.status = Object.assign(document.createElement("span"), { className: "govuk-visually-hidden" });
    this.status.setAttribute("role", "status");
    this.list.after(this.status);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", () => this.later());
    field.addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) {
        this.choose([...this.list.children].indexOf(option));
      }
    });
  }

  /** What was typed since the last [[ before the caret. */
  typed() {
    const { value, selectionStart } = this.field;
    return OPEN.exec(value.slice(Math.max(0, selectionStart - 160), selectionStart))?.[1];
  }

  later() {
    clearTimeout(this.timer);
    const words = this.typed();
    if (words === undefined || words.trim().length < 2) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(words), PAUSE);
  }

  async ask(words) {
    try {
      const answer = await fetch(`${this.field.dataset.titles}?${new URLSearchParams({ q: words })}`);
      const { titles } = answer.ok ? await answer.json() : { titles: [] };
      if (this.typed() === words) {
        this.show(titles);
      }
    } catch {
      this.close();
    }
  }

  show(found) {
    this.found = found;
    this.list.replaceChildren(
      ...found.map(({ text, kind }, place) => {
        const option = document.createElement("li");
        option.id = `${this.list.id}-${place}`;
        option.setAttribute("role", "option");
        const small = Object.assign(document.createElement("span"), { className: "cp-meta", textContent: kind });
        option.append(text, " ", small);
        return option;
      }),
    );
    this.list.hidden = !found.length;
    this.status.textContent = found.length ? this.field.dataset.titlesCount.replace("{n}", found.length) : "";
    this.mark(-1);
    if (found.length) {
      this.list.scrollIntoView({ block: "nearest" });
    }
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.mark(-1);
  }

  mark(place) {
    this.at = place;
    [...this.list.children].forEach((option, each) => option.setAttribute("aria-selected", String(each === place)));
    const option = this.list.children[place];
    if (option) {
      option.scrollIntoView({ block: "nearest" });
      this.field.setAttribute("aria-activedescendant", option.id);
    } else {
      this.field.removeAttribute("aria-activedescendant");
    }
  }

  press(event) {
    if (this.list.hidden || event.isComposing) {
      return;
    }
    const places = this.found.length + 1;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.mark(((this.at + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && this.at >= 0) {
      this.choose(this.at);
    } else if (event.key === "Escape") {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  choose(place) {
    const { text, address } = this.found[place];
    const end = this.field.selectionStart;
    const start = end - this.typed().length - 2;
    const closed = this.field.value.startsWith("]]", end) ? end + 2 : end;
    this.close();
    putIn(this.field, `[${text.replace(/[\\[\]*_`<&]/g, "\\$&")}](${address})`, { start, end: closed });
  }
}
