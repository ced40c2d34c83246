"""The same controllers without a window, for schedulers and scripts.

Exit codes: 0 done, 1 refused (the sentence is on stderr), 2 wrong usage.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from crm_desktop.cli import records, whole_file
from crm_desktop.cli.common import PASSWORD, Command
from crm_desktop.console import speak_utf8
from crm_desktop.errors import CrmError

DONE, REFUSED = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; ``arguments`` default to the command line's."""
    speak_utf8()
    options = parser().parse_args(arguments)
    try:
        options.command(options)
    except CrmError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return REFUSED
    return DONE


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(prog="python -m crm_desktop", description="客户管理系统（命令行）")
    top.add_argument("--db", type=Path, required=True, metavar="FILE", help="数据库文件")
    top.add_argument("--operator", default="", help=f"操作员；密码取自环境变量 {PASSWORD}，否则询问")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        added.set_defaults(command=command)
        return added

    whole_file.add_commands(add)
    records.add_commands(add)
    return top
