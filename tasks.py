"""One door to everything done with this project: ``python tasks.py COMMAND``, standard library only."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LINUX = sys.platform.startswith("linux")
LIBRARIES = Path(sys.base_prefix, "lib")
WINDOWS = sys.platform == "win32"
PYTHON = str(VENV / ("Scripts/python.exe" if WINDOWS else "bin/python"))
SCREEN = "1366x768x24"  # the smallest screen the program promises to fit


class Missing(Exception):
    """The machine lacks something; the text is the one sentence that says what to do."""


def program(name: str) -> Callable[[], bool]:
    folders = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    return lambda: shutil.which(name, path=folders) is not None


def has_venv() -> bool:
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def tk_trouble() -> str:
    """Why this Python cannot open windows; empty when it can."""
    try:
        importlib.import_module("_tkinter")
    except ImportError as error:
        return str(error)
    return ""


def has_chinese_font() -> bool:
    lister = shutil.which("fc-list")
    return bool(lister and subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout)


PYTHON_LIBRARY = f"libpython3.{sys.version_info[1]}"  # what a frozen program carries instead of a Python
# What pip cannot install: the Debian packages that bring it, and how to see that it is there.
PRESENT: dict[str, Callable[[], bool]] = {
    "python3-venv": has_venv,
    "python3-tk": lambda: not tk_trouble(),
    "fontconfig fonts-noto-cjk": has_chinese_font,
    "xvfb": program("Xvfb"),
    "poppler-utils": program("pdftoppm"),
    "git": program("git"),
    "cups-client": program("lp"),
    "cups-daemon": program("cupsd"),
    "strace": program("strace"),
    "cups-filters": lambda: Path("/usr/lib/cups/filter/pdftopdf").exists(),
    "binutils": program("objdump"),
    PYTHON_LIBRARY: lambda: bool(find_library(PYTHON_LIBRARY[3:]) or list(LIBRARIES.glob(PYTHON_LIBRARY + ".so*"))),
}
PYTHON_PARTS = ("python3-venv", "python3-tk")  # all that a system other than Linux can lack
SCREEN_PARTS = ("fontconfig fonts-noto-cjk", "xvfb")


def missing(needs: tuple[str, ...]) -> list[str]:
    importlib.invalidate_caches()
    return [need for need in needs if (LINUX or need in PYTHON_PARTS) and not PRESENT[need]()]


def prepare_system(needs: tuple[str, ...], wants: tuple[str, ...] = ()) -> None:
    """Install what is lacking where we may; complain only about what the task cannot do without."""
    lacking = missing(needs + wants)
    packages = [package for need in lacking for package in packages_for(need)]
    if packages and is_root() and program("apt-get")():
        apt_install(packages)
    refused = missing(needs)
    if refused:
        raise Missing(complaint(refused))


def is_root() -> bool:
    return getattr(os, "geteuid", lambda: 1)() == 0


def packages_for(need: str) -> list[str]:
    """Debian splits Tk off; a slim image lacks Tk's library; no package helps a Python built without it."""
    if need not in ("python3-tk", PYTHON_LIBRARY) or sys.base_prefix == "/usr":
        return need.split()
    return ["libtk8.6"] if need == "python3-tk" and "shared object" in tk_trouble() else []


def apt_install(packages: list[str]) -> None:
    say(f"正在安装系统软件包 / installing {' '.join(packages)} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        # An update may fail for one mirror and yet bring what is wanted: looking again decides.
        done = subprocess.run(["apt-get", *command], env=environment, capture_output=True, check=False)
        if done.returncode:
            sys.stderr.buffer.write(done.stderr)


def complaint(refused: list[str]) -> str:
    packages = " ".join(package for need in refused for package in packages_for(need))
    if not LINUX:
        chinese = "这个 Python 缺少 tkinter 或 venv，请从 python.org 重新安装并勾选 tcl/tk。"
        return f"{chinese} / This Python lacks tkinter or venv: install the one from python.org with tcl/tk."
    if packages:
        return f"缺少系统软件包，请运行 / packages are missing, run: sudo apt-get install {packages}"
    chinese = "这个 Python 编译时没有 Tk 或共享库，请安装 python3-tk，再用 /usr/bin/python3 运行 tasks.py。"
    english = "lacks Tk or --enable-shared (pyenv: install tk-dev, build it again; or take /usr/bin/python3)."
    return f"{chinese} / The Python in {sys.base_prefix} {english}"


def prepare_environment(extras: str) -> None:
    """Make ``.venv`` and install into it, unless that was done for the very same requirements."""
    stamp = VENV / f"installed-{extras or 'program'}.stamp"
    wanted = fingerprint()
    if Path(PYTHON).exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    if not has_pip():
        say("正在创建 .venv / creating .venv …")
        call([sys.executable, "-m", "venv", "--clear", str(VENV)])
    say("正在安装所需的库，第一次需要几分钟 / installing libraries, a few minutes the first time …")
    target = f".[{extras},windows]" if WINDOWS else f".[{extras}]"
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if call([*pip, "-c", "constraints.txt", "-e", target.replace("[,", "[").replace("[]", "")]):
        raise Missing("库没有装好，请检查网络后重试。 / The libraries were not installed, see above.")
    stamp.write_text(wanted, encoding="utf-8")


def fingerprint() -> str:
    names = ("setup.cfg", "pyproject.toml", "constraints.txt")
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def has_pip() -> bool:
    """False for no environment, and for one whose making was interrupted or whose Python went away."""
    command = [PYTHON, "-m", "pip", "--version"]
    return Path(PYTHON).exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0


def has_display() -> bool:
    return not LINUX or bool(os.environ.get("DISPLAY"))


@contextmanager
def some_display() -> Iterator[dict[str, str]]:
    """The environment of a program that opens windows: on the screen there is, else on a virtual one."""
    if has_display():
        yield dict(os.environ)
        return
    with virtual_display() as environment:
        yield environment


@contextmanager
def virtual_display() -> Iterator[dict[str, str]]:
    """An X server of our own on a free number, gone afterwards.

    Without a window manager: windows stand where they are put and the keyboard goes where it is sent, at once.
    """
    reading, writing = os.pipe()
    options = ["-displayfd", str(writing), "-screen", "0", SCREEN, "-dpi", "96", "-nolisten", "tcp"]
    server = subprocess.Popen(["Xvfb", *options], pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as answer:
        environment = {**os.environ, "DISPLAY": f":{answer.readline().strip()}"}
    try:
        yield environment
    finally:
        server.terminate()
        server.wait(timeout=20)


def say(text: str) -> None:
    print(text, flush=True)


def call(command: list[str], environment: dict[str, str] | None = None) -> int:
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def python(arguments: list[str], environment: dict[str, str] | None = None) -> int:
    return call([PYTHON, *arguments], environment)


def on_display(*command: str) -> Callable[[list[str]], int]:
    """A task that is one Python command with a display to draw on."""

    def work(arguments: list[str]) -> int:
        with some_display() as environment:
            return python([*command, *arguments], environment)

    return work


def demo(arguments: list[str]) -> int:
    """The documents first, without Tk; then photographs and the window, as far as there is a display."""
    making = [PYTHON, "-m", "crm_desktop.demo", "demo"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    made = subprocess.run(making, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if made.returncode == 0:
        photograph()
    say(made.stdout.rstrip())  # the files and the sign-in come last, where they are seen
    if made.returncode or tk_trouble() or not has_display() or "--no-window" in arguments:
        return made.returncode
    return python(["main.py", "--db", "demo/sample.db"])


def photograph() -> None:
    """Pictures of the main screens in demo/; on Linux on a display of our own, so that all have one size."""
    if missing((*PYTHON_PARTS, *SCREEN_PARTS)):
        say("没有 Tk 或虚拟显示器，不拍摄界面照片。 / No Tk or no virtual display: no photographs.")
        return
    with virtual_display() if LINUX else some_display() as environment:
        python(["-m", "crm_desktop.views.preview", "--manual", "demo"], environment)


def check(arguments: list[str]) -> int:
    house = ["tests/test_architecture.py", "tests/test_portability.py"]
    types = [["mypy", "--platform", name, "--cache-dir", f".mypy_cache/{name}"] for name in ("win32", "linux")]
    checks = (["ruff", "check", "."], *types, ["pytest", "-q", *house, *arguments])
    return max([abs(python(["-m", *command])) for command in checks])


@dataclass(frozen=True)
class Task:
    """One command: what it says of itself, what it does, what it needs, what it would like to have."""

    help: str
    work: Callable[[list[str]], int]
    needs: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    extras: str = ""


TK = ("python3-tk",)
ON_SCREEN = (*TK, *SCREEN_PARTS)
TESTED_WITH = (*ON_SCREEN, "poppler-utils", "git", "cups-client", "cups-daemon", "cups-filters", "strace")
BUILT_WITH = (*ON_SCREEN, "binutils", PYTHON_LIBRARY)
# Side by side where each process can have a screen of its own, in our order (tests/conftest.py), the long files first.
IN_FILES = ("--dist", "loadfile", "--no-loadscope-reorder")
SIDE_BY_SIDE = ("-n", str(min(5, 1 + (os.cpu_count() or 1))), *IN_FILES) if LINUX else ()  # windows wait
TEST = on_display("-m", "pytest", *SIDE_BY_SIDE)
BUILD = on_display("-m", "installer.build")
PREVIEW = on_display("-m", "crm_desktop.views.preview")
FAULTS = ("-m", "pytest", "-q", "--slow", "tests/faults")
TASKS = {
    "run": Task("启动程序 / start the program", lambda arguments: python(["main.py", *arguments]), TK),
    "demo": Task("样例数据、文档和照片，写入 demo/ / sample office in demo/", demo, (), ON_SCREEN),
    "test": Task("全部测试 / all tests (--slow: the long ones, too)", TEST, TESTED_WITH, extras="test"),
    "faults": Task("故障试验 / every fault, counted", lambda rest: python([*FAULTS, *rest]), TK, ("strace",), "test"),
    "check": Task("代码检查 / ruff, mypy for both systems, the rules of the house", check, TK, extras="test,dev"),
    "bench": Task("性能比值 / speed as ratios (--full: a million rows)", on_display("benchmarks/run.py"), ON_SCREEN),
    "preview": Task("拍摄一个界面 / photograph a screen: preview SCREEN", PREVIEW, ON_SCREEN),
    "build": Task("生成安装包 / the wheel, and a program that needs no Python", BUILD, BUILT_WITH, extras="build"),
}


def usage() -> str:
    lines = [f"  {name:8} {task.help}" for name, task in TASKS.items()]
    return "\n".join(["python tasks.py COMMAND [ARGUMENTS …]", "", *lines])


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console without Chinese
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        say(usage())
        return 0
    task = TASKS.get(arguments[0])
    if task is None:
        print(f"没有这个命令 / no such command: {arguments[0]}\n\n{usage()}", file=sys.stderr)
        return 2
    try:
        require_python()
        prepare_system(("python3-venv", *task.needs), task.wants)
        prepare_environment(task.extras)
        return task.work(arguments[1:])
    except Missing as refusal:
        print(refusal, file=sys.stderr)
        return 1


def require_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  ruff trusts setup.cfg; a person may start us with any Python
        raise Missing(f"需要 Python 3.11 或更新的版本 / Python 3.11 or newer is needed: {sys.version}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
