"""A disk that is really full, a little later each time: said in a sentence, nothing half, and it works with room."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, sign_in
from crm_desktop.db import Database
from crm_desktop.errors import DatabaseError
from tests.faults.disks import only_room_for, small_disk
from tests.faults.jobs import JOBS, attempt
from tests.faults.scene import Scene, is_sentence, make_scene
from tests.faults.work import PASSWORD

PAGE = 4096
DISK = 24
"""Megabytes: several times what a restore of this office takes."""

pytestmark = pytest.mark.timeout(1800)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "小盘"
    folder.mkdir()
    with small_disk(folder, DISK):
        yield folder


@pytest.fixture
def scene(live: Path, disk: Path, cheap_passwords: None) -> Scene:
    """On the small disk."""
    return make_scene(live, disk / "办公室")


@pytest.fixture
def rooms(request: pytest.FixtureRequest) -> Iterator[int]:
    """Bytes left on the disk, more each time: doubled, or with --slow a quarter more."""
    factor = 1.25 if request.config.getoption("--slow") else 2
    return (int(PAGE * factor**step) if step >= 0 else 0 for step in range(-1, 1000))


def open_office(scene: Scene) -> Office:
    database = Database.open(scene.folder / "office.db")
    return sign_in(database, "admin", PASSWORD, clock=FixedClock.at("2026-11-22"))


@pytest.mark.parametrize("job", JOBS)
def test_a_disk_that_is_full(
    scene: Scene, disk: Path, rooms: Iterator[int], job: str, count: Callable[..., None]
) -> None:
    answers = []
    while "" not in answers:
        scene.reset()
        office = open_office(scene)
        with only_room_for(disk, next(rooms)):
            answers.append(attempt(job, office, scene.folder))
            count(f"{job} on a disk that is full")
            scene.look(scene.after[job] if answers[-1] == "" else scene.before)
        if answers[-1]:
            assert is_sentence(answers[-1])
            assert attempt(job, office, scene.folder) == ""
        office.db.close_all()
        scene.look(scene.after[job])
        assert scene.leftovers() == []
    assert len(answers) > 2


def test_starting_on_a_full_disk(scene: Scene, disk: Path) -> None:
    scene.reset()
    with only_room_for(disk, 0), pytest.raises(DatabaseError, match="磁盘空间已满"):
        open_office(scene)
    open_office(scene).db.close_all()
    scene.look(scene.before)
