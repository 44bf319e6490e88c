"""Where nobody can be written to, no page and no mail says so; whoever runs the site is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from network.accounts.actions import account_by_email, change_email
from network.accounts.links import EMAIL, make_link
from network.core.settings import NO_CONTACT, read_settings
from network.core.transaction import transaction
from network.factory import create_app
from network.leaving.actions import close
from network.leaving.choices import Choices
from tests.support.app import SECRET, make_app
from tests.support.cast import Cast
from tests.support.mails import mails
from tests.support.sending import send

PAGES = ("/", "/about", "/accessibility", "/privacy", "/join", "/recover", "/leaving", "/nowhere")
ANN = "ann.evans@harrowdale.example"


@pytest.fixture
def alone(tmp_path: Path) -> Flask:
    """An application without an address to write to."""
    return make_app(tmp_path / "alone", CONTACT_EMAIL="", JOIN_DOMAINS="harrowdale.example")


def production(folder: Path, **environ: str) -> Flask:
    base = {"SECRET_KEY": SECRET, "BASE_URL": "https://practice.example", "MAIL_URL": "smtp://mail.example"}
    return create_app(read_settings({**base, "DATA_DIR": str(folder), **environ}))


def test_no_page_offers_an_address_that_there_is_not(alone: Flask) -> None:
    cast = Cast(alone)
    member = cast.client(cast.person("Ann Evans"))
    answers = [client.get(page) for page in PAGES for client in (cast.client(), member)]
    answers += [member.get("/settings/profile"), member.get("/settings/leaving")]
    for page in (answer.get_data(as_text=True) for answer in answers):
        assert "mailto:" not in page
        assert "no-reply" not in page
        assert "rite to ." not in page
    assert "There is no address to write to yet" in cast.client().get("/about").get_data(as_text=True)


def test_who_may_not_join_is_not_sent_to_nobody(alone: Flask) -> None:
    page = send(Cast(alone).client(), "/join", email="ann@elsewhere.example").get_data(as_text=True)
    assert "is for people with an email address at harrowdale.example" in page
    assert "write to" not in page


def test_mails_lead_to_whoever_runs_the_site(alone: Flask) -> None:
    ann = Cast(alone).person("Ann Evans")
    with alone.app_context(), transaction():
        account = account_by_email(ANN)
        assert account is not None
        change_email(make_link(account.id, EMAIL, new_email="ann@harrowdale.example"), account.id, person_id=ann)
        close(account_id=account.id, choices=Choices(), by_id=ann)
    sent = mails(alone)
    assert sent
    for text in ("".join(piece for piece, _ in mail.parts) for mail in sent):
        assert "tell the people who run this site at once" in text
        assert "/about#run" in text
        assert "no-reply" not in text


@pytest.mark.parametrize(("environ", "warned"), [({}, True), ({"CONTACT_EMAIL": "help@practice.example"}, False)])
def test_production_says_at_the_start_that_there_is_no_address(
    tmp_path: Path, capsys: Any, environ: dict[str, str], warned: bool
) -> None:
    production(tmp_path / "data", **environ)
    written = capsys.readouterr()
    assert ("CONTACT_EMAIL is not set" in written.out + written.err) is warned


def test_setting_up_says_it_too(tmp_path: Path) -> None:
    runner = production(tmp_path / "data").test_cli_runner()
    typed = ["--name", "Ada Min", "--email", "ada@practice.example", "--password", "seven green umbrellas"]
    answer = runner.invoke(args=["setup", *typed])
    assert answer.exit_code == 0, answer.output
    assert NO_CONTACT in answer.output
    assert "Sign in as ada@practice.example" in answer.output
