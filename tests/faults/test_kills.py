"""kill -9 at random moments of mixed work: what was confirmed is there, what was not is there wholly or not at all."""

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from pathlib import Path
from random import Random

import pytest

from crm_desktop.controllers.backups import inspect
from crm_desktop.controllers.backups.due import LOCAL_FOLDER
from crm_desktop.db import Database, schema
from crm_desktop.db.backup_file import remove_backup
from tests.faults.ledger import Diary
from tests.faults.whole import assert_search_in_step, assert_whole, held_by
from tests.faults.work import work_until_killed

MOST_LINES, LONGEST = 24, 0.04
"""How far the clerk gets: lines of the diary, and seconds after the last of them."""
PATIENCE = 20
"""Seconds, should a machine be that busy."""
OLD_CUSTOMERS = {"长春宏达机械制造有限公司", "北京'一汽'100%", "在回收站里的"}


@dataclass
class Office:
    """One office whose clerk is killed again and again, and what should be in it."""

    folder: Path
    processes: BaseContext
    count: Callable[..., None]
    confirmed: int

    @property
    def path(self) -> Path:
        return self.folder / "office.db"

    def work_and_kill(self, seed: int, lines: int, seconds: float) -> None:
        """Kill the clerk so many seconds after this line of the diary: by the work done, however busy the machine."""
        child = self.processes.Process(target=work_until_killed, args=(str(self.folder), seed), daemon=True)
        with (self.folder / "diary.txt").open("rb") as diary:
            diary.seek(0, os.SEEK_END)
            child.start()
            written, deadline = 0, time.monotonic() + PATIENCE
            while written < lines and time.monotonic() < deadline:
                time.sleep(0.002)
                written += diary.read().count(b"\n")
        time.sleep(seconds)
        child.kill()
        child.join()
        child.close()
        error = self.folder / "error.txt"
        assert not error.exists(), error.read_text(encoding="utf-8")

    def look(self) -> str:
        """Check everything after a kill; returns what the clerk was doing."""
        diary = Diary(self.folder / "diary.txt")
        ledger = diary.read()
        pending = ledger.pending
        database = Database.open(self.path)
        found = held_by(database)
        assert_whole(database)
        database.close_all()
        self.count("confirmed pieces of work, none lost", ledger.confirmed - self.confirmed)
        self.confirmed = ledger.confirmed
        if pending is None:
            assert found == ledger.held
        else:
            assert found in (ledger.held, ledger.after(pending))
            is_done = found != ledger.held
            diary.write("done" if is_done else "undone")
            self.confirmed += is_done
            self.count(f"unconfirmed pieces of work, {'there whole' if is_done else 'not there at all'}")
        self.look_at_copies()
        self.look_at_older()
        return pending["do"] if pending else "nothing"

    def look_at_copies(self) -> None:
        """Backups, also those before a restore or a cleanup, are whole whenever they have their names."""
        for copy in [*(self.folder / "backups").glob("*.db"), *(self.folder / LOCAL_FOLDER).glob("*.db")]:
            assert inspect(copy).counts["operators"] == 1
            if copy.parent.name == LOCAL_FOLDER:
                remove_backup(copy)

    def look_at_older(self) -> None:
        """A migration that was cut off leaves the older office or today's, and can be taken up again."""
        for file in (self.folder / "old").glob("v?.db"):
            database = Database.open(file)
            assert database.value("PRAGMA user_version") == schema.current_version()
            assert {row[0] for row in database.query("SELECT name FROM customers")} == OLD_CUSTOMERS
            assert_whole(database)
            database.close_all()
        for file in (self.folder / "old").iterdir():
            file.unlink()


@pytest.fixture
def office(live: Path, old_files: Path, processes: BaseContext, count: Callable[..., None]) -> Office:
    for name in ("backups", "old"):
        (live / name).mkdir()
    shutil.copytree(old_files, live / "templates")
    database = Database.open(live / "office.db")
    diary = Diary(live / "diary.txt")
    for name, (remark, _, contacts) in held_by(database).customers.items():
        diary.write("begin", {"do": "create", "names": [name], "remark": remark, "contacts": contacts})
        diary.write("done")
    database.close_all()
    return Office(live, processes, count, diary.read().confirmed)


@pytest.mark.parametrize("kills", [pytest.param(40, id="40"), pytest.param(500, id="500", marks=pytest.mark.slow)])
@pytest.mark.timeout(1800)
def test_what_was_confirmed_survives_every_kill(office: Office, tmp_path: Path, kills: int) -> None:
    dice, cut = Random(11), set()
    for seed in range(kills):
        office.work_and_kill(seed, dice.randint(1, MOST_LINES), dice.uniform(0, LONGEST))
        doing = office.look()
        cut.add(doing)
        office.count("kills")
        office.count(f"of these, in the middle of: {doing}")
        if seed % 10 == 9:
            assert_search_in_step(office.path, tmp_path / "scratch.db")
    assert len(cut) > 3
