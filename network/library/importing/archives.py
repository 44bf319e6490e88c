"""Opens a folder, a zip or a tar and gives its files, refusing by name whatever could do harm.

Nothing is ever written to disk, so a hostile path has nowhere to go; it is refused all the same, because a
path is part of a guide's identity. Sizes are counted while reading, never believed from a header.
"""

from __future__ import annotations

import io
import lzma
import os
import stat
import tarfile
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from network.library.importing.documents import OWN_FORMAT, Limits, Refusal, SourceFile

ARCHIVES = (
    ".zip",
    ".tar",
    ".tar.gz",
    ".tgz",
    ".tar.bz2",
    ".tar.xz",
    ".gz",
    ".bz2",
    ".xz",
    ".7z",
    ".rar",
    ".jar",
)
MAX_PATH = 240
TURNING = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
"""Signs that turn the text around them, so that a name shows as another."""
_CHUNK = 64 * 1024


class CannotRead(Exception):
    """The import as a whole cannot be read; the message says why, for the person who started it."""


@dataclass
class Archive:
    """The files of an import and what was refused, both in the order in which they were found."""

    files: list[SourceFile] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


class _Collector:
    """Takes files in until a limit is met."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.archive = Archive()
        self._total = 0
        self._paths: set[str] = set()

    def refuse(self, path: str, reason: str) -> None:
        shown = path.encode("utf-8", "replace").decode()[:MAX_PATH]
        self.archive.refused.append(Refusal(shown, reason))

    def accepts(self, path: str) -> bool:
        """Whether a file of this name may come in at all; says why not."""
        reason = wrong_with(path)
        if reason is None and path.casefold() in self._paths:
            reason = "a file of the same name is already there"
        if reason is None and path.lower().endswith(ARCHIVES):
            reason = "an archive inside an archive is not opened"
        if reason is not None:
            self.refuse(path, reason)
            return False
        if len(self.archive.files) >= self.limits.files:
            raise CannotRead(f"There are more than {self.limits.files:,} files. Import them in parts.")
        self._paths.add(path.casefold())
        return True

    def take(self, path: str, stream: IO[bytes]) -> None:
        """Reads one file, never more than its limit."""
        data = bytearray()
        while chunk := stream.read(_CHUNK):
            data += chunk
            self._total += len(chunk)
            if self._total > self.limits.unpacked:
                raise CannotRead(f"Unpacked, this is larger than {_megabytes(self.limits.unpacked)}.")
            if len(data) > self.limits.file:
                self.refuse(path, f"the file is larger than {_megabytes(self.limits.file)}")
                return
        self.archive.files.append(SourceFile(path, bytes(data)))


def open_archive(source: Path | bytes, *, name: str = "", limits: Limits | None = None) -> Archive:
    """Reads every file of a folder, a .zip or a .tar (.gz), given as a path or as bytes with their file name.

    A single document (.md, .html, .docx and so on) is an import of one file. Raises CannotRead when the
    whole is too large, has too many files or is damaged.
    """
    collector = _Collector(limits or Limits())
    if isinstance(source, Path):
        name = name or source.name
        if source.is_dir():
            _folder(source, collector)
            return collector.archive
        if not source.is_file():
            raise CannotRead(f"There is nothing to read at {source}.")
        if source.stat().st_size > collector.limits.packed:
            raise CannotRead(f"{name} is larger than {_megabytes(collector.limits.packed)}.")
        source = source.read_bytes()
    if len(source) > collector.limits.packed:
        raise CannotRead(f"{name or 'The file'} is larger than {_megabytes(collector.limits.packed)}.")
    try:
        _open_bytes(source, name, collector)
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise CannotRead(f"{name or 'The archive'} is damaged or not an archive we can open.") from error
    if any(_is_our_manifest(file) for file in collector.archive.files):
        raise CannotRead(
            "This archive was exported from a network like this one. Its guides come with versions and credits, "
            "which would be lost among other files: import it by itself, as the .zip that it was."
        )
    return collector.archive


def wrong_with(path: str) -> str | None:
    """Why a path inside an archive is not acceptable, or None."""
    if not path or path.startswith(("/", "\\", "~")) or (len(path) > 1 and path[1] == ":"):
        return "its path is absolute"
    parts = path.replace("\\", "/").split("/")
    if ".." in parts:
        return "its path leads out of the archive"
    if "\\" in path or any(
        unicodedata.category(sign) == "Cc" or unicodedata.bidirectional(sign) in TURNING for sign in path
    ):
        return "its path has signs that no file name should have"
    if len(path) > MAX_PATH:
        return "its path is too long"
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return "its name is in a broken encoding"
    return None


def _is_our_manifest(file: SourceFile) -> bool:
    """Guides of an archive of ours are read by `own`, never one file at a time."""
    return file.path.rpartition("/")[2] == "manifest.json" and OWN_FORMAT.encode() in file.data[:200]


def _is_clutter(path: str) -> bool:
    """Files that operating systems and version control leave behind; nobody means to import them."""
    parts = path.split("/")
    hidden = ((part.startswith(".") and part not in {".", ".."}) or part == "__MACOSX" for part in parts)
    return any(hidden) or parts[-1] in {
        "Thumbs.db",
        "desktop.ini",
    }


def _open_bytes(data: bytes, name: str, collector: _Collector) -> None:
    lower = name.lower()
    if lower.endswith((".tar", ".tar.gz", ".tgz")) or (not lower and data[:2] == b"\x1f\x8b"):
        _tar(data, collector)
    elif lower.endswith(".zip") or (not lower and data[:4] == b"PK\x03\x04"):
        _zip(data, collector)
    elif lower.endswith(ARCHIVES):
        raise CannotRead(f"{name} is a kind of archive we cannot open. Use .zip or .tar.gz.")
    else:
        path = name or "document.md"
        if collector.accepts(path):
            collector.take(path, io.BytesIO(data))


def _folder(folder: Path, collector: _Collector) -> None:
    for root, folders, names in os.walk(folder, followlinks=False):
        for entry in list(folders):
            if (Path(root) / entry).is_symlink():
                collector.refuse((Path(root) / entry).relative_to(folder).as_posix(), "it is a link")
        folders[:] = sorted(entry for entry in folders if not (Path(root) / entry).is_symlink())
        for entry in sorted(names):
            file = Path(root) / entry
            path = file.relative_to(folder).as_posix()
            if _is_clutter(path):
                continue
            mode = file.lstat().st_mode
            if stat.S_ISLNK(mode):
                collector.refuse(path, "it is a link")
            elif not stat.S_ISREG(mode):
                collector.refuse(path, "it is a device, not a file")
            elif collector.accepts(path):
                with file.open("rb") as stream:
                    collector.take(path, stream)


def _zip(data: bytes, collector: _Collector) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            path = entry.filename
            if entry.is_dir() or _is_clutter(path):
                continue
            if stat.S_ISLNK(entry.external_attr >> 16):
                collector.refuse(path, "it is a link")
            elif entry.flag_bits & 0x1:
                collector.refuse(path, "it is locked with a password")
            elif collector.accepts(path):
                with archive.open(entry) as stream:
                    collector.take(path, stream)


def _tar(data: bytes, collector: _Collector) -> None:
    # Read as a stream: a tar has no table of contents, and this way nothing is unpacked twice.
    with tarfile.open(fileobj=io.BytesIO(data), mode="r|*") as archive:
        for entry in archive:
            path = entry.name.removeprefix("./")
            if entry.isdir() or _is_clutter(path):
                continue
            if entry.issym() or entry.islnk():
                collector.refuse(path, "it is a link")
            elif not entry.isreg():
                collector.refuse(path, "it is a device, not a file")
            elif collector.accepts(path):
                stream = archive.extractfile(entry)
                if stream is not None:
                    collector.take(path, stream)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:g} MB"
