"""系统数据清理: exact counts, a backup, one transaction, room given back; everything else stays as it was."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office, chain, sign_in
from crm_desktop.controllers.cleanup import CleanupEffect
from crm_desktop.controllers.cleanup_modules import Selection
from crm_desktop.controllers.mail import Letter
from crm_desktop.db import Database, space
from crm_desktop.errors import AccountLocked, CleanupRefused, DatabaseError, PermissionDenied, SignInError
from crm_desktop.events import RecordsChanged
from crm_desktop.models import ENTITIES, Query

PASSWORD = "hongda2026"
OLD, NEW = "2024-05-05", "2026-11-01"
UNTIL = date(2024, 12, 31)
TABLES = [*ENTITIES, "attachments", "mail_jobs", "mail_messages", "mail_attachments", "dictionary_items", "transitions", "customers_search", "contacts_search", "phone_numbers", "roles", "permissions"]

Rows = dict[str, set[tuple[Any, ...]]]


@pytest.fixture
def old_times(office: Office, tmp_path: Path) -> dict[str, int]:
    """A customer with old and new dealings; one old complaint is archived, another open, a third in the bin."""
    customer = office.customers.create({"name": "长春宏达"}, lines={"contacts": [{"name": "王"}]})
    made = {"customer": customer}
    for name, day in (("old", OLD), ("new", NEW)):
        made[f"call_{name}"] = office.interactions.create({"customer": customer, "subject": name, "date": day, "contact": "王"})
        made[f"complaint_{name}"] = office.complaints.create({"customer": customer, "date": day})
    made["archived"] = office.complaints.create({"customer": customer, "date": OLD})
    office.complaints.advance(made["archived"], "assign", {"handler": "admin"}, 1)
    office.db.execute("UPDATE complaints SET status = '已归档' WHERE id = ?", (made["archived"],))
    made["deleted"] = office.complaints.create({"customer": customer, "date": OLD})
    office.db.execute("UPDATE complaints SET status = '已归档' WHERE id = ?", (made["deleted"],))
    office.complaints.delete([made["deleted"]])
    paper = tmp_path / "合同.pdf"
    paper.write_bytes(b"%PDF-1.4 " + bytes(500_000))
    made["file"] = office.attachments.add("interactions", made["call_old"], paper)
    return made


def everything(office: Office) -> Rows:
    return {table: {tuple(row) for row in office.db.query(f"SELECT * FROM {table}")} for table in TABLES}


def lost(before: Rows, after: Rows) -> dict[str, int]:
    """How many rows each table has lost; nothing may have been added or changed."""
    assert {table: after[table] - before[table] for table in TABLES if after[table] - before[table]} == {}
    return {table: len(before[table] - after[table]) for table in TABLES if before[table] - after[table]}


def clean(office: Office, modules: Sequence[str], until: date = UNTIL, password: str = PASSWORD, **options: Any) -> Any:
    selection = Selection(tuple(modules), until, **options)
    return office.cleanup.run(selection, password, office.cleanup.effect(selection))


def test_a_memo_that_is_not_done_stays_when_only_finished_goes(office: Office) -> None:
    for subject, is_done in (("要做", 0), ("做完了", 1)):
        office.memos.create({"subject": subject, "date": OLD, "is_done": is_done})
    before = everything(office)
    assert office.cleanup.effect(Selection(("memos",), UNTIL, only_finished=False)).open == {"工作备忘": 1}
    clean(office, ["memos"])
    assert lost(before, everything(office)) == {"memos": 1}
    clean(office, ["memos"], only_finished=False)
    assert lost(before, everything(office)) == {"memos": 2}


def test_every_dealing_with_customers_can_be_chosen(office: Office) -> None:
    assert [(each.key, each.has_open) for each in office.cleanup.modules()] == [
        ("interactions", False), ("feedback", True), ("complaints", True), ("sales", False), ("memos", True),
        ("attachments", False), ("mail_jobs", False), ("recycle_bin", False), ("audit", False),
    ]  # fmt: skip


def test_exactly_what_was_counted_goes(office: Office, old_times: dict[str, int]) -> None:
    before = everything(office)
    selection = Selection(("interactions", "complaints"), UNTIL)
    effect = office.cleanup.effect(selection)
    assert effect == CleanupEffect({"业务往来": 1, "客户投诉": 2, "附件": 1}, {}, {}, {"附件": 500_009}, last=effect.last)
    assert everything(office) == before
    result = office.cleanup.run(selection, PASSWORD, effect)
    assert lost(before, everything(office)) == {"interactions": 1, "complaints": 2, "attachments": 1, "transitions": 1}
    assert result.effect == effect
    assert office.complaints.get(old_times["complaint_old"])  # not finished
    assert office.db.query("PRAGMA foreign_key_check") == []
    assert list(chain.breaks(office.db)) == []
    assert office.db.value("SELECT sentence FROM operations WHERE kind = 'cleanup'") == "系统数据清理（2024-12-31 及以前）：业务往来 1、客户投诉 2、附件 1"


def test_room_is_given_back(office: Office, old_times: dict[str, int]) -> None:
    result = clean(office, ["interactions"])
    assert result.note == ""
    assert 450_000 < result.freed < 700_000
    assert office.db.value("PRAGMA freelist_count") == 0
    assert office.db.path.stat().st_size == space.size(office.db)
    assert office.db.value("PRAGMA integrity_check") == "ok"


def test_the_backup_is_the_way_back(office: Office, old_times: dict[str, int], enter: Callable[..., Office]) -> None:
    before = everything(office)
    result = clean(office, ["interactions", "complaints", "attachments"], only_finished=False)
    assert result.backup.is_file()
    assert "清理前" in office.db.value("SELECT occasion FROM backups ORDER BY id DESC")
    office.backups.restore(result.backup)
    assert lost(before, everything(enter())) == {}


def test_there_is_a_backup_even_when_the_plan_wants_none(office: Office, old_times: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm_desktop.controllers.cleanup.secure_before", lambda context, occasion: None)
    assert clean(office, ["interactions"]).backup.is_file()


def test_what_is_open_goes_only_when_it_is_said(office: Office, old_times: dict[str, int]) -> None:
    selection = Selection(("complaints",), UNTIL, only_finished=False)
    effect = office.cleanup.effect(selection)
    assert (effect.counts, effect.open) == ({"客户投诉": 3}, {"客户投诉": 1})
    office.cleanup.run(selection, PASSWORD, effect)
    assert list(office.complaints.ids(Query())) == [old_times["complaint_new"]]


def test_a_period_has_two_ends(office: Office, old_times: dict[str, int]) -> None:
    for since, until, number in (("2024-05-05", "2024-05-05", 1), ("2024-05-06", "2026-10-31", 0), ("2024-01-01", "2026-11-01", 2)):
        effect = office.cleanup.effect(Selection(("interactions",), date.fromisoformat(until), date.fromisoformat(since)))
        assert effect.counts.get("业务往来", 0) == number


def test_attachments_go_without_their_records(office: Office, old_times: dict[str, int]) -> None:
    before = everything(office)
    assert office.cleanup.effect(Selection(("attachments",), UNTIL)).total == 0
    clean(office, ["attachments"], until=date(2026, 11, 22))  # the day it was added
    assert lost(before, everything(office)) == {"attachments": 1}


def test_the_recycle_bin_is_emptied_but_for_what_is_referred_to(office: Office, old_times: dict[str, int]) -> None:
    office.contacts.delete(office.contacts.ids(Query("王")).tolist())
    office.products.delete([office.products.create({"name": "车床", "code": "C1"})])
    before = everything(office)
    effect = office.cleanup.effect(Selection(("recycle_bin",), date(2026, 11, 22)))
    assert (effect.counts, effect.kept) == ({"客户投诉": 1, "产品": 1}, {"联系人：还被业务往来的联系人引用": 1})
    clean(office, ["recycle_bin"], until=date(2026, 11, 22))
    assert lost(before, everything(office)) == {"complaints": 1, "products": 1}


def test_numbers_never_return(office: Office, old_times: dict[str, int]) -> None:
    numbers = {row["number"] for row in office.complaints.search().rows} | {"TS20240505-009"}
    office.db.execute("UPDATE complaints SET number = 'TS20240505-009' WHERE id = ?", (old_times["complaint_old"],))
    retired = office.db.value("SELECT count(*) FROM serials")
    clean(office, ["complaints"], only_finished=False)
    assert office.db.value("SELECT count(*) FROM serials") == retired + 1  # only the one ahead of its day's counter
    for _ in range(12):
        made = office.complaints.create({"customer": old_times["customer"], "date": OLD})
        assert office.complaints.get(made)["number"] not in numbers


# Mail


@pytest.fixture
def letters(office: Office, clock: FixedClock, tmp_path: Path) -> dict[str, int]:
    """Old jobs that are done, paused half way, and of which a letter was refused; and one of today."""
    paper = tmp_path / "通知.pdf"
    paper.write_bytes(b"%PDF-1.4 " + bytes(991))
    ids = [office.customers.create({"name": name, "email": f"{name}@example.com"}) for name in ("jia", "yi")]
    today, made = clock.moment, {}
    clock.moment = FixedClock.at(OLD).moment
    for name, states in (("done", ("已发", "已跳过")), ("paused", ("已发", "待发")), ("refused", ("失败", "可能已发"))):
        made[name] = office.mail.create_job(Letter(name, "好"), "customers", ids, [paper])
        for customer, state in zip(ids, states, strict=True):
            office.db.execute(
                "UPDATE mail_messages SET state = ?, at = ? WHERE job = ? AND customer = ?",
                (state, clock.timestamp(), made[name], customer),
            )
    clock.moment = today
    made["today"] = office.mail.create_job(Letter("today", "好"), "customers", ids)
    office.db.execute("UPDATE mail_messages SET state = '已发', at = ? WHERE job = ?", (clock.timestamp(), made["today"]))
    office.interactions.create({"customer": ids[0], "subject": "done", "date": OLD, "method": "邮件"})
    return made


def test_old_mail_goes_with_its_letters_and_files_unless_somebody_waits(office: Office, letters: dict[str, int]) -> None:
    before = everything(office)
    selection = Selection(("mail_jobs",), UNTIL)
    effect = office.cleanup.effect(selection)
    assert effect.counts == {"群发邮件": 2, "邮件的收件人": 4, "邮件的附件": 2}
    assert (effect.kept, effect.sizes) == ({"群发邮件：还没有发完，或刚刚发出": 1}, {"邮件的附件": 2000})
    heard: list[str] = []
    office.bus.subscribe(RecordsChanged, lambda event: heard.append(event.entity))
    result = office.cleanup.run(selection, PASSWORD, effect)
    assert lost(before, everything(office)) == {"mail_jobs": 2, "mail_messages": 4, "mail_attachments": 2}
    assert "mail" in heard
    assert [each["id"] for each in office.mail.jobs()] == [letters["today"], letters["paused"]]
    assert [each["id"] for each in office.mail.unfinished()] == [letters["paused"]]
    assert office.interactions.search().total == 1  # the timeline keeps what was written
    assert office.db.value("SELECT sentence FROM operations WHERE kind = 'cleanup'").endswith("群发邮件 2、邮件的收件人 4、邮件的附件 2")
    assert {row["label"] for row in office.audit.details(office.audit.operations()[0]["id"])} == {"群发邮件", "邮件的收件人", "邮件的附件"}
    office.backups.restore(result.backup)
    assert lost(before, everything(sign_in(office.db, "admin", PASSWORD, clock=office.clock))) == {}


def test_mail_of_the_last_hour_still_counts_for_the_limit(office: Office, letters: dict[str, int], clock: FixedClock) -> None:
    today = Selection(("mail_jobs",), date(2026, 11, 22), date(2026, 11, 22))
    effect = office.cleanup.effect(today)
    assert (effect.counts, effect.kept) == ({}, {"群发邮件：还没有发完，或刚刚发出": 1})
    clock.moment += timedelta(hours=2)
    assert office.cleanup.effect(today).counts == {"群发邮件": 1, "邮件的收件人": 2}


# The log


def test_the_log_is_cleared_and_its_chain_holds(office: Office, old_times: dict[str, int], clock: FixedClock) -> None:
    clock.moment = FixedClock.at("2027-03-01").moment
    office.customers.update(old_times["customer"], {"remark": "x"}, 1)
    before = everything(office)
    selection = Selection(("audit",), date(2026, 12, 31))
    effect = office.cleanup.effect(selection)
    said = office.db.value("SELECT count(*) FROM operations WHERE at < '2027'")
    assert effect.counts == {"系统日志": said}
    assert said == office.cleanup.run(selection, PASSWORD, effect).effect.counts["系统日志"]
    assert lost(before, everything(office)) == {}
    assert list(chain.breaks(office.db)) == []
    assert office.db.value("SELECT count(*) FROM operations WHERE at < '2027' AND sentence <> ''") == 0
    left = "SELECT count(*) FROM audit a JOIN operations o ON o.id = a.operation WHERE o.at"
    assert office.db.value(f"{left} < '2027'") == 0
    assert office.db.value(f"{left} >= '2027'") > 0
    assert office.cleanup.effect(selection).total == 0


def test_sign_ins_of_the_last_ninety_days_stay(office: Office, enter: Callable[..., Office]) -> None:
    with pytest.raises(SignInError):
        enter("admin", "wrong1")
    office.customers.create({"name": "宏达"})
    clean(office, ["audit"], until=date(2026, 11, 30))
    left = {row["kind"] for row in office.db.query("SELECT kind FROM operations WHERE purged_in IS NULL")}
    assert {"sign_in", "sign_in_failed", "backup", "cleanup"} <= left  # the backup was made after counting
    assert "create" not in left


# Refusals


def test_the_password_is_asked_again_and_counted(office: Office, old_times: dict[str, int]) -> None:
    before = everything(office)
    selection = Selection(("interactions",), UNTIL)
    effect = office.cleanup.effect(selection)
    for _ in range(4):
        with pytest.raises(SignInError, match="再输错"):
            office.cleanup.run(selection, "wrong1", effect)
    with pytest.raises(AccountLocked):
        office.cleanup.run(selection, "wrong1", effect)
    with pytest.raises(AccountLocked):
        office.cleanup.run(selection, PASSWORD, effect)
    assert everything(office) == before
    assert office.db.value("SELECT count(*) FROM operations WHERE kind = 'sign_in_failed'") == 6
    assert not list(office.db.path.parent.glob("**/*清理前*"))


def test_what_is_no_longer_what_was_shown_is_refused(office: Office, old_times: dict[str, int]) -> None:
    selection = Selection(("interactions",), UNTIL)
    effect = office.cleanup.effect(selection)
    office.interactions.create({"customer": old_times["customer"], "subject": "补录", "date": OLD})
    before = everything(office)
    with pytest.raises(CleanupRefused, match="刚才有了变化"):
        office.cleanup.run(selection, PASSWORD, effect)
    assert everything(office) == before


@pytest.mark.parametrize("looks", range(1, 6))
def test_whenever_it_is_cancelled_nothing_is_gone(office: Office, old_times: dict[str, int], looks: int) -> None:
    before = everything(office)
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) >= looks

    selection = Selection(("interactions", "complaints", "audit"), date(2026, 11, 22))
    with pytest.raises(CleanupRefused, match="已取消清理"):
        office.cleanup.run(selection, PASSWORD, office.cleanup.effect(selection), cancelled=cancelled)
    assert everything(office) == before
    assert office.db.value("SELECT count(*) FROM operations WHERE kind = 'cleanup'") == 0


@pytest.mark.parametrize("ending", ["cancelled", "full"])
def test_room_that_could_not_be_given_back_harms_nothing(office: Office, old_times: dict[str, int], ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "INSTRUCTIONS", 1)
    is_removed: list[bool] = []
    if ending == "full":

        def full(*given: Any) -> int:
            raise DatabaseError("磁盘空间已满。")

        monkeypatch.setattr(space, "give_back", full)

    def told(done: int, total: int, text: str) -> None:
        if "空间" in text:
            is_removed.append(True)

    selection = Selection(("interactions",), UNTIL)
    result = office.cleanup.run(selection, PASSWORD, office.cleanup.effect(selection), told, lambda: bool(is_removed))
    assert result.freed == 0
    assert "空间没有收回" in result.note
    assert office.db.value("PRAGMA integrity_check") == "ok"
    monkeypatch.undo()
    assert office.cleanup.give_back() > 450_000


def test_nothing_to_do_is_said(office: Office) -> None:
    with pytest.raises(CleanupRefused, match="不需要清理"):
        clean(office, ["sales"])


def test_who_sees_a_part_only_cleans_nothing(office: Office, hire: Callable[..., Office]) -> None:
    li = hire("li", "业务员")
    office.db.execute("INSERT INTO operator_permissions SELECT operators.id, 'maintenance', v.value FROM operators, json_each('[\"view\", \"delete\"]') v WHERE name = 'li'")
    selection = Selection(("sales",), UNTIL)
    for work in (lambda: li.cleanup.effect(selection), lambda: clean(li, ["sales"])):
        with pytest.raises(PermissionDenied, match="全部客户"):
            work()


def test_another_connection_may_be_reading(office: Office, old_times: dict[str, int]) -> None:
    other = Database.open(office.db.path)
    reader = sign_in(other, "admin", PASSWORD, clock=office.clock)
    assert reader.customers.search().total == 1
    assert clean(office, ["interactions"]).freed > 0
    assert reader.interactions.search().total == 1
    other.close_all()
