"""The POSIX half: programs, disks, durable files and window locks on Linux."""

import errno
import fcntl
import os
import shutil
import stat
import struct
import subprocess
import threading
from collections.abc import Iterable
from pathlib import Path

from crm_desktop.errors import SystemRefused
from crm_desktop.system import children
from crm_desktop.system.instance import WindowRegister
from crm_desktop.system.machine import nearest_folder, safe_url, tel_url

MOUNTS = Path("/proc/mounts")
BLOCK_DEVICES = Path("/sys/class/block")
_NETWORK_TYPES = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "davfs",
    "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse",
})
# Desktops mount sticks and portable disks here; a USB hard disk does not call itself removable.
_REMOVABLE_FOLDERS = (Path("/media"), Path("/run/media"))
CALCULATORS = ("gnome-calculator", "kcalc", "mate-calc", "galculator", "qalculate-gtk", "xcalc")
# LibreOffice first: another program is called et, too.
WRITERS = (("libreoffice", "--writer"), ("soffice", "--writer"), ("wps",), ("abiword",))
SPREADSHEETS = (("libreoffice", "--calc"), ("soffice", "--calc"), ("et",), ("gnumeric",))
# A desktop's opener answers at once; one that stays is itself the program showing the file.
_OPENER_SECONDS = 2


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
    """Show the folder that holds ``path``."""
    open_path(path.absolute().parent)


def _hand_over(target: str, refusal: str) -> None:
    opener = shutil.which("xdg-open")
    if opener is None:
        raise SystemRefused("系统没有安装 xdg-utils，无法打开文件和网址，请先安装它。")
    process = _start(opener, target)
    try:
        status = process.wait(_OPENER_SECONDS)
    except subprocess.TimeoutExpired:
        threading.Thread(target=process.wait, daemon=True).start()
        return
    if status != 0:
        raise SystemRefused(refusal)


def open_calculator() -> None:
    """Start the first calculator that is installed."""
    _open_first([(name,) for name in CALCULATORS], "没有找到计算器程序，请先安装，例如 gnome-calculator。")


def open_writer() -> None:
    """Start the first word processor that is installed."""
    _open_first(WRITERS, "没有找到文字处理程序，请先安装 LibreOffice 或 WPS。")


def open_spreadsheet() -> None:
    """Start the first spreadsheet program that is installed."""
    _open_first(SPREADSHEETS, "没有找到电子表格程序，请先安装 LibreOffice 或 WPS。")


def _open_first(commands: Iterable[tuple[str, ...]], refusal: str) -> None:
    for program, *arguments in commands:
        found = shutil.which(program)
        if found is not None:
            threading.Thread(target=_start(found, *arguments).wait, daemon=True).start()
            return
    raise SystemRefused(refusal)


def _start(*command: str) -> "subprocess.Popen[bytes]":
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True, env=children.environment()
    )


def is_network_path(path: Path) -> bool:
    """Whether ``path`` (which need not exist yet) lies on another machine's disk."""
    return _mount_of(path)[2] in _NETWORK_TYPES


def is_read_only_medium(path: Path) -> bool:
    """Whether nothing at all can be written where ``path`` lies: a CD, a stick with its switch on."""
    return bool(os.statvfs(nearest_folder(path)).f_flag & os.ST_RDONLY)


def is_removable(path: Path) -> bool:
    """Whether ``path`` lies on a stick or a portable disk."""
    device, folder, _ = _mount_of(path)
    if any(folder.is_relative_to(place) for place in _REMOVABLE_FOLDERS):
        return True
    block = (BLOCK_DEVICES / Path(device).name).resolve()
    # A partition's flag is on the whole disk, one folder up.
    flags = (block / "removable", block.parent / "removable")
    return any(flag.is_file() and flag.read_text(encoding="ascii").strip() == "1" for flag in flags)


def shared_folder() -> Path:
    """A folder for a new office's file: here everybody has a home of their own, and no shared one to write to."""
    return Path.home()


def is_for_all_users(path: Path) -> bool:
    """Whether every account of the computer may write in the folder of ``path``, which need not exist yet."""
    folder = next(place for place in path.absolute().parents if place.is_dir())
    return bool(folder.stat().st_mode & stat.S_IWOTH)


def _mount_of(path: Path) -> tuple[str, Path, str]:
    """Device, folder and type of the file system holding ``path``; of equals, the one mounted last."""
    place = path.resolve()
    best = ("", Path("/"), "")
    for line in MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        device, folder, kind = (_unescape(word) for word in line.split(" ")[:3])
        if place.is_relative_to(folder) and len(Path(folder).parts) >= len(best[1].parts):
            best = (device, Path(folder), kind)
    return best


def _unescape(word: str) -> str:
    """Spaces, tabs and backslashes stand in the mount table as octal numbers."""
    for code in ("040", "011", "012", "134"):
        word = word.replace("\\" + code, chr(int(code, 8)))
    return word


def fsync_folder(folder: Path) -> None:
    """Make renames and new names in ``folder`` survive a power cut, where its file system can."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Shares and some sticks cannot flush a folder, and backups are kept there too.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def replace_durably(source: Path, target: Path) -> None:
    """Put ``source`` in the place of ``target``; after a power cut one of the two is there, whole."""
    with source.open("r+b") as file:
        os.fsync(file.fileno())
    source.replace(target)
    fsync_folder(target.absolute().parent)


class InstanceLock(WindowRegister):
    """Locks that belong to the open file, so that two windows of one process see each other, too."""

    def _lock(self, file: int, byte: int) -> bool:
        try:
            fcntl.fcntl(file, fcntl.F_OFD_SETLK, _one_byte(fcntl.F_WRLCK, byte))
        except (BlockingIOError, PermissionError):
            return False
        return True

    def _unlock(self, file: int, byte: int) -> None:
        fcntl.fcntl(file, fcntl.F_OFD_SETLK, _one_byte(fcntl.F_UNLCK, byte))


def _one_byte(kind: int, byte: int) -> bytes:
    """C's ``struct flock``: kind, counted from where, first byte, how many, and no process."""
    return struct.pack("hhqqi0q", kind, os.SEEK_SET, byte, 1, 0)


def enable_dpi_awareness() -> None:
    """Nothing to ask for: X and Wayland tell Tk the true resolution."""


def show_running() -> None:
    """Nothing to do: no installer here asks whether the program runs."""


def has_display() -> bool:
    """Whether a window can be shown at all."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
