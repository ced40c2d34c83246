"""权限设置 by keys: the matrix, the data scope, roles made from others, what is unsaved, two windows."""

import pytest

from crm_desktop.controllers.rights import DEFAULT_ROLES, EVERYTHING
from crm_desktop.views.rights_matrix import VIEW_ADDED, VIEW_TAKEN


@pytest.fixture
def screen(root, window):
    shown = window.open("roles")
    root.update()
    return shown


def role_id(screen, name):
    return next(row["id"] for row in screen.desk.office.roles.offered() if row["name"] == name)


def go_to(screen, name, root):
    screen.table.go_to(role_id(screen, name))
    root.update()


def stored(screen, name):
    return screen.desk.office.roles.rights(role_id(screen, name))


def names(screen):
    return [row["name"] for row in screen.desk.office.roles.offered()]


def fill_name(press, type_text, name):
    def act(form):
        field = form.fields["name"]
        field.set("")
        type_text(field.input.control, name)
        press(field.input.control, "<Return>", "<Return>")

    return act


def test_the_administrator_is_shown_first_and_cannot_be_restricted(screen, press):
    assert screen.role["name"] == "管理员" and screen.rights.get() == EVERYTHING
    press(screen.rights.matrix.control, "<space>")
    assert not screen.is_changed and screen.rights.matrix.is_readonly
    assert {str(button.cget("state")) for button in screen.scope.buttons.values()} == {"disabled"}
    for id in ("rename", "delete", "save"):
        assert str(screen.toolbar.button(id).cget("state")) == "disabled"
    assert "系统角色" in screen.title.cget("text")


def test_a_right_is_ticked_and_saved_by_keys(screen, root, press, wait_until):
    go_to(screen, "客服", root)
    press(screen.table.tree, "<Return>")
    assert root.focus_get() is screen.rights.matrix.control
    press(screen.rights.matrix.control, "<Right>", "<Right>", "<Right>", "<space>")  # 客户信息 删除
    assert screen.is_changed and "未保存" in screen.title.cget("text")
    press(screen.rights.matrix.control, "<Control-s>")
    wait_until(lambda: not screen.is_changed)
    assert stored(screen, "客服") == DEFAULT_ROLES["客服"][1] | {("customers", "delete")}
    assert screen.desk.office.audit.operations()[0]["sentence"] == "修改权限：客服，增加客户信息的删除"


def test_what_cannot_be_used_alone_brings_view_along_and_takes_it_away(screen, root, press):
    go_to(screen, "只读", root)
    matrix = screen.rights.matrix
    audit = [key for key, _ in matrix._rows].index("audit")
    press(matrix.control, *["<Down>"] * audit, *["<Right>"] * 5, "<space>")
    assert {("audit", "view"), ("audit", "export")} <= screen.rights.get()
    assert screen.rights.note.cget("text") == VIEW_ADDED
    press(matrix.control, *["<Left>"] * 5, "<space>")
    assert not {("audit", "view"), ("audit", "export")} & screen.rights.get()
    assert screen.rights.note.cget("text") == VIEW_TAKEN
    assert not screen.is_changed


def test_the_cell_under_the_cursor_is_explained(screen, root, press):
    go_to(screen, "客服", root)
    matrix = screen.rights.matrix
    phones = [key for key, _ in matrix._rows].index("phones")
    press(matrix.control, *["<Down>"] * phones)
    assert "星号" in screen.rights.note.cget("text")
    press(matrix.control, "<Right>")
    assert screen.rights.note.cget("text") == "这个模块没有这项权限。"


def test_the_data_scope_is_a_choice_that_says_what_it_means(screen, root, press, wait_until):
    go_to(screen, "客服", root)
    assert screen.scope.get() == "全部"
    press(screen.scope.buttons["本人"], "<space>")
    assert screen.is_changed and "自己是业务员的客户" in screen.scope.meaning.cget("text")
    press(screen.table.tree, "<F8>")
    wait_until(lambda: not screen.is_changed)
    assert screen.desk.office.roles.get(role_id(screen, "客服"))["data_scope"] == "本人"


def test_who_has_a_role_is_listed(screen, root, password):
    screen.desk.office.operators.add({"name": "li", "full_name": "李四", "role": "客服"}, password)
    screen.desk.office.operators.set_active(screen.desk.office.operators.active()[-1]["id"], False)
    screen.reload()
    go_to(screen, "客服", root)
    assert screen.holders.cget("text") == "操作员：李四（停用）"
    go_to(screen, "只读", root)
    assert "还没有操作员" in screen.holders.cget("text")


def test_f6_copies_a_role_with_its_rights(screen, root, press, type_text, in_form):
    go_to(screen, "业务员", root)
    in_form(fill_name(press, type_text, "见习业务员"))
    press(screen.table.tree, "<F6>")
    assert screen.role["name"] == "见习业务员" and screen.scope.get() == "本人"
    assert screen.rights.get() == DEFAULT_ROLES["业务员"][1]


def test_f2_makes_a_role_that_may_do_nothing_and_f4_renames_it(screen, root, press, type_text, in_form):
    in_form(fill_name(press, type_text, "实习生"))
    press(screen.table.tree, "<F2>")
    assert screen.role["name"] == "实习生" and screen.rights.get() == frozenset()
    in_form(fill_name(press, type_text, "学徒"))
    press(screen.table.tree, "<F4>")
    assert names(screen)[-1] == "学徒" and screen.role["name"] == "学徒"


def test_a_role_in_use_says_who_has_it_an_unused_one_goes(screen, root, press, dialogs, wait_until, password):
    screen.desk.office.operators.add({"name": "li", "full_name": "李四", "role": "客服"}, password)
    go_to(screen, "客服", root)
    dialogs.answers = [True, True]
    press(screen.table.tree, "<Control-Delete>")
    wait_until(lambda: dialogs.errors)
    assert "李四" in str(dialogs.errors[0])
    go_to(screen, "只读", root)
    press(screen.table.tree, "<Control-Delete>")
    wait_until(lambda: "只读" not in names(screen))
    wait_until(lambda: screen.role["name"] != "只读")


def test_unsaved_changes_are_asked_about(screen, root, press, dialogs, window, wait_until):
    go_to(screen, "客服", root)
    press(screen.rights.matrix.control, "<space>")
    dialogs.answers = ["stay"]
    go_to(screen, "只读", root)
    assert screen.role["name"] == "客服" and screen.is_changed
    assert "还没有保存" in dialogs.asked[-1][1]
    assert not window.tabs.close("roles")
    dialogs.answers = ["discard"]
    go_to(screen, "只读", root)
    assert screen.role["name"] == "只读" and stored(screen, "客服") == DEFAULT_ROLES["客服"][1]
    go_to(screen, "客服", root)
    press(screen.rights.matrix.control, "<space>")
    dialogs.answers = ["save"]
    go_to(screen, "只读", root)
    wait_until(lambda: screen.role["name"] == "只读")
    assert stored(screen, "客服") != DEFAULT_ROLES["客服"][1]
    assert window.tabs.close("roles")


@pytest.mark.parametrize("answer", ["reload", "overwrite", None])
def test_two_windows_on_one_role(screen, root, press, dialogs, wait_until, answer):
    go_to(screen, "客服", root)
    press(screen.rights.matrix.control, "<space>")  # 客户信息 查看 goes, with all that needs it
    mine = screen.rights.get()
    role = role_id(screen, "客服")
    screen.desk.office.roles.set_rights(role, {("products", "view")}, screen.role["version"])
    root.update()
    assert screen.rights.get() == mine  # not lost by the other one's event
    dialogs.answers = [answer]
    press(screen.rights.matrix.control, "<F8>")
    wait_until(lambda: any("刚刚修改了" in text for _, text in dialogs.asked))
    wait_until(lambda: not screen._is_saving)
    assert stored(screen, "客服") == (mine if answer == "overwrite" else {("products", "view")})
    assert screen.rights.get() == ({("products", "view")} if answer == "reload" else mine)
    assert screen.is_changed is (answer is None)


def test_what_another_window_changed_is_shown(screen, root, wait_until):
    go_to(screen, "客服", root)
    role = role_id(screen, "客服")
    screen.desk.office.roles.set_rights(role, {("products", "view")}, screen.role["version"])
    wait_until(lambda: screen.rights.get() == {("products", "view")})
    assert screen.role["name"] == "客服"
