"""Reading the policy."""

from __future__ import annotations

from sqlalchemy import select

from network.core.db import db
from network.policy.models import PolicyVersion


def policy_in_force() -> PolicyVersion | None:
    """The newest version; None before the network is set up."""
    return db.session.scalar(select(PolicyVersion).order_by(PolicyVersion.number.desc()).limit(1))


def queue_for_policy() -> PolicyVersion | None:
    """The newest version, locked until the open transaction ends: joins line up behind it, one after the other."""
    return db.session.scalar(select(PolicyVersion).order_by(PolicyVersion.number.desc()).limit(1).with_for_update())
