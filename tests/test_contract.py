"""The contract that other programs rely on, as docs and design state it: names, arguments, results, errors."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from argon2 import PasswordHasher

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, create_office, passwords, sign_in
from crm_desktop.db import Database
from crm_desktop.errors import AccountLocked, Conflict, DatabaseError, IllegalTransition, SignInError, ValidationError
from crm_desktop.models import Condition, Query
from crm_desktop.reports import EnvelopeOptions

HONGDA = {"name": "长春宏达机械制造有限公司", "region": "220104", "phone": "0431-85123456"}
PASSWORD = "hongda2026"
AREAS = (
    "customers", "contacts", "interactions", "feedback", "complaints", "products", "sales", "regions", "dictionaries", "company", "operators", "roles", "audit", "exchange", "reports", "backups", "settings",
)  # fmt: skip


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    db = Database.open(tmp_path / "office.db", create=True)
    create_office(db, company="长春宏达", operator="admin", password=PASSWORD)
    yield db
    db.close_all()


@pytest.fixture
def office(database: Database) -> Office:
    return sign_in(database, "admin", PASSWORD, clock=FixedClock.at("2026-11-22"))


@pytest.fixture
def hongda(office: Office) -> int:
    return office.customers.create({**HONGDA, "level": "重要"})


@pytest.mark.parametrize("area", AREAS)
def test_one_attribute_an_area(office: Office, area: str) -> None:
    assert getattr(office, area)


def test_opening_says_why_not(tmp_path: Path, database: Database) -> None:
    again = Database.open(str(database.path))
    assert again.value("SELECT count(*) FROM company") == 1
    again.close_all()
    with pytest.raises(DatabaseError):
        Database.open(tmp_path / "missing.db")
    with pytest.raises(DatabaseError):
        create_office(database, company="别的", operator="admin", password=PASSWORD)


def test_signing_in(database: Database) -> None:
    with pytest.raises(SignInError):
        sign_in(database, "admin", "wrong")
    for _ in range(4):
        with pytest.raises(SignInError):
            sign_in(database, "admin", "wrong")
    with pytest.raises(AccountLocked) as error:
        sign_in(database, "admin", PASSWORD)
    assert error.value.until.endswith("Z")


def test_create_returns_an_id_and_get_a_dict(office: Office, hongda: int) -> None:
    assert isinstance(hongda, int)
    found = office.customers.get(hongda)
    assert type(found) is dict
    assert {name: found[name] for name in HONGDA} == HONGDA
    assert (found["code"], found["version"]) == ("i0431001", 1)
    assert (found["level_text"], found["region_text"], found["phone_text"]) == ("重要", "吉林省长春市朝阳区", "0431-85123456")
    assert isinstance(found["level"], int)


def test_a_refusal_names_each_field(office: Office) -> None:
    with pytest.raises(ValidationError) as error:
        office.customers.create({"name": "", "phone": "12"})
    assert error.value.fields.keys() == {"name", "phone"}
    assert str(error.value)


def test_update_needs_the_version(office: Office, hongda: int) -> None:
    office.customers.update(hongda, {"phone": "0431-85123457"}, version=1)
    with pytest.raises(Conflict) as error:
        office.customers.update(hongda, {"phone": "0431-85123458"}, version=1)
    assert error.value.changes == {"phone": ("0431-85123457", "0431-85123458")}
    with pytest.raises(TypeError):
        office.customers.update(hongda, {"phone": "0431-85123458"})  # type: ignore[call-arg]


def test_search(office: Office, hongda: int) -> None:
    office.customers.create({"name": "长春一汽", "level": "一般"})
    page = office.customers.search(Query(text="hdjx", conditions=[Condition("level", "=", "重要")], order="name", limit=50, after=None))
    assert [row["id"] for row in page.rows] == [hongda]
    assert (page.total, page.next) == (1, None)
    first = office.customers.search(Query(limit=1))
    second = office.customers.search(Query(limit=1, after=first.next))
    assert {first.rows[0]["id"], second.rows[0]["id"]} == {1, 2}
    count = office.customers.count(Query(), cap=1)
    assert (count.n, count.exact) == (1, False)


def test_delete_restore_purge(office: Office, hongda: int) -> None:
    office.customers.delete([hongda])
    assert office.customers.search().total == 0
    office.customers.restore([hongda])
    assert office.customers.search().total == 1
    office.customers.delete([hongda])
    office.customers.purge([hongda])
    assert office.customers.create(HONGDA) > hongda


def test_dictionaries(office: Office) -> None:
    items = office.dictionaries.items("satisfaction")
    assert [(each["name"], each["score"], each["position"], each["is_active"]) for each in items][:2] == [("非常满意", 5, 1, 1), ("满意", 4, 2, 1)]
    assert all("id" in each for each in items)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Two good rows and a bad one, with the sheet's own row numbers."""
    workbook = openpyxl.Workbook()
    for row in (["公司名称", "联系电话", "客户级别", "联系人"], ["长春一汽", "0431-85900001", "重要", "李"], ["大连机床", "12", "一般", ""], ["沈阳鼓风机", "024-25800001", "", ""]):
        workbook.active.append(row)
    workbook.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_import(office: Office, sheet: Path) -> None:
    preview = office.exchange.preview("customers", sheet)
    assert set(preview.columns.values()) == {"name", "phone", "level", "contact.name"}
    assert len(preview.rows) == 3
    ((row, column, reason),) = preview.errors
    assert (row, column) == (3, "联系电话")
    assert "电话应为" in reason
    assert office.customers.search().total == 0
    with pytest.raises(Exception, match="跳过错误行"):
        office.exchange.run(preview)
    assert office.customers.search().total == 0
    result = office.exchange.run(preview, skip_bad=True)
    assert (result.added, result.bad, result.contacts) == (2, 1, 1)
    assert {row["name"] for row in office.customers.search().rows} == {"长春一汽", "沈阳鼓风机"}


def test_export(office: Office, hongda: int, tmp_path: Path) -> None:
    office.exchange.export("customers", Query("宏达"), tmp_path / "out.xlsx")
    cells = [[str(cell.value) for cell in row] for row in openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows()]
    assert any("客户名称" in row for row in cells)
    assert any(HONGDA["name"] in row and "i0431001" in row for row in cells)


def test_backups(office: Office, hongda: int, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    info = office.backups.create(folder)
    assert info.path.parent == folder
    assert office.backups.inspect(info.path).counts["customers"] == 1
    office.customers.delete([hongda])
    office.backups.restore(info.path)
    assert office.customers.get(hongda)["name"] == HONGDA["name"]


def test_reports(office: Office, hongda: int, tmp_path: Path) -> None:
    envelopes = office.reports.envelopes(Query(), EnvelopeOptions(size="DL"))
    envelopes.save(tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    assert any("地址" in each.problem for each in envelopes.warnings)
    report = office.reports.run("customer_list", {"query": Query("宏达")})
    for name, start in (("list.pdf", b"%PDF"), ("list.xlsx", b"PK")):
        report.save(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(start)


def test_the_file_is_readable_by_any_sqlite(office: Office, hongda: int) -> None:
    """No function or collation of ours is needed to read it."""
    office.db.close_all()
    with closing(sqlite3.connect(office.db.path)) as file:
        row: Any = file.execute("SELECT name, primary_contact FROM v_customers ORDER BY name").fetchone()
    assert row == (HONGDA["name"], None)


def test_satisfaction(office: Office, hongda: int) -> None:
    for day, grade in (("2025-01-03", "非常满意"), ("2025-01-20", "不满意"), ("2025-01-25", None), ("2025-03-01", "满意")):
        office.complaints.create({"date": day, "customer": hongda, "content": "漏油", "satisfaction": grade})
    table = office.satisfaction.complaints(start="2025-01-01", end="2025-12-31", group_by="month", level="重要")
    assert [row["group"] for row in table.rows][:3] == ["2025-01", "2025-02", "2025-03"]
    january, february, march = table.rows[:3]
    assert (january["非常满意"], january["满意"], january["不满意"], january["未评价"], january["total"]) == (1, 0, 1, 1, 3)
    assert (january["mean"], january["satisfied_share"]) == (3.5, 0.5)
    assert (february["total"], february["mean"], february["satisfied_share"]) == (0, None, None)
    assert march["satisfied_share"] == 1
    assert office.satisfaction.feedback(start="2025-01-01", end="2025-12-31", group_by="region").rows == []


def test_an_old_complaint_is_created_complete(office: Office, hongda: int) -> None:
    old = {
        "date": "2025-03-01", "customer": hongda, "channel": "电话", "type": "产品质量", "content": "漏油", "severity": "严重",
        "handler": "admin", "result": "换新", "handled_at": "2025-03-03", "satisfaction": "满意",
    }  # fmt: skip
    found = office.complaints.get(office.complaints.create(old))
    assert found["number"] == "TS20250301-001"
    assert (found["satisfaction_text"], found["status"], found["handled_at"]) == ("满意", "已归档", "2025-03-03 00:00")
    assert found["open_due_at"] is None
    stated = office.complaints.create({**old, "number": "旧-17", "status": "处理中", "satisfaction": None})
    assert (office.complaints.get(stated)["number"], office.complaints.get(stated)["status"]) == ("旧-17", "处理中")
    assert office.feedback.get(office.feedback.create({"customer": hongda, "content": "好"}))["number"] == "FK20261122-001"


def test_a_step_that_is_not_allowed_says_which_are(office: Office, hongda: int) -> None:
    complaint = office.complaints.create({"customer": hongda, "content": "漏油"})
    with pytest.raises(IllegalTransition, match="“待处理”时不能“回访”，可以：受理分派"):
        office.complaints.advance(complaint, "visit", {"satisfaction": "满意"}, version=1)
    assert office.complaints.advance(complaint, "assign", {"handler": "admin"}, version=1) == "处理中"
    with pytest.raises(Conflict):
        office.complaints.advance(complaint, "finish", {"result": "换新"}, version=1)


FIELDS = {
    "customers": (
        "code old_code name short_name english_name english_address pinyin category region country country_code area_code postcode address"
        " phone mobile fax email website nature type industry credit level star source status legal_representative registered_capital"
        " annual_revenue employee_count scale business_mode main_business bank bank_account tax_number owner remark"
    ),
    "contacts": (
        "name honorific gender is_primary customer department position office_phone mobile home_phone fax email wechat qq english_name"
        " birthday anniversary hobby country region area_code address postcode remark"
    ),
    "feedback": "number date customer contact channel type content handler result handled_at satisfaction status",
    "complaints": (
        "number date customer contact channel type content handler result handled_at satisfaction status"
        " severity due_at department cause measure compensation"
    ),
}


@pytest.mark.parametrize("area", FIELDS)
def test_field_names(office: Office, area: str) -> None:
    assert set(FIELDS[area].split()) <= getattr(office, area).entity.writable.keys()
