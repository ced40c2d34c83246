"""Secrets of this account of the computer, in the keyring of the operating system and nowhere else.

Windows keeps them in its credential manager, desktops on Linux in the secret service. Where there is neither, a
secret is remembered until the program ends, and ``store`` says so; so it is where a portable program is a guest.
"""

import threading
from typing import Any

from crm_desktop.errors import SystemRefused

SERVICE = "crm-desktop"
_of_session: dict[str, str] = {}
_is_visiting = threading.Event()


def keep_nothing() -> None:
    """From now on the keyring is left alone: a portable program leaves nothing behind on the computers it visits."""
    _is_visiting.set()


def read(name: str) -> str:
    """The secret of that name, empty when this account has none."""
    if name in _of_session or _is_visiting.is_set():
        return _of_session.get(name, "")
    keyring = _keyring()
    try:
        return keyring.get_password(SERVICE, name) or ""
    except keyring.errors.KeyringError:
        return ""


def store(name: str, secret: str) -> bool:
    """Remember a secret; False when it is only until the program ends, because there is no keyring to use."""
    if _is_visiting.is_set():
        _of_session[name] = secret
        return False
    keyring = _keyring()
    _of_session.pop(name, None)
    try:
        keyring.set_password(SERVICE, name, secret)
    except keyring.errors.NoKeyringError:
        _of_session[name] = secret
        return False
    except keyring.errors.KeyringError as error:
        raise SystemRefused("系统的密码库没有收下这个密码，可能已锁定，请解锁后再试。") from error
    return True


def forget(name: str) -> None:
    """Remove a secret; nothing happens when there is none."""
    _of_session.pop(name, None)
    if _is_visiting.is_set():
        return
    keyring = _keyring()
    try:
        keyring.delete_password(SERVICE, name)
    except keyring.errors.NoKeyringError:
        return
    except keyring.errors.PasswordDeleteError:
        return
    except keyring.errors.KeyringError as error:
        raise SystemRefused("系统的密码库没有删除这个密码，可能已锁定，请解锁后再试。") from error


def _keyring() -> Any:
    import keyring  # heavy: it looks for its back ends

    return keyring
