"""Forms that change what stands: they know what they showed, and show both texts when somebody else was faster."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from wtforms import Field, HiddenField
from wtforms.validators import Length

from network.core.stale import fingerprint
from network.core.text.diff import Difference, difference
from network.core.web.forms import Form


class Comparison(NamedTuple):
    """What differs in one part: a field, or a part of a guide; and a sentence that says how much, where one helps."""

    part: str
    change: Difference
    how_much: str


class EditingForm(Form):
    """Begins from `stored`, the words under the names of its fields; sends their fingerprint along as `base`."""

    base = HiddenField(validators=[Length(max=64)])

    def __init__(self, stored: Mapping[str, Any], **options: Any) -> None:
        super().__init__(data={**stored, "base": fingerprint(stored)}, **options)

    def show_both(self, stored: Mapping[str, Any], message: str) -> list[Comparison]:
        """What differs from the stored words, field by field. Sent again, the form replaces them knowingly."""
        self.base.data = fingerprint(stored)
        self.form_errors.append(f"{message} while you were writing. Compare the two before you save")
        pairs = [(self[name], _shown(self[name], value), _shown(self[name])) for name, value in stored.items()]
        found = [(field, difference(was, now)) for field, was, now in pairs if was != now]
        return [Comparison(str(field.label.text), change, change.summary) for field, change in found]


_TYPED = object()


def _shown(field: Field, value: Any = _TYPED) -> str:
    """A value as the reader of a form knows it: the words of its choices, one line each."""
    value = field.data if value is _TYPED else value
    if isinstance(value, bool):
        return "Yes" if value else "No"
    choices = {str(key): str(words) for key, words, *_ in getattr(field, "choices", None) or ()}
    values = value if isinstance(value, list) else [value]
    return "\n".join(sorted(choices.get(str(one), str(one)) for one in values if one is not None))
