"""Guards that every test passes under, and the fixtures that several folders share.

A test fails when an ERROR was logged, a Tk callback raised, or a database was left inside a transaction;
nothing a test does reaches the folders of the person who runs it.
"""

import ast
import gc
import logging
import os
import subprocess
import sys
import time
import tkinter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import tasks
from tests.silence import LONGEST_TURN, Silence

PROJECT = Path(__file__).resolve().parent.parent
FOLDER_VARIABLES = (
    "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DOCUMENTS_DIR", "XDG_STATE_HOME",
    "WIN_PD_OVERRIDE_APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA", "WIN_PD_OVERRIDE_PERSONAL",
    "APPDATA", "LOCALAPPDATA", "USERPROFILE", "HOME",
)  # fmt: skip
PASSWORD = "hongda2026"
CUSTOMERS = (
    ("长春宏达机械制造有限公司", "吉林省长春市朝阳区西安大路58号", "220104", "单小明"),
    ("上海𠮷野商贸有限公司", "上海市浦东新区张江路100号", "310115", "李雷"),
    ("沈阳北方重工有限公司", "", "", ""),
)
"""Name, address, region and contact of each customer in the office of ``office_file``."""

SCREEN = pytest.StashKey[ExitStack]()

FEW, MANY = 40, 200
"""Examples of a property where it says no number itself: in the default run, and in the long one."""
settings.register_profile("house", derandomize=True, deadline=None, database=None, max_examples=FEW)
settings.register_profile("long", settings.get_profile("house"), max_examples=MANY)
settings.load_profile("house")


# The long tests


LONGEST = ("test_scenes.py", "test_modules.py")
"""Files of a minute and more, most of it waiting."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="also the long fault, fuzz and million-row runs")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONGEST)  # or one worker begins them when the others are done
    if config.getoption("--slow"):
        return
    long_ones = [item for item in items if item.get_closest_marker("slow")]
    items[:] = [item for item in items if item not in long_ones]
    config.hook.pytest_deselected(items=long_ones)


# Side by side


def pytest_collection_finish() -> None:
    """Ten thousand tests and all modules stay to the end: no search for garbage need go through them again."""
    gc.collect()
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    """Each worker of a parallel run has a screen of its own: two windows on one would fight for the keyboard."""
    keep_compiled_files()
    if config.getoption("--slow"):
        settings.load_profile("long")
    if "PYTEST_XDIST_WORKER" in os.environ and sys.platform.startswith("linux"):
        config.stash[SCREEN] = stack = ExitStack()
        os.environ.update(stack.enter_context(tasks.virtual_display()))


def keep_compiled_files() -> None:
    """Workers, and the programs that tests start, else compile every module anew: half a second of each start."""
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_unconfigure(config: pytest.Config) -> None:
    if SCREEN in config.stash:
        config.stash[SCREEN].close()


# Guards


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Settings, logs and documents of the tests live in a folder of their own, and nobody's keyring is asked."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in FOLDER_VARIABLES:
            folder = home / name.lower()
            folder.mkdir()
            patch.setenv(name, str(folder))
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
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


@pytest.fixture(scope="module")
def module_root(session_root: Any) -> Iterator[Any]:
    """What is left over with Tk's variables in it is looked at no more: a thread of a later test must not free it."""
    yield session_root
    gc.collect(1)
    gc.freeze()


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> Iterator[Silence]:
    """The watchdog of every test with a window: no key may have to wait for one turn of the event loop."""
    watchdog = Silence(LONGEST_TURN)
    watchdog.watch(monkeypatch)
    yield watchdog
    assert [str(turn) for turn in watchdog.turns] == []


@pytest.fixture
def root(module_root: Any, silence: Silence) -> Iterator[Any]:
    """The shown root, emptied of what the test put into it."""
    before = set(module_root.winfo_children())
    yield module_root
    module_root.focus_force()  # Tk 8.6.13 crashes over a destroyed window that lost the keyboard to the pointer before
    for child in module_root.winfo_children():
        if child not in before:
            child.destroy()
    module_root.update()


@pytest.fixture
def frame(root: Any) -> Iterator[Any]:
    """A screen that stands for any other."""
    import ttkbootstrap as ttk  # as for the root: not before there is a display

    made = ttk.Frame(root)
    yield made
    made.destroy()


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


# The keyboard, and an office to work in


@pytest.fixture
def focus(root: Any) -> Callable[[tkinter.Misc], None]:
    """Give a widget the keyboard and wait for it: keys sent before the focus has come are lost."""

    def take_focus(widget: tkinter.Misc) -> None:
        deadline, calm = time.monotonic() + 5, 0
        widget.focus_force()
        while calm < 5:  # an old focus event may still be on its way from the X server
            assert time.monotonic() < deadline, "the focus never came"
            time.sleep(0.003)
            root.update()
            has_focus = str(widget.tk.call("focus", "-displayof", widget)) == str(widget)
            calm = calm + 1 if has_focus else 0
            if not has_focus:
                widget.focus_force()

    return take_focus


@pytest.fixture
def press(root: Any, focus: Callable[[tkinter.Misc], None]) -> Callable[..., None]:
    """Press keys in a widget as the operator would: ``press(entry, "<Return>")``."""

    def press_keys(widget: tkinter.Misc, *sequences: str) -> None:
        if widget.focus_get() is not widget:
            focus(widget)
        for sequence in sequences:
            target = root.focus_get() or widget
            target.event_generate(sequence)
            root.update()

    return press_keys


@pytest.fixture
def type_text(root: Any, focus: Callable[[tkinter.Misc], None]) -> Callable[[tkinter.Misc, str], None]:
    """Type ASCII text key by key; other characters are inserted as an input method commits them."""

    def type_into(widget: tkinter.Misc, text: str) -> None:
        if widget.focus_get() is not widget:
            focus(widget)
            widget.event_generate("<End>")
        for character in text:
            if character.isascii() and character.isalnum():
                widget.event_generate(f"<KeyPress-{character}>")
                widget.event_generate(f"<KeyRelease-{character}>")
            else:
                widget.insert("insert", character)
            root.update()

    return type_into


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder that backups go to."""
    folder = tmp_path / "我的 U盘"
    folder.mkdir()
    return folder


@pytest.fixture
def cheap_encryption(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real encryption, but with a quick key."""
    from crm_desktop.db import encryption

    monkeypatch.setattr(encryption, "PASSES", 1)
    monkeypatch.setattr(encryption, "KIBIBYTES", 8)


@pytest.fixture(scope="session")
def cheap_passwords() -> Iterator[None]:
    """Real password hashes, but quick ones."""
    from argon2 import PasswordHasher  # only the tests that sign in need the program

    from crm_desktop.controllers import passwords

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def password() -> str:
    """That of the administrator of ``office_file``."""
    return PASSWORD


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory, cheap_passwords: None) -> Path:
    """An office with three customers, made once; the third lacks postcode and address."""
    from crm_desktop.clock import FixedClock
    from crm_desktop.controllers import create_office, sign_in
    from crm_desktop.db import Database

    path = tmp_path_factory.mktemp("office") / "office.db"
    database = Database.open(path, create=True)
    clock = FixedClock.at("2026-11-22")
    profile = {"address": "吉林省长春市朝阳区人民大街1号", "postcode": "130021", "phone": "0431-85120000"}
    create_office(database, "长春宏达", "admin", PASSWORD, profile, clock)
    office = sign_in(database, "admin", PASSWORD, clock=clock)
    for name, address, region, contact in CUSTOMERS:
        customer = office.customers.create({"name": name, "address": address, "region": region})
        if contact:
            office.contacts.create({"name": contact, "customer": customer, "gender": "男", "mobile": "13904310001"})
    database.close_all()
    return path


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory, cheap_passwords: None) -> Callable[[Any], Path]:
    """``sample_file(clock)``: the sample office of its day, built once for all workers of the run; to be copied."""
    from crm_desktop.controllers.sample import build_sample
    from crm_desktop.db import Database

    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def build(clock: Any, unfinished: Path) -> Path:
        database = Database.open(unfinished, create=True)
        build_sample(database, clock)
        database.close_all()
        return database.path

    def built(clock: Any) -> Path:
        path = shared / f"{type(clock).__name__}-{clock.today()}.db"
        begun = path.with_suffix(".begun")
        while not path.exists():  # another worker is at it; where it fails, the next one tries and tells why
            try:
                begun.touch(exist_ok=False)
            except FileExistsError:
                time.sleep(0.1)
                continue
            try:
                build(clock, own / f"{path.stem}.unfinished").rename(path)
            except BaseException:
                begun.unlink()
                raise
        return path

    return built


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

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of the tree, walked once for all rules."""
        return tuple(ast.walk(self.tree))


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
