"""The installer's script as far as it can be read here: Inno Setup runs on Windows only, and the workflow compiles it."""

import re
import sys
from pathlib import Path

import pytest

from crm_desktop import __version__, paths
from crm_desktop.system import windows
from installer import build, contents

FOLDER = contents.ROOT / "installer"
SCRIPT = (contents.ROOT / build.SCRIPT).read_text(encoding="utf-8-sig")
MESSAGES = (FOLDER / "chinese.isl").read_text(encoding="utf-8-sig").partition("[Messages]")[2]
ENTRY = re.compile(r"^(\w+)=(.*)$", re.MULTILINE)
ARGUMENTS = {
    "SetupWindowTitle": "%1", "SetupAppRunningError": "%1", "UninstallAppRunningError": "%1", "ConfirmUninstall": "%1",
    "UninstalledAll": "%1", "UninstallStatusLabel": "%1", "DiskSpaceWarning": "%1 %2", "DiskSpaceMBLabel": "[mb]",
    "WelcomeLabel2": "[name/ver]", "ReadyLabel1": "[name]", "FinishedLabel": "[name]",
    "ErrorFunctionFailedWithMessage": "%1 %2 %3", "DirExists": "%1",
}  # fmt: skip
"""What Inno Setup puts into a message."""


def section(name: str) -> str:
    found = re.search(rf"^\[{name}\]\n(.*?)(?=^\[|\Z)", SCRIPT, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


SETUP = {name: value.replace("{#Name}", contents.PROGRAM) for name, value in ENTRY.findall(section("Setup"))}


def test_it_installs_what_the_build_makes_under_its_name() -> None:
    assert f'#define Name "{contents.PROGRAM}"' in SCRIPT and f'#define Maker "{contents.MAKER}"' in SCRIPT
    assert 'Source: "..\\dist\\{#Name}\\*"; DestDir: "{app}"' in section("Files")
    assert SETUP["UninstallDisplayIcon"] == f"{{app}}\\{contents.PROGRAM}.exe"
    assert (FOLDER / SETUP["SetupIconFile"]) == contents.ICON
    assert (FOLDER / SETUP["OutputDir"].replace("\\", "/")).resolve() == contents.ROOT / "dist"


def test_menu_desktop_and_last_page_start_the_program() -> None:
    targets = re.findall(r'^(?:Name: "([^"]+)"; )?Filename: "([^"]+)"', section("Icons") + section("Run"), re.MULTILINE)
    assert [place for place, _ in targets] == ["{autoprograms}\\{#Name}", "{autodesktop}\\{#Name}", ""]
    assert {target for _, target in targets} == {"{app}\\{#Name}.exe"}


def test_nobody_needs_an_administrator() -> None:
    assert (SETUP["PrivilegesRequired"], SETUP["DefaultDirName"]) == ("lowest", "{autopf}\\CrmDesktop")


def test_a_running_program_is_seen_by_the_name_that_it_shows() -> None:
    assert (SETUP["AppMutex"], SETUP["CloseApplications"]) == (windows.RUNNING, "yes")


def test_what_the_office_wrote_stays() -> None:
    """Settings lie elsewhere, and a folder that makes the program portable is neither brought nor removed."""
    assert "UninstallDelete" not in SCRIPT and "[Registry]" not in SCRIPT
    removed = re.findall(r'Name: "([^"]+)"', section("InstallDelete"))
    assert removed == ["{app}\\_internal"]
    assert paths.PORTABLE not in section("Files")
    assert "保留" in MESSAGES.partition("ConfirmUninstall=")[2].partition("\n")[0]


def test_the_version_comes_from_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(build, "inno_setup", lambda: "iscc")
    monkeypatch.setattr(build, "run", lambda command: commands.append(command) or 0)
    assert build.make_installer() == 0
    numbers = ".".join(map(str, contents.version_numbers()))
    assert commands == [["iscc", "/Q", f"/DVersion={__version__}", f"/DNumbers={numbers}", "installer/setup.iss"]]
    assert (SETUP["AppVersion"], SETUP["VersionInfoVersion"]) == ("{#Version}", "{#Numbers}")
    assert "{#Version}" in SETUP["OutputBaseFilename"]


def test_a_release_is_recognised_as_the_program_it_replaces() -> None:
    """Another AppId would install a second program beside the first; this one never changes."""
    assert SETUP["AppId"] == "{{6B013437-6920-4DBF-BB0E-0EDA311C3CE1}"


def test_it_speaks_chinese_with_what_is_shipped() -> None:
    assert re.findall(r'MessagesFile: "([^"]+)"', SCRIPT) == ["compiler:Default.isl,chinese.isl"]
    entries = ENTRY.findall(MESSAGES)
    assert len(entries) == len(dict(entries)) > 80
    assert [name for name, text in entries if not re.search(r"[\u4e00-\u9fff]", text)] == []
    for name, arguments in ARGUMENTS.items():
        assert [argument for argument in arguments.split() if argument not in dict(entries)[name]] == [], name


@pytest.mark.parametrize("name", ["setup.iss", "chinese.isl"])
def test_the_compiler_sees_that_they_are_utf_8(name: str) -> None:
    assert (FOLDER / name).read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(("system", "compiler"), [("win32", ""), ("linux", "/usr/bin/iscc")])
def test_without_a_compiler_there_is_no_installer_and_no_failure_unless_it_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], system: str, compiler: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(build, "inno_setup", lambda: compiler)
    monkeypatch.setattr(build, "run", lambda command: 7)
    assert [build.make_installer(), build.make_installer(is_needed=True)] == [0, 1]
    assert build.NO_COMPILER in capsys.readouterr().out


def test_the_compiler_is_found_where_its_own_installer_puts_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PROGRAMFILES(X86)", str(tmp_path))
    monkeypatch.delenv("PROGRAMFILES", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert build.inno_setup() == ""
    usual = tmp_path / "Inno Setup 6" / "ISCC.exe"
    usual.parent.mkdir()
    usual.touch()
    assert build.inno_setup() == str(usual)


# The build as a whole


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The names of the steps that were taken; nothing is made."""
    taken: list[str] = []
    monkeypatch.setattr(build, "ROOT", tmp_path)
    (tmp_path / "dist").mkdir()
    monkeypatch.setattr(build, "run", lambda command, *_: taken.append(Path(command[2]).stem) or 0)
    monkeypatch.setattr(build, "pack", lambda *_: taken.append("packed"))
    monkeypatch.setattr(build, "make_installer", lambda is_needed: taken.append(f"installer {is_needed}") or 0)
    return taken


def test_the_build_tries_what_it_made_before_it_is_packed(steps: list[str]) -> None:
    assert build.main(["--installer"]) == 0
    assert steps == ["pip", "PyInstaller", "self-test", "packed", "installer True"]


def test_what_is_not_whole_is_not_packed(
    steps: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(command: list[str], environment: dict[str, str] | None = None) -> int:
        if "--self-test" not in command:
            return 0
        assert environment is not None and environment["PATH"] == ""
        Path(command[-1]).write_text("✗ 界面 首页\n", encoding="utf-8")
        return 1

    monkeypatch.setattr(build, "run", fail)
    assert build.main([]) == 1
    assert steps == [] and "✗ 界面 首页" in capsys.readouterr().out
