"""The frozen program on a machine without Python, started and driven from outside; made first, so only with --slow."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import tasks
from crm_desktop.db import schema
from crm_desktop.paths import BACKUPS, PORTABLE
from crm_desktop.system import PdfPages
from installer.contents import COMMAND, PROGRAM
from tests.installer.keyboard import Keyboard

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
PROJECT = Path(__file__).resolve().parent.parent.parent
OLDER = [f"v{number}" for number in range(1, schema.current_version())]
OFFICE, CUSTOMER, REGION, STREET = "长春宏达", "长春市机械有限公司", "南关区", "西安大路58号"
PASSWORD = "hongda2026"
BUILT_FROM = ("crm_desktop/", "installer/", "assets/", "docs/manual/", "docs/pictures/", "schema.sql", "constraints.txt")
CHILD = "child.txt"
WITHOUT_CONSOLE = 'exec "$0" "$@" <&- >&- 2>&-'
"""As Windows starts a program with a window: there is no standard output."""


@pytest.fixture(scope="module")
def made(project_files: list[str]) -> Path:
    """The folder as ``tasks.py build`` leaves it; built when something that goes into it is newer."""
    folder = PROJECT / "dist" / PROGRAM
    parts = [PROJECT / name for name in project_files if name.startswith(BUILT_FROM)]
    program = folder / COMMAND
    if not program.exists() or program.stat().st_mtime < max(part.stat().st_mtime for part in parts):
        subprocess.run([sys.executable, "tasks.py", "build"], cwd=PROJECT, check=True)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy where a person may have put it; links, because nothing is to be written there."""
    return Path(shutil.copytree(made, tmp_path / "盘 一" / PROGRAM, symlinks=True, copy_function=os.link))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A new account of a computer that has no Python."""
    place = tmp_path / "新 家"
    place.mkdir()
    return place


@pytest.fixture
def child(tmp_path: Path) -> Path:
    """The only program of the computer: it is asked for printers, has none, and writes down its environment."""
    file = tmp_path / "bin" / "lpstat"
    file.parent.mkdir()
    file.write_text(f"#!/bin/sh\nexport -p > '{tmp_path / CHILD}'\n", encoding="utf-8")
    file.chmod(0o755)
    return tmp_path / CHILD


@pytest.fixture
def environment(home: Path, child: Path) -> Iterator[dict[str, str]]:
    path = str(child.parent / "bin")
    with tasks.virtual_display() as all_of_it:
        yield {"HOME": str(home), "DISPLAY": all_of_it["DISPLAY"], "LANG": "C.UTF-8", "PATH": path}


@pytest.fixture
def keyboard(environment: dict[str, str]) -> Iterator[Keyboard]:
    keys = Keyboard(environment["DISPLAY"])
    keys.learn(OFFICE + CUSTOMER + REGION + STREET + "盘一新家封信")
    yield keys
    keys.close()


@pytest.fixture
def start(environment: dict[str, str], keyboard: Keyboard) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """``start(folder)``: the program, as soon as its window is there and named so; killed at the end."""
    running: list[subprocess.Popen[bytes]] = []

    def run(folder: Path, title: str = PROGRAM) -> subprocess.Popen[bytes]:
        running.append(subprocess.Popen([str(folder / PROGRAM)], env=environment, cwd=folder.parent))
        keyboard.program = running[-1].pid
        keyboard.wait_for(lambda: title in keyboard.titles())
        return running[-1]

    yield run
    for process in running:
        process.kill()
        process.wait()


@pytest.fixture
def command(folder: Path, environment: dict[str, str]) -> Callable[..., Any]:
    """``command("--db", file, …)``: the command line of the frozen program."""

    def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        words = [str(folder / COMMAND), *map(str, arguments)]
        return subprocess.run(words, env={**environment, **more}, capture_output=True, encoding="utf-8", check=False)

    return run


def asked(database: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return [row[0] for row in connection.execute(sql)]


def found_office(keyboard: Keyboard, database: Path) -> None:
    """The first start: fill in what is needed, note the recovery code, sign in."""
    keyboard.settle()
    keyboard.type(OFFICE)
    keyboard.press("Return", "Return", "Return", "Return", "Return")
    keyboard.type(PASSWORD)
    keyboard.press("Return")
    keyboard.type(PASSWORD)
    keyboard.press("Return", "Return", "Return", "Return")
    keyboard.wait_for(lambda: "管理员找回码" in keyboard.titles())
    keyboard.press("Return")
    keyboard.wait_for(lambda: f"{OFFICE} - {PROGRAM}" in keyboard.titles())
    assert database.is_file()
    sign_in(keyboard, database)


def sign_in(keyboard: Keyboard, database: Path) -> None:
    """The name stands there; what the log says of it is seen in the file."""
    before = len(asked(database, "SELECT id FROM operations"))
    keyboard.settle()
    keyboard.type(PASSWORD)
    keyboard.press("Return", "Return")
    keyboard.wait_for(lambda: len(asked(database, "SELECT id FROM operations")) > before)
    keyboard.settle()


def add_customer(keyboard: Keyboard) -> None:
    """Typed as a clerk does; the region brings the postcode."""
    keyboard.press("Alt+c")
    keyboard.settle()
    keyboard.press("1")
    keyboard.settle()
    keyboard.press("F2")
    keyboard.wait_for(lambda: "新增客户" in keyboard.titles())
    keyboard.settle()
    keyboard.type(CUSTOMER)
    keyboard.press(*["Return"] * 5)
    keyboard.type(REGION)
    keyboard.settle()
    keyboard.press("Return", "Return")
    keyboard.type(STREET)
    keyboard.press("F8")


def save_envelope(keyboard: Keyboard, letter: Path) -> None:
    """Of the only customer, through the dialogue of the system."""
    keyboard.settle()
    keyboard.press("Alt+d")
    keyboard.settle()
    keyboard.press("1")
    keyboard.settle()
    keyboard.press("Down", "space")
    keyboard.settle()
    keyboard.press("F8")
    keyboard.wait_for(lambda: "保存客户信封" in keyboard.titles())
    keyboard.settle()
    keyboard.press("Control+a")
    keyboard.type(str(letter))
    keyboard.press("Return")


def end(keyboard: Keyboard, process: "subprocess.Popen[bytes]") -> None:
    keyboard.press("Alt+x")
    keyboard.settle()
    keyboard.press("x")
    assert process.wait(60) == 0


def test_an_office_is_founded_and_worked_in_by_keys_and_opened_again(
    folder: Path, home: Path, keyboard: Keyboard, start: Callable[..., Any], child: Path
) -> None:
    database = home / PROGRAM / "客户.db"
    process = start(folder)
    found_office(keyboard, database)

    add_customer(keyboard)
    customer = "SELECT name || region || postcode || address || pinyin FROM customers"
    wanted = f"{CUSTOMER}220102130022{STREET}ccsjxyxgs"
    keyboard.wait_for(lambda: asked(database, customer) == [wanted])
    keyboard.wait_for(lambda: "新增客户" not in keyboard.titles())

    letter = home / "信 封.pdf"
    save_envelope(keyboard, letter)
    keyboard.wait_for(lambda: letter.is_file())
    with PdfPages(letter) as pages:
        assert pages.count == 1 and [round(side * 25.4 / 72) for side in pages.size(1)] == [220, 110]
    seen = child.read_text(encoding="utf-8")
    assert "PATH=" in seen and not [name for name in ("LD_LIBRARY_PATH", "TCL_LIBRARY", "_PYI_") if name in seen]

    end(keyboard, process)
    assert not database.with_name("客户.db-wal").exists()
    start(folder, title=f"{OFFICE} - {PROGRAM}")
    sign_in(keyboard, database)
    assert not list(home.rglob("*.py"))


def test_the_self_test_finds_nothing_without_a_console(folder: Path, home: Path, environment: dict[str, str]) -> None:
    report = home / "report.txt"
    command = ["/bin/sh", "-c", WITHOUT_CONSOLE, str(folder / PROGRAM), "--self-test", str(report)]
    code = subprocess.run(command, env=environment, check=False).returncode
    text = report.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if not line.startswith("✓")] == ["程序完好。"]
    assert code == 0 and not list(home.rglob("settings.json"))


def test_a_portable_program_takes_everything_along(
    folder: Path, home: Path, keyboard: Keyboard, start: Callable[..., Any]
) -> None:
    (folder / PORTABLE).mkdir()
    process = start(folder)
    found_office(keyboard, folder / PORTABLE / "客户.db")
    end(keyboard, process)
    kept = json.loads((folder / PORTABLE / "settings.json").read_text(encoding="utf-8"))
    assert (kept["database"], kept["backup_folder"]) == ("<程序>/数据/客户.db", "<程序>/数据/备份")
    assert not list(home.rglob("*.json")) and not list(home.rglob("*.db"))

    moved = folder.parent.rename(folder.parent.with_name("另一个 盘")) / PROGRAM
    start(moved, title=f"{OFFICE} - {PROGRAM}")
    sign_in(keyboard, moved / PORTABLE / "客户.db")


def test_a_portable_program_leaves_no_list_of_fonts_behind(
    folder: Path, home: Path, environment: dict[str, str]
) -> None:
    (folder / PORTABLE).mkdir()
    subprocess.run([str(folder / PROGRAM), "--self-test", str(folder / "报告.txt")], env=environment, check=True)
    assert list(folder.glob(f"{PORTABLE}/字体清单/*.json"))
    assert not [file for file in home.rglob("*") if "matplotlib" in file.parts or file.suffix == ".json"]


def test_a_place_that_cannot_be_written_is_said(folder: Path, keyboard: Keyboard, start: Callable[..., Any]) -> None:
    """Root may write anywhere; where a folder must be made and a file stands, nobody can."""
    (folder / PORTABLE).mkdir()
    (folder / PORTABLE / BACKUPS).touch()
    process = start(folder)
    keyboard.settle()
    keyboard.press("Return")
    assert process.wait(20) == 1


def test_the_command_line_is_beside_it(command: Callable[..., Any], home: Path) -> None:
    database = home / "命令 行.db"
    founded = command("--db", database, "init", "--company", OFFICE, CRM_NEW_PASSWORD=PASSWORD)
    assert (founded.returncode, founded.stderr) == (0, "") and str(database) in founded.stdout
    assert command("--db", database, "check").stdout.strip() == "数据库完好。"
    refused = command("--db", home / "没有.db", "check")
    assert refused.returncode == 1 and refused.stderr.startswith("没有找到数据库文件")


@pytest.mark.parametrize("version", OLDER)
def test_an_older_office_is_brought_up_to_date_with_a_copy_first(
    command: Callable[..., Any], home: Path, version: str
) -> None:
    database = home / "客户.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript((PROJECT / f"tests/databases/{version}.sql").read_text(encoding="utf-8"))
    names = asked(database, "SELECT name FROM customers ORDER BY id")
    old = asked(database, "PRAGMA user_version")
    checked = command("--db", database, "check")
    assert (checked.stdout.strip(), checked.stderr) == ("数据库完好。", "")
    assert asked(database, "PRAGMA user_version") == [schema.current_version()]
    assert names and asked(database, "SELECT name FROM customers ORDER BY id") == names
    assert [asked(copy, "PRAGMA user_version") for copy in home.glob("*升级前*.db")] == [old]


def test_an_office_of_a_newer_program_is_refused_and_left_as_it_was(command: Callable[..., Any], home: Path) -> None:
    database = home / "客户.db"
    command("--db", database, "init", "--company", OFFICE, CRM_NEW_PASSWORD=PASSWORD)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.current_version() + 1}")
    before = database.read_bytes()
    refused = command("--db", database, "check")
    assert refused.returncode == 1 and "更新版本的程序" in refused.stderr and len(refused.stderr.splitlines()) == 1
    assert database.read_bytes() == before
