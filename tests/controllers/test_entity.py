"""What every entity's records share: saving, conflicts, the recycle bin, the log, and what the screens are told."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office
from crm_desktop.db.statements import MANY_RECORDS
from crm_desktop.errors import Conflict, DatabaseError, InUse, NotFound, ValidationError
from crm_desktop.events import RecordsChanged
from crm_desktop.models import Query

Log = Callable[[], list[tuple[Any, ...]]]
Heard = list[tuple[str, set[int] | None]]


@pytest.fixture
def customer(office: Office) -> int:
    return office.customers.create({"name": "宏达", "phone": "0431-85123456"})


@pytest.fixture
def family(office: Office) -> tuple[int, list[int]]:
    """A customer and its two contacts, the first of them primary."""
    lines = {"contacts": [{"name": "王", "mobile": "13904310001"}, {"name": "李"}]}
    owner = office.customers.create({"name": "宏达"}, lines=lines)
    return owner, sorted(row["id"] for row in office.contacts.search().rows)


def names(office: Office) -> list[str]:
    return [row["name"] for row in office.contacts.search(Query(order="id")).rows]


# Creating


def test_a_record_comes_back_with_words_beside_its_values(office: Office) -> None:
    values = {"name": "宏达", "level": "重要", "region": "220104", "owner": "admin", "annual_revenue": "1,234.5", "remark": "甲\n乙"}
    found = office.customers.get(office.customers.create(values))
    level = next(item["id"] for item in office.dictionaries.items("level") if item["name"] == "重要")
    assert {name: found[name] for name in ("level", "region", "owner", "annual_revenue", "remark", "version")} == {
        "level": level, "region": "220104", "owner": 1, "annual_revenue": 1_234_500_000, "remark": "甲\n乙", "version": 1,
    }  # fmt: skip
    shown = ("level", "region", "owner", "annual_revenue", "created_by", "status", "primary_contact")
    assert [found[f"{name}_text"] for name in shown] == ["重要", "吉林省长春市朝阳区", "admin", "1,234.5", "admin", "", ""]
    assert found["created_at"] == found["updated_at"] == "2026-11-22T09:00:00Z"


def test_every_field_has_its_words(office: Office, customer: int) -> None:
    found = office.customers.get(customer)
    assert {f"{name}_text" for name in office.customers.entity.by_name} <= found.keys()


def test_ids_are_taken_as_well_as_names(office: Office) -> None:
    item = office.dictionaries.items("level")[1]
    found = office.customers.get(office.customers.create({"name": "宏达", "level": item["id"], "owner": 1}))
    assert (found["level_text"], found["owner"]) == (item["name"], 1)
    with pytest.raises(ValidationError, match="客户级别里没有“99999”"):
        office.customers.create({"name": "宏达", "level": 99999})
    with pytest.raises(ValidationError, match="客户级别里没有"):
        office.customers.create({"name": "宏达", "level": office.dictionaries.items("nature")[0]["id"]})


def test_lines_are_saved_with_their_head_or_not_at_all(office: Office, family: tuple[int, list[int]]) -> None:
    assert names(office) == ["王", "李"]
    with pytest.raises(ValidationError) as error:
        office.customers.create({"name": "一汽"}, lines={"contacts": [{"name": "赵"}, {"name": "", "mobile": "1"}]})
    assert set(error.value.fields) == {"contacts.1.name", "contacts.1.mobile"}
    assert (office.customers.search().total, names(office)) == (1, ["王", "李"])


def test_checking_saves_nothing(office: Office, customer: int, log: Log) -> None:
    before = log()
    assert office.customers.check({"name": "一汽"}) == {}
    assert office.customers.check({"name": "一汽", "phone": "1"}).keys() == {"phone"}
    assert office.customers.check({"phone": "1"}, record=customer).keys() == {"phone"}
    assert office.customers.check({"remark": "好"}, record=customer) == {}
    assert log() == before


# Changing


def test_only_the_given_fields_change(office: Office, customer: int, clock: FixedClock) -> None:
    clock.moment = clock.moment.replace(hour=15)
    office.customers.update(customer, {"remark": "好"}, version=1)
    found = office.customers.get(customer)
    assert (found["remark"], found["phone"], found["version"]) == ("好", "0431-85123456", 2)
    assert (found["created_at"], found["updated_at"]) == ("2026-11-22T09:00:00Z", "2026-11-22T15:00:00Z")


def test_a_remark_leaves_the_search_alone(office: Office, customer: int) -> None:
    numbers = "SELECT id, digits FROM phone_numbers ORDER BY id"
    office.contacts.create({"name": "王", "customer": customer, "mobile": "13904310001"})
    before = [tuple(row) for row in office.db.query(numbers)]
    office.customers.update(customer, {"remark": "常客"}, version=1)
    assert [tuple(row) for row in office.db.query(numbers)] == before
    office.customers.update(customer, {"phone": "0431-85123457"}, version=2)
    assert office.customers.count(Query("85123457")).n == 1
    assert [tuple(row) for row in office.db.query(numbers)] != before


def test_nothing_changed_leaves_no_trace(office: Office, customer: int, log: Log) -> None:
    before, operations = log(), office.audit.operations()
    office.customers.update(customer, {"name": " 宏达 ", "phone": "０４３１-85123456", "level": None}, version=1)
    assert (log(), office.audit.operations()) == (before, operations)
    assert office.customers.get(customer)["version"] == 1


def test_the_second_window_is_told_who_changed_what(office: Office, customer: int, hire: Callable[..., Office]) -> None:
    other = hire("li", "客服")
    other.customers.update(customer, {"phone": "0431-81111111", "level": "重要"}, version=1)
    with pytest.raises(Conflict) as error:
        office.customers.update(customer, {"phone": "0431-22222222", "remark": "好"}, version=1)
    conflict = error.value
    assert conflict.changes == {"phone": ("0431-81111111", "0431-22222222"), "level": ("重要", None)}
    assert (conflict.by, conflict.at) == ("li先生", "2026-11-22T09:00:00Z")
    assert str(conflict).startswith("li先生刚刚修改了这条记录的")
    assert "电话" in str(conflict)
    assert "客户级别" in str(conflict)
    found = office.customers.get(customer)
    assert (found["phone"], found["remark"]) == ("0431-81111111", "")
    office.customers.update(customer, {"phone": "0431-22222222", "remark": "好"}, version=found["version"])  # overwrite


def test_changes_of_several_savings_are_told_together_and_older_ones_not(office: Office, customer: int) -> None:
    office.customers.update(customer, {"fax": "0431-33333333"}, version=1)
    seen = office.customers.get(customer)["version"]
    office.customers.update(customer, {"remark": "一"}, version=2)
    office.customers.update(customer, {"email": "a@example.com"}, version=3)
    with pytest.raises(Conflict) as error:
        office.customers.update(customer, {"remark": "二"}, version=seen)
    assert error.value.changes == {"remark": ("一", "二"), "email": ("a@example.com", None)}


def test_a_return_from_the_recycle_bin_is_no_change_of_a_field(office: Office, customer: int) -> None:
    office.customers.update(customer, {"remark": "一"}, version=1)
    office.customers.delete([customer])
    office.customers.restore([customer])
    with pytest.raises(Conflict) as error:
        office.customers.update(customer, {"remark": "二"}, version=2)
    assert error.value.changes == {}
    assert "修改了这条记录的内容" in str(error.value)


def test_references_in_a_conflict_are_words(office: Office, customer: int) -> None:
    office.customers.update(customer, {"region": "220104", "owner": 1}, version=1)
    with pytest.raises(Conflict) as error:
        office.customers.update(customer, {"region": "110101", "owner": None}, version=1)
    assert error.value.changes == {"region": ("吉林省长春市朝阳区", "北京市东城区"), "owner": ("admin", "")}


@pytest.mark.parametrize("version", [0, 2, 99])
def test_a_version_that_is_not_the_stored_one_is_a_conflict(office: Office, customer: int, version: int) -> None:
    with pytest.raises(Conflict):
        office.customers.update(customer, {"remark": "好"}, version=version)


def test_of_two_threads_one_is_told(office: Office, customer: int) -> None:
    outcomes: list[str] = []
    both = threading.Barrier(2)

    def save(text: str) -> None:
        both.wait()
        try:
            office.customers.update(customer, {"remark": text}, version=1)
            outcomes.append("saved")
        except Conflict as error:
            outcomes.append(str(error.changes["remark"][1]))

    threads = [threading.Thread(target=save, args=(text,)) for text in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 2
    kept = office.customers.get(customer)["remark"]
    assert set(outcomes) == {"saved", "乙" if kept == "甲" else "甲"}


@pytest.mark.parametrize("record", [0, -1, 99, 2**62, 2**70])
def test_what_does_not_exist(office: Office, record: int) -> None:
    for work in (
        lambda: office.customers.get(record),
        lambda: office.customers.update(record, {"name": "一汽"}, version=1),
        lambda: office.customers.check({"name": "一汽"}, record=record),
        lambda: office.customers.delete([record]),
        lambda: office.customers.restore([record]),
        lambda: office.customers.purge([record]),
        lambda: office.customers.delete_effect([record]),
    ):
        with pytest.raises(NotFound):
            work()


# The recycle bin


def test_children_go_and_return_with_their_owner(office: Office, family: tuple[int, list[int]]) -> None:
    owner, contacts = family
    assert office.customers.delete_effect([owner]) == {"客户": 1, "联系人": 2}
    office.contacts.delete([contacts[1]])
    assert office.customers.delete_effect([owner]) == {"客户": 1, "联系人": 1}
    office.customers.delete([owner])
    assert (office.customers.search().total, names(office)) == (0, [])
    with pytest.raises(NotFound):
        office.contacts.get(contacts[0])
    office.customers.restore([owner])
    assert names(office) == ["王"]  # who was deleted before stays deleted
    office.contacts.restore([contacts[1]])
    assert names(office) == ["王", "李"]
    assert office.customers.get(owner)["primary_contact"] == "王"


def test_a_contact_does_not_return_without_its_customer(office: Office, family: tuple[int, list[int]]) -> None:
    owner, contacts = family
    office.contacts.delete([contacts[0]])
    office.customers.delete([owner])
    with pytest.raises(NotFound, match="请先恢复客户"):
        office.contacts.restore([contacts[0]])


def test_what_is_deleted_is_found_nowhere(office: Office, family: tuple[int, list[int]]) -> None:
    owner, _ = family
    office.customers.delete([owner])
    assert office.customers.rows([owner]) == []
    assert list(office.customers.ids(Query())) == []
    assert office.customers.count(Query()).n == 0
    for text in ("宏达", "hd", "13904310001"):
        assert office.customers.search(Query(text)).rows == []
        assert office.contacts.search(Query(text)).rows == []
    with pytest.raises(ValidationError, match="没有找到客户"):
        office.contacts.create({"name": "赵", "customer": owner})


def test_deleting_twice_and_restoring_what_is_not_deleted(office: Office, customer: int) -> None:
    with pytest.raises(NotFound, match="回收站里没有这条记录"):
        office.customers.restore([customer])
    office.customers.delete([customer, customer])
    with pytest.raises(NotFound):
        office.customers.delete([customer])
    office.customers.restore([customer, customer])
    assert office.customers.get(customer)["version"] == 3


def test_many_are_deleted_together_or_not_at_all(office: Office, customer: int) -> None:
    other = office.customers.create({"name": "一汽"})
    with pytest.raises(NotFound):
        office.customers.delete([customer, 999])
    operation = office.customers.delete([customer, other])
    assert office.customers.search().total == 0
    assert operation == office.audit.operations()[0]["id"]
    with pytest.raises(NotFound):
        office.customers.restore([customer, 999])
    assert office.customers.search().total == 0


def test_purging_leaves_nothing_but_the_log(office: Office, family: tuple[int, list[int]], log: Log) -> None:
    owner, contacts = family
    with pytest.raises(NotFound):
        office.customers.purge([owner])
    office.customers.delete([owner])
    office.customers.purge([owner])
    for table in ("customers", "contacts", "customers_search", "contacts_search", "phone_numbers"):
        assert office.db.value(f"SELECT count(*) FROM {table}") == 0
    for words in ("customers_bigrams", "contacts_bigrams", "phone_trigrams"):
        office.db.execute(f"INSERT INTO {words} ({words}) VALUES ('integrity-check')")
    assert [row[:3] for row in log() if row[2] == "purge"] == [("contacts", each, "purge") for each in contacts] + [("customers", owner, "purge")]
    assert office.audit.operations()[0]["sentence"] == "彻底删除客户：宏达"


def test_who_is_used_elsewhere_is_not_deleted(office: Office, hire: Callable[..., Office]) -> None:
    """An operator with customers; those in the recycle bin may come back and count, too."""
    li = hire("li", "业务员").operator.id
    customers = [office.customers.create({"name": name, "owner": li}) for name in ("甲", "乙")]
    office.customers.delete(customers[:1])
    with pytest.raises(InUse, match=r"客户的业务员 2 处.*可以改为停用") as error:
        office.operators.delete([li])
    assert error.value.uses == [("客户的业务员", 2)]


# The log


def changes(log: Log) -> list[tuple[Any, ...]]:
    return [(entity, record, kind, old and json.loads(old), new and json.loads(new)) for entity, record, kind, old, new in log()]


def test_every_step_is_logged_with_changed_fields_only(office: Office, customer: int, log: Log) -> None:
    before = len(log())
    office.customers.update(customer, {"name": "宏达", "phone": "0431-81111111", "annual_revenue": "1"}, version=1)
    office.customers.delete([customer])
    office.customers.restore([customer])
    assert changes(log)[before - 1 :] == [
        ("customers", customer, "create", None, None),
        ("customers", customer, "update", {"phone": "0431-85123456", "annual_revenue": None}, {"phone": "0431-81111111", "annual_revenue": 1_000_000}),
        ("customers", customer, "delete", None, None),
        ("customers", customer, "restore", None, None),
    ]


def test_one_call_is_one_operation(office: Office, family: tuple[int, list[int]]) -> None:
    assert office.db.value("SELECT count(DISTINCT operation) FROM audit WHERE entity IN ('customers', 'contacts')") == 1
    operation = office.audit.operations()[0]
    assert (operation["kind"], operation["sentence"], operation["operator"]) == ("create", "新增客户：宏达", "admin")
    assert operation["computer"]


def test_a_refused_save_leaves_no_line(office: Office, customer: int, log: Log) -> None:
    before, operations = log(), office.audit.operations()
    with pytest.raises(ValidationError):
        office.customers.create({"name": ""})
    with pytest.raises(Conflict):
        office.customers.update(customer, {"remark": "好"}, version=7)
    with pytest.raises(NotFound):
        office.customers.restore([customer])
    assert (log(), office.audit.operations()) == (before, operations)


def test_a_full_disk_leaves_the_record_and_the_log(office: Office, customer: int, log: Log, heard: Heard) -> None:
    before, operations = log(), office.audit.operations()
    office.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    office.db.execute(f"PRAGMA max_page_count = {office.db.value('PRAGMA page_count')}")
    with pytest.raises(DatabaseError, match=r"磁盘空间已满.*您输入的内容还在"):
        for number in range(200):
            office.customers.update(customer, {"remark": f"{number}" + "长" * 1990}, version=number + 1)
    kept = office.customers.get(customer)
    told = len(heard)
    assert kept["version"] == told + 1
    assert len(log()) == len(before) + told
    assert len(office.audit.operations()) == len(operations) + told
    office.db.execute("PRAGMA max_page_count = 1000000")
    office.customers.update(customer, {"remark": "好"}, version=kept["version"])


# What the screens are told


def test_each_entity_is_told_once_after_the_commit(office: Office, heard: Heard) -> None:
    lines = {"contacts": [{"name": "王"}, {"name": "李"}]}
    customer = office.customers.create({"name": "宏达"}, lines=lines)
    assert sorted(heard) == [("contacts", {1, 2}), ("customers", {customer})]


def test_an_event_comes_when_others_can_read_the_record(office: Office, customer: int) -> None:
    seen: list[Any] = []

    def look(event: object) -> None:
        thread = threading.Thread(target=lambda: seen.append(office.customers.get(customer)["remark"]))
        thread.start()
        thread.join()

    office.bus.subscribe(RecordsChanged, look)
    office.customers.update(customer, {"remark": "好"}, version=1)
    assert seen == ["好"]


def test_of_many_records_each_keeps_what_it_has_and_the_rest_is_blank(office: Office) -> None:
    """Columns that are empty in all of them are not even named."""
    many = [{**office.customers.entity.blank, "name": f"客户{number}"} for number in range(MANY_RECORDS)]
    many[-1]["website"], many[3]["is_unsubscribed"] = "www.example.com", 1
    ids = office.customers._insert_accepted(many)
    names = list(office.customers.entity.writable)
    stored = office.customers.rows(ids, names)
    assert [{name: row[name] for name in names} for row in stored] == [{name: row[name] for name in names} for row in many]
    assert [row["id"] for row in many] == ids


def test_nothing_is_told_of_what_was_undone(office: Office, customer: int, heard: Heard) -> None:
    with pytest.raises(ValidationError):
        office.customers.create({"name": "一汽"}, lines={"contacts": [{"name": ""}]})
    with pytest.raises(ZeroDivisionError), office.context.operation("test", ""):
        office.customers.update(customer, {"remark": "好"}, version=1)
        raise ZeroDivisionError
    assert heard == []
    assert office.customers.get(customer)["remark"] == ""


def test_the_customer_hears_of_its_contacts(office: Office, family: tuple[int, list[int]], heard: Heard) -> None:
    """Its list shows the 主联系人."""
    owner, (first, second) = family
    steps: list[tuple[Callable[[], object], set[int]]] = [
        (lambda: office.contacts.update(first, {"name": "王先生"}, version=1), {first}),
        (lambda: office.contacts.delete([first]), {first, second}),  # who becomes the 主联系人
        (lambda: office.contacts.restore([first]), {first}),
        (lambda: office.contacts.delete([second]), {first, second}),
        (lambda: office.contacts.purge([second]), {second}),
    ]
    for step, contacts in steps:
        heard.clear()
        step()
        assert sorted(heard) == [("contacts", contacts), ("customers", {owner})]


def test_very_many_are_told_as_many(office: Office, heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm_desktop.controllers.context.MANY", 2)
    with office.context.operation("test", ""):
        for number in range(3):
            office.customers.create({"name": f"客户{number}"})
    assert heard == [("customers", None)]
