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
from network.feeds.models import FeedKey
from network.groups.models import AskedToJoin, FormerGroupSlug, Group, GroupTopic, Membership
from network.library.adoptions.models import Adoption, AdoptionEarlier, AdoptionReporter
from network.library.carried.models import CarriedGuide
from network.library.checking.models import AbsentOwner, CareMute, CheckReminder, GuideCheck, GuideTurn
from network.library.collections.models import Collection, CollectionItem
from network.library.composing.models import ComposedPicture
from network.library.files.models import GuideFile, GuideFileVersion
from network.library.flags.models import GuideFlag
from network.library.incoming.models import ImportItem, ImportJob
from network.library.linking.models import OwnLink
from network.library.models import (
    FormerGuideSlug,
    Guide,
    GuideCoAuthor,
    GuideEdit,
    GuideTag,
    GuideTopic,
    GuideVersion,
    ImportSource,
    LibraryTally,
)
from network.library.outside.models import OutsideAddress, OutsideLink
from network.library.suggestions.models import Suggestion, SuggestionMute, SuggestionNotice
from network.library.turning.models import GuideOrigin
from network.organisations.models import Organisation, OrganisationDomain
from network.people.models import FormerHandle, Person, PersonSkill
from network.policy.models import PolicyAcceptance, PolicyVersion
from network.threads.models import Post, PostVersion, Thread
from network.threads.telling.models import PostMute, PostNotice
from network.vocabulary.glossary.models import GlossaryEntry
from network.vocabulary.models import Topic, TopicAlias

TABLES = (
    AbsentOwner,
    Account,
    Adoption,
    AdoptionEarlier,
    AdoptionReporter,
    AskedToJoin,
    AuditEntry,
    CarriedGuide,
    CheckReminder,
    Collection,
    CollectionItem,
    ComposedPicture,
    Discussion,
    DiscussionTag,
    DiscussionTopic,
    EndedSession,
    FeedKey,
    FormerGroupSlug,
    FormerGuideSlug,
    FormerHandle,
    GlossaryEntry,
    Group,
    GroupTopic,
    Guide,
    GuideCheck,
    GuideCoAuthor,
    GuideEdit,
    GuideFile,
    GuideFileVersion,
    GuideFlag,
    GuideOrigin,
    GuideTag,
    GuideTopic,
    GuideTurn,
    GuideVersion,
    IdempotencyKey,
    ImportItem,
    ImportJob,
    ImportSource,
    KeepsNoSearches,
    KeptForm,
    KeptNumber,
    KnownHit,
    LibraryTally,
    MailedLink,
    Membership,
    Organisation,
    OrganisationDomain,
    OutboxRow,
    OutsideAddress,
    OutsideLink,
    OwnLink,
    Person,
    PersonSkill,
    PolicyAcceptance,
    PolicyVersion,
    Post,
    PostMute,
    PostNotice,
    PostVersion,
    CareMute,
    RecentSearch,
    SavedSearch,
    ScheduledJob,
    SearchFeedback,
    SearchLogRow,
    SearchPin,
    StoredFile,
    Suggestion,
    SuggestionMute,
    SuggestionNotice,
    Thread,
    Topic,
    TopicAlias,
    Want,
    WantedEntry,
    WantedGuide,
)
