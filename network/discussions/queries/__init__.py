"""Reading discussions. Every list goes through the one visibility rule; none makes a query per row."""

from __future__ import annotations

from network.discussions.queries.lists import (
    DiscussionRow,
    discussions_of_topics,
    group_page,
    open_question_count,
    questions_page,
)
from network.discussions.queries.people import answers_of_person, questions_of_person
from network.discussions.queries.reading import DiscussionHead, discussion_head, filed_words, groups_to_choose

__all__ = [
    "DiscussionHead",
    "DiscussionRow",
    "answers_of_person",
    "discussion_head",
    "discussions_of_topics",
    "filed_words",
    "group_page",
    "groups_to_choose",
    "open_question_count",
    "questions_of_person",
    "questions_page",
]
