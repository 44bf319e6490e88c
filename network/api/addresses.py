"""Addresses of the interface, and how answers name another guide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import request

from network.core.web.addresses import absolute
from network.portability.parts import Other

BASE = "/api/v1"


def guide_address(uuid: object) -> str:
    """Where a guide is in this interface."""
    return absolute(f"{BASE}/guides/{uuid}")


def list_address(**narrowed: str) -> str:
    """A list of guides in this interface."""
    return absolute(f"{BASE}/guides?{urlencode(narrowed)}")


def other(guide: Other) -> dict[str, str]:
    """Another guide that everybody may read."""
    return {
        "uuid": guide.uuid,
        "title": guide.title,
        "address": absolute(f"/library/{guide.slug}"),
        "self": guide_address(guide.uuid),
    }


def next_page(asked: Mapping[str, Any], *, per_page: int, total: int) -> dict[str, str]:
    """The address of the page after this one as the field `next`; nothing after the last one."""
    if asked["page"] * per_page >= total:
        return {}
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    return {"next": absolute(f"{request.path}?{urlencode([*kept, ('page', asked['page'] + 1)])}")}
