"""What happens to discussions. Inside a transaction; HTML comes ready rendered.

`start_discussion`, `reply` and `accept` take ids and check nothing: they are for loading what happened elsewhere, with
its own times. The others take the viewer and check the rule first.
"""

from __future__ import annotations

from network.discussions.actions.accepting import accept, accept_as, unaccept_as
from network.discussions.actions.changing import edit_as, follow_post
from network.discussions.actions.replying import reply, reply_as
from network.discussions.actions.starting import address_of, start_as, start_discussion

__all__ = [
    "accept",
    "accept_as",
    "address_of",
    "edit_as",
    "follow_post",
    "reply",
    "reply_as",
    "start_as",
    "start_discussion",
    "unaccept_as",
]
