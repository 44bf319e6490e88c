"""A Blueprint in which no route can forget to say who may use it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, cast

from flask import Blueprint, Flask, g
from flask.blueprints import BlueprintSetupState

from network.core.web.access import Access, refuse

View = Callable[..., Any]


class Area(Blueprint):
    """The pages of one feature. `@area.get("/x", access=readers)`: a route without `access` does not start."""

    def __init__(self, name: str, import_name: str, **options: Any) -> None:
        super().__init__(name, import_name, **options)
        self.access: dict[str, Access] = {}
        self.record(self._publish_access)

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: View | None = None,
        provide_automatic_options: bool | None = None,
        **options: Any,
    ) -> None:
        """As Flask's, with the required `access`."""
        access = options.pop("access", None)
        if not isinstance(access, Access):
            raise TypeError(f"the route {rule} of {self.name} does not say who may use it (access=…)")
        if view_func is None:
            raise TypeError(f"the route {rule} of {self.name} has no view")
        endpoint = endpoint or view_func.__name__
        self.access[endpoint] = access
        super().add_url_rule(rule, endpoint, _guarded(view_func, access), provide_automatic_options, **options)

    def _publish_access(self, state: BlueprintSetupState) -> None:
        for endpoint, access in self.access.items():
            access_of(cast(Flask, state.app))[f"{self.name}.{endpoint}"] = access


def access_of(app: Flask) -> dict[str, Access]:
    """The rule of every endpoint, for the route table and its test."""
    table: dict[str, Access] = app.extensions.setdefault("access", {})
    return table


def _guarded(view: View, access: Access) -> View:
    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not access.allows(g.viewer):
            return refuse(access)
        return view(*args, **kwargs)

    return guarded
