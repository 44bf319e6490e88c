"""Names of files as they are shown and saved: of the name that came with a file only its words are kept."""

from __future__ import annotations

import re
import unicodedata

from network.core.text.letters import normalised

LONGEST = 100
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%]+')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,9}$")
# Names that Windows gives to devices, whatever stands behind the dot.
_DEVICES = re.compile(r"\A(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$", re.IGNORECASE)


def stem_of(filename: str) -> str:
    """The words of a file name: no folders, no ending, no signs that turn or hide the text around them.

    Never empty, at most 100 characters, and a name that every system can save.
    """
    last = re.split(r"[/\\]", filename)[-1]
    shown = "".join(
        " " if unicodedata.category(sign)[0] == "Z" or sign in "\t\r\n" else sign
        for sign in normalised(last)
        if unicodedata.category(sign)[0] != "C" or sign in "\t\r\n"
    )
    stem = _FORBIDDEN.sub("-", _ENDING.sub("", shown.strip()))
    stem = " ".join(stem.split()).strip(". ")[:LONGEST].rstrip(". ")
    if not any(sign.isalnum() for sign in stem):
        return "file"
    return f"file {stem}" if _DEVICES.match(stem) else stem


def ending_of(filename: str) -> str:
    """The ending of a file name with its dot; nothing when it has none of letters and digits."""
    found = _ENDING.search(filename.strip())
    return found[0] if found else ""


def title_of(filename: str) -> str:
    """What to call a file of this name: “consent_form-v2.docx” is “Consent form-v2”."""
    words = " ".join(stem_of(filename).replace("_", " ").split())
    return words[:1].upper() + words[1:]


def size_in_words(size: int) -> str:
    """“240 KB”, “1.2 MB”; a kilobyte is 1,024 bytes."""
    if size < 1024:
        return f"{size} bytes" if size != 1 else "1 byte"
    kilobytes = size / 1024
    if kilobytes < 1000:
        return f"{max(1, round(kilobytes))} KB"
    return f"{kilobytes / 1024:.1f}".removesuffix(".0") + " MB"
