"""Secrets go to the system's keyring and nowhere else; without one they are forgotten with the program."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from crm_desktop.errors import SystemRefused
from crm_desktop.system import secrets


class MemoryKeyring(KeyringBackend):
    """A keyring that forgets with the test."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not there")
        del self.kept[service, username]

    def _open(self) -> None:
        if self.is_locked:
            raise KeyringLocked("locked")


@pytest.fixture(autouse=True)
def of_this_test() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)
    secrets._of_session.clear()
    secrets._is_visiting.clear()


@pytest.fixture
def memory() -> MemoryKeyring:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    return backend


def test_what_is_stored_is_read_and_forgotten(memory: MemoryKeyring) -> None:
    assert secrets.read("backup:a") == ""
    assert secrets.store("backup:a", "密码")
    assert secrets.read("backup:a") == "密码"
    assert memory.kept == {("crm-desktop", "backup:a"): "密码"}
    assert secrets.read("backup:b") == ""
    secrets.forget("backup:a")
    secrets.forget("backup:a")
    assert (secrets.read("backup:a"), memory.kept) == ("", {})


def test_without_a_keyring_it_lasts_until_the_program_ends() -> None:
    assert secrets.store("backup:a", "密码") is False
    assert secrets.read("backup:a") == "密码"
    secrets.forget("backup:a")
    assert secrets.read("backup:a") == ""


def test_a_keyring_that_comes_later_takes_over(memory: MemoryKeyring) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())
    secrets.store("backup:a", "旧")
    keyring.set_keyring(memory)
    secrets.store("backup:a", "新")
    assert secrets.read("backup:a") == "新"


def test_a_locked_keyring(memory: MemoryKeyring) -> None:
    memory.is_locked = True
    assert secrets.read("backup:a") == ""
    for work in (lambda: secrets.store("backup:a", "密码"), lambda: secrets.forget("backup:a")):
        with pytest.raises(SystemRefused, match="可能已锁定"):
            work()


def test_a_stick_leaves_nothing_in_the_keyring_of_the_computer_it_visits(memory: MemoryKeyring) -> None:
    secrets.store("backup:a", "主人的")
    secrets.keep_nothing()
    assert secrets.read("backup:a") == ""
    assert secrets.store("backup:a", "客人的") is False
    assert secrets.read("backup:a") == "客人的"
    secrets.forget("backup:a")
    assert secrets.read("backup:a") == ""
    assert memory.kept == {("crm-desktop", "backup:a"): "主人的"}
