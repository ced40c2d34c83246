"""The colours of every chart, on screen and on paper: told apart in grey and by colour-blind readers."""

from collections.abc import Sequence
from dataclasses import dataclass

CHART_COLOURS = ("#0b4f9e", "#e8a33d", "#2a8f6b", "#8fc1e8", "#c94f3d", "#d9d36a", "#7d5ba6", "#8a8f94")
"""For series that bring no colour of their own; neighbours differ in lightness too."""
DARKEST_ON_DARK = 42.0
"""A colour darker than this (L*) would sink into a dark window."""
APART = 14.0
"""Fills closer than this in lightness look alike in grey, so that one of them must be hatched."""


@dataclass(frozen=True)
class ChartPalette:
    """What a chart is drawn with, each as ``#rrggbb``."""

    background: str = "#ffffff"
    text: str = "#1f2328"
    muted: str = "#5c636a"
    grid: str = "#dcdfe3"
    colours: tuple[str, ...] = CHART_COLOURS

    def colour(self, place: int, own: str = "") -> str:
        """The colour of a series, light enough to be seen on the background."""
        chosen = (own or self.colours[place % len(self.colours)]).lower()
        if lightness(self.background) > 50:
            return chosen
        while lightness(chosen) < DARKEST_ON_DARK:
            chosen = mixed("#ffffff", chosen, 0.1)
        return chosen


PAPER = ChartPalette()
"""Charts that are printed or saved, whatever the window looks like."""


def mixed(colour: str, other: str, share: float) -> str:
    """``share`` of ``colour`` in ``other``."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(255 * (a * share + b * (1 - share))):02x}" for a, b in pairs)


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue, each from 0 to 1."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def lightness(colour: str) -> float:
    """How light a colour looks (CIE L*): 0 is black, 100 white; what is left of it in grey."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def on(colour: str) -> str:
    """Black or white, whichever is read better on ``colour``."""
    return "#ffffff" if lightness(colour) < 58 else "#1f2328"


def patterns(colours: Sequence[str], available: Sequence[str]) -> list[str]:
    """A pattern for each fill, the first of ``available`` (the plain one) where lightness alone tells it apart."""
    chosen: list[str] = []
    for place, colour in enumerate(colours):
        alike = [chosen[other] for other in range(place) if abs(lightness(colours[other]) - lightness(colour)) < APART]
        chosen.append(min(available, key=alike.count))
    return chosen
