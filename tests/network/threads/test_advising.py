"""Advice beside the preview of a post, and the one question before personal data is left in an edited one."""

from __future__ import annotations

from flask import Flask

from tests.network.discussions.talk import Talk
from tests.support.cast import Cast
from tests.support.sending import filled, find_form, shown


def test_an_edited_post_is_asked_about_once_and_only_about_what_is_new(app: Flask, cast: Cast) -> None:
    priya = cast.person()
    client = cast.client(priya)
    started = Talk(app).start(cast.group("cases", members=(priya,)), priya, body="Ring 07700 900123.")
    address = f"{started.address}/posts/1/edit"
    form = filled(find_form(client.get(address).get_data(as_text=True)))
    assert client.post(address, data={**form, "body": "Ring 07700 900123 soon."}).status_code == 303
    form = filled(find_form(client.get(address).get_data(as_text=True)))
    words = "Ring 07700 900123 or write to ann@council.example. See [here](https://example.org)."
    page = shown(client, client.post(address, data={**form, "body": words})).text
    assert "“ann@council.example” looks like an email address" in page
    assert "Say where the link “here” goes" in page
    assert client.post(address, data=filled(find_form(page))).status_code == 303
