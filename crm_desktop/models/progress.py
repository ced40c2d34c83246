"""How far a piece of work has come, when it is one step of several."""

from collections.abc import Callable

OnProgress = Callable[[int, int], object]
"""Told how much is done, of how much."""
STEP = 1000


def part(on_progress: OnProgress | None, number: int, of: int) -> OnProgress:
    """Reports the progress of one step of several as that of the whole, in thousandths of a step."""

    def tell(done: int, total: int) -> None:
        if on_progress is not None and total:
            on_progress(number * STEP + done * STEP // total, of * STEP)

    return tell
