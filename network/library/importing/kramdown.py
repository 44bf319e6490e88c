"""Marks that kramdown and GovSpeak add to Markdown: attribute lists and contents go, named blocks become
ours.
"""

from __future__ import annotations

import re

from network.library.importing.blocks import Block
from network.library.importing.liquid import GONE

ANCHOR = "\ue006"
"""Opens and closes the name of a place in the text that links may lead to."""

_CONTENTS = re.compile(
    r"^[ ]*(?:[-*+]|\d+\.)[ ][^\n]*\n[ ]*\{:\s*+[^}\n]{0,200}\btoc\b[^}\n]{0,200}\}[ ]*$", re.MULTILINE
)
_COMMENT = Block(r"\{::comment\}.*?", r"\{:/(?:comment)?\}")
_EXTENSION = re.compile(r"\{:(?:/\w{0,40}|:\w{1,40}[^}\n]{0,300})\}")
_HEADING_ID = re.compile(
    r"^([ ]{0,3}#{1,6}[^\n]{0,300}?)[ ]{0,9}\{#{1,9}+([\w:.-]{1,200}+)[^}\n]{0,200}+\}[ ]{0,9}#{0,9}[ ]{0,9}$",
    re.MULTILINE,
)
_NAMED = re.compile(r"\{:(?=[^}\n]{0,1201}\})[^}\n]{0,500}#([\w:.-]{1,200}+)[^}\n]{0,500}+\}")
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*\{:[^}\n]{0,500}\}")
_ATTRIBUTE_LINE = re.compile(r"^[ \t]*\{:[^}\n]{0,500}\}[ \t]*\n?", re.MULTILINE)
_TIGHT_HEADING = re.compile(r"^(#{2,6}(?=[^#\s])|#(?=[A-Z\[]))", re.MULTILINE)
_ESCAPED_LINK = re.compile(r"\\\[([^\]]{1,200})\](?=\([^)\n]{1,2000}\))")
_DASHES = re.compile(r"(?<=[^\s|:-] )--(?= [^\s|:-])|(?<=[^\W_])---?(?=[^\W_])")
_SETEXT = re.compile(r"^(?![ ]*(?:[-*+>|#]|\d+\.[ ]|$))([^\n|]+)\n(=+|-{2,})[ ]*$", re.MULTILINE)
_DEFINITION = re.compile(r"^(?![ ]|[-*+>#|])([^\n]+)\n(?:\n)?:[ ]+(.+)$", re.MULTILINE)
_EMPTY_LABEL = re.compile(
    rf"^(?:\*\*[^*\n]+:?\*\*:?|#{{1,6}}[ ][^\n]++|[^\n|]{{1,60}}:)[ ]*\n+"
    rf"(?:{GONE}[ ]*+\n*+)+(?=\Z|#|\*\*|{GONE})",
    re.MULTILINE,
)

_LIST_OF_PLACES = re.compile(
    r"^(?:#{1,6}[ ]+|\*\*)?"
    r"(?:On this page|Contents|Table of contents|In this guide|Sur cette page|Table des matières)"
    r"[ ]?:?(?:\*\*)?:?[ ]*\n+(?:[ ]*(?:[-*+]|\d+\.)[ ]+\[[^\]\n]+\]\(#[^)\n]*\)[ ]*\n+)+(?:---+[ ]*\n+)?",
    re.MULTILINE | re.IGNORECASE,
)

_GOVSPEAK = (
    (re.compile(r"^\^(?!\^)([^\n]+?)\^?[ ]{0,9}$", re.MULTILINE), r"\n!!! info\n    \1\n"),
    (re.compile(r"^%(?![%}])([^\n]+?)%[ ]{0,9}$", re.MULTILINE), r"\n!!! warning\n    \1\n"),
    (re.compile(r"^@([^@\n]+?)@[ ]{0,9}$", re.MULTILINE), r"\n!!! note\n    \1\n"),
    (re.compile(r"^s(\d{1,2})\.[ ]*(?=\S)", re.MULTILINE), r"\1. "),
    (re.compile(r"^\$(?:CTA|EndLegislativeList|LegislativeList|[AICEPD]{1,2})[ ]*$\n?", re.MULTILINE), "\n"),
    (re.compile(r"\bx\[([^\]\n]{0,300})\]\(([^)\n]{0,2000})\)x\b"), r"[\1](\2)"),
)


def plain_markdown(text: str) -> str:
    """Markdown that means the same without kramdown. Code must be masked.

    Names given to headings stay beside them between ANCHOR signs, for ``addresses`` to use.
    """
    text = _CONTENTS.sub(GONE, text)
    text = _COMMENT.sub(lambda _: "", text)
    text = _EXTENSION.sub("", text)
    text = _TIGHT_HEADING.sub(r"\1 ", text)
    text = _SETEXT.sub(lambda match: f"{'#' if match[2][0] == '=' else '##'} {match[1].strip()}", text)
    text = _HEADING_ID.sub(rf"\1 {ANCHOR}\2{ANCHOR}", text)
    text = _NAMED.sub(rf"{ANCHOR}\1{ANCHOR}", text)
    text = _ATTRIBUTE_LINE.sub("", text)
    text = _ATTRIBUTES.sub("", text)
    text = _DEFINITION.sub(r"**\1**\n\n\2", text)
    text = _DASHES.sub(lambda match: "\u2013" if len(match[0]) == 2 else "\u2014", text)
    text = _ESCAPED_LINK.sub(r"[\1]", text)
    for pattern, ours in _GOVSPEAK:
        text = pattern.sub(ours, text)
    return text


def drop_contents(text: str) -> str:
    """Takes away a page's own list of its headings; every guide gets one here."""
    return _LIST_OF_PLACES.sub("", text)


def drop_empty_labels(text: str) -> str:
    """Takes away headings and labels under which nothing is left, and the marks of what went."""
    return _EMPTY_LABEL.sub("", text).replace(GONE, "")
