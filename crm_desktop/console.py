"""The terminal: Chinese comes out as UTF-8 on every system and through every pipe."""

import io
import sys


def speak_utf8() -> None:
    """A Windows console or pipe would otherwise use the system's old code page and fail on 𠮷."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
