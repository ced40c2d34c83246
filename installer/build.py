"""``python -m installer.build``, as ``tasks.py build``: the wheel, the frozen program, that packed, its installer."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from crm_desktop import __version__
from crm_desktop.console import speak_utf8
from installer.contents import PROGRAM, ROOT, version_numbers
from installer.pack import pack

WHEEL = ("pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "dist", ".")
FREEZE = ("PyInstaller", "--noconfirm", "--log-level", "ERROR", "--distpath", "dist", "--workpath", "build/frozen")
SCRIPT = "installer/setup.iss"
NO_COMPILER = "没有 Inno Setup，不生成安装程序。 / No Inno Setup: no installer."
REPORT = "self-test.txt"
EXECUTABLE = ".exe" if sys.platform == "win32" else ""


def main(arguments: list[str]) -> int:
    """Each only when what comes before it was made; returns the exit code of the first that failed.

    With ``--installer`` it is a failure to have none.
    """
    speak_utf8()
    # setuptools packs whatever an earlier build left behind, files deleted since included.
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    (ROOT / "build/frozen").mkdir(parents=True)
    commands = [[sys.executable, "-m", *WHEEL], [sys.executable, "-m", *FREEZE, "installer/crm_desktop.spec"]]
    code = next(filter(None, map(run, commands)), 0)
    if code:
        return code
    code = try_program(ROOT / "dist" / PROGRAM, ROOT / "dist" / REPORT)
    if code:
        return code
    pack(ROOT / "dist" / PROGRAM, ROOT / "dist", sys.platform == "win32")
    code = make_installer(is_needed="--installer" in arguments)
    for made in sorted(file for file in (ROOT / "dist").iterdir() if file.is_file()):
        print(f"{made}  {made.stat().st_size / 1_000_000:.1f} MB")
    print(ROOT / "dist" / PROGRAM)
    return code


def try_program(folder: Path, report: Path) -> int:
    """Let the program test itself, with no Python to be found; shows its report, returns its exit code."""
    report.unlink(missing_ok=True)
    code = run([str(folder / (PROGRAM + EXECUTABLE)), "--self-test", str(report)], {**os.environ, "PATH": ""})
    if report.exists():
        print(report.read_text(encoding="utf-8"))
    return code


def make_installer(is_needed: bool = False) -> int:
    """Inno Setup exists on Windows only; without it there are the folder and the packed folder."""
    compiler = inno_setup()
    if sys.platform != "win32" or not compiler:
        print(NO_COMPILER)
        return int(is_needed)
    numbers = ".".join(map(str, version_numbers()))
    return run([compiler, "/Q", f"/DVersion={__version__}", f"/DNumbers={numbers}", SCRIPT])


def inno_setup() -> str:
    """Its compiler, on the path or where its own installer puts it; empty when there is none."""
    places = [Path(os.environ[name]) for name in ("PROGRAMFILES(X86)", "PROGRAMFILES") if name in os.environ]
    usual = [str(file) for place in places for file in sorted(place.glob("Inno Setup */ISCC.exe"))]
    return shutil.which("iscc") or next(reversed(usual), "")


def run(command: list[str], environment: dict[str, str] | None = None) -> int:
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
