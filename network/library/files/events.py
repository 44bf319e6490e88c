"""What happens to the files of guides."""

from __future__ import annotations

from dataclasses import dataclass

from network.subjects.registry import SubjectEvent


@dataclass(frozen=True)
class GuideFilesChanged(SubjectEvent):
    """A published guide has other files, or words of them were read. The index follows; nobody is told."""

    name = "guide.files_changed"
