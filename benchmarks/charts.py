"""Goal 16: the first chart of a session, its library included, and every chart after it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Row, timed
from crm_desktop.controllers.charts import Chart, Series, picture

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
GRADES = ("非常满意", "满意", "一般", "不满意", "非常不满意", "未评价")
MONTHS = tuple(f"{2025 + month // 12}-{month % 12 + 1:02}" for month in range(24))
COLUMNS = Chart(
    "stacked", "各月的满意程度", MONTHS,
    tuple(Series(name, tuple(3 + (place * month) % 7 for month in range(24))) for place, name in enumerate(GRADES)),
)  # fmt: skip
SIZE = (640, 360)
FIRST = """
import time
from benchmarks.charts import COLUMNS, SIZE, picture
started = time.perf_counter()
picture(COLUMNS, *SIZE, 96)
print(time.perf_counter() - started)
"""
FIRST_SECONDS, NEXT_SECONDS = 0.6, 0.15


def first_chart() -> Iterator[Row]:
    """In a process of its own; the window works on meanwhile."""
    command = [sys.executable, "-c", FIRST]
    times = [
        float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout)
        for _ in range(ROUNDS)
    ]
    yield Row("16", "first chart, its library included, against 600 ms", times, [FIRST_SECONDS], 1)


def next_charts() -> Iterator[Row]:
    picture(COLUMNS, *SIZE, 96)
    times = [timed(lambda: picture(COLUMNS, *SIZE, 96)) for _ in range(ROUNDS)]
    yield Row("16", "24 months of six grades against 150 ms", times, [NEXT_SECONDS], 1)
