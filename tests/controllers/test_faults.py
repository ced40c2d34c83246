"""A process that is killed while it writes: whatever it had confirmed is there, and nothing is half there."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, sign_in
from crm_desktop.db import Database, search_index
from crm_desktop.models import Query

PROJECT = Path(__file__).resolve().parents[2]
PASSWORD = "hongda2026"

WRITE_FOR_EVER = """
import itertools, sys
from crm_desktop.controllers import sign_in
from crm_desktop.db import Database
office = sign_in(Database.open(sys.argv[1]), "admin", sys.argv[2])
for number in itertools.count():
    values = {"name": f"客户{number}", "phone": f"0431-85{number:06d}"}
    customer = office.customers.create(values, lines={"contacts": [{"name": "王"}, {"name": "李"}]})
    print("created", customer, flush=True)
    office.customers.update(customer, {"remark": "已核对"}, version=1)
    print("checked", customer, flush=True)
    if number % 3 == 2:
        office.customers.delete([customer - 1])
        print("deleted", customer - 1, flush=True)
"""


@pytest.mark.parametrize("kills", [pytest.param(5, id="5"), pytest.param(40, id="40", marks=pytest.mark.slow)])
def test_every_confirmed_record_survives_a_kill(office: Office, clock: FixedClock, kills: int) -> None:
    path = office.db.path
    office.db.close_all()
    dice = random.Random(11)
    confirmed: dict[str, set[int]] = {"created": set(), "checked": set(), "deleted": set()}
    for _ in range(kills):
        command = [sys.executable, "-c", WRITE_FOR_EVER, str(path), PASSWORD]
        with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, encoding="utf-8") as process:
            assert process.stdout is not None
            lines = [process.stdout.readline()]
            time.sleep(dice.uniform(0, 0.15))
            process.kill()
            lines += process.stdout.readlines()
        for word, number in (line.split() for line in lines if line.endswith("\n") and len(line.split()) == 2):
            confirmed[word].add(int(number))
        database = Database.open(path)
        check(sign_in(database, "admin", PASSWORD, clock=clock), confirmed)
        database.close_all()
    assert len(confirmed["created"]) >= kills


def check(office: Office, confirmed: dict[str, set[int]]) -> None:
    database = office.db
    assert database.value("PRAGMA integrity_check") == "ok"
    stored = {row["id"]: row for row in database.query("SELECT * FROM customers")}
    assert confirmed["created"] <= stored.keys()
    assert all(stored[each]["remark"] == "已核对" for each in confirmed["checked"])
    assert all(stored[each]["deleted_at"] for each in confirmed["deleted"])
    contacts = database.query("SELECT customer, count(*) AS n FROM contacts GROUP BY customer")
    assert {row["customer"]: row["n"] for row in contacts} == dict.fromkeys(stored, 2)
    logged = database.query("SELECT record FROM audit WHERE entity = 'customers' AND kind = 'create'")
    assert {row["record"] for row in logged} == stored.keys()
    assert len({row["code"] for row in stored.values()}) == len(stored)
    live = [each for each, row in stored.items() if not row["deleted_at"]]
    for customer in (live[0], live[-1]):
        assert customer in office.customers.ids(Query(stored[customer]["phone"]))
    before = [tuple(row) for row in database.query("SELECT * FROM customers_search ORDER BY id")]
    search_index.rebuild(database)
    assert [tuple(row) for row in database.query("SELECT * FROM customers_search ORDER BY id")] == before
