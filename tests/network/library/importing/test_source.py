"""SOURCE.md says where guides come from."""

from __future__ import annotations

import pytest

from network.library.importing.documents import Source
from network.library.importing.source import licence_id, read_source


def test_a_repository_gives_name_and_address() -> None:
    licence = "Open Government Licence v2.0 (content); MIT (code)"
    text = f"# Source\n\n- Repository: org/manual (public GitHub)\n- Licence: {licence}\n"
    assert read_source(text) == Source("org/manual", "https://github.com/org/manual", "OGL-UK-2.0")


def test_plain_fields_are_read_in_any_style() -> None:
    text = "* **Name:** The Handbook\n* **Address:** <https://handbook.example/>\n* **Licence:** CC BY 4.0\n"
    assert read_source(text) == Source("The Handbook", "https://handbook.example/", "CC-BY-4.0")


def test_nothing_is_made_up() -> None:
    assert read_source("Just words.") == Source()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Open Government Licence - Canada", "OGL-Canada-2.0"),
        ("Open Government Licence v3.0", "OGL-UK-3.0"),
        ("CC0 1.0 / US public domain", "CC0-1.0"),
        ("All rights reserved", ""),
    ],
)
def test_licences_we_know_get_their_id(words: str, name: str) -> None:
    assert licence_id(words) == name


def test_another_licence_is_kept_in_its_words() -> None:
    assert read_source("- Licence: Etalab 2.0").licence == "Etalab 2.0"
