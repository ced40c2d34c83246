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
NO_COMPILER = "没有 Inno Setup 6，不生成安装程序。 / No Inno Setup 6: no installer."


def main() -> int:
    """Each only when what comes before it was made; returns the exit code of the first that failed."""
    speak_utf8()
    # setuptools packs whatever an earlier build left behind, files deleted since included.
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    (ROOT / "build/frozen").mkdir(parents=True)
    commands = [[sys.executable, "-m", *WHEEL], [sys.executable, "-m", *FREEZE, "installer/crm_desktop.spec"]]
    code = next(filter(None, map(run, commands)), 0)
    if code:
        return code
    pack(ROOT / "dist" / PROGRAM, ROOT / "dist", sys.platform == "win32")
    code = make_installer()
    for made in sorted(file for file in (ROOT / "dist").iterdir() if file.is_file()):
        print(f"{made}  {made.stat().st_size / 1_000_000:.1f} MB")
    print(ROOT / "dist" / PROGRAM)
    return code


def make_installer() -> int:
    """Inno Setup exists on Windows only; without it there are the folder and the packed folder."""
    compiler = inno_setup()
    if sys.platform != "win32" or not compiler:
        print(NO_COMPILER)
        return 0
    numbers = ".".join(map(str, version_numbers()))
    return run([compiler, "/Q", f"/DVersion={__version__}", f"/DNumbers={numbers}", SCRIPT])


def inno_setup() -> str:
    """Its compiler, on the path or where its own installer puts it; empty when there is none."""
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "Inno Setup 6" / "ISCC.exe"
    return shutil.which("iscc") or (str(usual) if usual.is_file() else "")


def run(command: list[str]) -> int:
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
