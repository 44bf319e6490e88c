"""Reads what was sent in a process of its own, under limits, and ends.

`python -m network.library.incoming.apart` is told a folder on standard input, reads the files in its `sent` and writes
its `read`. Whatever somebody sends, it costs this process at most the time and memory below, and the worker nothing
but the wait.
"""

from __future__ import annotations

import dataclasses
import fcntl
import hashlib
import json
import os
import re
import resource
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from network.library.importing.archives import ARCHIVES, CannotRead, open_archive
from network.library.importing.documents import ImportedDocument, Limits, Reading, Refusal, SourceFile
from network.library.importing.read import read_files, without_top_folder
from network.library.incoming.agreed import ANOTHER_READS
from network.library.incoming.apart_own import own_list

CPU_SECONDS = 60
"""Whoever imports after it waits for so long at most; files of 50 MB that people write take a few seconds."""
EXTRA_BYTES = 1_200 * 1024 * 1024
"""Memory beyond what the interpreter and its modules take: the files unpacked, and what is made of them."""
MOST_REFUSED = 200
LONGEST_REMARK = 1_000
KEPT = ("title", "summary", "body_markdown", "language", "tags", "kind", "licence", "topics")


def opened(sent: Iterable[tuple[str, bytes]], limits: Limits) -> tuple[list[SourceFile], list[Refusal]]:
    """The files sent and those in the archives among them. An archive that cannot be read is refused by name.

    Raises CannotRead when it is too much altogether, or the only one sent.
    """
    files: list[SourceFile] = []
    refused: list[Refusal] = []
    sent = list(sent)
    for name, data in sent:
        try:
            archive = open_archive(data, name=name, limits=limits)
        except CannotRead as error:
            if len(sent) == 1:
                raise
            refused.append(Refusal(name, str(error)))
            continue
        inside = name.lower().endswith(ARCHIVES)
        before = f"{PurePosixPath(name).stem}/" if inside and len(sent) > 1 else ""
        found = without_top_folder(archive.files) if inside else archive.files
        files += [SourceFile(before + file.path, file.data) for file in found]
        refused += [Refusal(before + one.path, one.reason) for one in archive.refused]
        _hold_limits(files, limits)
    return _each_once(files, refused), refused


def _hold_limits(files: list[SourceFile], limits: Limits) -> None:
    if len(files) > limits.files:
        raise CannotRead(f"There are more than {limits.files:,} files. Import them in parts.")
    if sum(len(file.data) for file in files) > limits.unpacked:
        raise CannotRead(f"Unpacked, this is larger than {limits.unpacked // 1024 // 1024} MB. Import it in parts.")


def _each_once(files: list[SourceFile], refused: list[Refusal]) -> list[SourceFile]:
    kept: dict[str, SourceFile] = {}
    doubles = [file.path for file in files if kept.setdefault(file.path.casefold(), file) is not file]
    refused += [Refusal(path, "a file of the same name is already there") for path in doubles]
    return list(kept.values())


def read(sent: list[tuple[str, bytes]], limits: Limits, folder: Path) -> None:
    """Read what was sent and write it down: an archive of ours by itself, else files of every kind."""
    own = own_list(sent[0][1], folder, limits) if len(sent) == 1 else None
    if own is not None:
        tell(folder, own)
        return
    files, refused = opened(sent, limits)
    write(read_files(files, refused, limits=limits, split_large=True), folder)


def write(reading: Reading, folder: Path) -> None:
    """Write what was read, the list last: where it is, all the rest is there as well."""
    folder.mkdir(mode=0o700, exist_ok=True)
    lines = []
    for number, document in enumerate(reading.documents):
        fields: dict[str, Any] = {name: getattr(document, name) for name in KEPT}
        fields["pictures"] = {path: _keep(data, folder) for path, data in document.pictures.items()}
        (folder / f"{number:04}.json").write_text(json.dumps(fields), "utf-8")
        lines.append(_line(document))
    more = len(reading.skipped) - MOST_REFUSED
    refused = [list(dataclasses.astuple(one)) for one in reading.skipped[:MOST_REFUSED]]
    if more > 0:
        refused.append([f"{more:,} more files", "they could not be used either"])
    tell(folder, {"documents": lines, "refused": refused, "source": dataclasses.asdict(reading.source)})


def tell(folder: Path, found: dict[str, Any]) -> None:
    """Write the list, whole or not at all."""
    folder.mkdir(mode=0o700, exist_ok=True)
    half_written = folder / "list.part"
    half_written.write_text(json.dumps(found), "utf-8")
    half_written.rename(folder / "list.json")


def _line(document: ImportedDocument) -> dict[str, Any]:
    return {
        "path": document.path,
        "title": document.title,
        "kind": document.kind,
        "words": len(re.findall(r"\w+", document.body_markdown)),
        "pictures": len(document.pictures),
        "digest": document.content_hash,
        "language": document.language,
        "licence": document.licence,
        "topics": document.topics,
        "remarks": [remark[:LONGEST_REMARK] for remark in document.remarks],
    }


def _keep(data: bytes, folder: Path) -> str:
    digest = hashlib.sha256(data).hexdigest()
    (folder / digest).write_bytes(data)
    return digest


def _limit() -> None:
    statm = Path("/proc/self/statm")
    if statm.exists():
        # Elsewhere than on Linux nobody says how much is in use, and only time is limited.
        used = int(statm.read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + EXTRA_BYTES, used + EXTRA_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(folder: Path) -> int:
    """Returns 0 when the list is written, 1 when memory ran out, 3 when another process reads the same."""
    lock = os.open(folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return ANOTHER_READS
    os.nice(10)
    _limit()
    limits = Limits()
    try:
        names = json.loads((folder / "sent" / "names.json").read_text("utf-8"))
        sent = [(name, (folder / "sent" / f"{number:04}").read_bytes()) for number, name in enumerate(names)]
        read(sent, limits, folder / "read")
    except CannotRead as problem:
        tell(folder / "read", {"problem": str(problem)})
    except MemoryError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.stdin.read())))
