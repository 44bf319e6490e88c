"""The closed list of licences that a guide may carry, with the names and links that readers see.

Identifiers are those of the SPDX list; addresses are those of the licensors.
"""

from __future__ import annotations

from typing import NamedTuple


class Licence(NamedTuple):
    """A licence as readers see it."""

    name: str
    address: str


LICENCES: dict[str, Licence] = {
    "CC-BY-4.0": Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "OGL-UK-3.0": Licence(
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    "OGL-UK-2.0": Licence(
        "Open Government Licence v2.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/",
    ),
    "OGL-Canada-2.0": Licence(
        "Open Government Licence – Canada",
        "https://open.canada.ca/en/open-government-licence-canada",
    ),
    "CC0-1.0": Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
