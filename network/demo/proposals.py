"""Changes that people of the demo network suggested to guides, and what they were answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from network.core.transaction import transaction
from network.demo import files, finding
from network.groups.viewers import viewer_of
from network.library.content import lay_out
from network.library.queries.writing import text_of
from network.library.suggestions import actions
from network.library.suggestions.actions import Proposal
from network.library.suggestions.content import put_together
from network.library.wording import Words
from network.threads.writing import render_post


def load_suggestions(people: dict[str, int], progress: Callable[[int], object]) -> None:
    """Send each as its author, let others talk about it, and answer those that have an answer."""
    for row in files.rows("suggestions"):
        guide_id = finding.guide_id(row["guide"])
        text = text_of(guide_id)
        body = text.body
        for change in row["change"]:
            if change["from"] not in body:
                raise ValueError(f"{row['guide']} does not say “{change['from']}”")
            body = body.replace(change["from"], change["to"], 1)
        proposal = Proposal(text.version, text.title, text.summary, body, row["why"])
        with transaction():
            sent = actions.send(
                viewer=viewer_of(people[row["by"]]), guide_id=guide_id, proposal=proposal, at=files.ago(row["days_ago"])
            )
            number = sent.number or 0
        _talk(row, guide_id, number, people)
        if "answer" in row:
            _answer(row["answer"], guide_id, number, proposal, people)
        progress(1)


def _talk(row: dict[str, Any], guide_id: int, number: int, people: dict[str, int]) -> None:
    for post in row.get("posts", ()):
        html = render_post(post["body"]).html
        with transaction():
            actions.say(
                viewer=viewer_of(people[post["by"]]),
                guide_id=guide_id,
                number=number,
                body=post["body"],
                html=html,
                at=files.ago(post["days_ago"]),
            )


def _answer(answer: dict[str, Any], guide_id: int, number: int, proposal: Proposal, people: dict[str, int]) -> None:
    common: dict[str, Any] = {
        "viewer": viewer_of(people[answer["by"]]),
        "guide_id": guide_id,
        "number": number,
        "at": files.ago(answer["days_ago"]),
    }
    if "decline" in answer:
        with transaction():
            actions.decline(**common, answer=answer["decline"])
        return
    words = Words(proposal.title, proposal.summary, proposal.body)
    content = put_together(text_of(guide_id), words, lay_out(proposal.body))
    with transaction():
        actions.accept(**common, content=content, base_version=proposal.base_version, answer=answer["accept"])
