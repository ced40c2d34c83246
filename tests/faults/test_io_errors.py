"""A full disk and a failing disk at every single write of a save, an import, a backup and a restore.

strace makes the system refuse a chosen call of a process: the first, the second, and so on to the last.
"""

import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

from tests.faults.jobs import JOBS, serve
from tests.faults.scene import SENTENCE, Scene

STRACE = shutil.which("strace")
NEVER = 65535
"""A call that no job comes to; strace counts no further."""
SAMPLED = 4
"""How many places of each job the default run tries; --slow tries all."""

pytestmark = pytest.mark.timeout(1800)


@dataclass(frozen=True)
class Fault:
    """What the system answers; ``stays`` until somebody makes room."""

    calls: str
    error: str
    stays: bool


FAULTS = {
    "full disk": Fault("pwrite64", "ENOSPC", stays=True),
    "failing write": Fault("pwrite64", "EIO", stays=False),
    "failing flush": Fault("fsync,fdatasync", "EIO", stays=False),
}


@dataclass
class Worker:
    """A process with the office open, waiting to be told."""

    pid: int
    ends: Connection
    log: Path
    calls: int = field(default=0)

    def attempt(self) -> str:
        self.ends.send("go")
        assert self.ends.poll(30), "the worker answers"
        return str(self.ends.recv())

    def attempt_under(self, fault: Fault, place: int) -> str:
        """The job while the ``place``-th of these calls fails; ``calls`` counts those that were made."""
        when = f"{place}+" if fault.stays else f"{place}"
        inject = f"inject={fault.calls}:error={fault.error}:when={when}"
        options = ["-e", f"trace={fault.calls}", "-e", inject, "-o", str(self.log)]
        with traced(self.pid, options):
            answer = self.attempt()
        self.calls = self.log.read_text(encoding="utf-8").count(" = ")
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


def calls_of(scene: Scene, processes: BaseContext, job: str, fault: Fault) -> int:
    """How many of these calls the job makes when none of them fails."""
    with worker(scene, processes, job) as at_work:
        assert at_work.attempt_under(fault, NEVER) == ""
    return at_work.calls


@pytest.fixture
def places(request: pytest.FixtureRequest) -> Callable[[int], list[int]]:
    """``places(calls)``: which of them fail in turn."""
    is_slow = request.config.getoption("--slow")
    return lambda calls: list(range(1, calls + 1) if is_slow else range(1, calls + 1, max(1, calls // SAMPLED)))


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("job", JOBS)
def test_a_disk_that_fails(
    scene: Scene,
    processes: BaseContext,
    job: str,
    fault: str,
    places: Callable[[int], list[int]],
    count: Callable[..., None],
) -> None:
    for place in places(calls_of(scene, processes, job, FAULTS[fault])):
        with worker(scene, processes, job) as at_work:
            answer = at_work.attempt_under(FAULTS[fault], place)
            count(f"{job} with a {fault}")
            scene.look(scene.before if answer else scene.after[job])
            if answer:
                assert SENTENCE.fullmatch(answer)
                assert at_work.attempt() == "", "it succeeds once there is room"
        scene.look(scene.after[job])
        assert scene.leftovers() == []
