"""A full disk and a failing disk at every single write of a save, an import, a backup and a restore.

strace makes the system refuse a chosen call of a process: the first, the second, and so on to the last.
"""

from collections.abc import Callable
from multiprocessing.context import BaseContext

import pytest

from tests.faults.jobs import JOBS
from tests.faults.scene import Scene, is_sentence
from tests.faults.tracing import Fault, worker

NEVER = 65535
"""A call that no job comes to; strace counts no further."""
SAMPLED = 4
"""How many places of each job the default run tries; --slow tries all."""

pytestmark = pytest.mark.timeout(1800)


FAULTS = {
    "full disk": Fault("pwrite64", "ENOSPC", stays=True),
    "failing write": Fault("pwrite64", "EIO", stays=False),
    "failing flush": Fault("fsync,fdatasync", "EIO", stays=False),
}


def calls_of(scene: Scene, processes: BaseContext, job: str, fault: Fault) -> int:
    """How many of these calls the job makes when none of them fails."""
    with worker(scene, processes, job) as at_work:
        assert at_work.attempt_under(fault, NEVER) == ""
    return len(at_work.calls)


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
                assert is_sentence(answer)
                assert at_work.attempt() == "", "it succeeds once there is room"
        scene.look(scene.after[job])
        assert scene.leftovers() == []
