"""All tables, imported so that the metadata is whole wherever an application is made."""

from __future__ import annotations

from network.accounts.models import Account, EndedSession, KeptForm, MailedLink
from network.attachments.models import StoredFile
from network.audit.models import AuditEntry
from network.core.idempotency import IdempotencyKey
from network.core.kept import KeptNumber
from network.core.outbox import OutboxRow
from network.core.schedule import ScheduledJob
from network.discovery.log.models import SearchFeedback, SearchLogRow
from network.discovery.pins.models import SearchPin
from network.discovery.recent.models import KeepsNoSearches, RecentSearch
from network.discovery.saved.models import KnownHit, SavedSearch
from network.discovery.wanted.models import Want, WantedEntry, WantedGuide
from network.discussions.models import Discussion, DiscussionTag, DiscussionTopic
from network.groups.models import FormerGroupSlug, Group, GroupTopic, Membership
from network.library.incoming.models import ImportItem, ImportJob
from network.library.models import (
    FormerGuideSlug,
    Guide,
    GuideCoAuthor,
    GuideEdit,
    GuideTag,
    GuideTopic,
    GuideVersion,
    ImportSource,
)
from network.organisations.models import Organisation, OrganisationDomain
from network.people.models import FormerHandle, Person, PersonSkill
from network.policy.models import PolicyAcceptance, PolicyVersion
from network.threads.models import Post, PostVersion, Thread
from network.vocabulary.glossary.models import GlossaryEntry
from network.vocabulary.models import Topic, TopicAlias

TABLES = (
    Account,
    AuditEntry,
    Discussion,
    DiscussionTag,
    DiscussionTopic,
    EndedSession,
    FormerGroupSlug,
    FormerGuideSlug,
    FormerHandle,
    GlossaryEntry,
    Group,
    GroupTopic,
    Guide,
    GuideCoAuthor,
    GuideEdit,
    GuideTag,
    GuideTopic,
    GuideVersion,
    IdempotencyKey,
    ImportItem,
    ImportJob,
    ImportSource,
    KeepsNoSearches,
    KeptForm,
    KeptNumber,
    KnownHit,
    MailedLink,
    Membership,
    Organisation,
    OrganisationDomain,
    OutboxRow,
    Person,
    PersonSkill,
    PolicyAcceptance,
    PolicyVersion,
    Post,
    PostVersion,
    RecentSearch,
    SavedSearch,
    ScheduledJob,
    SearchFeedback,
    SearchLogRow,
    SearchPin,
    StoredFile,
    Thread,
    Topic,
    TopicAlias,
    Want,
    WantedEntry,
    WantedGuide,
)
