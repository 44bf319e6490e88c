"""Typed settings, read once from the environment.

A wrong value stops the start with a sentence that says how to mend it, so that a deployer never has to guess
from a traceback. Every setting is described in docs/settings.md; a test compares the two.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from network.core.licences import LICENCES
from network.core.storage.choosing import read_bucket

ENVIRONMENTS = ("production", "development", "test")
# What is sent there nobody reads.
UNREAD = ("no-reply", "noreply", "no.reply", "no_reply", "donotreply", "do-not-reply")
EXAMPLE_CONTACT = "help@our-network.example"
NO_CONTACT = (
    "CONTACT_EMAIL is not set, so pages and mails name no address to write to. Set it to one that somebody reads."
)
SEARCH_ENGINES = ("whoosh", "fts5", "postgresql")


class SettingError(ValueError):
    """A setting has a value that cannot work. The message names it and says how to mend it."""


@dataclass(frozen=True)
class Settings:
    """What the deployer decides. Field names are the environment variables in lower case."""

    environment: str
    database_url: str
    search_engine: str
    data_dir: Path
    secret_key: str = field(repr=False)
    site_name: str
    base_url: str
    trusted_hosts: tuple[str, ...]
    proxy_hops: int
    open_reading: bool
    join_domains: tuple[str, ...]
    mail_url: str = field(repr=False)
    mail_from: str
    contact_email: str
    default_licence: str
    time_zone: str
    redis_url: str
    file_store: str
    virus_scanner: str
    port: int
    worker: str
    check_outside_links: bool

    @property
    def development(self) -> bool:
        """True where demo people and mail on screen may exist."""
        return self.environment == "development"

    @property
    def secure(self) -> bool:
        """True when people reach the site over HTTPS; decides cookie names and HSTS."""
        return self.base_url.startswith("https://")


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read and check all settings. Raises SettingError with a sentence for the deployer."""
    get = _getter(environ)
    environment = _one_of("ENVIRONMENT", get("ENVIRONMENT", "production"), ENVIRONMENTS)
    data_dir = Path(get("DATA_DIR", "var")).expanduser().resolve()
    port = _number("PORT", get("PORT", "5000"), 1, 65535)
    base_url = _base_url(get("BASE_URL", ""), environment, port)
    open_reading = _yes_no("OPEN_READING", get("OPEN_READING", "yes"))
    join_domains = _domains(get("JOIN_DOMAINS", ""))
    if not open_reading and not join_domains:
        raise SettingError(
            "OPEN_READING=no closes the site to visitors, so JOIN_DOMAINS must say who may join. "
            "Set JOIN_DOMAINS to the e-mail domains of your organisations, separated by commas."
        )
    host = urlsplit(base_url).hostname or "localhost"
    database_url = _database_url(get("DATABASE_URL", ""), data_dir)
    mail_from = _email("MAIL_FROM", get("MAIL_FROM", "")) or f"no-reply@{host}"
    somebody_reads = "" if mail_from.lower().startswith(UNREAD) else mail_from
    contact = EXAMPLE_CONTACT if environment == "development" else somebody_reads
    return Settings(
        environment=environment,
        database_url=database_url,
        search_engine=_search_engine(get("SEARCH_ENGINE", ""), database_url),
        data_dir=data_dir,
        secret_key=_secret_key(get("SECRET_KEY", ""), environment, data_dir),
        site_name=get("SITE_NAME", "Common Practice"),
        base_url=base_url,
        trusted_hosts=_hosts(get("TRUSTED_HOSTS", "")) or _default_hosts(host, environment),
        proxy_hops=_number("PROXY_HOPS", get("PROXY_HOPS", "0"), 0, 10),
        open_reading=open_reading,
        join_domains=join_domains,
        mail_url=_mail_url(get("MAIL_URL", ""), environment),
        mail_from=mail_from,
        contact_email=_email("CONTACT_EMAIL", get("CONTACT_EMAIL", "")) or contact,
        default_licence=_one_of("DEFAULT_LICENCE", get("DEFAULT_LICENCE", "CC-BY-4.0"), tuple(LICENCES)),
        time_zone=_time_zone(get("TIME_ZONE", "Europe/London")),
        redis_url=_redis_url(get("REDIS_URL", "")),
        file_store=_file_store(get("FILE_STORE", "")),
        virus_scanner=_virus_scanner(get("VIRUS_SCANNER", "")),
        port=port,
        worker=_one_of("WORKER", get("WORKER", "inside"), ("inside", "apart")),
        check_outside_links=_yes_no("CHECK_OUTSIDE_LINKS", get("CHECK_OUTSIDE_LINKS", "no")),
    )


def _getter(environ: Mapping[str, str]) -> Callable[[str, str], str]:
    """An empty variable means "not set": deployment tools often pass empty strings."""

    def get(name: str, default: str) -> str:
        return environ.get(name, "").strip() or default

    return get


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise SettingError(f"{name} is “{value}”. Set it to one of: {', '.join(allowed)}.")
    return value


def _number(name: str, value: str, low: int, high: int) -> int:
    if not value.isascii() or not value.isdigit() or not low <= int(value[:9]) <= high:
        raise SettingError(f"{name} is “{value}”. Set it to a whole number from {low} to {high}.")
    return int(value)


def _yes_no(name: str, value: str) -> bool:
    if value.lower() not in ("yes", "no"):
        raise SettingError(f"{name} is “{value}”. Set it to yes or no.")
    return value.lower() == "yes"


def _words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def _domains(value: str) -> tuple[str, ...]:
    domains = tuple(word.lower().lstrip("@") for word in _words(value))
    for domain in domains:
        if "." not in domain or any(c.isspace() or c in "/@:" for c in domain):
            raise SettingError(
                f"JOIN_DOMAINS has “{domain}”, which is not a domain. "
                "Give e-mail domains separated by commas, such as council.example, nhs.example."
            )
    return domains


def _hosts(value: str) -> tuple[str, ...]:
    hosts = _words(value)
    for host in hosts:
        if "/" in host or any(c.isspace() for c in host):
            raise SettingError(
                f"TRUSTED_HOSTS has “{host}”. Give names of hosts without https://, separated by commas, "
                "such as practice.example, www.practice.example."
            )
    return hosts


def _redis_url(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("redis", "rediss", "unix") or not (parts.hostname or parts.path)):
        raise SettingError(f"REDIS_URL is “{value}”. Set it to an address such as redis://redis.example:6379/0.")
    return value


def _base_url(value: str, environment: str, port: int) -> str:
    if not value and environment == "production":
        raise SettingError(
            "BASE_URL is not set. Set it to the address people use, such as https://practice.example: "
            "every link in a mail is built from it."
        )
    value = value or f"http://127.0.0.1:{port}"
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise SettingError(f"BASE_URL is “{value}”. Set it to scheme and host, such as https://practice.example.")
    return value.rstrip("/")


def _default_hosts(host: str, environment: str) -> tuple[str, ...]:
    """On a developer's machine both usual names of loopback work."""
    return (host,) if environment == "production" else tuple(dict.fromkeys((host, "127.0.0.1", "localhost")))


def _database_url(value: str, data_dir: Path) -> str:
    value = value or f"sqlite:///{data_dir / 'network.sqlite'}"
    for old in ("postgres://", "postgresql://"):
        if value.startswith(old):
            return "postgresql+psycopg://" + value.removeprefix(old)
    if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingError(
            "DATABASE_URL must begin with sqlite:/// or postgresql://. Other databases are not supported."
        )
    return value


def _search_engine(value: str, database_url: str) -> str:
    """What holds the search index; without a setting what goes with the database."""
    on_postgresql = database_url.startswith("postgresql")
    chosen = _one_of("SEARCH_ENGINE", value or ("postgresql" if on_postgresql else "whoosh"), SEARCH_ENGINES)
    if chosen == "postgresql" and not on_postgresql:
        raise SettingError(
            "SEARCH_ENGINE is “postgresql”, but DATABASE_URL is no PostgreSQL database. "
            "Set DATABASE_URL to one, or set SEARCH_ENGINE to whoosh or fts5."
        )
    return chosen


def _secret_key(value: str, environment: str, data_dir: Path) -> str:
    if value:
        if len(value) < 32:
            raise SettingError(
                "SECRET_KEY is shorter than 32 characters. Make one with: "
                "python -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        return value
    if environment == "production":
        raise SettingError(
            "SECRET_KEY is not set. Make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))' "
            "and keep it secret: whoever has it can sign in as anybody."
        )
    return _kept_key(data_dir)


def make_folder(data_dir: Path) -> None:
    """The data folder, which nobody else may look into. Raises SettingError where it cannot be made."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingError(
            f"DATA_DIR is “{data_dir}”, which cannot be made ({error.strerror}). Set it to another folder."
        ) from error


def _kept_key(data_dir: Path) -> str:
    """A key made once per data folder, so that people stay signed in when a development server restarts."""
    path = data_dir / "secret_key"
    if not path.exists():
        make_folder(data_dir)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def _mail_url(value: str, environment: str) -> str:
    if not value:
        if environment == "production":
            raise SettingError("MAIL_URL is not set. Set it to your mail server, such as smtp://mail.example:587.")
        return ""
    parts = urlsplit(value)
    try:
        port_is_fine = parts.port is None or 0 < parts.port < 65536
    except ValueError:
        port_is_fine = False
    if parts.scheme not in ("smtp", "smtps", "smtp+starttls") or not parts.hostname or not port_is_fine:
        raise SettingError(
            "MAIL_URL must look like smtp://host:25, smtp+starttls://name:password@host:587 or smtps://host:465."
        )
    return value


def _email(name: str, value: str) -> str:
    """One address by itself: the name before it in a mail is SITE_NAME, and with another no mail could be written."""
    try:
        fits = not value or Address(addr_spec=value).addr_spec == value.encode("ascii").decode()
    except (MessageError, ValueError, IndexError):  # The library's own words for what is wrong are for programmers.
        fits = False
    if not fits:
        raise SettingError(f"{name} is “{value}”. Set it to one address alone, such as practice@council.example.")
    return value


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise SettingError(f"TIME_ZONE is “{value}”. Set it to a name such as Europe/London.") from error
    return value


def _file_store(value: str) -> str:
    try:
        if value:
            read_bucket(value)
    except ValueError as error:
        raise SettingError(
            f"FILE_STORE is “{value}”. Leave it empty for DATA_DIR/files, or set it to a bucket, such as "
            "s3://bucket/prefix?region=eu-west-2 or s3://bucket?endpoint=https://store.example."
        ) from error
    return value


def _virus_scanner(value: str) -> str:
    parts = urlsplit(value)
    try:
        tcp = parts.scheme == "tcp" and bool(parts.hostname) and parts.port is not None
    except ValueError:
        tcp = False
    if value and not tcp and not (parts.scheme == "unix" and parts.path.startswith("/") and not parts.netloc):
        raise SettingError(
            f"VIRUS_SCANNER is “{value}”. Set it to where clamd listens, such as tcp://127.0.0.1:3310 or "
            "unix:///run/clamav/clamd.ctl, or leave it empty."
        )
    return value
