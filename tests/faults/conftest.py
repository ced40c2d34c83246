"""An office to break, files of older programs, and the count of what was tried, told at the end of the run."""

import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

for helper in ("scene", "whole"):
    pytest.register_assert_rewrite(f"tests.faults.{helper}")  # so that they, too, say what differs

from tests.faults.disks import small_disk  # noqa: E402
from tests.faults.scene import Scene, make_scene  # noqa: E402

PROJECT = Path(__file__).resolve().parents[2]
DATABASES = PROJECT / "tests" / "databases"
STRACE = shutil.which("strace") if sys.platform.startswith("linux") else None
TALLY = pytest.StashKey[Counter[str]]()
OLD = ("v1", "v2")


def may_trace() -> bool:
    """Whether strace is here and allowed: some containers forbid it."""
    return STRACE is not None and subprocess.run([STRACE, "-o", os.devnull, "true"], check=False).returncode == 0


def may_mount() -> bool:
    """Whether a small disk in memory may be mounted: as the administrator of Linux, in some containers not."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with small_disk(Path(folder), 1):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False


# What the machine cannot do is left out, and the end of the run says so.
NOT_TRIED: dict[str, str] = {}
if not may_trace():
    why = "strace cannot be used here: no failing disk, no count of flushes"
    NOT_TRIED |= dict.fromkeys(("test_io_errors.py", "test_durability.py"), why)
if not may_mount():
    NOT_TRIED["test_full_disk.py"] = "a disk that is really full, as none may be mounted here"
collect_ignore = list(NOT_TRIED)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TALLY] = Counter()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table of counts; workers of a parallel run keep theirs to themselves."""
    tally = config.stash.get(TALLY, Counter())
    if tally:
        terminalreporter.section("faults")
        for what, count in tally.items():
            terminalreporter.write_line(f"{count:>9,}  {what}")
    for reason in dict.fromkeys(NOT_TRIED.values()):
        terminalreporter.write_line(f"not tried: {reason}")


@pytest.fixture
def count(request: pytest.FixtureRequest) -> Callable[..., None]:
    """``count("kills")``: one more of these in the table at the end."""
    tally = request.config.stash[TALLY]

    def add(what: str, number: int = 1) -> None:
        tally[what] += number

    return add


@pytest.fixture(scope="session")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office of each older program: v1.db, v2.db."""
    folder = tmp_path_factory.mktemp("old")
    for name in OLD:
        with closing(sqlite3.connect(folder / f"{name}.db")) as connection:
            connection.executescript((DATABASES / f"{name}.sql").read_text(encoding="utf-8"))
    return folder


@pytest.fixture
def live(tmp_path: Path, office_file: Path) -> Path:
    """A folder with an office of its own: ``office.db``."""
    folder = tmp_path / "办公室 一"
    folder.mkdir()
    shutil.copyfile(office_file, folder / "office.db")
    return folder


@pytest.fixture(scope="module")
def processes() -> Iterator[BaseContext]:
    """Children that start in milliseconds where the system can fork one that has everything loaded."""
    can_fork = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if can_fork else "spawn")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(PROJECT))  # the server is started anew, and looks nowhere else
        context.set_forkserver_preload(["tests.faults.warm"])
        yield context


@pytest.fixture
def scene(live: Path, tmp_path: Path, cheap_passwords: None) -> Scene:
    return make_scene(live, tmp_path / "attempt")
