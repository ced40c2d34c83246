"""Questions every system answers alike."""

import getpass
import platform
import shutil

import pytest

from crm_desktop import system
from crm_desktop.errors import SystemRefused
from crm_desktop.system.machine import safe_url, tel_url


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("www.example.com", "http://www.example.com"),
        (" https://example.com/客户?a=b ", "https://example.com/客户?a=b"),
        ("HTTP://example.com", "HTTP://example.com"),
        ("//example.com", "http://example.com"),
        ("example.com:8080/a", "http://example.com:8080/a"),
        ("mailto:zhang@example.com", "mailto:zhang@example.com"),
    ],
)
def test_addresses_that_may_be_opened(address, url):
    assert safe_url(address) == url


@pytest.mark.parametrize(
    "address",
    ["", "   ", "file:///C:/Windows/System32/calc.exe", "javascript:alert(1)", "ms-settings:", "a b"],
)
def test_addresses_that_may_not(address):
    with pytest.raises(SystemRefused, match="无法打开"):
        safe_url(address)


def test_free_room_is_known_before_the_file_exists(tmp_path):
    used = system.free_bytes(tmp_path / "not" / "yet" / "backup.db")

    assert used == pytest.approx(shutil.disk_usage(tmp_path).free, rel=0.05)


def test_names_of_computer_and_account():
    assert system.computer_name() == platform.node()
    assert system.os_user() == getpass.getuser()


def test_names_that_are_missing_do_not_stop_anyone(monkeypatch):
    def unknown():
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", unknown)
    monkeypatch.setattr(platform, "node", lambda: "")

    assert system.os_user() == "未知用户"
    assert system.computer_name() == "未命名的电脑"


@pytest.mark.parametrize("number", ["", "+", "宏达", "x"])
def test_what_has_no_digits_is_not_dialled(number):
    with pytest.raises(SystemRefused, match="不是电话号码"):
        tel_url(number)
