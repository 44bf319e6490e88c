"""Writing a new guide.

Nothing is stored until the writer presses a button. Each keeps what was typed, Preview and a refused Publish too.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, g, redirect, render_template, request
from markupsafe import Markup

from network.core.web.access import members
from network.core.web.forms import creating, say
from network.core.web.limits import limit_writing
from network.library.actions import publishing
from network.library.advice import advise
from network.library.composing import pages, saving, steps
from network.library.composing.outlines import outline
from network.library.composing.pictures import chosen_picture
from network.library.composing.saving import TooLate
from network.library.composing.showing import SHOWS, Sent, after_keeping, keep_refused, may_be_published
from network.library.composing.tables import has_rows
from network.library.content import lay_out_preview
from network.library.forms.filling import new_form
from network.library.forms.writing import GuideForm
from network.library.views import area
from network.subjects.finding import similar
from network.vocabulary.glossary.queries import glossary

SIMILAR = 5
ADDED = "The picture is added at the end of the text, and your draft is saved"
ACTS = ("publish", "draft", "conflict", "picture", *SHOWS)


@area.route("/library/new", methods=["GET", "POST"], access=members)
@limit_writing
def new() -> Any:
    """Write a guide; the first “Save draft” or “Publish” makes it, once. `?kind=…&outline=yes` begins with headings."""
    kind = request.args.get("kind", "")
    body = outline(kind) if "outline" in request.args else ""
    act = chosen_act()

    def begin() -> GuideForm:
        title, group = request.args.get("title", ""), request.args.get("group", "")
        form = new_form(g.viewer, title=title, group_slug=group, kind=kind, body=body)
        form.for_readers = act == "publish"
        take_steps(form, act)
        return form

    form = begin()
    saved = pages.last_save(form.idempotency_key.data or "", g.viewer) if act else None
    if saved is not None and saved.draft_id:
        # This page has made a draft already: Back led here, or the answer to its script did not arrive.
        form.lead_on()
        return redirect(saved.address, 307)
    sent = Sent(act, form, begin, saving.keep_new)
    try:
        if done := _done(sent):
            return done
    except TooLate:  # Pressed twice at the same moment.
        return redirect(request.full_path, 307)
    return writing_page(
        form,
        heading="Write a guide",
        back=("/library", "Library"),
        act=act,
        saves_at="/library/new",
        saved=refused(sent),
    )


def _done(sent: Sent) -> Any:
    """What the button asked for; None when the form has to be shown again. Of nothing, no draft is made to be shown."""
    if sent.act in SHOWS and not sent.form.holds_words() and not chosen_picture():
        return None
    if address := after_keeping(sent, added=ADDED, saved="Your draft is saved"):
        return redirect(address, 303)
    if not may_be_published(sent):
        return None
    address = _publish(sent.form)
    say(offer_first_check(address))
    return redirect(address, 303)


def _publish(form: GuideForm) -> str:
    with creating(form) as made:
        guide = publishing.publish_new(
            viewer=g.viewer,
            content=form.content(),
            owner=form.chosen_owner(),
            group_id=form.chosen_group(),
            co_author_ids=form.co_author_ids,
            check_due=form.chosen_check_due(),
            check_months=form.chosen_period(),
        )
        saving.keep_source(form, guide)
        made.address = f"/library/{guide.slug}"
    return made.address


def offer_first_check(address: str) -> Markup:
    """What is said after publishing: it is no check, and who has looked through all of it may say so next."""
    return Markup(
        "Your guide is published. Readers see that nobody has checked it yet. "
        'If you have read all of it through once more, <a class="govuk-notification-banner__link" href="{}/check">'
        "say that you have checked the whole guide</a>"
    ).format(address)


def refused(sent: Sent) -> str:
    """What the page says of a text that could not be saved or published as it stands, once all else of it is kept."""
    return keep_refused(sent) if sent.act in ("publish", "draft") and sent.form.errors else ""


def chosen_act() -> str:
    """Which button was pressed. Enter in a field previews: it must not publish by accident.

    The address of a preview shows what was kept, and so do Back and reload.
    """
    if request.method != "POST":
        return "preview" if "preview" in request.args else ""
    act = request.form.get("act", "preview")
    return act if act in ACTS else "preview"


def take_steps(form: GuideForm, act: str) -> None:
    """What a button does to the text before it is looked at."""
    if act == "outline":
        steps.put_outline(form)
    if act == "table":
        steps.make_tables(form)
    if act in ("preview", "table", "publish"):
        steps.before_reading(form)


def writing_page(
    form: GuideForm,
    *,
    heading: str,
    back: tuple[str, str],
    act: str,
    own_id: int | None = None,
    saves_at: str = "",
    **context: Any,
) -> Any:
    """The page of the form, with the preview, advice and similar guides when they were asked for.

    `saves_at` is the address under which a script saves what is written and stores pictures; without it the page has
    neither, nor a button for pictures.
    """
    looked = act in ("preview", "table")
    if looked:
        # Nothing is kept of what is looked at, so one layout does for the preview, the advice and what is asked.
        form.rendered = lay_out_preview(form.body.data or "")
    if looked or (form.errors and act != "picture"):
        context["advice"] = advise(
            summary=form.summary.data or "",
            kind=form.kind.data or "",
            topics=len(form.topics.data or ()) if "topics" in form else 1,
            rendered=form.laid_out(),
            source=form.body.data or "",
            known=glossary().written,
            english=form.language.data == "en",
            unknown_titles=form.unknown_titles,
            several_titles=form.several_titles,
        )
        found = similar(f"{form.title.data or ''} {form.summary.data or ''}", ["guide"], g.viewer, SIMILAR + 1)
        context["alike"] = [card for card in found if card.id != own_id][:SIMILAR]
    if looked:
        # Of what was kept nothing is wrong: these errors are of what could not be.
        context["unsaved"] = [str(error) for field in form for error in field.errors]
        context["preview_html"] = Markup(form.laid_out().html)  # noqa: S704 (the renderer's own)
    context["files"] = f"{back[0]}/files" if context.get("editing") else f"/drafts/{own_id}/files" if own_id else ""
    shown: dict[str, Any] = {
        "may_publish": True,
        "editing": False,
        "audience": audience(form),
        # Where two texts are shown, nothing decides between them but a press of a button.
        "saves_at": "" if act == "conflict" else saves_at,
        "has_rows": looked and has_rows(form.body.data or ""),
        "more_open": form.says_more(),
        "asked": form.ask() if looked or form.sure.errors or form.sure.data else None,
        "left": form.left_of_outline() if looked or form.as_is.errors or form.as_is.data else [],
        **context,
    }
    return render_template("library/writing/write.html", form=form, heading=heading, back_to=back, **shown)


def audience(form: GuideForm, closed_group: str = "") -> str:
    """One sentence that says who can read it once it is published."""
    if "group" in form:
        closed_group = form.closed_groups.get(form.group.data or "", "")
    if closed_group:
        return f"Only members of the closed group {closed_group} can read this"
    if not current_app.config["OPEN_READING"]:
        return "Everyone who is signed in can read this once it is published"
    return "Everyone can read this once it is published"
