"""What the worker and the process apart that reads for it agree on. It loads nothing: each has no use for the other."""

from __future__ import annotations

ARCHIVE = "own.zip"
"""What an archive of ours is called among what was read."""
ANOTHER_READS = 3
"""What a process ends with that finds another at work."""
