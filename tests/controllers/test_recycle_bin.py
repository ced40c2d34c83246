"""回收站: one line a deletion, back with all that went along, or gone for ever with exact counts."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office
from crm_desktop.controllers.bin_places import Key
from crm_desktop.controllers.recycle_bin import Filter
from crm_desktop.db import search_index
from crm_desktop.db.doomed import Doomed
from crm_desktop.errors import FieldError, InUse, NotFound, OwnerDeleted, PermissionDenied, Taken, ValidationError
from crm_desktop.models import ENTITIES, Query

Lines = Callable[..., list[str]]


@pytest.fixture
def family(office: Office, tmp_path: Path) -> dict[str, int]:
    """A customer with two contacts, a call with a file, a complaint, and a product that was sold to it."""
    customer = office.customers.create({"name": "长春宏达"}, lines={"contacts": [{"name": "王"}, {"name": "李"}]})
    call = office.interactions.create({"customer": customer, "subject": "报价", "contact": "王"})
    paper = tmp_path / "合同.pdf"
    paper.write_bytes(b"%PDF-1.4 contract")
    return {
        "customer": customer,
        "call": call,
        "file": office.attachments.add("interactions", call, paper),
        "complaint": office.complaints.create({"customer": customer}),
        "product": office.products.create({"name": "车床", "code": "C1"}),
    }


@pytest.fixture
def lines(office: Office) -> Lines:
    """What stands in the recycle bin, in its order."""

    def read(wanted: Filter | None = None, of: Office = office) -> list[str]:
        keys = of.recycle_bin.keys(wanted)
        rows = {row["id"]: row for row in of.recycle_bin.rows(keys)}
        return [" ".join(filter(None, (rows[key]["kind"], rows[key]["title"], rows[key]["along"]))) for key in keys]

    return read


def everything(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every table but the log and the serials."""
    tables = [*ENTITIES, "attachments", "dictionary_items", "transitions", "customers_search", "contacts_search", "phone_numbers"]
    return {table: [tuple(row) for row in office.db.query(f"SELECT * FROM {table} ORDER BY 1")] for table in tables}


def test_a_customer_is_one_line_that_counts_what_went_along(office: Office, family: dict[str, int], lines: Lines) -> None:
    assert office.customers.delete_effect([family["customer"]]) == {"客户": 1, "联系人": 2, "业务往来": 1, "客户投诉": 1, "附件": 1}
    office.customers.delete([family["customer"]])
    assert lines() == ["客户 长春宏达 联系人 2、业务往来 1、客户投诉 1、附件 1"]
    office.recycle_bin.restore(office.recycle_bin.keys())
    assert lines() == []
    assert len(office.contacts.ids(Query())) == 2


def test_each_kind_has_its_line_the_latest_first(office: Office, family: dict[str, int], lines: Lines, hire: Callable[..., Office]) -> None:
    hire("li", "客服")
    office.attachments.delete([family["file"]])
    office.products.delete([family["product"]])
    office.operators.delete([office.db.value("SELECT id FROM operators WHERE name = 'li'")])
    office.dictionaries.delete(office.dictionaries.add("source", {"name": "展会二"}))
    assert lines() == ["字典项目 展会二", "操作员 li先生", "产品 车床", "附件 合同.pdf"]
    keys = office.recycle_bin.keys()
    assert office.recycle_bin.keys(limit=2) == keys[:2]
    assert office.recycle_bin.restore(keys) == 4
    assert everything(office)["attachments"][0][1:4] == ("interactions", family["call"], "合同.pdf")
    assert [item["name"] for item in office.dictionaries.items("source")][-1] == "展会二"


def test_it_is_filtered(office: Office, family: dict[str, int], lines: Lines, clock: FixedClock, enter: Callable[..., Office]) -> None:
    office.attachments.delete([family["file"]])
    clock.moment = FixedClock.at("2026-11-23").moment
    office.products.delete([family["product"]])
    assert lines(Filter(kind="products")) == ["产品 车床"]
    assert lines(Filter(text="合同")) == ["附件 合同.pdf"]
    assert lines(Filter(text="报价")) == ["附件 合同.pdf"]  # the record it was kept with
    assert lines(Filter(text="%")) == []
    assert lines(Filter(until=date(2026, 11, 22))) == ["附件 合同.pdf"]
    assert lines(Filter(since=date(2026, 11, 23))) == ["产品 车床"]
    assert lines(Filter(operator=office.operator.id)) == ["产品 车床", "附件 合同.pdf"]
    assert lines(Filter(operator=99)) == []
    assert lines(Filter(kind="nothing")) == []


def test_what_belongs_to_something_deleted_brings_it_back_when_asked(office: Office, family: dict[str, int], lines: Lines) -> None:
    office.attachments.delete([family["file"]])
    office.interactions.delete([family["call"]])
    office.customers.delete([family["customer"]])
    assert lines() == ["客户 长春宏达 联系人 2、客户投诉 1", "业务往来 报价", "附件 合同.pdf"]
    for key in office.recycle_bin.keys()[1:]:
        with pytest.raises(OwnerDeleted, match="也在回收站里"):
            office.recycle_bin.restore([key])
    office.recycle_bin.restore([office.recycle_bin.keys()[2]], with_owners=True)
    assert lines() == []
    assert [row["name"] for row in office.attachments.list("interactions", family["call"])] == ["合同.pdf"]


def test_a_name_taken_meanwhile_asks_for_another(office: Office, family: dict[str, int], lines: Lines) -> None:
    office.products.delete([family["product"]])
    office.products.create({"name": "新车床", "code": "c1"})
    item = office.dictionaries.add("source", {"name": "展会二"})
    office.dictionaries.delete(item)
    office.dictionaries.add("source", {"name": "展会二"})
    of_item, of_product = office.recycle_bin.keys()
    for key, field in ((of_item, "name"), (of_product, "code")):
        with pytest.raises(Taken) as taken:
            office.recycle_bin.restore([key])
        assert (taken.value.entity, taken.value.record, taken.value.field) == (*key, field)
    with pytest.raises(ValidationError):
        office.recycle_bin.restore([of_product], {of_product: {"code": "长" * 200}})
    assert len(lines()) == 2
    office.recycle_bin.restore([of_item, of_product], {of_product: {"code": "C2"}, of_item: {"name": "展会三"}})
    assert office.products.get(family["product"])["code"] == "C2"
    assert office.dictionaries.get(item)["name"] == "展会三"


def test_the_same_file_is_not_kept_twice(office: Office, family: dict[str, int], tmp_path: Path) -> None:
    office.attachments.delete([family["file"]])
    office.attachments.add("interactions", family["call"], tmp_path / "合同.pdf")
    with pytest.raises(FieldError, match="内容相同"):
        office.recycle_bin.restore(office.recycle_bin.keys())


def test_several_come_back_all_or_none(office: Office, family: dict[str, int], lines: Lines) -> None:
    other = office.products.create({"name": "铣床", "code": "X1"})
    office.products.delete([other])
    office.products.delete([family["product"]])
    office.products.create({"name": "新车床", "code": "C1"})
    with pytest.raises(Taken):
        office.recycle_bin.restore(office.recycle_bin.keys())
    assert lines() == ["产品 车床", "产品 铣床"]
    with pytest.raises(NotFound):
        office.recycle_bin.restore([Key("products", 999)])


def test_purging_removes_exactly_what_was_counted(office: Office, family: dict[str, int], lines: Lines) -> None:
    kept = office.customers.create({"name": "一汽"}, lines={"contacts": [{"name": "赵", "mobile": "13904310009"}]})
    office.complaints.advance(family["complaint"], "assign", {"handler": "admin"}, 1)
    before = everything(office)
    office.customers.delete([family["customer"]])
    effect = office.recycle_bin.purge_effect(office.recycle_bin.keys())
    assert (effect.counts, effect.kept) == ({"客户": 1, "联系人": 2, "业务往来": 1, "客户投诉": 1, "附件": 1}, {})
    assert office.recycle_bin.purge(office.recycle_bin.keys()) == effect
    after = everything(office)
    gone = {table: len(rows) - len(after[table]) for table, rows in before.items() if rows != after[table]}
    assert gone == {
        "customers": 1, "contacts": 2, "interactions": 1, "complaints": 1, "attachments": 1, "transitions": 1,
        "customers_search": 1, "contacts_search": 2,
    }  # fmt: skip
    assert all(set(after[table]) < set(before[table]) for table in gone)
    assert office.customers.get(kept)["primary_contact"] == "赵"
    assert in_step(office)


def test_what_others_refer_to_stays_and_is_told(office: Office, family: dict[str, int], lines: Lines) -> None:
    office.contacts.delete(office.contacts.ids(Query("王")).tolist())
    office.products.delete([family["product"]])
    effect = office.recycle_bin.purge_effect(office.recycle_bin.keys())
    assert (effect.counts, effect.kept) == ({"产品": 1}, {"联系人：还被业务往来的联系人引用": 1})
    assert office.recycle_bin.purge(office.recycle_bin.keys()) == effect
    assert lines() == ["联系人 王"]
    with pytest.raises(InUse, match="还被业务往来的联系人引用"):
        office.recycle_bin.purge(office.recycle_bin.keys())


def test_a_contact_that_moved_away_keeps_its_new_customer(office: Office, family: dict[str, int], lines: Lines) -> None:
    """Its old dealings still name it, so neither it nor the customer it belongs to now may go."""
    other = office.customers.create({"name": "一汽"}, lines={"contacts": [{"name": "赵"}]})
    wang = office.contacts.ids(Query("王"))[0]
    office.contacts.update(wang, {"customer": other}, office.contacts.get(wang)["version"])
    office.customers.delete([other])
    with pytest.raises(InUse, match="联系人：还被业务往来的联系人引用；客户：还被联系人的客户引用"):
        office.recycle_bin.purge(office.recycle_bin.keys())
    with pytest.raises(InUse, match="联系人还被别的记录引用"):
        office.customers.purge([other])
    assert lines() == ["客户 一汽 联系人 2"]


def test_operators_and_used_items_stay(office: Office, hire: Callable[..., Office], lines: Lines) -> None:
    hire("li", "客服")
    office.operators.delete([2])
    item = office.dictionaries.add("source", {"name": "展会二"})
    office.dictionaries.delete(item)
    customer = office.customers.create({"name": "宏达"})
    office.db.execute("UPDATE customers SET source = ? WHERE id = ?", (item, customer))
    assert office.recycle_bin.purge_effect(office.recycle_bin.keys()).kept == {
        "操作员：日志里有它们的名字，不能彻底删除": 1,
        "字典项目：还被客户的客户来源引用": 1,
    }
    with pytest.raises(InUse, match="没有彻底删除"):
        office.recycle_bin.purge(office.recycle_bin.keys())
    office.db.execute("UPDATE customers SET source = NULL")
    assert office.recycle_bin.purge(office.recycle_bin.keys()).counts == {"字典项目": 1}
    assert lines() == ["操作员 li先生"]


def test_nothing_is_purged_when_it_is_broken_off(office: Office, family: dict[str, int], lines: Lines) -> None:
    office.customers.delete([family["customer"]])
    before = everything(office)

    def stop(number: int) -> None:
        raise InUse("停", [])

    with pytest.raises(InUse, match="停"):
        office.recycle_bin.purge(office.recycle_bin.keys(), stop)
    assert everything(office) == before


def test_live_records_are_not_purged_by_mistake(office: Office, family: dict[str, int]) -> None:
    with pytest.raises(InUse):
        office.recycle_bin.purge([Key("customers", family["customer"])])
    assert office.customers.get(family["customer"])


# Rights


def test_who_sees_only_their_own_customers_finds_only_those(office: Office, hire: Callable[..., Office], lines: Lines, tmp_path: Path) -> None:
    li = hire("li", "业务员")
    foreign = office.customers.create({"name": "秘密"}, lines={"contacts": [{"name": "秘密人"}]})
    call = office.interactions.create({"customer": foreign, "subject": "秘密事"})
    (tmp_path / "密.pdf").write_bytes(b"%PDF-1.4 x")
    office.attachments.delete([office.attachments.add("interactions", call, tmp_path / "密.pdf")])
    office.interactions.delete([call])
    office.customers.delete([foreign])
    own = li.customers.create({"name": "李的"})
    li.customers.delete([own])
    assert lines(of=li) == ["客户 李的"]
    assert len(lines()) == 4
    for key in office.recycle_bin.keys()[1:]:
        assert li.recycle_bin.rows([key]) == []
        with pytest.raises(NotFound):
            li.recycle_bin.restore([key], with_owners=True)
        with pytest.raises(PermissionDenied):
            li.recycle_bin.purge([key])
    li.recycle_bin.restore(li.recycle_bin.keys())
    assert li.customers.get(own)


def test_restoring_takes_the_right_to_delete(office: Office, hire: Callable[..., Office]) -> None:
    wang = hire("wang", "客服")
    office.db.execute("INSERT INTO permissions SELECT id, 'recycle_bin', 'view' FROM roles WHERE name = '客服'")
    office.customers.delete([office.customers.create({"name": "宏达"})])
    assert not wang.recycle_bin.may_restore("customers")
    with pytest.raises(PermissionDenied):
        wang.recycle_bin.restore(wang.recycle_bin.keys())
    assert "customers" in wang.recycle_bin.kinds()
    assert "operators" not in wang.recycle_bin.kinds()


# Any sequence of deletions, restorations and purges


def in_step(office: Office) -> bool:
    """Foreign keys hold, and the search tables are what rebuilding would give."""
    if office.db.query("PRAGMA foreign_key_check"):
        return False

    def state() -> list[list[tuple[Any, ...]]]:
        questions = ("SELECT * FROM customers_search ORDER BY id", "SELECT * FROM contacts_search ORDER BY id",
                     "SELECT digits, entity, record, field FROM phone_numbers ORDER BY 2, 3, 4, 1")
        words = [f"SELECT count(*) FROM {table} WHERE {table} MATCH ?" for table in ("customers_bigrams", "contacts_bigrams")]
        found = [[tuple(row) for row in office.db.query(sql)] for sql in questions]
        return found + [[tuple(row) for row in office.db.query(sql, (pair,))] for sql in words for pair in ("宏达", "hd", "王五")]

    before = state()
    search_index.rebuild(office.db)
    return state() == before


STEPS = st.lists(st.tuples(st.sampled_from(["delete", "restore", "owners", "purge"]), st.sampled_from(["customers", "contacts", "interactions", "products", "sales"]), st.integers(0, 7)), min_size=3, max_size=14)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_keys_and_search_stay_in_step(office: Office, steps: list[tuple[str, str, int]]) -> None:
    for n in range(3):
        customer = office.customers.create({"name": f"宏达{n}", "phone": f"0431-8512000{n}"}, lines={"contacts": [{"name": "王五", "mobile": f"1390431000{n}"}, {"name": "李"}]})
        office.interactions.create({"customer": customer, "subject": "话", "contact": "王五"})
        product = office.products.create({"name": f"车床{n}", "code": f"C{customer}"})
        office.sales.create({"customer": customer, "product": product, "quantity": 1})
    for verb, key, number in steps:
        try:
            if verb == "delete":
                live = getattr(office, key).ids(Query())
                getattr(office, key).delete([live[number % len(live)]] if live else [])
            elif keys := office.recycle_bin.keys():
                chosen = [keys[number % len(keys)]]
                if verb == "purge":
                    office.recycle_bin.purge(chosen)
                else:
                    office.recycle_bin.restore(chosen, with_owners=verb == "owners")
        except (InUse, NotFound, ValidationError):
            pass
    assert in_step(office)
    owners = office.db.query("SELECT customer FROM contacts WHERE deleted_at IS NULL GROUP BY 1 HAVING sum(is_primary) <> 1")
    assert owners == []


def test_the_choice_is_forgotten(office: Office) -> None:
    with Doomed(office.db) as doomed:
        doomed.choose_listed("customers", [1])
        assert doomed.counts() == {"customers": 1}
    assert office.db.value("SELECT 1 FROM sqlite_temp_schema WHERE name = 'doomed'") is None
    assert sqlite3.sqlite_version_info >= (3, 40)
