"""The glossary for everyone, and the forms by which moderators keep it."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.core.transaction import transaction
from network.core.web.access import moderators, readers
from network.core.web.area import Area
from network.core.web.fields import one_line
from network.core.web.forms import creating, say
from network.core.web.limits import limit_writing
from network.core.web.tables import as_csv
from network.core.web.templating import local
from network.vocabulary.glossary import actions, queries
from network.vocabulary.glossary.forms import AddEntryForm, ChangeEntryForm, RetireEntryForm
from network.vocabulary.glossary.models import LONGEST_TERM
from network.vocabulary.glossary.rules import may_keep

area = Area("glossary", __name__)


@area.get("/glossary", access=readers)
def glossary() -> Any:
    """Every entry on one page, A to Z, so that the browser's own search works on it."""
    entries = queries.glossary().entries
    # Letters that fold alike need not stand side by side in the order of the terms.
    letters: dict[str, list[queries.Entry]] = {}
    for entry in entries:
        letters.setdefault(entry.initial, []).append(entry)
    keeps = may_keep(g.viewer)
    return render_template(
        "vocabulary/glossary/list.html",
        letters=sorted(letters.items()),
        keeps=keeps,
        names=queries.names(entry.changed_by_id for entry in entries) if keeps else {},
    )


@area.get("/glossary/entries.csv", access=moderators)
def download() -> Any:
    """The same as a table."""
    entries = queries.glossary().entries
    names = queries.names(entry.changed_by_id for entry in entries)
    return as_csv(
        "glossary",
        ("Term", "Other ways of saying it", "What it means", "Changed by", "Changed on"),
        (
            (
                entry.term,
                "; ".join(entry.ways),
                entry.meaning,
                names.get(entry.changed_by_id or 0, ""),
                local(entry.changed_at).date(),
            )
            for entry in entries
        ),
    )


@area.route("/glossary/new", methods=["GET", "POST"], access=moderators)
@limit_writing
def add() -> Any:
    """A new entry; `?term=` and `?way=` fill in what people searched for."""
    typed = {"term": one_line(request.args.get("term"))[:LONGEST_TERM], "ways": one_line(request.args.get("way"))}
    form = AddEntryForm(data=typed)
    if form.validate_on_submit():
        try:
            with creating(form) as made:
                row = actions.add_entry(viewer=g.viewer, **_words(form))
                made.address = f"/glossary#entry-{row.id}"
            say(f"“{row.term}” is in the glossary. Search knows it within a second or two")
            return redirect(made.address, 303)
        except actions.TermTaken:
            form.term.errors = [_taken(form)]
    return render_template("vocabulary/glossary/add.html", form=form, taken=_entry_taken(form))


@area.route("/glossary/<int(max=2147483647):entry_id>/edit", methods=["GET", "POST"], access=moderators)
@limit_writing
def edit(entry_id: int) -> Any:
    """Other words for an entry."""
    entry = _found(entry_id)
    form = ChangeEntryForm(
        data={
            "term": entry.term,
            "ways": "\n".join(entry.ways),
            "meaning": entry.meaning,
            "revision": str(entry.revision),
        }
    )
    theirs = None
    if form.validate_on_submit():
        try:
            with transaction():
                row = actions.change_entry(
                    viewer=g.viewer, entry_id=entry_id, revision=int(form.revision.data or 0), **_words(form)
                )
            say(f"“{row.term}” is changed")
            return redirect(f"/glossary#entry-{entry_id}", 303)
        except actions.TermTaken:
            form.term.errors = [_taken(form)]
        except actions.ChangedMeanwhile:
            theirs = _found(entry_id)
            form.revision.data = str(theirs.revision)
            form.form_errors.append("Somebody changed this entry while you were writing. Compare before you save")
    return render_template(
        "vocabulary/glossary/edit.html", form=form, entry=entry, theirs=theirs, taken=_entry_taken(form)
    )


@area.route("/glossary/<int(max=2147483647):entry_id>/retire", methods=["GET", "POST"], access=moderators)
@limit_writing
def retire(entry_id: int) -> Any:
    """Ask before an entry goes."""
    entry = _found(entry_id)
    form = RetireEntryForm()
    if form.validate_on_submit():
        try:
            with transaction():
                actions.retire_entry(viewer=g.viewer, entry_id=entry_id)
        except actions.ChangedMeanwhile:
            abort(404)
        say(f"“{entry.term}” is no longer in the glossary")
        return redirect("/glossary", 303)
    return render_template("vocabulary/glossary/retire.html", form=form, entry=entry)


def _found(entry_id: int) -> queries.Entry:
    entry = queries.entry(entry_id)
    if entry is None:
        abort(404)
    return entry


def _words(form: AddEntryForm | ChangeEntryForm) -> dict[str, Any]:
    return {"term": form.term.data, "ways": form.other_ways, "meaning": form.meaning.data}


def _taken(form: AddEntryForm | ChangeEntryForm) -> str:
    return f"“{form.term.data}” is in the glossary already. Add your words to that entry"


def _entry_taken(form: AddEntryForm | ChangeEntryForm) -> int | None:
    """The entry that has the term, to lead there."""
    taken = any("already" in error for error in form.term.errors)
    return queries.entry_of(form.term.data or "") if taken else None
