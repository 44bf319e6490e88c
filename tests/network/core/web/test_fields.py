"""Form controls and the few other parts of govuk-frontend that we write ourselves: same markup as the package's own."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from wtforms import (
    BooleanField,
    FileField,
    Form,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice

from tests.support.components import ROOT, make_environment, read, tags

GOVUK = ROOT / "node_modules/govuk-frontend/dist/govuk/components"
FIELDS = {
    "input": StringField,
    "textarea": TextAreaField,
    "character-count": TextAreaField,
    "select": SelectField,
    "radios": RadioField,
    "checkboxes": SelectMultipleField,
    "password-input": PasswordField,
    "file-upload": FileField,
}
MACROS = {"character-count": "textarea", "password-input": "password", "file-upload": "file"}
CASES = {
    "input": [
        "default",
        "with hint text",
        "with error message",
        "with error and hint",
        "with width-10 class",
        "value",
        "custom type",
        "inputmode",
        "with autocomplete attribute",
        "with spellcheck enabled",
        "with spellcheck disabled",
    ],
    "textarea": [
        "default",
        "with hint",
        "with error message",
        "with default value",
        "with custom rows",
        "with hint and error message",
    ],
    "character-count": ["default", "with hint", "with hint and error", "with default value", "with custom rows"],
    "select": ["with hint text and error message"],
    "radios": ["default", "with hint", "with hint and error message"],
    "checkboxes": ["with hint", "with error message", "small", "small with error", "with error message and hint"],
    "password-input": ["default", "with hint text", "with error message", "with new-password autocomplete"],
    "file-upload": ["default", "with hint text", "with error message and hint", "allows multiple files"],
}
OURS = ("data-module", "xmlns", "role")


def macro(name: str) -> Any:
    return getattr(make_environment().get_template("components/fields.html").module, name)


@cache
def fixture(component: str, name: str) -> dict[str, Any]:
    if not GOVUK.exists():
        pytest.skip("govuk-frontend is not installed here: run npm ci --ignore-scripts")
    fixtures = json.loads((GOVUK / component / "fixtures.json").read_text())["fixtures"]
    found: dict[str, Any] = next(each for each in fixtures if each["name"] == name)
    return found


def bound(component: str, options: dict[str, Any]) -> Any:
    """A WTForms field that says what the fixture's options say."""
    label = options.get("label") or options.get("fieldset", {}).get("legend", {})
    wanted: dict[str, Any] = {
        "label": label.get("text"),
        "id": options.get("id") or options.get("idPrefix") or options["name"],
    }
    if component in ("select", "radios", "checkboxes"):
        items = [item for item in options["items"] if item and "divider" not in item]
        chosen = [
            str(i["value"])
            for i in items
            if i.get("selected") or i.get("checked") or i["value"] == options.get("value")
        ]
        wanted["choices"] = [SelectChoice(str(item["value"]), item["text"]) for item in items]
        wanted["default"] = chosen if component == "checkboxes" else next(iter(chosen), None)
    elif "value" in options:
        wanted["default"] = options["value"]
    form = type("OneField", (Form,), {options["name"]: FIELDS[component](**wanted)})()
    field = form[options["name"]]
    if "errorMessage" in options:
        field.errors = [options["errorMessage"]["text"]]
    return field


def arguments(component: str, options: dict[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {
        key: options[key]
        for key in ("autocomplete", "spellcheck", "inputmode", "rows", "type", "multiple")
        if key in options
    }
    given["hint"] = options.get("hint", {}).get("text", "")
    classes = options.get("classes", "")
    if component == "character-count":
        given["count"] = options["maxlength"]
    if "width-" in classes:
        given["width"] = classes.rpartition("-")[2]
    if component in ("radios", "checkboxes"):
        given["small"] = "--small" in classes
        given["hints_by_value"] = {str(i["value"]): i["hint"]["text"] for i in options["items"] if i and "hint" in i}
    return given


def normal(html: str) -> list[Any]:
    """Without what we leave out on purpose: modules without script, the legend's size, an input's empty value."""
    parts: list[Any] = []
    for part in read(html):
        if not isinstance(part, str):
            tag, attributes = part
            kept = {name: value for name, value in attributes.items() if name not in OURS}
            kept["class"] = " ".join(sorted(set(kept.get("class", "").split()) - {"govuk-fieldset__legend--s"}))
            if tag == "input" and not kept.get("value"):
                kept.pop("value", None)
            part = (tag, kept)
        parts.append(part)
    return parts


@pytest.mark.parametrize(
    ("component", "name"), [(component, name) for component, names in CASES.items() for name in names]
)
def test_a_control_is_marked_up_as_in_govuk_frontend(component: str, name: str) -> None:
    case = fixture(component, name)
    field = bound(component, case["options"])
    ours = macro(MACROS.get(component, component))(field, **arguments(component, case["options"]))
    assert normal(ours) == normal(case["html"])


@pytest.mark.parametrize("name", ["default", "with many pages", "first page", "last page"])
def test_page_links_are_marked_up_as_in_govuk_frontend(name: str) -> None:
    case = fixture("pagination", name)
    options = case["options"]
    pages = {
        "items": [{"address": item.get("href"), **item} for item in options["items"]],
        **{side: options[side]["href"] for side in ("previous", "next") if side in options},
    }
    pagination: Any = make_environment().get_template("components/pagination.html").module
    assert normal(pagination.pagination(pages, label="Pagination")) == normal(case["html"])


HOSTILE = "\"><script>alert(1)</script>' onfocus='x"


class Everything(Form):
    """One control of each kind, each with a hint."""

    token = HiddenField(default=HOSTILE)
    title = StringField(HOSTILE, description=HOSTILE, default=HOSTILE, render_kw={"data-note": HOSTILE})
    body = TextAreaField(HOSTILE, description=HOSTILE, default="</textarea>" + HOSTILE)
    words = TextAreaField(HOSTILE, description=HOSTILE, default="</textarea>" + HOSTILE)
    kind = SelectField(HOSTILE, description=HOSTILE, choices=[SelectChoice(HOSTILE, HOSTILE)])
    result = RadioField(HOSTILE, description=HOSTILE, choices=[SelectChoice(HOSTILE, HOSTILE), SelectChoice("b", "B")])
    topics = SelectMultipleField(
        HOSTILE, description=HOSTILE, choices=[SelectChoice(HOSTILE, HOSTILE)], default=[HOSTILE]
    )
    agreed = BooleanField(HOSTILE, description=HOSTILE)
    password = PasswordField(HOSTILE, description=HOSTILE, default=HOSTILE)
    photo = FileField(HOSTILE, description=HOSTILE)


KINDS = {
    "title": "input",
    "body": "textarea",
    "kind": "select",
    "result": "radios",
    "topics": "checkboxes",
    "agreed": "checkbox",
    "password": "password",
    "photo": "file",
}


def everything(*, errors: bool) -> tuple[Form, str]:
    form = Everything()
    if errors:
        for field in form:
            field.errors = [HOSTILE]
    parts = [str(macro(kind)(form[name])) for name, kind in KINDS.items()]
    summary: Any = make_environment().get_template("components/error_summary.html").module
    composer: Any = make_environment().get_template("components/composer.html").module
    parts += [str(macro("hidden")(form)), str(composer.composer(form.words)), str(summary.error_summary(form))]
    return form, "".join(parts)


@pytest.mark.parametrize("errors", [False, True])
def test_hostile_text_in_a_form_comes_out_as_text(errors: bool) -> None:
    found = tags(everything(errors=errors)[1])
    assert "script" not in {tag for tag, _ in found}
    assert not [name for _, attributes in found for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("errors", [False, True])
def test_ids_in_a_form_are_unique_and_every_reference_is_there(errors: bool) -> None:
    found = [attributes for _, attributes in tags(everything(errors=errors)[1])]
    ids = [attributes["id"] for attributes in found if "id" in attributes]
    assert len(ids) == len(set(ids))
    for attributes in found:
        for reference in ("for", "aria-describedby", "aria-controls"):
            assert set(attributes.get(reference, "").split()) <= set(ids)


def test_the_summary_of_errors_leads_to_each_field_but_not_to_hidden_ones() -> None:
    form, html = everything(errors=True)
    ids = {attributes["id"] for _, attributes in tags(html) if "id" in attributes}
    links = {attributes["href"][1:] for tag, attributes in tags(html) if tag == "a" and attributes["href"][0] == "#"}
    assert links == {field.id for field in form if field.name != "token"}
    assert links <= ids


def test_what_was_chosen_is_chosen_again() -> None:
    form = Everything(data={"kind": HOSTILE, "result": "b", "topics": [HOSTILE]})
    chosen = [
        (tag, attributes.get("value"))
        for name in ("kind", "result", "topics")
        for tag, attributes in tags(macro(KINDS[name])(form[name]))
        if "selected" in attributes or "checked" in attributes
    ]
    assert chosen == [("option", HOSTILE), ("input", "b"), ("input", HOSTILE)]


def test_a_password_is_never_sent_back() -> None:
    assert HOSTILE not in [
        attributes.get("value")
        for tag, attributes in tags(everything(errors=True)[1])
        if attributes.get("type") == "password"
    ]


def test_a_text_that_begins_with_an_empty_line_keeps_it() -> None:
    form = Everything(data={"body": "\n# Title"})
    # A browser drops the first line end after <textarea>, so one more than the text has must be there.
    assert ">\n\n# Title</textarea>" in macro("textarea")(form.body)


def test_nothing_is_marked_required_so_that_our_own_messages_show() -> None:
    assert not [attributes for _, attributes in tags(everything(errors=False)[1]) if "required" in attributes]
