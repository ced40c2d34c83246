"""A save is on the disk before the clerk sees it: what can be shown of a power cut without cutting the power."""

import threading
from multiprocessing.context import BaseContext
from pathlib import Path

from crm_desktop.db import Database
from tests.faults.scene import Scene
from tests.faults.tracing import worker

FULL = 2
WRITES, FLUSHES = "pwrite64", ("fsync", "fdatasync")


def test_every_connection_flushes_at_every_commit(live: Path) -> None:
    database = Database.open(live / "office.db")
    seen = []
    thread = threading.Thread(target=lambda: seen.append(database.value("PRAGMA synchronous")))
    thread.start()
    thread.join()
    seen.append(database.value("PRAGMA synchronous"))
    database.close_all()
    seen.append(database.value("PRAGMA synchronous"))
    database.close_all()
    assert seen == [FULL] * 3


def test_a_save_is_one_flush_of_the_log_after_its_last_write(scene: Scene, processes: BaseContext) -> None:
    with worker(scene, processes, "save") as at_work:
        assert at_work.attempt() == ""  # the first one of all also flushes the head of the new log
        assert at_work.attempt_watched(",".join((WRITES, *FLUSHES))) == ""
    calls = [call for call in at_work.calls if "office.db-wal" in call]
    flushed = [number for number, call in enumerate(calls) if any(word in call for word in FLUSHES)]
    assert len(calls) > 2
    assert flushed == [len(calls) - 1]


def test_a_backup_is_flushed_before_it_has_its_name(scene: Scene, processes: BaseContext) -> None:
    """Else a power cut could leave a name with nothing behind it; and the folder is flushed after."""
    with worker(scene, processes, "backup") as at_work:
        assert at_work.attempt_watched(",".join((WRITES, "rename", *FLUSHES))) == ""
    renamed = [number for number, call in enumerate(at_work.calls) if "rename(" in call]
    before, after = at_work.calls[: renamed[0]], at_work.calls[renamed[0] :]
    part = [call for call in before if ".part>" in call]
    assert "sync(" in part[-1]
    assert any("sync(" in call and call.count("backups>") for call in after)
