"""Days of the lunar calendar that every Chinese calendar names."""

from datetime import date

import pytest

from crm_desktop.models.lunar import lunar_day, lunar_words


@pytest.mark.parametrize(
    ("day", "lunar"),
    [
        ("2024-02-10", (2024, 1, 1)),  # 春节
        ("2024-02-09", (2023, 12, 30)),  # 除夕
        ("2023-04-04", (2023, 2, 14)),  # in the leap second month
        ("2025-10-06", (2025, 8, 15)),  # 中秋
        ("2026-06-19", (2026, 5, 5)),  # 端午
    ],
)
def test_known_days(day: str, lunar: tuple[int, int, int]) -> None:
    assert lunar_day(date.fromisoformat(day)) == lunar


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2024-02-10", "正月初一"),
        ("2023-03-22", "闰二月初一"),
        ("2024-12-31", "腊月初一"),
        ("2025-12-20", "冬月初一"),
        ("2026-11-23", "十月十五"),
    ],
)
def test_the_words_of_the_wall_calendar(day: str, words: str) -> None:
    assert lunar_words(date.fromisoformat(day)) == words
