"""`/development/mail`: the mails that development keeps instead of sending, newest first, with links to press."""

from __future__ import annotations

from typing import Any

from flask import abort, g, render_template

from network.core.mail.kept import kept_mail, kept_numbers
from network.core.web.access import development
from network.core.web.area import Area
from network.core.web.pagination import Page, offset, page_links, page_number

PER_PAGE = 20

area = Area("mail", __name__)


@area.get("/development/mail", access=development)
def mails() -> Any:
    """The list."""
    g.keep_nothing = True
    numbers, number = kept_numbers(), page_number()
    first = offset(number, PER_PAGE)
    found = [mail for one in numbers[first : first + PER_PAGE] if (mail := kept_mail(one))]
    page = Page(found, number, PER_PAGE, len(numbers))
    return render_template("mail/list.html", page=page, pages=page_links(page))


@area.get("/development/mail/<int(max=2147483647):number>", access=development)
def mail(number: int) -> Any:
    """One mail, as its receiver reads it."""
    g.keep_nothing = True
    found = kept_mail(number)
    if found is None:
        abort(404)
    return render_template("mail/show.html", mail=found)
