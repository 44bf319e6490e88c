"""Sending a form as a browser would: fetch the page, keep what it holds, change what somebody types, send it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.etree.ElementTree import Element

from tests.support.html import parsed_page

Fields = dict[str, Any]


def forms_of(html: str) -> list[Element]:
    """Every form of a page."""
    return list(parsed_page(html).iter("form"))


def filled(form: Element) -> Fields:
    """What a browser would send of a form that nobody has touched; values of one name in a list."""
    fields: dict[str, list[str]] = {}
    for control in form.iter():
        name = control.get("name")
        if not name:
            continue
        if control.tag == "textarea":
            fields.setdefault(name, []).append((control.text or "").removeprefix("\n"))
        elif control.tag == "select":
            options = list(control.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            fields.setdefault(name, []).extend(o.get("value", o.text or "") for o in chosen)
        elif control.tag == "input" and control.get("type") in ("checkbox", "radio"):
            if control.get("checked") is not None:
                fields.setdefault(name, []).append(control.get("value", "on"))
        elif control.tag == "input" and control.get("type") not in ("file", "submit"):
            fields.setdefault(name, []).append(control.get("value", ""))
    return dict(fields)


def find_form(html: str, *, action: str | None = None) -> Element:
    """The form of the page that people fill in, not the search box nor a button that signs out or throws away what was
    begun; or the one with this action.
    """
    for form in forms_of(html):
        if form.get("method", "get").lower() != "post":
            continue
        beside = form.get("id") == "sign-out" or form.get("action", "").startswith("/kept/")
        if (form.get("action") == action) if action is not None else not beside:
            return form
    raise AssertionError(f"no such form on the page (action={action})")


def form_of(client: Any, address: str) -> Fields:
    """What a browser would send of a page's form that nobody has touched."""
    return filled(find_form(client.get(address).get_data(as_text=True)))


def send(client: Any, address: str, *, action: str | None = None, **typed: Any) -> Any:
    """Fetch a page and send its form with what is typed. None as a value takes a field away."""
    page = client.get(address)
    assert page.status_code == 200, f"{address} answers {page.status_code}"
    form = find_form(page.get_data(as_text=True), action=action)
    fields = {**filled(form), **typed}
    data = {name: value for name, value in fields.items() if value is not None}
    return client.post(form.get("action") or address, data=data)


def look(client: Any, address: str, act: str = "preview", **typed: Any) -> Any:
    """Press Preview, or another button that shows the text, and be led to where it is shown."""
    sent = send(client, address, act=act, **typed)
    assert sent.status_code == 303, f"{act} at {address} answers {sent.status_code}"
    return client.get(sent.location)


def shown(client: Any, answer: Any) -> Any:
    """What was sent is shown again: at an address of its own, so that Back and reload work."""
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert page.status_code == 200, f"{answer.location} answers {page.status_code}"
    return page


def without_token(page: Any) -> str:
    """A page's text without its form tokens, which differ by themselves."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page.get_data(as_text=True))


def token(client: Any, address: str = "/sign-in") -> str:
    """A form token of this client's session."""
    page = client.get(address, follow_redirects=True)
    for form in forms_of(page.get_data(as_text=True)):
        for control in form.iter("input"):
            if control.get("name") == "csrf_token":
                return str(control.get("value"))
    raise AssertionError(f"no form token on {address}")


def send_at_once(clients: Sequence[Any], address: str, forms: Sequence[Fields]) -> list[int]:
    """Send these forms in the same moment, each from its client; what each is answered with."""
    with ThreadPoolExecutor(len(clients)) as pool:
        answers = pool.map(lambda client, form: client.post(address, data=form), clients, forms)
        return [answer.status_code for answer in answers]
