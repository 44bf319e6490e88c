"""The checklist beside the preview of a post: the same advice that guides have, as far as it fits a few sentences."""

from __future__ import annotations

from network.core.text.advice import Advice, advise_on, advise_on_personal
from network.core.text.markdown import Rendered
from network.vocabulary.glossary.queries import glossary


def advise(body: str, rendered: Rendered, title: str = "") -> list[Advice]:
    """What would help readers of this post, what is missing first."""
    found = [*advise_on(body, rendered, glossary().written), *advise_on_personal(f"{title}\n{rendered.text}")]
    return sorted(found, key=lambda advice: advice.done)
