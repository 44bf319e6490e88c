// Drafts save themselves on the server while somebody writes. Nothing is kept
// in the browser, because it may be a shared one. The Save draft button does
// the same without this script.

const EVERY = 15_000;
// Browsers send no more than this of a page that is going away.
const MOST_WHEN_LEAVING = 60_000;

/** Saves one form when something in it changed, never twice at once. */
export class Autosave {
  constructor(form) {
    this.form = form;
    this.status = document.getElementById("saved");
    // The same words where somebody writes, for eyes alone: they are spoken once.
    this.near = Object.assign(document.createElement("p"), { className: "cp-meta govuk-!-margin-top-1" });
    this.near.setAttribute("aria-hidden", "true");
    form.elements.body.closest(".cp-composer").after(this.near);
    this.place = form.dataset.savesAt;
    // What was sent only to be previewed is on the server nowhere yet.
    this.changed = "unsent" in form.dataset;
    this.sending = undefined;
    this.stopped = false;
    this.sent = false;
    this.timer = this.changed ? setTimeout(() => this.save(), EVERY) : undefined;
    this.listen();
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
        this.save({ leaving: true });
      }
    });
    // Back to a page whose form was sent: what is stored now is newer than it.
    addEventListener("pageshow", (event) => {
      if (event.persisted && this.sent) {
        location.reload();
      }
    });
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
    if (!this.sending) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.changed = false;
      this.sending = this.send(leaving, needed).finally(() => {
        this.sending = undefined;
      });
    }
    return this.sending;
  }

  async send(leaving, needed) {
    const body = new FormData(this.form);
    body.delete("picture");
    const small = this.form.elements.body.value.length * 3 < MOST_WHEN_LEAVING;
    let answer;
    try {
      answer = await fetch(`${this.place}/autosave${needed ? "?picture=yes" : ""}`, {
        method: "POST",
        body,
        keepalive: leaving && small,
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
      return this.stop((await answer.json()).conflict);
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
    const { base, kept_at: keptAt } = this.form.elements;
    if (/\/(edit|suggest)$/.test(address)) {
      keptAt.value = state;
    } else {
      base.value = state;
    }
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

  stop(words) {
    this.stopped = true;
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
