"""批量录入 at the keyboard: typing, pasting from Excel, what is wrong, all or nothing, records of a list."""

import pytest

from crm_desktop.models import Query

PASTED = '甲厂\t\t重要\t0431-85000001\n"乙""厂"""\t\t\t"0431-85000002\n转 5"\n丙\t\t一般\t12\n'


@pytest.fixture
def screen(window, root):
    made = window.open("batch_entry")
    root.update()
    return made


@pytest.fixture
def settle(screen, wait_until):
    """Until what was changed has been checked."""
    return lambda: wait_until(lambda: not screen._pause.is_waiting and (screen._check_job is None or screen._check_job.is_finished))


@pytest.fixture
def paste(root, screen, press):
    def put(text, row=0, column=0):
        root.clipboard_clear()
        root.clipboard_append(text)
        screen.sheet.go_to(row, column)
        root.update()
        press(root.focus_get(), "<Control-v>")
        root.update()

    return put


def names(desk):
    return [row["name"] for row in desk.office.customers.search(Query(order="id")).rows][3:]


def test_typing_goes_from_cell_to_cell(screen, root, press):
    screen.focus_set()
    for key in ("<KeyPress-a>", "<KeyPress-b>", "<Return>"):
        press(root.focus_get(), key)
    assert screen.sheet.rows()[0][0] == "ab" and screen.sheet.current == (0, 1)
    screen.sheet.go_to(0, len(screen.fields) - 1)
    root.update()
    press(root.focus_get(), "<Return>")
    assert screen.sheet.current == (1, 0)
    assert screen.is_changed and screen.toolbar.button("save").instate(["!disabled"])


def test_a_paste_from_excel_is_checked_and_saved_when_it_is_right(screen, paste, settle, desk, press, root, wait_until):
    desk.say = lambda text, action=None: desk.said.append(text)
    paste(PASTED)
    settle()
    assert [row[0] for row in screen.sheet.rows()[:3]] == ["甲厂", '乙"厂"', "丙"]
    assert screen.sheet.rows()[1][3] == "0431-85000002\n转 5"
    bad = screen._bad_cells()
    assert (2, 3) in bad and (0, 3) not in bad
    assert "处错误" in screen.footer.cget("text") and screen.footer.cget("text").startswith("已填 3 行：新增 3、修改 0")
    press(screen, "<F8>")
    wait_until(lambda: desk.said)
    assert names(desk) == [] and "没有保存" in desk.said[0]
    first = screen.sheet.current
    assert first in bad and bad[first] in screen.fault.cget("text")
    screen.sheet.set_cell(1, 3, "0431-85000002转5")
    screen.sheet.set_cell(2, 3, "0431-85000003")
    settle()
    assert screen._bad_cells() == {}
    desk.said.clear()
    press(screen, "<F8>")
    wait_until(lambda: desk.said)
    assert desk.said == ["已保存：新增 3、修改 0 条客户。"] and names(desk) == ["甲厂", '乙"厂"', "丙"]
    assert not screen.is_changed and not any(any(row) for row in screen.sheet.rows())


def test_a_grid_that_goes_after_a_paste_leaves_no_timer(screen, paste, root, desk):
    """A timer left behind would call whatever takes over the name of its command."""

    def scripts():
        timers = root.tk.splitlist(root.tk.call("after", "info"))
        return {str(root.tk.splitlist(root.tk.call("after", "info", each))[0]) for each in timers}

    paste("甲厂")
    timers = scripts() & set(screen.sheet.sheet.MT._tclCommands)
    assert timers
    desk.dialogs.answers = [True]
    screen.show("contacts")
    assert not timers & scripts()


def test_a_long_paste_makes_room(screen, paste, settle):
    paste("\n".join(f"客户{n}" for n in range(500)))
    settle()
    rows = screen.sheet.rows()
    assert rows[499][0] == "客户499" and len(rows) >= 510
    assert screen.footer.cget("text") == "已填 500 行：新增 500、修改 0"


def test_ragged_rows_and_undo(screen, paste, settle, root, press):
    paste("甲\n乙\t\t重要\t0431-85000002\tx\n\n丁")
    settle()
    assert [row[0] for row in screen.sheet.rows()[:4]] == ["甲", "乙", "", "丁"]
    press(root.focus_get(), "<Control-z>")
    settle()
    assert not any(any(row) for row in screen.sheet.rows())


def test_fill_down(screen, paste, settle, press, root):
    paste("甲\t\t重要\n乙\n丙")
    screen.sheet.sheet.deselect("all")
    screen.sheet.sheet.create_selection_box(0, 2, 3, 3)
    root.update()
    press(screen, "<Control-d>")
    settle()
    assert [row[2] for row in screen.sheet.rows()[:4]] == ["重要", "重要", "重要", ""]
    screen.sheet.go_to(3, 0)
    root.update()
    press(screen, "<Control-d>")
    assert screen.sheet.rows()[3][0] == "丙"


def test_rows_that_say_the_same_are_told(screen, paste, settle, root):
    paste("甲\n乙\n甲")
    settle()
    assert "1 行可能重复" in screen.footer.cget("text")
    screen.sheet.go_to(2, 1)
    root.update()
    assert screen.fault.cget("text") == "第 3 行：与第 1 行的客户名称相同。"


def test_the_next_fault_is_found_by_a_key(screen, paste, settle, press):
    paste("甲\t\t没有的级别\n乙\t\t\t12")
    settle()
    found = []
    for _ in range(3):
        press(screen, "<Alt-e>")
        found.append(screen.sheet.current)
    assert found == [(0, 2), (1, 3), (0, 2)]


def test_records_of_a_list_are_changed_in_the_grid(screen, desk, settle, wait_until, press, root):
    desk.say = lambda text, action=None: desk.said.append(text)
    screen.show("customers", [1, 2])
    wait_until(lambda: screen.sheet.rows()[0][0])
    settle()
    assert screen.footer.cget("text") == "已填 2 行：新增 0、修改 2"
    screen.sheet.go_to(0, 0)
    screen.sheet.insert_row()  # what was read goes with its row
    settle()
    remark = [field.name for field in screen.fields].index("remark")
    screen.sheet.set_cell(1, remark, "核对过")
    screen.sheet.set_cell(0, 0, "插进来的")
    settle()
    press(screen, "<F8>")
    wait_until(lambda: desk.said)
    assert desk.said == ["已保存：新增 1、修改 1 条客户。"]
    assert desk.office.customers.get(1)["remark"] == "核对过" and names(desk) == ["插进来的"]


def test_what_somebody_saved_first_is_said_at_its_row(screen, desk, settle, wait_until, press):
    desk.say = lambda text, action=None: desk.said.append(text)
    screen.show("customers", [1])
    wait_until(lambda: screen.sheet.rows()[0][0])
    desk.office.customers.update(1, {"remark": "别人的"}, version=desk.office.customers.get(1)["version"])
    screen.sheet.set_cell(0, 1 + [field.name for field in screen.fields][1:].index("remark"), "我的")
    settle()
    press(screen, "<F8>")
    wait_until(lambda: desk.said)
    assert "修改" in screen.fault.cget("text") and desk.office.customers.get(1)["remark"] == "别人的"


def test_another_kind_of_record_has_its_own_columns(screen, dialogs, root):
    screen.choice._choose_and_announce(next(item for item in screen.choice.choices if item.key == "complaints"))
    assert screen.kind.key == "complaints" and "投诉类型" in [column.label for column in screen.sheet.columns]
    screen.sheet.set_cell(0, 0, "x")
    dialogs.answers = [False]
    screen.choice._choose_and_announce(next(item for item in screen.choice.choices if item.key == "customers"))
    assert screen.kind.key == "complaints" and screen.sheet.rows()[0][0] == "x"
    assert screen.choice.chosen.key == "complaints"


def test_the_picker_fills_a_cell(screen, desk, root, press, wait_until, settle):
    from crm_desktop.views.record_picker import RecordPicker

    screen.choice._choose_and_announce(next(item for item in screen.choice.choices if item.key == "interactions"))
    place = [field.name for field in screen.fields].index("customer")
    screen.sheet.go_to(0, place)
    root.update()
    press(screen, "<F7>")
    picker = next(child for child in screen.winfo_toplevel().winfo_children() if isinstance(child, RecordPicker))
    wait_until(lambda: picker.table.total)
    picker.choose()
    settle()
    assert screen.sheet.rows()[0][place] and (0, place) not in screen._bad_cells()


def test_unsaved_rows_are_asked_about(screen, dialogs):
    assert screen.can_close()
    screen.sheet.set_cell(0, 0, "x")
    assert not screen.can_close() and dialogs.asked[-1][1] == "表格里的内容还没有保存。"
    dialogs.answers = [True]
    assert screen.can_close()


# What outlives the program


def test_what_was_typed_when_the_program_died_comes_back(screen, desk, window, settle, monkeypatch, wait_until, press):
    from crm_desktop.views import form_drafts
    from crm_desktop.views.drafts import resume

    monkeypatch.setattr(form_drafts, "PAUSE_MILLISECONDS", 30)
    desk.say = lambda text, action=None: desk.said.append(text)
    screen.show("customers", [1])
    wait_until(lambda: screen.sheet.rows()[0][0])
    remark = [field.name for field in screen.fields].index("remark")
    screen.sheet.set_cell(0, remark, "核对过")
    screen.sheet.set_cell(1, 0, "新来的厂")
    wait_until(lambda: any("新来的厂" in str(each.content) for each in desk.office.drafts.mine()))
    monkeypatch.setattr(screen, "can_close", lambda: True)  # nobody is asked when the program dies
    window.tabs.close_current()

    (draft,) = desk.office.drafts.mine()
    assert draft.content["title"] == "批量录入 客户"
    desk.open = window.open
    resume(desk, draft)
    again = window.open("batch_entry")
    assert again.sheet.rows()[1][0] == "新来的厂" and again.is_changed
    press(again, "<F8>")
    wait_until(lambda: desk.said and not desk.office.drafts.mine())
    assert desk.said == ["已保存：新增 1、修改 1 条客户。"] and desk.office.customers.get(1)["remark"] == "核对过"


def test_what_is_given_up_leaves_no_draft(screen, desk, dialogs, monkeypatch, wait_until):
    from crm_desktop.views import form_drafts

    monkeypatch.setattr(form_drafts, "PAUSE_MILLISECONDS", 30)
    screen.sheet.set_cell(0, 0, "不要的")
    wait_until(lambda: desk.office.drafts.mine())
    dialogs.answers = [True]
    assert screen.can_close()
    wait_until(lambda: not desk.office.drafts.mine())


# What is copied in Excel


def test_rows_with_their_headings_go_where_these_say(screen, desk, paste, settle, root, press):
    desk.say = lambda text, action=None: desk.said.append(text)
    paste("客户级别\t电话\t客户名称 *\t代码\n重要\t0431-85000001\t甲厂\tX1\n一般\t\t乙厂\tX2\n", row=1)
    settle()
    columns = [field.name for field in screen.fields]
    found = [dict(zip(columns, row, strict=True)) for row in screen.sheet.rows()[1:3]]
    assert [(row["name"], row["level"], row["phone"]) for row in found] == [("甲厂", "重要", "0431-85000001"), ("乙厂", "一般", "")]
    assert desk.said == ["已按标题行对应各列。没有这些列，未粘贴：代码。"]
    press(root.focus_get(), "<Control-z>")
    settle()
    assert not any(any(row) for row in screen.sheet.rows())


def test_cells_beyond_the_last_column_are_told(screen, desk, paste, settle):
    desk.say = lambda text, action=None: desk.said.append(text)
    last = len(screen.fields) - 1
    paste("甲\t乙\t\t丙\n丁\n", column=last)
    settle()
    assert [row[last] for row in screen.sheet.rows()[:2]] == ["甲", "丁"]
    assert screen.sheet.keys()[:2] == ["", ""]
    assert desk.said == ["超出最后一列的 2 格没有粘贴。"]


# Lists that are no records


def test_a_dictionary_is_loaded_typed_over_and_saved(screen, desk, settle, press, wait_until):
    desk.say = lambda text, action=None: desk.said.append(text)
    screen.show("dictionary.source", is_all=True)
    wait_until(lambda: screen.sheet.rows()[0][0])
    settle()
    items = desk.office.dictionaries.items("source")
    assert [row[0] for row in screen.sheet.rows()[: len(items)]] == [item["name"] for item in items]
    screen.sheet.set_cell(0, 0, "电话咨询")
    screen.sheet.set_cell(len(items), 0, "直播")
    settle()
    assert screen.footer.cget("text").endswith(f"新增 1、修改 {len(items)}")
    press(screen, "<F8>")
    wait_until(lambda: desk.said)
    assert desk.said == ["已保存：新增 1、修改 1 条客户来源。"]
    names = [item["name"] for item in desk.office.dictionaries.items("source")]
    assert (names[0], names[-1]) == ("电话咨询", "直播")


def test_a_region_s_parent_is_picked_and_a_fault_is_marked(screen, desk, root, press, wait_until, settle):
    from crm_desktop.views.region_picker import RegionPicker

    desk.say = lambda text, action=None: desk.said.append(text)
    screen.show("regions")
    screen.sheet.set_cell(0, 0, "北湖开发区")
    screen.sheet.set_cell(0, 2, "区号")
    settle()
    assert (0, 2) in screen._bad_cells()
    screen.sheet.set_cell(0, 2, "0431")
    screen.sheet.go_to(0, 1)
    root.update()
    press(screen, "<F7>")
    picker = next(child for child in screen.winfo_toplevel().winfo_children() if isinstance(child, RegionPicker))
    picker.regions.go_to("220100")
    root.update()
    picker.choose()
    settle()
    assert screen.sheet.rows()[0][1] == "吉林省长春市" and not screen._bad_cells()
    press(screen, "<F8>")
    wait_until(lambda: desk.said)
    assert "吉林省长春市北湖开发区" in [row["full_name"] for row in desk.office.regions.children("220100")]


def test_the_mouse_on_a_bad_cell_says_what_is_wrong(screen, paste, settle, root):
    paste(PASTED)
    settle()
    bad = next(cell for cell in screen._bad_cells() if cell[0] == 2)
    screen.sheet.go_to(0, 0)
    root.update()
    table = screen.sheet.sheet.MT
    x = (table.col_positions[bad[1]] + table.col_positions[bad[1] + 1]) // 2 - int(table.canvasx(0))
    y = (table.row_positions[bad[0]] + table.row_positions[bad[0] + 1]) // 2 - int(table.canvasy(0))
    assert screen.fault.cget("text").strip() == ""
    table.event_generate("<Motion>", x=x, y=y)
    root.update()
    assert screen.fault.cget("text").startswith("第 3 行：")
    table.event_generate("<Leave>", x=0, y=0)
    root.update()
    assert screen.fault.cget("text").strip() == ""
