"""create_app(): settings, then the floor, then the features, then error pages, in readable order."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, g
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from werkzeug.middleware.proxy_fix import ProxyFix

from network.accounts import feature as accounts
from network.accounts.keeping import keep_what_was_refused
from network.accounts.sessions import forget_stamp, session_name, session_stamp
from network.admin import feature as admin
from network.api import feature as api
from network.attachments import feature as attachments
from network.cli import add_commands
from network.core import idempotency, schedule
from network.core.db import db
from network.core.events import Consumer, subscribe
from network.core.health import add_health
from network.core.logging import set_up_logging
from network.core.mail.message import CONSUMER as MAIL
from network.core.mail.sending import send
from network.core.settings import NO_CONTACT, Settings, make_folder, read_settings
from network.core.text.budget import asker
from network.core.upkeep import optimise
from network.core.web.assets import add_assets
from network.core.web.bodies import set_limits
from network.core.web.environment import OurEnvironment
from network.core.web.errors import add_errors, error_page
from network.core.web.headers import add_headers
from network.core.web.hooks import without
from network.core.web.limits import add_limits
from network.core.web.signing import QuickSessions
from network.core.web.templating import add_templating
from network.core.web.unreadable import add_guard
from network.discovery import feature as discovery
from network.discussions import feature as discussions
from network.feeds import feature as feeds
from network.groups import feature as groups
from network.groups.viewers import load_viewer
from network.home import feature as home
from network.leaving import feature as leaving
from network.library import feature as library
from network.migrating import add_migrations
from network.organisations import feature as organisations
from network.people import feature as people
from network.policy import feature as policy
from network.portability import feature as portability
from network.subjects.rules import NotAllowed
from network.subjects.viewer import VISITOR
from network.tables import TABLES
from network.threads import feature as threads
from network.vocabulary import feature as vocabulary

ROOT = Path(__file__).resolve().parent.parent
FEATURES = (
    accounts,
    policy,
    attachments,
    organisations,
    vocabulary,
    people,
    groups,
    threads,
    discussions,
    library,
    discovery,
    portability,
    feeds,
    api,
    home,
    leaving,
    admin,
)
MODELS = TABLES  # Imported for what it does: the metadata must be whole before anything is asked of it.
BODY_LIMIT = 12 * 1024 * 1024
FORM_LIMIT = 2 * 1024 * 1024

log = structlog.get_logger()


def create_app(settings: Settings | None = None, **config: Any) -> Flask:
    """The application. `config` overrides Flask settings in tests. Raises SettingError for a wrong setting."""
    settings = settings or read_settings(_environment())
    app = Flask("network", root_path=str(ROOT), template_folder="templates", static_folder=None)
    app.jinja_environment = OurEnvironment  # type: ignore[assignment]
    app.session_interface = QuickSessions()
    # No function of ours is a coroutine; Flask would look at twenty of them on every request.
    app.ensure_sync = lambda func: func  # type: ignore[method-assign]
    _configure(app, settings, config)
    set_up_logging(not app.config["PRODUCTION"])
    if app.config["PRODUCTION"] and not settings.contact_email:
        log.warning(NO_CONTACT)
    make_folder(settings.data_dir)

    db.init_app(app)
    add_migrations(app)
    _add_viewer(app)  # Before the CSRF check, so that its error page knows who looks.
    app.before_request(set_limits)
    add_guard(app)
    CSRFProtect(app)
    app.template_context_processors[None] = without(app.template_context_processors[None], "flask_wtf")
    add_limits(app, settings.redis_url)
    add_headers(app)
    add_assets(app, ROOT / "static" / "dist")
    add_templating(app)
    subscribe(app, Consumer(MAIL, send, prompt=True))
    schedule.every(app, timedelta(hours=6), "forget-idempotency-keys", idempotency.forget_old)
    schedule.every(app, timedelta(hours=24), "optimise-database", optimise)
    for feature in FEATURES:
        feature.add(app)
    add_health(app)
    add_errors(app)
    app.register_error_handler(CSRFError, keep_what_was_refused)
    app.register_error_handler(NotAllowed, lambda refusal: error_page(403, description=str(refusal)))
    add_commands(app)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _configure(app: Flask, settings: Settings, config: Mapping[str, Any]) -> None:
    app.config.from_mapping({name.upper(): getattr(settings, name) for name in settings.__dataclass_fields__})
    app.config.update(
        PRODUCTION=settings.environment == "production",
        DEVELOPMENT=settings.development,
        SECURE=settings.secure,
        DATA_DIR=str(settings.data_dir),
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings.database_url),
        SESSION_COOKIE_NAME="__Host-session" if settings.secure else "session",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_ENABLED=settings.environment != "test",
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=FORM_LIMIT,
        MAX_FORM_PARTS=500,
        TEMPLATES_AUTO_RELOAD=settings.development,
    )
    app.config.from_mapping(config)


def _engine_options(database_url: str) -> dict[str, Any]:
    """A checked connection each time, so that a restarted PostgreSQL is met with a new one."""
    if database_url.startswith("sqlite"):
        return {"pool_size": 10, "max_overflow": 20}
    return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10, "pool_timeout": 10}


def _add_viewer(app: Flask) -> None:
    app.extensions["visitor"] = VISITOR
    app.extensions["load_viewer"] = load_viewer  # A write asks once more.

    @app.before_request
    def viewer() -> None:
        g.viewer = VISITOR  # What error pages see when the database is away.
        stamp = session_stamp()
        g.viewer = load_viewer(stamp, session_name())
        asker.set(g.viewer.account_id or "visitors")
        if stamp and not g.viewer.signed_in:
            forget_stamp()


def _environment() -> Mapping[str, str]:
    return os.environ
