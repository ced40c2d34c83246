"""The Windows half: programs, drives, durable files, window locks and screen resolution."""

import ctypes
import importlib
import ntpath
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath
from typing import Any

from crm_desktop.errors import SystemRefused
from crm_desktop.system import children
from crm_desktop.system.instance import WindowRegister
from crm_desktop.system.machine import safe_url, tel_url

_DRIVE_REMOVABLE = 2
_DRIVE_REMOTE = 4
_DRIVE_CD = 5
_READ_ONLY_VOLUME = 0x00080000
_SYSTEM_AWARE = -2
# Virus scanners hold a file that was just written for a moment.
_REPLACE_TRIES = 10
_REPLACE_WAIT_SECONDS = 0.1
RUNNING = "CrmDesktopIsRunning"
"""The name of the mutex that installer/setup.iss looks for."""
WRITERS = (("winword.exe",), ("wps.exe",), ("soffice.exe", "--writer"))
SPREADSHEETS = (("excel.exe",), ("et.exe",), ("soffice.exe", "--calc"))


def _only_here(owner: object, name: str) -> Any:
    """What exists on Windows only, looked up by name so that this module imports and checks anywhere."""
    return getattr(owner, name)


def open_path(path: Path) -> None:
    """Open a file with its program, or a folder in the file manager."""
    if not path.exists():
        raise SystemRefused(f"“{path}”已经不在了，可能已被移动或删除。")
    _hand_over(str(path.absolute()), f"没有程序能打开“{path.name}”，请安装相应的程序后再试。")


def open_url(address: str) -> None:
    """Open a web page, or a new mail for ``mailto:``."""
    url = safe_url(address)
    _hand_over(url, f"没有程序能打开“{url}”，请先安装浏览器。")


def dial(number: str) -> None:
    """Hand a number to the telephone program of this computer."""
    _hand_over(tel_url(number), "这台电脑没有能拨打电话的程序，请用话机拨号。")


def reveal(path: Path) -> None:
    """Show the folder that holds ``path``, with ``path`` selected."""
    if not path.exists():
        open_path(path.absolute().parent)
        return
    refusal = f"无法打开“{path.name}”所在的文件夹，请在资源管理器中查看。"
    _hand_over("explorer.exe", refusal, "open", f'/select,"{path.absolute()}"')


def _hand_over(target: str, refusal: str, *arguments: str) -> None:
    try:
        with _nothing_inherited():
            _only_here(os, "startfile")(target, *arguments)
    except OSError as error:
        raise SystemRefused(refusal) from error


@contextmanager
def _nothing_inherited() -> Iterator[None]:
    """Windows hands down our variables and the folder in which we look for DLLs: for a moment there are none."""
    bundle = children.bundle()
    if not bundle:
        yield
        return
    ours = {name: os.environ.pop(name) for name in children.hidden()}
    kernel = _only_here(ctypes, "windll").kernel32
    kernel.SetDllDirectoryW(None)
    try:
        yield
    finally:
        kernel.SetDllDirectoryW(bundle)
        os.environ.update(ours)


def open_calculator() -> None:
    """Start the calculator of Windows."""
    _hand_over("calc.exe", "没有找到 Windows 的计算器程序。")


def open_writer() -> None:
    """Start Word, or the word processor that is there instead."""
    _open_first(WRITERS, "没有找到 Word，也没有找到 WPS 文字或 LibreOffice，请先安装其中一种。")


def open_spreadsheet() -> None:
    """Start Excel, or the spreadsheet program that is there instead."""
    _open_first(SPREADSHEETS, "没有找到 Excel，也没有找到 WPS 表格或 LibreOffice，请先安装其中一种。")


def _open_first(programs: tuple[tuple[str, ...], ...], refusal: str) -> None:
    """Windows finds a program that was installed by its bare name, wherever it lies."""
    for program, *arguments in programs:
        try:
            _hand_over(program, refusal, *(("open", *arguments) if arguments else ()))
            return
        except SystemRefused:
            continue
    raise SystemRefused(refusal)


def is_network_path(path: Path) -> bool:
    """Whether ``path`` (which need not exist yet) lies on another machine's disk."""
    # A link or a mapped letter may hide the share, and a share may be named without one.
    return _is_share(ntpath.abspath(path)) or _is_share(ntpath.realpath(path))


def _is_share(place: str) -> bool:
    drive = PureWindowsPath(place).drive.upper()
    if drive.startswith("\\\\?\\UNC\\"):
        return True
    if drive.startswith(("\\\\?\\", "\\\\.\\")):
        drive = drive[4:]
    return drive.startswith("\\\\") or _drive_type(drive) == _DRIVE_REMOTE


def is_read_only_medium(path: Path) -> bool:
    """Whether nothing at all can be written where ``path`` lies: a CD, a stick with its switch on."""
    drive = PureWindowsPath(ntpath.abspath(path)).drive
    flags = ctypes.c_ulong(0)
    kernel = _only_here(ctypes, "windll").kernel32
    is_known = kernel.GetVolumeInformationW(drive + "\\", None, 0, None, None, ctypes.byref(flags), None, 0)
    return _drive_type(drive) == _DRIVE_CD or bool(is_known and flags.value & _READ_ONLY_VOLUME)


def is_removable(path: Path) -> bool:
    """Whether ``path`` lies on a stick or a portable disk."""
    return _drive_type(PureWindowsPath(ntpath.abspath(path)).drive) == _DRIVE_REMOVABLE


def shared_folder() -> Path:
    """A folder for a new office's file that every account of the computer can write to."""
    return Path(os.environ.get("PUBLIC", r"C:\Users\Public")) / "Documents"


def is_for_all_users(path: Path) -> bool:
    """Whether every account of the computer may write in the folder of ``path``, which need not exist yet."""
    place = PureWindowsPath(ntpath.abspath(path))
    if place.is_relative_to(PureWindowsPath(os.environ.get("PUBLIC", r"C:\Users\Public"))):
        return True
    return not any(place.is_relative_to(folder) for folder in _closed_folders())


def _closed_folders() -> list[PureWindowsPath]:
    """The homes of the accounts, the programs and Windows itself."""
    home = os.environ.get("USERPROFILE", r"C:\Users\user")
    named = [os.environ[name] for name in ("ProgramFiles", "ProgramFiles(x86)", "SystemRoot") if name in os.environ]
    return [PureWindowsPath(home).parent, *map(PureWindowsPath, named)]


def _drive_type(drive: str) -> int:
    return int(_only_here(ctypes, "windll").kernel32.GetDriveTypeW(drive + "\\"))


def fsync_folder(folder: Path) -> None:
    """Nothing to do: NTFS keeps a journal of its names, and folders cannot be opened for flushing."""


def replace_durably(source: Path, target: Path) -> None:
    """Put ``source`` in the place of ``target``; after a power cut one of the two is there, whole."""
    with source.open("r+b") as file:
        os.fsync(file.fileno())
    for tries_left in reversed(range(_REPLACE_TRIES)):
        try:
            source.replace(target)
            return
        except PermissionError:
            if not tries_left:
                raise
            time.sleep(_REPLACE_WAIT_SECONDS)


class InstanceLock(WindowRegister):
    """Locks of Windows' own C library, which go with the process."""

    def _lock(self, file: int, byte: int) -> bool:
        msvcrt = importlib.import_module("msvcrt")
        os.lseek(file, byte, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(self, file: int, byte: int) -> None:
        msvcrt = importlib.import_module("msvcrt")
        os.lseek(file, byte, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)


def enable_dpi_awareness() -> None:
    """Ask for true pixels before the first window; Tk 8.6 knows one resolution for all screens, not more."""
    windll = _only_here(ctypes, "windll")
    for library, function, argument in (
        ("user32", "SetProcessDpiAwarenessContext", ctypes.c_void_p(_SYSTEM_AWARE)),
        ("shcore", "SetProcessDpiAwareness", 1),
    ):
        try:
            getattr(getattr(windll, library), function)(argument)
            return
        except (AttributeError, OSError):
            continue  # before Windows 10 1703, or before 8.1


def show_running() -> None:
    """Let the installer and the uninstaller see that the program runs; Windows forgets it with the process."""
    _only_here(ctypes, "windll").kernel32.CreateMutexW(None, False, RUNNING)


def has_display() -> bool:
    """Windows always has one."""
    return True
