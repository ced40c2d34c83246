"""A full disk and a failing disk at every single write of a save, an import, a backup and a restore.

strace makes the system refuse a chosen call of a process: the first, the second, and so on to the last.
"""

import re
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

from crm_desktop.controllers import sign_in
from crm_desktop.controllers.backups import inspect
from crm_desktop.db import Database
from tests.faults.jobs import JOBS, serve
from tests.faults.ledger import Held, Ledger
from tests.faults.whole import assert_whole, held_by
from tests.faults.work import PASSWORD

STRACE = shutil.which("strace")
SENTENCE = re.compile(r"[^a-zA-Z]*[\u4e00-\u9fff].*[。！]")
"""Chinese from its beginning, to its full stop."""
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


@dataclass
class Scene:
    """An office with more in it than ``earlier.db``, copied to a clean place for each attempt."""

    template: Path
    folder: Path
    processes: BaseContext
    before: Held
    after: dict[str, Held]
    """What the office holds once a job is done."""

    @contextmanager
    def worker(self, job: str) -> Iterator[Worker]:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.template, self.folder)
        here, there = self.processes.Pipe()
        process = self.processes.Process(target=serve, args=(job, str(self.folder), there), daemon=True)
        process.start()
        there.close()
        assert here.poll(30), "the worker starts"
        assert here.recv() == "ready"
        try:
            yield Worker(process.pid or 0, here, self.folder / "strace.txt")
            here.send("")
            process.join(30)
        finally:
            process.kill()
            process.join()
            process.close()
            here.close()

    def look(self, held: Held) -> None:
        """The office is sound and holds this; every copy that has its name is whole."""
        database = Database.open(self.folder / "office.db")
        found = held_by(database)
        assert_whole(database)
        database.close_all()
        assert found == held
        for copy in [*(self.folder / "backups").glob("*.db"), *self.folder.glob("*恢复前*.db")]:
            assert inspect(copy).counts["operators"] == 1

    def leftovers(self) -> list[str]:
        names = [file.name for file in self.folder.rglob("*")]
        return [name for name in names if ".part" in name or ".restoring" in name]


@pytest.fixture
def scene(live: Path, tmp_path: Path, processes: BaseContext, cheap_passwords: None) -> Scene:
    (live / "backups").mkdir()
    shutil.copyfile(live / "office.db", live / "earlier.db")
    database = Database.open(live / "office.db")
    ledger = Ledger()
    earlier = held_by(database)
    sign_in(database, "admin", PASSWORD).customers.create({"name": "后来的"})
    ledger.held = held_by(database)
    database.close_all()
    after = {name: ledger.after(job.result) if job.result else earlier for name, job in JOBS.items()}
    return Scene(live, tmp_path / "attempt", processes, ledger.held, after)


def calls_of(scene: Scene, job: str, fault: Fault) -> int:
    """How many of these calls the job makes when none of them fails."""
    with scene.worker(job) as worker:
        assert worker.attempt_under(fault, NEVER) == ""
    return worker.calls


@pytest.fixture
def places(request: pytest.FixtureRequest) -> Callable[[int], list[int]]:
    """``places(calls)``: which of them fail in turn."""
    is_slow = request.config.getoption("--slow")
    return lambda calls: list(range(1, calls + 1) if is_slow else range(1, calls + 1, max(1, calls // SAMPLED)))


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("job", JOBS)
def test_a_disk_that_fails(
    scene: Scene, job: str, fault: str, places: Callable[[int], list[int]], count: Callable[..., None]
) -> None:
    for place in places(calls_of(scene, job, FAULTS[fault])):
        with scene.worker(job) as worker:
            answer = worker.attempt_under(FAULTS[fault], place)
            count(f"{job} with a {fault}")
            scene.look(scene.before if answer else scene.after[job])
            if answer:
                assert SENTENCE.fullmatch(answer), answer
                assert worker.attempt() == "", "it succeeds once there is room"
        scene.look(scene.after[job])
        assert scene.leftovers() == []
