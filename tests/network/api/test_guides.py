"""Guides for programs: the same facts as on their pages, and above all how far each can be trusted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import update

from network.attachments.uploads import store_upload
from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.library.actions import editing, ending
from network.library.adoptions import actions as adoptions
from network.library.adoptions.hiding import hide
from network.library.checks import today
from network.library.files.actions import add_file
from network.library.flags.actions import flag
from network.library.importing.own import front_matter
from network.library.models import Guide
from network.people.models import Person
from tests.network.api.conftest import Got
from tests.network.library.shelf import Shelf, content
from tests.support.cast import Cast
from tests.support.queries import count_queries


def change(app: Flask, guide: Guide, **values: Any) -> None:
    with app.app_context(), transaction():
        db.session.execute(update(Guide).where(Guide.id == guide.id).values(**values))


STATES: dict[str, dict[str, Any]] = {
    "in-date": {"checked_at": now(), "check_due": now().date() + timedelta(days=31)},
    "due": {"checked_at": now(), "check_due": now().date() + timedelta(days=30)},
    "overdue": {"checked_at": now(), "check_due": now().date() - timedelta(days=1)},
    "unchecked": {"checked_at": None, "check_due": now().date() + timedelta(days=90)},
}


def test_lists_and_full_answers_say_how_far_to_trust_a_guide(
    app: Flask, cast: Cast, shelf: Shelf, client: Any, got: Got
) -> None:
    owen, priya = cast.person("Owen Pritchard"), cast.person("Priya Raman")
    closed = cast.group("cases", closed=True, facilitators=(owen,))
    guides = {state: shelf.guide(owen, state.capitalize()) for state in STATES}
    for state, values in STATES.items():
        change(app, guides[state], **values)
    guides["flagged"], guides["superseded"] = shelf.guide(owen, "Flagged"), shelf.guide(owen, "Superseded")
    hidden, secret = shelf.guide(owen, "Hidden way"), shelf.guide(owen, "Zebrafinch", group_id=closed)
    viewer, reader = cast.viewer(owen), cast.viewer(priya)
    with app.app_context(), transaction():
        flag(viewer=reader, guide_id=guides["flagged"].id, reason="The form has changed")
        ending.supersede(viewer=viewer, guide_id=guides["superseded"].id, by_id=guides["in-date"].id)
        ending.supersede(viewer=viewer, guide_id=hidden.id, by_id=secret.id)
    listed = {item["title"]: item["trust"] for item in got("/guides?per_page=100")["items"]}
    for state, guide in guides.items():
        full = got(f"/guides/{guide.uuid}")
        assert full["trust"]["state"] == state == listed[guide.title]["state"]
        assert listed[guide.title] == {name: full["trust"][name] for name in listed[guide.title]}
        # The very same facts as in the other forms that leave.
        markdown = client.get(f"/library/{guide.slug}.md").get_data(as_text=True)
        said = front_matter(markdown, guide.slug or "")[0]["trust"]
        assert said == {name: full["trust"][name] for name in said}
    fresh = got(f"/guides/{guides['in-date'].uuid}")["trust"]
    assert (fresh["checked_by"], fresh["flags"]) == ("Owen Pritchard", [])
    assert fresh["check_due"] == STATES["in-date"]["check_due"].isoformat()
    assert {"checked", "checked_by"}.isdisjoint(got(f"/guides/{guides['unchecked'].uuid}")["trust"])
    (said,) = got(f"/guides/{guides['flagged'].uuid}")["trust"]["flags"]
    assert (said["reason"], said["by"]) == ("The form has changed", "Priya Raman")
    superseded = got(f"/guides/{guides['superseded'].uuid}")
    assert superseded["superseded_by"]["self"].endswith(f"/api/v1/guides/{guides['in-date'].uuid}")
    assert superseded["trust"]["superseded_by"] == superseded["superseded_by"]["address"]
    unseen = got(f"/guides/{hidden.uuid}")
    assert unseen["trust"]["state"] == "superseded"
    assert {"superseded_by"}.isdisjoint((*unseen, *unseen["trust"]))


@pytest.mark.parametrize("end", ["", "/versions/1", "/versions/7"])
def test_a_withdrawn_guide_says_why_it_is_gone_and_what_replaces_it(
    app: Flask, cast: Cast, shelf: Shelf, got: Got, end: str
) -> None:
    owen, admin = cast.person("Owen Pritchard"), cast.person("Ada Admin", role="administrator")
    gone, other, bad = (shelf.guide(owen, title) for title in ("Gone", "Better", "Bad"))
    viewer, boss = cast.viewer(owen), cast.viewer(admin)
    with app.app_context(), transaction():
        ending.withdraw(viewer=viewer, guide_id=gone.id, reason="The law changed", successor_id=other.id)
        ending.withdraw(viewer=boss, guide_id=bad.id, reason="Wrong throughout")
    answer = got(f"/guides/{gone.uuid}{end}", 410)
    assert answer["state"] == "withdrawn"
    assert answer["guide"]["title"] == "Gone"
    assert (answer["withdrawn_by"], answer["reason"]) == ("owner", "The law changed")
    assert answer["withdrawn"].startswith(now().date().isoformat())
    assert answer["superseded_by"]["uuid"] == str(other.uuid)
    assert answer["type"] == "http://localhost/api/docs#error-410"
    bad_answer = got(f"/guides/{bad.uuid}{end}", 410)
    assert bad_answer["withdrawn_by"] == "administrator"
    assert "superseded_by" not in bad_answer
    assert [item["title"] for item in got("/guides")["items"]] == ["Better"]


def test_a_full_answer_has_texts_credit_history_files_and_use(
    app: Flask, cast: Cast, shelf: Shelf, client: Any, got: Got
) -> None:
    owen, priya = cast.person("Owen Pritchard"), cast.person("Priya Raman")
    place, topic = cast.organisation(), cast.topic()
    closed = cast.group("cases", closed=True, facilitators=(owen,))
    secret = shelf.guide(owen, "Zebrafinch", group_id=closed)
    body = f"## Part\n\n[Us](/about) and [that](/library/{secret.slug}).\n"
    guide = shelf.guide(owen, "Damp", body=body, co_author_ids=[priya], tags=("mould",), topic_ids=(topic,))
    made = shelf.guide(priya, "Damp in Wales")
    change(app, made, adapted_from_id=guide.id)
    change(app, guide, adaptation_count=1)
    with app.app_context():
        newer, stored = (
            content("Damp and mould", body=body + "\nMore.\n", topic_ids=(topic,)),
            store_upload(b"a,b\n1,2\n", "costs.csv"),
        )
        viewer = cast.viewer(owen)
        with transaction():
            db.session.execute(update(Person).where(Person.id == priya).values(organisation_id=place))
            add_file(viewer=viewer, guide_id=guide.id, stored=stored, title="Costs")
            editing.edit(viewer=viewer, guide_id=guide.id, content=newer, note="Mould too")
        user = cast.viewer(priya)
        with transaction():
            used = adoptions.use(viewer=user, guide_id=guide.id).id
            told = adoptions.Told("did-not-work", "Too damp here", today().replace(day=1), may_be_asked=True)
            adoptions.tell(viewer=user, adoption_id=used, told=told)
    answer = got(f"/guides/{guide.uuid}")
    assert answer["markdown"].startswith("## Part\n\n[Us](http://localhost/about) and that.")
    assert 'href="http://localhost/about"' in answer["html"]
    assert secret.slug not in str(answer)
    assert [author["name"] for author in answer["authors"]] == ["Owen Pritchard", "Priya Raman"]
    assert answer["licence"] == {
        "id": "CC-BY-4.0", "name": "CC BY 4.0", "address": "https://creativecommons.org/licenses/by/4.0/",
    }  # fmt: skip
    assert (answer["topics"], answer["version"]) == ([{"slug": "open-data", "name": "Open data"}], 2)
    assert [(version["number"], version.get("note")) for version in answer["versions"]] == [(1, None), (2, "Mould too")]
    (file,) = answer["files"]
    assert client.get(file["versions"][0]["address"].removeprefix("http://localhost")).data == b"a,b\n1,2\n"
    assert (answer["adoptions"]["reported"], answer["adoptions"]["failed"]) == (1, 1)
    (said,) = answer["adoptions"]["evidence"]
    assert (said["organisation_slug"], said["person"], said["text"]) == ("harrowdale", "Priya Raman", "Too damp here")
    assert answer["adaptations"][0]["title"] == "Damp in Wales"
    first = got(f"/guides/{guide.uuid}/versions/1")
    assert (first["title"], first["newest"]) == ("Damp", 2)
    assert "More." not in first["markdown"]
    assert secret.slug not in str(first)
    got(f"/guides/{guide.uuid}/versions/3", 404)
    assert got(f"/guides/{made.uuid}")["adapted_from"]["uuid"] == str(guide.uuid)
    with app.app_context(), transaction():  # A source that is gone keeps its credit.
        ending.withdraw(viewer=viewer, guide_id=guide.id, reason="Wrong")
    origin = got(f"/guides/{made.uuid}")["adapted_from"]
    assert (origin["title"], origin["owner"]) == ("Damp and mould", "Owen Pritchard")
    assert {"address", "self", "uuid"}.isdisjoint(origin)


@pytest.mark.parametrize("address", ["/api/v1/guides/{uuid}", "/library/damp.md", "/library/damp.html"])
def test_one_guide_does_not_read_the_texts_of_all_its_versions(
    app: Flask, cast: Cast, shelf: Shelf, client: Any, address: str
) -> None:
    guide = shelf.guide(cast.person("Owen Pritchard"), "Damp")
    with count_queries(app) as queries:
        assert client.get(address.format(uuid=guide.uuid)).status_code == 200
    asked = [statement for statement in queries.statements if "guide_versions.number" in statement]
    assert asked
    assert not [statement for statement in asked if "guide_versions.body" in statement]


def test_hidden_words_are_not_given(app: Flask, cast: Cast, shelf: Shelf, got: Got) -> None:
    owen, priya, mo = cast.person("Owen Pritchard"), cast.person("Priya Raman"), cast.person("Mo", role="moderator")
    guide = shelf.guide(owen, "Damp")
    user, moderator = cast.viewer(priya), cast.viewer(mo)
    with app.app_context(), transaction():
        used = adoptions.use(viewer=user, guide_id=guide.id).id
        adoptions.tell(viewer=user, adoption_id=used, told=adoptions.Told("worked", "Ring Jo", today(), True))
        hide(viewer=moderator, adoption_id=used, reason="Names somebody")
    (said,) = got(f"/guides/{guide.uuid}")["adoptions"]["evidence"]
    assert said["hidden"] == "Names somebody"
    assert "text" not in said


def test_the_filters_of_the_list_narrow_it_and_unknown_ones_are_refused(
    app: Flask, cast: Cast, shelf: Shelf, got: Got
) -> None:
    owen, priya = cast.person("Owen Pritchard"), cast.person("Priya Raman")
    place = cast.organisation()
    damp = shelf.guide(owen, "Damp", topic_ids=(cast.topic(),), kind="template")
    bins, zoo = shelf.guide(priya, "Bins", check_due=now().date() - timedelta(days=9)), shelf.guide(owen, "Zoo")
    change(app, bins, organisation_id=place, use_count=12, check_state="overdue")
    change(app, zoo, use_count=2)
    drain(app)

    def titles(query: str) -> list[str]:
        answer = got(f"/guides?{query}")
        assert answer["total"] == len(answer["items"])
        return [item["title"] for item in answer["items"]]

    assert titles("") == ["Bins", "Zoo", "Damp"]
    assert titles("sort=title") == ["Bins", "Damp", "Zoo"]
    assert titles("topic=open-data") == titles("kind=template") == titles("kind=template&kind=policy") == ["Damp"]
    assert titles("organisation=harrowdale") == titles("used=ten") == titles("check=overdue") == ["Bins"]
    assert titles("used=others") == ["Bins", "Zoo"]
    assert titles("by=owen-pritchard&sort=title") == ["Damp", "Zoo"]
    assert titles("kind=template&used=ten") == titles("group=ask-anyone") == []
    for query, named in {
        "topic=open-data&topic=nothing": "topic", "organisation=none": "organisation", "group=none": "group",
        "by=nobody": "by", "kind=poem": "kind", "used=like-mine": "used", "colour=red": "colour", "page=0": "page",
        "per_page=101": "per_page", "page=1e3": "page", "sort=title&sort=newest": "sort", "check=superseded": "check",
    }.items():  # fmt: skip
        answer = got(f"/guides?{query}", 400)
        assert [fault["parameter"] for fault in answer["errors"]] == [named], query
        assert named in answer["detail"]
    pages = ["/guides?per_page=2&sort=title"]
    while following := got(pages[-1]).get("next"):
        assert following.startswith("http://localhost/api/v1/guides?")
        pages.append(following.removeprefix("http://localhost/api/v1"))
    assert [len(got(page)["items"]) for page in pages] == [2, 1]
    assert got("/guides?page=10000")["items"] == []
    got(f"/guides/{damp.uuid}?full=yes", 400)


def test_what_there_is_not_is_not_found(cast: Cast, shelf: Shelf, got: Got, client: Any) -> None:
    draft = shelf.draft(cast.person("Owen Pritchard"), "Draft")
    for address in (f"/guides/{uuid4()}", f"/guides/{draft.uuid}", f"/guides/{draft.uuid}/versions/0", "/groups/none"):
        assert got(address, 404)["type"] == "http://localhost/api/docs#error-404"
    for address in ("guides/1", "guides/x/versions", "", "nothing", "guides/"):
        answer = client.get(f"/api/v1/{address}")
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json"), address
