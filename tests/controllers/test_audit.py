"""系统日志: newest first, page by page, and a record's own history in words."""

import csv
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import controllers, system
from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office
from crm_desktop.controllers.audit import controller
from crm_desktop.errors import NotFound, PermissionDenied, ReportError
from crm_desktop.models.log import GROUPS, KINDS, LogFilter


def test_pages_of_the_log(office: Office) -> None:
    for number in range(5):
        office.customers.create({"name": f"客户{number}"})
    everything = office.audit.operations()
    assert [each["sentence"] for each in everything[:2]] == ["新增客户：客户4", "新增客户：客户3"]
    seen, before = [], 2**62
    while page := office.audit.operations(before=before, limit=2):
        seen += page
        before = page[-1]["id"]
    assert seen == everything
    assert everything[-1]["sentence"] == "建立办公室：长春宏达"
    assert everything[-1]["operator"] == ""


def test_a_record_s_history_is_in_words(office: Office, hire: Callable[..., Office]) -> None:
    customer = office.customers.create({"name": "宏达", "level": "一般"})
    li = hire("li", "客服")
    values = {"level": "重要", "region": "220104", "owner": "admin", "annual_revenue": "50"}
    li.customers.update(customer, values, version=1)
    history = office.audit.history("customers", customer)
    assert [(each["kind"], each["operator"]) for each in history] == [("create", "admin"), ("update", "li先生")]
    assert sorted(history[1]["changes"]) == sorted(
        [
            ("客户级别", "一般", "重要"),
            ("区域", "", "吉林省长春市朝阳区"),
            ("业务员", "", "admin"),
            ("年营业额", "", "50"),
        ]
    )


def test_what_is_no_declared_entity_has_a_history_too(office: Office) -> None:
    item = office.dictionaries.items("level")[0]["id"]
    office.dictionaries.update(item, {"name": "A 级"})
    assert office.audit.history("dictionary_items", item)[0]["changes"] == [("名称", "重要", "A 级")]


def test_a_field_that_no_longer_exists_keeps_its_name(office: Office) -> None:
    customer = office.customers.create({"name": "宏达"})
    with office.context.operation("update", "") as operation:
        office.context.audit_change(operation, "customers", customer, {"weight": None}, {"weight": 5})
    assert office.audit.history("customers", customer)[-1]["changes"] == [("weight", "", "5")]


def sentences(office: Office, **asked: Any) -> list[str]:
    return [row["sentence"] for row in office.audit.operations(asked=LogFilter(**asked))]


@pytest.fixture
def busy(office: Office, clock: FixedClock, hire: Callable[..., Office]) -> Office:
    """Three days of work: the administrator's on the 22nd and 24th, 客服 li's on the 23rd."""
    first = office.customers.create({"name": "宏达"})
    clock.moment += timedelta(days=1)
    hire("li", "客服").customers.update(first, {"phone": "0431-85123456"}, version=1)
    clock.moment += timedelta(days=1)
    office.customers.delete([first])
    office.contacts.create({"name": "钱一", "customer": office.customers.create({"name": "春晖_软件"})})
    return office


def test_the_log_is_asked_by_period_operator_kind_and_text(busy: Office) -> None:
    li = next(row["id"] for row in busy.operators.active() if row["name"] == "li")
    assert sentences(busy, start=date(2026, 11, 24)) == ["新增联系人：钱一", "新增客户：春晖_软件", "删除客户：宏达"]
    assert sentences(busy, end=date(2026, 11, 21)) == ["建立办公室：长春宏达"]
    assert sentences(busy, start=date(2026, 11, 23), end=date(2026, 11, 23), group="change")[0] == "修改客户：宏达"
    assert sentences(busy, operator=li) == ["修改客户：宏达", "登录：li先生"]
    assert sentences(busy, group="delete") == ["删除客户：宏达"]
    assert sentences(busy, text="春晖_") == ["新增客户：春晖_软件"] and sentences(busy, text="春晖%") == []
    assert sentences(busy, entity="contacts") == ["新增联系人：钱一"]
    assert sentences(busy, entity="customers", record=1) == ["删除客户：宏达", "修改客户：宏达", "新增客户：宏达"]
    assert sentences(busy, text="没有的") == []


FILTERS = [
    LogFilter(), LogFilter(group="change"), LogFilter(group="session", text="登录"), LogFilter(entity="customers"),
    LogFilter(start=date(2026, 11, 22), end=date(2026, 11, 23)), LogFilter(operator=1, group="change"),
]  # fmt: skip


@pytest.mark.parametrize("asked", FILTERS)
def test_pages_ids_rows_and_count_agree(busy: Office, asked: LogFilter) -> None:
    ids = list(busy.audit.ids(asked))
    assert ids == sorted(ids, reverse=True) and len(ids) == busy.audit.count(asked) > 1
    seen, before = list[int](), 2**62
    while page := busy.audit.operations(before, 2, asked):
        seen += [row["id"] for row in page]
        before = seen[-1]
    assert seen == ids == [row["id"] for row in busy.audit.rows(ids)]


def test_a_first_answer_looks_no_further_than_it_is_told(busy: Office) -> None:
    newest = busy.audit.ids()[0]
    assert [row["id"] for row in busy.audit.operations(reach=2)] == [newest, newest - 1]


def test_a_clock_that_was_set_back_hides_nothing(busy: Office, clock: FixedClock) -> None:
    clock.moment -= timedelta(days=2)
    busy.customers.create({"name": "表慢了"})
    assert "新增客户：表慢了" in sentences(busy, start=date(2026, 11, 22), end=date(2026, 11, 22))
    assert "新增客户：表慢了" not in sentences(busy, start=date(2026, 11, 24))
    assert sentences(busy, start=date(2026, 11, 24))[0] == "新增联系人：钱一"


def test_an_operation_in_detail(busy: Office) -> None:
    change, deletion = (busy.audit.ids(LogFilter(entity="customers", record=1))[place] for place in (1, 0))
    (row,) = busy.audit.details(change)
    assert (row["label"], row["name"], row["kind_text"]) == ("客户", "宏达", "修改")
    assert row["changes"] == [("电话", "", "0431-85123456")]
    assert [(row["kind_text"], row["changes"]) for row in busy.audit.details(deletion)] == [("删除", [])]
    busy.customers.purge([1])
    purged = busy.audit.details(busy.audit.ids()[0])
    assert [(row["name"], row["kind_text"]) for row in purged] == [("第 1 号", "彻底删除")]


def test_details_of_what_is_no_entity_of_records(office: Office) -> None:
    item = office.dictionaries.add("source", {"name": "协会"})
    assert office.audit.details(office.audit.ids()[0])[0]["name"] == "协会"
    office.dictionaries.update(office.dictionaries.items("satisfaction")[0]["id"], {"score": 9})
    assert office.audit.details(office.audit.ids()[0])[0]["changes"] == [("分值", "5", "9")]
    office.settings.set_option("lock_minutes", 20)
    (row,) = office.audit.details(office.audit.ids()[0])
    assert (row["label"], row["changes"]) == ("系统设置", [("锁定多少分钟", "15", "20")])
    office.regions.update("220104", {"postcode": "130022"})
    (row,) = office.audit.details(office.audit.ids()[0])
    assert (row["name"], row["changes"]) == ("吉林省长春市朝阳区", [("邮编", "130012", "130022")])
    code = office.regions.add("220100", {"name": "开发区"})
    assert office.audit.details(office.audit.ids()[0])[0]["name"] == "吉林省长春市开发区"
    assert office.regions.get(code) and item


def test_a_large_operation_is_told_in_part(office: Office) -> None:
    with office.context.operation("import", "导入客户") as operation:
        office.context.audit_many(operation, "customers", "create", range(1, 5001))
    assert len(office.audit.details(operation, most=100)) == 100
    assert office.audit.change_count(operation) == 5000


def test_who_may_not_see_numbers_does_not_see_them_in_the_log(busy: Office) -> None:
    busy.db.execute("DELETE FROM permissions WHERE area = 'phones'")
    assert busy.audit.history("customers", 1)[1]["changes"] == [("电话", "", "0431-****3456")]


def test_a_history_is_for_who_may_see_the_record(busy: Office, hire: Callable[..., Office]) -> None:
    wang = hire("wang", "业务员")
    busy.db.execute("INSERT INTO permissions SELECT id, 'audit', 'view' FROM roles WHERE name = '业务员'")
    mine = wang.customers.create({"name": "我的"})
    assert [row["kind_text"] for row in wang.audit.history("customers", mine)] == ["新增"]
    with pytest.raises(NotFound):
        wang.audit.history("customers", 1)
    with pytest.raises(PermissionDenied):
        wang.audit.history("operators", 1)
    with pytest.raises(PermissionDenied):
        wang.audit.history("settings", 0)


def test_a_history_has_its_steps_and_attachments(office: Office, tmp_path: Path) -> None:
    customer = office.customers.create({"name": "宏达"})
    record = office.feedback.create({"customer": customer, "content": "很好"})
    (tmp_path / "照片.png").write_bytes(b"\x89PNG")
    office.attachments.add("feedback", record, tmp_path / "照片.png")
    step = office.feedback.steps(record)[0]
    values = {name: {"handler": "admin", "date": "2026-11-22"}.get(name, "已办") for name in step.required}
    office.feedback.advance(record, step.key, values, version=1)
    history = office.audit.history("feedback", record)
    assert [(row["entity"], row["operation_kind"]) for row in history] == [
        ("feedback", "create"),
        ("attachments", "create"),
        ("feedback", "step"),
    ]


def test_a_whole_log_is_verified_and_a_changed_one_told(busy: Office) -> None:
    seen: list[tuple[int, int]] = []
    assert busy.audit.verify(lambda done, total: seen.append((done, total))) == []
    with closing(sqlite3.connect(busy.db.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER operations_sealed")
        connection.execute("UPDATE operations SET sentence = '什么也没有' WHERE sentence = '删除客户：宏达'")
    (told,) = busy.audit.verify()
    assert told.startswith("第 ") and "2026-11-24" in told and told.endswith("什么也没有）：内容被改动过。")


def test_verifying_can_be_broken_off(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(controller, "STEP", 1)
    with pytest.raises(ReportError, match="没有核对完"):
        office.audit.verify(cancelled=lambda: True)


def test_the_log_is_exported_and_that_is_logged(busy: Office, tmp_path: Path) -> None:
    path = tmp_path / "日志.csv"
    assert busy.audit.export(path, LogFilter(group="change")) == 5
    lines = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert lines[0] == ["编号", "时间", "操作员", "计算机", "类别", "内容", "变动"]
    assert lines[3][2:] == [
        "li先生",
        system.computer_name(),
        "修改",
        "修改客户：宏达",
        "修改客户“宏达”：电话 空 → 0431-85123456",
    ]
    assert busy.audit.operations(limit=1)[0]["sentence"] == "导出系统日志 5 条：日志.csv"
    with pytest.raises(ReportError):
        busy.audit.export(tmp_path / "日志.pdf")


def test_what_was_purged_says_so(busy: Office) -> None:
    operation = busy.audit.ids()[-1]
    with busy.context.operation("cleanup", "清理日志") as cleaning:
        busy.db.execute("UPDATE operations SET purged_in = ?, sentence = '' WHERE id = ?", (cleaning, operation))
    assert busy.audit.operations()[-1]["sentence"] == "（内容已清理）"
    assert busy.audit.verify() == []


# What a line says


KIND_WRITTEN = re.compile(r'operation\(\s*"(\w+)"')


def test_every_kind_of_operation_has_a_word_and_a_group() -> None:
    package = Path(controllers.__file__).parents[1]
    written = {kind for path in package.rglob("*.py") for kind in KIND_WRITTEN.findall(path.read_text("utf-8"))}
    assert {"sign_in", "purge", "step", "backup"} <= written
    assert written - KINDS.keys() == set()
    grouped = [kind for _, kinds in GROUPS.values() for kind in kinds]
    assert sorted(grouped) == sorted(KINDS)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("回电13912345678", "回电139****5678"),
        ("0431-85123456、+86 138 0013 8000 与 400-123-4567", "0431****3456、+86 138****8000 与 400****4567"),
        ("TS20261122-001 i0431012 2026-11-22 500000000000001", "TS20261122-001 i0431012 2026-11-22 500000000000001"),
    ],
)
def test_a_line_carries_no_telephone_number(office: Office, typed: str, kept: str) -> None:
    with office.context.operation("update", typed) as operation:
        pass
    assert office.audit.rows([operation])[0]["sentence"] == kept
