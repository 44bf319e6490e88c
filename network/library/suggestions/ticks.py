"""Which changes were ticked, in few letters, so that an address with many of them stays short: “title.1-57.60”."""

from __future__ import annotations

from collections.abc import Iterable


def brief(keys: Iterable[str]) -> str:
    """The keys as one value of an address."""
    runs: list[list[str]] = []
    for key in keys:
        if runs and key.isdecimal() and runs[-1][-1].isdecimal() and int(key) == int(runs[-1][-1]) + 1:
            runs[-1] = [runs[-1][0], key]
        else:
            runs.append([key])
    return ".".join("-".join(run) for run in runs)


def ticked(values: Iterable[str], keys: Iterable[str]) -> list[str]:
    """Which of these keys such values name; what they name beside is nothing."""
    runs = [run.partition("-") for value in values for run in value.split(".")]
    alone = {first for first, dash, _ in runs if not dash}
    spans = [(int(first), int(last)) for first, _, last in runs if _is_number(first) and _is_number(last)]
    return [key for key in keys if key in alone or _within(key, spans)]


def _within(key: str, spans: list[tuple[int, int]]) -> bool:
    return _is_number(key) and any(first <= int(key) <= last for first, last in spans)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 10
