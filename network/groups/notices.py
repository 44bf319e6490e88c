"""What administrators are told about groups."""

from __future__ import annotations

from sqlalchemy import select

from network.accounts.models import Account
from network.core.db import db
from network.core.mail.message import queue_mail
from network.core.web.addresses import absolute
from network.groups.models import Group


def tell_without_facilitator(group: Group) -> None:
    """Queue a mail to every administrator, in the transaction in which the last facilitator leaves."""
    administrators = select(Account.email).where(Account.role == "administrator", Account.active)
    for email in db.session.scalars(administrators.order_by(Account.id)).all():
        queue_mail(
            email,
            f"The group {group.name} has no facilitator",
            "groups/without_facilitator",
            urgent=False,
            name=group.name,
            address=absolute(f"/groups/{group.slug}"),
            closed=group.openness == "closed",
            alone=group.member_count <= 1,
        )
