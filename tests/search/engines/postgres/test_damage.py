"""What a database alone can suffer; what all engines can is asked in tests/search/test_contract_damage.py."""

from __future__ import annotations

import psycopg
import pytest

from search.contract import EngineBusy, EngineError
from search.engines.postgres import PostgresEngine
from tests.search.building import EVERYONE, ask, document, keys
from tests.search.damage import TABLES
from tests.search.engines.postgres.conftest import Opener, Run
from tests.support.postgres import shared_postgres


def fill(engine: PostgresEngine) -> None:
    with engine.rebuild() as new:
        new.put([document(f"d{n}", "Parental leave", "asbestos", facets={"topic": ("pay",)}) for n in range(5)])


def test_old_indexes_do_not_pile_up(engine: PostgresEngine, schema: str) -> None:
    for _ in range(4):
        fill(engine)
    with psycopg.connect(shared_postgres()) as connection:
        tables = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = %s AND tablename LIKE 'search_%%_documents'", (schema,)
        ).fetchall()
    assert tables == [(2,)], "the one in use and the one before"


def test_documents_taken_out_of_the_tables_are_unhealthy(engine: PostgresEngine, run: Run) -> None:
    fill(engine)
    run("DELETE FROM search_1_documents WHERE key = 'd3'")
    assert not engine.health().ok
    assert "d3" not in engine.versions()


def test_an_index_of_another_form_is_not_written(engine: PostgresEngine, run: Run) -> None:
    fill(engine)
    run(TABLES["another form"])
    with pytest.raises(EngineError, match="another form"):
        engine.put([document("new", "Leave")])


def test_a_server_that_is_away(schema: str) -> None:
    engine = PostgresEngine("postgresql://nobody@/nowhere?host=/tmp/no-such-folder", schema)
    for attempt in (
        lambda: ask(engine, "leave"), lambda: engine.put([document("a", "Leave")]), lambda: engine.remove(["a"]),
        lambda: engine.complete("lea", EVERYONE), lambda: engine.frequencies(["leave"], EVERYONE), engine.versions,
        lambda: engine.rebuild().__enter__(),
    ):  # fmt: skip
        with pytest.raises(EngineError):
            attempt()
    assert engine.needs_rebuild()
    assert not engine.health().ok


def test_a_restart_of_the_server_is_got_over(engine: PostgresEngine) -> None:
    fill(engine)
    assert ask(engine, "asbestos").total == 5
    with psycopg.connect(shared_postgres(), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'search' AND state <> 'active'"
        )
    assert ask(engine, "asbestos").total == 5
    engine.put([document("new", "Asbestos")])
    assert ask(engine, "asbestos").total == 6


def test_a_rebuild_whose_connection_dies_changes_nothing(engine: PostgresEngine) -> None:
    fill(engine)

    def die_within() -> None:
        with engine.rebuild() as new:
            new.put([document("new", "Leave")])
            with psycopg.connect(shared_postgres(), autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'"
                )
            new.put([document("newer", "Leave")])

    with pytest.raises(EngineError):
        die_within()
    assert ask(engine, "asbestos").total == 5
    assert not engine.needs_rebuild()
    fill(engine)


def test_no_right_to_make_tables_is_an_engine_error(engine: PostgresEngine, schema: str, run: Run) -> None:
    run(f'CREATE ROLE reader_{schema} LOGIN; GRANT USAGE ON SCHEMA "{schema}" TO reader_{schema}')
    try:
        url = shared_postgres().replace("postgres:@", f"reader_{schema}@", 1)
        reader = PostgresEngine(url, schema)
        with pytest.raises(EngineError), reader.rebuild():
            pass
        with pytest.raises(EngineError):
            reader.put([document("a", "Leave")])
        reader.close()
    finally:
        run(f'REVOKE ALL ON SCHEMA "{schema}" FROM reader_{schema}; DROP ROLE reader_{schema}')


def test_time_running_out_gives_what_there_is(opener: Opener) -> None:
    fill(opener())
    results = ask(opener(time_limit=0.001), "asbestos " + " ".join(f"word{n}" for n in range(30)))
    assert results.seconds < 3
    assert set(keys(results)) <= {f"d{n}" for n in range(5)}


def test_a_lock_held_for_too_long_means_busy(
    engine: PostgresEngine, schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.engines.postgres import connections

    fill(engine)
    monkeypatch.setattr(
        connections, "_WRITING", connections._WRITING.replace("lock_timeout = '5s'", "lock_timeout = 50")
    )
    with psycopg.connect(shared_postgres()) as other:
        other.execute(f'SET search_path = "{schema}"'.encode())
        other.execute("SELECT * FROM search_indexes WHERE current FOR UPDATE")
        with pytest.raises(EngineBusy):
            engine.put([document("new", "Leave")])
        assert ask(engine, "asbestos").total == 5, "readers do not wait for writers"
    engine.put([document("new", "Leave")])
