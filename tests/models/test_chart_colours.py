"""Chart colours: told apart in grey, by colour-blind readers, and on a dark window."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.models.chart_colours import (
    APART,
    CHART_COLOURS,
    DARKEST_ON_DARK,
    PAPER,
    ChartPalette,
    channels,
    lightness,
    on,
    patterns,
)
from crm_desktop.models.dictionaries import DICTIONARIES

DARK = ChartPalette(background="#212529")
HATCHES = ("", "////", "...", "\\\\\\\\", "xxxx", "---", "|||", "++")
GRADES = [str(item.attributes["colour"]) for item in DICTIONARIES["satisfaction"].items]
# Machado, Oliveira and Fernandes (2009): how somebody without green cones sees linear red, green and blue.
DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def seen_without_green(colour: str) -> tuple[float, ...]:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels(colour)]
    mixed = (sum(weight * part for weight, part in zip(row, linear, strict=True)) for row in DEUTERANOPIA)
    return tuple(max(0.0, part) ** (1 / 2.4) for part in mixed)


def distance(one: str, other: str) -> float:
    pairs = zip(seen_without_green(one), seen_without_green(other), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def test_lightness_is_what_is_left_in_grey() -> None:
    assert [round(lightness(colour)) for colour in ("#000000", "#777777", "#ffffff")] == [0, 50, 100]
    assert lightness("#00ff00") > lightness("#ff0000") > lightness("#0000ff")


def test_neighbours_of_the_palette_differ_in_lightness() -> None:
    assert all(abs(lightness(one) - lightness(other)) > APART for one, other in pairwise(CHART_COLOURS))


def test_a_colour_blind_reader_tells_neighbours_apart() -> None:
    assert min(distance(one, other) for one, other in pairwise(CHART_COLOURS)) > 0.2
    assert min(distance(one, other) for one, other in pairwise(GRADES)) > 0.1


def test_what_is_as_light_as_another_is_hatched() -> None:
    for chosen in (CHART_COLOURS, GRADES, [*GRADES, "#9e9e9e"]):
        hatches = patterns(chosen, HATCHES)
        looks = list(zip(chosen, hatches, strict=True))
        assert all(
            abs(lightness(one) - lightness(other)) >= APART or hatch != another
            for (one, hatch), (other, another) in combinations(looks, 2)
        )
        assert hatches[0] == ""


@given(st.lists(colours, max_size=len(HATCHES)))
def test_no_choice_of_an_office_makes_two_alike(chosen: list[str]) -> None:
    looks = list(zip(chosen, patterns(chosen, HATCHES), strict=True))
    assert all(
        abs(lightness(one) - lightness(other)) >= APART or hatch != another
        for (one, hatch), (other, another) in combinations(looks, 2)
    )


@given(colours)
def test_a_colour_is_seen_on_a_dark_window_and_kept_on_paper(colour: str) -> None:
    assert lightness(DARK.colour(0, colour)) >= DARKEST_ON_DARK
    assert PAPER.colour(0, colour) == colour


@given(colours)
def test_words_on_a_colour_can_be_read(colour: str) -> None:
    assert abs(lightness(on(colour)) - lightness(colour)) > 38


def test_a_series_without_a_colour_takes_the_next() -> None:
    assert [PAPER.colour(place) for place in range(9)] == [*CHART_COLOURS, CHART_COLOURS[0]]
