// A save that is sent while a page goes away may reach the server later than
// the question for the page that takes its place: a reload then shows the text
// of before. So a page that leaves notes that it sent something, and the next
// one asks what came of it. The note says which page it was and which state of
// the text it knew, never what was typed, and goes with the tab at the latest.
// On a shared computer, where nothing stays in the browser, there is none.

const NOTE = "left";
const RECENT = 60_000;
const PATIENCE = 3_000;
const PAUSE = 200;
// Browsers send no more bytes than this of a page that is going away.
const MOST_WHEN_LEAVING = 60_000;
const OF_ONE_FIELD = 200;

/** Whether all of a form arrives when its page goes away now, in `parts` that are sent together. */
export function fitsLeaving(form, parts = 1) {
  const texts = [...new FormData(form).values()].filter((value) => typeof value === "string");
  const size = texts.reduce((sum, text) => sum + OF_ONE_FIELD + new TextEncoder().encode(text).length, 0);
  return size < MOST_WHEN_LEAVING / parts;
}

/** `twice` when another save of the page is still under way. */
export function noteLeaving(page, place, state, twice) {
  store((kept) => kept.setItem(NOTE, JSON.stringify({ page, place, state, twice, at: Date.now() })));
}

/** The page has its answer and is still there. */
export function forgetLeaving(page) {
  if (note()?.page === page) {
    store((kept) => kept.removeItem(NOTE));
  }
}

/** What the page before this one left under way at `place`, not long ago; undefined for nothing. */
export function leftAt(place) {
  const left = note();
  if (!left || left.place !== place || Date.now() - left.at > RECENT) {
    return undefined;
  }
  // A new guide was begun anew, unless its page was asked for again.
  const { type } = performance.getEntriesByType("navigation")[0] ?? {};
  return place.endsWith("/new") && type === "navigate" ? undefined : left;
}

/** Waits a moment for what was left under way. Gives what the server says of it at `address`, as far as it has it. */
export async function arrived({ state, twice }, address) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const saved = await askFor(address);
    if ((saved?.state && saved.state !== state && !twice) || Date.now() > end) {
      return saved;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** What the server says at an address; undefined when it does not. */
export async function askFor(address) {
  try {
    const answer = await fetch(address, {
      redirect: "manual",
      headers: { Accept: "application/json" },
    });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

function note() {
  return store((kept) => JSON.parse(kept.getItem(NOTE)));
}

/** Nothing where the browser lets us keep nothing, or the computer is shared. */
function store(use) {
  if (document.querySelector("[data-warn-in]")) {
    return undefined;
  }
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}
