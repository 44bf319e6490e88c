"""What Jekyll, kramdown and GovSpeak add to Markdown is read as their sites mean it, or goes and is listed."""

from __future__ import annotations

import pytest

from network.core.text.markdown import render
from network.library.importing.addresses import resolve_links
from network.library.importing.documents import ImportedDocument
from network.library.importing.read import read
from tests.network.library.importing.test_archives import zipped


def page(body: str, **others: str) -> ImportedDocument:
    files = {"docs/page.md": f"---\ntitle: Page\n---\n\n{body}\n".encode()}
    files |= {f"docs/{name}.md": text.encode() for name, text in others.items()}
    files["SOURCE.md"] = b"- Name: A site"
    return next(d for d in read(zipped(files), name="x.zip").documents if d.path == "docs/page.md")


def body(source: str, **others: str) -> str:
    return page(f"- start\n\n{source}", **others).body_markdown.removeprefix("- start").strip()


def test_page_tags_become_links_between_guides() -> None:
    assert body('[x]({% page "/other/" %})', other="# O\n\n- o") == "[x](guide:docs/other.md)"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Words\n{: .class #id}", "Words"),
        ("{:.intro}\nWords", "Words"),
        ('[x](https://a.example){:target="_blank"} y', "[x](https://a.example) y"),
        ("{::options toc_levels='2..3' /}\nWords", "Words"),
        ("a {::comment}b{:/comment}c", "a c"),
        ("<!-- secret -->Words<!-- more\n\nlines -->", "Words"),
        ("a {% comment %}b{% endcomment %}c", "a c"),
        ("* TOC\n{:toc}\n\nWords", "Words"),
        ("**Guidelines:**\n\n- TOC\n{:toc}\n\n## Next\n\nx", "## Next\n\nx"),
        ("##Tight\n\nx", "## Tight\n\nx"),
        ("Big\n===\n\nx", "# Big\n\nx"),
        ("## Named {#its-name}\n\n[x](#its-name)", "## Named\n\n[x](#named)"),
        ("one -- two and `a -- b`", "one – two and `a -- b`"),
        ("s1. First\ns2. Second", "1. First\n2. Second"),
        ("%Mind this%", "!!! warning\n    Mind this"),
        ("^For your information^", "!!! info\n    For your information"),
        ("#tag at the start", "#tag at the start"),
    ],
)
def test_marks_of_kramdown_and_govspeak(source: str, expected: str) -> None:
    assert body(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<div class="x" markdown="1">\n\n**bold**\n\n</div>', "**bold**"),
        ("<section>\n  <div>\n    ## Heading\n\n    - item\n  </div>\n</section>", "## Heading\n\n- item"),
        ("a<br>b", "a  \nb"),
        ("a <b>b</b> <em>c</em> <code>d</code>", "a **b** *c* `d`"),
        ('<a href="https://x.example">go <b>now</b></a>', "[go **now**](https://x.example)"),
        ("x<sup>2</sup>", "x²"),
        ("<details markdown='block'>\n<summary>More</summary>\n\n- *item*\n</details>", "**More**\n\n- *item*"),
        ("<h2 class='y'>Title</h2>\n\nx", "## Title\n\nx"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<style>td {x}</style>Words", "Words"),
        ("<iframe src='https://v.example/1' title='Our film'></iframe>", "[Our film](https://v.example/1)"),
        ("Dear <your name>, see <https://x.example>", "Dear <your name>, see <https://x.example>"),
        ("```html\n<div>{: .x}</div>\n```", "```html\n<div>{: .x}</div>\n```"),
        ("Use `<br>` here", "Use `<br>` here"),
    ],
)
def test_html_in_markdown(source: str, expected: str) -> None:
    assert body(source) == expected


def test_html_tables_become_tables() -> None:
    source = (
        "<div class='wrap'>\n  <table>\n    <thead><tr><th>OS</th><th>Browser</th></tr></thead>\n"
        "    <tr><th rowspan='2'>Windows</th><td>Edge<br/>all</td></tr>\n"
        "    <tr><td><ul><li>Firefox</li><li>Chrome</li></ul></td></tr>\n"
        "  </table>\n</div>"
    )
    rows = body(source).split("\n")
    assert rows == ["| OS | Browser |", "| --- | --- |", "| Windows | Edge, all |", "|  | • Firefox • Chrome |"]


@pytest.mark.parametrize(
    "source",
    [
        "| a | b |\n| c | d |",
        "|---|---|\n| a | b |\n| c | d |",
        "|---|---| | a | b | |c\nd | e |",
        "|-----\n| a | b\n| c | d\n|-----",
    ],
)
def test_tables_as_kramdown_reads_them(source: str) -> None:
    html = render(body(source)).html
    assert html.count("<tr>") == 2
    assert "|" not in html


def test_notices_become_notes() -> None:
    assert (
        body('{% alert "Heads up", "warning" %}\n  Some **text**.\n{% endalert %}')
        == '!!! warning "Heads up"\n    Some **text**.'
    )


def test_channels_and_pictures_are_read() -> None:
    document = page('- Ask {% slack_channel "help" %}\n- {% image "img/a.png" "An ocelot" %}')
    assert render(document.body_markdown).text == "Ask #help\nPicture: An ocelot"


def test_any_other_tag_goes_and_is_listed_with_its_file() -> None:
    document = page("- a {% include x.html %} b {{ thing }}\n- {% include x.html %}")
    assert "{" not in document.body_markdown
    assert "Left out: {% include x.html %} (2 times)" in document.remarks
    assert "Left out: {{ thing }}" in document.remarks


def test_templates_shown_as_examples_are_kept() -> None:
    assert body("```\n{% raw %}{% page 'x' %}{% endraw %}\n```") == "```\n{% page 'x' %}\n```"
    assert "{% page %}" in body("{% raw %}{% page %}{% endraw %} is a tag")


def test_a_loop_over_the_pages_of_the_site_lists_them() -> None:
    source = (
        "<ul>\n{% for p in site.pages %}\n{% if p.theme == 'start' %}\n"
        '<li><a href="{{ p.url }}">{{ p.title }}</a></li>\n'
        "{% endif %}\n{% endfor %}\n</ul>"
    )
    text = body(
        source, one="---\ntitle: One\ntheme: start\n---\n\n- x", two="---\ntitle: Two\ntheme: other\n---\n\n- x"
    )
    assert text == "- [One](guide:docs/one.md)"


def test_other_loops_go_with_what_is_in_them() -> None:
    document = page("- a\n\n{% for x in y %}{{ x }} stray {% endfor %}")
    assert "stray" not in document.body_markdown


def test_a_value_of_the_site_that_is_not_here_leaves_its_name() -> None:
    assert (
        body("Follow the {{ site.Rules.ImpactAssessment[ page.lang ] | downcase }}.") == "Follow the impact assessment."
    )


def test_links_by_reference_are_resolved_like_others() -> None:
    assert body("[The\npage][p] and [p].\n\n[p]: /other 'title'", other="# O\n\n- o") == (
        "[The\npage](guide:docs/other.md) and [p](guide:docs/other.md)."
    )


def test_a_picture_from_elsewhere_inside_a_link_leaves_one_link() -> None:
    assert (
        body("[![Film](https://x.example/f.png)](https://x.example/film)") == "[Picture: Film](https://x.example/film)"
    )


def test_a_pages_own_list_of_contents_goes() -> None:
    source = "### On this page:\n\n1. [One](#one)\n2. [Two](#two)\n\n---\n\n## One\n\nx\n\n## Two\n\ny"
    assert body(source) == "## One\n\nx\n\n## Two\n\ny"


def test_names_of_places_lead_to_the_heading_they_stand_at() -> None:
    source = '<a name="deep"></a>\n\n## Deep place\n\n<h3 id="s1">Sub</h3>\n\n[x](#deep) [y](#s1) [z](#gone)'
    assert body(source).endswith("[x](#deep-place) [y](#sub) z")
    other = page("- [x](/other#deep)", other="# O\n\n<a id='deep'></a>\n## Deep place\n\n- o").body_markdown
    assert resolve_links(other, {"docs/other.md": "/library/o"}) == "- [x](/library/o#h-deep-place)\n"
