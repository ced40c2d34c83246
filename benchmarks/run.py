"""``python tasks.py bench``: each goal as a ratio to a limit or peer measured in the same run."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import (  # the path above makes them importable
    analyses,
    calls,
    charts,
    daily,
    data,
    growth,
    lists,
    living,
    log,
    papers,
    peers,
    start,
    window,
)
from benchmarks.measure import HEADER, Row
from crm_desktop import system
from crm_desktop.controllers import sign_in

KEPT = Path(tempfile.gettempdir()) / "crm-desktop-benchmarks"
"""Large offices are kept here between runs; building a million takes minutes."""


def rows(size: int, folder: Path) -> Iterator[Row]:
    office = data.office(KEPT, size)
    yield from lists.search(office, size)
    yield from calls.numbers(office, size)
    yield from lists.pages(office, size)
    yield from lists.index_size(office)
    yield from papers.backup(office, folder)
    yield from papers.envelopes(office)
    yield from peers.envelopes(office, folder)
    yield from daily.places(office)
    yield from daily.labels(office)
    yield from daily.duplicates(office)
    yield from papers.lists(office)
    yield from papers.workbooks(office, folder, size)
    yield from papers.export_memory(office, folder)
    scratch = sign_in(lists.copy_of(office, folder), "admin", data.PASSWORD)
    yield from lists.durable_save(scratch, folder)
    yield from log.sealing(scratch)
    yield from log.pages(KEPT, 10 * size)
    yield from lists.bulk(scratch)
    yield from daily.pasting(scratch)
    yield from calls.timeline(scratch)
    yield from papers.imports(scratch, folder, size)
    served = data.service_office(KEPT, 2 * size)
    yield from daily.question(served)
    yield from daily.first_page(served)
    yield from analyses.analyses(served)
    yield from charts.charts()
    scratch.db.close_all()
    office.db.close_all()
    if system.has_display():
        yield from start.start(office.db.path, folder)
        yield from peers.start(office.db.path, folder)
        yield from windows(office.db.path, folder)
    else:
        print("goals 13 to 15 left out: there is no display", file=sys.stderr)


def windows(database: Path, folder: Path) -> Iterator[Row]:
    desktop = window.Desktop(database, folder)
    screen = desktop.sign_in("admin", data.PASSWORD)
    yield from window.lists(desktop, screen)
    yield from window.typing(desktop, screen)
    yield from living.silences(desktop, folder)
    desktop.close()
    yield from living.memory(database, folder)


def main() -> int:
    parser = argparse.ArgumentParser(description="ratios to a limit or peer in the same run")
    parser.add_argument("--full", action="store_true", help="1,000,000 customers")
    parser.add_argument("--quick", action="store_true", help="10,000 customers, too few for the goals of searching")
    parser.add_argument("--growth", action="store_true", help="the same work at every size up to that one")
    options = parser.parse_args()
    size = 1_000_000 if options.full else 10_000 if options.quick else 100_000
    KEPT.mkdir(exist_ok=True)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # at a user's nothing is compiled at each start
    print(f"{size:,} customers, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}\n")
    print(growth.header(growth.sizes(size)) if options.growth else HEADER, flush=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        lines = growth.growth(KEPT, Path(folder), size) if options.growth else rows(size, Path(folder))
        for line in lines:
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
