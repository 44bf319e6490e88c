"""What accounts add to the application."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from network.accounts.events import RecoveryAsked, SignInRefused
from network.accounts.idle import add_idle
from network.accounts.keeping import fill_in_again, forget_old_forms, keep_what_was_sent
from network.accounts.links import forget_old_links
from network.accounts.refused import keep_refused
from network.accounts.security import add_security
from network.accounts.sessions import end_what_ran_out, forget_ended_sessions
from network.accounts.standing import (
    AccountGone,
    RightsChanged,
    explain_gone,
    require_standing,
    to_sign_in,
    to_what_was_sent,
)
from network.accounts.views import area
from network.accounts.views.passwords import send_recovery
from network.accounts.views.signing_in import send_confirmation
from network.core import schedule
from network.core.events import Consumer, subscribe
from network.core.mail.screen import area as mail_on_screen
from network.core.transaction import before_writing
from network.core.web.errors import explain_faults, keep_typed


def add(app: Flask) -> None:
    """Sign-in pages, Flask-Security underneath, and the consumer that answers forgotten passwords."""
    add_security(app)
    subscribe(app, Consumer("recovery", send_recovery, on=(RecoveryAsked,), prompt=True))
    subscribe(app, Consumer("confirmation", send_confirmation, on=(SignInRefused,), prompt=True))
    schedule.every(app, timedelta(hours=6), "forget-mailed-links", forget_old_links)
    schedule.every(app, timedelta(hours=1), "forget-kept-forms", forget_old_forms)
    schedule.every(app, timedelta(hours=24), "forget-ended-sessions", forget_ended_sessions)
    app.before_request(end_what_ran_out)
    app.before_request(keep_what_was_sent)
    app.before_request(fill_in_again)
    before_writing(app, require_standing)
    app.register_error_handler(AccountGone, to_sign_in)
    app.register_error_handler(RightsChanged, to_what_was_sent)
    explain_faults(app, explain_gone)
    keep_typed(app, keep_refused)
    add_idle(app)
    app.register_blueprint(area)
    app.register_blueprint(mail_on_screen)
