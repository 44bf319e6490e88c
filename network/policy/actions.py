"""Publishing and accepting the policy."""

from __future__ import annotations

from sqlalchemy import func, select

from network.core.db import db
from network.core.text.markdown import render
from network.policy.models import PolicyAcceptance, PolicyVersion


def publish_policy(body: str) -> PolicyVersion:
    """Make this text the policy in force, as the next version."""
    number = (db.session.scalar(select(func.max(PolicyVersion.number))) or 0) + 1
    version = PolicyVersion(number=number, body=body, html=render(body).html)
    db.session.add(version)
    db.session.flush()
    return version


def accept_policy(account_id: int, version_id: int) -> None:
    """Note that a person agreed to a version."""
    db.session.add(PolicyAcceptance(account_id=account_id, version_id=version_id))
