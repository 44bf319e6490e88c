"""Saying that one uses a guide, which is recorded at once, and then how it went."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import Form, say
from network.core.web.limits import limit_writing
from network.library.adoptions import actions
from network.library.adoptions.actions import AdoptionChanged, Told
from network.library.adoptions.earlier import said_before
from network.library.adoptions.forms import HINTS, ResultForm
from network.library.adoptions.models import LONGEST_TEXT, RESULTS, Adoption
from network.library.adoptions.queries.mine import Mine, mine
from network.library.adoptions.rules import may_amend, may_use
from network.library.adoptions.views import area
from network.library.queries.found import FoundGuide
from network.library.views.getting import readable
from network.subjects.viewer import Viewer
from network.threads.forms import to_ask_about


@area.route("/library/<slug>/use", methods=["GET", "POST"], access=members)
@limit_writing
def use(slug: str) -> Any:
    """We use this: the button, for whoever came by way of the sign-in, and what it does."""
    found = readable(slug)
    if not may_use(g.viewer, found.standing):
        abort(403)
    ours = mine(g.viewer, found.id)
    form = Form()
    if form.validate_on_submit():
        with transaction():
            adoption = actions.use(viewer=g.viewer, guide_id=found.id)
            sentence = _recorded(g.viewer, adoption, found, ours)
        say(sentence)
        return redirect(f"{found.address}/use/result", 303)
    if ours and ours.is_reporter and ours.stopped_on is None:
        return redirect(f"{found.address}/use/result", 302)
    return render_template("library/adoptions/use.html", form=form, found=found, ours=ours, me=g.viewer.person_id)


def _recorded(viewer: Viewer, adoption: Adoption, found: FoundGuide, before: Mine | None) -> str:
    """What the press of the button did."""
    if adoption.organisation_id is None:
        return (
            "You now show as using this guide. You are not counted, because we do not know where you work: "
            "add a work email address in your settings"
        )
    name = adoption.organisation_name
    if before and before.stopped_on is not None:
        return f"{name} shows as using this guide again"
    if before and before.organisation_id:
        return f"A colleague said so before you: {name} shows as using this guide. Your name now stands beside theirs"
    return f"{name} now shows as using this guide"


@area.route("/library/<slug>/use/result", methods=["GET", "POST"], access=members)
@limit_writing
def result(slug: str) -> Any:
    """What happened when you used it?"""
    found = readable(slug)
    ours = mine(g.viewer, found.id)
    if ours is None or not may_amend(g.viewer, found.standing, ours.report(g.viewer.person_id)):
        return redirect(f"{found.address}/use", 302)
    form = ResultForm(data=_stored(ours, ours.said_by(g.viewer.person_id)), stored=ours.month)
    theirs: Mine | None = None
    valid = form.validate_on_submit()
    asked = to_ask_about(form.text.data or "") if valid else None
    if valid and not asked:
        told = Told(form.result.data, form.text.data or "", form.chosen_month(), bool(form.may_be_asked.data))
        try:
            with transaction():
                actions.tell(viewer=g.viewer, adoption_id=ours.id, told=told, base=form.base_number())
            say("Thank you. What you said is on the page of the guide")
            return redirect(found.address, 303)
        except AdoptionChanged:
            theirs = mine(g.viewer, found.id)
            form.base.data = str(theirs.revision if theirs else 0)
            form.form_errors.append("A colleague saved this while you were writing. Compare the two before you save")
    page = render_template(
        "library/adoptions/result.html",
        form=form,
        found=found,
        ours=ours,
        own=ours.said_by(g.viewer.person_id),
        words=RESULTS.get(ours.result, ""),
        me=g.viewer.person_id,
        hints=HINTS,
        longest=LONGEST_TEXT,
        theirs=theirs,
        asked=asked,
        said_before=said_before(ours.id),
        results=RESULTS,
        theirs_result=RESULTS.get(theirs.result, "") if theirs else "",
    )
    return (page, 409) if theirs else page


def _stored(ours: Mine, own: bool) -> dict[str, Any]:
    """What the form begins with: a colleague's words are shown beside it, and are not put into anybody's mouth."""
    return {
        "result": (ours.result or None) if own else None,
        "text": ours.text if own else "",
        "month": f"{ours.month:%Y-%m}",
        "may_be_asked": ours.may_be_asked,
        "base": str(ours.revision),
    }
