"""Questions that are kept: one's own and everybody's, what may be asked, and what a question says in words."""

from collections.abc import Callable

import pytest

from crm_desktop.controllers import Office
from crm_desktop.controllers.settings import WRITE
from crm_desktop.errors import NotFound, PermissionDenied, ValidationError
from crm_desktop.models import Query, Related
from crm_desktop.models.question import Part, Question, Row

PASSWORD = "hongda2026"
IMPORTANT = Question("customers", "宏达", (Part((Row("level", "=", "重要"), Row("name", "contains", ""))),))
QUIET = Question("customers", parts=(Part((Row("date", "last_days", "90"),), of="interactions", has=False),))


@pytest.fixture
def wang(office: Office, enter: Callable[..., Office]) -> Office:
    office.operators.add({"name": "wang", "full_name": "小王", "role": "客服"}, PASSWORD)
    return enter("wang", PASSWORD)


def names(office: Office) -> list[tuple[str, bool, bool]]:
    return [(each.name, each.is_shared, each.is_mine) for each in office.queries.saved("customers")]


def test_a_question_in_words(office: Office) -> None:
    assert office.queries.sentence(IMPORTANT) == "文字含“宏达”，并且客户级别是重要"
    assert office.queries.sentence(QUIET) == "没有满足（日期在最近 90 天内）的业务往来"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Row("annual_revenue", ">", "100"), "年营业额大于 100"),
        (Row("annual_revenue", ">", "5亿"), "年营业额大于 50,000"),
        (Row("annual_revenue", "between", ("1,000", "")), "年营业额不小于 1,000"),
        (Row("annual_revenue", ">", "很多"), "年营业额大于很多"),
        (Row("owner", "=", "1"), "业务员是 1"),
    ],
)
def test_what_was_typed_is_said_as_it_is_asked(office: Office, row: Row, words: str) -> None:
    """In the field's own unit, not in what is stored; "1" is somebody's name, not the administrator's number."""
    assert office.queries.sentence(Question("customers", parts=(Part((row,)),))) == words


def test_one_s_own_and_everybody_s(office: Office, wang: Office) -> None:
    wang.queries.save(" 安静的  客户 ", QUIET)
    office.queries.save("全体", QUIET, is_shared=True)
    office.queries.save("本人的", QUIET)
    assert names(wang) == [("安静的 客户", False, True), ("全体", True, False)]
    assert names(office) == [("本人的", False, True), ("全体", True, True)]
    assert wang.queries.saved("customers")[1].question == QUIET
    assert wang.queries.saved("contacts") == []


def test_a_name_is_replaced_only_when_asked_to(office: Office) -> None:
    office.queries.save("甲", QUIET)
    with pytest.raises(ValidationError, match="已有查询“甲”"):
        office.queries.save("甲", Question("customers"))
    office.queries.save("甲", Question("customers"), replaces=True)
    assert [each.question for each in office.queries.saved("customers")] == [Question("customers")]


@pytest.mark.parametrize("name", ["", "   ", "长" * 31])
def test_a_name_is_needed(office: Office, name: str) -> None:
    with pytest.raises(ValidationError, match="起一个名字"):
        office.queries.save(name, QUIET)


def test_what_cannot_be_asked_is_not_kept(office: Office) -> None:
    with pytest.raises(ValidationError, match="请填写要查找的内容"):
        office.queries.save("甲", IMPORTANT)
    assert names(office) == []


def test_what_is_everybody_s_is_changed_by_its_maker_or_the_administrator(office: Office, wang: Office) -> None:
    office.queries.save("全体", QUIET, is_shared=True)
    for change in (lambda: wang.queries.remove("customers", "全体", is_shared=True), lambda: wang.queries.save("全体", QUIET, True, True)):
        with pytest.raises(PermissionDenied, match="别人为大家保存的"):
            change()
    wang.queries.save("小王的", QUIET, is_shared=True)
    office.queries.remove("customers", "小王的", is_shared=True)
    assert names(wang) == [("全体", True, False)]
    with pytest.raises(NotFound):
        office.queries.remove("customers", "小王的", is_shared=True)


def test_recent_questions_come_once_newest_first(office: Office, wang: Office) -> None:
    for number in range(12):
        office.queries.remember(Question("customers", f"第{number}"))
    office.queries.remember(Question("customers", "第5"))
    office.queries.remember(IMPORTANT)
    recent = office.queries.recent("customers")
    assert [each.text for each in recent] == ["宏达", "第5", "第11", "第10", "第9", "第8", "第7", "第6", "第4", "第3"]
    assert recent[0].parts[0].rows == (Row("level", "=", "重要"),)
    assert wang.queries.recent("customers") == []


def test_what_another_version_kept_is_told_and_can_be_removed(office: Office) -> None:
    kept = '[{"name": "旧", "content": "{\\"entity\\": \\"planets\\"}", "by": 1}]'
    office.db.execute(WRITE, (office.operator.id, "queries.customers", kept))
    (old,) = office.queries.saved("customers")
    assert (old.name, old.question, old.is_mine) == ("旧", None, True)
    assert "别的版本" in old.problem
    office.queries.save("新", QUIET)
    assert sorted(names(office)) == [("新", False, True), ("旧", False, True)]
    office.queries.remove("customers", "旧")
    assert names(office) == [("新", False, True)]


def test_nobody_asks_about_what_they_may_not_look_at(office: Office, wang: Office) -> None:
    office.queries.save("有投诉的", Question("customers", parts=(Part(of="complaints"),)), is_shared=True)
    office.db.execute("DELETE FROM permissions WHERE area = 'complaints' AND role = (SELECT role FROM operators WHERE name = 'wang')")
    assert names(wang) == []
    for condition in (Related("complaints", Query()), Related("contacts", Query(conditions=[Related("complaints", Query())]))):
        with pytest.raises(PermissionDenied, match="客户投诉"):
            wang.customers.ids(Query(conditions=[condition]))
    with pytest.raises(PermissionDenied):
        wang.queries.remember(Question("customers", parts=(Part(of="complaints"),)))
