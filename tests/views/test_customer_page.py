"""客户详情: facts, contacts and history of one customer; and 本单位信息, the form in a tab."""

import pytest

from crm_desktop.views.company import CompanyScreen
from crm_desktop.views.customer_page import CustomerPage
from crm_desktop.views.customers import CustomerScreen


@pytest.fixture
def page(root, desk, wait_until):
    made = CustomerPage(root, desk)
    made.pack(fill="both", expand=True)
    made.show(record=1)
    wait_until(lambda: made.contacts.is_complete)
    return made


@pytest.fixture
def company(root, desk):
    screen = CompanyScreen(root, desk)
    screen.pack(fill="both", expand=True)
    root.update()
    return screen


def names(page):
    return [row["name"] for row in page.contacts._rows.read(page.contacts._rows.ids)]


def test_the_list_leads_to_the_page(window, desk, press, wait_until):
    screen = window.open("customers")
    wait_until(lambda: screen.table.is_complete and screen.table.total == 3)
    screen.table.go_to(2)
    press(screen.table.tree, "<Alt-Return>")
    assert window.tabs.current_key == "customer" and window.tabs.current.record == 2
    assert "customers" not in desk.forms  # Alt+Enter is not Enter


def test_the_list_goes_to_the_customer_just_saved(root, desk, press, wait_until):
    screen = CustomerScreen(root, desk)
    screen.pack(fill="both", expand=True)
    wait_until(lambda: screen.table.is_complete and screen.table.total == 3)
    screen.create()
    form = desk.forms["customers"][0]
    form.form["name"].input.text.set("中国一汽")
    form.save()
    wait_until(lambda: screen.table.total == 4)
    wait_until(lambda: screen.table.current_row["name"] == "中国一汽")
    assert screen.table.selected_count == 1


def test_the_list_goes_there_even_when_it_hears_of_the_saving_first(root, desk, wait_until):
    screen = CustomerScreen(root, desk)
    screen.pack(fill="both", expand=True)
    wait_until(lambda: screen.table.is_complete and screen.table.total == 3)
    screen._saved(4)
    assert desk.office.customers.create({"name": "中国一汽"}) == 4
    wait_until(lambda: screen.table.current_id == 4)


def test_the_window_shows_the_page_in_a_tab(window):
    page = window.open("customer", record=1)
    assert page.title.cget("text").startswith("长春宏达机械制造有限公司")


def test_facts_and_contacts_are_shown(page):
    facts = page.facts.text.get("1.0", "end")
    assert "区域：\t吉林省长春市朝阳区" in facts and "建档：\t2026-11-22" in facts
    assert names(page) == ["单小明"]


def test_a_contact_is_added_edited_and_deleted_here(desk, dialogs, page, wait_until):
    run = {action.id: action.run for action in page.actions}
    run["new"]()
    form = desk.forms["contacts"][0]
    assert form.form["customer"].get() == 1
    form.form["name"].input.text.set("李四")
    form.save()
    wait_until(lambda: names(page) == ["单小明", "李四"])
    second = page.contacts._rows.ids[1]
    page.contacts.go_to(second)
    run["primary"]()
    wait_until(lambda: names(page) == ["李四", "单小明"])
    assert desk.said[-1][0] == "已设为主联系人。"
    page.contacts.go_to(second)
    run["edit_contact"]()
    assert form.is_shown and form.form.record == second
    form.cancel()
    dialogs.answers = [True]
    run["delete"]()
    wait_until(lambda: names(page) == ["单小明"])


def test_deleting_asks_first(desk, dialogs, page):
    page.contacts.go_to(page.contacts._rows.ids[0])
    next(action for action in page.actions if action.id == "delete").run()
    assert dialogs.asked == [("yes_no", "要删除联系人“单小明”吗？")]
    assert names(page) == ["单小明"]


def test_changes_are_told_in_words(desk, page, wait_until):
    level = next(item["id"] for item in desk.office.dictionaries.items("level") if item["name"] == "重要")
    desk.office.customers.update(1, {"level": level, "phone": "0431-85123456"}, 1)
    wait_until(lambda: page.history.total == 3)
    told = page.history._rows.read(page.history._rows.ids)
    assert [tuple(row[key] for key in ("operator", "kind", "field", "old", "new")) for row in told] == [
        ("admin", "修改", "客户级别", "", "重要"), ("admin", "修改", "电话", "", "0431-85123456"), ("admin", "新增", "", "", "新增客户：长春宏达机械制造有限公司"),
    ]  # fmt: skip


def test_who_may_not_see_the_log_sees_no_history(root, desk, monkeypatch):
    may = desk.office.context.may
    monkeypatch.setattr(type(desk.office.context), "may", lambda self, area, verb: area != "audit" and may(area, verb))
    page = CustomerPage(root, desk)
    page.show(record=1)
    assert [page.tabs.tab(tab, "text") for tab in page.tabs.tabs()] == ["往来记录"] and page.history.total == 0


def test_a_customer_deleted_meanwhile_leaves_an_empty_page(desk, page, wait_until):
    desk.office.customers.delete([1])
    wait_until(lambda: page.record is None)
    assert "没有找到这条记录" in page.facts.text.get("1.0", "end")
    assert page.contacts.total == 0
    assert not next(action for action in page.actions if action.id == "new").available()


# 本单位信息


def test_the_office_itself_is_corrected_in_its_tab(root, desk, company, type_text, press, wait_until):
    assert company.form["name"].get() == "长春宏达"
    press(company.form["phone"].input.control, "<End>", "<BackSpace>")
    type_text(company.form["phone"].input.control, "1")
    assert not company.can_close()
    press(company.toolbar.button("save"), "<Return>")
    wait_until(lambda: desk.said)
    assert desk.office.company.profile()["phone"] == "0431-85120001"
    assert company.can_close() and not company.form.is_changed


def test_the_office_needs_a_name(company, wait_until):
    company.form["name"].input.text.set("")
    company.save()
    wait_until(lambda: company.form["name"].input.error)
    assert company.form["name"].input.error == "请填写单位名称。"


def test_leaving_the_office_unsaved_is_asked(dialogs, company):
    company.form["fax"].input.text.set("0431-85120001")
    dialogs.answers = [False, True]
    assert (company.can_close(), company.can_close()) == (False, True)
    company.reload()
    assert company.can_close() and len(dialogs.asked) == 2
