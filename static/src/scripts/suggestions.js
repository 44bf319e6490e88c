// Suggestions under the search box: an editable combobox with a list, in which
// a person chooses by hand (the pattern of the ARIA Authoring Practices).
// Without this script the box searches just as well.

const PAUSE = 120;
const SHORTEST = 2;

/** Gives every search box its suggestions. */
export function suggestWhileTyping(page) {
  page.querySelectorAll("form[data-suggest]").forEach((form) => new Suggestions(form));
}

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.list = form.appendChild(document.createElement("ul"));
    this.list.id = `${this.input.id}-suggestions`;
    this.list.className = "cp-suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.dataset.suggestLabel);
    this.status = form.appendChild(document.createElement("span"));
    this.status.className = "govuk-visually-hidden";
    this.status.setAttribute("role", "status");
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-expanded", "false");
    this.input.setAttribute("aria-controls", this.list.id);
    this.found = [];
    this.at = -1;
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    // A press on an option must not take the focus from the box.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) {
        this.choose([...this.list.children].indexOf(option));
      }
    });
  }

  later() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const text = this.input.value.trim();
    if (text.length < SHORTEST) {
      this.close();
      return;
    }
    this.asking = new AbortController();
    try {
      const address = `${this.form.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      const answer = await fetch(address, { signal: this.asking.signal });
      this.show(answer.ok ? (await answer.json()).suggestions : []);
    } catch {
      // Typing went on, or the line is bad: the box still searches.
    }
  }

  show(found) {
    if (document.activeElement !== this.input) {
      return;
    }
    this.found = found;
    this.list.replaceChildren(...found.map((each, place) => this.option(each, place)));
    this.status.textContent = found.length ? this.form.dataset.suggestCount.replace("{n}", found.length) : "";
    this.mark(-1);
    this.open(found.length > 0);
  }

  option({ text, kind }, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const words = option.appendChild(document.createElement("span"));
    words.textContent = text;
    option.append(" ");
    const small = option.appendChild(document.createElement("span"));
    small.className = "cp-suggestions__kind";
    small.textContent = kind;
    return option;
  }

  open(opened) {
    this.list.hidden = !opened;
    this.input.setAttribute("aria-expanded", String(opened));
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.mark(-1);
    this.open(false);
  }

  mark(place) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = place;
    const option = this.list.children[place];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  /** One step through the options; past either end the box itself is next. */
  step(by) {
    const places = this.found.length + 1;
    this.mark(((this.at + 1 + by + places) % places) - 1);
  }

  press(event) {
    const opened = !this.list.hidden;
    if (event.isComposing || event.ctrlKey || event.metaKey) {
      return;
    }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && this.found.length) {
      event.preventDefault();
      if (event.altKey) {
        this.mark(-1);
        this.open(event.key === "ArrowDown");
      } else {
        this.open(true);
        this.step(event.key === "ArrowDown" ? 1 : -1);
      }
    } else if (event.key === "Enter" && opened && this.at >= 0) {
      event.preventDefault();
      this.choose(this.at);
    } else if (event.key === "Escape" && opened) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Home" || event.key === "End" || event.key === "ArrowLeft" || event.key === "ArrowRight") {
      this.mark(-1);
    }
  }

  /** Every suggestion is a place of its own. */
  choose(place) {
    const { text, address } = this.found[place];
    this.input.value = text;
    this.close();
    window.location.assign(address);
  }
}
