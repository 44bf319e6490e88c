"""No text costs more than the budget, and what is cut off is shown as it was typed."""

from __future__ import annotations

import resource
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from network.core.text import budget
from network.core.text.apart import CPU_SECONDS
from network.core.text.code import LANGUAGES, MAX_COLOURED, coloured
from network.core.text.layout import Request, lay_out
from network.core.text.markdown import MAX_SOURCE, render
from tests.support.cost import costs_at_most, grows_gently

SIZE = MAX_SOURCE
CHEAP = 47_000
DEAR = (Phase.explicit, Phase.generate)  # A failure is told as it was found: looking for a shorter one takes minutes.

HEAVY = [
    "[", "![a](", "[a](", "<a ", "<", "`", "*", "**a", "_", "~~a ", "&", "\\", "(", "www.", "a@",
    "http://a.b/ ", "> ", "- ", "1. ", "| ", "|a", "[^1]", "[^a]: x\n", "[a]: b\n", "[a]", "!!! note\n",
    "# a\n", "a\n=\n", "***a", "*_a ", "```\n", "~~~\n", "\t", "- a\n", "- - ", "- [ ] a\n", "a\n\n", "\n",
    "*[a]: b\n", "<!--", "|a|\n|-|\n", "- > ", "](", "\\`", "h://", "*a **b ", "    a\n", "a\n- ", "> a\n\n",
    "```python\n(\n```\n",
]  # fmt: skip
"""Pieces that, repeated, are known or suspected to make a Markdown parser slow."""

SHAPED = {
    "quotes within quotes": "\n".join(">" * depth + " a" for depth in range(1, 400)),
    "lists within lists": "\n".join("  " * depth + "- a" for depth in range(1, 400)),
    "a table's diagonal": "|a" * 800 + "\n" + "|-" * 800 + "\n" + "a\n" * 2000,
    "one long address used often": "[a]: http://x/" + "t" * 5000 + "\n\n" + "[a] " * 20_000,
    "one abbreviation used often": "*[a]: " + "t" * 5000 + "\n\n" + "a " * 60_000,
    "footnotes": "".join(f"[^{number}]\n\n[^{number}]: x\n\n" for number in range(5000)),
    "one footnote used often": "[^1]: x\n\n" + "[^1] " * 20_000,
}


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine that runs other things two seconds of work may take longer than anybody would wait."""
    monkeypatch.setattr(budget, "SECONDS", 60)


@pytest.mark.parametrize("piece", HEAVY)
def test_what_is_laid_out_here_is_cheap(piece: str) -> None:
    """Just under the size that is sent away: either it is sent away, or it costs little."""
    source = (piece * CHEAP)[:CHEAP]
    if budget.is_risky(source):
        return
    with costs_at_most(10):
        laid_out = lay_out(Request(source))
    assert laid_out is None or len(laid_out) == 2


@pytest.mark.parametrize("source", [*SHAPED.values(), *(("[" * SIZE), ("[a](" * SIZE)[:SIZE], ("<a " * SIZE)[:SIZE])])
def test_bombs_are_over_in_time(source: str) -> None:
    before = _work()
    rendered = render(source)
    assert _work() - before < CPU_SECONDS + 1
    assert rendered.html


def _work() -> float:
    """Seconds of work done by this process and those that it waited for; steadier than the clock."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def test_a_bomb_is_shown_as_it_was_typed() -> None:
    rendered = render("[" * 60_000)
    assert rendered.failed
    assert rendered.headings == ()
    assert "Shown as it was typed" in rendered.html
    assert "[" * 60_000 in rendered.html


def test_what_is_shown_as_typed_is_escaped() -> None:
    assert "<script>" not in render("<script>" + "[" * 60_000).html


def test_a_text_that_is_too_long_is_shown_as_it_was_typed() -> None:
    assert render("a " * MAX_SOURCE).failed


def test_a_long_harmless_text_is_laid_out() -> None:
    paragraph = "Some **words** with a [link](https://x.example/) and `code` in them.\n\n"
    rendered = render("# Title\n\n" + paragraph * (200_000 // len(paragraph)))
    assert not rendered.failed
    assert rendered.headings[0].text == "Title"


def test_both_ways_give_the_same_result() -> None:
    request = Request("# a\n\n[x](https://x.example) [^1]\n\n[^1]: note", 1, "p1-")
    assert budget.lay_out_apart(request) == lay_out(request)


def test_ordinary_texts_are_not_sent_away() -> None:
    table = "| a | b | c |\n|---|---|---|\n" + "| [x](y) | `z` | w |\n" * 40
    prose = ("A sentence with **bold**, a [link](https://x.example/y) and `code`. " * 6 + "\n\n") * 40
    items = "- An item with a [link](https://x.example/)\n" * 200
    assert not budget.is_risky(table)
    assert not budget.is_risky(prose)
    assert not budget.is_risky(items)


def test_a_process_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "SECONDS", 0.05)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with pytest.raises(budget.TooBusy):
        budget.lay_out_apart(Request("x"))
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 2


def test_a_process_without_memory_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_memory(*args: object, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1, "", "")

    monkeypatch.setattr(subprocess, "run", out_of_memory)
    assert budget.lay_out_apart(Request("x")) is None


@settings(max_examples=60, phases=DEAR)
@given(st.lists(st.sampled_from(HEAVY), min_size=1, max_size=3), st.integers(1, 4000))
def test_mixtures_are_cheap_or_sent_away(pieces: list[str], times: int) -> None:
    source = ("".join(pieces) * times)[:CHEAP]
    if budget.is_risky(source):
        return
    with costs_at_most(10):
        laid_out = lay_out(Request(source))
    assert laid_out is None or len(laid_out) == 2


@pytest.mark.parametrize("language", sorted(set(LANGUAGES.values())))
@pytest.mark.parametrize("piece", ["a\n", "\n", " \n", "a ", "<<A\n", "/*", "1/*\n"])
def test_colouring_code_stays_cheap(language: str, piece: str) -> None:
    code = (piece * MAX_COLOURED)[:MAX_COLOURED]
    text = "\n".join(code[at : at + 400] for at in range(0, len(code), 400))
    with costs_at_most(1):
        shown = coloured(text, language)
    assert shown is None or len(shown) >= len(text.strip())


def test_looking_for_tables_costs_little() -> None:
    assert grows_gently(lambda size: budget.is_risky(" " * size + "x"), 10_000)


def test_a_text_that_failed_is_not_tried_again_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def declines(*args: object, **options: object) -> subprocess.CompletedProcess[str]:
        tried.append(str(options["input"]))
        return subprocess.CompletedProcess([], 1, "", "")

    monkeypatch.setattr(subprocess, "run", declines)
    assert budget.lay_out_apart(Request("too dear")) is None
    assert budget.lay_out_apart(Request("too dear", 1, "preview-")) is None
    assert len(tried) == 1
    assert budget.lay_out_apart(Request("another")) is None
    assert len(tried) == 2
    later = time.monotonic() + budget.FAILED_FOR + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert budget.lay_out_apart(Request("too dear")) is None
    assert len(tried) == 3


def test_that_the_machine_was_busy_is_not_held_against_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as busy:
        busy.setattr(budget, "SECONDS", 0.01)
        with pytest.raises(budget.TooBusy):
            budget.lay_out_apart(Request("harmless"))
    assert budget.lay_out_apart(Request("harmless")) is not None


def _kept_busy(monkeypatch: pytest.MonkeyPatch, asker: object) -> Callable[[], None]:
    """Someone's text is being laid out until the function that this gives is called."""
    begun, end = threading.Event(), threading.Event()

    def takes_long(*args: object, **options: object) -> subprocess.CompletedProcess[str]:
        begun.set()
        end.wait(10)
        return subprocess.CompletedProcess([], 0, '["", []]', "")

    def ask() -> None:
        budget.asker.set(asker)
        budget.lay_out_apart(Request(f"the long text of {asker}"))

    with monkeypatch.context() as slow:
        slow.setattr(subprocess, "run", takes_long)
        thread = threading.Thread(target=ask)
        thread.start()
        assert begun.wait(10)

    def over() -> None:
        end.set()
        thread.join()

    return over


def test_one_account_holds_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    over = _kept_busy(monkeypatch, "ann")
    try:
        monkeypatch.setattr(subprocess, "run", lambda *a, **o: subprocess.CompletedProcess([], 0, '["", []]', ""))
        monkeypatch.setattr(budget, "SECONDS", 0.05)
        with as_asker("ann"), pytest.raises(budget.TooBusy):
            budget.lay_out_apart(Request("Ann's second"))
        with as_asker("joe"):
            assert budget.lay_out_apart(Request("Joe's")) is not None
    finally:
        over()
    with as_asker("ann"):
        assert budget.lay_out_apart(Request("Ann's second")) is not None


def test_when_no_place_is_free_the_text_is_not_to_blame(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = [_kept_busy(monkeypatch, "ann"), _kept_busy(monkeypatch, "joe")]
    try:
        monkeypatch.setattr(budget, "SECONDS", 0.05)
        with as_asker("sam"), pytest.raises(budget.TooBusy):
            render("a word " * 9_000)
    finally:
        for over in ends:
            over()


def test_where_nobody_waits_it_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def at_last(*args: object, **options: object) -> subprocess.CompletedProcess[str]:
        tried.append(1)
        if len(tried) < 3:
            raise subprocess.TimeoutExpired("python", 8)
        return subprocess.CompletedProcess([], 0, '["", []]', "")

    monkeypatch.setattr(subprocess, "run", at_last)
    with as_asker(None):
        assert budget.lay_out_apart(Request("an import's")) is not None


@contextmanager
def as_asker(who: object) -> Iterator[None]:
    token = budget.asker.set(who)
    try:
        yield
    finally:
        budget.asker.reset(token)


def test_no_more_failures_are_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *args, **options: subprocess.CompletedProcess([], 1, "", ""))
    monkeypatch.setattr(budget, "MOST_FAILED", 3)
    for number in range(9):
        budget.lay_out_apart(Request(f"dear {number}"))
    assert len(budget._failed) == 3
