"""Guards that every test passes under, and the fixtures that several folders share.

A test fails when an ERROR was logged, a Tk callback raised, or a database was left inside a transaction;
nothing a test does reaches the folders of the person who runs it.
"""

import ast
import logging
import subprocess
import sys
import time
import tkinter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parent.parent
FOLDER_VARIABLES = (
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_DOCUMENTS_DIR",
    "XDG_STATE_HOME",
    "WIN_PD_OVERRIDE_APPDATA",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA",
    "WIN_PD_OVERRIDE_PERSONAL",
    "APPDATA",
    "LOCALAPPDATA",
    "USERPROFILE",
    "HOME",
)

settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")


# The long tests


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="also the long fault, fuzz and million-row runs")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    long_ones = [item for item in items if item.get_closest_marker("slow")]
    items[:] = [item for item in items if item not in long_ones]
    config.hook.pytest_deselected(items=long_ones)


# Guards


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Settings, logs and documents of the tests live in a folder of their own."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in FOLDER_VARIABLES:
            folder = home / name.lower()
            folder.mkdir()
            patch.setenv(name, str(folder))
        yield home


class ErrorCollector(logging.Handler):
    """Keeps what was logged as an error, for the test to answer for."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def error_log() -> Iterator[list[logging.LogRecord]]:
    """Errors logged during the test; one that expects them looks at the list and clears it."""
    collector = ErrorCollector()
    logging.getLogger().addHandler(collector)
    yield collector.records
    logging.getLogger().removeHandler(collector)
    assert [record.getMessage() for record in collector.records] == []


@pytest.fixture(autouse=True)
def callback_errors(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """Exceptions in Tk callbacks, which Tk prints and forgets; the first one fails the test."""
    errors: list[BaseException] = []

    def remember(widget: tkinter.Misc, kind: type, error: BaseException, trace: object) -> None:
        errors.append(error)

    monkeypatch.setattr(tkinter.Tk, "report_callback_exception", remember)
    yield errors
    if errors:
        raise errors[0]


@pytest.fixture(autouse=True)
def closed_transactions() -> Iterator[None]:
    """Whoever leaves a transaction open locks the next one out, far from the cause."""
    yield
    module = sys.modules.get("crm_desktop.db.database")
    databases = list(module.Database.instances) if module else []
    assert [database for database in databases if database.in_transaction] == []


# The window


@pytest.fixture(scope="session")
def session_root(own_folders: Path) -> Iterator[Any]:
    """The only root of the run: ttkbootstrap allows one, and keys never reach a withdrawn window."""
    from crm_desktop.views.theme import create_root  # only the tests of the window need a display

    root = create_root(scaling=4 / 3)
    root.geometry("1366x768+0+0")
    root.deiconify()
    root.update()
    yield root
    root.destroy()


@pytest.fixture
def root(session_root: Any) -> Iterator[Any]:
    """The shown root, emptied of what the test put into it."""
    before = set(session_root.winfo_children())
    yield session_root
    for child in session_root.winfo_children():
        if child not in before:
            child.destroy()
    session_root.update()


@pytest.fixture
def wait_until(session_root: Any) -> Callable[..., None]:
    """``wait_until(condition, seconds=5)``: let the window work until the condition holds."""

    def wait(condition: Callable[[], Any], seconds: float = 5) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "the condition never came true"
            session_root.update()
            time.sleep(0.002)
        session_root.update()

    return wait


# The project's own text


@dataclass(frozen=True)
class Source:
    """One Python file of the project, read and parsed."""

    path: str  # from the project's folder, with slashes
    text: str

    @property
    def module(self) -> str:
        """Its dotted name; a package is named by its folder."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def is_package(self) -> bool:
        return self.path.endswith("/__init__.py")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


@pytest.fixture(scope="session")
def project_files() -> list[str]:
    """What belongs to the project: what git keeps, and what is new and not ignored."""
    git = ["git", "-c", "safe.directory=*"]  # a checkout in a container may belong to someone else
    command = [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True).stdout.decode("utf-8")
    return sorted(name for name in set(listed.split("\0")) if name and (PROJECT / name).is_file())


@pytest.fixture(scope="session")
def all_sources(project_files: list[str]) -> list[Source]:
    """Every Python file, tests and benchmarks included."""
    paths = [name for name in project_files if name.endswith(".py")]
    return [Source(path, (PROJECT / path).read_text(encoding="utf-8")) for path in paths]


@pytest.fixture(scope="session")
def sources(all_sources: list[Source]) -> list[Source]:
    """The program, its two scripts and the benchmarks."""
    return [source for source in all_sources if not source.path.startswith("tests/")]


@pytest.fixture(scope="session")
def snippet() -> Callable[[str, str], Source]:
    """``snippet(path, text)``: a made-up file, to see a rule fail on it."""
    return Source
