"""Running numbers never come back."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.db import Database, serials


def test_numbers_run_by_prefix_without_case(database: Database) -> None:
    assert [serials.take(database, "i010"), serials.take(database, "I010"), serials.take(database, "n010")] == [1, 2, 1]


def test_several_numbers_are_taken_at_once(database: Database) -> None:
    assert [serials.take(database, "i010", 5), serials.take(database, "i010"), serials.take(database, "i010", 2)] == [1, 6, 7]


def test_looking_takes_nothing(database: Database) -> None:
    assert [serials.peek(database, "i010"), serials.peek(database, "i010"), serials.take(database, "i010")] == [1, 1, 1]
    assert serials.peek(database, "I010") == 2


def test_a_number_taken_in_a_transaction_that_fails_is_free_again(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.atomic():
        serials.take(database, "i010")
        raise ZeroDivisionError
    assert serials.take(database, "i010") == 1


def test_a_retired_code_stays_retired_in_any_case(database: Database) -> None:
    assert serials.retired(database, ["i010110"]) == set()
    serials.retire(database, "I010110")
    serials.retire(database, "i010110")
    assert serials.retired(database, ["i010110", "i010111"]) == {"I010110"}
    assert serials.peek(database, "i010") == 1


PREFIXES = st.lists(st.tuples(st.sampled_from(["i010", "I010", "n0431", "N0431", "x", "𠮷"]), st.integers(1, 5)), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(PREFIXES.map(dict))
def test_many_prefixes_at_once_get_what_each_would(database: Database, counts: dict[str, int]) -> None:
    def kept(take: Callable[[], dict[str, int]]) -> tuple[dict[str, int], list[tuple[str, int]]]:
        with database.atomic():
            return take(), [tuple(row) for row in database.query("SELECT prefix, last FROM serials ORDER BY prefix")]

    database.execute("DELETE FROM serials")
    database.execute("INSERT INTO serials VALUES ('I010', 7)")
    one_by_one = kept(lambda: {prefix: serials.take(database, prefix, count) for prefix, count in counts.items()})
    database.execute("DELETE FROM serials")
    database.execute("INSERT INTO serials VALUES ('I010', 7)")
    assert kept(lambda: serials.take_many(database, counts)) == one_by_one
