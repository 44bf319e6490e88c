"""What happens to the files of guides, told to the index."""

from __future__ import annotations

from dataclasses import dataclass

from network.subjects.registry import SubjectEvent


@dataclass(frozen=True)
class GuideFilesChanged(SubjectEvent):
    """A published guide has other files, or words of them were read. It is told to the index only."""

    name = "guide.files_changed"
