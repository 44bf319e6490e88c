"""Answers as text."""

from __future__ import annotations

import json
from typing import Any


def as_json(answer: Any) -> str:
    """The text of an answer. Fields without a value are left out, so that nothing is ever null."""
    return json.dumps(_said(answer), ensure_ascii=False)


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _said(inner) for name, inner in value.items() if inner is not None and inner != ""}
    return [_said(inner) for inner in value] if isinstance(value, list) else value
