"""One form for all spellings, and the same one that the search library compares words in."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from network.core.text.folding import folded
from search.alternatives import folded_words


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("  Freedom of   INFORMATION ", "freedom of information"),
        ("Information Commissioner’s Office", "information commissioner office"),
        ("Café Glan Tŵyn", "cafe glan twyn"),
        ("education, health and care plan", "education health and care plan"),
        ("GOV.UK", "gov uk"),
        ("multi-agency", "multi agency"),
        ("C++ and .NET", "c++ and .net"),
        ("Straße", "strasse"),
        ("𝐓eam ᴺᴴˢ", "team nhs"),
        ("?! -- …", ""),
    ],
)
def test_examples(written: str, plain: str) -> None:
    assert folded(written) == plain


@given(st.text(max_size=80))
@example("o’neill’s c# naïve\u0301 ﷺ ŀ ½ 𝐓eam ᵀ")
def test_it_is_the_form_of_the_search_library(text: str) -> None:
    assert folded(text) == " ".join(folded_words(text).split())
