"""The Markdown converter, set up once for each thread: building it takes tens of milliseconds."""

from __future__ import annotations

import threading
from typing import Any

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from network.core.text.blocks import arrange
from network.core.text.links import LinkPolicy
from network.core.text.structure import Job, StructureProcessor

EXTENSIONS = [
    "tables",
    "footnotes",
    "abbr",
    "sane_lists",
    "admonition",
    "pymdownx.tilde",
    "pymdownx.magiclink",
]
EXTENSION_CONFIGS: dict[str, dict[str, Any]] = {
    "footnotes": {"BACKLINK_TEXT": "\u21a9"},
    "pymdownx.tilde": {"subscript": False},
}


class _Arranger(Preprocessor):
    """Runs the block pass before the parser and takes code out of its way."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.job = Job()

    def run(self, lines: list[str]) -> list[str]:
        return arrange([line.expandtabs(4) for line in lines], self)

    def code(self, code: str, info: str) -> str:
        return self.md.htmlStash.store(self.job.code.render(code, info, self.job.role))

    def boundary(self) -> str:
        return self.md.htmlStash.store("<!-- -->")


class Converter:
    """Python-Markdown with our extensions and without raw HTML. Not safe to share between threads."""

    def __init__(self) -> None:
        self._md = Markdown(extensions=EXTENSIONS, extension_configs=EXTENSION_CONFIGS, tab_length=4)
        # Raw HTML is not for members: without these two, angle brackets are text like any other.
        self._md.preprocessors.deregister("html_block")
        self._md.inlinePatterns.deregister("html")
        self._arranger = _Arranger(self._md)
        self._structure = StructureProcessor(self._md)
        self._md.preprocessors.register(self._arranger, "arrange", 25)
        self._md.treeprocessors.register(self._structure, "structure", 6)

    def convert(self, source: str, *, links: LinkPolicy, role: str) -> str:
        """HTML that is laid out but not yet cleaned."""
        job = Job(links=links, role=role)
        self._arranger.job = self._structure.job = job
        self._md.reset()
        return self._md.convert(source)


class _Local(threading.local):
    converter: Converter | None = None


_local = _Local()


def convert(source: str, *, links: LinkPolicy, role: str) -> str:
    """Converts with this thread's converter. Raises RecursionError on text that is nested too deeply."""
    converter = _local.converter or Converter()
    # One that failed half-way is not used again.
    _local.converter = None
    html = converter.convert(source, links=links, role=role)
    _local.converter = converter
    return html
