"""A process at work whose system calls are watched, or made to fail, by strace."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path

from tests.faults.jobs import serve
from tests.faults.scene import Scene

STRACE = shutil.which("strace")


@dataclass(frozen=True)
class Fault:
    """What the system answers; ``stays`` until somebody makes room."""

    calls: str
    error: str
    stays: bool


@dataclass
class Worker:
    """A process with the office open, waiting to be told."""

    pid: int
    ends: Connection
    log: Path
    calls: list[str] = field(default_factory=list)

    def attempt(self) -> str:
        self.ends.send("go")
        assert self.ends.poll(30), "the worker answers"
        return str(self.ends.recv())

    def attempt_under(self, fault: Fault, place: int) -> str:
        """The job while the ``place``-th of these calls fails."""
        when = f"{place}+" if fault.stays else f"{place}"
        return self.attempt_watched(fault.calls, "-e", f"inject={fault.calls}:error={fault.error}:when={when}")

    def attempt_watched(self, calls: str, *options: str) -> str:
        """The job while these system calls are written down, with the files they are about, in ``calls``."""
        with traced(self.pid, ["-y", "-e", f"trace={calls}", "-o", str(self.log), *options]):
            answer = self.attempt()
        self.calls = [line for line in self.log.read_text(encoding="utf-8").splitlines() if " = " in line]
        return answer


@contextmanager
def traced(pid: int, options: list[str]) -> Iterator[None]:
    command = [str(STRACE), "-f", "-p", str(pid), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as tracer:
        assert tracer.stderr is not None
        said = tracer.stderr.readline()
        assert "attached" in said, said
        yield
        tracer.send_signal(signal.SIGINT)


@contextmanager
def worker(scene: Scene, processes: BaseContext, job: str) -> Iterator[Worker]:
    """A process at work in a fresh copy of the scene."""
    scene.reset()
    here, there = processes.Pipe()
    process = processes.Process(target=serve, args=(job, str(scene.folder), there), daemon=True)
    process.start()
    there.close()
    assert here.poll(30), "the worker starts"
    assert here.recv() == "ready"
    try:
        yield Worker(process.pid or 0, here, scene.folder / "strace.txt")
        here.send("")
        process.join(30)
    finally:
        process.kill()
        process.join()
        process.close()
        here.close()
