"""Publishing and accepting the policy."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from network.core.clock import now
from network.core.db import db
from network.core.text.markdown import render
from network.policy.models import PolicyAcceptance, PolicyVersion


def publish_policy(body: str) -> PolicyVersion:
    """Make this text the policy in force, as the next version. Rendered here: it is short and ours."""
    number = (db.session.scalar(select(func.max(PolicyVersion.number))) or 0) + 1
    version = PolicyVersion(number=number, body=body, html=render(body).html)
    db.session.add(version)
    db.session.flush()
    return version


def accept_policy(account_id: int, version_id: int, *, at: datetime | None = None) -> None:
    """Note that a person agreed to a version, now unless `at` says when."""
    db.session.add(PolicyAcceptance(account_id=account_id, version_id=version_id, accepted_at=at or now()))
