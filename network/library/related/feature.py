"""What related things add to the library."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.core import schedule
from network.core.events import Consumer, subscribe
from network.library.events import GuideChanged, GuidePublished
from network.library.related.making import CONSUMER, follow, renew_some
from network.library.related.panels import related
from network.library.sections import lend_section


def add(app: Flask) -> None:
    """Registered by the library. Imported guides are looked at by the hourly job: there may be thousands at once."""
    subscribe(app, Consumer(CONSUMER, follow, on=(GuidePublished, GuideChanged), batch=20))
    schedule.every(app, timedelta(hours=1), "library.related", renew_some)
    lend_section(app, "related", related)
