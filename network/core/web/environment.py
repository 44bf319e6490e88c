"""The environment of our templates: Jinja's, without what ours never need. Each part was found by profile.

The words that a template marks for translation are written into its code. English needs no catalogue, so that
`_("Sign in")` is the same at each rendering, and what stands around it becomes one text with it. Words with values in
them are put together when a page is made.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import jinja2
from flask import Flask
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer

MARK = "_"
EVERY_TEMPLATE = -1


class SharedTemplate(Template):
    """A template whose macros are made once.

    Jinja compares all global names at each import, in case a template was given some of its own; ours never are.
    That comparison was a tenth of a page's cost.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class OurContext(Context):
    """The names that one template sees. Which of them are global would be counted each time, and nobody asks."""

    def __init__(
        self,
        environment: jinja2.Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Any],
        globals: Any = None,
    ) -> None:
        super().__init__(environment, parent, name, blocks)

    def get_all(self) -> dict[str, Any]:
        """All names, for a template that is included; as Jinja's, but merged in one step."""
        if not self.vars or not self.parent:
            return self.parent or self.vars
        return self.parent | self.vars


class _Words(NodeTransformer):
    """Puts words in the place of the call that marks them."""

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802 (the name of the node)
        """A call with one constant and nothing else."""
        marked = isinstance(node.node, nodes.Name) and node.node.name == MARK
        more = node.kwargs or node.dyn_args or node.dyn_kwargs
        if marked and not more and len(node.args) == 1 and isinstance(node.args[0], nodes.Const):
            return node.args[0]
        return self.generic_visit(node, *args, **kwargs)


class WordsInside(CodeGenerator):
    """Jinja's own, given templates in which words stand as they are shown."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 (the name of the node)
        """The whole template."""
        _Words().visit(node)
        super().visit_Template(node, frame)


class OurEnvironment(Environment):
    """Flask's, with what stands above.

    It keeps every template: there are as many as we wrote, and none need be told which was used last.
    """

    template_class = SharedTemplate
    context_class = OurContext
    code_generator_class = WordsInside

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **{**options, "cache_size": EVERY_TEMPLATE})

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The global names of a template: those of all, for none has its own. Jinja's stack of two is slow to copy."""
        return super().make_globals(d) if d else self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What `obj.attribute` means in a template.

        In a mapping its key: Jinja would look for an attribute first, and each miss costs it an exception.
        """
        if type(obj) is dict:
            if attribute in obj:
                return obj[attribute]
        else:
            try:
                return getattr(obj, attribute)
            except AttributeError:
                pass
        return super().getattr(obj, attribute)
