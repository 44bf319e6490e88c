"""One page of every kind, as the demo network has them: who looks, and where."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import func, select

from network.discussions.models import Discussion
from network.groups.models import Group
from network.library.adoptions.models import Adoption
from network.library.flags.models import GuideFlag
from network.library.incoming.models import ImportJob
from network.library.models import Guide
from network.library.turning.models import GuideOrigin
from network.organisations.models import Organisation
from network.portability.codes import code_of
from network.subjects.visibility import in_public_group
from network.vocabulary.models import Topic
from tests.journeys.site import Site

VISITOR, MEMBER, WRITER, ADMINISTRATOR = "", "priya-raman", "owen-pritchard", "nadia-hussain"
MODERATOR = "fatima-siddiqui"
USER, USED = "tom-adeyemi", "/library/moving-a-planning-register-to-open-data"
MODERATOR, IMPORTER = "fatima-siddiqui", "magda-kowalska"
Address = Callable[[Site], str]
PUBLISHED = Guide.state == "published"
MANY_VERSIONS = Guide.version > 1


class Kind(NamedTuple):
    """Who looks at the page (a handle, empty for a visitor), its address, and the status it answers with."""

    who: str
    address: str | Address
    status: int = 200

    def at(self, site: Site) -> str:
        """The address in this network."""
        return self.address if isinstance(self.address, str) else self.address(site)


def _guide(*conditions: object, end: str = "") -> Address:
    query = select(Guide.slug).where(in_public_group(Guide.group_id), *conditions).order_by(Guide.id)  # type: ignore[arg-type]
    return lambda site: f"/library/{site.ask(query)[0]}{end}"


def _thread(*conditions: object, end: str = "") -> Address:
    query = (
        select(Group.slug, Discussion.number, Discussion.slug)
        .join(Group, Group.id == Discussion.group_id)
        .where(Group.openness == "open", *conditions)  # type: ignore[arg-type]
        .order_by(Discussion.reply_count.desc())
    )

    def address(site: Site) -> str:
        group, number, slug = site.ask(query)
        return f"/groups/{group}/discussions/{number}-{slug}{end}"

    return address


def _paper(number: object) -> Address:
    """What the code of a version leads to."""
    query = select(Guide.uuid, number).where(in_public_group(Guide.group_id), PUBLISHED, MANY_VERSIONS)  # type: ignore[call-overload]
    return lambda site: f"/c/{code_of(*site.ask(query))}"


def _group(openness: str, end: str = "") -> Address:
    query = select(Group.slug).where(Group.openness == openness, Group.slug != "ask-anyone").order_by(Group.id)
    return lambda site: f"/groups/{site.ask(query)[0]}{end}"


def _first(column: object, before: str) -> Address:
    return lambda site: before + str(site.ask(select(column).order_by(func.length(column)))[0])  # type: ignore[arg-type, call-overload]


def _flag(act: str) -> Address:
    query = (
        select(Guide.slug, GuideFlag.id)
        .join(GuideFlag, GuideFlag.guide_id == Guide.id)
        .where(Guide.slug == "first-ten-days-for-a-new-starter")
    )

    def address(site: Site) -> str:
        slug, number = site.ask(query)
        return f"/library/{slug}/flags/{number}/{act}"

    return address


def _use_to_hide() -> Address:
    query = select(Adoption.id).join(Guide).where(Guide.slug == USED.rpartition("/")[2], Adoption.text != "")
    return lambda site: f"{USED}/adoptions/{site.ask(query)[0]}/hide"


def _why(text: str) -> Address:
    query = select(Guide.id).where(Guide.slug == "moving-a-planning-register-to-open-data")
    return lambda site: f"/search?q={text.replace(' ', '+')}&why=guide:{site.ask(query)[0]}"


def _begun(site: Site) -> str:
    return f"/drafts/{site.ask(select(GuideOrigin.guide_id))[0]}"


def _answered(site: Site) -> str:
    return f"/library/new/from-discussion/{site.ask(select(GuideOrigin.discussion_id))[0]}"


def _import(state: str) -> Address:
    query = select(ImportJob.id).where(ImportJob.state == state)
    return lambda site: f"/library/import/{site.ask(query)[0]}"


PUBLISHED = Guide.state == "published"
OWENS = Guide.owner_person_id.is_not(None)
PAGES = {
    "home": Kind(VISITOR, "/"),
    "home-member": Kind(MEMBER, "/"),
    "about": Kind(VISITOR, "/about"),
    "policy": Kind(VISITOR, "/policy"),
    "accessibility": Kind(VISITOR, "/accessibility"),
    "privacy": Kind(VISITOR, "/privacy"),
    "writing-help": Kind(VISITOR, "/writing-help"),
    "not-found": Kind(VISITOR, "/nothing-here", 404),
    "sign-in": Kind(VISITOR, "/sign-in"),
    "join": Kind(VISITOR, "/join"),
    "recover": Kind(VISITOR, "/recover"),
    "search": Kind(VISITOR, "/search?q=data"),
    "search-start": Kind(VISITOR, "/search"),
    "search-failed": Kind(VISITOR, "/search?q=zeppelin+timetables"),
    "search-other-words": Kind(MEMBER, "/search?q=foi+requests"),
    "search-feedback": Kind(MEMBER, "/search/feedback"),
    "search-moderator": Kind(MODERATOR, "/search?q=data"),
    "admin": Kind(MODERATOR, "/admin"),
    "admin-topics": Kind(ADMINISTRATOR, "/admin/topics"),
    "admin-topic-edit": Kind(ADMINISTRATOR, "/admin/topics/2/edit"),
    "admin-topic-merge": Kind(ADMINISTRATOR, "/admin/topics/2/merge"),
    "admin-organisations": Kind(ADMINISTRATOR, "/admin/organisations"),
    "admin-organisation-edit": Kind(ADMINISTRATOR, "/admin/organisations/1/edit"),
    "searches": Kind(MODERATOR, "/admin/searches"),
    "searches-said": Kind(MODERATOR, "/admin/searches/feedback"),
    "searches-forget": Kind(MODERATOR, "/admin/searches/forget?text=heat+network+billing"),
    "pins": Kind(MODERATOR, "/admin/searches/pins"),
    "pin-new": Kind(MODERATOR, "/admin/searches/pins/new?text=data"),
    "glossary": Kind(VISITOR, "/glossary"),
    "glossary-moderator": Kind(MODERATOR, "/glossary"),
    "glossary-new": Kind(MODERATOR, "/glossary/new?term=foi"),
    "glossary-edit": Kind(MODERATOR, "/glossary/1/edit"),
    "glossary-retire": Kind(MODERATOR, "/glossary/1/retire"),
    "wanted": Kind(MEMBER, "/wanted"),
    "wanted-entry": Kind(VISITOR, "/wanted/1"),
    "wanted-new": Kind(MEMBER, "/wanted/new?words=letter+about+mould"),
    "saved-searches": Kind(MEMBER, "/saved/searches"),
    "saved-search-new": Kind(MEMBER, "/saved/searches/new?q=data&in=guide"),
    "search-partial": Kind(VISITOR, "/search?q=damp+mould+zeppelin+timetables"),
    "search-corrected": Kind(VISITOR, "/search?q=plannign+regsiter"),
    "search-filtered": Kind(MEMBER, "/search?q=data+type:guide+topic:nonsense+after:2020&changed=3years"),
    "search-filtered-away": Kind(VISITOR, "/search?q=planning&kind=policy&licence=CC0-1.0"),
    "search-questions": Kind(VISITOR, "/search?q=data&in=question"),
    "search-people": Kind(VISITOR, "/search?q=data&in=person"),
    "search-past-end": Kind(VISITOR, "/search?q=data&page=40"),
    "search-why": Kind(VISITOR, _why("planning register")),
    "library": Kind(VISITOR, "/library"),
    "library-filtered": Kind(VISITOR, "/library?kind=template"),
    "guide": Kind(VISITOR, "/library/moving-a-planning-register-to-open-data"),
    "guide-owner": Kind(WRITER, "/library/moving-a-planning-register-to-open-data"),
    "guide-overdue": Kind(VISITOR, _guide(PUBLISHED, Guide.check_state == "overdue", Guide.superseded_by_id.is_(None))),
    "guide-superseded": Kind(VISITOR, _guide(PUBLISHED, Guide.superseded_by_id.is_not(None))),
    "guide-withdrawn": Kind(VISITOR, _guide(Guide.state == "withdrawn"), 410),
    "guide-history": Kind(VISITOR, _guide(PUBLISHED, MANY_VERSIONS, end="/history")),
    "guide-version": Kind(VISITOR, _guide(PUBLISHED, MANY_VERSIONS, end="/history/1")),
    "guide-difference": Kind(VISITOR, _guide(PUBLISHED, MANY_VERSIONS, end="/history/compare?from=1&to=2")),
    "guide-new": Kind(WRITER, "/library/new"),
    "guide-new-outline": Kind(WRITER, "/library/new?kind=case-study&outline=yes"),
    "guide-begun": Kind(WRITER, _begun),
    "guide-from-discussion": Kind(WRITER, _answered),
    "guide-edit": Kind(WRITER, "/library/moving-a-planning-register-to-open-data/edit"),
    "guide-links": Kind(WRITER, "/library/matching-addresses-to-uprns/links"),
    "broken-links": Kind(WRITER, "/broken-links"),
    "collections": Kind(MEMBER, "/collections"),
    "collection": Kind(VISITOR, "/collections/your-first-open-data-set"),
    "collection-keeper": Kind(WRITER, "/collections/your-first-open-data-set?find=data"),
    "collection-new": Kind(MEMBER, "/collections/new?add=/library/api-rules-on-one-page"),
    "collection-edit": Kind(WRITER, "/collections/your-first-open-data-set/edit"),
    "collection-note": Kind(WRITER, "/collections/your-first-open-data-set/items/1"),
    "collection-history": Kind(WRITER, "/collections/your-first-open-data-set/history"),
    "collection-delete": Kind(WRITER, "/collections/your-first-open-data-set/delete"),
    "collection-hide": Kind(MODERATOR, "/collections/your-first-open-data-set/hide"),
    "collect": Kind(WRITER, "/library/api-rules-on-one-page/collect"),
    "guide-check": Kind(WRITER, "/library/moving-a-planning-register-to-open-data/check"),
    "guide-flagged": Kind(VISITOR, _guide(PUBLISHED, Guide.flagged_at.is_not(None))),
    "guide-flags": Kind(VISITOR, "/library/moving-a-planning-register-to-open-data/flags"),
    "guide-flag": Kind(MEMBER, "/library/moving-a-planning-register-to-open-data/flags/new"),
    "guide-flag-answer": Kind("moira-sinclair", _flag("answer")),
    "guide-flag-take-back": Kind("hannah-whitlock", _flag("take-back")),
    "guide-checks": Kind(VISITOR, "/library/moving-a-planning-register-to-open-data/checks"),
    "my-checks": Kind("moira-sinclair", "/checks"),
    "guide-withdraw": Kind(WRITER, "/library/moving-a-planning-register-to-open-data/withdraw"),
    "pack-new": Kind(VISITOR, "/packs/new?guide=moving-a-planning-register-to-open-data&q=data&title=First+week"),
    "pack-refused": Kind(VISITOR, "/packs/pack.html", 400),
    "paper": Kind(VISITOR, "/c"),
    "paper-current": Kind(VISITOR, _paper(Guide.version)),
    "paper-newer": Kind(VISITOR, _paper(Guide.version - 1)),
    "paper-unknown": Kind(VISITOR, "/c/4F7K-9QDM-3X", 404),
    "take-along": Kind(WRITER, "/library/export"),
    "leaving": Kind(VISITOR, "/leaving"),
    "feeds": Kind(VISITOR, "/feeds"),
    "guide-user": Kind(USER, USED),
    "guide-use": Kind(WRITER, "/library/rolling-out-a-second-factor/use"),
    "guide-use-result": Kind(USER, f"{USED}/use/result"),
    "guide-use-stop": Kind(USER, f"{USED}/use/stop"),
    "guide-use-withdraw": Kind(USER, f"{USED}/use/withdraw"),
    "guide-use-colleague": Kind("kwame-boateng", f"{USED}/use/result"),
    "guide-use-hide": Kind(MODERATOR, _use_to_hide()),
    "guide-adoptions": Kind(VISITOR, f"{USED}/adoptions"),
    "guide-adapt": Kind(MEMBER, f"{USED}/adapt"),
    "guide-adapted": Kind(VISITOR, "/library/booking-bulky-waste-in-three-minutes"),
    "guides-used": Kind(USER, "/adoptions"),
    "library-used": Kind(USER, "/library?used=like-mine"),
    "suggestions": Kind(VISITOR, "/library/moving-a-planning-register-to-open-data/suggestions"),
    "suggestion": Kind(VISITOR, "/library/finding-out-why-people-ring/suggestions/1"),
    "suggestion-owner": Kind(WRITER, "/library/moving-a-planning-register-to-open-data/suggestions/1"),
    "suggestion-edit": Kind(WRITER, "/library/moving-a-planning-register-to-open-data/suggestions/1/edit?take=1"),
    "suggestion-new": Kind(
        MEMBER, "/library/moving-a-planning-register-to-open-data/suggest?section=h-before-you-start"
    ),
    "suggestion-discard": Kind(MEMBER, "/library/moving-a-planning-register-to-open-data/suggest/discard"),
    "suggestions-mine": Kind(WRITER, "/suggestions"),
    "guide-files": Kind(VISITOR, "/library/moving-a-planning-register-to-open-data/files"),
    "guide-files-owner": Kind(WRITER, "/library/moving-a-planning-register-to-open-data/files"),
    "guide-file-add": Kind(WRITER, "/library/moving-a-planning-register-to-open-data/files/add"),
    "guide-file-replace": Kind(WRITER, "/library/moving-a-planning-register-to-open-data/files/1/replace"),
    "guide-file-describe": Kind(WRITER, "/library/moving-a-planning-register-to-open-data/files/1/describe"),
    "guide-file-remove": Kind(WRITER, "/library/moving-a-planning-register-to-open-data/files/1/remove"),
    "search-in-file": Kind(VISITOR, "/search?q=account+manager+exit"),
    "drafts": Kind(WRITER, "/drafts"),
    "import": Kind(IMPORTER, "/library/import"),
    "import-list": Kind(IMPORTER, _import("ready")),
    "import-finished": Kind(IMPORTER, _import("done")),
    "topics": Kind(VISITOR, "/topics"),
    "topic": Kind(VISITOR, _first(Topic.slug, "/topics/")),
    "groups": Kind(VISITOR, "/groups"),
    "group": Kind(VISITOR, _group("open")),
    "group-member": Kind(MEMBER, "/groups/childrens-services-data-leads"),
    "group-guides": Kind(VISITOR, _group("open", "/guides")),
    "group-members": Kind(VISITOR, _group("open", "/members")),
    "group-about": Kind(VISITOR, _group("open", "/about")),
    "group-closed": Kind(VISITOR, _group("closed")),
    "group-refused": Kind(VISITOR, _group("closed", "/discussions/1-anything"), 403),
    "group-new": Kind(MEMBER, "/groups/new"),
    "group-join": Kind(ADMINISTRATOR, _group("open", "/join")),
    "thread": Kind(VISITOR, _thread(Discussion.accepted_post_id.is_not(None))),
    "thread-member": Kind(MEMBER, _thread(Discussion.accepted_post_id.is_(None))),
    "thread-answered": Kind(WRITER, _thread(Discussion.accepted_post_id.is_not(None))),
    "thread-reply": Kind(MEMBER, _thread(end="/reply?quote=1")),
    "questions": Kind(VISITOR, "/questions"),
    "share": Kind(VISITOR, "/share"),
    "ask": Kind(MEMBER, "/ask"),
    "people": Kind(VISITOR, "/people"),
    "person": Kind(VISITOR, "/people/owen-pritchard"),
    "organisations": Kind(VISITOR, "/organisations"),
    "organisation": Kind(VISITOR, _first(Organisation.slug, "/organisations/")),
    "settings": Kind(MEMBER, "/settings"),
    "settings-profile": Kind(MEMBER, "/settings/profile"),
    "settings-photo": Kind(MEMBER, "/settings/photo"),
    "settings-password": Kind(MEMBER, "/settings/password"),
    "settings-email": Kind(MEMBER, "/settings/email"),
    "settings-leaving": Kind(MEMBER, "/settings/leaving"),
    "mail": Kind(VISITOR, "/development/mail"),
}
