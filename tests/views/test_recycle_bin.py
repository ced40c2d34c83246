"""回收站 by keys: found, brought back with what belonged to it, helped over refusals, removed for ever."""

import pytest

from crm_desktop.models import Query


@pytest.fixture
def thrown_away(desk):
    """宏达 with its contact, one product."""
    office = desk.office
    office.products.delete([office.products.create({"name": "车床", "code": "C1"})])
    office.customers.delete(list(office.customers.ids(Query("宏达"))))
    return office


@pytest.fixture
def screen(window, thrown_away, wait_until):
    shown = window.open("recycle_bin")
    wait_until(lambda: shown.table.total == 2 and shown.table.is_complete)
    return shown


def titles(screen):
    return [screen.table.tree.item(row, "values")[2] for row in screen.table.tree.get_children()]


def test_it_says_what_lies_there(screen):
    row = screen.table.current_row
    assert (row["kind"], row["title"], row["along"], row["operator"]) == ("客户", "长春宏达机械制造有限公司", "联系人 1", "admin")
    assert row["deleted_at"].startswith("2026-11-22")
    assert screen.footer.cget("text") == "共 2 条"


def test_it_is_narrowed_by_kind_and_words(screen, press, type_text, wait_until):
    screen.search.set("车")
    wait_until(lambda: titles(screen) == ["车床"])
    screen.search.set("没有")
    wait_until(lambda: titles(screen) == [] and screen.table.body.empty.cget("text") == "没有找到符合条件的记录。")
    screen.search.set("")
    type_text(screen.kind.input.control, "")
    screen.kind.set("customers")
    screen.kind.input.event_generate("<<InputChanged>>")
    wait_until(lambda: titles(screen) == ["长春宏达机械制造有限公司"])
    screen.period.fields["until"].set("2026-11-20")
    screen.period.fields["until"].input.event_generate("<<InputChanged>>")
    wait_until(lambda: titles(screen) == [])


def test_it_comes_back_by_a_key(window, screen, desk, press, wait_until):
    press(screen.table.tree, "<F8>")
    wait_until(lambda: screen.table.total == 1)
    assert desk.office.contacts.search(Query("单小明")).rows
    wait_until(lambda: window.status.message == "已恢复 1 条，连同一起删除的记录。")


def test_several_come_back_at_once(screen, press, wait_until):
    press(screen.table.tree, "<Control-a>")
    assert screen.footer.cget("text") == "共 2 条　已选 2 条"
    press(screen.table.tree, "<F8>")
    wait_until(lambda: screen.table.total == 0 and screen.table.body.empty.cget("text") == "回收站是空的。")


def test_a_taken_name_is_asked_for(screen, desk, dialogs, press, wait_until):
    desk.office.products.create({"name": "新车床", "code": "C1"})
    press(screen.table.tree, "<End>")
    dialogs.answers = ["C2"]
    press(screen.table.tree, "<F8>")
    wait_until(lambda: screen.table.total == 1)
    assert dialogs.asked[0][0] == "text"
    assert "产品编号“C1”已被别的记录使用" in dialogs.asked[0][1]
    assert {row["code"] for row in desk.office.products.search(columns=["code"]).rows} == {"C1", "C2"}


def test_what_it_belongs_to_is_offered_as_well(window, desk, dialogs, press, wait_until):
    office = desk.office
    office.contacts.delete(list(office.contacts.ids(Query("单小明"))))
    office.customers.delete(list(office.customers.ids(Query("宏达"))))
    screen = window.open("recycle_bin")
    wait_until(lambda: screen.table.total == 2)
    press(screen.table.tree, "<End>", "<F8>")
    wait_until(lambda: dialogs.asked)
    assert dialogs.asked == [("yes_no", "所属的客户也在回收站里，要一起恢复客户吗？")]
    assert screen.table.total == 2
    dialogs.answers = [True]
    press(screen.table.tree, "<F8>")
    wait_until(lambda: screen.table.total == 0)


def test_it_is_purged_after_a_question_with_counts(window, screen, dialogs, press, wait_until):
    press(screen.table.tree, "<Control-Delete>")
    wait_until(lambda: dialogs.asked)
    assert dialogs.asked == [("yes_no", "要彻底删除这 1 条吗？")]
    dialogs.answers = [True]
    press(screen.table.tree, "<Control-Delete>")
    wait_until(lambda: screen.table.total == 1)
    wait_until(lambda: window.status.message == "已彻底删除：客户 1、联系人 1。")


def test_it_is_emptied(screen, dialogs, wait_until):
    dialogs.answers = [True]
    screen.toolbar.button("empty").invoke()
    wait_until(lambda: screen.table.total == 0)
    assert dialogs.asked == [("yes_no", "要彻底删除这 2 条吗？")]


def test_what_cannot_go_says_why(window, desk, dialogs, press, wait_until):
    office = desk.office
    contact = list(office.contacts.ids(Query("单小明")))
    office.interactions.create({"customer": "长春宏达机械制造有限公司", "subject": "话", "contact": "单小明"})
    office.contacts.delete(contact)
    screen = window.open("recycle_bin")
    wait_until(lambda: screen.table.total == 1)
    press(screen.table.tree, "<Control-Delete>")
    wait_until(lambda: dialogs.errors)
    assert dialogs.errors == ["不能彻底删除：联系人：还被业务往来的联系人引用 1。"]


def test_it_follows_what_is_deleted_elsewhere(screen, desk, wait_until):
    desk.office.customers.delete(list(desk.office.customers.ids(Query("上海"))))
    wait_until(lambda: screen.table.total == 3)
