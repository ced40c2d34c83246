"""Several processes save into one file at once: everybody's records are there, and nobody overwrites unseen."""

import json
from collections.abc import Callable
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

from crm_desktop.controllers import sign_in
from crm_desktop.db import Database
from tests.faults.whole import assert_search_in_step, assert_whole, held_by
from tests.faults.work import PASSWORD
from tests.faults.writer import write_beside_others

WRITERS = 4


@pytest.mark.parametrize("rounds", [pytest.param(15, id="15"), pytest.param(300, id="300", marks=pytest.mark.slow)])
@pytest.mark.timeout(600)
def test_several_write_at_once(
    live: Path, processes: BaseContext, cheap_passwords: None, rounds: int, count: Callable[..., None], tmp_path: Path
) -> None:
    database = Database.open(live / "office.db")
    shared = sign_in(database, "admin", PASSWORD).customers.create({"name": "大家的", "remark": "0"})
    database.close_all()
    arguments = [(str(live), shared, number, rounds) for number in range(WRITERS)]
    clerks = [processes.Process(target=write_beside_others, args=each) for each in arguments]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    reports = [json.loads((live / f"writer{number}.json").read_text(encoding="utf-8")) for number in range(WRITERS)]
    assert [report["error"] for report in reports] == [""] * WRITERS
    raised = sum(report["raised"] for report in reports)
    assert raised == WRITERS * rounds
    database = Database.open(live / "office.db")
    held = held_by(database)
    assert held.customers["大家的"] == (str(raised), "live", 0)
    assert {name for report in reports for name in report["names"]} <= held.customers.keys()
    assert_whole(database)
    database.close_all()
    assert_search_in_step(live / "office.db", tmp_path / "scratch.db")
    count("saves by several processes at once, none lost", 2 * raised)
    count("of these, told of a conflict first", sum(report.get("conflicts", 0) for report in reports))
