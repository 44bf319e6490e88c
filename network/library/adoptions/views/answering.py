"""The pages behind the links of our mails. Opening them changes nothing: mail programs open links by themselves.

They need no sign-in: the signed address is the proof, and all it can do is to give the one answer, or to stop mails.
The answer is taken from those only who could give it signed in; mails are stopped for everybody.
What it is about shows only while its person may still read the guide. Links in older mails begin with /library/used and
go on working there, because mail programs follow no redirect when they stop mails.
"""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request

from network.core.mail.stopping import stop_page
from network.core.transaction import transaction
from network.core.web.access import everyone
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.groups.viewers import viewer_of
from network.library import rules
from network.library.adoptions import actions
from network.library.adoptions.forms import HINTS, AnswerForm
from network.library.adoptions.links import ASK, STOP, Linked, read
from network.library.adoptions.models import RESULTS
from network.library.adoptions.views import area
from network.library.queries.found import guide_by_id


@area.route("/adoptions/answer/<token>", methods=["GET", "POST"], access=everyone)
@area.route("/library/used/answer/<token>", endpoint="answer_before", methods=["GET", "POST"], access=everyone)
@limit_writing
def answer(token: str) -> Any:
    """How did it go? The answer pressed in the mail is chosen already; only sending the form records it."""
    link = _linked(ASK, token)
    if not actions.may_answer(adoption_id=link.adoption_id, person_id=link.person_id):
        abort(404)
    went = request.args.get("went", "")
    form = AnswerForm(data={"result": went if went in RESULTS else None})
    recorded = False
    if link.open_since and form.validate_on_submit():
        with transaction():
            recorded = actions.answer(
                adoption_id=link.adoption_id,
                person_id=link.person_id,
                asked_at=link.open_since,
                result=form.result.data,
            )
        if recorded:
            say("Thank you. Your answer is on the page of the guide")
        return redirect(request.path, 303)
    return render_template(
        "library/adoptions/answer.html", form=form, link=link, hints=HINTS, result=RESULTS.get(link.result, "")
    )


@area.route("/adoptions/stop/<token>", methods=["GET", "POST"], access=everyone)
@area.route("/library/used/stop/<token>", endpoint="stop_mails_before", methods=["GET", "POST"], access=everyone)
@limit_writing
def stop_mails(token: str) -> Any:
    """No more mails about this use."""
    link = _linked(STOP, token)
    return stop_page(
        mute=lambda _muted: actions.mute(adoption_id=link.adoption_id, person_id=link.person_id),
        page=lambda: render_template("library/adoptions/stop_mails.html", link=_linked(STOP, token)),
        said="We no longer write to you about this guide",
    )


def _linked(kind: str, token: str) -> Linked:
    """What the link is about. A name of a guide that its person may not know of any more shows to nobody."""
    link = read(kind, token)
    found = guide_by_id(link.guide_id) if link else None
    # Mails about a guide that was withdrawn can be stopped as well.
    may = rules.may_know if kind == STOP else rules.may_read
    if link is None or found is None or not may(viewer_of(link.person_id), found.standing):
        abort(404)
    return link
