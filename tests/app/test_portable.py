"""The program on a stick: what it writes lies beside it, and is found again under another letter or in another folder."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crm_desktop import paths
from crm_desktop.app import main, start
from crm_desktop.controllers import Office, sign_in
from crm_desktop.db import Database
from crm_desktop.settings import ComputerSettings
from crm_desktop.views import refusal

PROGRAM = "客户管理系统"
Plug = Callable[[Path], Path]


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Plug:
    """``plug(stick)``: the frozen program runs from the stick that is mounted there; returns its folder."""

    def run_from(stick: Path) -> Path:
        folder = stick / "工具 软件" / PROGRAM
        (folder / paths.PORTABLE).mkdir(parents=True, exist_ok=True)
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        monkeypatch.setattr(sys, "executable", str(folder / PROGRAM))
        monkeypatch.setattr(os.path, "ismount", lambda place: Path(place) == stick)
        return folder

    return run_from


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "盘 E"


def settings_of(folder: Path) -> ComputerSettings:
    return ComputerSettings(folder / paths.PORTABLE / "settings.json", paths.to_keep, paths.from_kept)


# Where it writes


def test_what_is_written_lies_beside_the_program(plug: Plug, stick: Path) -> None:
    folder = plug(stick)
    assert start.writable_folder() == folder / "数据"
    assert [path.name for path in (folder / "数据").iterdir()] == ["备份"]


def test_a_chart_leaves_no_list_of_fonts_in_the_account(stick: Path) -> None:
    """In a process of its own: matplotlib decides once where its list goes."""
    folder, account = stick / PROGRAM, Path(os.environ["HOME"])
    (folder / paths.PORTABLE).mkdir(parents=True)
    code = (
        f"import sys; sys.frozen = True; sys.executable = {str(folder / PROGRAM)!r}\n"
        "from crm_desktop.reports.chart_sheet import library\n"
        "library()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert list((folder / "数据/字体清单").glob("fontlist*.json"))
    assert not list(account.rglob("*fontlist*"))


def test_without_the_folder_beside_it_the_program_is_an_ordinary_one(plug: Plug, stick: Path) -> None:
    folder = plug(stick)
    (folder / "数据").rmdir()
    kept = str(folder / "客户.db")
    assert paths.portable_folder() is None and not paths.user_data_folder().is_relative_to(stick)
    assert (paths.to_keep(kept), paths.from_kept("<程序>/客户.db")) == (kept, "<程序>/客户.db")


def test_a_program_that_runs_with_python_is_never_portable(plug: Plug, stick: Path, monkeypatch) -> None:
    plug(stick)
    monkeypatch.delattr(sys, "frozen")
    assert paths.portable_folder() is None


def test_the_office_and_its_backups_are_proposed_there(application, plug: Plug, stick: Path) -> None:
    assert application.suggested_backups() == ""
    folder = plug(stick)
    application.start()
    proposed = {name: Path(application.page.fields[name].get()) for name in ("database", "backup_folder")}
    assert proposed == {"database": folder / "数据" / "客户.db", "backup_folder": folder / "数据" / "备份"}


# Another letter, another folder


def test_settings_find_their_places_under_another_letter(plug: Plug, stick: Path, tmp_path: Path) -> None:
    folder, elsewhere = plug(stick), str(tmp_path / "电脑上的.db")
    settings = settings_of(folder)
    inside, beside = str(folder / "数据" / "客户.db"), str(stick / "备份 二")
    settings["database"], settings["backup_folder"] = inside, beside
    settings["backup_folders"] = {inside: [beside, elsewhere], elsewhere: []}
    settings["window"] = "1024x700+10+10"
    text = (folder / "数据" / "settings.json").read_text(encoding="utf-8")
    assert str(stick) not in text and json.loads(text)["database"] == "<程序>/数据/客户.db"

    moved = stick.rename(tmp_path / "盘 F")
    there = settings_of(plug(moved))
    inside, beside = str(moved / "工具 软件" / PROGRAM / "数据" / "客户.db"), str(moved / "备份 二")
    assert (there["database"], there["backup_folder"], there["window"]) == (inside, beside, "1024x700+10+10")
    assert there["backup_folders"] == {inside: [beside, elsewhere], elsewhere: []}


def test_the_folder_alone_can_be_moved(plug: Plug, stick: Path, tmp_path: Path) -> None:
    folder = plug(stick)
    settings_of(folder)["database"] = str(folder / "数据" / "客户.db")
    other = tmp_path / "盘 G"
    shutil.copytree(folder, other / "工具 软件" / PROGRAM)
    assert settings_of(plug(other))["database"] == str(other / "工具 软件" / PROGRAM / "数据" / "客户.db")


def test_on_the_disk_of_the_system_only_the_programs_folder_travels(plug: Plug, stick: Path, monkeypatch) -> None:
    """The disk stays where it is when the folder goes onto a stick."""
    folder = plug(stick)
    monkeypatch.setattr(os.path, "ismount", lambda place: Path(place) == Path(stick.anchor))
    monkeypatch.setenv("SYSTEMDRIVE", stick.drive)
    assert paths.to_keep(str(stick / "客户.db")) == str(stick / "客户.db")
    assert paths.to_keep(str(folder / "客户.db")) == "<程序>/客户.db"


@pytest.mark.parametrize("text", ["", "light", "客户.db", "<程序>二/客户.db", "HP LaserJet", "长春/沈阳"])
def test_what_is_no_path_stays_as_it_is(plug: Plug, stick: Path, text: str) -> None:
    plug(stick)
    assert (paths.to_keep(text), paths.from_kept(text), paths.is_kept(text)) == (text, text, False)


@pytest.fixture
def signed_in(office: Path, password: str, cheap_passwords: None) -> Iterator[Office]:
    database = Database.open(office)
    yield sign_in(database, "admin", password)
    database.close_all()


def test_the_plan_for_backups_travels_in_the_office(signed_in: Office, plug: Plug, stick: Path, tmp_path: Path) -> None:
    folder, elsewhere = plug(stick), str(tmp_path / "硬盘")
    plan = replace(signed_in.backups.plan(), targets=(str(folder / "数据" / "备份"), elsewhere))
    signed_in.backups.set_plan(plan)
    assert signed_in.backups.plan() == plan
    moved = plug(tmp_path / "盘 F")
    assert signed_in.backups.plan().targets == (str(moved / "数据" / "备份"), elsewhere)


def test_an_ordinary_program_keeps_the_plan_of_the_stick(signed_in: Office, plug: Plug, stick: Path, monkeypatch) -> None:
    """The file was opened at home: the stick's place is not there, and is not lost when something else is changed."""
    folder = plug(stick)
    signed_in.backups.set_plan(replace(signed_in.backups.plan(), targets=(str(folder / "数据" / "备份"),)))
    with monkeypatch.context() as at_home:
        at_home.delattr(sys, "frozen")
        signed_in.backups.set_plan(replace(signed_in.backups.plan(), keep_daily=9))
        assert [result.problem for result in signed_in.backups.run_due("每日")] == ["目标文件夹不存在或U盘已拔出，备份没有完成。"]
    assert signed_in.backups.plan().targets == (str(folder / "数据" / "备份"),)


# A stick that takes nothing


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences that were shown instead of a window."""
    said: list[str] = []
    monkeypatch.setattr(start, "show_refusal", said.append)
    monkeypatch.setattr(start, "build", lambda *_, **__: pytest.fail("no window is to be opened"))
    return said


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, start.FULL), (errno.EROFS, start.CLOSED), (errno.EACCES, start.CLOSED)],
)
def test_a_stick_that_takes_nothing_is_said(
    plug: Plug, stick: Path, refused: list[str], monkeypatch, number: int, sentence: str
) -> None:
    def refuse(dir: Path) -> None:
        raise OSError(number, os.strerror(number))

    folder = plug(stick)
    monkeypatch.setattr(start, "TemporaryFile", refuse)
    assert main([]) == 1
    assert refused == [sentence.format(folder / "数据")]


def test_the_place_that_cannot_be_made_is_named(plug: Plug, stick: Path, refused: list[str]) -> None:
    folder = plug(stick)
    (folder / "数据" / "备份").touch()
    assert main([]) == 1
    assert refused == [start.CLOSED.format(folder / "数据" / "备份")]


def test_settings_that_cannot_be_written_do_not_stop_the_work(plug: Plug, stick: Path, monkeypatch) -> None:
    """The next one that can brings all of them."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    folder = plug(stick)
    settings = settings_of(folder)
    settings["theme"] = "dark"
    with monkeypatch.context() as full:
        full.setattr(Path, "write_text", refuse)
        settings["last_operator"] = "单小明"
    assert (settings["last_operator"], settings_of(folder)["last_operator"]) == ("单小明", "")
    settings["scaling"] = 1.5
    read = settings_of(folder)
    assert (read["theme"], read["last_operator"], read["scaling"]) == ("dark", "单小明", 1.5)


def test_the_refusal_is_one_window_that_a_key_closes(root, monkeypatch, wait_until) -> None:
    shown = []

    def look() -> None:
        shown.append([child.cget("text") for child in root.winfo_children()[-1].winfo_children()])
        button = root.nametowidget(f"{root.winfo_children()[-1]}.close")
        button.focus_force()
        root.update()
        button.event_generate("<Escape>")

    closed: list[bool] = []
    monkeypatch.setattr(refusal, "create_root", lambda: root)
    monkeypatch.setattr(root, "destroy", lambda: closed.append(True))
    monkeypatch.setattr(root, "mainloop", look)
    monkeypatch.setattr(root, "resizable", lambda *_: None)
    monkeypatch.setattr(root, "place_window_center", lambda: None)
    refusal.show_refusal(start.FULL.format("E:\\数据"))
    wait_until(lambda: closed)
    root.winfo_children()[-1].destroy()
    words = [text.replace("\n", "") for text in shown[0]]
    assert start.FULL.format("E:\\数据") in words and "关闭" in shown[0]
