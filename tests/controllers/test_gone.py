"""What a kept question speaks of is gone since: it is told, never asked as if nothing were wrong."""

from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.controllers import Office
from crm_desktop.errors import ValidationError
from crm_desktop.models.question import Part, Question, Row

PASSWORD = "hongda2026"


def asked(*rows: Row, entity: str = "customers") -> Question:
    return Question(entity, parts=(Part(rows),))


@pytest.fixture
def level(office: Office) -> int:
    return office.dictionaries.add("level", {"name": "展会"})


def kept(office: Office, question: Question) -> Question:
    """As it comes back after having been kept."""
    office.queries.save("甲", question, replaces=True)
    office.queries.remember(question)
    return again(office, question.entity)


def again(office: Office, entity: str = "customers") -> Question:
    (saved,) = office.queries.saved(entity)
    assert saved.question is not None and office.queries.recent(entity) == [saved.question]
    return saved.question


@pytest.mark.parametrize("many", [False, True])
def test_an_item_that_was_deleted_is_named(office: Office, level: int, many: bool) -> None:
    other = next(item["id"] for item in office.dictionaries.items("level"))
    question = kept(office, asked(Row("name", "contains", "宏"), Row("level", "not_in", [other, level]) if many else Row("level", "=", level)))
    assert office.queries.problems(question) == {}
    office.dictionaries.delete(level)
    assert office.queries.problems(again(office)) == {(0, 1): "“展会”已不在客户级别里。"}
    assert "“展会”（已不在客户级别里）" in office.queries.sentence(again(office))
    assert office.queries.word("customers", "level", level) == "展会"
    with pytest.raises(ValidationError, match="“展会”已不在客户级别里"):
        office.queries.save("乙", question)
    office.dictionaries.restore(level)
    assert office.queries.problems(again(office)) == {}


def test_a_renamed_and_a_deactivated_item_are_asked_for_as_ever(office: Office, level: int) -> None:
    customer = office.customers.create({"name": "展会来的", "level": level})
    question = kept(office, asked(Row("level", "=", level)))
    office.dictionaries.update(level, {"name": "展销会"})
    office.dictionaries.set_active(level, False)
    assert office.queries.problems(again(office)) == {} and again(office) == question
    assert office.queries.sentence(question) == "客户级别是展销会"
    assert list(office.customers.ids(question.query())) == [customer]


def test_a_merge_is_followed_as_far_as_it_went_and_back(office: Office, level: int) -> None:
    customer = office.customers.create({"name": "展会来的", "level": level})
    first, second = (office.dictionaries.add("level", {"name": name}) for name in ("订货会", "年会"))
    kept(office, asked(Row("level", "=", level), Row("level", "in", [level, second])))
    merged = []
    for item, into in ((level, first), (first, second)):
        office.dictionaries.merge(item, into)
        merged.append(office.audit.operations()[0]["id"])
        assert [row.value for row in again(office).parts[0].rows] == [into, [into, second] if into != second else [second]]
        assert list(office.customers.ids(again(office).query())) == [customer]
    office.undo.undo(merged[1])
    assert again(office).parts[0].rows[0].value == first


def test_an_item_merged_before_anybody_had_it_is_followed_too(office: Office, level: int) -> None:
    kept(office, asked(Row("level", "=", level)))
    into = office.dictionaries.items("level")[0]["id"]
    office.dictionaries.merge(level, into)
    assert again(office).parts[0].rows[0].value == into
    assert office.queries.problems(again(office)) == {}


def test_an_item_merged_when_the_log_did_not_say_into_what(office: Office, level: int) -> None:
    """By an older version: records that had it tell; without any it is named."""
    into = office.dictionaries.items("level")[0]["id"]
    kept(office, asked(Row("level", "=", level)))
    with office.dictionaries._context.operation("merge", "合并"):
        office.dictionaries._remove(office.dictionaries._get(level), "合并")
    assert office.queries.problems(again(office)) == {(0, 0): "“展会”已不在客户级别里。"}
    office.dictionaries.restore(level)
    customer = office.customers.create({"name": "展会来的", "level": level})
    with office.dictionaries._context.operation("merge", "合并") as operation:
        office.customers.update(customer, {"level": into}, version=1)
        office.dictionaries._remove(office.dictionaries._get(level), "合并")
    assert office.db.value("SELECT deleted_in FROM dictionary_items WHERE id = ?", (level,)) == operation
    assert again(office).parts[0].rows[0].value == into


@pytest.mark.parametrize("entity", ["customers", "contacts"])
def test_a_merged_record_is_asked_for_by_the_one_kept_and_back(office: Office, entity: str) -> None:
    """Also one with nothing of its own; what was merged twice is followed twice."""
    firm = office.customers.create({"name": "宏达"})
    make = office.records[entity].create
    ids = [make({"name": name, **({} if entity == "customers" else {"customer": firm})}) for name in ("甲", "乙", "丙")]
    first, second, third = ids
    field = "customer" if entity == "customers" else "contact"
    kept(office, asked(Row(field, "=", first), Row(field, "in", [first, third]), entity="interactions"))
    merged = []
    for keep, gone in ((second, first), (third, second)):
        versions = {row["id"]: row["version"] for row in office.records[entity].rows(ids, ())}
        merged.append(office.duplicates.merge(entity, keep, [gone], {}, versions))
        assert [row.value for row in again(office, "interactions").parts[0].rows] == [keep, list(dict.fromkeys([keep, third]))]
        assert office.queries.problems(again(office, "interactions")) == {}
    (told,) = [each for each in office.audit.details(merged[0]) if each["kind"] == "delete"]
    assert told["changes"] == [("合并到", "", "乙")]
    office.undo.undo(merged[1])
    assert again(office, "interactions").parts[0].rows[0].value == second


def test_records_regions_and_names_that_are_gone(office: Office) -> None:
    customer = office.customers.create({"name": "要走的"})
    region = office.regions.add("220100", {"name": "北湖开发区"})
    rows = (Row("customer", "=", customer), Row("customer", "=", "要走的"))
    contacts = asked(*rows, entity="contacts")
    places = asked(Row("region", "within", region), Row("region", "in", ["220104", region]), Row("level", "=", "没有的"))
    assert office.queries.problems(contacts) == {}
    assert office.queries.problems(places) == {(0, 2): "“没有的”已不在客户级别里。"}
    office.customers.delete([customer])
    office.regions.delete(region)
    assert office.queries.problems(contacts) == {
        (0, 0): "没有找到所选的客户，可能已被删除。", (0, 1): "没有叫“要走的”的客户。",
    }  # fmt: skip
    assert office.queries.sentence(contacts) == "客户是要走的（已删除），并且客户是要走的"
    assert {key: "已不在区域里" in told for key, told in office.queries.problems(places).items()} == {(0, 0): True, (0, 1): True, (0, 2): False}
    assert "（已不在区域里）" in office.queries.sentence(places)
    assert office.queries.problems(asked(Row("level", "=", 99999))) == {(0, 0): "没有找到所选的客户级别，可能已被删除。"}


def test_a_colleague_who_left_is_asked_for_by_name(office: Office) -> None:
    wang = office.operators.add({"name": "wang", "full_name": "小王", "role": "客服"}, PASSWORD)
    question = asked(Row("owner", "=", wang))
    office.operators.set_active(wang, False)
    assert office.queries.problems(question) == {}
    assert (office.queries.sentence(question), office.queries.word("customers", "owner", wang)) == ("业务员是小王", "小王")
    office.operators.delete([wang])
    assert office.queries.problems(question) == {(0, 0): "没有找到所选的业务员，可能已被删除。"}
    assert office.queries.problems(asked(Row("owner", "=", "小王"))) == {(0, 0): "没有叫“小王”的业务员。"}


def test_nobody_learns_of_foreign_customers(office: Office, enter: Callable[..., Office]) -> None:
    """Whether one of that number or name is there, and how it is called."""
    office.operators.add({"name": "wang", "full_name": "小王", "role": "业务员"}, PASSWORD)
    wang = enter("wang", PASSWORD)
    assert list(wang.customers.ids(asked().query())) == []

    def told(value: Any) -> str:
        return wang.queries.problems(asked(Row("customer", "=", value), entity="contacts")).get((0, 0), "")

    assert told(1) == told(99999) and told(1) != ""
    assert told("长春宏达机械制造有限公司").replace("长春宏达机械制造有限公司", "甲") == told("甲") and told("甲") != ""
    assert "宏达" not in wang.queries.word("contacts", "customer", 1)
