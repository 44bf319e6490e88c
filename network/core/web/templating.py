"""What every template can use: the site, the viewer, the navigation, and times as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, get_flashed_messages, request
from flask_wtf.csrf import generate_csrf
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

from network.core.clock import now
from network.core.licences import LICENCES
from network.core.web.access import Access, everyone
from network.core.web.pagination import with_args, without_arg


@dataclass(frozen=True)
class Place:
    """A link of the main navigation."""

    label: str
    address: str
    current: bool = False


@dataclass(frozen=True)
class Site:
    """What the deployer calls this network."""

    name: str
    contact_email: str
    environment: str
    licence: str


class SharedTemplate(Template):
    """A template whose macros are made once.

    Jinja compares all global names at each import, in case a template was given some of its own; ours never are.
    That comparison was a tenth of a page's cost.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


def add_place(app: Flask, label: str, address: str, access: Access = everyone, also: tuple[str, ...] = ()) -> None:
    """Put a page into the main navigation, in the order of calls, for those whom its rule lets in.

    The pages under it belong to it, and those at and under `also`.
    """
    app.extensions.setdefault("places", []).append((label, address, access, also))


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
    env.template_class = SharedTemplate
    env.trim_blocks = env.lstrip_blocks = True
    # Strings are marked for translation. English needs no catalogue, and plain functions cost a twentieth.
    env.globals.update(_=gettext, ngettext=ngettext)
    site = Site(
        name=app.config["SITE_NAME"],
        contact_email=app.config["CONTACT_EMAIL"],
        environment=app.config["ENVIRONMENT"],
        licence=LICENCES[app.config["DEFAULT_LICENCE"]].name,
    )
    env.globals.update(
        site=site,
        features={"notifications": False},
        with_args=with_args,
        without_arg=without_arg,
        csrf_token=generate_csrf,
    )
    env.filters.update(when=when, day=day, iso=iso, number=number)

    @app.context_processor
    def page() -> dict[str, Any]:
        return {
            "viewer": g.get("viewer") or current_app.extensions["visitor"],
            "navigation": _navigation(),
            "banner": get_flashed_messages(),
            "search_text": request.args.get("q", "") if request.path == "/search" else "",
        }


def _navigation() -> list[Place]:
    path = request.path
    viewer = g.get("viewer") or current_app.extensions["visitor"]
    places: list[tuple[str, str, Access, tuple[str, ...]]] = current_app.extensions.get("places", [])
    return [
        Place(label, address, any(path == at or (at != "/" and path.startswith(at + "/")) for at in (address, *also)))
        # What is for some people stands behind what is for everyone.
        for label, address, access, also in sorted(places, key=lambda place: place[2] is not everyone)
        if access is everyone or access.allows(viewer)
    ]


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


def relative_day(moment: datetime) -> str:
    """Today by the clock, yesterday, a weekday of the last seven days, else the date."""
    there, here = local(moment), local(now())
    days = (here.date() - there.date()).days
    if days == 0:
        return clock_time(there) + " today"
    if days == 1:
        return "yesterday"
    if 1 < days < 7:
        return f"{there:%A}"
    return day(there)


def when(moment: datetime | None) -> Markup | str:
    """A time element: relative words inside, the exact time in its attributes."""
    if moment is None:
        return ""
    there = local(moment)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        there.isoformat(timespec="minutes"), f"{day(there)} at {clock_time(there)}", relative_day(moment)
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
