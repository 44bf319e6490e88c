"""What every template can use: the site, the viewer, the navigation, and times as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, get_flashed_messages, request
from markupsafe import Markup, escape

from network.core.clock import now
from network.core.licences import LICENCES
from network.core.web.access import Access, everyone
from network.core.web.laid_out import add_laid_out
from network.core.web.pagination import with_args, without_arg
from network.core.web.signing import form_token


@dataclass(frozen=True)
class Place:
    """A link of the main navigation; `current` when its page or one below it is shown, `exact` when it is itself."""

    label: str
    address: str
    current: bool = False
    exact: bool = False


# A link of the main navigation as it was given: label, address, for whom, and other addresses that belong to it.
_Lent = tuple[str, str, Access, tuple[str, ...]]


@dataclass(frozen=True)
class Site:
    """What the deployer calls this network."""

    name: str
    contact_email: str
    environment: str
    licence: str


def add_place(app: Flask, label: str, address: str, access: Access = everyone, also: tuple[str, ...] = ()) -> None:
    """Put a page into the main navigation, in the order of calls, for those whom its rule lets in.

    The pages under it belong to it, and those at and under `also`.
    """
    places: list[_Lent] = app.extensions.setdefault("places", [])
    places.append((label, address, access, also))
    places.sort(key=lambda place: place[2] is not everyone)  # What is for some people stands behind what is for all.


def gettext(text: str, /, **values: object) -> str | Markup:
    """The text with its values put in; values are escaped where the page needs it."""
    if not values:
        return text
    return Markup(text) % {name: escape(value) for name, value in values.items()}  # noqa: S704  (text is ours)


def ngettext(one: str, many: str, num: int, /, **values: object) -> str | Markup:
    """The text for one or for many; `%(num)s` is the number as people write it."""
    return gettext(one if num == 1 else many, num=number(num), **values)


def add_templating(app: Flask) -> None:
    """Register the context and the filters."""
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    # Strings are marked for translation. English needs no catalogue, and plain functions cost a twentieth; words alone
    # cost nothing (environment.py).
    env.globals.update(_=gettext, ngettext=ngettext)
    site = Site(
        name=app.config["SITE_NAME"],
        contact_email=app.config["CONTACT_EMAIL"],
        environment=app.config["ENVIRONMENT"],
        licence=LICENCES[app.config["DEFAULT_LICENCE"]].name,
    )
    env.globals.update(
        site=site,
        with_args=with_args,
        without_arg=without_arg,
        csrf_token=form_token,
    )
    add_laid_out(app)
    env.filters.update(when=when, exact=exact, day=day, iso=iso, number=number)

    @app.context_processor
    def page() -> dict[str, Any]:
        return {
            "viewer": g.get("viewer") or current_app.extensions["visitor"],
            "navigation": _navigation(),
            "banner": get_flashed_messages(),
            "banner_kind": "" if get_flashed_messages(category_filter=["undone"]) else "success",
            "search_text": request.args.get("q", "") if request.path == "/search" else "",
        }


def _navigation() -> tuple[Place, ...]:
    path = request.path
    viewer = g.get("viewer") or current_app.extensions["visitor"]
    places: list[_Lent] = current_app.extensions.get("places", [])
    return tuple(
        Place(label, address, any(_within(path, at) for at in (address, *also)), path == address)
        for label, address, access, also in places
        if access is everyone or access.allows(viewer)
    )


def _within(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(address + "/"))


def zone() -> ZoneInfo:
    """The zone in which days are counted; ZoneInfo keeps its own cache."""
    return ZoneInfo(current_app.config["TIME_ZONE"])


def local(moment: datetime) -> datetime:
    """A stored time where the deployment lives."""
    return moment.astimezone(zone())


def clock_time(moment: datetime) -> str:
    """“9:12am”, “2pm”"""
    hour = moment.hour % 12 or 12
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{hour}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def day(value: date | datetime | None) -> str:
    """“3 November 2026”"""
    if value is None:
        return ""
    value = local(value) if isinstance(value, datetime) else value
    return f"{value.day} {value:%B %Y}"


def exact(moment: datetime) -> str:
    """“3 November 2026 at 9:12am”"""
    return f"{day(moment)} at {clock_time(local(moment))}"


def time_words(moment: datetime, today: date) -> str:
    """“today at 9:12am”, “Thursday at 2pm”, “3 November 2026”, for a local moment: by the clock for a week."""
    days = (today - moment.date()).days
    if not 0 <= days < 7:
        return f"{moment.day} {moment:%B %Y}"
    start = ("today", "yesterday")[days] if days < 2 else f"{moment:%A}"
    return f"{start} at {clock_time(moment)}"


def relative_day(moment: datetime) -> str:
    """The same for a stored time, as it stands within a sentence."""
    return time_words(local(moment), local(now()).date())


def when(moment: datetime | None) -> Markup | str:
    """A time element: relative words inside, the exact time in its attributes."""
    if moment is None:
        return ""
    there = local(moment)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        there.isoformat(timespec="minutes"), exact(there), relative_day(moment)
    )


def iso(moment: datetime) -> str:
    """For machine-readable attributes."""
    return local(moment).isoformat(timespec="seconds")


def number(value: int) -> str:
    """“2,918”"""
    return f"{value:,}"


def greeting() -> str:
    """Morning to 11:59, afternoon to 17:59, evening after."""
    hour = local(now()).hour
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"
