"""Files that somebody in the demo network imports: one import that is over, and one that waits to be looked through."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from network.core.db import db
from network.core.transaction import transaction
from network.demo.files import CONTENT
from network.groups.viewers import viewer_of
from network.library.importing.documents import Limits
from network.library.importing.read import read_files
from network.library.incoming import actions, apart
from network.library.incoming.bringing import bring_in
from network.library.incoming.files import folder_of, keep_sent
from network.library.incoming.models import new_folder
from network.library.incoming.queries import items_of, job
from network.library.incoming.reading import read

IMPORTER = "magda-kowalska"
OPTIONS: dict[str, Any] = {
    "source_name": "", "source_address": "", "licence": "CC-BY-4.0", "licence_name": "", "licence_address": "",
    "owner": None, "topics": [],
}  # fmt: skip


def load_imports(people: dict[str, int]) -> None:
    """Through the same steps as the worker's, but read in this process."""
    first = _read(people[IMPORTER], ("the-board.md",))
    with transaction():
        actions.start(job_id=first, chosen={item.number for item in items_of(first)}, options=OPTIONS)
    started = job(first)
    db.session.rollback()
    if started is not None:
        bring_in(started)
    _read(people[IMPORTER], ("handover-between-shifts.md", "the-board.md", "README.md"))


def _read(person_id: int, names: tuple[str, ...]) -> int:
    files = [(name, (CONTENT / "import" / name).read_bytes()) for name in names if (CONTENT / "import" / name).exists()]
    folder = new_folder()
    keep_sent(folder, [(name, io.BytesIO(data)) for name, data in files])
    place: Path = folder_of(folder)
    apart.write(read_files(*apart.opened(files, Limits())), place / "read")
    with transaction():
        name = names[0] if len(names) == 1 else f"{names[0]} and {len(files) - 1} more"
        job_id = actions.begin(viewer=viewer_of(person_id), name=name, folder=folder).id
    begun = job(job_id)
    db.session.rollback()
    if begun is not None:
        read(begun)
    return job_id
