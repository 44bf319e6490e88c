"""Forms of organisations."""

from __future__ import annotations

import re
from typing import Any

from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from network.core.text.folding import folded
from network.core.web.editing import EditingForm
from network.core.web.fields import Written, fits, one_line
from network.core.web.forms import CreatingForm, Form
from network.organisations.models import (
    KINDS,
    LONGEST_ABOUT,
    LONGEST_DOMAIN,
    LONGEST_NAME,
    MOST_DOMAINS,
    SIZES,
)

_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
# At least two labels: nobody's staff are all who have an address in a country.
DOMAIN = re.compile(rf"({_LABEL}\.)+[a-z]([a-z0-9-]{{0,61}}[a-z0-9])")


# Under these anybody may have an address: whoever joined with one would be shown as staff.
ANYBODYS = frozenset((
    "ac.uk", "co.uk", "gov.uk", "ltd.uk", "me.uk", "net.uk", "nhs.uk", "org.uk", "plc.uk", "police.uk", "sch.uk",
    "aol.com", "btinternet.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.net", "googlemail.com", "hotmail.com",
    "hotmail.co.uk", "icloud.com", "live.com", "live.co.uk", "mail.com", "msn.com", "outlook.com", "proton.me",
    "protonmail.com", "sky.com", "talktalk.net", "virginmedia.com", "yahoo.com", "yahoo.co.uk", "ymail.com", "zoho.com",
))  # fmt: skip


def is_domain(text: str) -> bool:
    """Could addresses end in this, behind their @?"""
    return len(text) <= LONGEST_DOMAIN and DOMAIN.fullmatch(text) is not None


class _OrganisationFields(Form):
    """What an organisation is, and by which addresses its staff are known."""

    name = StringField("Name", [Written("Enter a name"), fits("Name", LONGEST_NAME)], filters=[one_line])
    kind = SelectField(
        "Type", [InputRequired("Choose a type")], choices=[("", "Choose a type"), *KINDS.items()], default=""
    )
    size = SelectField(
        "Size",
        [InputRequired("Choose a size")],
        choices=[("", "Choose a size"), *SIZES.items()],
        default="",
        description="Type and size decide which organisations are “like mine” to others.",
    )
    domains = TextAreaField(
        "Email domains of its staff (optional)",
        description="One on each line, such as council.example. It includes addresses at it.council.example. Several "
        "organisations can have the same domain: then people choose.",
    )
    about = TextAreaField(
        "About (optional)", [fits("About", LONGEST_ABOUT)], description="Two or three sentences for its page."
    )

    @property
    def all_domains(self) -> list[str]:
        """The lines that say something, each once, without an @ that was typed with them."""
        lines = ("".join(line.split()).lower().removeprefix("@") for line in (self.domains.data or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def validate_name(self, field: Any) -> None:
        """Something that has an address."""
        if not folded(field.data):
            raise ValidationError("Enter a name with letters or digits in it")

    def validate_domains(self, field: Any) -> None:
        """Whole domains."""
        if len(self.all_domains) > MOST_DOMAINS:
            raise ValidationError(f"Enter {MOST_DOMAINS} domains or fewer")
        for domain in self.all_domains:
            if not is_domain(domain):
                raise ValidationError(f"“{domain[:80]}” is no email domain. Enter one like council.example")
            if domain in ANYBODYS:
                raise ValidationError(
                    f"Anybody may have an address at {domain}. Enter a domain that only its staff have"
                )


class AddOrganisationForm(_OrganisationFields, CreatingForm):
    """A new organisation."""


class EditOrganisationForm(_OrganisationFields, EditingForm):
    """Other words for an organisation, or other domains."""
