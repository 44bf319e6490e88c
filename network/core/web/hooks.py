"""Taking hooks of extensions off again: several look something up for every request that hardly any page needs."""

from __future__ import annotations

from typing import Any


def without(hooks: list[Any], *packages: str) -> list[Any]:
    """The hooks that do not come from these packages."""
    return [hook for hook in hooks if not str(getattr(hook, "func", hook).__module__).startswith(packages)]
