"""Looking after a guide: checking it, saying what replaces it, withdrawing it."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.core.web.templating import day
from network.library import rules
from network.library.actions import checking, ending
from network.library.adoptions.changes import whom_to_tell
from network.library.flags.actions import FlagsWait
from network.library.flags.queries import open_flags
from network.library.forms.acts import SuccessorForm, WithdrawForm
from network.library.forms.checking import CheckForm, check_form
from network.library.linking.around import MOST_SHOWN, around
from network.library.queries.found import FoundGuide
from network.library.queries.history import version_lines
from network.library.queries.reading import guide_page
from network.library.queries.writing import period_of
from network.library.views import area
from network.library.views.getting import may_see, readable
from network.subjects.rules import NotAllowed

MOST_CHANGES = 10


@area.route("/library/<slug>/check", methods=["GET", "POST"], access=members)
@limit_writing
def check(slug: str) -> Any:
    """Still right? Two times yes sets the dates; a no leads to mending and leaves them as they are."""
    found = readable(slug)
    if not rules.may_check(g.viewer, found.standing):
        abort(403, description="Only its owner and its authors can check this guide.")
    form = _asked(found)
    if not form.validate_on_submit():
        return _check_page(form, found)
    try:
        return _checked(form, found) if form.all_right() else _doubted(form, found)
    except checking.NewerVersion:
        return _check_page(form, readable(slug), seen=form.base_number()), 409
    except FlagsWait:
        form = _asked(found)
        form.form_errors = ["Somebody flagged this guide while you were checking it. Answer that too"]
        return _check_page(form, found)


def _asked(found: FoundGuide) -> CheckForm:
    return check_form(open_flags(found.id), period_of(found.id), found.version)


def _check_page(form: CheckForm, found: FoundGuide, seen: int | None = None) -> str:
    """The questions. Who has `seen` an older version is told what changed since, and answers for the newest."""
    seen = seen if seen is None or 0 < seen < found.version else 0
    if seen is not None:
        form.base.data = str(found.version)
        form.form_errors.append("This guide was changed after you opened this page. Look at it again before you answer")
    since = min(found.version - seen, MOST_CHANGES) if seen else 0
    return render_template(
        "library/ending/check.html",
        form=form,
        found=found,
        marked=[flag for flag in open_flags(found.id) if flag.from_check],
        seen=seen,
        changes=version_lines(found.id, limit=since) if since else [],
    )


def _checked(form: CheckForm, found: FoundGuide) -> Any:
    with transaction():
        guide = checking.check(
            viewer=g.viewer,
            guide_id=found.id,
            months=int(form.months.data),
            answers=form.answers(),
            base=form.base_number(),
        )
        due = guide.check_due
    answered = ". Who flagged it hears of your answer" if form.waiting else ""
    say(f"Thank you. This guide is checked, and the next check is due on {day(due)}{answered}")
    return redirect(found.address, 303)


def _doubted(form: CheckForm, found: FoundGuide) -> Any:
    wrong = form.wrong.data or ""
    with transaction():
        checking.doubt(
            viewer=g.viewer,
            guide_id=found.id,
            facts=form.facts.data == "yes",
            advice=form.advice.data == "yes",
            wrong=wrong,
            base=form.base_number(),
        )
    if wrong:
        say("Readers now see that this guide needs work, and what. Check it again when it is put right")
        return redirect(found.address, 303)
    say("Change what is no longer right. Then check it again")
    return redirect(f"{found.address}/edit", 303)


@area.route("/library/<slug>/replaced", methods=["GET", "POST"], access=members)
@limit_writing
def replaced(slug: str) -> Any:
    """Say which guide takes this one's place; an empty answer takes that back."""
    found = readable(slug)
    if not rules.may_check(g.viewer, found.standing):
        abort(403, description="Only its owner and its authors can say what replaces this guide.")
    form = SuccessorForm(data={"successor": _successor_address(slug)})
    if form.validate_on_submit():
        try:
            with transaction():
                ending.supersede(viewer=g.viewer, guide_id=found.id, by_id=form.guide_id)
            say(
                "Readers are now led to the guide that replaces it"
                if form.guide_id
                else "Nothing replaces this guide now"
            )
            return redirect(found.address, 303)
        except ending.NotASuccessor as refusal:
            form.successor.errors = [str(refusal)]
    return render_template("library/ending/replaced.html", form=form, found=found)


@area.route("/library/<slug>/withdraw", methods=["GET", "POST"], access=members)
@limit_writing
def withdraw(slug: str) -> Any:
    """Take a guide away, with a reason that its address shows."""
    found = readable(slug)
    if not rules.may_withdraw(g.viewer, found.standing):
        abort(403, description="Only its owner can withdraw this guide.")
    form = WithdrawForm(data={"successor": _successor_address(slug)})
    if form.validate_on_submit():
        try:
            with transaction():
                ending.withdraw(
                    viewer=g.viewer, guide_id=found.id, reason=form.reason.data or "", successor_id=form.guide_id
                )
            say("The guide is withdrawn. This is what stands at its address now")
            return redirect(found.address, 303)
        except NotAllowed:
            readable(slug)  # Pressed twice at once, it is withdrawn by now, which leads on to what stands there.
            raise
        except ending.NotASuccessor as refusal:
            form.successor.errors = [str(refusal)]
    return render_template("library/ending/withdraw.html", form=form, found=found, affects=_affects(found))


def _affects(found: FoundGuide) -> dict[str, Any]:
    """Who and what relies on a guide, as far as the viewer may know."""
    page = guide_page(found.slug or "")
    if page is None:
        abort(404)
    near = around(page)
    return {
        "uses": page.use_count,
        "links": len(near.links),
        "more": len(near.links) >= MOST_SHOWN,
        "collections": near.collections,
        "told": whom_to_tell(g.viewer, found.id, found.standing),
    }


def _successor_address(slug: str) -> str:
    page = guide_page(slug)
    successor = may_see(page.successor) if page else None
    return f"/library/{successor.slug}" if successor else ""
