"""Closing an account: nothing names the person any more, and nothing of others' is lost."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select

from network.accounts.actions import account_by_email
from network.accounts.models import Account
from network.audit.models import AuditEntry
from network.core.db import Base, db
from network.core.mail.message import queue_mail
from network.core.transaction import transaction
from network.core.worker import drain
from network.discussions.models import Discussion
from network.groups.models import Membership
from network.leaving.actions import close
from network.leaving.actions.traces import STAYS, own_columns
from network.leaving.choices import FORMER, HAND_OVER, MARKERS, NAME, STAY, WITHDRAW, Choices
from network.library.adoptions.models import Adoption
from network.library.models import Guide, GuideCoAuthor
from network.library.suggestions.models import Suggestion
from network.people.models import FORMER_MEMBER, FormerHandle, Person
from network.people.standing import LastAdministrator
from network.portability.kept import keep_fresh, kept_archive
from network.threads.models import PostVersion
from tests.network.leaving.life import EMAIL, HANDLE, TRACES, WORDS, Life, edit_again
from tests.support.cast import Cast
from tests.support.mails import mails


@pytest.fixture
def life(app: Flask) -> Life:
    """Xanthe has done a little of everything."""
    return Life(app)


def leave(life: Life, **chosen: Any) -> None:
    """She closes her account, and the worker follows."""
    with life.app.app_context():
        account = account_by_email(EMAIL)
        assert account is not None
        with transaction():
            assert close(account_id=account.id, choices=Choices(**chosen), by_id=life.xanthe)
    while drain(life.app):
        pass


def named_on(life: Life, viewer: int | None) -> dict[str, list[str]]:
    """By address, which of her traces a reader still finds; every page must answer."""
    client, found = life.cast.client(viewer), {}
    for address in life.pages:
        page = client.get(address)
        assert page.status_code in (200, 403, 404, 410), f"{address} answers {page.status_code}"
        text = page.get_data(as_text=True)
        assert "/people/None" not in text, address
        # What was searched for is repeated on the page.
        asked = address.partition("?")[2].lower()
        if traces := [trace for trace in TRACES if trace.lower() in text.lower() and trace.lower() not in asked]:
            found[address] = traces
    return found


@pytest.mark.parametrize("posts", [STAY, MARKERS])
def test_nothing_names_a_former_member(life: Life, posts: str) -> None:
    before = named_on(life, None)
    assert len(before) > 30, "the pages do not name her to begin with"
    leave(life, posts=posts, credit=FORMER)
    assert named_on(life, None) == {}
    assert named_on(life, life.admin) == {}


def test_only_guides_go_on_naming_who_leaves_their_name(life: Life) -> None:
    leave(life, credit=NAME)
    still = named_on(life, None)
    assert still
    guides = ("/library/", "/packs/", "/search?")
    for address, traces in still.items():
        assert address == "/library" or address.startswith(guides), address
        assert HANDLE not in traces, address
        assert EMAIL not in traces, address
    page = life.cast.client().get("/library/registers-of-a-group").get_data(as_text=True)
    assert "Xanthe Quillfeather" in page
    assert "Registers" in page


def test_what_others_wrote_is_read_as_before_and_her_words_where_they_quote_them(life: Life) -> None:
    leave(life, posts=MARKERS)
    page = life.cast.client().get(life.answered.address).get_data(as_text=True)
    assert "I agree." in page
    assert f"<p>{WORDS}</p>" in page  # As Owen quotes it.
    assert ">Former member</a> wrote:" in page
    assert "Former member withdrew this on" in page


def test_markers_leave_no_words_behind_and_every_number_follows(life: Life) -> None:
    leave(life, posts=MARKERS)
    with life.app.app_context():
        assert life.post(life.asked.address, 1).body == life.post(life.answered.address, 2).html == ""
        assert db.session.scalar(select(func.count()).select_from(PostVersion)) == 0
        asked = db.session.get_one(Discussion, life.asked.id)
        answered = db.session.get_one(Discussion, life.answered.id)
        assert (asked.reply_count, asked.excerpt, asked.withdrawn_at) == (1, "", None)
        assert (answered.reply_count, answered.accepted_post_id) == (1, None)
        owned = db.session.get_one(Guide, life.owned)
        assert (owned.comment_count, owned.suggestion_count) == (0, 0)
        states = list(db.session.scalars(select(Suggestion.state).order_by(Suggestion.number)))
        assert states == ["accepted", "withdrawn"]
    found = life.cast.client().get("/search?q=marmalade").get_data(as_text=True)
    assert "Jam or butter?" in found  # Owen still quotes it.
    assert "Who counts the spoons?" not in found


def test_posts_that_stay_are_read_under_former_member(life: Life) -> None:
    leave(life, posts=STAY)
    page = life.cast.client().get(life.asked.address).get_data(as_text=True)
    assert WORDS in page
    assert "Former member" in page
    with life.app.app_context():
        assert db.session.get_one(Discussion, life.answered.id).accepted_post_id is not None


def test_guides_go_to_whoever_inherits_them_and_drafts_to_those_who_help(life: Life) -> None:
    leave(life)
    owners = {
        title: (guide.owner_person_id, guide.owner_group_id, guide.owner_organisation_id)
        for title in ("Registers of a group", "Registers by two", "Registers of Owen")
        for guide in [life.guide(title)]
    }
    harrowdale = life.cast.organisation("harrowdale")
    assert owners == {
        "Registers of a group": (None, life.group, None),
        "Registers by two": (None, None, harrowdale),
        "Registers of Owen": (life.owen, None, None),
    }
    shared = life.guide("Seen by two")
    assert (shared.author_id, shared.owner_person_id) == (None, life.nia)
    with life.app.app_context():
        assert db.session.scalar(select(Guide.id).where(Guide.title == "Seen by nobody")) is None


def test_an_edit_does_not_take_the_credit_of_who_left_away(life: Life) -> None:
    leave(life, credit=NAME)
    edit_again(life, "Registers of Owen")
    with life.app.app_context():
        wrote = select(GuideCoAuthor.guide_id).where(GuideCoAuthor.person_id == life.xanthe)
        assert life.guide("Registers of Owen").id in db.session.scalars(wrote).all()
    assert "Xanthe Quillfeather" in life.cast.client().get("/library/registers-of-owen").get_data(as_text=True)


def test_what_nobody_inherits_is_left_handed_over_or_withdrawn_as_chosen(app: Flask, cast: Cast) -> None:
    life = Life(app)
    with app.app_context(), transaction():
        for title in ("Alone with a register", "Registers by two", "Registers of a group"):
            guide = db.session.scalars(select(Guide).where(Guide.title == title)).one()
            guide.organisation_id = guide.group_id = None
        db.session.execute(GuideCoAuthor.__table__.delete())
    ids = [life.guide(title).id for title in ("Alone with a register", "Registers by two", "Registers of a group")]
    leave(life, guides={ids[1]: HAND_OVER, ids[2]: WITHDRAW}, heir_id=life.nia)
    with app.app_context():
        left, handed, withdrawn = (db.session.get_one(Guide, one) for one in ids)
        assert (left.owner_person_id, left.state) == (life.xanthe, "published")
        assert handed.owner_person_id == life.nia
        assert withdrawn.state == "withdrawn"
    told = [mail for mail in mails(app) if mail.to == "nia@elsewhere.example"]
    assert "Registers by two" in told[-1].subject
    asked = cast.client(life.admin).get("/library/alone-with-a-register").get_data(as_text=True)
    assert "Former member" in asked


def test_a_group_gets_the_facilitator_who_was_named_or_administrators_are_told(app: Flask) -> None:
    life = Life(app)
    other = life.cast.group("other-room", facilitators=(life.xanthe,), members=(life.nia,))
    leave(life, facilitators={life.group: life.nia})
    with app.app_context():
        roles = dict(
            db.session.execute(select(Membership.group_id, Membership.role).where(Membership.person_id == life.nia))
            .tuples()
            .all()
        )
        assert (roles[life.group], roles[other]) == ("facilitator", "member")
        assert not db.session.scalars(select(Membership).where(Membership.person_id == life.xanthe)).all()
    told = [mail.subject for mail in mails(app) if mail.to == "ada@nowhere.example"]
    assert told.count("The group Other room has no facilitator") == 1
    assert "The group Registers has no facilitator" not in told


def test_no_mail_goes_there_any_more_but_the_last_one(life: Life) -> None:
    with life.app.app_context(), transaction():
        queue_mail(EMAIL, "Queued before", "accounts/email_changed")
        queue_mail("owen@elsewhere.example", "Queued for another", "accounts/email_changed")
    before = len(mails_to(life, EMAIL, drained=False))
    leave(life)
    life.talk.reply(life.asked, life.owen, "Are you there?")
    assert [mail.subject for mail in mails_to(life, EMAIL)][before:] == ["Your account is closed"]
    assert "Queued for another" in [mail.subject for mail in mails_to(life, "owen@elsewhere.example")]


def test_only_the_bare_row_is_left(life: Life) -> None:
    leave(life)
    with life.app.app_context():
        assert account_by_email(EMAIL) is None
        row = db.session.get_one(Person, life.xanthe)
        kept = {column.key: getattr(row, column.key) for column in inspect(Person).column_attrs}
        # The rest says nothing of a person; the worker goes on counting what they wrote.
        for name in ("id", "uuid", "created_at", "updated_at", "revision", "guide_count", "accepted_count"):
            del kept[name]
        assert kept.pop("name") == FORMER_MEMBER
        assert not any(kept.values()), kept
        for column in own_columns():
            assert db.session.scalar(select(func.count()).where(column == life.xanthe)) == 0, column
        details = [entry for entry in db.session.scalars(select(AuditEntry)) if entry.act == "account.close"]
        assert [(entry.actor_id, entry.subject) for entry in details] == [(life.xanthe, "account")]
        everything = str([(entry.act, entry.detail) for entry in db.session.scalars(select(AuditEntry))])
        assert not [trace for trace in TRACES if trace.lower() in everything.lower()]


def test_the_handle_is_nobodys_for_ever_and_the_address_is_free(life: Life) -> None:
    leave(life)
    assert life.cast.client().get(f"/people/{HANDLE}").status_code == 404
    again = life.cast.person("Xanthe Quillfeather", email=EMAIL)
    assert again != life.xanthe
    with life.app.app_context():
        assert db.session.get_one(Person, again).handle == f"{HANDLE}-2"
        assert db.session.get_one(FormerHandle, HANDLE).person_id is None
    assert f"/people/{HANDLE}-2" not in life.cast.client().get(life.asked.address).get_data(as_text=True)


def test_what_was_said_of_a_use_stays_with_the_organisation(life: Life) -> None:
    leave(life)
    page = life.cast.client().get("/library/spoons-in-practice/adoptions").get_data(as_text=True)
    assert "Harrowdale Council" in page
    assert "It saved us a day" in page
    with life.app.app_context():
        assert db.session.get_one(Adoption, life.use).organisation_id == life.cast.organisation("harrowdale")


def test_the_archive_of_the_library_is_made_anew(life: Life) -> None:
    def held() -> str:
        with life.app.app_context():
            kept = kept_archive()
            assert kept is not None
            with zipfile.ZipFile(io.BytesIO(kept.path.read_bytes())) as archive:
                return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".md"))

    with life.app.app_context():
        keep_fresh()
    assert "Xanthe" in held()
    leave(life)
    assert not [trace for trace in TRACES if trace in held()]


def test_a_closed_account_is_closed_once_and_the_last_administrator_stays(life: Life) -> None:
    leave(life)
    with life.app.app_context(), transaction():
        assert not close(account_id=life.xanthe, choices=Choices(), by_id=None)
    with life.app.app_context():
        admin = db.session.scalars(select(Account.id).where(Account.role == "administrator")).one()
        with pytest.raises(LastAdministrator), transaction():
            close(account_id=admin, choices=Choices(), by_id=None)


def test_it_is_done_whole_or_not_at_all(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: Any, **_more: Any) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("network.leaving.actions.closing.withdraw_mails", fails)
    with pytest.raises(RuntimeError, match="planted"):
        leave(life, posts=MARKERS)
    with life.app.app_context():
        assert account_by_email(EMAIL) is not None
        assert life.post(life.asked.address, 1).body == WORDS


def test_each_table_says_whether_its_rows_are_a_persons_own() -> None:
    """What would go with the person in the database goes when they leave; these three are told to others."""
    cascading = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "people" and key.ondelete == "CASCADE"
    }
    assert cascading - {column.table.name for column in own_columns()} == STAYS
    assert {"saved_searches", "recent_searches", "feed_keys", "guide_edits", "wants"} < cascading


def mails_to(life: Life, email: str, *, drained: bool = True) -> list[Any]:
    """What was sent there so far."""
    from network.core.mail.kept import kept_mail, kept_numbers

    if drained:
        return [mail for mail in mails(life.app) if mail.to == email]
    with life.app.app_context():
        found = [kept_mail(number) for number in reversed(kept_numbers())]
    return [mail for mail in found if mail is not None and mail.to == email]
