"""The allow-list: whatever the converter made, only these elements, attributes, classes and schemes get
out.
"""

from __future__ import annotations

import re

import nh3

from network.core.text import code, links

ID = re.compile(r"^fn(?:ref\d*)?-\d+$")
"""Ids of footnotes and of their references. Headings get theirs afterwards."""

TAGS = frozenset(
    [
        "p",
        "br",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "strong",
        "em",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "a",
        "img",
        "sup",
        "abbr",
        "span",
        "div",
        "section",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)

CLASSES = {
    "div": {"cp-table", "cp-note", "cp-note--warning"},
    "section": {"cp-footnotes"},
    "strong": {"cp-note__label"},
    "li": {"cp-task", "cp-task--done"},
    "ul": {"cp-tasks"},
    "th": {"cp-cell--right", "cp-cell--centre"},
    "td": {"cp-cell--right", "cp-cell--centre"},
    "a": {"cp-footnote-ref", "cp-footnote-back"},
    "img": {"cp-decorative"},
    "span": {"govuk-visually-hidden", "cp-task__box", *code.CLASSES},
}

ATTRIBUTES = {
    "a": {"href", "title", "id", "aria-label"},
    "abbr": {"title"},
    "div": {"aria-label"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    "pre": {"aria-label"},
    "section": {"aria-label"},
    "sup": {"id"},
}

FIXED = {
    "a": {"rel": {links.OUTSIDE_REL, "noopener"}},
    "div": {"role": {"region", "group"}, "tabindex": {"0"}},
    "img": {"loading": {"lazy"}},
    "pre": {"role": {"region", "group"}, "tabindex": {"0"}},
    "span": {"aria-hidden": {"true"}},
    "th": {"scope": {"col"}},
}
"""Attributes that may hold nothing but these values."""

DROPPED_WHOLE = {
    "script",
    "style",
    "svg",
    "math",
    "iframe",
    "noscript",
    "template",
    "object",
    "title",
    "textarea",
}


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "id" and not ID.match(value):
        return None
    if attribute == "src" and not links.is_own_picture(value):
        return None
    if attribute == "start" and not value.isdigit():
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=DROPPED_WHOLE,
    attributes=ATTRIBUTES,
    attribute_filter=_filter,
    tag_attribute_values=FIXED,
    allowed_classes=CLASSES,
    url_schemes=set(links.SCHEMES),
    link_rel=None,
)


def clean(html: str) -> str:
    """HTML with nothing in it but what the allow-list names; text inside forbidden elements is kept or
    dropped.
    """
    return _CLEANER.clean(html)
