"""Questions about this machine that Python answers alike on every system."""

import getpass
import platform
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from crm_desktop.errors import SystemRefused

# Web addresses come from imported lists: nothing that could start a program is handed to the system.
_SAFE_SCHEMES = ("http", "https", "mailto")


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
