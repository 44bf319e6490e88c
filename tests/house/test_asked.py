"""What the run on PostgreSQL leaves out is what others ask of it as well."""

from __future__ import annotations

from tests.support.asked import AT_ONCE, needed, same


def test_a_statement_is_the_same_with_more_values_and_other_numbers() -> None:
    one = "SELECT a.id AS a_id FROM a AS a_1 WHERE a_1.id IN (?) LIMIT ? OFFSET ?"
    assert same(one) == same(one.replace("(?)", "(?, ?, ?)").replace("a_1", "a_2"))
    assert same(one) != same(one.replace("IN", "NOT IN"))
    assert same("INSERT INTO a (b, c) VALUES (?, ?)") == same("INSERT INTO a (b, c) VALUES (?, ?), (?, ?), (?, ?)")


def test_every_statement_is_asked_as_often_as_is_enough_or_as_there_are_tests() -> None:
    known = {f"t{n}": ["common", f"pair {n // 2}"] for n in range(8)} | {"rare": ["rare"], "all": ["common", "pair 0"]}
    chosen = needed(known, known, 2)
    asked = [statement for test in chosen for statement in known[test]]
    assert all(asked.count(f"pair {n}") == 2 for n in range(4))
    assert asked.count("rare") == 1
    assert asked.count("common") >= 2
    assert len(chosen) < len(known)


def test_what_others_ask_already_is_left_out() -> None:
    known = {"whole": ["a", "b", "c"], "part": ["a", "b"], "again": ["a", "b", "c"], "one": ["c"]}
    assert needed(known, known, 2) == {"whole", "again"}
    assert needed(known, known, 1) == {"whole"}


def test_new_tests_and_those_that_do_things_at_once_are_always_run() -> None:
    known = {"long": ["a", "b"], "together": ["a", AT_ONCE]}
    assert needed(["long", "together", "new"], known, 1) == {"together", "new", "long"}
    assert needed(["together", "new", "short"], known | {"short": ["a"]}, 1) == {"together", "new"}
