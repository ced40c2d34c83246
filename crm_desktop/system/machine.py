"""Questions about this machine that Python answers alike on every system."""

import getpass
import os
import platform
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from crm_desktop.errors import SystemRefused

# Web addresses come from imported lists: nothing that could start a program is handed to the system.
_SAFE_SCHEMES = ("http", "https", "mailto")

_CLOUDS = {
    "onedrive": "OneDrive", "dropbox": "Dropbox", "坚果云": "坚果云", "我的坚果云": "坚果云", "nutstore": "坚果云",
    "百度网盘": "百度网盘", "百度云": "百度网盘", "baidunetdisk": "百度网盘", "baidusyncdisk": "百度网盘",
    "icloud": "iCloud", "google drive": "Google 云端硬盘", "googledrive": "Google 云端硬盘",
    "我的云端硬盘": "Google 云端硬盘", "wps云盘": "WPS 云盘", "wpsdrive": "WPS 云盘", "微云": "微云",
    "腾讯微云": "微云", "阿里云盘": "阿里云盘", "360云盘": "360 云盘",
}  # fmt: skip
"""How the folders that such programs synchronise begin, in small letters."""
_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")  # variables that name its folder wherever it lies


def computer_name() -> str:
    return platform.node() or "未命名的电脑"


def os_user() -> str:
    """The account name of whoever is signed in to the operating system."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return "未知用户"


def free_bytes(path: Path) -> int:
    """Free room on the disk that holds ``path``, which need not exist yet."""
    place = path.absolute()
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free


def nearest_folder(path: Path) -> Path:
    """The folder of ``path``, or the nearest one above it that exists."""
    return next((place for place in path.absolute().parents if place.is_dir()), Path(path.anchor))


def synchronised_by(path: Path) -> str:
    """The cloud service whose synchronised folder holds ``path``; nothing when none is known to."""
    place = path.absolute()
    for variable in _ONEDRIVE:
        if os.environ.get(variable) and place.is_relative_to(os.environ[variable]):
            return "OneDrive"
    for part in (*place.parts[:-1], *place.resolve().parts[:-1]):
        name = part.casefold()
        service = next((word for begin, word in _CLOUDS.items() if name.startswith(begin)), "")
        if service:
            return service
    return ""


def safe_url(address: str) -> str:
    """A web or mail address ready to open; ``www.example.com`` gains its scheme."""
    text = address.strip()
    scheme = urlsplit(text).scheme.lower()
    if scheme in _SAFE_SCHEMES:
        return text
    # "example.com:8080" also looks like a scheme; only a host name has a dot in front of the colon.
    if text and (not scheme or "." in scheme) and not any(c.isspace() for c in text):
        return "http://" + text.lstrip("/")
    raise SystemRefused(f"“{address}”不是网址或邮箱地址，无法打开。")


def tel_url(number: str) -> str:
    """``tel:`` and nothing but digits, after a + when there is one."""
    text = number.strip()
    digits = "".join(char for char in text if "0" <= char <= "9")
    if not digits:
        raise SystemRefused(f"“{number}”不是电话号码，无法拨号。")
    return f"tel:{'+' if text.startswith('+') else ''}{digits}"
