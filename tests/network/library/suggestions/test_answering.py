"""Answering a suggestion: whole, in part, after editing, with a reason against; once, whoever presses."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.core.web.forms import creating
from network.library.actions.editing import EditConflict
from network.library.adoptions.actions import use
from network.library.content import lay_out
from network.library.models import GuideVersion
from network.library.queries.writing import text_of
from network.library.suggestions import actions
from network.library.suggestions.content import put_together
from network.library.suggestions.views import answering
from network.library.wording import Words
from tests.network.library.shelf import BODY
from tests.network.library.suggestions.conftest import NEW, Desk
from tests.support.mails import mails
from tests.support.sending import filled, find_form, send, send_at_once


def page_of(desk: Desk) -> str:
    return f"{desk.address}/suggestions/1"


def answer(desk: Desk, act: str, **typed: object) -> object:
    client = desk.cast.client(desk.owen)
    return send(client, page_of(desk), action=f"{page_of(desk)}/answer", act=act, **typed)


def versions(desk: Desk) -> list[tuple[int, str, int | None, int | None]]:
    with desk.app.app_context():
        rows = db.session.execute(
            select(
                GuideVersion.number, GuideVersion.body, GuideVersion.author_id, GuideVersion.suggested_by_id
            ).order_by(GuideVersion.number)
        )
        return [tuple(row) for row in rows]  # type: ignore[misc]


def test_accepted_whole_it_is_a_version_with_credit(desk: Desk) -> None:
    desk.suggest()
    assert len(mails(desk.app)) == 1
    before = desk.now()
    sent = answer(desk, "accept", answer="Thank you")
    assert sent.location == desk.address  # type: ignore[attr-defined]
    assert versions(desk)[-1] == (2, NEW, desk.owen, desk.fatima)
    guide = desk.now()
    assert (guide.suggestion_count, guide.checked_at) == (0, before.checked_at)
    visitor = desk.cast.client()
    page = visitor.get(desk.address).get_data(as_text=True)
    assert "Suggested by Fatima Siddiqui, accepted by Owen Pritchard. Half of it is missing" in page
    assert "What readers suggested" in page
    assert "/people/fatima-siddiqui" in page.partition('id="authors"')[2]
    assert "Suggested by Fatima" in visitor.get(f"{desk.address}/history").get_data(as_text=True)
    seen = visitor.get(page_of(desk)).get_data(as_text=True)
    assert "Accepted" in seen
    assert "“Thank you”" in seen
    assert "version 2" in seen
    assert "What was published instead" not in seen
    _, told = mails(desk.app)
    assert (told.to, told.subject) == (
        "fatima@marlow.example",
        "Your suggestion for “Moving a planning register” was accepted",
    )


def test_by_paragraph_what_is_ticked_is_taken(desk: Desk) -> None:
    desk.suggest(title="Moving any register")
    page = desk.cast.client(desk.owen).get(page_of(desk)).get_data(as_text=True)
    assert filled(find_form(page, action=f"{page_of(desk)}/answer"))["take"] == ["title", "1", "2"]
    assert "Tick at least one change" in answer(desk, "accept", take=None).get_data(as_text=True)  # type: ignore[attr-defined]
    answer(desk, "accept", take=["2"])
    assert versions(desk)[-1][1] == BODY.replace("Nineteen", "Twenty")
    row = desk.row()
    assert (row.state, row.partly, desk.now().title) == ("accepted", True, "Moving a planning register")
    assert mails(desk.app)[-1].subject == "Your suggestion for “Moving a planning register” was accepted in part"
    became = desk.cast.client().get(page_of(desk)).get_data(as_text=True)
    assert "1 of 3 changes accepted" in became
    assert "What was published instead" not in became


def test_the_note_says_what_was_taken(desk: Desk) -> None:
    desk.suggest(why="Ask everybody, and say twenty")
    client, address = desk.cast.client(desk.owen), f"{page_of(desk)}/answer"
    page = client.get(page_of(desk)).get_data(as_text=True)
    assert filled(find_form(page, action=address))["note"] == ["Ask everybody, and say twenty"]
    again = answer(desk, "accept", take=["1"], note=" ", answer="Nearly").get_data(as_text=True)  # type: ignore[attr-defined]
    assert "Enter what changed" in again
    assert filled(find_form(again, action=address))["answer"] == ["Nearly"]
    too_long = answer(desk, "accept", take=["1"], note="x" * 301)
    assert "What changed must be 300 characters or fewer" in too_long.get_data(as_text=True)  # type: ignore[attr-defined]
    edit = answer(desk, "edit", take=["1"], note="Ask all").location  # type: ignore[attr-defined]
    assert filled(find_form(client.get(edit).get_data(as_text=True)))["note"] == ["Ask all"]
    answer(desk, "accept", take=["1"], note="Ask everybody")
    history = desk.cast.client().get(f"{desk.address}/history").get_data(as_text=True)
    assert "Ask everybody" in history
    assert "say twenty" not in history


def test_the_note_of_a_part_does_not_give_the_reason_for_the_whole(desk: Desk) -> None:
    desk.suggest(why="Ask everybody who will read it. And it was twenty days.")
    answer(desk, "accept", take=["1"])
    history = desk.cast.client().get(f"{desk.address}/history").get_data(as_text=True)
    assert "1 of 2 suggested changes: Ask everybody who will read it" in history
    assert "twenty days" not in history


def test_declining_asks_for_no_note(desk: Desk) -> None:
    desk.suggest()
    answer(desk, "decline", note="", answer="It was twenty before")
    assert desk.row().state == "declined"


def test_declined_only_with_a_reason_that_everybody_reads(desk: Desk) -> None:
    desk.suggest()
    assert "Say why you decline it" in answer(desk, "decline").get_data(as_text=True)  # type: ignore[attr-defined]
    answer(desk, "decline", answer="It was twenty before we counted again")
    assert len(versions(desk)) == 1
    assert "counted again" in desk.cast.client().get(page_of(desk)).get_data(as_text=True)
    assert mails(desk.app)[-1].subject == "Your suggestion for “Moving a planning register” was declined"


def test_a_newer_version_is_merged_and_a_paragraph_that_both_changed_is_shown_twice(desk: Desk) -> None:
    desk.suggest()
    moved = BODY.replace("Nineteen days", "Nineteen long days") + "\nA new end.\n"
    desk.publish(moved)
    client, address = desk.cast.client(desk.owen), f"{page_of(desk)}/answer"
    page = client.get(page_of(desk)).get_data(as_text=True)
    assert "What stands now" in page
    assert filled(find_form(page, action=address))["take"] == ["1"]
    assert "Choose which text stands" in answer(desk, "accept").get_data(as_text=True)  # type: ignore[attr-defined]
    edit = answer(desk, "edit").location  # type: ignore[attr-defined]
    body = filled(find_form(client.get(edit).get_data(as_text=True)))["body"][0]
    assert "Nineteen long days.\n\nTwenty days." in body
    answer(desk, "accept", **{"stands-2": "suggested"})
    assert versions(desk)[-1][1] == NEW + "\nA new end.\n"


def test_edited_first_it_is_still_theirs(desk: Desk) -> None:
    desk.suggest()
    client = desk.cast.client(desk.owen)
    address = answer(desk, "edit", take=["1"], answer="Nearly").location  # type: ignore[attr-defined]
    page = client.get(address).get_data(as_text=True)
    form = filled(find_form(page))
    assert form["body"] == [BODY.replace("Ask who", "Ask everybody who")]
    above = page.partition('name="body"')[0]
    assert "Fatima Siddiqui" in above
    assert "Half of it is missing" in above
    assert '<ins><span class="govuk-visually-hidden">added: </span>everybody' in above
    assert not {"kind", "language", "licence", "topics", "tags", "owner", "check_months"} & set(form)
    assert "files" not in page.partition("<main")[2].partition("</main>")[0]
    assert form["note"] == ["Half of it is missing"]
    body = BODY.replace("Ask who", "Ask nearly everybody who")
    looked = client.get(send(client, address, act="preview", body=body).location).get_data(as_text=True)
    assert "What changes in the guide" in looked
    assert "</span>nearly everybody" in looked.partition("What changes in the guide")[2]
    assert send(client, address, act="publish", body=body).location == desk.address
    assert versions(desk)[-1] == (2, body, desk.owen, desk.fatima)
    assert (desk.row().answer, desk.row().partly) == ("Nearly", True)
    again = client.get(address)
    assert again.location == page_of(desk)
    became = desk.cast.client().get(page_of(desk)).get_data(as_text=True)
    assert "Accepted with changes" in became
    assert "Owen Pritchard published it with changes as" in became
    assert '<a class="govuk-link" href="#published">' in became
    suggested, _, published = became.partition('id="published"')
    assert "What was suggested" in suggested
    assert "</span>nearly " in published
    assert '<del><span class="govuk-visually-hidden">removed: </span>Twenty' in published


def test_an_unfinished_edit_of_the_owner_outlives_an_acceptance(desk: Desk) -> None:
    owen = desk.cast.client(desk.owen)
    send(owen, f"{desk.address}/edit", act="draft", body="Half a thought of Owen's")
    desk.suggest()
    answer(desk, "accept")
    kept = filled(find_form(owen.get(f"{desk.address}/edit").get_data(as_text=True)))
    assert (kept["body"], kept["base"]) == (["Half a thought of Owen's"], ["1"])


def test_two_owners_at_once_make_one_version(desk: Desk) -> None:
    leila = desk.cast.person("Leila Nasser")
    send(desk.cast.client(desk.owen), f"{desk.address}/edit", act="publish", co_authors="leila-nasser", note="n")
    desk.suggest()
    clients = [desk.cast.client(person) for person in (desk.owen, leila)]
    address = f"{page_of(desk)}/answer"
    forms = [
        {**filled(find_form(client.get(page_of(desk)).get_data(as_text=True), action=address)), "act": "accept"}
        for client in clients
    ]
    answers = send_at_once(clients, address, forms)
    assert set(answers) <= {303, 409}
    assert 303 in answers
    assert [number for number, *_ in versions(desk)] == [1, 2, 3]
    repeated = [client.post(address, data=form) for client, form in zip(clients, forms, strict=True)]
    assert all(one.status_code == 303 for one in repeated)
    assert len(versions(desk)) == 3


def test_a_version_that_came_meanwhile_is_shown_before_anything_is_taken(desk: Desk) -> None:
    desk.suggest()
    client, address = desk.cast.client(desk.owen), f"{page_of(desk)}/answer"
    form = filled(find_form(client.get(page_of(desk)).get_data(as_text=True), action=address))
    desk.publish(BODY + "\nMore.\n")
    again = client.post(address, data={**form, "act": "accept"})
    assert again.status_code == 409
    typed = filled(find_form(again.get_data(as_text=True), action=address))
    assert client.post(address, data={**typed, "act": "accept"}).status_code == 303
    assert versions(desk)[-1][1] == NEW + "\nMore.\n"


def test_talk_reaches_the_other_side_once(desk: Desk) -> None:
    desk.suggest()
    mails(desk.app)
    address = page_of(desk)
    owen, fatima = desk.cast.client(desk.owen), desk.cast.client(desk.fatima)
    assert send(owen, f"{address}/reply", body="Which half?").location == f"{address}#post-1"
    assert send(fatima, f"{address}/reply", body="The better half").status_code == 303
    told = [(mail.to, mail.subject) for mail in mails(desk.app)[1:]]
    assert told == [
        ("fatima@marlow.example", "Owen Pritchard wrote about a suggestion for “Moving a planning register”"),
        ("owen@harrowdale.example", "Fatima Siddiqui wrote about a suggestion for “Moving a planning register”"),
    ]
    assert "The better half" in desk.cast.client().get(address).get_data(as_text=True)


def test_nothing_is_accepted_over_a_version_that_was_not_seen(desk: Desk) -> None:
    desk.suggest()
    viewer = desk.cast.viewer(desk.owen)
    with desk.app.app_context():
        content = put_together(text_of(desk.guide), Words("T", "", NEW), lay_out(NEW))
    desk.publish(BODY + "\nMore.\n")
    with desk.app.app_context(), pytest.raises(EditConflict), transaction():
        actions.accept(viewer=viewer, guide_id=desk.guide, number=1, content=content, base_version=1)
    assert (desk.row().state, len(versions(desk))) == ("open", 2)


def using(desk: Desk) -> None:
    """Nia of Northmere and somebody without an organisation use the guide."""
    for name, email in (("Nia Northmere", "nia@northmere.example"), ("Lone Wolf", "lone@nowhere.example")):
        person = desk.cast.person(name, email=email)
        viewer = desk.cast.viewer(person)
        with desk.app.app_context(), transaction():
            use(viewer=viewer, guide_id=desk.guide)


def told(desk: Desk) -> list[str]:
    return sorted(mail.to for mail in mails(desk.app) if mail.subject.endswith("has changed"))


@pytest.mark.parametrize("matters", [True, False])
def test_what_is_accepted_can_matter_to_those_who_use_the_guide(desk: Desk, matters: bool) -> None:
    desk.cast.organisation("northmere")
    desk.suggest()
    page = desk.cast.client(desk.owen).get(page_of(desk)).get_data(as_text=True)
    assert "This change matters" not in page, "nobody uses it"
    using(desk)
    page = desk.cast.client(desk.owen).get(page_of(desk)).get_data(as_text=True)
    assert "say what changed: 1 person in 1 organisation and 1 person without one." in page
    assert "This change matters" not in desk.cast.client(desk.fatima).get(page_of(desk)).get_data(as_text=True)
    answer(desk, "accept", **({"matters": "y"} if matters else {}))
    assert told(desk) == (["lone@nowhere.example", "nia@northmere.example"] if matters else [])


def test_the_tick_goes_along_into_the_editor(desk: Desk) -> None:
    desk.cast.organisation("northmere")
    using(desk)
    desk.suggest()
    sent = answer(desk, "edit", matters="y")
    owen = desk.cast.client(desk.owen)
    send(owen, sent.location, act="publish")  # type: ignore[attr-defined]
    assert told(desk) == ["lone@nowhere.example", "nia@northmere.example"]


def test_accepted_in_part_everybody_sees_which_changes_went_in(desk: Desk) -> None:
    desk.suggest(title="Moving any register")
    desk.publish(BODY + "\nA new end.\n")
    answer(desk, "accept", take=["2"])
    assert desk.row().taken == {"title": False, "1": False, "2": True}
    page = desk.cast.client().get(page_of(desk)).get_data(as_text=True)
    assert "1 of 3 changes accepted" in page
    assert page.count('govuk-tag--green">Taken') == 1
    assert page.count('govuk-tag--grey">Left') == 2
    assert "1 of 3 changes accepted" in desk.cast.client(desk.fatima).get("/suggestions").get_data(as_text=True)
    told = "".join(piece for piece, _ in mails(desk.app)[-1].parts)
    assert "1 of 3 changes accepted." in told


def test_after_an_answer_the_next_one_that_waits_is_shown(desk: Desk) -> None:
    desk.suggest()
    desk.suggest(title="Another title", body=BODY, why="It is no register. It is a list.")
    client = desk.cast.client(desk.owen)
    sent = send(client, page_of(desk), action=f"{page_of(desk)}/answer", act="accept")
    assert sent.location == f"{desk.address}/suggestions/2"
    page = client.get(sent.location).get_data(as_text=True)
    assert f'href="{desk.address}">See what became of it</a>' in page
    assert ">It is no register</h1>" in page
    assert "It is a list." in page
    assert page.index("What happens next") < page.index("Accept and publish version")


def test_readers_see_others_beside_the_changes_and_the_owner_one_first_button(desk: Desk) -> None:
    desk.suggest()
    desk.suggest(title="Another title", body=BODY, why="It is no register. It is a list.")
    read = desk.cast.client().get(page_of(desk)).get_data(as_text=True)
    assert read.index("Other suggestions") < read.index("Discuss this suggestion")
    page = desk.cast.client(desk.owen).get(page_of(desk)).get_data(as_text=True)
    assert page.index("Discuss this suggestion") < page.index("Other suggestions")
    first = re.findall(r'class="govuk-button"[^>]*>([^<]*)', page)
    assert first == ["Accept and publish version 2"]
    assert "Post comment" in page


def test_every_page_of_a_version_names_who_suggested_it(desk: Desk) -> None:
    desk.suggest()
    answer(desk, "accept")
    visitor = desk.cast.client()
    for place in ("history", "history/2", "history/compare?from=1&to=2"):
        page = visitor.get(f"{desk.address}/{place}").get_data(as_text=True)
        assert "Suggested by Fatima Siddiqui, accepted by Owen Pritchard" in page, place


def test_a_run_of_changes_in_one_section_names_it_once(desk: Desk) -> None:
    body = BODY.replace("Ask who will read it.", "Ask who will read it.\n\nThen wait.\n\nCount the days.")
    desk.publish(body)
    desk.suggest(base_version=2, body=body.replace("who", "everybody who").replace("Count the days", "Count the hours"))
    page = desk.cast.client(desk.owen).get(page_of(desk)).get_data(as_text=True)
    named = [part.partition(">")[0] for part in page.split("<h3")[1:] if "In “Before you start”" in part[:300]]
    assert [("visually-hidden" in one) for one in named] == [False, True]


@pytest.mark.parametrize(("act", "late"), [("decline", False), ("decline", True), ("accept", True), ("edit", False)])
def test_a_reason_that_comes_too_late_can_still_be_copied(
    desk: Desk, act: str, late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.suggest()
    owen = desk.cast.client(desk.owen)
    typed = form_at(owen, desk) | {"act": act, "answer": "It was twenty before", "note": "Counted again"}

    def somebody_answers() -> None:
        with desk.app.app_context(), transaction():
            actions.decline(viewer=desk.cast.viewer(desk.owen), guide_id=desk.guide, number=1, answer="No")

    def too_late(form: Any) -> Any:
        somebody_answers()
        return creating(form)

    if late:
        monkeypatch.setattr(answering, "creating", too_late)
    else:
        somebody_answers()
    page = owen.post(f"{page_of(desk)}/answer", data=typed)
    assert page.status_code == 409
    assert "It was twenty before</textarea>" in page.text
    assert "Counted again</textarea>" in page.text
    assert desk.row().answer == "No"
    # Nothing was typed that is not said already: straight to what became of it.
    said = owen.post(f"{page_of(desk)}/answer", data=typed | {"answer": "No", "note": "Half of it is missing"})
    assert said.location == page_of(desk)


def form_at(client: Any, desk: Desk) -> Any:
    return filled(find_form(client.get(page_of(desk)).text, action=f"{page_of(desk)}/answer"))


def test_the_tick_of_very_many_changes_says_how_many_it_takes(desk: Desk) -> None:
    many = "\n\n".join(f"{n} words that stand here" for n in range(660))
    desk.publish(many)
    desk.suggest(body=many.replace("words", "letters"), base_version=2)
    page = desk.cast.client(desk.owen).get(f"{desk.address}/suggestions/1").text
    assert "660 paragraphs change" in page
    assert "Accept these 561 changes" in page
    assert page.count("Accept this change") == 99
