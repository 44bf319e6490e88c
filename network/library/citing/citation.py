"""A guide as others cite it: as a sentence, for BibTeX and for RIS.

Names stay as people write them; which part is the family name is not for a program to guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from network.core.web.templating import day, local

_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {letter: f"\\{letter}" for letter in "{}%&$#_"}


@dataclass(frozen=True)
class Citation:
    """What a citation says. `address` stays, whatever becomes of the title; `body` is true for one author that is a
    group or an organisation."""

    authors: Sequence[str]
    body: bool
    title: str
    version: int
    at: datetime
    site: str
    publisher: str
    address: str

    @property
    def year(self) -> int:
        """Of the version, where the network is."""
        return local(self.at).year

    @property
    def sentence(self) -> str:
        """For a list of sources."""
        who = _listed(self.authors) or self.site
        return (
            f"{who} ({self.year}) “{self.title}”. Version {self.version}, {day(self.at)}. {self.site}. {self.address}"
        )

    @property
    def bibtex(self) -> str:
        """An entry for BibTeX and what reads it."""
        names = " and ".join(f"{{{_tex(name)}}}" if self.body else _tex(name) for name in self.authors)
        fields = {
            "author": names or f"{{{_tex(self.site)}}}",
            "title": f"{{{_tex(self.title)}}}",
            "year": str(self.year),
            "howpublished": _tex(self.site),
            "institution": _tex(self.publisher),
            "note": f"Version {self.version}, {day(self.at)}",
            "url": self.address,
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@misc{{guide-{self.address.rpartition('/')[2][:8]}-{self.version},\n{lines}}}\n"

    @property
    def ris(self) -> str:
        """A record for reference managers."""
        fields = [("TY", "ELEC"), *(("AU", name) for name in self.authors or (self.site,)), ("TI", self.title)]
        fields += [("PY", str(self.year)), ("DA", f"{local(self.at):%Y/%m/%d}"), ("ET", f"Version {self.version}")]
        fields += [("T2", self.site), ("PB", self.publisher), ("UR", self.address), ("ER", "")]
        return "".join(f"{name}  - {' '.join(value.split())}\r\n" for name, value in fields if value or name == "ER")


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
