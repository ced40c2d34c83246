"""The one command of the project: what it prints, what it installs, and what it says when it cannot."""

import os
import re
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

import tasks

PROJECT = Path(__file__).resolve().parent.parent
COMMANDS = ["run", "demo", "test", "faults", "check", "bench", "preview", "build"]


class Machine:
    """A pretended computer: which programs and packages it has, and what was run on it."""

    def __init__(self) -> None:
        self.installed: set[str] = set(tasks.PRESENT)
        self.offers: set[str] = set(tasks.PRESENT)  # what apt-get brings when asked
        self.commands: list[list[str]] = []

    def apt_install(self, packages: list[str]) -> None:
        self.commands.append(packages)
        self.installed |= {need for need in self.offers if set(need.split()) <= set(packages)}


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A Debian machine on which we are root and everything is there; tests take things away."""
    machine = Machine()
    present = {need: (lambda need=need: need in machine.installed) for need in tasks.PRESENT}
    monkeypatch.setattr(tasks, "PRESENT", present)
    monkeypatch.setattr(tasks, "LINUX", True)
    monkeypatch.setattr(tasks, "is_root", lambda: True)
    monkeypatch.setattr(tasks, "program", lambda name: lambda: True)
    monkeypatch.setattr(tasks, "apt_install", machine.apt_install)
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    return machine


# What it prints


def test_alone_it_lists_every_command_with_a_line_of_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert tasks.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    helped = {words[0]: words[1] for words in (line.split(maxsplit=1) for line in lines[2:])}
    assert list(helped) == COMMANDS
    assert all(helped.values())


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert tasks.main(["tset"]) == 2
    assert "tset" in capsys.readouterr().err


# What the system lacks


def test_root_on_debian_gets_what_is_lacking(machine: Machine) -> None:
    machine.installed -= {"python3-venv", "python3-tk", "fontconfig fonts-noto-cjk"}
    tasks.prepare_system(("python3-venv", *tasks.TESTED_WITH))
    assert machine.commands == [["python3-venv", "python3-tk", "fontconfig", "fonts-noto-cjk"]]


def test_nothing_is_installed_where_nothing_is_lacking(machine: Machine) -> None:
    tasks.prepare_system(tasks.TESTED_WITH)
    assert machine.commands == []


def test_others_are_told_the_packages_in_one_line(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "is_root", lambda: False)
    machine.installed -= {"python3-venv", "xvfb"}
    with pytest.raises(tasks.Missing, match=r"^[^\n]*apt-get install python3-venv xvfb$"):
        tasks.prepare_system(("python3-venv", *tasks.TESTED_WITH))
    assert machine.commands == []


def test_what_a_task_only_wants_does_not_stop_it(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "is_root", lambda: False)
    machine.installed -= set(tasks.ON_SCREEN)
    tasks.prepare_system(("python3-venv",), tasks.ON_SCREEN)


def test_what_apt_get_could_not_bring_is_named(machine: Machine) -> None:
    machine.installed -= {"xvfb"}
    machine.offers -= {"xvfb"}
    with pytest.raises(tasks.Missing, match=r"apt-get install xvfb$"):
        tasks.prepare_system(("xvfb",))


def test_a_python_built_without_tk_is_told_so(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "base_prefix", "/home/me/.pyenv/versions/3.12.1")
    monkeypatch.setattr(tasks, "tk_trouble", lambda: "No module named '_tkinter'")
    machine.installed -= {"python3-tk"}
    with pytest.raises(tasks.Missing, match="pyenv"):
        tasks.prepare_system(tasks.TK)
    assert machine.commands == []


def test_a_slim_image_gets_the_library_of_tk(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "base_prefix", "/usr/local")
    monkeypatch.setattr(tasks, "tk_trouble", lambda: "libtk8.6.so: cannot open shared object file")
    machine.installed -= {"python3-tk"}
    with pytest.raises(tasks.Missing, match=r"libtk8\.6"):
        tasks.prepare_system(tasks.TK)
    assert machine.commands == [["libtk8.6"]]


def test_windows_lacks_only_parts_of_python(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "LINUX", False)
    monkeypatch.setattr(tasks, "is_root", lambda: False)
    machine.installed.clear()
    with pytest.raises(tasks.Missing, match=r"python\.org"):
        tasks.prepare_system(tasks.TESTED_WITH)
    machine.installed |= set(tasks.PYTHON_PARTS)
    tasks.prepare_system(tasks.TESTED_WITH)


def test_the_workflow_installs_the_same_packages() -> None:
    workflow = (PROJECT / ".github/workflows/tests.yml").read_text(encoding="utf-8")
    listed = re.search(r"--no-install-recommends\s+(.*)\n", workflow)
    needs = set(tasks.TESTED_WITH) - set(tasks.PYTHON_PARTS)
    assert listed and set(listed[1].split()) == {package for need in needs for package in need.split()}


# The environment


@pytest.fixture
def installer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """A project of three files in a folder of its own; the installations asked for are listed, not made."""
    for name in ("setup.cfg", "pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    folder = tmp_path / ".venv"
    venv.create(folder, with_pip=False)
    monkeypatch.setattr(tasks, "ROOT", tmp_path)
    monkeypatch.setattr(tasks, "VENV", folder)
    monkeypatch.setattr(tasks, "PYTHON", str(folder / Path(tasks.PYTHON).relative_to(PROJECT / ".venv")))
    commands: list[list[str]] = []
    monkeypatch.setattr(tasks, "call", lambda command: commands.append(command) or 0)
    monkeypatch.setattr(tasks, "WINDOWS", False)
    return commands


def test_it_installs_once_for_the_same_requirements(installer: list[list[str]]) -> None:
    tasks.prepare_environment("test")
    assert installer[-1][-4:] == ["-c", "constraints.txt", "-e", ".[test]"]
    done = len(installer)
    tasks.prepare_environment("test")
    assert len(installer) == done


def test_it_installs_again_when_the_requirements_change(installer: list[list[str]]) -> None:
    tasks.prepare_environment("test")
    done = len(installer)
    (tasks.ROOT / "constraints.txt").write_text("pytest==1", encoding="utf-8")
    tasks.prepare_environment("test")
    assert len(installer) > done


@pytest.mark.parametrize(
    ("extras", "is_windows", "target"),
    [
        ("", False, "."),
        ("test", False, ".[test]"),
        ("", True, ".[windows]"),
        ("test", True, ".[test,windows]"),
    ],
)
def test_the_extras(installer: list, monkeypatch, extras: str, is_windows: bool, target: str) -> None:
    monkeypatch.setattr(tasks, "WINDOWS", is_windows)
    tasks.prepare_environment(extras)
    assert installer[-1][-1] == target


def test_an_environment_without_pip_is_made_anew(installer: list[list[str]]) -> None:
    tasks.prepare_environment("")
    assert installer[0][1:4] == ["-m", "venv", "--clear"]


def test_a_failed_installation_is_not_taken_for_done(
    installer: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "call", lambda command: 1)
    for _ in range(2):
        with pytest.raises(tasks.Missing):
            tasks.prepare_environment("test")


# Running


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Nothing is missing; the commands given to the .venv's Python are listed instead of run."""
    commands: list[list[str]] = []
    monkeypatch.setattr(tasks, "prepare_system", lambda needs, wants=(): None)
    monkeypatch.setattr(tasks, "prepare_environment", lambda extras: None)
    monkeypatch.setattr(tasks, "call", lambda command, environment=None: commands.append(command[1:]) or 3)
    return commands


def test_arguments_go_on_to_pytest_and_its_exit_code_comes_back(ready: list[list[str]]) -> None:
    assert tasks.main(["test", "--slow", "-k", "envelope"]) == 3
    assert ready == [["-m", "pytest", *tasks.SIDE_BY_SIDE, "--slow", "-k", "envelope"]]


def test_check_runs_every_check_though_the_first_fails(ready: list[list[str]]) -> None:
    assert tasks.main(["check"]) == 3
    assert [command[1] for command in ready] == ["ruff", "mypy", "mypy", "pytest"]


def test_a_display_of_our_own_shows_a_window_and_goes_away() -> None:
    if not tasks.LINUX:  # only Linux can be without a display
        assert tasks.has_display()
        return
    command = [sys.executable, "-c", "import tkinter; print(tkinter.Tk().winfo_screenwidth())"]
    with tasks.virtual_display() as environment:
        width = subprocess.run(command, env=environment, capture_output=True, check=True, encoding="utf-8")
    assert width.stdout.strip() == "1366"
    assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode != 0


# main.py, started too early


def start(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, encoding="utf-8")


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False)
    return str(folder / ("Scripts/python.exe" if tasks.WINDOWS else "bin/python"))


@pytest.fixture
def says_one_sentence() -> Callable[[subprocess.CompletedProcess[str]], str]:
    def check(finished: subprocess.CompletedProcess[str]) -> str:
        assert finished.returncode == 1
        assert finished.stdout == ""
        assert len(finished.stderr.splitlines()) == 1
        assert "tasks.py run" in finished.stderr
        return finished.stderr

    return check


def test_main_without_libraries(bare_python: str, says_one_sentence: Callable[..., str]) -> None:
    assert "ttkbootstrap" in says_one_sentence(start(bare_python, "main.py"))


PRETENCE = "import runpy, sys; {}; runpy.run_path('main.py', run_name='__main__')"


@pytest.mark.parametrize(
    ("lack", "word"), [("sys.modules['_tkinter'] = None", "Tk"), ("sys.version_info = (3, 9, 2)", "3.11")]
)
def test_main_without_tk_or_on_an_old_python(
    lack: str, word: str, says_one_sentence: Callable[..., str]
) -> None:
    assert word in says_one_sentence(start(sys.executable, "-c", PRETENCE.format(lack)))


def test_tasks_on_an_old_python(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert tasks.main(["run"]) == 1
    assert "3.11" in capsys.readouterr().err
