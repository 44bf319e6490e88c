"""“Edit first”: the editor of the guide, filled with the suggestion brought together with the text that stands."""

from __future__ import annotations

from typing import Any

from flask import abort, g, request

from network.core.clock import now
from network.core.web.access import members
from network.core.web.forms import creating
from network.core.web.limits import limit_writing
from network.library.actions.editing import EditConflict
from network.library.composing.saving import number_of
from network.library.forms.filling import edit_form
from network.library.forms.writing import GuideForm
from network.library.queries.found import FoundGuide
from network.library.queries.writing import KeptEdit, Text, text_of
from network.library.suggestions import actions, rules
from network.library.suggestions.actions import AlreadyAnswered
from network.library.suggestions.models import LONGEST_ANSWER, OPEN
from network.library.suggestions.queries import Suggested
from network.library.suggestions.views import area
from network.library.suggestions.views.answering import CANNOT, go_on, meanwhile, merging
from network.library.suggestions.views.reading import get
from network.library.suggestions.views.talking import ONE
from network.library.views.comparing import compared
from network.library.views.getting import readable
from network.library.views.writing import chosen_act, writing_page

NEWER = "Somebody published a newer version while you wrote. Compare the two before you publish"


@area.route(f"{ONE}/edit", methods=["GET", "POST"], access=members)
@limit_writing
def edit(slug: str, number: int) -> Any:
    """Change what was suggested and publish it, with credit. Who owns and writes the guide is not asked here."""
    found = readable(slug)
    row = get(found, number)
    if not rules.may_answer(g.viewer, found.standing, state=OPEN, stage=row.stage):
        abort(403, description=CANNOT)
    text = text_of(found.id)
    form = _form(found, row, text)
    act = chosen_act()
    form.for_readers = act == "publish"
    fine = act == "publish" and form.validate_on_submit()
    if row.state != OPEN:
        return meanwhile(found, number)
    if not fine:
        return _page(form, found, row, act)
    try:
        return _publish(form, found, row, text)
    except AlreadyAnswered:
        return meanwhile(found, number)
    except EditConflict as conflict:
        form.base.data = str(conflict.current)
        form.form_errors.append(NEWER)
        comparison = compared(text_of(found.id), form)
        return _page(form, found, row, "conflict", comparison=comparison), 409


def _form(found: FoundGuide, row: Suggested, text: Text) -> GuideForm:
    """Filled with the changes that were ticked. Where no text was chosen of two, both are there."""
    words = merging(found, row, text).words(request.args.getlist("take"), request.args.getlist("both"))
    filled = KeptEdit(text.version, {"note": row.why}, now())
    form = edit_form(g.viewer, found, text._replace(**words._asdict()), filled)
    for name in ("owner", "group", "co_authors"):
        if name in form:
            delattr(form, name)
    return form


def _publish(form: GuideForm, found: FoundGuide, row: Suggested, text: Text) -> Any:
    content = form.content(before=text)
    changes = merging(found, row, text)
    words, chosen = (content.title, content.summary, content.body), request.args.getlist("take")
    unedited = words == changes.words(chosen)
    with creating(form) as made:
        guide = actions.accept(
            viewer=g.viewer,
            guide_id=found.id,
            number=row.number or 0,
            content=content,
            base_version=number_of(form.base.data),
            taken={key: key in chosen for key in changes.keys} if unedited else None,
            partly=words != changes.words(changes.keys),
            answer=request.args.get("answer", "")[:LONGEST_ANSWER],
            note=form.note.data or "",
        )
        made.address, version = f"/library/{guide.slug}", guide.version
    said = f"Version {version} is published. It credits {row.author or 'who suggested it'}"
    return go_on(made.address, said, made.address)


def _page(form: GuideForm, found: FoundGuide, row: Suggested, act: str, **context: Any) -> Any:
    address = f"{found.address}/suggestions/{row.number}"
    if request.args.get("both") and not act:
        context["saved"] = "Where both changed the same paragraph, both stand here, one after the other. Keep one"
    return writing_page(
        form,
        heading="Edit a suggestion",
        back=(address, "Back to the suggestion"),
        act=act,
        own_id=found.id,
        editing=True,
        may_save=False,
        **context,
    )
