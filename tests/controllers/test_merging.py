"""Several records become one: values as chosen, everything that belonged to the others, and all of it back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office
from crm_desktop.controllers.comparing import KINDS
from crm_desktop.controllers.mail import Letter
from crm_desktop.db import Database
from crm_desktop.errors import Conflict, InUse, NotFound, PermissionDenied, ValidationError
from crm_desktop.models import ENTITIES, Entity, Query
from crm_desktop.models.merging import ALL

STAMPS = {"version", "updated_at", "updated_by"}
"""They only grow, else a window that was opened before could save over the undo."""
DERIVED = ("customers_search", "contacts_search", "not_duplicates", "attachments", "serials", "mail_messages")


def state(database: Database) -> dict[str, Any]:
    """Every table but the log and the numbers of versions."""
    found = {}
    for table in (*ENTITIES, *DERIVED):
        names = [row["name"] for row in database.query(f"PRAGMA table_info({table})") if row["name"] not in STAMPS]
        found[table] = {tuple(row) for row in database.query(f"SELECT {', '.join(names)} FROM {table}")}
    found["phones"] = {tuple(row) for row in database.query("SELECT digits, entity, record, field FROM phone_numbers")}
    return found


def versions(office: Office, entity: str, ids: list[int]) -> dict[int, int]:
    return {row["id"]: row["version"] for row in office.records[entity].rows(ids, ())}


def merge(office: Office, ids: list[int], chosen: dict[str, int] | None = None, entity: str = "customers") -> int:
    return office.duplicates.merge(entity, ids[0], ids[1:], chosen or {}, versions(office, entity, ids))


def assert_sound(office: Office) -> None:
    assert [finding.sentence for finding in office.maintenance.check().findings] == []


@pytest.fixture
def twins(office: Office, tmp_path: Path) -> list[int]:
    """Two customers with something of every kind, in the recycle bin too."""
    made = [
        office.customers.create(
            {"name": name, "phone": phone, "remark": remark, "region": "220104"},
            lines={"contacts": [{"name": f"{name[2]}主", "mobile": phone}, {"name": f"{name[2]}副"}]},
        )
        for name, phone, remark in (("长春宏达机械厂", "13904310001", "老客户"), ("长春鸿达机械厂", "13904310002", "欠款"))
    ]
    product = office.products.create({"name": "泵", "code": "P1"})
    for customer, who in zip(made, ("宏主", "鸿主"), strict=True):
        named = {"customer": customer, "contact": who}
        visit = office.interactions.create({"subject": "来访", **named})
        gone = office.interactions.create({"subject": "删掉的", **named})
        office.interactions.delete([gone])
        office.feedback.create({"type": "咨询", "content": "保养", **named})
        office.complaints.create({"type": "产品质量", "content": "漏油", **named})
        office.sales.create({"product": product, "quantity": "1", **named})
        office.memos.create({"subject": "回访", **named})
        file = tmp_path / "合同.txt"
        file.write_text(f"{customer}", encoding="utf-8")
        office.attachments.add("interactions", visit, file)
    office.contacts.delete([office.contacts.create({"name": "走了的", "customer": made[1]})])
    for row in office.contacts.search(Query(order="id")).rows:
        office.contacts.update(row["id"], {"email": f"c{row['id']}@example.com"}, version=row["version"])
    office.mail.create_job(Letter("中秋", "{联系人}您好"), "customers", made)
    office.mail.create_job(Letter("春节", "您好"), "contacts", list(office.contacts.ids(Query(order="id"))))
    return made


# What becomes of it


def test_everything_comes_to_the_one_that_stays(office: Office, twins: list[int]) -> None:
    code = office.customers.get(twins[1])["code"]
    merge(office, twins, {"phone": twins[1], "remark": ALL})
    kept = office.customers.get(twins[0])
    assert (kept["name"], kept["phone"], kept["remark"]) == ("长春宏达机械厂", "13904310002", "老客户\n欠款")
    for key in ("interactions", "feedback", "complaints", "sales", "memos"):
        rows = office.db.query(f"SELECT customer, deleted_at FROM {key}")
        assert {row["customer"] for row in rows} == {twins[0]}, key
        assert sum(row["deleted_at"] is None for row in rows) == 2, key
    people = office.contacts.search(Query(order="id")).rows
    assert [(row["name"], row["is_primary"]) for row in people] == [("宏主", 1), ("宏副", 0), ("鸿主", 0), ("鸿副", 0)]
    assert kept["old_code"] == code
    for word in (code, "13904310002"):
        assert [row["id"] for row in office.customers.search(Query(word)).rows] == [twins[0]]
    with pytest.raises(NotFound):
        office.customers.get(twins[1])
    assert_sound(office)


def test_what_lay_in_the_recycle_bin_comes_back_to_the_one_that_stays(office: Office, twins: list[int]) -> None:
    merge(office, twins)
    gone = [row["id"] for row in office.db.query("SELECT id FROM interactions WHERE deleted_at IS NOT NULL")]
    office.interactions.restore(gone)
    assert {office.interactions.get(each)["customer"] for each in gone} == {twins[0]}


def test_the_first_contact_of_one_that_had_none_stays_the_first(office: Office, twins: list[int]) -> None:
    bare = office.customers.create({"name": "宏达"})
    before = state(office.db)
    operation = merge(office, [bare, *twins])
    first = office.contacts.search(Query(order="id")).rows
    assert [row["name"] for row in first if row["is_primary"]] == ["宏主"]
    office.undo.undo(operation)
    assert state(office.db) == before


def test_codes_that_find_no_room_stand_in_the_note(office: Office) -> None:
    made = [
        office.customers.create({"name": "宏达", "code": f"ABCD{n}", "old_code": "K" * 20 if n == 1 else ""})
        for n in range(4)
    ]
    merge(office, made)
    kept = office.customers.get(made[0])
    assert (kept["old_code"], kept["remark"]) == ("ABCD1 KKKKKKKKKKKKKKKKKKKK", "原编号：ABCD2、ABCD3")


@pytest.mark.parametrize("entity", [KINDS[key].entity for key in KINDS], ids=lambda each: each.key)
def test_what_can_be_merged_has_no_files_or_steps_of_its_own(entity: Entity) -> None:
    """They name their record by its number, not by a declared field, and would stay behind."""
    assert not entity.has_attachments
    assert entity.workflow is None


# Letters and marks


def test_the_letters_come_to_the_one_that_stays_and_each_address_gets_one(office: Office, twins: list[int]) -> None:
    before = state(office.db)
    jobs = [each["id"] for each in office.mail.jobs()]
    addresses = {job: [each["address"] for each in office.mail.messages(job)] for job in jobs}
    operation = merge(office, twins)
    for job in jobs:
        messages = office.mail.messages(job)
        assert {each["customer"] for each in messages} == {twins[0]}
        assert [each["address"] for each in messages] == addresses[job]
    assert len({each.customer for each in office.mail.addressees("contacts", [1, 2, 3, 4])}) == 1
    changes = [each for each in office.audit.details(operation) if each["label"] == "邮件的收件人"]
    assert len(changes) == 3 and changes[0]["changes"] == [("客户", "2", "1")]
    effect = office.undo.undo(operation)
    assert effect.reverted["邮件的收件人"] == 3
    assert state(office.db) == before


def test_letters_of_one_person_follow_the_other_entry(office: Office, twins: list[int]) -> None:
    first, second = (row["id"] for row in office.contacts.search(Query(order="id", limit=2)).rows)
    before = state(office.db)
    operation = merge(office, [second, first], entity="contacts")
    rows = office.db.query("SELECT contact FROM mail_messages WHERE customer = ?", (twins[0],))
    assert [row["contact"] for row in rows] == [second] * 3
    office.undo.undo(operation)
    assert state(office.db) == before


def test_a_letter_that_went_on_since_stays(office: Office, twins: list[int]) -> None:
    """Merged a second time, it is with the third; what is undone first is the first merge."""
    third = office.customers.create({"name": "宏达机械"})
    operation = merge(office, twins)
    merge(office, [third, twins[0]])
    effect = office.undo.effect(operation)
    assert ("邮件的收件人", "之后又有改动") in {(left.label, left.reason) for left in effect.left}
    office.undo.undo(operation)
    assert {row["customer"] for row in office.db.query("SELECT customer FROM mail_messages")} == {third}


def test_a_letter_does_not_return_to_one_that_is_gone_for_ever(office: Office, twins: list[int]) -> None:
    operation = merge(office, twins)
    office.customers.purge([twins[1]])
    effect = office.undo.undo(operation)
    assert ("邮件的收件人", "原来的收件人已删除") in {(left.label, left.reason) for left in effect.left}
    assert {row["customer"] for row in office.db.query("SELECT customer FROM mail_messages")} == {twins[0]}


def test_who_is_not_the_same_as_one_is_not_the_same_as_the_one_kept(office: Office, twins: list[int]) -> None:
    keep, gone = twins
    third, fourth = (office.customers.create({"name": name}) for name in ("宏达机床", "宏达机修"))
    for pair in ([gone, third], [gone, keep], [keep, fourth], [gone, fourth]):
        office.duplicates.set_apart("customers", pair)
    before = state(office.db)
    operation = merge(office, twins)
    assert set(office.duplicates.apart("customers")) == {(keep, third), (keep, fourth)}
    assert {each["label"] for each in office.audit.details(operation)} >= {"客户“不是重复”的标记"}
    assert_sound(office)
    office.undo.undo(operation)
    assert state(office.db) == before


def test_a_mark_that_was_made_again_since_stays(office: Office, twins: list[int], clock: FixedClock) -> None:
    third = office.customers.create({"name": "宏达机床"})
    office.duplicates.set_apart("customers", [twins[1], third])
    operation = merge(office, twins)
    office.duplicates.forget_apart("customers", [twins[0], third])
    clock.moment += timedelta(minutes=1)
    office.duplicates.set_apart("customers", [twins[0], third])
    office.undo.undo(operation)
    assert set(office.duplicates.apart("customers")) == {(twins[0], third), (twins[1], third)}


# Back


def test_undo_gives_everything_back(office: Office, twins: list[int]) -> None:
    before = state(office.db)
    operation = merge(office, twins, {"phone": twins[1], "name": twins[1], "remark": ALL})
    assert state(office.db) != before
    effect = office.undo.undo(operation)
    assert (effect.left_count, effect.returned) == (0, {"客户": 1})
    assert state(office.db) == before
    assert_sound(office)
    with pytest.raises(InUse):
        office.undo.undo(operation)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_merged_can_be_undone_at_length(office: Office, twins: list[int], data: st.DataObject) -> None:
    _merge_and_undo(office, twins, data)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_merged_can_be_undone(office: Office, twins: list[int], data: st.DataObject) -> None:
    _merge_and_undo(office, twins, data)


def _merge_and_undo(office: Office, twins: list[int], data: st.DataObject) -> None:
    """Any of them stays, any value is chosen, further ones take part: afterwards every table is as it was."""
    draw = data.draw
    third = office.customers.create(
        {"name": draw(st.sampled_from(["宏达", "鸿达机械"])), "email": draw(st.sampled_from(["", "a@example.com"]))},
        lines={"contacts": [{"name": "三"}] * draw(st.integers(0, 2))},
    )
    ids = draw(st.permutations([*twins, third]))[: draw(st.integers(2, 3))]
    sources = st.sampled_from(ids)
    chosen = {name: draw(sources) for name in draw(st.sets(st.sampled_from(["name", "phone", "email", "region", "remark"])))}
    before = state(office.db)
    operation = merge(office, list(ids), chosen)
    office.undo.undo(operation)
    assert state(office.db) == before


def test_what_was_done_since_stays_with_the_one_that_was_kept(office: Office, twins: list[int]) -> None:
    """A contact that is named in a new dealing, and a dealing that got another contact, cannot go back alone."""
    theirs = {row["name"]: row["id"] for row in office.contacts.search().rows}
    visit = office.interactions.search(Query(order="-id")).rows[0]["id"]
    operation = merge(office, twins)
    office.interactions.create({"subject": "之后的", "customer": twins[0], "contact": theirs["鸿副"]})
    office.interactions.update(visit, {"contact": theirs["宏副"]}, versions(office, "interactions", [visit])[visit])
    effect = office.undo.undo(operation)
    assert {(left.label, left.reason) for left in effect.left} == {
        ("联系人", "之后登记的记录用到了它"), ("业务往来", "之后登记的记录用到了它"),
    }  # fmt: skip
    assert office.contacts.get(theirs["鸿副"])["customer"] == twins[0]
    assert office.contacts.get(theirs["鸿主"])["customer"] == twins[1]
    assert office.interactions.get(visit)["customer"] == twins[0]
    assert_sound(office)


def test_a_deleted_first_contact_comes_back_as_the_first(office: Office, twins: list[int]) -> None:
    """The one that took the place meanwhile gives it up before, not after."""
    before = state(office.db)
    first = office.contacts.search(Query(order="id")).rows[0]["id"]
    office.undo.undo(office.contacts.delete([first]))
    assert state(office.db) == before


# Contacts


def test_two_entries_of_one_person(office: Office, twins: list[int]) -> None:
    rows = office.contacts.search(Query(order="id")).rows
    first, second = rows[0]["id"], rows[1]["id"]
    before = state(office.db)
    operation = merge(office, [second, first], {"mobile": first}, "contacts")
    kept = office.contacts.get(second)
    assert (kept["is_primary"], kept["mobile"]) == (1, "13904310001")
    assert {row["contact_text"] for row in office.interactions.search().rows} == {"宏副", "鸿主"}
    assert_sound(office)
    office.undo.undo(operation)
    assert state(office.db) == before


def test_undoing_takes_no_right_that_merging_did_not(office: Office, twins: list[int], hire: Callable[..., Office]) -> None:
    office.db.execute("DELETE FROM permissions WHERE area = 'interactions' AND verb = 'delete'")
    office.db.execute("UPDATE roles SET data_scope = '全部'")
    li = hire("li", "业务员")
    rows = li.contacts.search(Query(order="id")).rows
    operation = merge(li, [rows[1]["id"], rows[0]["id"]], entity="contacts")
    li.undo.undo(operation)
    assert len(li.contacts.search().rows) == 4


def test_people_of_two_customers_are_two(office: Office, twins: list[int]) -> None:
    rows = office.contacts.search(Query(order="id")).rows
    ids = [rows[0]["id"], rows[2]["id"]]
    assert "请先合并客户" in office.duplicates.sides("contacts", ids).refusal
    with pytest.raises(ValidationError, match="请先合并客户"):
        merge(office, ids, entity="contacts")


# Refused


def test_a_record_that_somebody_has_just_changed_is_not_merged(office: Office, twins: list[int]) -> None:
    seen = versions(office, "customers", twins)
    office.customers.update(twins[1], {"remark": "刚改的"}, version=seen[twins[1]])
    before = state(office.db)
    with pytest.raises(Conflict, match="刚刚修改了“长春鸿达机械厂”，还没有合并"):
        office.duplicates.merge("customers", twins[0], twins[1:], {}, seen)
    assert state(office.db) == before
    office.customers.delete([twins[1]])
    with pytest.raises(NotFound):
        office.duplicates.merge("customers", twins[0], twins[1:], {}, seen)


@pytest.mark.parametrize("chosen", [{"code": 2}, {"name": ALL}, {"moon": 1}, {"name": 77}])
def test_what_cannot_be_chosen_is_refused(office: Office, twins: list[int], chosen: dict[str, int]) -> None:
    before = state(office.db)
    with pytest.raises(NotFound):
        merge(office, twins, chosen)
    assert state(office.db) == before


def test_one_alone_cannot_be_merged(office: Office, twins: list[int]) -> None:
    with pytest.raises(ValidationError, match="至少选择两条"):
        merge(office, [twins[0], twins[0]])


def test_merging_takes_the_right_to_change_and_to_delete(office: Office, twins: list[int], hire: Callable[..., Office]) -> None:
    service, li = hire("service", "客服"), hire("li", "业务员")
    seen = versions(office, "customers", twins)
    with pytest.raises(PermissionDenied, match="删除"):
        service.duplicates.merge("customers", twins[0], twins[1:], {}, seen)
    with pytest.raises(NotFound):
        li.duplicates.merge("customers", twins[0], twins[1:], {}, seen)
    for each in twins:
        office.customers.update(each, {"owner": "li"}, version=seen[each])
    operation = merge(li, twins)
    li.undo.undo(operation)
    assert len(li.customers.search().rows) == 2


def test_hidden_numbers_are_chosen_without_being_seen(office: Office, twins: list[int], hire: Callable[..., Office]) -> None:
    office.db.execute("DELETE FROM permissions WHERE area = 'phones'")
    office.db.execute("UPDATE roles SET data_scope = '全部'")
    li = hire("li", "业务员")
    merge(li, twins, {"phone": twins[1]})
    assert office.db.value("SELECT phone FROM customers WHERE id = ?", (twins[0],)) == "13904310002"
