"""操作员设置 by keys: a colleague comes, is locked out, gets a new password, more rights, and leaves."""

import pytest

from crm_desktop.controllers import sign_in
from crm_desktop.controllers.session import must_change_password
from crm_desktop.errors import SignInError
from crm_desktop.views.grants import GrantsWindow
from crm_desktop.views.handover import HandOverWindow


@pytest.fixture
def li(desk, password):
    """李四, with two customers of the three, one complaint and a call to make."""
    li = desk.office.operators.add({"name": "li", "full_name": "李四", "role": "业务员"}, password)
    for customer in (1, 2):
        desk.office.customers.update(customer, {"owner": li}, desk.office.customers.get(customer)["version"])
    desk.office.complaints.create({"customer": 1, "content": "坏了", "handler": li})
    desk.office.interactions.create({"customer": 2, "subject": "报价", "handler": li, "follow_up": "2026-12-01"})
    return li


@pytest.fixture
def wang(desk, password):
    return desk.office.operators.add({"name": "wang", "full_name": "王五", "role": "业务员"}, password)


@pytest.fixture
def screen(root, window, li, wang, wait_until):
    shown = window.open("operators")
    wait_until(lambda: shown.table.is_complete)
    shown.table.go_to(li)
    root.update()
    return shown


@pytest.fixture
def shown_form(root):
    return lambda: next((child for child in root.winfo_children() if getattr(child, "is_shown", False)), None)


def state(screen, operator):
    row = next(row for row in screen.controller.search().rows if row["id"] == operator)
    return screen._state(row)


# Coming


def test_f2_makes_a_colleague_with_a_first_password(screen, root, press, type_text, shown_form, wait_until, desk):
    press(screen.table.tree, "<F2>")
    wait_until(shown_form)
    form = shown_form()
    proposed = form.form["password"].get()
    assert len(proposed) == 10 and "首次" in form.form["password"].label_text
    assert "第一次登录时必须修改" in form.form["password"].hint_text.cget("text")
    for name, word in (("full_name", "赵六"), ("name", "zhao"), ("role", "客服")):
        type_text(form.form[name].input.control, word)
    press(form.form["name"].input.control, "<F8>")
    wait_until(lambda: not form.is_shown)
    theirs = sign_in(desk.office.db, "zhao", proposed, clock=desk.office.clock)
    assert theirs.operator.full_name == "赵六" and must_change_password(theirs)


def test_what_is_wrong_is_said_at_its_field_all_at_once(screen, root, press, type_text, shown_form, wait_until):
    press(screen.table.tree, "<F2>")
    wait_until(shown_form)
    form = shown_form()
    type_text(form.form["name"].input.control, "LI")
    form.form["password"].set("123456")
    press(form.form["name"].input.control, "<F8>")
    wait_until(lambda: form.form["name"].input.error)
    errors = {name: field.input.error for name, field in form.form.fields.items() if field.input.error}
    assert errors.keys() == {"full_name", "name", "role", "password"}
    assert "已被使用" in errors["name"] and "太容易猜到" in errors["password"]
    form.hide()


def test_another_password_by_the_button(screen, root, press, shown_form, wait_until):
    press(screen.table.tree, "<F2>")
    wait_until(shown_form)
    field = shown_form().form["password"]
    before = field.get()
    field._hint_buttons[0].event_generate("<Button-1>")
    root.update()
    assert field.get() != before and len(field.get()) == 10
    shown_form().hide()


def test_the_form_of_a_colleague_has_no_password_and_no_switch(screen, root, press, shown_form, wait_until):
    press(screen.table.tree, "<F4>")
    wait_until(shown_form)
    form = shown_form()
    assert not form.form["password"].body.winfo_viewable()
    assert form.form["is_active"].input.is_readonly
    form.hide()


def test_giving_up_one_s_own_role_is_asked_about(
    screen, root, press, type_text, dialogs, shown_form, wait_until, desk, password
):
    desk.office.operators.add({"name": "boss", "full_name": "老板", "role": "管理员"}, password)
    screen.table.go_to(1)
    root.update()
    press(screen.table.tree, "<F4>")
    wait_until(shown_form)
    form = shown_form()
    form.form["role"].set("")
    type_text(form.form["role"].input.control, "客服")
    dialogs.answers = [False]
    press(form.form["name"].input.control, "<F8>")
    root.update()
    assert form.is_shown and "您自己的角色" in dialogs.asked[-1][1]
    dialogs.answers = [True]
    press(form.form["name"].input.control, "<F8>")
    wait_until(lambda: not form.is_shown)
    assert desk.office.operators.active() and not desk.office.may("operators", "view")


# The account


def test_alt_2_sets_a_password_anew(screen, press, in_form, desk):
    passwords = []

    def take(form):
        passwords.append(form.fields["password"].get())
        press(form.fields["password"].input.control, "<Return>", "<Return>")

    in_form(take)
    press(screen.table.tree, "<Alt-Key-2>")
    assert must_change_password(sign_in(desk.office.db, "li", passwords[0], clock=desk.office.clock))


def test_a_locked_account_stands_out_and_alt_3_opens_it(screen, root, li, desk, press, wait_until, password):
    unlock = screen.toolbar.button("unlock")
    assert str(unlock.cget("state")) == "disabled"
    for _ in range(5):
        with pytest.raises(SignInError):
            sign_in(desk.office.db, "li", "wrong one", clock=desk.office.clock)
    press(screen.table.tree, "<F5>")
    screen._selected()
    assert state(screen, li) == "锁定" and str(unlock.cget("state")) == "normal"
    press(screen.table.tree, "<Alt-Key-3>")
    wait_until(lambda: state(screen, li) == "在用")
    assert sign_in(desk.office.db, "li", password, clock=desk.office.clock)


def test_alt_5_gives_one_operator_more(screen, root, li, desk, press, in_window, wait_until):
    def tick(window):
        matrix = window.rights.matrix
        places = [key for key, _ in matrix._rows]
        assert root.focus_get() is matrix.control
        press(matrix.control, "<space>")  # 客户信息 查看 is the role's: nothing happens
        assert window.rights.get() == frozenset()
        press(matrix.control, *["<Down>"] * places.index("audit"), "<space>", "<F8>")

    in_window(GrantsWindow, tick)
    press(screen.table.tree, "<Alt-Key-5>")
    assert desk.office.operators.grants(li).beyond == {("audit", "view")}
    assert ("额外权限", "系统日志的查看") in screen.facts(screen.controller.get(li))


def test_unsaved_rights_are_asked_about(screen, li, desk, press, in_window, dialogs):
    def tick_and_leave(window):
        press(window.rights.matrix.control, "<Right>", "<Right>", *["<Down>"] * 8, "<space>")  # 本单位信息 修改
        dialogs.answers = ["stay", "discard"]
        press(window.rights.matrix.control, "<Escape>")
        assert window.winfo_exists()
        press(window.rights.matrix.control, "<Escape>")

    in_window(GrantsWindow, tick_and_leave)
    press(screen.table.tree, "<Alt-Key-5>")
    assert desk.office.operators.grants(li).beyond == frozenset()
    assert len([text for kind, text in dialogs.asked if "还没有保存" in text]) == 2


# Leaving


def test_alt_4_hands_everything_over(screen, root, li, wang, desk, press, type_text, in_window, dialogs, wait_until):
    def fill(window):
        wait_until(lambda: window._counts)
        assert window.counted.cget("text") == "将移交：客户 2 个，未结客户投诉 1 件，待跟进业务往来 1 条。"
        press(window.to.input.control, "<F8>")
        assert "选择一位操作员" in window.to.input.error
        type_text(window.to.input.control, "wang")
        press(window.to.input.control, "<Return>")
        dialogs.answers = [True]
        press(window.to.input.control, "<F8>")

    in_window(HandOverWindow, fill)
    press(screen.table.tree, "<Alt-Key-4>")
    assert desk.office.handover.counts(wang)["customers"] == 2
    assert dialogs.asked[-1][1] == "要把“李四”的客户 2 个，未结客户投诉 1 件，待跟进业务往来 1 条移交给“王五”吗？"
    wait_until(lambda: screen.controller.get(wang)["customer_count"] == 2)


def test_a_tick_or_a_region_makes_it_a_share(
    screen, root, li, wang, desk, press, type_text, in_window, dialogs, wait_until
):
    def fill(window):
        wait_until(lambda: window._counts and window.table.total == 2)
        window.table.go_to(1)
        press(window.table.tree, "<space>")
        wait_until(lambda: window._counts["customers"] == 1)
        assert "移交这些客户" in window.what.cget("text") and window._counts["interactions"] == 0
        window.region.set("310000", "上海市")
        window.region.input.changed()
        wait_until(lambda: window.table.total == 1 and window._counts["interactions"] == 1)
        assert window.table.marked_count == 0
        window.to.set(wang)
        dialogs.answers = [True]
        press(window.to.input.control, "<F8>")

    in_window(HandOverWindow, fill)
    press(screen.table.tree, "<Alt-Key-4>")
    owners = {row["id"]: row["owner"] for row in desk.office.db.query("SELECT id, owner FROM customers")}
    assert owners == {1: li, 2: wang, 3: None}


def test_a_region_that_does_not_exist_hands_nothing_over(
    screen, li, wang, desk, press, type_text, in_window, dialogs, wait_until
):
    def fill(window):
        wait_until(lambda: window._counts)
        window.to.set(wang, "王五")
        window.region.input.text.set("没有这里")
        press(window.to.input.control, "<F8>")
        assert "没有这里" in window.region.input.error
        press(window.to.input.control, "<Escape>")

    in_window(HandOverWindow, fill)
    press(screen.table.tree, "<Alt-Key-4>")
    assert not [text for kind, text in dialogs.asked if kind == "yes_no"]
    assert desk.office.handover.counts(li)["customers"] == 2


def test_who_still_has_customers_is_handed_over_before_leaving(
    screen, li, wang, desk, press, in_window, dialogs, wait_until
):
    dialogs.answers = ["hand_over"]

    def fill(window):
        wait_until(lambda: window._counts)
        window.to.set(wang)
        dialogs.answers = [True, True]  # hand over; then deactivate
        press(window.to.input.control, "<F8>")

    in_window(HandOverWindow, fill)
    press(screen.table.tree, "<Alt-Key-1>")
    wait_until(lambda: state(screen, li) == "停用")
    assert desk.office.handover.counts(wang)["customers"] == 2
    with pytest.raises(SignInError):
        sign_in(desk.office.db, "li", "hongda2026", clock=desk.office.clock)


@pytest.mark.parametrize(("answer", "expected"), [(None, "在用"), ("back", "在用"), ("just", "停用")])
def test_leaving_without_handing_over(screen, li, press, dialogs, wait_until, answer, expected):
    dialogs.answers = [answer]
    press(screen.table.tree, "<Alt-Key-1>")
    assert "还有客户 2 个" in dialogs.asked[-1][1]
    wait_until(lambda: state(screen, li) == expected)
    if expected == "停用":
        wait_until(lambda: not screen.table.current_row["is_active"])
        press(screen.table.tree, "<Alt-Key-1>")  # and back again, without a question
        wait_until(lambda: state(screen, li) == "在用")


def test_the_last_administrator_stays(screen, root, press, dialogs, wait_until):
    screen.table.go_to(1)
    root.update()
    dialogs.answers = [True]
    press(screen.table.tree, "<Alt-Key-1>")
    assert "您自己" in dialogs.asked[-1][1]
    wait_until(lambda: dialogs.errors)
    assert "最后一位管理员" in str(dialogs.errors[0])
    assert state(screen, 1) == "在用"
