"""Closing an account: nothing names the person any more, and nothing of others' is lost."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from sqlalchemy import func, inspect, select

from network.accounts.actions import account_by_email
from network.accounts.models import Account
from network.audit.models import AuditEntry
from network.core.db import Base, db
from network.core.transaction import transaction
from network.discussions.models import Discussion
from network.groups.models import Membership
from network.leaving.actions import close
from network.leaving.actions.traces import STAYS, own_columns
from network.leaving.choices import MARKERS, Choices
from network.library.adoptions.models import Adoption
from network.library.incoming.actions import begin
from network.library.incoming.files import folder_of, keep_sent
from network.library.incoming.models import new_folder
from network.library.models import Guide, GuideCoAuthor
from network.library.suggestions.models import Suggestion
from network.people.models import FORMER_MEMBER, FormerHandle, Person
from network.people.standing import LastAdministrator
from network.portability.kept import kept_archive
from network.threads.models import PostVersion
from tests.network.leaving.conftest import HEIRLESS
from tests.network.leaving.life import EMAIL, HANDLE, TRACES, WORDS, Life, edit_again, named_on
from tests.support.mails import mails


def authors_on(page: str) -> list[str]:
    """The names under “Written by” on a guide's page."""
    panel = page.partition('aria-labelledby="authors"')[2].partition("</section>")[0]
    return re.findall(r'class="cp-by__name">(?:<a [^>]*>)?([^<]+)', panel)


def test_nothing_names_a_former_member(stayed: Life) -> None:
    assert len(stayed.named_before) > 40, "the pages did not name her to begin with"
    assert named_on(stayed, None, checked=True) == {}
    assert named_on(stayed, stayed.admin) == {}


def test_nothing_names_one_who_took_their_words_along(taken: Life) -> None:
    assert named_on(taken, None) == {}
    assert named_on(taken, taken.nia) == {}


def test_only_guides_go_on_naming_who_leaves_their_name(credited: Life) -> None:
    still = named_on(credited, None)
    for address, traces in still.items():
        assert address in ("/", "/library") or address.startswith(("/library/", "/packs/", "/search?")), address
        assert HANDLE not in traces, address
        assert EMAIL not in traces, address
    # The group owns it now, and who wrote it is still credited: on the page, in files and by feeds.
    for address in ("registers-of-a-group", "registers-of-a-group.md", "feed.atom", "registers-by-two/history/1"):
        assert "Xanthe Quillfeather" in credited.cast.client().get(f"/library/{address}").get_data(as_text=True), (
            address
        )


def test_what_others_wrote_is_read_as_before_and_her_words_where_they_quote_them(taken: Life) -> None:
    page = taken.cast.client().get(taken.answered.address).get_data(as_text=True)
    assert "I agree." in page
    assert f"<p>{WORDS}</p>" in page  # As Owen quotes it.
    assert ">Former member</a> wrote:" in page
    assert "Former member withdrew this on" in page


def test_markers_leave_no_words_behind_and_every_number_follows(taken: Life) -> None:
    with taken.app.app_context():
        assert taken.post(taken.asked, 1).body == taken.post(taken.answered, 2).html == ""
        assert db.session.scalar(select(func.count()).select_from(PostVersion)) == 0
        asked = db.session.get_one(Discussion, taken.asked.id)
        answered = db.session.get_one(Discussion, taken.answered.id)
        assert (asked.reply_count, asked.excerpt, asked.withdrawn_at) == (1, "", None)
        assert (answered.reply_count, answered.accepted_post_id) == (1, None)
        owned = db.session.get_one(Guide, taken.owned)
        assert (owned.comment_count, owned.suggestion_count) == (0, 0)
        states = list(db.session.scalars(select(Suggestion.state).order_by(Suggestion.number)))
        assert states == ["accepted", "withdrawn"]
    found = taken.cast.client().get("/search?q=marmalade").get_data(as_text=True)
    assert "Jam or butter?" in found  # Owen still quotes it.
    assert "Who counts the spoons?" not in found


def test_flags_keep_their_words_or_are_taken_back_with_them(stayed: Life, taken: Life) -> None:
    at = "/library/spoons-in-practice"
    kept = stayed.cast.client().get(at).get_data(as_text=True)
    assert "The spoons have changed" in kept
    assert "Flagged as outdated" in kept
    for address in (at, f"{at}/flags"):
        assert "The spoons have changed" not in taken.cast.client(taken.owen).get(address).get_data(as_text=True)
    flags = taken.cast.client(taken.owen).get(f"{at}/flags").get_data(as_text=True)
    assert "Whoever said this has left and took their words with them." in flags
    assert "Taken back" in flags
    assert taken.guide("Spoons in practice").flagged_at is None


def test_a_collection_that_stays_is_for_administrators_to_look_after(stayed: Life) -> None:
    at = "/collections/all-about-spoons"
    assert "Former member" in stayed.cast.client().get(at).get_data(as_text=True)
    assert stayed.cast.client(stayed.owen).get(f"{at}/edit").status_code == 403
    admin = stayed.cast.client(stayed.admin)
    assert f"{at}/edit" in admin.get(at).get_data(as_text=True)
    assert admin.get(f"{at}/edit").status_code == admin.get(f"{at}/delete").status_code == 200


def test_posts_that_stay_are_read_under_former_member(stayed: Life) -> None:
    page = stayed.cast.client().get(stayed.asked.address).get_data(as_text=True)
    assert WORDS in page
    assert "Former member" in page
    with stayed.app.app_context():
        assert db.session.get_one(Discussion, stayed.answered.id).accepted_post_id is not None


def test_guides_go_to_whoever_inherits_them_and_drafts_to_those_who_help(stayed: Life) -> None:
    def owner(title: str) -> tuple[int | None, int | None, int | None]:
        guide = stayed.guide(title)
        return guide.owner_person_id, guide.owner_group_id, guide.owner_organisation_id

    assert owner("Registers of a group") == (None, stayed.group, None)
    assert owner("Registers by two") == (None, None, stayed.cast.organisation("harrowdale"))
    assert owner("Registers of Owen") == (stayed.owen, None, None)
    shared = stayed.guide("Seen by two")
    assert (shared.author_id, shared.owner_person_id) == (None, stayed.nia)
    with stayed.app.app_context():
        assert db.session.scalar(select(Guide.id).where(Guide.title == "Seen by nobody")) is None


def test_what_nobody_inherits_is_left_handed_over_or_withdrawn_as_chosen(credited: Life) -> None:
    left, handed, withdrawn = (credited.guide(title) for title in HEIRLESS)
    assert (left.owner_person_id, left.state) == (credited.xanthe, "published")
    assert (handed.owner_person_id, handed.state) == (credited.nia, "published")
    assert withdrawn.state == "withdrawn"
    page = credited.cast.client().get("/library/registers-to-hand-over").get_data(as_text=True)
    assert authors_on(page) == ["Nia Rees", "Xanthe Quillfeather"], "the credit stays when the guide is handed over"
    told = [mail.subject for mail in mails(credited.app) if mail.to == "nia@elsewhere.example"]
    assert told == ["You look after “Registers to hand over” now"]
    # Nobody answers for the first any more, so it is on the administrators' list.
    asked = credited.cast.client(credited.admin).get("/library/alone-with-a-register").get_data(as_text=True)
    assert authors_on(asked) == ["Xanthe Quillfeather"]
    assert f"/people/{HANDLE}" not in asked


def test_the_interface_for_programs_names_who_checked_alike_in_lists_and_in_full(credited: Life) -> None:
    client = credited.cast.client()
    listed = {one["self"]: one["trust"].get("checked_by") for one in client.get("/api/v1/guides").json["items"]}
    in_full = {address: client.get(address).json["trust"].get("checked_by") for address in listed}
    assert listed == in_full
    assert "Xanthe Quillfeather" in listed.values()


def test_an_edit_does_not_take_the_credit_of_who_left_away(credited: Life) -> None:
    edit_again(credited, "Registers of Owen")
    with credited.app.app_context():
        wrote = select(GuideCoAuthor.guide_id).where(GuideCoAuthor.person_id == credited.xanthe)
        assert credited.guide("Registers of Owen").id in db.session.scalars(wrote).all()
    assert "Xanthe Quillfeather" in credited.cast.client().get("/library/registers-of-owen").get_data(as_text=True)


def test_a_group_gets_the_facilitator_who_was_named_or_administrators_are_told(taken: Life) -> None:
    with taken.app.app_context():
        mine = select(Membership.group_id, Membership.role).where(Membership.person_id == taken.nia)
        roles = {row.group_id: row.role for row in db.session.execute(mine)}
        assert (roles[taken.group], roles[taken.other_group]) == ("facilitator", "member")
        assert not db.session.scalars(select(Membership).where(Membership.person_id == taken.xanthe)).all()
    told = [mail.subject for mail in mails(taken.app) if mail.to == "ada@nowhere.example"]
    assert told.count("The group Other room has no facilitator") == 1
    assert "The group Registers has no facilitator" not in told


def test_no_mail_goes_there_any_more_but_the_last_one(stayed: Life) -> None:
    stayed.talk.reply(stayed.asked, stayed.owen, "Are you there?")
    sent = mails(stayed.app)
    to_her = [mail.subject for mail in sent if mail.to == EMAIL]
    assert to_her[-1] == "Your account is closed"
    assert "Queued before" not in to_her
    assert "Queued for another" in [mail.subject for mail in sent]


def test_only_the_bare_row_is_left(stayed: Life) -> None:
    with stayed.app.app_context():
        assert account_by_email(EMAIL) is None
        row = db.session.get_one(Person, stayed.xanthe)
        kept = {column.key: getattr(row, column.key) for column in inspect(Person).column_attrs}
        # The rest says nothing of a person; the worker goes on counting what they wrote.
        for name in ("id", "uuid", "created_at", "updated_at", "revision", "guide_count", "accepted_count"):
            del kept[name]
        assert kept.pop("name") == FORMER_MEMBER
        assert not any(kept.values()), kept
        for column in own_columns():
            assert db.session.scalar(select(func.count()).where(column == stayed.xanthe)) == 0, column


def test_the_audit_log_tells_of_it_without_naming_anybody(stayed: Life) -> None:
    with stayed.app.app_context():
        entries = db.session.scalars(select(AuditEntry)).all()
        closed = [(entry.actor_id, entry.detail) for entry in entries if entry.act == "account.close"]
        assert closed == [(stayed.xanthe, {"posts": "stay", "credit": "former", "collections": "leave"})]
        everything = str([(entry.act, entry.detail) for entry in entries]).lower()
        assert not [trace for trace in TRACES if trace.lower() in everything]


def test_the_audit_log_tells_what_became_of_drafts_and_suggestions(taken: Life) -> None:
    with taken.app.app_context():
        acts = db.session.execute(select(AuditEntry.act, AuditEntry.actor_id, AuditEntry.subject)).all()
    for act, subject in (("guide.discard", "guide"), ("suggestion.withdraw", "suggestion")):
        assert [tuple(one) for one in acts if one.act == act] == [(act, taken.xanthe, subject)]


def test_the_handle_is_nobodys_for_ever_and_the_address_is_free(taken: Life) -> None:
    assert taken.cast.client().get(f"/people/{HANDLE}").status_code == 404
    again = taken.cast.person("Xanthe Quillfeather", email=EMAIL)
    assert again != taken.xanthe
    with taken.app.app_context():
        assert db.session.get_one(Person, again).handle == f"{HANDLE}-2"
        assert db.session.get_one(FormerHandle, HANDLE).person_id is None
    assert "quillfeather" not in taken.cast.client().get(taken.asked.address).get_data(as_text=True)


def test_what_was_said_of_a_use_stays_with_the_organisation(stayed: Life) -> None:
    page = stayed.cast.client().get("/library/spoons-in-practice/adoptions").get_data(as_text=True)
    assert "Harrowdale Council" in page
    assert "It saved us a day" in page
    with stayed.app.app_context():
        assert db.session.get_one(Adoption, stayed.use).organisation_id == stayed.cast.organisation("harrowdale")


def test_the_archive_of_the_library_is_made_anew(stayed: Life) -> None:
    with stayed.app.app_context():
        kept = kept_archive()
        assert kept is not None
        with zipfile.ZipFile(io.BytesIO(kept.path.read_bytes())) as archive:
            held = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "Registers by two" in held
    assert not [trace for trace in TRACES if trace in held]


def test_a_closed_account_is_closed_once_and_the_last_administrator_stays(stayed: Life) -> None:
    with stayed.app.app_context():
        with transaction():
            assert not close(account_id=10_000, choices=Choices(), by_id=None)
        admin = db.session.scalars(select(Account.id).where(Account.role == "administrator")).one()
        with pytest.raises(LastAdministrator), transaction():
            close(account_id=admin, choices=Choices(), by_id=None)


def test_it_is_done_whole_or_not_at_all(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: Any, **_more: Any) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("network.leaving.actions.closing.withdraw_mails", fails)
    with pytest.raises(RuntimeError, match="planted"):
        life.leave(posts=MARKERS)
    with life.app.app_context():
        assert account_by_email(EMAIL) is not None
        assert life.post(life.asked, 1).body == WORDS
        assert life.guide("Registers of a group").owner_person_id == life.xanthe


def test_what_was_uploaded_for_an_import_goes_from_the_disk(life: Life) -> None:
    with life.app.app_context():
        folder = new_folder()
        keep_sent(folder, [("mine.md", io.BytesIO(b"# Mine\n\nSecret"))])
        with transaction():
            begin(viewer=life.viewer(life.xanthe), name="mine.md", folder=folder)
        assert folder_of(folder).exists()
    life.leave()
    with life.app.app_context():
        assert not folder_of(folder).exists()


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
