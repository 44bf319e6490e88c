"""What people write comes out as the design's shapes."""

from __future__ import annotations

import pytest

from network.core.text.markdown import Heading, LinkPolicy, render
from tests.support.markup import parsed


def test_headings_start_below_the_page_title_and_have_predictable_ids() -> None:
    rendered = render("# Ffŵl o waith\n\ntext\n\n## What's *next*?\n\n# Ffŵl o waith")
    assert rendered.headings == (
        Heading(2, "h-ffwl-o-waith", "Ffŵl o waith"),
        Heading(3, "h-whats-next", "What's next?"),
        Heading(2, "h-ffwl-o-waith-2", "Ffŵl o waith"),
    )
    assert '<h3 id="h-whats-next">What\'s <em>next</em>?</h3>' in rendered.html


def test_levels_never_start_late_or_skip() -> None:
    levels = [heading.level for heading in render("### a\n\n##### b\n\n### c\n\n###### d").headings]
    assert levels == [2, 3, 2, 3]


def test_headings_of_a_post_stand_below_those_of_the_page() -> None:
    rendered = render("# a\n\n## b\n\n[to b](#b)", heading_offset=1, id_prefix="p12-")
    assert [(heading.level, heading.id) for heading in rendered.headings] == [(3, "p12-h-a"), (4, "p12-h-b")]
    assert 'href="#p12-h-b"' in rendered.html


def test_a_heading_without_words_is_left_out() -> None:
    assert render("#\n\ntext").headings == ()
    assert "<h" not in render("# &nbsp;\n\ntext").html


def test_links_inside_a_text_find_their_heading_as_other_sites_name_it() -> None:
    html = render("[a](#whats-new--changed) [b](#setup)\n\n## What's new & changed\n\n## 2. Setup").html
    assert 'href="#h-whats-new-changed"' in html
    assert 'href="#h-2-setup"' in html


def test_table_is_a_labelled_region_with_column_headers() -> None:
    html = render("| Field | Why |\n|---|--:|\n| a | b |\n\n| Field | Why |\n|---|---|\n| a | b |").html
    first, second = parsed(html).findall("div")
    assert first.get("class") == "cp-table"
    assert (first.get("role"), first.get("tabindex")) == ("region", "0")
    assert first.get("aria-label") == "Table: Field, Why"
    assert second.get("aria-label") == "Table: Field, Why, 2"
    assert [cell.get("scope") for cell in first.iter("th")] == ["col", "col"]
    assert [cell.get("class") for cell in first.iter("td")] == [None, "cp-cell--right"]


def test_table_right_after_a_paragraph_is_a_table() -> None:
    assert "<table>" in render("These:\n| a | b |\n|---|---|\n| 1 | 2 |").html


def test_table_without_header_words_has_no_header_row() -> None:
    html = render("| | |\n|---|---|\n| a | b |").html
    assert "<th" not in html
    assert html.count("<td>") == 2


def test_code_is_coloured_by_class_and_labelled() -> None:
    html = render("```python\nif x: pass\n```\n\n```python\n1\n```").html
    assert '<span class="k">if</span>' in html
    assert 'aria-label="Code: python"' in html
    assert 'aria-label="Code: python, 2"' in html
    assert "style" not in html


def test_code_keeps_every_sign_of_an_unknown_language() -> None:
    code = '<b> &amp; "x" **not bold** [link](x)\n\n- no list\n    deep'
    block = parsed(render(f"```blorb\n{code}\n```").html).find("pre/code")
    assert block is not None
    assert block.text == code + "\n"


def test_a_fence_that_is_never_closed_is_code_to_the_end() -> None:
    html = render("```\na\n\n# b").html
    assert "<h2" not in html
    assert "# b" in html
    assert "<p></p>" not in html


def test_code_in_a_list_item_belongs_to_the_item() -> None:
    tree = parsed(render("1. Run this:\n   ```sh\n   make run\n   ```\n2. Look").html)
    items = tree.findall("ol/li")
    assert len(items) == 2
    assert items[0].find("pre") is not None


@pytest.mark.parametrize("indent", [2, 3, 4])
def test_nested_lists_need_no_particular_indent(indent: int) -> None:
    tree = parsed(render(f"1. one\n{' ' * indent}- inner\n{' ' * indent}- inner\n2. two").html)
    assert len(tree.findall("ol/li")) == 2
    assert len(tree.findall("ol/li/ul/li")) == 2


def test_list_right_after_a_paragraph_is_a_list() -> None:
    assert len(parsed(render("You need:\n- a\n- b").html).findall("ul/li")) == 2


def test_a_year_at_the_start_of_a_line_is_no_list() -> None:
    assert "<ol>" not in render("It was written in\n2018. Nobody knows why.").html


def test_an_item_after_a_nested_list_is_a_sibling() -> None:
    tree = parsed(render("1. one\n\n   more\n\n   - inner\n2. two").html)
    assert len(tree.findall("ol/li")) == 2


def test_tasks_say_in_words_whether_they_are_done() -> None:
    rendered = render("- [ ] Write\n- [x] Check")
    assert rendered.text == "To do: Write\nDone: Check"
    assert [item.get("class") for item in parsed(rendered.html).iter("li")] == [
        "cp-task",
        "cp-task cp-task--done",
    ]


@pytest.mark.parametrize(
    "source",
    ['!!! warning "Mind this"\n    Text', "> [!WARNING]\n> Text", "> **Warning:** Text"],
)  # fmt: skip
def test_warnings_can_be_written_in_three_ways(source: str) -> None:
    note = parsed(render(source).html).find("div")
    assert note is not None
    assert note.get("class") == "cp-note cp-note--warning"
    label = note.find("strong")
    assert label is not None
    assert label.get("class") == "cp-note__label"
    assert label.text in {"Mind this", "Warning"}
    assert note.findtext("p") == "Text"


def test_a_note_of_another_kind_keeps_its_name() -> None:
    html = render("!!! example\n    Text").html
    assert '<div class="cp-note"><strong class="cp-note__label">Example</strong>' in html


def test_a_quotation_with_bold_words_stays_a_quotation() -> None:
    assert "<blockquote>" in render("> **Bold** words").html


def test_footnotes_lead_there_and_back_and_are_unique_per_text() -> None:
    first, second = (render("A[^n].\n\n[^n]: Note.", id_prefix=prefix).html for prefix in ("p1-", "p2-"))
    for html, prefix in ((first, "p1-"), (second, "p2-")):
        for name in ("fn-1", "fnref-1"):
            assert f'id="{prefix}{name}"' in html
            assert f'href="#{prefix}{name}"' in html


def test_outside_links_are_marked_and_inside_ones_are_not() -> None:
    html = render("[o](https://x.example/) [p](//x.example) [i](/library/a) [m](mailto:a@b.example)").html
    assert html.count('rel="nofollow noopener ugc"') == 2
    assert '<a href="/library/a">i</a>' in html
    assert '<a href="mailto:a@b.example">m</a>' in html


def test_links_to_the_site_itself_are_inside() -> None:
    links = LinkPolicy(own_origin="https://network.example")
    assert "rel=" not in render("https://network.example/library/a", links=links).html
    assert "rel=" in render("https://network.example.evil.example/", links=links).html


def test_bare_addresses_become_links() -> None:
    html = render("See https://x.example/a?b=1&c=2 and write to a@b.example").html
    assert 'href="https://x.example/a?b=1&amp;c=2"' in html
    assert 'href="mailto:a@b.example"' in html


def test_pictures_of_the_site_load_lazily_and_others_become_links() -> None:
    html = render("![Map](/files/map.png) ![Far](https://x.example/far.png)").html
    assert '<img alt="Map" loading="lazy" src="/files/map.png">' in html
    assert html.count("<img") == 1
    assert ">Picture: Far</a>" in html


def test_raw_html_is_shown_not_obeyed() -> None:
    rendered = render("<b>bold</b> <!-- note -->")
    assert rendered.text == "<b>bold</b> <!-- note -->"


def test_words_are_counted_without_markup() -> None:
    assert render("# One two\n\n**Three** `four` [five](https://x.example/six)").words == 5


def test_abbreviations_and_strikethrough() -> None:
    html = render("GDS ~~was~~\n\n*[GDS]: Government Digital Service").html
    assert '<abbr title="Government Digital Service">GDS</abbr> <del>was</del>' in html


@pytest.mark.parametrize("prefix", ["P1-", "p1", "a b-", '"-', "1-"])
def test_prefixes_that_could_break_out_are_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="id_prefix"):
        render("x", id_prefix=prefix)


def test_the_same_source_gives_the_same_html() -> None:
    source = "# a\n\n[^1]\n\n[^1]: b\n\n```python\n1\n```\n\n*[x]: y\n\nx"
    first = render(source)
    render("*[a]: b\n\n# a\n\n[^1]\n\n[^1]: other")
    assert render(source) == first
