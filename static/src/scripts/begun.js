// What is half written in a reply or a question is handed to the server when
// its page goes out of sight, and while somebody writes, and offered when they
// come back. No text is kept in the browser, because it may be a shared one.
// Without this script Preview keeps what was typed at an address of its own.

import { arrived, fitsLeaving, forgetLeaving, leftAt, noteLeaving } from "./leaving.js";

const EVERY = 15_000;

/** Hands over one form when something in it changed. */
export class Begun {
  constructor(form) {
    this.form = form;
    this.place = new URL(form.getAttribute("action"), location.href).pathname;
    this.changed = false;
    this.sending = undefined;
    this.sent = false;
    this.timer = undefined;
    form.addEventListener("input", () => {
      this.changed = true;
      this.timer ??= setTimeout(() => this.keep(), EVERY);
    });
    form.addEventListener("kept", () => {
      this.sent = true;
    });
    form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") {
        this.leave();
      }
    });
    addEventListener("beforeunload", (event) => {
      if (this.changed && !this.sent && !fitsLeaving(form)) {
        event.preventDefault();
      }
    });
    // Back to a page as it was left, which can be sent again.
    addEventListener("pageshow", ({ persisted }) => {
      this.sent &&= !persisted;
    });
    this.takeOver();
  }

  get page() {
    return this.form.elements.idempotency_key?.value ?? this.place;
  }

  /** The page before this one may have sent more than the server knew when it answered with this one. */
  async takeOver() {
    const left = leftAt(this.place);
    const { keeps } = this.form.dataset;
    if (!left || left.state !== keeps) {
      return;
    }
    const kept = await arrived(left, `/kept?path=${encodeURIComponent(this.place)}`);
    forgetLeaving(left.page);
    if (kept && kept.state !== keeps && !this.changed) {
      location.reload();
    }
  }

  /** What is still under way would come after the post, and be offered although it is sent. */
  submit(event) {
    if (this.sending) {
      event.preventDefault();
      const { submitter } = event;
      this.sending.finally(() => this.form.requestSubmit(submitter));
    } else {
      this.sent = true;
    }
  }

  leave() {
    if (this.changed && !this.sent) {
      noteLeaving(this.page, this.place, this.form.dataset.keeps, Boolean(this.sending));
      this.keep();
    }
  }

  async keep() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.changed || this.sent) {
      return;
    }
    this.changed = false;
    const sending = this.send();
    this.sending = sending;
    const kept = await sending;
    this.sending = this.sending === sending ? undefined : this.sending;
    forgetLeaving(this.page);
    if (kept) {
      this.goOn(kept);
    } else {
      this.changed = true;
      this.timer ??= setTimeout(() => this.keep(), EVERY);
    }
  }

  async send() {
    try {
      const answer = await fetch(`/kept?path=${encodeURIComponent(this.form.getAttribute("action"))}`, {
        method: "POST",
        body: new FormData(this.form),
        keepalive: fitsLeaving(this.form),
        redirect: "manual",
        headers: { Accept: "application/json" },
      });
      return answer.ok ? await answer.json() : undefined;
    } catch {
      return undefined;
    }
  }

  /** A page that holds nothing else belongs to what is kept: reloading and going back lead there. */
  goOn({ again, state }) {
    this.form.dataset.keeps = state;
    const { pathname, searchParams } = new URL(again || location.href, location.href);
    const shown = new URLSearchParams(location.search).get("kept");
    if (again && pathname === location.pathname && searchParams.get("kept") !== shown) {
      history.replaceState(history.state, "", again);
    }
  }
}
