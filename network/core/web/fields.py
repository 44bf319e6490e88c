"""Fields and rules that forms of all features share."""

from __future__ import annotations

import unicodedata
from typing import Any
from urllib.parse import urlsplit

from wtforms import DateField
from wtforms.validators import DataRequired, Length

from network.core.web.forms import clean_text


class Written(DataRequired):
    """Something that can be seen was typed: not only spaces, nor letters that show nothing."""

    def __call__(self, form: Any, field: Any) -> None:
        """Treat what shows nothing as empty."""
        if not any(unicodedata.category(letter)[0] in "LNPS" for letter in field.data or ""):
            field.data = ""
        super().__call__(form, field)


class DayField(DateField):
    """A day. What was typed is shown again as typed, but for characters that no page may hold."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Clean the words before they are read and kept."""
        self.raw_data = [clean_text(value) for value in valuelist]
        super().process_formdata(self.raw_data)


def fits(name: str, most: int) -> Length:
    """A limit in the words of the error pattern."""
    return Length(max=most, message=f"{name} must be {most:,} characters or fewer")


def largest(most_bytes: int, words: str) -> dict[str, str]:
    """For a file field: a script names the limit before anything is sent. The server has to look all the same."""
    return {"data-most": str(most_bytes), "data-too-large": words}


def one_line(value: str | None) -> str:
    """Names and sentences carry no spaces around them and no line breaks."""
    return " ".join((value or "").split())


def whole_number(text: str | None, otherwise: int, *, digits: int = 9) -> int:
    """The number that a hidden field or a button brings; `otherwise` for what is none, or has more `digits`."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else otherwise


def is_web_address(text: str) -> bool:
    """Does it begin with http or https, and name a host?"""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(letter.isspace() for letter in text)
