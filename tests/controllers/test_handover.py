"""移交: what a leaver had goes to a colleague, counted before, in one operation that tells everything."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.controllers import Office
from crm_desktop.controllers.chain import breaks
from crm_desktop.controllers.handover import Share
from crm_desktop.errors import NotFound, PermissionDenied, ValidationError
from crm_desktop.models import Condition

CHAOYANG, SHANGHAI = "220104", "310115"


@pytest.fixture
def li(hire: Callable[..., Office]) -> int:
    return int(hire("li", "业务员").operator.id or 0)


@pytest.fixture
def wang(hire: Callable[..., Office]) -> int:
    return int(hire("wang", "业务员").operator.id or 0)


@pytest.fixture
def customers(office: Office, li: int) -> dict[str, int]:
    """Three of li's with open and finished work, and one of the administrator's that li works on."""
    made = {
        name: office.customers.create({"name": name, "region": region, "level": level, "owner": owner})
        for name, region, level, owner in (
            ("甲", CHAOYANG, "重要", li), ("乙", SHANGHAI, "重要", li), ("丙", SHANGHAI, "一般", li), ("丁", SHANGHAI, "一般", 1),
        )
    }  # fmt: skip
    for name, handler in (("甲", li), ("乙", 1), ("丁", li)):
        office.complaints.create({"customer": made[name], "content": "坏了", "handler": handler})
    done = office.complaints.create({"customer": made["甲"], "content": "好了", "handler": li})
    office.db.execute("UPDATE complaints SET status = '已归档' WHERE id = ?", (done,))
    office.feedback.create({"customer": made["乙"], "content": "建议", "handler": li})
    for subject, day, followed in (("要跟进", "2026-12-01", 0), ("跟进过", "2026-12-01", 1), ("没有", None, 0)):
        values = {
            "customer": made["丙"],
            "subject": subject,
            "handler": li,
            "follow_up": day,
            "is_followed_up": followed,
        }
        office.interactions.create(values)
    for subject, name, is_done in (("回电", "甲", 0), ("做完了", "甲", 1), ("盘点", "", 0)):
        customer = {"customer": made[name]} if name else {}
        office.memos.create({"subject": subject, "owner": li, "is_done": is_done, **customer})
    return made


def owners(office: Office) -> dict[str, int]:
    return {row["name"]: row["owner"] for row in office.db.query("SELECT name, owner FROM customers")}


def test_everything_goes_and_is_counted_before(office: Office, customers: dict[str, int], li: int, wang: int) -> None:
    counts = office.handover.counts(li)
    assert counts == {"customers": 3, "complaints": 2, "feedback": 1, "interactions": 1, "memos": 2}
    assert office.handover.run(li, wang) == counts
    assert owners(office) == {"甲": wang, "乙": wang, "丙": wang, "丁": 1}
    assert office.handover.counts(li) == dict.fromkeys(counts, 0)
    assert office.handover.counts(wang) == counts
    finished = office.db.query("SELECT handler FROM complaints WHERE status = '已归档'")
    assert [row["handler"] for row in finished] == [li]  # history stays


def test_it_is_one_operation_with_a_row_for_each_record(
    office: Office, customers: dict[str, int], li: int, wang: int
) -> None:
    last = office.audit.operations()[0]["id"]
    office.handover.run(li, wang)
    newest = office.audit.operations()[0]
    assert newest["id"] == last + 1
    assert (
        newest["sentence"]
        == "移交：li先生 → wang先生，客户 3 个，未结客户投诉 2 件，未结客户反馈 1 件，待跟进业务往来 1 条，未完成工作备忘 2 条"
    )
    rows = office.db.query("SELECT entity, kind, old, new FROM audit WHERE operation = ?", (newest["id"],))
    assert len(rows) == 9 and {row["kind"] for row in rows} == {"update"}
    named = {"customers": "owner", "memos": "owner"}
    for row in rows:
        name = named.get(row["entity"], "handler")
        assert (json.loads(row["old"]), json.loads(row["new"])) == ({name: li}, {name: wang})
    assert office.audit.history("customers", customers["甲"])[-1]["changes"] == [("业务员", "li先生", "wang先生")]


def test_the_chain_of_the_log_holds(office: Office, customers: dict[str, int], li: int, wang: int) -> None:
    office.handover.run(li, wang)
    assert list(breaks(office.db)) == []


def test_a_save_on_the_way_meets_a_conflict_and_screens_are_told(
    office: Office, customers: dict[str, int], li: int, wang: int, heard: list[Any]
) -> None:
    seen = office.customers.get(customers["甲"])
    heard.clear()
    office.handover.run(li, wang)
    assert ("customers", {customers[name] for name in "甲乙丙"}) in heard
    assert {entity for entity, _ in heard} == {"customers", "complaints", "feedback", "interactions", "memos", "operators"}
    now = office.customers.get(customers["甲"])
    assert (now["version"], now["updated_by_text"]) == (seen["version"] + 1, "admin")


@pytest.mark.parametrize(
    ("share", "names", "others"),
    [
        (Share([Condition("region", "within", "310000")]), "乙丙", {"complaints": 0, "feedback": 1, "interactions": 1, "memos": 0}),
        (Share([Condition("level", "=", "重要")]), "甲乙", {"complaints": 1, "feedback": 1, "interactions": 0, "memos": 1}),
        (
            Share([Condition("region", "within", "310000"), Condition("level", "=", "重要")]),
            "乙",
            {"complaints": 0, "feedback": 1, "interactions": 0, "memos": 0},
        ),
    ],
)
def test_a_share_takes_its_own_work_along(
    office: Office, customers: dict[str, int], li: int, wang: int, share: Share, names: str, others: dict[str, int]
) -> None:
    counts = {"customers": len(names), **others}
    assert office.handover.counts(li, share) == counts
    assert office.handover.run(li, wang, share) == counts
    assert {name for name, owner in owners(office).items() if owner == wang} == set(names)
    assert office.handover.counts(wang) == counts


def test_chosen_customers_only(office: Office, customers: dict[str, int], li: int, wang: int) -> None:
    share = Share(chosen=[customers["甲"], customers["丁"]])  # 丁 is not li's
    counts = {"customers": 1, "complaints": 1, "feedback": 0, "interactions": 0, "memos": 1}
    assert office.handover.counts(li, share) == counts
    office.handover.run(li, wang, share)
    assert owners(office) == {"甲": wang, "乙": li, "丙": li, "丁": 1}


def test_to_whom_it_cannot_go(office: Office, customers: dict[str, int], li: int, wang: int) -> None:
    office.operators.set_active(wang, False)
    for to in (li, wang):
        with pytest.raises(ValidationError, match="另一位在用的操作员"):
            office.handover.run(li, to)
    for leaver, to in ((99, 1), (li, 99)):
        with pytest.raises(NotFound):
            office.handover.run(leaver, to)
    with pytest.raises(ValidationError, match="没有可以移交的"):
        office.handover.run(wang, 1)
    assert owners(office)["甲"] == li


def test_only_who_sees_all_hands_over(
    office: Office, customers: dict[str, int], li: int, wang: int, hire: Callable[..., Office]
) -> None:
    role = office.roles.create({"name": "人事", "data_scope": "本部门"})
    rights = {("operators", "update"), ("customers", "update")}
    office.roles.set_rights(role, rights, 1)
    zhang = hire("zhang", "人事")
    with pytest.raises(PermissionDenied, match="数据范围是“全部”"):
        zhang.handover.run(li, wang)
    office.roles.set_rights(role, {("operators", "update")}, 2, "全部")
    for work in (lambda: zhang.handover.run(li, wang), lambda: zhang.handover.counts(li)):
        with pytest.raises(PermissionDenied, match="“客户信息”的修改权限"):
            work()
    office.roles.set_rights(role, rights, 3)
    assert zhang.handover.run(li, wang)["customers"] == 3


def test_more_than_a_thousand_are_told_as_many(office: Office, li: int, wang: int, heard: list[Any]) -> None:
    row = "INSERT INTO customers (code, name, owner, created_at, updated_at) VALUES (?, ?, ?, '', '')"
    with office.db.atomic():
        office.db.executemany(row, ((f"n{number}", f"客户{number}", li) for number in range(1001)))
    heard.clear()
    assert office.handover.run(li, wang)["customers"] == 1001
    assert ("customers", None) in heard
    assert office.operators.get(wang)["customer_count"] == 1001


def test_a_failure_on_the_way_leaves_all_as_it_was(
    office: Office, customers: dict[str, int], li: int, wang: int
) -> None:
    office.db.execute("CREATE TRIGGER no BEFORE UPDATE ON interactions BEGIN SELECT RAISE(ABORT, 'no'); END")
    before = office.audit.operations()[0]["id"]
    with pytest.raises(Exception, match="no"):
        office.handover.run(li, wang)
    assert owners(office)["甲"] == li
    assert office.audit.operations()[0]["id"] == before
