"""A network of any size, written straight into the tables: the shape of a real one, without its history.

Texts are put together from sentences of the demo guides, so that words repeat as they do in real life. A few hundred
texts are rendered and shared out, because rendering fifty thousand posts would measure the renderer.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from network.accounts.models import Account
from network.core.clock import now
from network.core.db import db
from network.core.text.markdown import Rendered, render
from network.core.transaction import transaction
from network.discussions.models import Discussion, DiscussionTopic
from network.groups.models import Group, Membership
from network.library.models import Guide, GuideTopic, GuideVersion
from network.organisations.models import Organisation
from network.people.models import Person
from network.threads.models import Post, Thread
from network.vocabulary.models import Topic

TEXTS = 300
POSTS_A_THREAD = 10
LONG_THREAD = 31
KINDS = ("guide", "case-study", "template", "research-report", "policy", "code-or-tool")


@dataclass(frozen=True)
class Size:
    """How large a network to make."""

    people: int = 1000
    guides: int = 5000
    posts: int = 50_000

    @property
    def groups(self) -> int:
        """A group for twenty people."""
        return max(2, self.people // 20)


class Maker:
    """Fills one empty database."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.chance = random.Random(7)
        self.sentences = _sentences()
        self.short = [self._text(60) for _ in range(TEXTS)]
        self.long = [self._text(500) for _ in range(TEXTS)]
        self.rendered = {text: render(text) for text in (*self.short, *self.long)}
        self.start = now() - timedelta(days=900)

    def fill(self) -> None:
        """Write everything in one transaction."""
        with transaction():
            self._people()
            self._topics()
            self._groups()
            self._discussions()
            self._guides()

    def _text(self, words: int) -> str:
        parts: list[str] = []
        while sum(len(part.split()) for part in parts) < words:
            if words > 200 and len(parts) % 9 == 0:
                parts.append("## " + " ".join(self.chance.choice(self.sentences).split()[:6]).rstrip(".,"))
            parts.append(" ".join(self.chance.choices(self.sentences, k=3)))
        return "\n\n".join(parts)

    def _title(self) -> str:
        words = self.chance.choice(self.sentences).rstrip(".").split()
        return " ".join(words[: self.chance.randint(4, 10)])[:140]

    def _people(self) -> None:
        _write(Organisation, [{"slug": f"body-{n}", "name": f"Body {n} Council"} for n in range(1, 51)])
        _write(
            Account,
            [
                {"email": f"person{n}@bench.example", "password": "x", "confirmed_at": self.start}
                for n in range(1, self.size.people + 1)
            ],
        )
        accounts = db.session.execute(select(Account.id).order_by(Account.id)).scalars().all()
        rows = [
            {
                "account_id": account,
                "handle": f"person-{n}",
                "name": f"Ann{n} Evans{n}",
                "job_title": "Service desk manager",
                "organisation_id": n % 50 + 1,
                "about": "About",
                "about_html": "<p>About</p>",
            }
            for n, account in enumerate(accounts, 1)
        ]
        _write(Person, rows)

    def _topics(self) -> None:
        if db.session.scalar(select(Topic.id).limit(1)) is None:
            _write(Topic, [{"slug": f"topic-{n}", "name": f"Topic {n}"} for n in range(1, 41)])
        self.topics = list(db.session.scalars(select(Topic.id)))

    def _groups(self) -> None:
        rows = [
            {
                "slug": f"group-{n}",
                "name": f"Group number {n}",
                "purpose": self.sentences[n % len(self.sentences)][:290],
                "openness": "closed" if n % 20 == 0 else "open",
                "closed_reason": "We talk about people" if n % 20 == 0 else "",
                "member_count": 40,
                "next_number": 100_000,
            }
            for n in range(1, self.size.groups + 1)
        ]
        _write(Group, rows)
        self.groups = list(db.session.scalars(select(Group.id).where(Group.slug.startswith("group-"))))
        members = {(self._one(self.groups), self._person()) for _ in range(self.size.groups * 40)}
        members |= {(group, 1) for group in self.groups[:8]}
        _write(Membership, [{"group_id": group, "person_id": person} for group, person in sorted(members)])

    def _discussions(self) -> None:
        count = max(1, self.size.posts // POSTS_A_THREAD)
        _write(Thread, [{"subject": "discussion", "subject_id": n, "post_count": 10} for n in range(1, count + 1)])
        discussions, posts, topics = [], [], []
        for number in range(1, count + 1):
            length = LONG_THREAD if number % 100 == 1 else self.chance.randint(2, 2 * POSTS_A_THREAD - 2)
            begun = self.start + timedelta(minutes=self.chance.randrange(1_200_000))
            for place in range(1, length + 1):
                posts.append(self._post(number, place, begun + timedelta(hours=place)))
            discussions.append(self._discussion(number, length, begun))
            topics.append({"discussion_id": number, "topic_id": self._one(self.topics)})
        _write(Discussion, discussions)
        _write(Post, posts)
        _write(DiscussionTopic, topics)

    def _discussion(self, number: int, length: int, begun: datetime) -> dict[str, Any]:
        title = self._title()
        return {
            "group_id": self._one(self.groups),
            "number": number,
            "slug": re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:80] or "title",
            "title": title,
            "kind": "question" if number % 2 else "discussion",
            "excerpt": self.chance.choice(self.short)[:200],
            "author_id": self._person(),
            "thread_id": number,
            "reply_count": length - 1,
            "created_at": begun,
            "last_post_at": begun + timedelta(hours=length),
        }

    def _post(self, thread: int, place: int, at: datetime) -> dict[str, Any]:
        body = self.chance.choice(self.short)
        return {
            "thread_id": thread,
            "number": place,
            "author_id": self._person(),
            "organisation_id": self.chance.randint(1, 50),
            "body": body,
            "html": self.rendered[body].html,
            "created_at": at,
        }

    def _guides(self) -> None:
        guides = [self._guide(number) for number in range(1, self.size.guides + 1)]
        _write(Guide, guides)
        pairs = {(n, self._one(self.topics)) for n in range(1, self.size.guides + 1) for _ in range(2)}
        _write(GuideTopic, [{"guide_id": guide, "topic_id": topic} for guide, topic in sorted(pairs)])
        _write(
            GuideVersion,
            [
                {"guide_id": n, "number": 1, "note": "First version"}
                | {name: guide[name] for name in ("title", "summary", "kind", "body", "html", "author_id")}
                for n, guide in enumerate(guides, 1)
            ],
        )

    def _guide(self, number: int) -> dict[str, Any]:
        body = self.chance.choice(self.long)
        text: Rendered = self.rendered[body]
        title, person = self._title(), self._person()
        published = self.start + timedelta(minutes=self.chance.randrange(1_200_000))
        row = {
            "slug": f"guide-{number}",
            "state": "published",
            "kind": KINDS[number % 6],
            "title": title,
            "summary": self.chance.choice(self.sentences)[:290],
            "body": body,
            "html": text.html,
            "headings": [[h.level, h.id, h.text] for h in text.headings],
            "words": text.words,
            "licence": "CC-BY-4.0",
            "author_id": person,
            "owner_person_id": person,
            "organisation_id": number % 50 + 1,
            "version": 1,
            "published_at": published,
            "checked_at": published,
            "check_due": (published + timedelta(days=365)).date(),
        }
        known = {column.key for column in Guide.__table__.columns}
        extra = {"sort_title": title.lower()}
        return row | {name: value for name, value in extra.items() if name in known}

    def _person(self) -> int:
        return self.chance.randint(1, self.size.people)

    def _one(self, of: list[int]) -> int:
        return self.chance.choice(of)


def generate(app: Flask, size: Size) -> None:
    """Fill the application's empty database."""
    with app.app_context():
        Maker(size).fill()


def _write(model: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), 2000):
        db.session.execute(insert(model), rows[start : start + 2000])


def _sentences() -> list[str]:
    text = " ".join(
        path.read_text(encoding="utf-8") for path in sorted(Path("network/demo/content/guides").glob("*.md"))
    )
    found = re.findall(r"[A-Z][a-z][^.|#*`\[\]<>{}_\n]{40,160}\.", text)
    return list(dict.fromkeys(found))
