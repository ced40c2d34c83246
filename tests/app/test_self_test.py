"""The self-test says that a whole program is whole, and names what is not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.app import build, self_test, start
from crm_desktop.app.self_test_checks import CHECKS
from crm_desktop.clock import FixedClock
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.modules import MODULES

FEW = ("customers", "help", "about")
"""Every screen is opened by another test; the frozen program opens them all."""


@pytest.fixture
def run(root: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cheap_passwords: None) -> Callable[[], tuple[int, list[str]]]:
    """``run()``: exit code and report, tried in the window that the tests share."""
    monkeypatch.setattr(root, "destroy", lambda: None)
    monkeypatch.setattr(root, "report_callback_exception", root.report_callback_exception)
    monkeypatch.setattr(self_test, "MODULES", [each for each in MODULES if each.key in FEW])
    folder = tmp_path / "报 告"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    made = lambda settings: build(ComputerSettings(settings), FixedClock.at("2026-11-22"), root=root)  # noqa: E731

    def try_it() -> tuple[int, list[str]]:
        code = self_test.self_test(made, folder / "结果.txt")
        return code, (folder / "结果.txt").read_text(encoding="utf-8").splitlines()

    yield try_it
    root.unbind("<<Quit>>")


def test_a_whole_program_is_called_whole(run: Callable[[], tuple[int, list[str]]]) -> None:
    code, lines = run()
    assert lines == [
        "✓ 建立单位、登录",
        *(f"✓ 界面 {each.title}" for each in MODULES if each.key in FEW),
        *(f"✓ {label}" for label, _ in CHECKS),
        "程序完好。",
    ]
    assert code == 0


def test_what_is_broken_is_named_and_the_rest_is_tried(
    run: Callable[[], tuple[int, list[str]]], root: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_later(*_: object) -> None:
        root.after_idle(lambda: 1 // 0)
        root.update()

    def fail(*_: object) -> None:
        raise FileNotFoundError("regions.csv")

    monkeypatch.setattr(self_test, "CHECKS", (("文件", fail), ("回调", fail_later), ("其余", lambda *_: None)))
    code, lines = run()
    told = [line for line in lines if line[:1] in "✓✗"]
    assert told[-3:] == ["✗ 文件：regions.csv", "✗ 回调：integer division or modulo by zero", "✓ 其余"]
    assert any("test_self_test.py" in line and line.endswith("fail") for line in lines)
    assert (code, lines[-1]) == (1, self_test.BROKEN)


def test_it_is_started_from_the_command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the computer's own is used: no settings, no log."""
    asked: list[Path] = []
    monkeypatch.setattr(self_test, "self_test", lambda build, report: asked.append(report) or 7)
    monkeypatch.setattr(start, "writable_folder", lambda: pytest.fail("settings are not to be opened"))
    assert start.main(["--self-test", str(tmp_path / "report.txt")]) == 7
    assert asked == [tmp_path / "report.txt"]
