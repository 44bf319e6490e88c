"""Every state of the search page, fetched with the client that checks pages."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.engine import engine
from network.discovery.log.models import SearchLogRow
from network.discovery.log.noting import write as write_searches
from network.discovery.views.filters import FEW_OPTIONS
from network.discovery.wanted.actions import add_entry
from network.library.actions.publishing import publish_new
from network.library.content import Content, lay_out
from network.library.models import Guide
from network.people.models import PersonSkill
from network.vocabulary.models import TopicAlias
from search.contract import Results
from tests.support.canaries import OPEN, Canaries
from tests.support.cast import Cast
from tests.support.cost import costs_at_most
from tests.support.index import lose
from tests.support.pages import check_page
from tests.support.queries import count_queries

FILTERS = re.compile(r'<a class="cp-chip cp-chip--on" href="([^"]+)">')
WAYS = re.compile(r'<li><a class="govuk-link" href="([^"]+)">[^<]*</a> <span class="cp-meta">([\d,]+) result', re.S)


def page(canaries: Canaries, address: str, role: str = "visitor") -> str:
    answer = canaries.client(role).get(address)
    assert answer.status_code == 200, address
    return str(answer.get_data(as_text=True))


def count(text: str) -> int:
    found = re.search(r"<title>([\d,]+) result", text)
    return int(found[1].replace(",", "")) if found else 0


def unescaped(address: str) -> str:
    return address.replace("&amp;", "&")


def test_results_have_tabs_facets_and_places(canaries: Canaries) -> None:
    text = page(canaries, f"/search?q={OPEN}")
    assert count(text) == 2
    assert re.search(r'href="/search\?q=lanternfish&amp;in=question">Questions <span class="cp-tabs__count">1<', text)
    assert re.search(r">Guides <span[^>]*>1<", text)
    assert 'name="topic"' not in text, "a facet with one value is no choice"
    assert 'name="kind"' in text
    place = '<a class="govuk-link" href="/library/working-with-lanternfish#h-how">How</a>'
    assert place in page(canaries, "/search?q=carefully")


def test_questions_are_a_tab_of_their_own(canaries: Canaries) -> None:
    text = page(canaries, f"/search?q={OPEN}&in=question")
    assert count(text) == 1
    assert f"Asking about <mark>{OPEN}</mark>" in text
    assert "Working with" not in text


def test_people_and_groups_stand_on_cards(canaries: Canaries) -> None:
    for address, name in (("/search?q=person&in=person", "Author "), ("/search?q=cases&in=group", "Open ")):
        text = page(canaries, address)
        assert re.search(rf'class="cp-card">.*?cp-card__name"><a[^>]*>{name}<mark>', text, re.S)


def test_chips_take_each_filter_away(canaries: Canaries) -> None:
    text = page(canaries, f"/search?q={OPEN}+type:guide+after:2020&topic=open-data&changed=year&titles=1")
    chips = FILTERS.findall(text)
    assert len(chips) == 5
    for chip in chips:
        without = page(canaries, unescaped(chip))
        assert len(FILTERS.findall(without)) == 4
        assert count(without) >= count(text) == 1


def test_periods_count_what_they_would_leave(canaries: Canaries) -> None:
    with canaries.app.app_context(), transaction():
        guide = db.session.scalars(db.select(Guide).where(Guide.title.contains(OPEN))).one()
        guide.updated_at = now().replace(year=now().year - 2)
        guide.revision += 1
    with canaries.app.app_context():
        from network.discovery.indexing import reconcile

        reconcile()
    text = page(canaries, f"/search?q={OPEN}")
    for period, left in (("month", 1), ("year", 1), ("3years", 2)):
        assert re.search(rf'value="{period}".*?</span>{left}<span', text, re.S), period
        assert count(page(canaries, f"/search?q={OPEN}&changed={period}")) == left
    assert count(page(canaries, f"/search?q={OPEN}+before:{now().year - 1}")) == 1


def test_only_filters_show_everything_they_leave(canaries: Canaries) -> None:
    text = page(canaries, "/search?q=type:guide")
    assert "<h1" in text
    assert count(text) == 1


def test_a_search_without_words_or_filters_is_the_start_page_with_all_that_can_be_typed(canaries: Canaries) -> None:
    for address in ("/search", "/search?q=", "/search?q=++", "/search?sort=newest"):
        text = page(canaries, address)
        assert "Useful to know" in text
    from search.query import FILTER_NAMES

    for name in FILTER_NAMES:
        assert re.search(rf"<code[^>]*>{name}:", text)


def test_a_failed_search_with_partial_matches(canaries: Canaries) -> None:
    text = page(canaries, f"/search?q={OPEN}+unobtainium")
    assert "Nothing holds all of these words" in text
    assert "What holds some of the words is below" in text
    assert f"Working with <mark>{OPEN}</mark>" in text
    assert f'href="/ask?title={OPEN}+unobtainium"' in text


def test_a_failed_search_with_nothing(canaries: Canaries) -> None:
    text = page(canaries, "/search?q=unobtainium+exact&exact=1")
    assert "<title>Nothing found for “unobtainium exact”" in text
    assert "Nobody has written about this yet" in text
    assert 'href="/ask?title=unobtainium+exact"' in text


def test_fewer_words_give_what_they_promise(canaries: Canaries) -> None:
    text = page(canaries, f"/search?q=working+{OPEN}+unobtainium")
    ways = WAYS.findall(text)
    assert ways
    for address, total in ways:
        given = page(canaries, unescaped(address))
        assert count(given) == int(total)
        assert "Nothing holds all of these words" not in given


def test_words_that_stand_apart_are_offered_without_one_another(canaries: Canaries) -> None:
    """Every word is known, but no document holds them all."""
    text = page(canaries, f"/search?q=carefully+twice+{OPEN}")
    assert "Nothing holds all of these words" in text
    said = [address for address, _ in WAYS.findall(text)]
    assert f"/search?q={quote_plus('+carefully')}+{quote_plus('+' + OPEN)}" in said
    assert f"/search?q={quote_plus('+twice')}+{quote_plus('+' + OPEN)}" in said


def test_filters_that_leave_nothing_can_be_dropped_one_by_one(canaries: Canaries) -> None:
    text = page(canaries, f"/search?q={OPEN}&kind=policy&topic=open-data")
    assert "Nothing fits these filters" in text
    ways = WAYS.findall(text)
    assert [int(total) for _, total in ways] == [2, 2]
    for address, total in ways:
        assert count(page(canaries, unescaped(address))) == int(total)
    assert len(FILTERS.findall(text)) == 2


def test_an_empty_tab_offers_the_others(canaries: Canaries) -> None:
    text = page(canaries, f"/search?q={OPEN}&in=person")
    assert "Nothing of this kind" in text
    assert re.search(r">Guides <span[^>]*>1<", text)


def test_a_page_past_the_end_says_so_and_leads_back(canaries: Canaries) -> None:
    text = page(canaries, f"/search?q={OPEN}&page=9&in=guide")
    assert "There is no page 9: these results fit on one page." in text
    assert f'href="/search?q={OPEN}&amp;in=guide">Go to the first page of results' in text


def noted(canaries: Canaries, text: str) -> tuple[bool, int]:
    with canaries.app.app_context():
        write_searches()
        row = db.session.scalars(db.select(SearchLogRow).where(SearchLogRow.text == text)).one()
        return row.failed, row.found


def test_a_person_found_by_a_short_name_is_no_failed_search(canaries: Canaries) -> None:
    cast = Cast(canaries.app)
    cast.person("Daniel Okafor")
    cast.person("Bea Thornhill")
    drain(canaries.app)
    for typed in ("Danny+Okafor", "Danny+Okafor&in=guide", "Danny+Okafor&page=2", "Beatrice", "Beatrice&in=guide"):
        text = page(canaries, f"/search?q={typed}")
        assert "Nothing holds all" not in text, typed
        assert "Nobody has written" not in text, typed
        assert "Ask this question" not in text, typed
    danny, beatrice = page(canaries, "/search?q=Danny+Okafor"), page(canaries, "/search?q=Beatrice")
    assert "<title>1 result for “Danny Okafor”" in danny
    assert "<title>1 person called “Beatrice”" in beatrice
    assert 'href="/people/bea-thornhill">Bea Thornhill</a>' in beatrice
    assert noted(canaries, "beatrice") == (False, 1)
    assert "Nothing holds all of these words" in page(canaries, "/search?q=Danny+Thornhill")


def test_a_phrase_that_nothing_says_is_offered_without_its_quotes(canaries: Canaries) -> None:
    text = page(canaries, f"/search?q=%22carefully+{OPEN}%22&kind=guide")
    assert "Nothing says exactly this" in text
    assert f"<title>Nothing found for “carefully {OPEN}”" in text
    (address, total), *_ = WAYS.findall(text)
    assert unescaped(address) == f"/search?q=carefully+{OPEN}&kind=guide"
    assert text.index("Without the quotes") > 0
    assert count(page(canaries, unescaped(address))) == int(total) == 1
    assert "Without the quotes" not in page(canaries, f"/search?q=carefully+-%22some+{OPEN}%22+unobtainium")
    assert "Nothing says exactly this" not in page(canaries, "/search?q=unobtainium+-%22so+it%22")


@pytest.mark.parametrize("typed", ["!!!", "(((", '""', "*", "- - -"])
def test_signs_without_a_word_are_explained(canaries: Canaries, typed: str) -> None:
    text = page(canaries, f"/search?q={quote_plus(typed)}")
    assert "There is no word in this to look for" in text
    assert "Write at least one word" in text
    assert "within what you chose" not in text


def test_every_one_of_many_filters_can_be_dropped(canaries: Canaries) -> None:
    address = f"/search?q={OPEN}+before:2019&topic=open-data&language=en&kind=guide&check=unchecked"
    text = page(canaries, address)
    assert len(FILTERS.findall(text)) == 5
    without = [unescaped(way) for way, _ in WAYS.findall(text)]
    assert any("before" not in way and "kind=guide" in way for way in without)


def test_rarer_values_can_be_chosen_and_chosen_ones_are_counted(canaries: Canaries) -> None:
    rows = [(Cast(canaries.app).person(f"Writer {number}"), number) for number in range(FEW_OPTIONS + 3)]
    for person, number in rows:
        publish(canaries, person, f"Yarrow {number}")
    drain(canaries.app)
    text = page(canaries, "/search?q=yarrow&in=guide")
    group = text[text.index("<legend>Written by") :].partition("</fieldset>")[0]
    first, _, more = group.partition("<details")
    assert first.count("type=") == FEW_OPTIONS
    assert more.count("type=") == 3
    assert "Show more" in more
    rare = re.findall(r'name="author" type="checkbox" value="(\d+)"', more)[-1]
    chosen = page(canaries, f"/search?q=yarrow&in=guide&author={rare}")
    assert re.search(rf'value="{rare}" checked>.*?</span>1<span class="govuk-visually-hidden"> result\)', chosen)


def publish(canaries: Canaries, person: int, title: str) -> None:
    viewer = Cast(canaries.app).viewer(person)
    with canaries.app.app_context(), transaction():
        content = Content(title=title, body="Text.", rendered=lay_out("Text."), licence="CC-BY-4.0")
        publish_new(viewer=viewer, group_id=None, content=content)


def test_people_who_can_help_are_named(canaries: Canaries) -> None:
    outsider = canaries.roles["outsider"]
    Cast(canaries.app).person("Unobtainium Smith")
    with canaries.app.app_context(), transaction():
        db.session.add(PersonSkill(person_id=outsider, kind="help", word="Unobtainium mining", position=0))
        db.session.add(PersonSkill(person_id=canaries.roles["author"], kind="interest", word="Unobtainium", position=0))
        for person in (outsider, canaries.roles["author"]):
            from network.people.models import Person

            db.session.get_one(Person, person).revision += 1
    with canaries.app.app_context():
        from network.discovery.indexing import reconcile

        reconcile()
    text = page(canaries, f"/search?q=unobtainium+{OPEN}")
    assert "These people said that they can help" in text
    helped = text[text.index("These people said") : text.index("Ask this question")]
    assert "Outsider Person" in helped
    assert "Can help with: Unobtainium mining" in helped
    assert "Author Person" not in helped, "an interest is no help"
    assert "Unobtainium Smith" not in helped, "nor is a name"


def test_a_failed_search_shows_what_is_wanted_already(canaries: Canaries) -> None:
    words = "A letter about unobtainium that nobody has to read twice"
    with canaries.app.app_context(), transaction():
        add_entry(viewer=Cast(canaries.app).viewer(canaries.roles["outsider"]), words=words)
    text = page(canaries, "/search?q=unobtainium+letter+for+tenants")
    assert "Wanted already" in text
    assert f'<a class="govuk-link" href="/wanted/1">{words}</a>' in text
    assert "Wanted already" not in page(canaries, "/search?q=something+else+altogether")


def test_a_search_for_a_topic_leads_to_it(canaries: Canaries) -> None:
    cast = Cast(canaries.app)
    topic = cast.topic("housing", "Housing")
    with canaries.app.app_context(), transaction():
        db.session.add(TopicAlias(slug="homes", name="Homes", topic_id=topic))
    for typed in ("housing", "HOUSING+", "homes"):
        assert 'See also the topic <a class="govuk-link" href="/topics/housing">Housing</a>' in page(
            canaries, f"/search?q={typed}"
        )
    for typed in ("housing+benefit", "housing&in=guide", "house"):
        assert "See also the topic" not in page(canaries, f"/search?q={typed}")


def test_what_has_no_effect_is_named(canaries: Canaries) -> None:
    assert "We left out: wor*" in page(canaries, f"/search?q=wor*+{OPEN}")
    assert "We left out: -thing" in page(canaries, "/search?q=-thing")
    assert "first 500 characters" in page(canaries, "/search?q=" + "word+" * 120)


def test_a_broken_index_searches_titles_and_says_so(canaries: Canaries) -> None:
    with canaries.app.app_context():
        lose(canaries.app)
    for address in (
        f"/search?q={OPEN}",
        f"/search?q={OPEN}&in=question",
        "/search?q=unobtainium",
        "/search?q=type:guide",
    ):
        assert "Search is being repaired" in page(canaries, address)
    assert count(page(canaries, f"/search?q={OPEN}&in=question")) == 1


def test_a_search_that_took_too_long_does_not_say_that_nothing_exists(
    canaries: Canaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    with canaries.app.app_context():
        monkeypatch.setattr(
            type(engine()), "search", lambda self, query: Results([], 0, {}, {}, complete=False, partial=True)
        )
    text = page(canaries, f"/search?q={OPEN}")
    assert "took too long" in text
    assert "Nothing found" not in text
    assert "Ask this question" not in text


def test_browsers_can_add_the_search(canaries: Canaries) -> None:
    text = page(canaries, "/about")
    assert '<link rel="search" href="/opensearch.xml" type="application/opensearchdescription+xml"' in text
    answer = canaries.client("visitor").get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    from xml.etree import ElementTree

    root = ElementTree.fromstring(answer.data)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(root.findtext(f"{space}ShortName") or "") <= 16
    urls = {url.get("type"): url.get("template") for url in root.findall(f"{space}Url")}
    assert urls["text/html"] == "http://localhost/search?q={searchTerms}"
    assert urls["application/x-suggestions+json"] == "http://localhost/search/suggest?for=browser&q={searchTerms}"


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (f"/search?q={OPEN}", 14),
        (f"/search?q={OPEN}&in=guide&kind=guide&topic=open-data&author=1", 12),
        (f"/search?q={OPEN}+unobtainium", 20),
        (f"/search?q={OPEN}&kind=policy&topic=open-data", 10),
    ],
)
@pytest.mark.parametrize("role", ["visitor", "member"])
def test_every_state_asks_few_questions_of_the_database(canaries: Canaries, address: str, most: int, role: str) -> None:
    client: Any = canaries.client(role)
    client.get(address)
    with count_queries(canaries.app) as queries:
        client.get(address)
    assert len(queries) <= most, queries.statements


def test_the_number_of_questions_does_not_grow_with_the_results(canaries: Canaries) -> None:
    client = canaries.client("visitor")
    cast = Cast(canaries.app)
    with count_queries(canaries.app) as few:
        client.get("/search?q=colleague")
    for number in range(12):
        cast.person(f"Colleague {number}")
    drain(canaries.app)
    with count_queries(canaries.app) as many:
        assert count(client.get("/search?q=colleague").get_data(as_text=True)) == 12
    assert len(many) <= len(few) + 6, many.statements


PIECES = st.sampled_from(
    ["topic:", "by:", "in:title", "before:20", "type:guide", '"', "-", "+", "*", " ", OPEN, "\x00"]
)
NAMES = ("in", "sort", "topic", "author", "changed", "after", "before", "titles", "exact", "why", "kind")
VALUES = ("1", "guide", "question", "month", "2024-02-30", "guide:1", "-1", "９", "x" * 300)
ODD = ("a " * 250, "[" * 500, '"' * 500, "(" * 499, "x" * 5000, "topic:" * 80, "+-" * 250, "%" * 500)


@settings(max_examples=40)
@given(
    text=st.lists(PIECES | st.text(max_size=20), max_size=40).map("".join),
    args=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES) | st.text(max_size=9), max_size=5),
)
def test_no_address_breaks_the_page_or_takes_long(canaries: Canaries, text: str, args: dict[str, str]) -> None:
    client = canaries.app.test_client()
    client.get("/search?q=warm")
    with costs_at_most(0.2):
        # The plain client: parsing the page would count as well.
        answer = FlaskClient.open(client, "/search", query_string={**args, "q": text})
    assert answer.status_code == (400 if any("\x00" in value for value in (text, *args.values())) else 200)
    check_page(answer.get_data(as_text=True))


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_input_is_quick(canaries: Canaries, text: str) -> None:
    client = canaries.app.test_client()
    FlaskClient.open(client, "/search?q=warm")
    with costs_at_most(0.2):
        assert FlaskClient.open(client, "/search", query_string={"q": text}).status_code == 200


def test_only_words_to_leave_out_are_explained(canaries: Canaries) -> None:
    text = page(canaries, f"/search?q=-{OPEN}&type=guide")
    assert "A minus only leaves out" in text
    assert "Write at least one word to look for as well" in text


def test_what_is_asked_and_wanted_is_what_was_typed(canaries: Canaries) -> None:
    wrong = OPEN[:-1] + "zq"
    text = page(canaries, f"/search?q={wrong}+unobtainium")
    assert f'href="/ask?title={wrong}+unobtainium"' in text
    assert f'href="/wanted/new?words={wrong}%20unobtainium"' in text
