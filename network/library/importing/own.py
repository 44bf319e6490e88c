"""Our own archives: what `flask export guides` writes is recognised by its manifest and read guide by guide.

The format is described in docs/exporting.md. Everything in an archive is what somebody else says: lengths are cut,
times are read strictly, and a folder that cannot be read costs that one guide only.
"""

from __future__ import annotations

import json
import lzma
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import yaml

from network.library.importing.archives import CannotRead, wrong_with
from network.library.importing.documents import OWN_FORMAT, Limits
from network.library.importing.own_guide import Entry, OwnGuide, guide_of, line, web_address
from network.library.importing.readers import CannotUse, decode, require_plain

FORMAT_VERSION = 1
MANIFEST = "manifest.json"
GUIDE_FILE = "guide.md"
LIMITS = Limits(packed=2 * 1024**3, unpacked=4 * 1024**3, files=200_000, manifest=64 * 1024**2)
"""By the command; larger than for foreign archives, because one guide is read at a time."""
KEPT_OUT = ("posts/", "suggestions/")
"""What may lie beside guides in any number, because it is never read."""
MOST_BESIDE = 200
STAYS_OUT = "stays in the archive: only guides come in"

Read = Callable[[str, int], bytes]
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, RuntimeError, EOFError)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class OwnArchive:
    """An archive of ours, open for reading. `network` and `address` say where it was made.

    `beside` names what lies beside the guides and is for its writer to keep, such as their posts.
    """

    def __init__(self, read: Read, names: set[str], top: str, manifest: dict[str, Any], limits: Limits) -> None:
        self._read, self._names, self._top, self._limits = read, names, top, limits
        self._left = limits.unpacked
        site = manifest.get("site")
        site = site if isinstance(site, dict) else {}
        self.network = line(site.get("name"), 150) or "another network"
        self.address = web_address(site.get("address"))[:300]
        listed = manifest.get("guides")
        found = [Entry.of(one) for one in listed] if isinstance(listed, list) else []
        good = [entry for entry in found if entry is not None and wrong_with(entry.folder) is None]
        self.entries = list({entry.uuid: entry for entry in good}.values())
        beside = manifest.get("beside")
        self.beside = line(", ".join(beside), MOST_BESIDE) if isinstance(beside, dict) else ""

    def guide(self, entry: Entry) -> OwnGuide:
        """One guide with its versions. Raises CannotUse with the reason when its folder is not whole."""
        fields, body = self._text(f"{entry.folder}/{GUIDE_FILE}")
        return guide_of(entry, fields, body, lambda path: self._text(f"{entry.folder}/{path}"), self._limits)

    def file(self, entry: Entry, path: str) -> bytes:
        """A picture or another file of a guide. Raises CannotUse when it is missing or too large."""
        return self._bytes(f"{entry.folder}/{path}")

    def _bytes(self, path: str) -> bytes:
        if wrong_with(path) is not None or self._top + path not in self._names:
            raise CannotUse(f"{path} is not in the archive")
        most = min(self._limits.file, self._left)
        try:
            data = self._read(self._top + path, most + 1)
        except _BROKEN as error:
            raise CannotUse(f"{path} is damaged") from error
        self._left -= len(data)
        if self._left < 0:
            raise CannotRead("Unpacked, this archive is larger than one may be.")
        if len(data) > most:
            raise CannotUse(f"{path} is too large")
        return data

    def _text(self, path: str) -> tuple[dict[str, Any], str]:
        return front_matter(decode(self._bytes(path)), path)


def front_matter(text: str, path: str) -> tuple[dict[str, Any], str]:
    """The fields and the body of one of our Markdown files; the body comes back as it was written."""
    begin, mark, rest = text.partition("---\n")
    head, end, body = rest.partition("\n---\n\n")
    if begin or not mark or not end:
        raise CannotUse(f"{path} has no front matter")
    try:
        # We write none, and a few of them, each standing for many others, would fill the memory.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(head, Loader=_LOADER)):
            raise CannotUse(f"the front matter of {path} refers to itself")
        fields = yaml.load(head, Loader=_LOADER)  # noqa: S506 (both loaders are the safe ones)
        require_plain(fields)
    except CannotUse:
        raise
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CannotUse(f"the front matter of {path} cannot be read") from error
    if not isinstance(fields, dict):
        raise CannotUse(f"the front matter of {path} is not a list of names and values")
    return fields, body


def open_own(source: Path | IO[bytes], limits: Limits = LIMITS) -> OwnArchive | None:
    """The archive, as a zip or unpacked into a folder, if it is one of ours; None when it is anything else.

    Raises CannotRead when it says that it is ours and cannot be used.
    """
    if isinstance(source, Path) and source.is_dir():
        return _opened(_reads_folder(source), _names_in(source), limits)
    if isinstance(source, Path) and not zipfile.is_zipfile(source):
        return None
    if isinstance(source, Path) and source.stat().st_size > limits.packed:
        return None
    try:
        archive = zipfile.ZipFile(source)
    except (*_BROKEN, ValueError):
        return None

    def read(name: str, most: int) -> bytes:
        with archive.open(name) as stream:
            return stream.read(most)

    return _opened(read, set(archive.namelist()), limits)


def _opened(read: Read, names: set[str], limits: Limits) -> OwnArchive | None:
    found = [name for name in names if name == MANIFEST or (name.endswith(f"/{MANIFEST}") and name.count("/") == 1)]
    if len(found) != 1:
        return None
    try:
        manifest = json.loads(read(found[0], limits.manifest))
    except (*_BROKEN, ValueError, RecursionError):
        return None
    if not isinstance(manifest, dict) or manifest.get("format") != OWN_FORMAT:
        return None
    if manifest.get("version") != FORMAT_VERSION:
        raise CannotRead("This archive was made by a newer release. Bring this network up to date first.")
    top = found[0].removesuffix(MANIFEST)
    if sum(not name.removeprefix(top).startswith(KEPT_OUT) for name in names) > limits.files:
        raise CannotRead(f"There are more than {limits.files:,} files in this archive.")
    return OwnArchive(read, names, top, manifest, limits)


def _reads_folder(folder: Path) -> Read:
    root = folder.resolve()

    def read(name: str, most: int) -> bytes:
        path = (root / name).resolve()
        if not path.is_relative_to(root):
            raise CannotUse(f"{name} leads out of the archive")
        with path.open("rb") as stream:
            return stream.read(most)

    return read


def _names_in(folder: Path) -> set[str]:
    if not (folder / MANIFEST).is_file():
        return set()
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
