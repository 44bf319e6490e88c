"""Settings: good values are read, wrong ones stop the start with a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.core.settings import SettingError, read_settings

PRODUCTION = {
    "SECRET_KEY": "x" * 40,
    "BASE_URL": "https://practice.example",
    "MAIL_URL": "smtp://mail.example",
}

WRONG = {
    "ENVIRONMENT": "prod",
    "DATABASE_URL": "mysql://x/y",
    "SEARCH_ENGINE": "grep",
    "SECRET_KEY": "short",
    "BASE_URL": "practice.example",
    "PROXY_HOPS": "-1",
    "OPEN_READING": "maybe",
    "JOIN_DOMAINS": "council",
    "MAIL_URL": "mail.example",
    "MAIL_FROM": "Practice <no@council.example>",
    "CONTACT_EMAIL": "help at council.example",
    "DEFAULT_LICENCE": "GPL",
    "TIME_ZONE": "Europe/Atlantis",
    "PORT": "70000",
    "WORKER": "elsewhere",
}


def test_production_needs_key_address_and_mail_server() -> None:
    for name in PRODUCTION:
        with pytest.raises(SettingError, match=name):
            read_settings({k: v for k, v in PRODUCTION.items() if k != name})
    assert read_settings(PRODUCTION).environment == "production"


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_named_with_what_to_do(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({**PRODUCTION, "DATA_DIR": str(tmp_path), name: WRONG[name]})
    assert name in str(refused.value)
    assert re.search(r"[Ss]et |[Mm]ake |[Gg]ive |must ", str(refused.value))


@pytest.mark.parametrize("name", ["MAIL_FROM", "CONTACT_EMAIL"])
@pytest.mark.parametrize(
    "value",
    ["practice", "@council.example", "practice@", "a@council.example, b@council.example", "a@b@council.example",
     "mailto:a@council.example", "<a@council.example>", "prénom@council.example", "a@conseil-régional.example"],
)  # fmt: skip
def test_mail_has_one_address_that_a_mail_can_carry(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"{name} is “.*Set it to one address alone"):
        read_settings({**PRODUCTION, name: value})
    for fine in ("practice@council.example", "practice@intranet", "practice+no-reply@127.0.0.1"):
        assert getattr(read_settings({**PRODUCTION, name: fine}), name.lower()) == fine


def test_a_closed_front_door_needs_to_know_who_may_join() -> None:
    with pytest.raises(SettingError, match="JOIN_DOMAINS"):
        read_settings({**PRODUCTION, "OPEN_READING": "no"})
    assert not read_settings({**PRODUCTION, "OPEN_READING": "no", "JOIN_DOMAINS": "a.example"}).open_reading


def test_postgresql_addresses_get_the_driver_that_we_ship() -> None:
    for scheme in ("postgres", "postgresql"):
        url = read_settings({**PRODUCTION, "DATABASE_URL": f"{scheme}://u@h/d"}).database_url
        assert url == "postgresql+psycopg://u@h/d"


def test_the_search_engine_goes_with_the_database_unless_told_otherwise() -> None:
    on_postgresql = {**PRODUCTION, "DATABASE_URL": "postgresql://u@h/d"}
    assert read_settings(PRODUCTION).search_engine == "whoosh"
    assert read_settings(on_postgresql).search_engine == "postgresql"
    assert read_settings({**on_postgresql, "SEARCH_ENGINE": "whoosh"}).search_engine == "whoosh"
    with pytest.raises(SettingError, match=r"SEARCH_ENGINE is “postgresql”.*Set DATABASE_URL"):
        read_settings({**PRODUCTION, "SEARCH_ENGINE": "postgresql"})


@pytest.mark.parametrize(
    ("given", "contact"),
    [
        ({}, ""),
        ({"MAIL_FROM": "No-Reply@practice.example"}, ""),
        ({"MAIL_FROM": "practice@council.example"}, "practice@council.example"),
        ({"CONTACT_EMAIL": "help@council.example", "MAIL_FROM": "x@council.example"}, "help@council.example"),
        ({"ENVIRONMENT": "development"}, "help@our-network.example"),
    ],
)
def test_nobody_is_sent_to_an_address_that_nobody_reads(given: dict[str, str], contact: str, tmp_path: Path) -> None:
    assert read_settings({**PRODUCTION, "DATA_DIR": str(tmp_path), **given}).contact_email == contact


def test_development_makes_a_key_and_keeps_it(tmp_path: Path) -> None:
    environ = {"ENVIRONMENT": "development", "DATA_DIR": str(tmp_path / "new")}
    first, second = read_settings(environ), read_settings(environ)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o077 == 0


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    assert PRODUCTION["SECRET_KEY"] not in repr(read_settings(PRODUCTION))


@given(st.sampled_from(sorted(WRONG)), st.text(max_size=40))
def test_any_text_is_read_or_refused_in_words(name: str, value: str) -> None:
    try:
        read_settings({**PRODUCTION, name: value})
    except SettingError as refused:
        assert name in str(refused)


def test_every_setting_is_documented_and_nothing_else() -> None:
    page = Path("docs/settings.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)`", page, re.M))
    code = Path("network/core/settings.py").read_text()
    assert documented == set(re.findall(r'get\("([A-Z_]+)"', code))
