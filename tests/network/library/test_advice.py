"""Advice beside the preview says what is missing, and nothing else."""

from __future__ import annotations

import pytest

from network.core.text.advice import advise_on, undescribed
from network.core.text.markdown import Rendered, render
from network.library.advice import advise
from network.library.composing.outlines import outline
from tests.support.cost import grows_gently


def missing(text: str, *, summary: str = "Short", kind: str = "policy", topics: int = 1) -> list[str]:
    return [
        advice.text
        for advice in advise(
            summary=summary, kind=kind, topics=topics, rendered=render(text), source=text, known={"dpo"}
        )
        if not advice.done
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("See [here](https://example.org).", "“here”"),
        ("Write to ann@council.example today.", "“ann@council.example” looks like an email address"),
        ("Ring 07700 900123 today.", "“07700 900123” looks like a phone number"),
        ("Ask the DPIA team.", "Explain when first used: DPIA"),
        ("Ask the DPIA team, then `run DPIA`.", "Explain when first used: DPIA"),
        ("word " * 31 + ".", "Split one long sentence"),
        ("Short words. " * 200, "Add headings"),
        ("## One\n\n#### Two deep\n\nText.", "The heading “Two deep” skips a level"),
        (
            "Interoperability considerations necessitate comprehensive organisational coordination. " * 25,
            "people of 25",
        ),
        ("![](/files/a.png)", "Describe one picture in words"),
    ],
)
def test_what_is_missing_is_named(text: str, words: str) -> None:
    assert [line for line in missing(text) if words in line]


@pytest.mark.parametrize(
    "text",
    [
        "Read [the impact assessment](https://example.org) first.",
        "The data protection impact assessment (DPIA) came first. The DPIA took a day.",
        "DPIA (data protection impact assessment) came first.",
        "The NHS sent a PDF in 2026, with 1,234,567 rows and £40,000 spent.",
        "![A form with three boxes](/files/a.png)",
        "![decorative](/files/a.png)",
        "Ask the DPO first.",
        "Ask the ICO first.\n\n*[ICO]: Information Commissioner's Office",
        "```\n# One\n### Three\n```",
        "```sql\nSELECT name FROM guides WHERE kind = 1\n```\n\nIt begins with `SELECT`.",
        "The cat sat on the mat and it was glad to be there. " * 12,
    ],
)
def test_what_is_fine_is_left_alone(text: str) -> None:
    assert missing(text) == []


def test_summary_topic_and_cost_are_asked_for() -> None:
    found = missing("We did it.", summary="", kind="guide", topics=0)
    assert [line.split(",")[0] for line in found] == ["Add a summary", "Choose a topic", "Add what it cost"]
    assert missing("It cost us £100.", kind="guide") == []


def test_pictures_without_words_are_named_and_decorative_ones_are_not() -> None:
    html = render("![](/files/a.png) ![Words](/files/b.png) ![](/files/c.png) ![ Decorative](/files/d.png)").html
    assert undescribed(html) == ["/files/a.png", "/files/c.png"]
    assert 'alt=""' in render("![decorative](/files/d.png)").html
    assert "decorative</" not in html


def test_what_an_outline_left_is_named_and_tells_no_cost() -> None:
    begun = outline("guide").replace("The steps, in order.", "Ring every round.")
    lines = missing(begun, kind="guide")
    assert any(line.startswith("Still from the outline: What this is for, Before you start, What it") for line in lines)
    assert not any("What to do" in line for line in lines if "outline" in line)
    assert "Add what it cost, so others can judge" in lines
    told = missing(begun.replace("Money and days of work, roughly.", "Two days."), kind="guide")
    assert "Add what it cost, so others can judge" not in told


def test_looking_for_headings_that_skip_a_level_costs_little() -> None:
    rendered = render("x")
    assert grows_gently(lambda size: list(advise_on("# a" + " " * size + "b", rendered)), 10_000)


def test_the_heading_that_skips_a_level_is_named_without_its_marks() -> None:
    assert any("“Deep”" in line for line in missing("# One\n\na\n\n### Deep ##\n\nb"))


def test_looking_for_what_explains_acronyms_costs_little() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    words = [a + b + c + d for a in letters for b in letters for c in letters for d in letters[:2]]

    def advises(size: int) -> list[object]:
        text = " ".join(words[:size])
        return list(advise_on("", Rendered("", (), text, size)))

    assert grows_gently(advises, 12_000)


@pytest.mark.parametrize("words", ["Ask DPIA (an assessment).", "An assessment (DPIA) helps.", "Some (DPIAs) help."])
def test_an_acronym_beside_brackets_is_explained(words: str) -> None:
    assert not any("Explain" in line for line in missing(words))
    unexplained = missing(words.replace("(", ""))
    assert any("Explain when first used: DPIA" in line for line in unexplained)
