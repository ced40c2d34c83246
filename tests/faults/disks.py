"""A small disk in memory, and how to fill it up but for a little."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """``folder`` is an empty disk of this size meanwhile; OSError or CalledProcessError where that is not allowed."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def only_room_for(folder: Path, size: int) -> Iterator[None]:
    """The disk of ``folder`` has this many bytes left."""
    ballast = folder / "ballast"
    file = os.open(ballast, os.O_WRONLY | os.O_CREAT)
    try:
        os.posix_fallocate(file, 0, max(1, shutil.disk_usage(folder).free - size))
        yield
    finally:
        os.close(file)
        ballast.unlink()
