"""The pages that every thread has, wherever it stands: reply, edit, history, withdraw.

They have no routes of their own. A feature that shows a thread routes to them with its Place, below its own address,
so that the one check of who may read the page stands in front of all of them.
"""

from __future__ import annotations

from network.threads.views.changing import edit_page, withdraw_page
from network.threads.views.history import history_page
from network.threads.views.replying import reply_form, reply_page

__all__ = ["edit_page", "history_page", "reply_form", "reply_page", "withdraw_page"]
