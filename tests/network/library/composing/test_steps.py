"""What buttons do to a text: tables of spreadsheet rows, links of titles, outlines, and the question about people."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from network.core.text.readability import reading_age
from network.library.composing.outlines import outline
from network.library.composing.tables import with_tables
from network.library.composing.titles import link_titles, offered
from network.library.models import KINDS
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.sending import filled, find_form, look, send


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Seen:\nA\tB\n1\t2 | 3\nDone", "Seen:\n\n| A | B |\n| --- | --- |\n| 1 | 2 \\| 3 |\nDone"),
        ("A\tB\n1\t2", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
        ("A\tB", "A\tB"),
        ("A\tB\n1\t2\t3", "A\tB\n1\t2\t3"),
        ("```\nA\tB\n1\t2\n```", "```\nA\tB\n1\t2\n```"),
        ("\tcode\n\tmore", "\tcode\n\tmore"),
        ("No tabs\nat all", "No tabs\nat all"),
    ],
)
def test_rows_become_tables_and_code_stays(text: str, made: str) -> None:
    assert with_tables(text) == made


def test_the_preview_offers_a_table_and_makes_it(cast: Cast) -> None:
    client = cast.client(cast.person())
    rows = "A\tB\n1\t2"
    page = look(client, "/library/new", title="T", body=rows).get_data(as_text=True)
    shown = page.partition('id="preview"')[2]
    assert "They could be a table" in shown.partition("cp-preview")[0]
    assert shown.count("Make a table of them") == page.count("Make a table of them") == 1
    button = re.search(r'<button[^>]+value="table"[^>]*>', page)
    assert button is not None
    assert f'form="{find_form(page).get("id")}"' in button[0]
    made = look(client, "/library/new", "table", title="T", body=rows).get_data(as_text=True)
    assert "<td>2</td>" in made
    assert filled(find_form(made))["body"] == ["| A | B |\n| --- | --- |\n| 1 | 2 |"]
    assert "Make a table of them" not in made


def test_titles_become_links_to_what_the_writer_may_read(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    group = cast.group("cases", closed=True, members=(owen,))
    shelf.guide(priya, "Moving [a] register")
    secret = shelf.guide(owen, "Secret cases", group_id=group)
    shelf.guide(priya, "Twins")
    shelf.guide(priya, "Twins")
    shelf.draft(priya, "Half begun")
    text = "[[moving [a] register]] [[Secret cases]] [[Twins]] [[Half begun]] `[[Twins]]`"
    with app.app_context():
        mine = link_titles(cast.viewer(priya), text.replace("[a]", "a"))
        theirs = link_titles(cast.viewer(owen), text)
        assert [named.title for named in offered(cast.viewer(owen), "sec")] == ["Secret cases"]
        assert offered(cast.viewer(priya), "sec") == []
    assert "[Moving \\[a\\] register](/library/moving-a-register)" in mine.text
    assert (mine.unknown, mine.several) == (("Secret cases", "Half begun"), ("Twins",))
    assert f"[Secret cases](/library/{secret.slug})" in theirs.text
    assert mine.text.endswith("`[[Twins]]`")


def test_publishing_links_titles_and_the_preview_says_which_it_cannot(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    shelf.guide(priya, "Waste")
    client = cast.client(priya)
    body = "See [[Waste]] and [[Nothing of the kind]]."
    page = look(client, "/library/new", title="T", body=body).get_data(as_text=True)
    assert "No page that you can read is called “Nothing of the kind”" in page
    assert "[Waste](/library/waste)" in page
    published = send(client, "/library/new", act="publish", title="T", body=body)
    assert '<a href="/library/waste">Waste</a>' in client.get(published.location).get_data(as_text=True)


def test_every_kind_has_an_outline_that_goes_into_an_empty_text_only(cast: Cast) -> None:
    client = cast.client(cast.person())
    assert len({outline(kind) for kind in KINDS}) == len(KINDS)
    page = look(client, "/library/new", "outline", kind="case-study").get_data(as_text=True)
    assert "## What we would do differently" in filled(find_form(page))["body"][0]
    kept = look(client, "/library/new", "outline", kind="policy", body="Mine").get_data(as_text=True)
    assert filled(find_form(kept))["body"] == ["Mine"]
    assert "An outline goes into an empty text only" in kept
    linked = client.get("/library/new?kind=policy&outline=yes").get_data(as_text=True)
    assert "## Exceptions" in filled(find_form(linked))["body"][0]


def test_personal_data_needs_one_tick_before_others_read_it(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    client = cast.client(priya)
    words = {"title": "T", "body": "Ring 07700 900123 or 07700 900456."}
    assert send(client, "/library/new", act="draft", **words).status_code == 303
    asked = send(client, "/library/new", act="publish", **words).get_data(as_text=True)
    assert "Check your guide: “07700 900123” looks like a phone number" in asked
    assert 'name="sure"' in look(client, "/library/new", **words).get_data(as_text=True)
    assert "“07700 900456” looks like a phone number" in asked
    # The tick is for what was listed: one alone, and one that came in since, are asked about anew.
    assert send(client, "/library/new", act="publish", sure="y", **words).status_code == 200
    form = filled(find_form(asked))
    changed = {**form, "body": [f"{words['body']} ann@council.example"], "sure": "y", "act": "publish"}
    draft = client.post("/library/new", data=changed).location
    anew = client.post(draft, data=changed).get_data(as_text=True)
    assert "Check your guide: “ann@council.example” looks like an email address. " in anew
    assert "sure" not in filled(find_form(anew))
    published = client.post(draft, data={**form, "sure": "y", "act": "publish"})
    assert published.status_code == 303
    # What readers have already is not asked about again; what is new is.
    edit = f"{published.location}/edit"
    again = {"act": "publish", "note": "n"}
    new = send(client, edit, body="Ring 07700 900123 or write to ann@council.example.", **again)
    assert "“ann@council.example” looks like an email address" in new.get_data(as_text=True)
    assert send(client, edit, body="Ring 07700 900123 only.", **again).status_code == 303


def test_an_outline_that_nobody_answered_is_published_only_after_one_question(cast: Cast) -> None:
    client = cast.client(cast.person())
    draft = send(client, "/library/new", act="draft", title="Bins", body=outline("guide")).location
    assert "only what the outline asks:" not in client.get(draft).text
    asked = send(client, draft, act="publish").text
    assert "“What this is for” and 5 more still hold only what the outline asks" in asked
    for page in (asked, look(client, draft).text):
        legend = page.partition(">Still from the outline</legend>")[2].partition("</fieldset>")[0]
        assert legend.count("<li>") == 6
        assert 'name="as_is"' in legend
    answered = outline("guide").replace("The steps, in order.", "We put them out at night.")
    one_less = send(client, draft, act="publish", body=answered).text
    assert "“What this is for” and 4 more" in one_less
    form = {**filled(find_form(one_less)), "act": "publish"}
    published = client.post(draft, data={**form, "as_is": "y"})
    assert published.location == "/library/bins"
    # What readers have already is not asked about again; another outline is.
    edit = "/library/bins/edit"
    more = f"{answered}\n{outline('policy')}"
    assert "“What this policy says” and 5 more" in send(client, edit, act="publish", note="n", body=more).text
    assert send(client, edit, act="publish", note="n", body=answered).status_code == 303


def test_reading_age_rises_with_long_words_and_sentences() -> None:
    easy = "We put the bins out at night. The crew comes at six. " * 12
    hard = "Organisational interoperability considerations necessitate intergovernmental coordination, " * 20
    assert reading_age("Too short to say.") is None
    assert (reading_age(easy) or 0) < 10
    assert (reading_age(f"{hard}indeed.") or 0) > 18
