"""Importing a sheet by keys alone: file, columns, check, result; and what goes wrong on the way."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from crm_desktop.views.import_wizard import COLUMNS, FILE, PREVIEW, RESULT

HEADING = ["公司名称", "级别", "联系电话", "通讯地址", "联系人", "联系人手机"]
GOOD = ["吉林鑫源商贸有限公司", "重要", "0432-61234567", "吉林市船营区解放路2号", "李四", "13904320002"]
UNKNOWN = ["沈阳恒信物流有限公司", "钻石", "024-86123456", "沈阳市和平区南京街3号", "", ""]
BAD = ["", "一般", "12-34", "", "", ""]


@pytest.fixture
def sheet(tmp_path):
    """``sheet(row, …)``: a workbook with these rows under the heading."""

    def make(*rows, heading=HEADING, name="客户名单.xlsx", extra_sheets=()):
        book = Workbook()
        book.active.title = "客户"
        for row in (heading, *rows):
            book.active.append(row)
        for title in extra_sheets:
            book.create_sheet(title).append(["公司名称"])
        book.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def screen(window, focus):
    opened = window.open("import", entity="customers")
    focus(opened.file.file.input.control)
    return opened


@pytest.fixture
def go_to(screen, wait_until):
    """``go_to(PREVIEW, path)``: walk to a step with this file."""

    def walk(step, path):
        screen.file.choose(path)
        while screen.step < step:
            here = screen.step
            screen.next()
            wait_until(lambda here=here: screen.step > here)

    return walk


def names(desk):
    return {row["name"] for row in desk.office.db.query("SELECT name FROM customers")}


def shown(screen):
    table = screen.rows.table
    return [table.tree.item(item, "values") for item in table.tree.get_children()]


def is_importable(screen):
    return str(screen.next_button.cget("state")) == "normal"


# By keys alone


def test_a_whole_import_by_keys(window, screen, desk, dialogs, root, press, wait_until, sheet):
    path = sheet(GOOD, UNKNOWN)
    dialogs.answers = [path]
    press(screen.file.file.input.control, "<F7>")
    assert dialogs.asked == [("open", "选择要导入的文件")] and screen.file.path == path
    press(screen.file.file.input.control, "<Return>")
    assert root.focus_get() is screen.next_button
    press(screen.file.file.input.control, "<Alt-n>")
    wait_until(lambda: screen.step == COLUMNS)
    assert root.focus_get() is screen.columns.inputs[0].input.control
    press(root.focus_get(), *["<Return>"] * len(HEADING))
    assert root.focus_get() is screen.columns.mode_field.input.control
    press(root.focus_get(), "<Return>")
    assert root.focus_get() is screen.next_button
    press(screen.next_button, "<Return>")
    wait_until(lambda: screen.step == PREVIEW)
    assert root.focus_get() is screen.rows.words.inputs[0].control
    press(root.focus_get(), "<Return>")
    assert root.focus_get() is screen.next_button and screen.next_button.cget("text") == "导入 2 行 Alt+N"
    press(screen.next_button, "<Return>")
    wait_until(lambda: screen.step == RESULT)
    assert {"吉林鑫源商贸有限公司", "沈阳恒信物流有限公司"} < names(desk)
    assert screen.result.title.cget("text") == "导入完成：客户名单.xlsx"
    assert root.focus_get() is screen.result.open_button
    press(screen.result.open_button, "<Return>")
    assert window.tabs.current_key == "customers"


def test_escape_goes_back_step_by_step_and_keeps_what_was_chosen(screen, press, root, go_to, sheet):
    go_to(COLUMNS, sheet(GOOD))
    screen.columns.inputs[1].set("remark")
    go_to(PREVIEW, screen.file.path)
    press(screen.rows.table.tree, "<Escape>")
    assert screen.step == COLUMNS and screen.columns.mapping[1] == "remark"
    press(screen.columns.inputs[0].input.control, "<Escape>")
    assert screen.step == FILE and screen.file.path.name == "客户名单.xlsx"
    press(screen.file.file.input.control, "<Escape>")
    assert screen.step == FILE
    go_to(COLUMNS, screen.file.path)
    assert screen.columns.mapping[1] == "remark"
    go_to(PREVIEW, screen.file.path)


# The file


@pytest.mark.parametrize(("name", "content", "part"), [
    ("名单.xlsx", b"", "是空的"),
    ("名单.xlsx", b"PK\x03\x04broken", "已损坏"),
    ("名单.xls", b"<html><table></table></html>", "网页"),
    ("名单.docx", b"hello", "不是 Excel 工作簿"),
    (None, b"", "找不到文件"),
])
def test_a_file_that_cannot_be_read_is_told_at_its_field(screen, wait_until, tmp_path, name, content, part):
    path = tmp_path / (name or "没有.xlsx")
    if name:
        path.write_bytes(content)
    screen.file.choose(path)
    wait_until(lambda: screen.file.file.input.error)
    assert part in screen.file.file.input.error
    screen.next()
    assert screen.step == FILE and screen.file.path == path


def test_without_a_file_there_is_nothing_to_go_on_with(screen, root, press):
    press(screen.next_button, "<Return>")
    assert screen.step == FILE
    assert screen.file.file.input.error == "请选择要导入的文件，按 F7 浏览。"
    assert root.focus_get() is screen.file.file.input.control


def test_a_workbook_with_several_sheets_lets_one_be_chosen(screen, wait_until, sheet):
    screen.file.choose(sheet(GOOD, extra_sheets=["旧客户"]))
    wait_until(lambda: screen.file.sheet == "客户")
    assert [choice.key for choice in screen.file.sheet_field.input.choices] == ["客户", "旧客户"]
    screen.file.choose(sheet(GOOD, name="另一个.xlsx"))
    wait_until(lambda: screen.file.sheet is None)
    assert not screen.file.sheet_field.body.winfo_viewable()


def test_files_imported_before_can_be_taken_again(screen, desk, press, root, go_to, sheet):
    path = sheet(GOOD)
    go_to(RESULT, path)
    assert desk.computer["recent_imports"] == [str(path)]
    screen.restart()
    screen.file.file.set("")
    press(screen.file.recent, "<Return>")
    assert screen.file.path == path and root.focus_get() is screen.file.file.input.control


# The columns


def test_columns_show_samples_and_the_fields_recognised(screen, go_to, sheet):
    go_to(COLUMNS, sheet(GOOD, UNKNOWN, heading=[*HEADING[:5], "血型"]))
    assert screen.columns.mapping == {0: "name", 1: "level", 2: "phone", 3: "address", 4: "contact.name"}
    assert screen.columns.warning.cget("text") == "不导入的列：血型"


def test_the_column_with_the_focus_is_in_sight_and_the_wheel_scrolls(screen, press, root, go_to, sheet):
    go_to(COLUMNS, sheet(GOOD + list("ABCDEFGHIJKLMNOP"), heading=HEADING + [f"另{letter}" for letter in "ABCDEFGHIJKLMNOP"]))
    fields = [field.input.control for field in screen.columns.inputs.values()]
    page = screen.columns.inputs[0].body.winfo_toplevel()
    last, warning = fields[-1], screen.columns.warning
    assert last.winfo_rooty() > warning.winfo_rooty()
    press(last, "<Shift-Return>", "<Return>")
    assert root.focus_get() is last and last.winfo_rooty() + last.winfo_height() <= warning.winfo_rooty()
    for _ in range(30):
        last.event_generate("<Button-4>")
    root.update()
    assert page.winfo_containing(fields[0].winfo_rootx() + 3, fields[0].winfo_rooty() + 3) is fields[0]


def test_two_columns_on_one_field_are_said_at_once(screen, press, root, type_text, go_to, sheet):
    go_to(COLUMNS, sheet(GOOD))
    field = screen.columns.inputs[3].input
    field.set(None)
    type_text(field.control, "dh")
    press(field.control, "<Down>", "<Return>")
    assert field.get() == "phone"
    assert field.error == "“联系电话”已对应到这个字段，请改其中一列。"
    screen.next()
    assert screen.step == COLUMNS and root.focus_get() is field.control
    field.set("address")
    screen.columns.judge()
    assert field.error is None


def test_a_column_of_names_is_needed(screen, go_to, sheet):
    go_to(COLUMNS, sheet(GOOD))
    screen.columns.inputs[0].set("")
    screen.next()
    assert screen.step == COLUMNS
    assert screen.columns.warning.cget("text") == "还没有一列对应到“客户名称”。"


def test_a_remembered_mapping_is_used(screen, go_to, sheet, wait_until):
    go_to(COLUMNS, sheet(GOOD))
    screen.columns.inputs[1].set("remark")
    while screen.step < RESULT:
        here = screen.step
        screen.next()
        wait_until(lambda here=here: screen.step > here)
    screen.restart()
    go_to(COLUMNS, sheet(UNKNOWN, name="下个月.xlsx"))
    assert screen.columns.mapping[1] == "remark"
    assert "已按上次" in screen.columns.note.cget("text")


def test_updating_is_offered_only_to_those_who_may(screen, desk, go_to, sheet):
    path = sheet(GOOD)
    go_to(COLUMNS, path)
    assert [choice.key for choice in screen.columns.mode_field.input.choices] == ["add", "update", "skip"]
    desk.office.db.execute("DELETE FROM permissions WHERE area = 'customers' AND verb = 'update'")
    screen.restart()
    go_to(COLUMNS, path)
    assert [choice.key for choice in screen.columns.mode_field.input.choices] == ["add", "skip"]


# The rows


def test_every_row_shows_its_fate_and_bad_cells_are_red_with_reasons(screen, root, go_to, sheet):
    go_to(PREVIEW, sheet(GOOD, BAD))
    screen.rows.filter("all")
    root.update()
    assert [(row[0], row[1]) for row in shown(screen)] == [("2", "新增"), ("3", "错误")]
    red = [label.cget("text") for label in screen.rows.marks.labels if label.winfo_ismapped()]
    assert sorted(red) == ["12-34", "（空）"]
    screen.rows.table.go_to(3)
    told = screen.rows.detail.text.get("1.0", "end")
    assert "第 3 行：错误" in told and "请填写客户名称。" in told and "电话应为" in told


def test_only_the_errors_are_shown_first_and_the_others_on_demand(screen, press, root, go_to, sheet):
    go_to(PREVIEW, sheet(GOOD, BAD, UNKNOWN))
    root.update()
    assert [row[0] for row in shown(screen)] == ["3"]
    assert [button.cget("text") for button in screen.rows.buttons.values()] == [
        "全部 3", "只看错误 1", "可能重复 0", "新增 2", "更新 0", "跳过 0",
    ]
    press(screen.rows.buttons["all"], "<space>")
    assert [row[0] for row in shown(screen)] == ["2", "3", "4"]


def test_a_proposed_region_and_a_possible_duplicate_are_shown(screen, root, desk, go_to, sheet):
    desk.office.customers.create({"name": "鑫源商贸（吉林）有限公司"})
    go_to(PREVIEW, sheet(GOOD))
    root.update()
    [row] = shown(screen)
    assert "区域由地址推断：吉林省吉林市船营区" in row
    assert "可能与已有客户“鑫源商贸（吉林）有限公司”重复" in row
    assert "吉林省吉林市船营区" in row


def test_bad_rows_bar_the_way_until_they_are_left_out(screen, press, desk, wait_until, go_to, sheet):
    go_to(PREVIEW, sheet(GOOD, BAD))
    assert not is_importable(screen)
    screen.next()
    assert screen.step == PREVIEW
    press(screen.rows.skip_bad.control, "<space>")
    assert is_importable(screen)
    press(screen.rows.skip_bad.control, "<Alt-n>")
    wait_until(lambda: screen.step == RESULT)
    assert GOOD[0] in names(desk) and "" not in names(desk)
    assert str(screen.result.bad_button.cget("state")) == "normal"


def test_bad_rows_go_back_to_excel(window, screen, dialogs, wait_until, go_to, sheet, tmp_path):
    go_to(PREVIEW, sheet(GOOD, BAD))
    saved = tmp_path / "错误行.xlsx"
    dialogs.answers = [saved]
    screen.bad_button.invoke()
    wait_until(lambda: saved.exists() and window.status.message)
    assert window.status.message == "已导出 1 个错误行到“错误行.xlsx”，改好后可以直接再导入。"
    rows = list(load_workbook(saved).active.iter_rows(values_only=True))
    assert rows[1][0] == 3 and "请填写客户名称" in rows[1][-1]


def test_an_unknown_word_is_mapped_by_keys(screen, press, type_text, root, desk, wait_until, go_to, sheet):
    go_to(PREVIEW, sheet(UNKNOWN))
    [choice] = screen.rows.words.inputs
    assert [item.text for item in choice.choices][:3] == ["新增到“客户级别”", "留空", "对应到：重要"]
    choice.set(None)
    type_text(choice.control, "重要")
    press(choice.control, "<Down>", "<Return>")
    screen.next()
    wait_until(lambda: screen.step == RESULT)
    level = desk.office.db.value("SELECT d.name FROM customers c JOIN dictionary_items d ON d.id = c.level ORDER BY c.id DESC LIMIT 1")
    assert level == "重要"
    assert "钻石" not in [item["name"] for item in desk.office.dictionaries.items("level")]


def test_an_undecided_word_bars_the_way(screen, root, go_to, sheet):
    go_to(PREVIEW, sheet(UNKNOWN))
    [choice] = screen.rows.words.inputs
    choice.text.set("没有的")
    screen.next()
    assert screen.step == PREVIEW and choice.error and root.focus_get() is choice.control


def test_words_that_may_not_be_added_are_left_blank(screen, desk, go_to, sheet):
    desk.office.db.execute("DELETE FROM permissions WHERE area = 'dictionaries' AND verb = 'create'")
    go_to(PREVIEW, sheet(UNKNOWN))
    [choice] = screen.rows.words.inputs
    assert [item.text for item in choice.choices][:2] == ["留空", "对应到：重要"] and choice.get() == "blank"


def test_all_words_are_decided_at_once_and_too_many_are_not_listed(screen, press, desk, wait_until, go_to, sheet):
    go_to(PREVIEW, sheet(*([f"公司{number}", f"词{number}", "", "", "", ""] for number in range(70))))
    words = screen.rows.words
    assert len(words.inputs) == 60 and {word.action for word in screen.preview.unknown} == {"add"}
    assert "另有 10 个没有列出" in words._more.cget("text")
    press(words.blank_button, "<Return>")
    assert {word.action for word in screen.preview.unknown} == {"blank"} == {choice.get() for choice in words.inputs}
    press(words.add_button, "<Return>")
    assert {word.action for word in screen.preview.unknown} == {"add"}
    press(words.add_button, "<Alt-n>")
    wait_until(lambda: screen.step == RESULT)
    assert "词69" in [item["name"] for item in desk.office.dictionaries.items("level")]


# Running


def test_what_changed_meanwhile_is_told_and_checked_again(screen, desk, dialogs, root, wait_until, go_to, sheet):
    go_to(PREVIEW, sheet(["A9", "甲公司"], heading=["客户编号", "公司名称"]))
    desk.office.customers.create({"code": "A9", "name": "乙公司"})
    screen.next()
    wait_until(lambda: dialogs.errors and screen.preview.error_count)
    assert "请重新预览" in str(dialogs.errors[0])
    assert screen.step == PREVIEW and "甲公司" not in names(desk)


def test_the_screen_stays_while_it_writes_and_may_be_closed_while_it_reads(window, screen, wait_until, go_to, sheet):
    go_to(PREVIEW, sheet(GOOD))
    screen.next()
    window.tabs.close("import")
    assert "import" in window.tabs.keys_open and window.status.message == "正在导入，请等它完成，或先取消。"
    wait_until(lambda: screen.step == RESULT)
    screen.restart()
    screen.next()
    window.tabs.close("import")
    assert "import" not in window.tabs.keys_open
    wait_until(lambda: screen._job.is_finished)


def test_one_press_imports_once(screen, desk, wait_until, go_to, sheet):
    go_to(PREVIEW, sheet(GOOD))
    screen.next()
    screen.next()
    wait_until(lambda: screen.step == RESULT)
    assert desk.office.db.value("SELECT count(*) FROM customers WHERE name = ?", (GOOD[0],)) == 1


def test_contacts_are_imported_by_themselves(window, screen, desk, wait_until, go_to, sheet):
    [customer] = desk.office.db.query("SELECT name FROM customers LIMIT 1")
    screen.show(entity="contacts")
    go_to(RESULT, sheet(["王小明", customer["name"], "13904310009"], heading=["姓名", "客户", "手机"]))
    assert "王小明" in {row["name"] for row in desk.office.db.query("SELECT name FROM contacts")}
    assert screen.result.open_button.cget("text") == "打开联系人列表"


def test_the_list_of_contacts_opens_the_wizard_for_contacts(window):
    window.open("contacts").import_file()
    assert window.tabs.current.file.entity == "contacts"


def test_the_window_stays_alive_while_a_long_file_is_checked(screen, root, go_to, wait_until, tmp_path):
    path = tmp_path / "长表.csv"
    lines = [f"公司{number},0431-8{number:07d}" for number in range(3000)]
    Path(path).write_text("\n".join(["公司名称,电话", *lines]), encoding="utf-8")
    go_to(COLUMNS, path)
    beats = []

    def beat():
        beats.append(len(beats))
        if screen.step == COLUMNS:
            root.after(5, beat)

    screen.next()
    beat()
    wait_until(lambda: screen.step == PREVIEW, seconds=60)
    assert len(beats) > 5 and screen.rows.table.total == 3000
    assert len(shown(screen)) < 100
