"""What the buttons of “Suggest a change” and “Edit first” do to the text, and what is said of it beside its preview."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from network.library.advice import advise_on_words
from network.library.composing.steps import before_reading, make_tables
from network.library.composing.tables import has_rows
from network.library.content import lay_out_preview
from network.library.forms.keeping import KeepingForm
from network.vocabulary.glossary.queries import glossary

LOOKS = ("preview", "table")
"""What the buttons ask for that show the text."""


def take_steps(form: KeepingForm, act: str) -> None:
    """What a button does to the text before it is looked at, sent or published."""
    if act == "table":
        make_tables(form)
    if act in (*LOOKS, "send", "publish"):
        before_reading(form)


def looked_at(form: KeepingForm, shown: str, language: str) -> dict[str, Any]:
    """The preview of the text, `shown` with what is defined elsewhere, and the advice beside it."""
    typed = form["body"].data or ""
    return {
        "preview_html": Markup(lay_out_preview(shown).html),  # noqa: S704 (the renderer's own)
        "has_rows": has_rows(typed),
        "advice": advise_on_words(
            summary=form["summary"].data or "" if "summary" in form else "",
            rendered=form.laid_out(),
            source=typed,
            known=glossary().written,
            english=language == "en",
            unknown_titles=form.unknown_titles,
            several_titles=form.several_titles,
        ),
    }
