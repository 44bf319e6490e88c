"""The page checks themselves: each must fail on a page with the fault planted."""

from __future__ import annotations

import pytest

from tests.support.pages import check_page

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Hello – Site</title></head><body>
<header>x</header><main id="main-content"><h1>Hello</h1>%s</main><footer>x</footer></body></html>"""

FAULTS = {
    "<p id='a'></p><p id='a'></p>": "ids used twice",
    "<input name='a'>": "has no label",
    "<p style='color:red'>a</p>": "style",
    "<script>1</script>": "inline script",
    "<a href='javascript:x'>a</a>": "a script in href",
    "<button onclick='x'>a</button>": "onclick",
    "<img src='/a.png'>": "has no alt",
    "<form method='post'><button>Save</button></form>": "no CSRF token",
    "<form method='post'><input type='hidden' name='csrf_token'><input type='text' aria-label='a'></form>": "fragment",
    "<h1>Two</h1>": "one h1",
    "<a href='/x'></a>": "has no name",
    "<nav>a</nav>": "a nav has no name",
    "<button>Edit<span class='govuk-visually-hidden'>: this</span></button>": "begin with a sign",
    "<p aria-describedby='gone'>a</p>": "not there",
    "<p><div>a</div></p>": "not valid HTML: <div> is not read where it is written",
    "<p>a": "not valid HTML: </main>",
    "a</p>": "not valid HTML: </p>",
    "<ul><li>a<li>b</ul>": "not valid HTML",
    "<p><strong>a</p></strong>": "not valid HTML",
    "<table><p>a</p><tbody><tr><td>a</td></tr></tbody></table>": "not valid HTML: <table>",
    "<table><tr><td>a</td></tr></table>": "not valid HTML: <tr>",
    "<a href='/x'><a href='/y'>a</a></a>": "not valid HTML: <a>",
    "<div/>": "not valid HTML",
    "<p title='a' title='b'>a</p>": "not valid HTML: duplicate-attribute",
    "<p title='a'id='b'>a</p>": "not valid HTML: missing-whitespace",
    "&nosuch;": "not valid HTML",
    "<style>a{}</style>": "style element",
    "<form><button>Submit</button></form>": "does not say",
}


def test_what_may_stand_alone_and_what_is_drawn_is_valid() -> None:
    check_page(PAGE % "a<br>b<hr><svg viewBox='0 0 1 1'><path d='M0'/><linearGradient/></svg> a &lt; b &amp; c")
    with pytest.raises(AssertionError, match="DOCTYPE"):
        check_page((PAGE % "").removeprefix("<!DOCTYPE html>"))


def test_a_good_page_passes() -> None:
    check_page(PAGE % "<label for='a'>A</label><input id='a' name='a'>")
    with pytest.raises(AssertionError, match="does not begin"):
        check_page((PAGE % "").replace("<title>Hello", "<title>Other"))


@pytest.mark.parametrize(("fault", "message"), FAULTS.items())
def test_a_planted_fault_is_found(fault: str, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_page(PAGE % fault)
