"""Undoing an import: everything is as it was before, except what somebody has changed since, and that is told."""

from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.controllers import Office, chain
from crm_desktop.controllers.exchange.plan import ImportPreview, ImportResult
from crm_desktop.controllers.recycle_bin import Filter
from crm_desktop.errors import InUse, NotFound, PermissionDenied
from crm_desktop.events import RecordsChanged
from crm_desktop.models import ENTITIES, Query

BringIn = Callable[..., ImportResult]
HEADING = ["客户名称", "电话", "客户来源", "联系人", "手机"]
STAMPS = {"version", "updated_at", "updated_by", "deleted_at", "deleted_in"}


def living(office: Office) -> dict[str, list[dict[str, Any]]]:
    """What is not in the recycle bin, without the marks of who wrote it last."""
    tables = [*ENTITIES, "dictionary_items"]
    rows = {table: office.db.query(f"SELECT * FROM {table} WHERE deleted_at IS NULL ORDER BY id") for table in tables}
    return {
        table: [{name: row[name] for name in dict(row) if name not in STAMPS} for row in rows[table]]
        for table in tables
    }


@pytest.fixture
def hongda(office: Office) -> int:
    values = {"name": "宏达", "code": "A1", "phone": "0431-85120000"}
    return office.customers.create(values, lines={"contacts": [{"name": "王", "mobile": "13904310001"}]})


@pytest.fixture
def wrong_file(office: Office, plan: Callable[..., ImportPreview]) -> Callable[[], int]:
    """Imports one new customer, changes one the office has, adds people to both and a word; returns the operation."""

    def run() -> int:
        rows = (["A1", "宏达", "0431-85999999", "展会二", "李"], ["", "一汽", "0431-85000001", "展会二", "赵"])
        preview = plan(["客户编号", *(HEADING[:3]), "联系人"], *rows, mode="update")
        for word in preview.unknown:
            word.action = "add"
        return office.exchange.run(preview).operation

    return run


def test_an_undone_import_leaves_everything_as_it_was(
    office: Office, hongda: int, wrong_file: Callable[[], int]
) -> None:
    before = living(office)
    operation = wrong_file()
    assert office.customers.get(hongda)["phone"] == "0431-85999999"
    (told,) = office.undo.imports()
    assert (told["id"], told["added"], told["updated"]) == (
        operation,
        {"客户": 1, "联系人": 2, "字典项目": 1},
        {"客户": 1},
    )
    assert told["operator"] == "admin"
    effect = office.undo.effect(operation)
    assert (effect.removed, effect.reverted, effect.left) == ({"客户": 1, "联系人": 2, "字典项目": 1}, {"客户": 1}, [])
    heard: list[tuple[str, int | None]] = []
    office.bus.subscribe(RecordsChanged, lambda each: heard.append((each.entity, each.operation)))
    assert office.undo.undo(operation) == effect
    assert living(office) == before
    undone = office.db.value("SELECT max(id) FROM operations")
    assert set(heard) == {("customers", undone), ("contacts", undone), ("dictionary_items", undone)}
    assert office.customers.search(Query("85999999")).rows == []  # the index followed
    assert [row["name"] for row in office.customers.search(Query("85120000")).rows] == ["宏达"]
    assert office.db.one("SELECT kind, sentence FROM operations WHERE id = ?", (undone,))["kind"] == "undo"  # type: ignore[index]
    assert list(chain.breaks(office.db)) == []


def test_the_effect_changes_nothing(office: Office, hongda: int, wrong_file: Callable[[], int]) -> None:
    operation = wrong_file()
    before, log = living(office), office.db.value("SELECT count(*) FROM audit")
    office.undo.effect(operation)
    assert (living(office), office.db.value("SELECT count(*) FROM audit")) == (before, log)


def test_it_is_undone_once(office: Office, hongda: int, wrong_file: Callable[[], int]) -> None:
    operation = wrong_file()
    office.undo.undo(operation)
    assert office.undo.imports() == []
    for work in (office.undo.effect, office.undo.undo):
        with pytest.raises(InUse, match="已经撤销过"):
            work(operation)
    with pytest.raises(NotFound):
        office.undo.undo(99999)


def test_what_came_back_from_the_bin_has_its_words_again(
    office: Office, hongda: int, wrong_file: Callable[[], int]
) -> None:
    office.undo.undo(wrong_file())
    office.recycle_bin.restore(office.recycle_bin.keys(Filter(kind="customers")))
    assert office.customers.get(office.customers.ids(Query("一汽"))[0])["source_text"] == "展会二"
    assert [item["name"] for item in office.dictionaries.items("source")].count("展会二") == 1


def test_what_was_changed_since_is_left_alone(office: Office, hongda: int, wrong_file: Callable[[], int]) -> None:
    operation = wrong_file()
    yiqi = office.customers.ids(Query("一汽"))[0]
    office.customers.update(yiqi, {"remark": "重要"}, 1)
    office.customers.update(hongda, {"phone": "0431-85111111"}, office.customers.get(hongda)["version"])
    effect = office.undo.undo(operation)
    assert (effect.removed, effect.reverted) == ({"联系人": 1}, {})
    assert set(effect.left) == {
        ("客户", "一汽", "之后又有改动"), ("客户", "宏达", "之后又有改动"),
        ("联系人", "赵", "随所属的记录保留"), ("字典项目", "展会二", "已被使用（客户）"),
    }  # fmt: skip
    assert effect.left_count == 4
    assert office.customers.get(yiqi)["primary_contact"] == "赵"
    assert office.customers.get(hongda)["phone"] == "0431-85111111"


def test_a_change_of_another_field_is_no_obstacle(office: Office, hongda: int, wrong_file: Callable[[], int]) -> None:
    operation = wrong_file()
    office.customers.update(hongda, {"remark": "重要"}, office.customers.get(hongda)["version"])
    assert office.undo.undo(operation).reverted == {"客户": 1}
    after = office.customers.get(hongda)
    assert (after["phone"], after["remark"], after["source"]) == ("0431-85120000", "重要", None)


def test_a_customer_with_later_dealings_stays(office: Office, bring_in: BringIn) -> None:
    operation = bring_in(HEADING[:2], ["一汽", "0431-85000001"], ["二汽", "0431-85000002"]).operation
    office.interactions.create({"customer": "一汽", "subject": "电话"})
    effect = office.undo.undo(operation)
    assert effect.removed == {"客户": 1}
    assert effect.left == [("客户", "一汽", "有之后登记或改动的业务往来")]


def test_so_does_one_whose_contact_was_changed(office: Office, bring_in: BringIn) -> None:
    operation = bring_in([*HEADING[:2], "联系人"], ["一汽", "0431-85000001", "赵"], ["二汽", "", "钱"]).operation
    office.contacts.update(office.contacts.ids(Query("赵"))[0], {"remark": "x"}, 1)
    assert office.undo.undo(operation).removed == {"客户": 1, "联系人": 1}
    assert [row["name"] for row in office.customers.search().rows] == ["一汽"]


def test_who_was_primary_before_is_so_again(office: Office, hongda: int, bring_in: BringIn) -> None:
    before = living(office)
    operation = bring_in(
        ["姓名", "客户", "主联系人", "手机"], ["李", "宏达", "是", "13904310002"], entity="contacts"
    ).operation
    assert office.customers.get(hongda)["primary_contact"] == "李"
    effect = office.undo.undo(operation)
    assert (effect.removed, effect.reverted, effect.left) == ({"联系人": 1}, {"联系人": 1}, [])
    assert living(office) == before


def test_the_place_is_free_before_it_is_taken_again(office: Office, hongda: int) -> None:
    """Whatever the order of the changes: two primary contacts of one customer are never there at once."""
    second = office.contacts.create({"name": "李", "customer": hongda})
    before = living(office)
    with office.context.operation("batch", "批量修改") as operation:
        office.contacts.update(second, {"remark": "先改备注"}, 1)
        office.contacts.update(second, {"is_primary": "是"}, 2)
    assert office.undo.undo(operation).reverted == {"联系人": 2}
    assert living(office) == before


def test_what_is_in_the_bin_already_is_told(office: Office, bring_in: BringIn) -> None:
    operation = bring_in(HEADING[:2], ["一汽", ""], ["二汽", ""], ["三汽", ""]).operation
    first, second, third = office.customers.ids(Query(order="id"))
    office.customers.delete([first, second])
    office.customers.purge([second])
    effect = office.undo.effect(operation)
    assert set(effect.left) == {("客户", "一汽", "已在回收站里"), ("客户", "", "已彻底删除")}
    office.customers.delete([third])
    with pytest.raises(InUse, match="没有可以撤销的内容：已"):
        office.undo.undo(operation)


@pytest.mark.parametrize("obstacle", ["item", "number"])
def test_an_old_value_that_is_gone_is_not_put_back(
    office: Office, plan: Callable[..., ImportPreview], hongda: int, obstacle: str
) -> None:
    item = office.dictionaries.add("source", {"name": "老展会"})
    product = office.products.create({"name": "车床", "code": "C1"})
    office.customers.update(hongda, {"source": "老展会"}, 1)
    with office.context.operation("batch", "批量修改") as operation:
        office.customers.update(hongda, {"source": "网络推广" if "网络推广" in words(office) else words(office)[0]}, 2)
        office.products.update(product, {"code": "C2"}, 1)
    if obstacle == "item":
        office.dictionaries.delete(item)
        expected, left = {"产品": 1}, [("客户", "宏达", "原来的客户来源已删除")]
    else:
        office.products.create({"name": "新车床", "code": "c1"})
        expected, left = {"客户": 1}, [("产品", "车床", "原来的产品编号已被别的记录使用")]
    effect = office.undo.undo(operation)  # the same code takes back any operation
    assert (effect.reverted, effect.left) == (expected, left)


def words(office: Office) -> list[str]:
    return [item["name"] for item in office.dictionaries.items("source")]


def test_a_deletion_and_a_merge_are_taken_back_too(office: Office, hongda: int) -> None:
    before = living(office)
    assert office.undo.undo(office.customers.delete([hongda])).returned == {"客户": 1, "联系人": 1}
    assert living(office) == before
    item = office.dictionaries.add("source", {"name": "老展会"})
    office.customers.update(hongda, {"source": "老展会"}, office.customers.get(hongda)["version"])
    before = living(office)
    other = next(each["id"] for each in office.dictionaries.items("source") if each["id"] != item)
    office.dictionaries.merge(item, other)
    effect = office.undo.undo(office.db.value("SELECT max(id) FROM operations"))
    assert (effect.reverted, effect.returned) == ({"客户": 1}, {"字典项目": 1})
    assert living(office) == before


def test_what_was_deleted_comes_back_only_where_there_is_room(office: Office, hongda: int) -> None:
    other = office.products.create({"name": "铣床", "code": "X1"})
    product = office.products.create({"name": "车床", "code": "C1"})
    item = office.dictionaries.add("source", {"name": "老展会"})
    deletions = [office.products.delete([product, other]), office.contacts.delete(list(office.contacts.ids(Query("王"))))]
    office.dictionaries.delete(item)
    deletions.append(office.db.value("SELECT max(id) FROM operations"))
    office.products.create({"name": "新车床", "code": "c1"})
    office.customers.delete([hongda])
    office.dictionaries.add("source", {"name": "老展会"})
    effect = office.undo.undo(deletions[0])
    assert (effect.returned, effect.left) == ({"产品": 1}, [("产品", "车床", "名称已被别的记录使用")])
    for operation, reason in zip(deletions[1:], ("所属的记录已删除", "名称已被别的记录使用"), strict=True):
        with pytest.raises(InUse, match=reason):
            office.undo.undo(operation)


def test_an_undo_can_be_undone(office: Office, hongda: int, wrong_file: Callable[[], int]) -> None:
    operation = wrong_file()
    after = living(office)
    office.undo.undo(operation)
    effect = office.undo.undo(office.db.value("SELECT max(id) FROM operations"))
    assert (effect.returned, effect.reverted) == ({"客户": 1, "联系人": 2, "字典项目": 1}, {"客户": 1})
    assert living(office) == after


def test_a_change_that_is_no_record_cannot_be_undone(office: Office) -> None:
    office.settings.set_option("lock_minutes", 30)
    with pytest.raises(InUse, match="这种改动不能撤销"):
        office.undo.undo(office.db.value("SELECT max(id) FROM operations"))


def test_an_undo_that_fails_changes_nothing(
    office: Office, hongda: int, wrong_file: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    operation = wrong_file()
    before = living(office)
    monkeypatch.setattr(type(office.undo), "_index_again", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        office.undo.undo(operation)
    assert living(office) == before
    assert len(office.undo.imports()) == 1


# Rights


def test_others_need_the_right_to_clean_up(office: Office, bring_in: BringIn, hire: Callable[..., Office]) -> None:
    li, wang = hire("li", "客服"), hire("wang", "客服")
    own = bring_in(HEADING[:2], ["一汽", ""], by=li).operation
    assert [row["id"] for row in li.undo.imports()] == [own]
    assert wang.undo.imports() == []
    with pytest.raises(PermissionDenied, match="只能撤销自己的操作"):
        wang.undo.effect(own)
    assert [row["id"] for row in office.undo.imports()] == [own]
    office.db.execute("DELETE FROM permissions WHERE area = 'customers' AND verb = 'import' AND role = 3")
    assert li.undo.imports() == []
    with pytest.raises(PermissionDenied, match="没有撤销这次操作的权限"):
        li.undo.undo(own)
    office.undo.undo(own)


def test_what_was_handed_to_another_is_neither_touched_nor_named(
    office: Office, bring_in: BringIn, hire: Callable[..., Office]
) -> None:
    li = hire("li", "业务员")
    operation = bring_in(HEADING[:2], ["一汽", ""], ["二汽", ""], by=li).operation
    yiqi = office.customers.ids(Query("一汽"))[0]
    office.customers.update(yiqi, {"owner": "admin"}, 1)
    effect = li.undo.undo(operation)
    assert (effect.removed, effect.left) == ({"客户": 1}, [("客户", "", "不在您的数据范围内")])
    assert office.customers.get(yiqi)


def test_a_purged_log_undoes_nothing(office: Office, bring_in: BringIn) -> None:
    operation = bring_in(HEADING[:2], ["一汽", ""]).operation
    with office.context.operation("purge", "清理日志") as purge:
        office.db.execute("UPDATE operations SET purged_in = ?, sentence = '' WHERE id = ?", (purge, operation))
    assert office.undo.imports() == []
    with pytest.raises(InUse, match="日志已清理"):
        office.undo.undo(operation)
