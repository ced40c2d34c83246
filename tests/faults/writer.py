"""A clerk who saves beside others: records of his own, and a number in a record that all of them raise."""

import json
import time
import traceback
from collections import Counter
from pathlib import Path

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, sign_in
from crm_desktop.db import Database
from crm_desktop.errors import Conflict
from tests.faults.work import PASSWORD, cheap_passwords

THINKING = 0.003
"""Seconds between reading and saving, in which others save."""


def write_beside_others(folder: str, shared: int, number: int, rounds: int) -> None:
    """What one process runs; ``writer1.json`` says what was confirmed, or the error that a clerk would have seen."""
    report = Path(folder) / f"writer{number}.json"
    done: Counter[str] = Counter()
    error, names = "", []
    try:
        cheap_passwords()
        database = Database.open(Path(folder) / "office.db")
        office = sign_in(database, "admin", PASSWORD, clock=FixedClock.at("2026-11-22"))
        for turn in range(rounds):
            names.append(f"写{number}-{turn}")
            office.customers.create({"name": names[-1]}, lines={"contacts": [{"name": "王"}]})
            raise_number(office, shared, done)
        database.close_all()
    except BaseException:
        error = traceback.format_exc()
    report.write_text(json.dumps({"error": error, "names": names, **done}), encoding="utf-8")


def raise_number(office: Office, shared: int, done: Counter[str]) -> None:
    """Read, add one, save; who is told of a conflict looks again, as a clerk does."""
    while True:
        record = office.customers.get(shared)
        time.sleep(THINKING)
        try:
            office.customers.update(shared, {"remark": str(int(record["remark"]) + 1)}, record["version"])
        except Conflict:
            done["conflicts"] += 1
            continue
        done["raised"] += 1
        return
