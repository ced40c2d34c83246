"""CUPS's own commands, run in the C locale, so that no answer is ever translated."""

import os
import subprocess

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
        timeout=seconds, check=False, env={**os.environ, "LC_ALL": "C"},
    )  # fmt: skip
