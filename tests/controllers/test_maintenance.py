"""Every kind of damage is found and said, what can be repaired is, and a whole office is called whole."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, sign_in
from crm_desktop.controllers.checks.findings import CheckCancelled, Finding
from crm_desktop.controllers.maintenance import CHECKS
from crm_desktop.db import Database, connection
from crm_desktop.errors import DatabaseError, PermissionDenied
from crm_desktop.models import Condition, Query
from tests.spoiled import empty_index

FROZEN = sorted((Path(__file__).parents[1] / "databases").glob("v*.sql"))
PDF = b"%PDF-1.4 hello"


@pytest.fixture
def busy(office: Office, tmp_path: Path) -> Office:
    """Two customers with contacts, a complaint with its steps and a file, a role with rights."""
    first = office.customers.create({"name": "长春宏达机械", "phone": "0431-85123456", "region": "220104"})
    second = office.customers.create({"name": "上海东方贸易", "mobile": "13904310002", "level": "重要"})
    office.contacts.create({"name": "单小明", "customer": first, "mobile": "13904310001", "is_primary": True})
    office.contacts.create({"name": "王芳", "customer": first})
    complaint = office.complaints.create(
        {"customer": second, "date": "2026-11-20", "type": "产品质量", "content": "坏了"}
    )
    step = office.complaints.steps(complaint)[0]
    office.complaints.advance(complaint, step.key, {"handler": office.operator.id}, 1)
    file = tmp_path / "合同.pdf"
    file.write_bytes(PDF)
    office.attachments.add("complaints", complaint, file)
    assert office.maintenance.check().findings == ()
    return office


def harm(office: Office, *statements: str) -> None:
    """What no program of ours would do: without references, triggers or checks."""
    office.db.close_all()
    with closing(sqlite3.connect(office.db.path, isolation_level=None)) as file:
        for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON", "writable_schema = ON"):
            file.execute(f"PRAGMA {pragma}")
        for statement in statements:
            file.execute(statement)
        file.execute("PRAGMA writable_schema = RESET")


def kinds(office: Office) -> list[str]:
    return [each.kind for each in office.maintenance.check().findings]


DROP_SEALS = tuple(
    f"DROP TRIGGER {name}" for name in ("operations_sealed", "operations_kept", "audit_sealed", "audit_kept")
)
DAMAGE: dict[str, tuple[str, tuple[str, ...], str]] = {
    "a reference to nothing": ("references", ("UPDATE complaints SET customer = 999",), "客户投诉中有 1 处引用了不存在的客户"),
    "a missing index": ("structure", ("DROP INDEX customers_region",), "索引 customers_region：缺少"),
    "a missing trigger": ("structure", ("DROP TRIGGER audit_kept",), "触发器 audit_kept：缺少"),
    "a trigger of somebody else": (
        "structure", ("CREATE TRIGGER evil AFTER INSERT ON customers BEGIN DELETE FROM contacts; END",), "触发器 evil：多出"),
    "another view": ("structure", ("DROP VIEW v_contacts", "CREATE VIEW v_contacts AS SELECT * FROM contacts"), "视图 v_contacts：被改动过"),
    "a missing search table": ("structure", ("DROP TABLE contacts_bigrams",), "表 contacts_bigrams：缺少"),
    "an unknown table": ("structure", ("CREATE TABLE notes (a)",), "表 notes：多出"),
    "a missing column": ("structure", ("ALTER TABLE products DROP COLUMN model",), "表 products：被改动过"),
    "two primary contacts": ("primary", ("DROP INDEX contacts_primary", "UPDATE contacts SET is_primary = 1"), "联系人 王芳"),
    "a code given twice": ("values", ("DROP INDEX customers_code", "UPDATE customers SET code = 'I0431001'"), "“客户编号”有重复"),
    "dates the wrong way round": ("values", ("UPDATE complaints SET due_at = '2026-11-01 09:00'",), "处理期限早于受理日期"),
    "a name too long": ("values", ("UPDATE customers SET short_name = printf('%.40c', 'a') WHERE id = 1",), "最多 30 个字"),
    "a telephone that is none": ("values", ("UPDATE contacts SET mobile = '12' WHERE id = 1",), "联系人 单小明"),
    "a date that is none": ("values", ("UPDATE contacts SET birthday = '2026-02-31' WHERE id = 1",), "“生日”不符合规定。"),
    "a date written otherwise": ("values", ("UPDATE contacts SET birthday = '1990-1-2' WHERE id = 1",), "“1990-1-2”不是生日应有的写法"),
    "a state there is not": ("values", ("UPDATE complaints SET status = '等等'",), "客户投诉的“状态”不符合规定。"),
    "an item of another dictionary": (
        "values", ("UPDATE customers SET level = (SELECT id FROM dictionary_items WHERE kind = 'nature') WHERE id = 2",), "别的字典"),
    "a number that is empty": ("values", ("UPDATE complaints SET number = ''",), "没有单号"),
    "serials lost": ("serials", ("DELETE FROM serials",), "TS20261120-：已用到 1，流水号记到 0"),
    "a step of nothing": ("orphans", ("UPDATE transitions SET record = 77",), "1 条办理经过所属的记录已不存在"),
    "a mark of nothing": (
        "orphans", ("INSERT INTO not_duplicates VALUES ('customers', 1, 99, 1, '2026-11-22T00:00:00Z')",), "1 条“不是重复”的标记"),
    "a file of nothing": ("orphans", ("UPDATE attachments SET record = 77",), "1 条附件所属的记录已不存在"),
    "a draft of nothing": (
        "orphans", ("INSERT INTO drafts VALUES (1, 1, 'form', 'customers', 99, 1, '2026-11-22T00:00:00Z', '{}')",), "1 条未保存的内容"),
    "rights of nobody": ("orphans", ("INSERT INTO permissions VALUES (99, 'customers', 'view')",), "1 项权限"),
    "rights on nothing": ("orphans", ("INSERT INTO operator_permissions VALUES (1, 'moon', 'view')",), "1 项权限"),
    "a file changed": ("attachments", ("UPDATE attachments SET content = x'00'",), "客户投诉的附件：合同.pdf"),
    "a key of before": ("search", ("UPDATE customers_search SET name_sort = 'x' WHERE id = 1",), "客户 长春宏达机械：查找不到或查找有误"),
    "a record not indexed": ("search", ("DELETE FROM contacts_search WHERE id = 2",), "联系人 王芳：查找不到或查找有误"),
    "words of nothing": ("search", ("INSERT INTO customers_bigrams (rowid, bigrams) VALUES (9, 'ab')",), "查找索引与记录不一致"),
    "a telephone not indexed": ("search", ("DELETE FROM phone_numbers WHERE record = 2",), "客户 上海东方贸易：电话查找有误"),
    "digits of nothing": ("search", ("INSERT INTO phone_trigrams (rowid, digits) VALUES (9, '12345')",), "查找索引与记录不一致"),
    "an old search version": ("search", ("UPDATE settings SET value = '0' WHERE key = 'search_version'",), "按旧的规则"),
    "a setting that is none": ("values", ("INSERT INTO settings VALUES (0, 'x', 'x{')",), "内容不符合数据库的规定"),
    "a changed log": ("log", (*DROP_SEALS, "UPDATE operations SET sentence = '没有这回事' WHERE id = 3"), "第 3 号操作：内容被改动过"),
}  # fmt: skip
"""What is done to the file: the kind of finding it leads to, the statements, and words that must be said."""

BEYOND_REPAIR = {
    "a reference to nothing", "an unknown table", "a missing column", "a code given twice", "a file changed", "a changed log",
    *(name for name, (kind, _, _) in DAMAGE.items() if kind == "values"),
}  # fmt: skip


def told(findings: tuple[Finding, ...]) -> str:
    return "\n".join(
        line for each in findings for line in (each.sentence, each.remedy, *(one.text for one in each.examples))
    )


@pytest.mark.parametrize("name", DAMAGE)
def test_each_damage_is_found_and_said(busy: Office, name: str) -> None:
    kind, statements, words = DAMAGE[name]
    harm(busy, *statements)
    report = busy.maintenance.check()
    assert kind in [each.kind for each in report.findings]
    assert words in told(report.findings)


@pytest.mark.parametrize("name", sorted(DAMAGE.keys() - BEYOND_REPAIR))
def test_what_can_be_repaired_is(busy: Office, name: str) -> None:
    _kind, statements, _ = DAMAGE[name]
    harm(busy, *statements)
    report = busy.maintenance.repair(busy.maintenance.check().findings)
    assert told(report.findings) == ""
    assert report.is_whole
    assert report.failed == ()
    assert len(report.repaired) >= 1
    sentences = [each["sentence"] for each in busy.audit.operations()]
    assert any(each.startswith("修复数据库：") for each in sentences)
    assert report.safety is not None
    with closing(sqlite3.connect(report.safety)) as copy:
        assert copy.execute("SELECT count(*) FROM customers").fetchone() == (2,)


@pytest.mark.parametrize("name", sorted(BEYOND_REPAIR))
def test_what_cannot_be_repaired_stays_and_has_a_way_out(busy: Office, name: str) -> None:
    kind, statements, _ = DAMAGE[name]
    harm(busy, *statements)
    before = [each for each in busy.maintenance.check().findings if each.kind == kind and not each.is_repairable]
    assert before
    assert all("备份" in each.remedy or "改正" in each.remedy for each in before)
    left = busy.maintenance.repair(busy.maintenance.check().findings).findings
    assert [each.kind for each in left if not each.is_repairable] == [each.kind for each in before]


def test_the_safety_copy_has_the_damage_that_was_repaired(busy: Office) -> None:
    harm(busy, "UPDATE attachments SET record = 77")
    safety = busy.maintenance.repair(busy.maintenance.check().findings).safety
    assert safety is not None
    assert safety.parent == busy.db.path.parent / "备份"
    assert "修复前" in safety.name
    assert busy.db.value("SELECT count(*) FROM attachments") == 0
    with closing(sqlite3.connect(safety)) as copy:
        assert copy.execute("SELECT content FROM attachments").fetchone() == (PDF,)


def test_entries_missing_from_an_index_are_put_back(busy: Office) -> None:
    busy.db.close_all()
    empty_index(busy.db.path, "contacts_customer")
    report = busy.maintenance.check()
    assert [(each.kind, each.is_repairable) for each in report.findings] == [("indexes", True)]
    assert busy.maintenance.repair(report.findings).is_whole
    assert busy.contacts.search(Query(conditions=(Condition("customer", "=", 1),))).total == 2


def test_a_torn_page_is_damage_and_leads_to_the_backup(busy: Office) -> None:
    busy.db.close_all()
    with closing(sqlite3.connect(busy.db.path)) as file:
        (page,) = file.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'complaints'").fetchone()
        (size,) = file.execute("PRAGMA page_size").fetchone()
    with busy.db.path.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xff" * 64)
    report = busy.maintenance.check()
    (damage,) = (each for each in report.findings if each.kind == "integrity")
    assert "unreadable" not in [each.kind for each in report.findings]
    assert "备份恢复" in damage.remedy
    assert [each for each in report.findings if each.is_repairable] == []


def test_a_number_that_an_import_brought_may_run_ahead(busy: Office) -> None:
    """The program steps over it, so nothing is wrong."""
    with busy.context.operation("import", "导入客户"):
        busy.customers.create({"name": "大连海运", "code": "i0431099"})
    assert kinds(busy) == []
    busy.customers.create({"name": "大连码头", "code": "i0431199"})
    assert kinds(busy) == ["serials"]


def test_a_contact_that_gave_up_being_primary_has_it_in_its_history(busy: Office) -> None:
    harm(busy, "DROP INDEX contacts_primary", "UPDATE contacts SET is_primary = 1")
    busy.maintenance.repair(busy.maintenance.check().findings)
    assert busy.contacts.get(1)["is_primary"] == 1
    assert busy.audit.history("contacts", 2)[-1]["changes"] == [("主联系人", "是", "")]


def test_a_record_can_be_opened_from_the_finding(busy: Office) -> None:
    harm(busy, "UPDATE contacts SET mobile = '12' WHERE id = 1")
    (finding,) = (each for each in busy.maintenance.check().findings if each.kind == "values")
    assert [(each.entity, each.record) for each in finding.examples] == [("contacts", 1)]
    busy.contacts.update(1, {"mobile": "13904310009"}, busy.contacts.get(1)["version"])
    busy.maintenance.repair(busy.maintenance.check().findings)
    assert kinds(busy) == []


def test_what_is_in_the_recycle_bin_is_said_to_be_there(busy: Office) -> None:
    busy.contacts.delete([2])
    harm(busy, "UPDATE contacts SET qq = printf('%.30c', '1') WHERE id = 2")
    assert "联系人 王芳（在回收站）" in told(busy.maintenance.check().findings)


# The check itself


def test_every_part_is_reported_on_the_way(office: Office) -> None:
    seen: list[tuple[int, int, str]] = []
    office.maintenance.check(lambda *progress: seen.append(progress))
    assert [(done, total) for done, total, _ in seen] == [(number, len(CHECKS)) for number in range(len(CHECKS))]
    assert seen[0][2] == "正在检查数据库文件…"


def test_a_cancelled_check_leaves_nothing_behind(office: Office) -> None:
    answers = iter([False, False, False, True])
    with pytest.raises(CheckCancelled):
        office.maintenance.check(cancelled=lambda: next(answers, True))
    assert office.maintenance.last_check() is None
    with office.db.atomic():
        pass  # no transaction stayed open


def test_a_long_look_breaks_off_in_the_middle(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite itself asks, so that nobody waits for the end of a large table."""
    monkeypatch.setattr(connection, "STEPS_UNASKED", 10)
    asked: list[bool] = []
    with pytest.raises(CheckCancelled):
        office.maintenance.check(cancelled=lambda: asked.append(True) or len(asked) > 3)
    assert office.maintenance.check().is_whole


def test_others_save_while_the_file_is_read_and_the_check_sees_one_moment(busy: Office) -> None:
    other = sign_in(Database.open(busy.db.path), "admin", "hongda2026", clock=FixedClock.at("2026-11-22"))

    def save(done: int, total: int, what: str) -> None:
        other.customers.create({"name": f"新客户{done}", "phone": "0431-85999999"})

    assert busy.maintenance.check(save).findings == ()
    assert busy.db.value("SELECT count(*) FROM customers") == 2 + len(CHECKS)
    other.db.close_all()


def test_the_last_check_is_remembered_and_in_the_log(busy: Office) -> None:
    assert busy.maintenance.last_check() == ("2026-11-22T09:00:00Z", 0)
    harm(busy, "DELETE FROM serials")
    busy.maintenance.check()
    last = busy.maintenance.last_check()
    assert last is not None
    assert last[1] == 1
    assert [each["sentence"] for each in busy.audit.operations(limit=1)] == ["检查数据库：发现 1 个问题"]


def test_a_check_that_the_damage_stops_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    harm(office, "DROP TABLE phone_numbers", "DROP TABLE transitions")
    found = office.maintenance.check().findings
    assert {"structure", "unreadable", "search"} <= {each.kind for each in found}
    assert "“所属记录”没有检查完" in told(found)


def test_nothing_is_written_inside_a_snapshot_s_view(office: Office) -> None:
    with office.db.snapshot(lambda: False):
        before = office.db.value("SELECT count(*) FROM operations")
        with pytest.raises(DatabaseError), office.db.atomic():
            pass
    assert office.db.value("SELECT count(*) FROM operations") == before


def test_looking_and_repairing_are_two_rights(hire: Callable[..., Office]) -> None:
    clerk = hire("li", "业务员")
    with pytest.raises(PermissionDenied):
        clerk.maintenance.check()
    with pytest.raises(PermissionDenied):
        clerk.maintenance.repair([])


# A whole office


@pytest.mark.parametrize("script", FROZEN, ids=lambda each: each.stem)
def test_an_office_of_any_version_is_whole(script: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection:
        connection.executescript(script.read_text(encoding="utf-8"))
    database = Database.open(tmp_path / "old.db")
    office = sign_in(database, "admin", "hongda2026", clock=FixedClock.at("2030-01-01"))
    assert told(office.maintenance.check().findings) == ""
    database.close_all()


@pytest.mark.parametrize("day", ["2026-11-22", *(pytest.param(day, marks=pytest.mark.slow) for day in ("2027-01-01", "2028-02-29"))])
def test_the_sample_office_is_whole(sample_of: Callable[[str], Office], day: str) -> None:
    assert told(sample_of(day).maintenance.check().findings) == ""
