"""The acceptable-use policy in force."""

from __future__ import annotations

from typing import Any

from flask import render_template

from network.core.web.access import everyone
from network.core.web.area import Area
from network.policy.queries import policy_in_force

area = Area("policy", __name__)


@area.get("/policy", access=everyone)
def policy() -> Any:
    """Show the policy, its version and its date."""
    return render_template("policy/policy.html", policy=policy_in_force())
