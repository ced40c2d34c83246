"""Running numbers never come back."""

import pytest

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
