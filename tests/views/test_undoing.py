"""撤销导入 by keys: from the result of an import and from the list of earlier ones."""

import pytest
from openpyxl import Workbook

from crm_desktop.models import Query
from crm_desktop.views.import_wizard import RESULT
from crm_desktop.views.undoing import UndoImport


@pytest.fixture
def wrong_file(tmp_path):
    """Two customers who are none of the office's."""
    book = Workbook()
    for row in (("公司名称", "联系电话", "联系人"), ("错误甲公司", "0431-85000001", "甲"), ("错误乙公司", "0431-85000002", "")):
        book.active.append(row)
    book.save(tmp_path / "错误的名单.xlsx")
    return tmp_path / "错误的名单.xlsx"


@pytest.fixture
def screen(window, wrong_file, wait_until):
    """The wrong file, imported."""
    opened = window.open("import", entity="customers")
    opened.file.choose(wrong_file)
    while opened.step < RESULT:
        here = opened.step
        opened.next()
        wait_until(lambda here=here: opened.step > here, 20)
    return opened


def names(desk):
    return [row["name"] for row in desk.office.customers.search(Query(order="id")).rows]


def dialog(root):
    return next((each for each in root.winfo_children() if isinstance(each, UndoImport)), None)


def test_what_was_just_imported_is_taken_back(window, screen, desk, dialogs, press, wait_until):
    assert len(names(desk)) == 5
    press(screen.result.undo_button, "<Return>")
    wait_until(lambda: dialogs.asked)
    assert dialogs.asked == [("yes_no", "要撤销这次操作吗？")]
    assert len(names(desk)) == 5
    dialogs.answers = [True]
    press(screen.result.undo_button, "<Return>")
    wait_until(lambda: len(names(desk)) == 3)
    wait_until(lambda: window.status.message == "已撤销。移除的记录在回收站里。")
    assert screen.result.title.cget("text") == "这次导入已撤销，移除的记录在回收站里。"
    assert str(screen.result.undo_button.cget("state")) == "disabled"


def test_the_next_import_can_be_taken_back_again(screen, desk, dialogs, press, wait_until, wrong_file):
    dialogs.answers = [True]
    press(screen.result.undo_button, "<Return>")
    wait_until(lambda: str(screen.result.undo_button.cget("state")) == "disabled")
    screen.restart()
    screen.file.choose(wrong_file)
    while screen.step < RESULT:
        here = screen.step
        screen.next()
        wait_until(lambda here=here: screen.step > here, 20)
    assert str(screen.result.undo_button.cget("state")) == "normal"


def test_an_earlier_one_is_chosen_from_a_list(screen, root, desk, dialogs, press, wait_until):
    screen.restart()
    press(screen.undo_button, "<Return>")
    wait_until(lambda: dialog(root) is not None)
    table = dialog(root).table
    wait_until(lambda: table.total == 1)
    assert table.tree.item(table.tree.get_children()[0], "values")[2:] == ("导入客户：错误的名单.xlsx（新增 2、联系人 1）", "客户 2 条、联系人 1 条", "")
    dialogs.answers = [True]
    press(table.tree, "<Return>")
    wait_until(lambda: len(names(desk)) == 3)
    wait_until(lambda: dialog(root) is None)


def test_without_any_the_list_says_so(window, root, press, wait_until):
    screen = window.open("import", entity="customers")
    press(screen.undo_button, "<Return>")
    wait_until(lambda: dialog(root) is not None)
    assert dialog(root).table.body.empty.cget("text") == "没有可以撤销的导入。"
    assert str(dialog(root).button.cget("state")) == "disabled"
    press(dialog(root).table.tree, "<Escape>")
    wait_until(lambda: dialog(root) is None)


def test_what_stays_is_named_with_its_reason(screen, desk, dialogs, press, wait_until):
    details = []
    dialogs.ask_yes_no = lambda question, **options: bool(details.append(options["detail"]))
    customer = desk.office.customers.ids(Query("错误甲"))[0]
    desk.office.customers.update(customer, {"remark": "留下"}, 1)
    press(screen.result.undo_button, "<Return>")
    wait_until(lambda: details)
    assert details == ["移入回收站：客户 1 条。\n2 条不撤销，保持现状：\n　客户 错误甲公司：之后又有改动\n　联系人 甲：随所属的记录保留"]
    second = desk.office.customers.ids(Query("错误乙"))[0]
    desk.office.customers.update(second, {"remark": "留下"}, 1)
    press(screen.result.undo_button, "<Return>")
    wait_until(lambda: dialogs.asked)
    assert dialogs.asked == [("message", "没有可以撤销的内容：之后都已改动或删除。")]


def test_undone_twice_is_refused_in_words(screen, desk, dialogs, press, wait_until):
    desk.office.undo.undo(screen.written)
    press(screen.result.undo_button, "<Return>")
    wait_until(lambda: dialogs.errors)
    assert str(dialogs.errors[0]) == "这次操作已经撤销过了。"
