"""系统日志 by keyboard: asked by period, person, kind and words; its changes, its records, its chain, its export."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from crm_desktop.views.audit import WHOLE
from crm_desktop.views.form_dialog import FormWindow
from crm_desktop.views.history import HistoryWindow


@pytest.fixture
def busy(desk):
    """A customer made on one day and changed the next, and a colleague."""
    office = desk.office
    made = office.customers.create({"name": "吉林鑫源"})
    role = office.roles.search(columns=["name"]).rows[0]["id"]
    office.operators.add({"name": "li", "full_name": "李雷", "role": role}, "hongda2026")
    office.clock.moment += timedelta(days=1)
    office.customers.update(made, {"phone": "0431-85123456", "short_name": "鑫源"}, version=1)
    yield made
    office.clock.moment -= timedelta(days=1)  # the clock outlives the test


@pytest.fixture
def screen(window, desk, busy, wait_until):
    desk.say = lambda text, action=None: desk.said.append((text, action))
    shown = window.open("audit")
    wait_until(lambda: shown.is_ready and shown.changes.total == 2)
    return shown


def listed(screen):
    return [row["sentence"] for row in screen.table._rows.read(screen.table._rows.ids)]


def changed(screen):
    return [(row["about"], row["field"], row["new"]) for row in screen.changes._rows.read(screen.changes._rows.ids)]


def windows(root, kind):
    return [child for child in root.winfo_children() if isinstance(child, kind) and child.winfo_viewable()]


def test_the_newest_comes_first_and_tells_what_it_changed(screen):
    assert listed(screen)[0] == "修改客户：吉林鑫源"
    assert sorted(changed(screen)) == [("客户　吉林鑫源", "电话", "0431-85123456"), ("客户　吉林鑫源", "简称", "鑫源")]
    assert screen.footer.cget("text").startswith(f"共 {len(listed(screen))} 条")


def test_words_of_the_sentence_narrow_the_list(screen, press, type_text, wait_until):
    press(screen.question.search.control, "<F5>")
    type_text(screen.question.search.control, "鑫源")
    wait_until(lambda: listed(screen) == ["修改客户：吉林鑫源", "新增客户：吉林鑫源"])
    press(screen.question.search.control, "<Return>")
    wait_until(lambda: screen.focus_get() is screen.table.tree)


def test_a_period_is_a_key_away_and_days_can_be_typed(screen, press, type_text, wait_until):
    press(screen.question.days.buttons["today"], "<space>")
    wait_until(lambda: listed(screen) == ["修改客户：吉林鑫源"])
    press(screen.question.days.buttons["all"], "<space>")
    wait_until(lambda: len(listed(screen)) > 3)
    type_text(screen.question.days.fields["end"].input.control, "2026-11-22")
    wait_until(lambda: listed(screen)[0].startswith("新增操作员"))
    assert screen.question.days.chosen.get() == "custom"


def test_a_period_that_ends_before_it_begins_is_told_at_its_field(screen, type_text, wait_until):
    fields = screen.question.days.fields
    type_text(fields["start"].input.control, "2026-11-23")
    wait_until(lambda: listed(screen) == ["修改客户：吉林鑫源"])
    type_text(fields["end"].input.control, "2026-11-01")
    wait_until(lambda: fields["end"].input.error == "早于开始日期。")


def test_who_and_which_kind_are_chosen_from_lists(screen, type_text, press, wait_until):
    screen.question.group.control.delete(0, "end")
    type_text(screen.question.group.control, "新增")
    press(screen.question.group.control, "<Return>")
    wait_until(lambda: {sentence[:2] for sentence in listed(screen)} == {"修改", "新增"})
    screen.question.group.control.delete(0, "end")
    wait_until(lambda: listed(screen)[-1].startswith("建立办公室"))
    assert [item.text for item in screen.question.operator.choices] == ["所有人", "admin"]


def test_enter_goes_to_the_changes_and_from_there_to_the_record(root, screen, busy, press, wait_until):
    press(screen.table.tree, "<Return>")
    wait_until(lambda: screen.focus_get() is screen.changes.tree)
    press(screen.changes.tree, "<Return>")
    wait_until(lambda: windows(root, FormWindow))
    (form,) = windows(root, FormWindow)
    assert form.form.record == busy
    form.hide()


def test_the_whole_history_of_a_record_is_a_key_away(root, screen, press, wait_until):
    press(screen.changes.tree, "<Alt-r>")
    wait_until(lambda: windows(root, HistoryWindow))
    (shown,) = windows(root, HistoryWindow)
    assert shown.table.total == 3
    press(shown.table.tree, "<Escape>")
    wait_until(lambda: not windows(root, HistoryWindow))


def test_what_is_no_record_cannot_be_opened(screen, desk, press, wait_until):
    desk.office.settings.set_option("lock_minutes", 20)
    press(screen.table.tree, "<F5>")
    wait_until(lambda: screen.is_ready and listed(screen)[0] == "修改设置：锁定多少分钟")
    press(screen.table.tree, "<Home>")
    wait_until(lambda: [field for _, field, _ in changed(screen)] == ["锁定多少分钟"])
    assert [action.id for action in screen.actions if not action.available()] == ["record", "undo"]


def test_a_whole_log_is_said_to_be_whole(screen, dialogs, wait_until):
    screen.verify()
    wait_until(lambda: dialogs.asked)
    assert dialogs.asked == [("message", WHOLE)]


def test_a_changed_log_is_told_where(screen, desk, dialogs, wait_until):
    with closing(sqlite3.connect(desk.office.db.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER operations_sealed")
        connection.execute("UPDATE operations SET sentence = '改过' WHERE sentence = '新增客户：吉林鑫源'")
    screen.verify()
    wait_until(lambda: dialogs.asked)
    assert dialogs.asked == [("message", "日志不完整，有 1 处与当时写下的不一致。")]


def test_what_is_listed_is_exported(screen, desk, dialogs, tmp_path, press, type_text, wait_until):
    type_text(screen.question.search.control, "鑫源")
    wait_until(lambda: len(listed(screen)) == 2)
    dialogs.answers = [tmp_path / "日志.xlsx"]
    press(screen.table.tree, "<F12>")
    wait_until(lambda: (tmp_path / "日志.xlsx").exists() and desk.said)
    assert desk.office.audit.operations(limit=1)[0]["sentence"] == "导出系统日志 2 条：日志.xlsx"


def test_a_large_operation_says_how_much_is_left_out(screen, desk, press, wait_until):
    with desk.office.context.operation("import", "导入客户：名单.xlsx") as operation:
        desk.office.context.audit_many(operation, "customers", "create", range(1, 2001))
    press(screen.table.tree, "<F5>")
    wait_until(lambda: screen.is_ready and listed(screen)[0] == "导入客户：名单.xlsx")
    press(screen.table.tree, "<Home>")
    wait_until(lambda: screen.changes.total == 501)
    assert changed(screen)[-1][0] == "另有 1,500 条记录，没有一一列出"


def test_leaving_is_logged(window, desk):
    window.close()
    assert desk.office.audit.operations(limit=1)[0]["sentence"] == "退出：admin"


def test_an_operation_on_many_records_is_taken_back(screen, desk, dialogs, wait_until):
    assert not screen._may_undo()  # a single change is changed by hand
    office = desk.office
    office.batch_entry.update_many("customers", [1, 2], {"remark": "批量"})
    wait_until(lambda: listed(screen)[0].startswith("批量修改客户 2 条"))
    screen.table.select([screen.table._rows.ids[0]])
    screen.table.go_to(screen.table._rows.ids[0])
    assert screen._may_undo()
    dialogs.answers = [True]
    screen.undo()
    wait_until(lambda: office.customers.get(1)["remark"] == "" and office.customers.get(2)["remark"] == "")
    assert dialogs.asked[-1] == ("yes_no", "要撤销这次操作吗？")
