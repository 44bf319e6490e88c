// On a shared computer, two idle minutes before the sign-out, a page asks
// whether somebody is still there. Pages that are only read turn into it by
// themselves (a header of the server's). Pages with a form come here: what
// was typed is handed to the server first, and waits there.

const TEXT = "textarea, input:not([type]), input[type=text], input[type=url], input[type=email], input[type=date]";

/** Warns in time, keeps what was typed, and counts typing as being there. */
export function warnBeforeSignOut(page) {
  const ribbon = page.querySelector("[data-warn-in]");
  const forms = [...page.querySelectorAll("form[method=post][novalidate]")];
  if (!ribbon || !forms.length) {
    return;
  }
  const { warnIn, warnEvery, unsent } = ribbon.dataset;
  let typedAt = 0;
  page.addEventListener("input", () => {
    typedAt = Date.now();
  });

  async function due() {
    if (Date.now() - typedAt < (warnEvery * 1000) / 8 && (await stay(forms[0], ribbon))) {
      window.setTimeout(due, warnEvery * 1000);
      return;
    }
    const form = forms.find(isChanged) ?? (unsent ? forms[0] : undefined);
    const address = form ? await keep(form) : warning(location);
    // Without an answer the page stays as it is: better late than lost.
    if (address) {
      // A draft that saved itself now would count as somebody being there.
      form?.dispatchEvent(new Event("kept"));
      location.assign(address);
    }
  }
  window.setTimeout(due, warnIn * 1000);
}

/** Tells the server that somebody is typing. False when it did not hear. */
async function stay(form, ribbon) {
  const body = new FormData();
  body.set("csrf_token", form.elements.csrf_token.value);
  const { until } = (await send("/idle", body)) ?? {};
  if (until) {
    const words = ribbon.querySelector("span");
    words.textContent = words.textContent.replace(ribbon.dataset.until, until);
    ribbon.dataset.until = until;
  }
  return Boolean(until);
}

/** Hands over what was typed; gives the address of the warning, which leads back to it. */
async function keep(form) {
  if (form.querySelector("input[type=password]")) {
    return warning(location);
  }
  const body = new FormData(form);
  for (const { name } of form.querySelectorAll("input[type=file]")) {
    body.delete(name);
  }
  const target = new URL(form.getAttribute("action") || location.href, location.href);
  const answer = await send(`/kept?path=${encodeURIComponent(target.pathname + target.search)}`, body);
  return answer?.address;
}

async function send(address, body) {
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    return answer.ok && !answer.redirected ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

function warning(place) {
  return `/idle?next=${encodeURIComponent(place.pathname + place.search)}`;
}

function isChanged(form) {
  const fields = [...form.elements];
  return (
    [...form.querySelectorAll(TEXT)].some((field) => field.value !== field.defaultValue) ||
    fields.some((field) => field.checked !== undefined && field.checked !== field.defaultChecked)
  );
}
