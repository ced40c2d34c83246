"""The Windows half away from printing, with stand-ins for what only Windows has."""

import ctypes
import ntpath
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from crm_desktop.errors import SystemRefused
from crm_desktop.system import Look, windows

DRIVES = {"C:\\": 3, "D:\\": 5, "E:\\": 2, "F:\\": 2, "Z:\\": 4}
READ_ONLY = 0x80000


@pytest.fixture
def windll(monkeypatch):
    def drive_type(root):
        return DRIVES.get(root.upper(), 1)

    def volume(root, name, length, serial, longest, flags, system, size):
        flags._obj.value = READ_ONLY | 0x6 if root == "F:\\" else 0x6
        return root in DRIVES and root != "D:\\"

    fake = SimpleNamespace(kernel32=SimpleNamespace(GetDriveTypeW=drive_type, GetVolumeInformationW=volume))
    monkeypatch.setattr(ctypes, "windll", fake, raising=False)
    return fake


@pytest.fixture
def started(monkeypatch):
    calls = []
    monkeypatch.setattr(os, "startfile", lambda *arguments: calls.append(arguments), raising=False)
    return calls


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("C:\\客户\\office.db", False),
        ("E:\\office.db", False),
        ("Z:\\office.db", True),
        ("z:\\office.db", True),
        ("\\\\server\\公共\\office.db", True),
        ("//server/share/office.db", True),
        ("\\\\?\\UNC\\server\\share\\office.db", True),
        ("\\\\?\\C:\\office.db", False),
        ("\\\\?\\Z:\\office.db", True),
    ],
)
def test_network_paths(windll, path, expected):
    assert windows.is_network_path(path) is expected


@pytest.mark.parametrize(
    ("path", "expected"), [("C:\\客户\\a.db", False), ("D:\\a.db", True), ("E:\\a.db", False), ("F:\\a.db", True), ("X:\\a.db", False)]
)
def test_media_that_take_nothing(windll, path, expected):
    """A CD, empty or not, and a stick with its switch on; a drive that is not there is another matter."""
    assert windows.is_read_only_medium(path) is expected


def test_a_link_to_a_share_is_a_share(windll, monkeypatch):
    monkeypatch.setattr(ntpath, "realpath", lambda path: "\\\\server\\share\\office.db")

    assert windows.is_network_path("C:\\link\\office.db") is True


@pytest.mark.parametrize(("path", "expected"), [("C:\\a", False), ("E:\\备份\\a.db", True), ("Z:\\a", False)])
def test_removable_drives(windll, path, expected):
    assert windows.is_removable(path) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("C:\\Users\\Public\\Documents\\客户管理系统\\客户.db", True),
        ("C:\\Users\\李雷\\Documents\\客户.db", False),
        ("c:\\users\\public\\客户.db", True),
        ("C:\\Program Files\\客户.db", False),
        ("D:\\客户\\客户.db", True),
    ],
)
def test_folders_that_all_accounts_share(monkeypatch, path, expected):
    monkeypatch.setenv("PUBLIC", "C:\\Users\\Public")
    monkeypatch.setenv("USERPROFILE", "C:\\Users\\李雷")
    monkeypatch.setenv("ProgramFiles", "C:\\Program Files")

    assert windows.is_for_all_users(path) is expected


def test_the_calculator_is_that_of_windows(started):
    windows.open_calculator()

    assert started == [("calc.exe",)]


@pytest.mark.parametrize("ends_well", [True, False])
def test_what_is_started_gets_no_libraries_of_the_frozen_program(windll, monkeypatch, ends_well):
    """Neither by the folder for DLLs, which Windows hands down, nor by a variable; afterwards ours has both again."""
    folders, seen = [], []

    def start(*arguments):
        seen.append((os.environ.get("TCL_LIBRARY"), list(folders)))
        if not ends_well:
            raise OSError(1155, "no program for it")

    windll.kernel32.SetDllDirectoryW = folders.append
    monkeypatch.setattr(os, "startfile", start, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", r"C:\程序\_internal", raising=False)
    monkeypatch.setenv("TCL_LIBRARY", r"C:\程序\_internal\_tcl_data")

    with nullcontext() if ends_well else pytest.raises(SystemRefused):
        windows.open_url("https://example.com")

    assert seen == [(None, [None])]
    assert (os.environ["TCL_LIBRARY"], folders[-1]) == (r"C:\程序\_internal\_tcl_data", r"C:\程序\_internal")


@pytest.mark.parametrize(
    ("installed", "word", "excel"),
    [
        ("winword.exe excel.exe wps.exe et.exe", ("winword.exe",), ("excel.exe",)),
        ("wps.exe et.exe soffice.exe", ("wps.exe",), ("et.exe",)),
        ("soffice.exe", ("soffice.exe", "open", "--writer"), ("soffice.exe", "open", "--calc")),
    ],
)
def test_word_and_excel_or_what_is_there_instead(monkeypatch, installed, word, excel):
    calls = []

    def start(program, *arguments):
        if program not in installed.split():
            raise FileNotFoundError(2, "no such program")
        calls.append((program, *arguments))

    monkeypatch.setattr(os, "startfile", start, raising=False)
    windows.open_writer()
    windows.open_spreadsheet()

    assert calls == [word, excel]


@pytest.mark.parametrize(("start", "name"), [(windows.open_writer, "Word"), (windows.open_spreadsheet, "Excel")])
def test_no_office_program_is_said(monkeypatch, start, name):
    def refuse(*arguments):
        raise FileNotFoundError(2, "no such program")

    monkeypatch.setattr(os, "startfile", refuse, raising=False)
    with pytest.raises(SystemRefused, match=f"没有找到 {name}"):
        start()


def test_files_and_folders_are_opened_by_windows(started, tmp_path):
    file = tmp_path / "客户 列表.pdf"
    file.write_bytes(b"x")

    windows.open_path(file)
    windows.open_path(tmp_path)

    assert started == [(str(file),), (str(tmp_path),)]


def test_missing_file_is_said(started, tmp_path):
    with pytest.raises(SystemRefused, match="已经不在了"):
        windows.open_path(tmp_path / "gone.pdf")
    assert started == []


def test_file_type_without_a_program_is_said(monkeypatch, tmp_path):
    def refuse(*arguments):
        raise OSError(1155, "no application is associated")

    monkeypatch.setattr(os, "startfile", refuse, raising=False)
    file = tmp_path / "a.xyz"
    file.write_bytes(b"x")

    with pytest.raises(SystemRefused, match="没有程序能打开“a"):
        windows.open_path(file)


def test_urls_are_opened_with_their_scheme(started):
    windows.open_url("www.example.com")

    assert started == [("http://www.example.com",)]


def test_numbers_are_dialled_as_digits_alone(started):
    windows.dial("0431-85123456 转 801")
    windows.dial("+852 2345 6789")

    assert started == [("tel:043185123456801",), ("tel:+85223456789",)]


def test_no_telephone_program_is_said(monkeypatch):
    def refuse(*arguments):
        raise OSError(1155, "no application is associated")

    monkeypatch.setattr(os, "startfile", refuse, raising=False)
    with pytest.raises(SystemRefused, match="没有能拨打电话的程序"):
        windows.dial("95588")


def test_reveal_selects_the_file(started, tmp_path):
    file = tmp_path / "01 信封.pdf"
    file.write_bytes(b"x")

    windows.reveal(file)
    windows.reveal(tmp_path / "gone.pdf")

    assert started == [("explorer.exe", "open", f'/select,"{file}"'), (str(tmp_path),)]


@pytest.fixture
def byte_locks(monkeypatch):
    """msvcrt.locking: a byte of a file has one owner, and a second attempt by anyone fails."""
    taken = set()

    def locking(file, mode, length):
        key = (os.fstat(file).st_ino, os.lseek(file, 0, os.SEEK_CUR))
        assert length == 1
        if mode == 0:
            taken.remove(key)
        elif key in taken:
            raise PermissionError(13, "Permission denied")
        else:
            taken.add(key)

    module = ModuleType("msvcrt")
    module.LK_UNLCK, module.LK_NBLCK, module.locking = 0, 2, locking
    monkeypatch.setitem(sys.modules, "msvcrt", module)
    return taken


def test_windows_of_one_database_see_each_other(byte_locks, tmp_path):
    database = tmp_path / "客户.db"
    first, second, third = (windows.InstanceLock(database) for _ in range(3))

    with first:
        assert not first.has_others()
        with second:
            assert first.has_others() and second.has_others()
        assert not first.has_others()
        third.open()
    assert not third.has_others()
    third.close()

    assert byte_locks == set()
    assert (tmp_path / "客户.db.lock").exists()


def test_a_window_says_who_works_there(byte_locks, tmp_path):
    database = tmp_path / "客户.db"
    first, second = windows.InstanceLock(database), windows.InstanceLock(database)
    first.open("2026-11-22T01:12:00Z")
    first.sign("张三")

    [holder] = second.look().others
    first.close()

    assert (holder.operator, holder.since) == ("张三", "2026-11-22T01:12:00Z")
    assert second.look() == Look()


def test_what_a_window_says_lies_behind_the_bytes_that_are_locked(byte_locks, tmp_path):
    with windows.InstanceLock(tmp_path / "客户.db"):
        assert {byte for _, byte in byte_locks} == {0}
        assert (tmp_path / "客户.db.lock").read_bytes()[:32].strip(b"\0") == b""


def test_other_databases_are_not_counted(byte_locks, tmp_path):
    with windows.InstanceLock(tmp_path / "a.db"), windows.InstanceLock(tmp_path / "b.db") as other:
        assert not other.has_others()


def test_replacing_waits_for_the_virus_scanner(monkeypatch, tmp_path):
    source, target = tmp_path / "new", tmp_path / "old"
    source.write_bytes(b"new")
    target.write_bytes(b"old")
    failures = iter([PermissionError(13, "in use"), PermissionError(13, "in use")])
    replace = Path.replace

    def busy(self, place):
        for error in failures:
            raise error
        return replace(self, place)

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr(windows.time, "sleep", lambda seconds: None)

    windows.replace_durably(source, target)

    assert target.read_bytes() == b"new" and not source.exists()


def test_replacing_gives_up_on_a_file_that_stays_open(monkeypatch, tmp_path):
    source, waits = tmp_path / "new", []
    source.write_bytes(b"new")

    def busy(self, place):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr(windows.time, "sleep", waits.append)

    with pytest.raises(PermissionError):
        windows.replace_durably(source, tmp_path / "old")
    assert len(waits) == 9


def test_true_pixels_are_asked_for_once(windll):
    asked = []
    windll.user32 = SimpleNamespace(SetProcessDpiAwarenessContext=lambda value: asked.append(value.value))
    windll.shcore = SimpleNamespace(SetProcessDpiAwareness=asked.append)

    windows.enable_dpi_awareness()

    assert asked == [ctypes.c_void_p(-2).value]


def test_true_pixels_on_older_windows(windll):
    asked = []
    windll.user32 = SimpleNamespace()
    windll.shcore = SimpleNamespace(SetProcessDpiAwareness=asked.append)

    windows.enable_dpi_awareness()

    assert asked == [1]


def test_windows_without_either_function_is_left_alone(windll):
    windll.user32 = SimpleNamespace()

    windows.enable_dpi_awareness()


def test_windows_always_has_a_display():
    assert windows.has_display() is True


def test_the_half_is_imported_without_anything_of_windows():
    code = (
        "import sys; before = set(sys.modules)  # pywin32 lets every Python load a part of it\n"
        "import crm_desktop.system.windows, crm_desktop.system.windows_printing\n"
        "print([n for n in set(sys.modules) - before if n.startswith(('win32', 'pywin', 'pypdfium2', 'PIL'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_a_new_offices_file_goes_where_every_account_can_write(monkeypatch):
    monkeypatch.setenv("PUBLIC", r"D:\Public")

    assert str(windows.shared_folder()).replace("/", "\\") == r"D:\Public\Documents"


def test_the_installer_can_see_that_the_program_runs(windll):
    made = []
    windll.kernel32.CreateMutexW = lambda *arguments: made.append(arguments)

    windows.show_running()

    assert made == [(None, False, "CrmDesktopIsRunning")]
