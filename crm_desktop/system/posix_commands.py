"""CUPS's own commands, run in the C locale, so that no answer is ever translated."""

import subprocess

from crm_desktop.errors import SystemRefused
from crm_desktop.system import children
from crm_desktop.system.printing import printer_vanished

_ASK_SECONDS = 15


def ask(*command: str) -> str:
    """What a command prints; nothing when it takes too long. FileNotFoundError when there is no such command."""
    try:
        return run(list(command), _ASK_SECONDS).stdout
    except subprocess.TimeoutExpired:
        return ""


def run(command: list[str], seconds: int) -> subprocess.CompletedProcess[str]:
    """Run it to its end or for so many seconds (TimeoutExpired)."""
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace",
        timeout=seconds, check=False, env={**children.environment(), "LC_ALL": "C"},
    )  # fmt: skip


def no_printer(name: str) -> SystemRefused:
    """Why ``name`` is not among the printers, and what to do about it."""
    try:
        answer = ask("lpstat", "-r")
    except FileNotFoundError:
        return SystemRefused("系统没有安装打印程序，请先安装 cups-client，或存为 PDF 后到别的电脑打印。")
    if "is running" not in answer:
        return SystemRefused("打印服务没有运行，请先启动 CUPS 服务，或存为 PDF 后再打印。")
    return printer_vanished(name)
