"""Use by others on the search page: who may choose what, what is counted, and that nothing closed shines through."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.saved.criteria import read
from network.library.adoptions.models import Adoption
from network.library.events import GuideChanged
from network.library.models import Guide
from network.organisations.models import Organisation
from network.people.models import Person
from tests.support.canaries import OPEN, SECRET, Canaries
from tests.support.cast import Cast

MINE = "council/1000-4999"
SIZES = {"tiny": "under-250", "small": "250-999", "big": "5000-plus", "trust": "1000-4999"}


@pytest.fixture
def canaries(app: Flask, canaries: Canaries) -> Canaries:
    """Words planted; the open guide is used by a small council, the closed one by a big one.

    A trust found that the open guide did not work, and a big council stopped using it.
    """
    cast = Cast(app)
    bodies = {slug: cast.organisation(slug) for slug in ("mine", *SIZES)}
    with app.app_context(), transaction():
        for slug, size in SIZES.items():
            db.session.execute(update(Organisation).where(Organisation.id == bodies[slug]).values(size=size))
        db.session.execute(update(Organisation).where(Organisation.id == bodies["trust"]).values(kind="nhs"))
        for role, slug in (("outsider", "mine"), ("member", "mine"), ("author", "tiny")):
            person = update(Person).where(Person.id == canaries.roles[role])
            db.session.execute(person.values(organisation_id=bodies[slug]))
        use(OPEN, bodies["small"])
        use(OPEN, bodies["trust"], result="did-not-work")
        use(OPEN, bodies["big"], stopped_on=date(2026, 1, 1))
        use(SECRET, bodies["big"])
    drain(app)
    return canaries


def use(word: str, organisation: int, **more: Any) -> None:
    """Record that an organisation uses the guide with that word."""
    guide = db.session.scalars(select(Guide).where(Guide.title.contains(word), Guide.state == "published")).one()
    db.session.add(Adoption(guide_id=guide.id, organisation_id=organisation, month=date(2025, 9, 1), **more))
    guide.use_count += not more
    publish(GuideChanged("guide", guide.id))


def page(canaries: Canaries, address: str, role: str) -> str:
    answer = canaries.client(role).get(address)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def offered(text: str) -> dict[str, str]:
    """The values of the form with their counts."""
    found = re.findall(r'name="users" type="radio" value="([^"]*)".*?<span>([^<]*)</span>(.*?)</label>', text)
    return {value: re.sub(r"\D", "", re.sub(r"<[^>]*>", "", count)) for value, _, count in found}


def total(text: str) -> int:
    found = re.search(r"<title>([\d,]+) result", text)
    return int(found[1]) if found else 0


OFFERED = [
    ("visitor", OPEN, {"": "", "others": "1"}),
    ("moderator", OPEN, {"": "", "others": "1"}),  # Of no organisation.
    ("outsider", OPEN, {"": "", "others": "1", MINE: "1"}),
    ("author", OPEN, {"": "", "others": "1", "council/under-250": "1"}),
    ("visitor", SECRET, {}),
    ("outsider", SECRET, {}),
    ("administrator", SECRET, {}),
    ("member", SECRET, {"": "", "others": "1", MINE: "1"}),
]
NARROWED = {"others": 1, MINE: 1, "council/under-250": 1, "council/5000-plus": 0, "nhs/1000-4999": 0, "nonsense": 0}


def test_each_is_offered_what_they_can_use_and_may_know(canaries: Canaries) -> None:
    for role, word, expected in OFFERED:
        assert offered(page(canaries, f"/search?q={word}", role)) == expected, role


def test_it_narrows_to_what_organisations_of_the_sort_still_use(canaries: Canaries) -> None:
    for users, found in NARROWED.items():
        assert total(page(canaries, f"/search?q={OPEN}&users={users}", "outsider")) == found, users


def test_the_chip_says_mine_to_those_whose_it_is_and_takes_it_away(canaries: Canaries) -> None:
    address = f"/search?q={OPEN}&users={MINE}"
    mine, other = page(canaries, address, "outsider"), page(canaries, address, "visitor")
    chip = r'<a class="cp-chip cp-chip--on" href="([^"]+)">(.*?)</a>'
    (without, words), (_, in_words) = re.findall(chip, mine, re.S)[0], re.findall(chip, other, re.S)[0]
    assert "Used by an organisation like mine" in words
    assert "Used by organisations like this: Council, 1,000 to 4,999 staff" in in_words
    assert total(page(canaries, without.replace("&amp;", "&"), "outsider")) == 2


def test_most_used_stands_first_and_says_why(canaries: Canaries) -> None:
    first = page(canaries, f"/search?q={OPEN}&sort=used", "visitor")
    assert re.search(r'<option value="used" selected', first)
    titles = re.findall(r'<h3 class="cp-row__title"[^>]*><a[^>]*href="([^"]+)"', first)
    assert titles[0].startswith("/library/")
    key = re.search(r"why=(guide[^#\"]+)", first)
    assert key
    assert "by use" in page(canaries, f"/search?q={OPEN}&sort=used&why={key[1]}", "visitor")
    why = page(canaries, f"/search?q={OPEN}&why={key[1]}", "visitor")
    assert "1 other organisation uses it, which moves it up a little" in why


def test_a_saved_search_goes_on_asking_for_it(canaries: Canaries) -> None:
    with canaries.app.test_request_context(f"/saved?q={OPEN}&users={MINE}&users=&sort=used") as context:
        criteria = read(context.request.args)
        assert criteria.address == f"/search?q={OPEN}&users=council%2F1000-4999&sort=used"
        assert criteria.query(frozenset({"public"}), 10).filters == {"users": (MINE,)}
    client = canaries.client("outsider")
    form = client.get(f"/saved/searches/new?q={OPEN}&users={MINE}")
    assert "Council, 1,000 to 4,999 staff" in form.get_data(as_text=True)


def test_who_is_the_guides_own_is_no_other(canaries: Canaries) -> None:
    with canaries.app.app_context(), transaction():
        small = db.session.scalars(select(Organisation.id).where(Organisation.slug == "small")).one()
        guide = db.session.scalars(select(Guide).where(Guide.title.contains(OPEN))).one()
        guide.organisation_id, guide.updated_at = small, now()
        publish(GuideChanged("guide", guide.id))
    drain(canaries.app)
    assert offered(page(canaries, f"/search?q={OPEN}", "outsider")) == {}
