"""What happens to groups and memberships. Inside a transaction; HTML comes ready rendered."""

from __future__ import annotations

from network.groups.actions.departing import depart
from network.groups.actions.joining import join, leave
from network.groups.actions.membership import add_member, remove_member, set_role
from network.groups.actions.requests import accept_request, ask_to_join, decline_request
from network.groups.actions.standing import NameTaken, close_group, edit_group, start_group

__all__ = [
    "NameTaken",
    "accept_request",
    "add_member",
    "ask_to_join",
    "close_group",
    "decline_request",
    "depart",
    "edit_group",
    "join",
    "leave",
    "remove_member",
    "set_role",
    "start_group",
]
