"""Start the desktop, or say in one sentence what to do first."""

import sys

COMMAND = "python tasks.py run" if sys.platform == "win32" else "python3 tasks.py run"
if sys.version_info < (3, 11):  # noqa: UP036  the same: ruff trusts setup.cfg, a person has what they have
    raise SystemExit("需要 Python 3.11 或更新的版本，请安装后运行：" + COMMAND)

import configparser
import re
from importlib import import_module, metadata
from pathlib import Path


def trouble() -> str:
    """The sentence for whoever starts us too early; empty when everything is there."""
    try:
        import_module("_tkinter")  # found but not loaded: a slim system without Tk's own library
    except ImportError:
        return f"这个 Python 没有 Tk，窗口打不开，请运行：{COMMAND}（缺什么，它会安装或说明）"
    missing = [name for name in requirements() if not is_installed(name)]
    if missing:
        return f"还没有安装所需的库（{'、'.join(missing)}），请运行：{COMMAND}"
    return ""


def requirements() -> list[str]:
    """The distributions of setup.cfg, the only list of them."""
    config = configparser.ConfigParser()
    config.read(Path(__file__).with_name("setup.cfg"), encoding="utf-8")
    lines = config["options"]["install_requires"].split("\n")
    return [re.split(r"[ <>=!~;\[]", line, maxsplit=1)[0] for line in lines if line]


def is_installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def main() -> int:
    sentence = trouble()
    if sentence:
        print(sentence, file=sys.stderr)
        return 1
    from crm_desktop.app import main as start  # only now: without its libraries the import itself fails

    return start()


if __name__ == "__main__":
    raise SystemExit(main())
