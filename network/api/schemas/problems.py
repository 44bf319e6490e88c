"""What is said when something goes wrong."""

from __future__ import annotations

from network.api.schemas.parts import AnswerSchema, OtherSchema, many, moment, one, string, whole


class FaultSchema(AnswerSchema):
    """A parameter that is wrong."""

    parameter = string("Its name.")
    detail = string("What is wrong with it.")


class ProblemSchema(AnswerSchema):
    """What went wrong, as in RFC 9457."""

    type = string("The paragraph about it on the page about this interface.", "uri")
    title = string("The same for every problem of its type.")
    status = whole("The status of the answer.")
    detail = string("What happened, in a sentence.")
    errors = many(FaultSchema, "The parameters that are wrong, 20 at most; with 400 only.")


class WithdrawnSchema(ProblemSchema):
    """A guide that was withdrawn: what it was, why it is gone and what replaces it. With 410.

    Of a discussion only the sentence says so.
    """

    state = string("How far it can be trusted.", among=("withdrawn",))
    guide = one(OtherSchema, "What it was.")
    withdrawn = moment("When.")
    withdrawn_by = string("By whom.", among=("owner", "administrator"))
    reason = string("Why, in their words.")
    superseded_by = one(OtherSchema, "The guide that takes its place, where everybody may read that.")
