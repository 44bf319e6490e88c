"""Files of the demo network's guides, through the actions that people use."""

from __future__ import annotations

from collections.abc import Callable

from network.attachments.uploads import store_upload
from network.core.transaction import transaction
from network.demo import files, finding
from network.groups.viewers import viewer_of
from network.library.files.actions import add_file, replace_file


def load_files(people: dict[str, int], progress: Callable[[int], object]) -> None:
    """Add each with its first version, and replace it by the later ones."""
    for row in files.rows("files"):
        guide_id = finding.guide_id(row["guide"])
        number = 0
        for version in row["versions"]:
            stored = store_upload((files.CONTENT / "files" / version["file"]).read_bytes(), version["file"])
            viewer, at = viewer_of(people[version["by"]]), files.ago(version["days_ago"])
            with transaction():
                if not number:
                    number = add_file(
                        viewer=viewer,
                        guide_id=guide_id,
                        stored=stored,
                        title=row["title"],
                        description=row["description"],
                        at=at,
                    ).number
                else:
                    replace_file(viewer=viewer, guide_id=guide_id, number=number, stored=stored, at=at)
        progress(1)
