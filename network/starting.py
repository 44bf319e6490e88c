"""What every network has from the start: the policy in force and the open group “Ask anyone”."""

from __future__ import annotations

from importlib.resources import files

from sqlalchemy import select

from network.core.db import db
from network.core.text.markdown import render
from network.groups.models import ASK_ANYONE, Group
from network.policy.actions import publish_policy
from network.policy.queries import policy_in_force

PURPOSE = "The place for a question that fits nowhere else. Somebody here will know, or knows who does."


def seed() -> None:
    """Add what is missing, in the open transaction; running it again changes nothing."""
    if policy_in_force() is None:
        publish_policy(files("network.policy").joinpath("first_version.md").read_text(encoding="utf-8"))
    if db.session.scalar(select(Group.id).where(Group.slug == ASK_ANYONE)) is None:
        about = "Ask anything about working in public service. You do not have to join to ask or to answer."
        db.session.add(
            Group(slug=ASK_ANYONE, name="Ask anyone", purpose=PURPOSE, about=about, about_html=render(about).html)
        )
