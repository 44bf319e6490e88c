// Drafts save themselves on the server while somebody writes. No text is kept
// in the browser, because it may be a shared one. The Save draft button does
// the same without this script.

import { arrived, askFor, fitsLeaving, forgetLeaving, leftAt, noteLeaving } from "./leaving.js";

const EVERY = 15_000;

/** Saves one form when something in it changed, never twice at once. */
export class Autosave {
  constructor(form) {
    this.form = form;
    this.status = document.getElementById("saved");
    // The same words where somebody writes, for eyes alone: they are spoken once.
    this.near = Object.assign(document.createElement("p"), { className: "cp-meta govuk-!-margin-top-1" });
    this.near.setAttribute("aria-hidden", "true");
    form.elements.body.closest(".cp-composer").after(this.near);
    [this.place, this.query = ""] = form.dataset.savesAt.split("?");
    // What was sent only to be previewed is on the server nowhere yet.
    this.changed = "unsent" in form.dataset;
    this.sending = undefined;
    this.turn = 0;
    this.stopped = false;
    this.sent = false;
    this.timer = this.changed ? setTimeout(() => this.save(), EVERY) : undefined;
    this.listen();
    this.takeOver();
  }

  /** What the page before this one sent while it went away is newer than what this one shows. */
  async takeOver() {
    const left = leftAt(this.place);
    const { body } = this.form.elements;
    if (!left || this.changed || body.value !== body.defaultValue) {
      return;
    }
    // Whoever wrote on here before that is known would write on in the older text.
    this.form.inert = true;
    const saved = await arrived(left, `/drafts/saved?page=${encodeURIComponent(left.page)}`);
    forgetLeaving(left.page);
    if (saved?.address && saved.address !== this.place) {
      location.replace(saved.address);
    } else if (
      (saved?.state && saved.state !== this.seenAt(this.place).value) ||
      (!saved?.state && (await this.isKeptBeside()))
    ) {
      location.reload();
    } else {
      this.form.inert = false;
    }
  }

  /** What was sent may have met what somebody else had saved, and be kept beside that. */
  async isKeptBeside() {
    const kept = await askFor(`/kept?path=${encodeURIComponent(this.place)}`);
    return Boolean(kept?.state) && kept.state !== this.form.dataset.beside;
  }

  listen() {
    for (const type of ["input", "change"]) {
      this.form.addEventListener(type, ({ target }) => {
        if (target.name && !target.name.startsWith("picture")) {
          this.changed = true;
          this.timer ??= setTimeout(() => this.save(), EVERY);
        }
      });
    }
    this.form.addEventListener("kept", () => {
      this.sent = true;
    });
    this.form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && !this.sent) {
        this.leave();
      }
    });
    addEventListener("beforeunload", (event) => {
      if (this.changed && !this.sent && (this.stopped || !this.fitsLeaving())) {
        event.preventDefault();
      }
    });
    // Back to a page as it was left: what is stored now may be newer than it.
    addEventListener("pageshow", async (event) => {
      if (event.persisted) {
        await this.sending;
        if (this.sent || !this.changed) {
          location.reload();
        }
      }
    });
  }

  /** The page may only be out of sight; then the answer still comes. */
  leave() {
    if (!this.stopped && (this.changed || this.sending)) {
      const twice = Boolean(this.changed && this.sending);
      noteLeaving(this.page, this.place, this.seenAt(this.place).value, twice);
    }
    this.save({ leaving: true });
  }

  /** Whether all of it arrives when the page goes away now. A new guide's first save makes the draft, alone. */
  fitsLeaving() {
    if (this.sending && this.place.endsWith("/new")) {
      return false;
    }
    return fitsLeaving(this.form, this.sending ? 2 : 1);
  }

  get page() {
    return this.form.elements.idempotency_key.value;
  }

  /** The field that says which state of the text at an address this page has seen. */
  seenAt(address) {
    const { base, kept_at: keptAt } = this.form.elements;
    return /\/(edit|suggest)$/.test(address) ? keptAt : base;
  }

  /** A button waits for a save under way, which would otherwise look like somebody else's. */
  submit(event) {
    if (this.sending) {
      event.preventDefault();
      const { submitter } = event;
      this.sending.finally(() => this.form.requestSubmit(submitter));
      return;
    }
    clearTimeout(this.timer);
    this.sent = true;
  }

  /** Resolves to true when the text is on the server. */
  save({ leaving = false, needed = false } = {}) {
    if (this.stopped || this.sent || (!this.changed && !needed)) {
      return this.sending ?? Promise.resolve(!this.stopped);
    }
    // A page that goes away cannot wait for its save before. The server keeps the newer, whichever comes first.
    if (!this.sending || (leaving && this.fitsLeaving())) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.changed = false;
      const sending = this.send(this.fitsLeaving(), needed).finally(() => {
        if (this.sending === sending) {
          this.sending = undefined;
          forgetLeaving(this.page);
        }
      });
      this.sending = sending;
    }
    return this.sending;
  }

  async send(fits, needed) {
    const body = new FormData(this.form);
    body.delete("picture");
    // By the clock: a page that Back brought again saved before, and knows of no count.
    this.turn = Math.max(this.turn + 1, Date.now());
    body.set("turn", this.turn);
    const query = needed ? "picture=yes" : this.query;
    let answer;
    try {
      answer = await fetch(`${this.place}/autosave${query && "?"}${query}`, {
        method: "POST",
        body,
        // It may be under way when the page goes away.
        keepalive: fits,
        redirect: "manual",
        headers: { Accept: "application/json" },
      });
    } catch {
      return this.later();
    }
    if (answer.type === "opaqueredirect") {
      return this.stop(this.form.dataset.signedOut);
    }
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (answer.status === 409 && isJson) {
      const { conflict, kept } = await answer.json();
      return kept ? this.keptBeside(conflict) : this.stop(conflict);
    }
    if (answer.status === 400 && isJson && (await answer.json()).expired) {
      return this.stop(this.form.dataset.signedOut);
    }
    if (!answer.ok || !isJson) {
      return this.later(answer.status < 500 ? this.form.dataset.refused : undefined);
    }
    this.goOn(await answer.json());
    return true;
  }

  /** The page now belongs to the draft: reloading and going back lead there. */
  goOn({ saved, address, state }) {
    if (!saved) {
      return;
    }
    this.say(saved);
    this.seenAt(address).value = state;
    if (address !== this.place) {
      this.place = address;
      this.form.action = address;
      history.replaceState(history.state, "", address);
    }
  }

  later(words = this.form.dataset.unsaved) {
    this.changed = true;
    this.timer = setTimeout(() => this.save(), EVERY);
    this.say(words);
    return false;
  }

  /** Somebody else saved: what is typed here is kept beside that, and what is typed on too. */
  keptBeside(words) {
    this.say(words);
    return false;
  }

  /** From here on only a button sends it. */
  stop(words) {
    this.stopped = true;
    this.changed = true;
    this.say(words);
    return false;
  }

  /** Words that name the minute change once a minute at most, and so speak once a minute. */
  say(words) {
    if (this.status.textContent !== words) {
      this.status.textContent = words;
      this.near.textContent = words;
    }
  }
}
