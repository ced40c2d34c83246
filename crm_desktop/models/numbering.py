"""Numbers of documents: a prefix, the day, and a serial that begins anew each day: ``TS20261122-001``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Numbering:
    """``prefix`` tells the kind of document; ``width`` digits at least count those of one day."""

    prefix: str
    day_field: str = "date"
    """The record's date that stands in the number: an old record entered late is numbered by its own day."""
    width: int = 3

    def start(self, day: str) -> str:
        """What all numbers of one ISO day begin with."""
        return f"{self.prefix}{day.replace('-', '')}-"

    def text(self, day: str, serial: int) -> str:
        """The number of the ``serial``-th document of a day, counted from 1."""
        return f"{self.start(day)}{serial:0{self.width}d}"
