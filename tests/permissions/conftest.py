"""An office in which every kind of record has a secret, and an operator for each way of lacking a right."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, create_office, passwords, sign_in
from crm_desktop.controllers.rights import EVERYTHING
from crm_desktop.db import Database
from crm_desktop.models import Query
from crm_desktop.models.fields import CalledNumber
from tests.permissions.probing import GRANT, HIDDEN, PASSWORD, SECRET, Probe

MOBILE, LANDLINE = f"139{HIDDEN}", f"0431-{HIDDEN}"
ROLES = {
    "none": ("无权", "全部", frozenset()),
    "own": ("只看自己", "本人", EVERYTHING - {("operators", "view"), ("audit", "view")}),
    "department": ("只看部门", "本部门", EVERYTHING - {("operators", "view"), ("audit", "view")}),
    "masked": ("不看号码", "全部", EVERYTHING - {("phones", "view")}),
    "granted": ("另给一项", "全部", frozenset()),
    "left": ("离职", "全部", EVERYTHING),
}


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file of an office with a secret of every kind, live and deleted, and an operator for each role."""
    path = tmp_path_factory.mktemp("rights") / "office.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        database = Database.open(path, create=True)
        create_office(database, "长春宏达", "admin", PASSWORD, {"region": "220104", "area_code": "0431"})
        admin = sign_in(database, "admin", PASSWORD, clock=FixedClock.at("2026-11-20"))
        _hire(admin)
        for name in ("住着", "删掉"):
            _fill(admin, path.parent, name)
        database.execute("UPDATE operators SET is_active = 0 WHERE name = 'left'")
        database.close_all()
        yield path


def _hire(admin: Office) -> None:
    for name, (role, scope, rights) in ROLES.items():
        stamp = "2026-11-20T00:00:00Z"
        sql = "INSERT INTO roles (name, data_scope, created_at, updated_at) VALUES (?, ?, ?, ?)"
        made = admin.db.execute(sql, (role, scope, stamp, stamp)).lastrowid
        admin.db.executemany("INSERT INTO permissions VALUES (?, ?, ?)", [(made, *right) for right in sorted(rights)])
        values = {"name": name, "full_name": name, "role": role, "mobile": MOBILE}
        operator = admin.operators.add(values, PASSWORD)
        if name == "granted":
            admin.db.execute("INSERT INTO operator_permissions VALUES (?, ?, ?)", (operator, *GRANT))


def _fill(admin: Office, folder: Path, name: str) -> None:
    """One record of each kind that belongs to the administrator's customer; the number was another one before."""
    customer = admin.customers.create({
        "name": SECRET + name, "owner": "admin", "phone": LANDLINE, "mobile": MOBILE, "fax": LANDLINE, "level": "重要",
        "address": "人民大街 1 号", "postcode": "130012", "region": "220104", "remark": SECRET,
    })  # fmt: skip
    numbers = {each.name: MOBILE for each in admin.contacts.entity.fields if isinstance(each, CalledNumber)}
    contact = admin.contacts.create({"name": SECRET + name, "customer": customer, **numbers})
    of = {"customer": customer, "contact": contact, "date": "2026-11-18"}
    admin.interactions.create({**of, "subject": SECRET + name, "phone_number": MOBILE, "direction": "来电"})
    admin.feedback.create({**of, "content": SECRET})
    admin.complaints.create({**of, "content": SECRET})
    product = admin.products.create({"name": f"产品{name}", "code": f"P-{name}", "price": "3"})
    admin.sales.create({**of, "product": product, "quantity": "2", "price": "3", "remark": SECRET})
    called = admin.interactions.ids(Query())[0]
    for area, record, field in (
        ("customers", customer, "mobile"),
        ("contacts", contact, "mobile"),
        ("interactions", called, "phone_number"),
    ):
        controller = admin.records[area]
        for number in (f"138{HIDDEN}", MOBILE):
            controller.update(record, {field: number}, controller.get(record)["version"])
    note = folder / f"{SECRET}.txt"
    note.write_text("附件", encoding="utf-8")
    admin.attachments.add("complaints", admin.complaints.ids(Query())[0], note)
    if name == "删掉":
        admin.customers.delete([customer])


@pytest.fixture
def probe(filled: Path, tmp_path: Path) -> Iterator[Callable[[str], Probe]]:
    """``probe("masked")``: what that operator can call, on a copy of the office."""
    path = tmp_path / "office.db"
    shutil.copyfile(filled, path)
    database = Database.open(path)
    clock = FixedClock.at("2026-11-22")
    folder = tmp_path / "out"
    folder.mkdir()
    admin = sign_in(database, "admin", PASSWORD, clock=clock)

    def enter(name: str) -> Probe:
        if name == "left":  # deactivated while at work
            database.execute("UPDATE operators SET is_active = 1 WHERE name = 'left'")
        office = sign_in(database, name, PASSWORD, clock=clock)
        database.execute("UPDATE operators SET is_active = 0 WHERE name = 'left'")
        return Probe(office, admin, folder)

    yield enter
    database.close_all()
