"""Goal 7: the first chart of a session, its library included, and every chart after it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Row, cost
from crm_desktop.controllers.charts import Chart, Series, picture

ROOT = Path(__file__).resolve().parent.parent
GRADES = ("非常满意", "满意", "一般", "不满意", "非常不满意", "未评价")
MONTHS = tuple(f"{2025 + month // 12}-{month % 12 + 1:02}" for month in range(24))
VALUES = tuple(tuple(3 + (place * month) % 7 for month in range(24)) for place in range(6))
COLUMNS = Chart(
    "stacked", "各月的满意程度", MONTHS,
    tuple(Series(name, values) for name, values in zip(GRADES, VALUES, strict=True)),
)  # fmt: skip
SIZE = (640, 360)
OURS = "from benchmarks.charts import draw; draw()"
BARE = f"""
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
def draw():
    canvas = FigureCanvasAgg(Figure((640 / 96, 360 / 96), dpi=96))
    axes, base = canvas.figure.add_subplot(), [0] * 24
    for values in {VALUES!r}:
        axes.bar_label(axes.bar(range(24), values, bottom=base), label_type="center")
        base = [a + b for a, b in zip(base, values)]
    axes.set_xticks(range(24), {MONTHS!r}, rotation=90)
    canvas.draw()
"""


def draw() -> None:
    picture(COLUMNS, *SIZE, 96)


def charts() -> Iterator[Row]:
    """24 months of six grades with all their numbers, by us and by matplotlib alone."""

    def run(script: str) -> None:
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True)

    work = "first chart in a new process against bare matplotlib"
    yield cost("7", work, lambda: run(OURS), lambda: run(BARE + "draw()"), 2, 5)
    bare: dict[str, object] = {}
    exec(BARE, bare)  # the same lines as in the process of its own
    yield cost("7", "a chart after it against bare matplotlib", draw, bare["draw"], 1, 5)
