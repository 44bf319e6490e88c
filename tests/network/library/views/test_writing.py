"""Writing a guide: preview, draft, publish, and whatever people type."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from network.core.db import db
from network.core.text.markdown import Rendered
from network.core.transaction import transaction
from network.library import content
from network.library.models import Guide, GuideCoAuthor, GuideTag, GuideTopic
from network.library.rules import Owner
from network.people.models import Person
from network.subjects.rules import NotAllowed
from tests.network.library.shelf import Shelf
from tests.support.app import make_app
from tests.support.cast import Cast
from tests.support.sending import filled, find_form, look, send

BODY = "## What we did\n\nWe asked **three** people.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"


def stored(app: Flask) -> list[Any]:
    with app.app_context():
        return list(db.session.execute(select(Guide.state, Guide.title, Guide.version, Guide.slug)))


def test_a_visitor_is_sent_to_sign_in_and_back(client: Any) -> None:
    answer = client.get("/library/new?title=Bins")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/library/new%3Ftitle%3DBins"


def test_publishing_makes_version_one_at_the_titles_address(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    topic = cast.topic()
    answer = send(
        client,
        "/library/new",
        act="publish",
        title="Moving a register",
        summary="Short",
        body=BODY,
        topics=[str(topic)],
        tags="csv, Open data , csv",
    )
    assert answer.status_code == 303
    assert answer.location == "/library/moving-a-register"
    page = client.get(answer.location).get_data(as_text=True)
    assert "Your guide is published. Readers see that nobody has checked it yet" in page
    assert 'href="/library/moving-a-register/check">say that you have checked the whole guide</a>' in page
    assert "<strong>three</strong>" in page
    with app.app_context():
        assert db.session.scalars(select(GuideTopic.topic_id)).all() == [topic]
        assert set(db.session.scalars(select(GuideTag.word))) == {"csv", "Open data"}


@pytest.mark.parametrize("title", ["   ", "\u200b", "\t \u2060"])
def test_a_title_that_shows_nothing_is_none(app: Flask, cast: Cast, title: str) -> None:
    client = cast.client(cast.person())
    page = send(client, "/library/new", act="publish", title=title, body=BODY).get_data(as_text=True)
    assert "Enter a title" in page
    assert BODY.splitlines()[0] in page
    assert [row.state for row in stored(app)] == ["draft"]


def test_the_preview_equals_the_result(cast: Cast) -> None:
    client = cast.client(cast.person())
    preview = look(client, "/library/new", title="One", body=BODY).get_data(as_text=True)
    result = send(client, "/library/new", act="publish", title="One", body=BODY)
    page = client.get(result.location).get_data(as_text=True)
    shown = re.search(r'<div class="cp-preview cp-prose">(.*?)</section>', preview, re.DOTALL)
    read = re.search(r'<div class="cp-prose">(.*?)<section', page, re.DOTALL)
    assert shown
    assert read
    # Headings stand one level lower on the page of the form, and have other ids.
    raised = re.sub(r"(</?h)(\d)", lambda m: f"{m[1]}{int(m[2]) - 1}", shown[1]).replace("preview-", "")
    kept = re.sub(r' role="\w+" tabindex', " tabindex", raised).strip().removesuffix("</div>")
    assert "What we did" in kept
    assert re.sub(r' role="\w+" tabindex', " tabindex", read[1]).strip().startswith(kept.strip())


def test_enter_in_a_field_previews_and_does_not_publish(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    page = client.get("/library/new").get_data(as_text=True)
    first_button = re.search(r"<button[^>]*>", page[page.index('name="idempotency_key"') :])
    assert first_button
    assert 'value="preview"' in first_button[0]
    assert send(client, "/library/new", title="T", body=BODY).status_code == 303
    assert [row.state for row in stored(app)] == ["draft"]


@pytest.mark.parametrize("act", ["publish", "draft", "preview", "outline"])
def test_sending_twice_makes_one(app: Flask, cast: Cast, act: str) -> None:
    client = cast.client(cast.person())
    form = filled(find_form(client.get("/library/new").get_data(as_text=True)))
    typed = {**form, "act": act, "title": "Bins", "body": BODY}
    first, second = client.post("/library/new", data=typed), client.post("/library/new", data=typed)
    if second.status_code == 307:
        second = client.post(second.location, data=typed)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert len(stored(app)) == 1


ERRORS: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "Enter a title"),
    ({"title": "x" * 151}, "Title must be 150 characters or fewer"),
    ({"summary": "x" * 301}, "Summary must be 300 characters or fewer"),
    ({"body": "  \n"}, "Enter the text of the guide"),
    ({"body": "é" * (129 * 1024)}, "Guide must be 256 KB or smaller. This is 259 KB"),
    ({"body": "![](/files/a.png)"}, "Describe the picture for people who cannot see it"),
    ({"tags": ",".join("abcdefghijk")}, "Enter 10 tags or fewer"),
    ({"co_authors": "Nobody Atall"}, "Nobody here is called “Nobody Atall”"),
    ({"licence": "other"}, "Enter the name of the other licence"),
    (
        {"licence": "other", "licence_name": "X", "licence_address": "javascript:1"},
        "Enter the link in the correct format",
    ),
    ({"check_due": "2020-01-01"}, "Next check must be after today"),
    ({"check_due": "2120-01-01"}, "Next check must be within 3 years"),
    ({"check_due": "31st of May"}, "Enter a date in this format: 2027-05-31"),
    ({"kind": "poem"}, "Not a valid choice"),
]


@pytest.mark.parametrize(("typed", "message"), ERRORS)
def test_errors_name_what_to_do_and_lose_nothing(app: Flask, cast: Cast, typed: dict[str, Any], message: str) -> None:
    client = cast.client(cast.person())
    fields = {"title": "A title", "body": BODY, "summary": "Kept", **typed}
    answer = send(client, "/library/new", act="publish", **fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert page.count(message) >= 2
    assert "There is a problem" in page
    again = filled(find_form(page))
    assert {name: again[name] for name in ("title", "body", "summary") if len(fields[name]) < 1000} == {
        name: [fields[name]] for name in ("title", "body", "summary") if len(fields[name]) < 1000
    }
    # Nothing is published, and whoever leaves the page now finds the rest among their drafts.
    ((state, title, version, _),) = stored(app)
    assert (state, version) == ("draft", 0)
    assert title == ("A title" if "title" not in typed else "")


def test_more_than_five_topics_are_refused(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    topics = [str(cast.topic(f"topic-{number}")) for number in range(6)]
    page = send(client, "/library/new", act="publish", title="T", body=BODY, topics=topics).get_data(as_text=True)
    assert "Choose 5 topics or fewer" in page
    assert [row.state for row in stored(app)] == ["draft"]


def test_co_authors_by_name_or_handle(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    owen, sian = cast.person("Owen Pritchard"), cast.person("Siân Rhys-Davies")
    send(client, "/library/new", act="draft", title="T", co_authors="@owen-pritchard\n Siân  Rhys-Davies \n")
    with app.app_context():
        assert set(db.session.scalars(select(GuideCoAuthor.person_id))) == {owen, sian}


def test_of_two_people_with_one_name_the_handle_is_asked_for(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    cast.person("Owen Pritchard")
    twin = cast.person("Owen Twin")
    with app.app_context(), transaction():
        db.session.get_one(Person, twin).name = "Owen Pritchard"
    page = send(client, "/library/new", act="draft", title="T", co_authors="Owen Pritchard").get_data(as_text=True)
    assert "Enter a handle instead: owen-pritchard, owen-twin" in page


def test_the_page_says_who_can_read_it(cast: Cast) -> None:
    priya = cast.person()
    client = cast.client(priya)
    group = cast.group("leads", closed=True, members=(priya,))
    assert "Everyone can read this once it is published." in client.get("/library/new").get_data(as_text=True)
    page = look(client, "/library/new", title="T", group=str(group)).get_data(as_text=True)
    assert "Only members of the closed group Leads can read this." in page
    assert "Only members of the closed group Leads" in client.get("/library/new?group=leads").get_data(as_text=True)


def test_a_group_that_is_not_mine_cannot_be_chosen(app: Flask, cast: Cast) -> None:
    priya = cast.person()
    cast.group("mine", members=(priya,))
    other = cast.group("other")
    page = send(cast.client(priya), "/library/new", act="publish", title="T", body=BODY, group=str(other))
    assert "Not a valid choice" in page.get_data(as_text=True)
    with app.app_context():
        assert list(db.session.execute(select(Guide.state, Guide.group_id))) == [("draft", None)]


@pytest.mark.parametrize("act", ["publish", "preview", "draft", "outline"])
def test_a_group_that_is_none_is_no_fault_of_ours(cast: Cast, shelf: Shelf, act: str) -> None:
    priya = cast.person()
    cast.group("mine", facilitators=(priya,))
    slug = shelf.guide(priya).slug
    client = cast.client(priya)
    draft = send(client, "/library/new", act="draft", title="T", body=BODY).location
    for address in ("/library/new", draft, f"/library/{slug}/edit"):
        assert send(client, address, act=act, title="T", body=BODY, group="abc", note="N").status_code in (200, 303)


def test_advice_stands_beside_the_preview(cast: Cast) -> None:
    client = cast.client(cast.person())
    body = "Click [here](https://example.org) or ring 07700 900123. Ask the DPIA team."
    page = look(client, "/library/new", title="T", body=body).get_data(as_text=True)
    for words in ("Add a summary", "“here”", "07700 900123", "DPIA", "Add what it cost"):
        assert words in page


def test_where_reading_is_closed_the_sentence_says_so(tmp_path: Any) -> None:
    app = make_app(tmp_path / "data", OPEN_READING="no", JOIN_DOMAINS="harrowdale.example")
    cast = Cast(app)
    page = cast.client(cast.person()).get("/library/new").get_data(as_text=True)
    assert "Everyone who is signed in can read this once it is published." in page


TEXT = st.text(max_size=200)


@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    title=TEXT,
    summary=TEXT,
    body=st.one_of(TEXT, st.sampled_from(["\x00", "\ud800", "a\r\nb", "<script>", "![](/files/x.png)"])),
    tags=TEXT,
    co_authors=TEXT,
    check_due=st.one_of(TEXT, st.dates().map(str)),
    owner=st.one_of(TEXT, st.sampled_from(["group:1", "person:99999999999999999999", "organisation:"])),
    licence_address=TEXT,
    base=TEXT,
    act=st.sampled_from(["publish", "preview", "draft", "", "else"]),
)
def test_no_text_breaks_the_form(app: Flask, cast: Cast, **typed: str) -> None:
    client = cast.client(cast.person())
    form = filled(find_form(client.get("/library/new").get_data(as_text=True)))
    data = {name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
            for name, value in {**form, **typed, "licence": "other", "licence_name": "X"}.items()}  # fmt: skip
    answer = client.post("/library/new", data=data)
    unreadable = any("\x00" in value for value in data.values() if isinstance(value, str))
    assert answer.status_code in ((400,) if unreadable else (200, 303))
    if answer.status_code == 303:
        assert client.get(answer.location).status_code == 200


def test_a_draft_is_counted_nowhere(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    shelf.draft(cast.person(), "A secret plan")
    assert "A secret plan" not in client.get("/library").get_data(as_text=True)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Guide)) == 1


def test_a_closed_group_owns_only_what_belongs_to_it(app: Flask, cast: Cast, shelf: Shelf) -> None:
    """Who answers for what everybody reads can be seen by everybody."""
    priya = cast.person()
    closed = cast.group("reviews", closed=True, facilitators=(priya,))
    client, owner = cast.client(priya), f"group:{closed}"
    words = {"title": "Bins", "summary": "How", "body": "Text", "kind": "guide", "act": "publish"}
    page = send(client, "/library/new", **words, owner=owner, group="").get_data(as_text=True)
    assert "A closed group can only own guides that belong to it" in page
    assert send(client, "/library/new", **words, owner=owner, group=str(closed)).status_code == 303
    public = shelf.guide(priya, "Waste")
    assert owner not in client.get(f"/library/{public.slug}/edit").get_data(as_text=True)
    viewer = cast.viewer(priya)
    for make in (shelf.guide, shelf.draft):
        with pytest.raises(NotAllowed):
            make(viewer, "Paper", owner=Owner("group", closed))


def test_a_preview_lays_the_text_out_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """It shows the text, advises on it and asks about what is personal in it: all from one layout."""
    laid_out: list[str] = []
    render = content.render

    def counting(source: str, **options: Any) -> Rendered:
        laid_out.append(source)
        return render(source, **options)

    client = cast.client(cast.person())
    body = "Write to ann@example.org about [this](/about)."
    sent = send(client, "/library/new", act="preview", title="Bins", body=body)
    monkeypatch.setattr(content, "render", counting)
    page = client.get(sent.location).get_data(as_text=True)
    assert laid_out == [body]
    assert "Say where the link “this” goes" in page
    assert "ann@example.org” looks like" in page
    assert 'id="preview"' in page
