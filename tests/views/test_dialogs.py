"""Boxes ask in Chinese, the safe answer has the focus, Esc cancels, the focus returns."""

from pathlib import Path
from tkinter import filedialog

import pytest
import ttkbootstrap as ttk

from crm_desktop.errors import NotFound
from crm_desktop.views.dialogs import ADVICE, Dialogs, _Box
from crm_desktop.views.widgets.modal import ModalWindow


@pytest.fixture
def boxes(root):
    return Dialogs(root)


@pytest.fixture
def answer(root):
    """Do something with the box once it is open."""
    rescues = []

    def later(act):
        def look():
            box = next((window for window in root.winfo_children() if isinstance(window, ModalWindow)), None)
            if box is None or not box.winfo_viewable():
                root.after(5, look)
            else:
                rescues.append(root.after(3000, rescue, box))
                root.update()
                act(box)

        def rescue(box):
            if box.winfo_exists():  # nobody would ever come back from waiting for it
                box.destroy()
                raise AssertionError("the box stayed open")

        root.after(5, look)

    yield later
    for timer in rescues:  # later a box of another test will have the same name
        root.after_cancel(timer)


def texts(widget):
    """What is said, however its lines are broken."""
    found = [str(widget.cget("text")).replace("\n", "")] if widget.winfo_class() in ("TLabel", "TButton") else []
    return found + [text for child in widget.winfo_children() for text in texts(child)]


def button(widget, label):
    for child in widget.winfo_children():
        if child.winfo_class() == "TButton" and child.cget("text") == label:
            return child
        if found := button(child, label):
            return found
    return None


def test_the_safe_answer_is_the_default(root, boxes, answer):
    seen = []

    def press_enter(box):
        seen.extend(texts(box))
        root.focus_get().event_generate("<Return>")

    answer(press_enter)
    said_yes = boxes.ask_yes_no("要删除所选的 3 位客户吗？", yes="删除", no="不删除", is_danger=True)
    assert said_yes is False
    assert "要删除所选的 3 位客户吗？" in seen and "删除" in seen and "不删除" in seen


def test_yes_can_be_reached_with_the_arrow(root, boxes, answer):
    def left_then_enter(box):
        root.focus_get().event_generate("<Left>")
        root.update()
        root.focus_get().event_generate("<Return>")

    answer(left_then_enter)
    assert boxes.ask_yes_no("要删除吗？") is True


def test_esc_cancels(root, boxes, answer):
    answer(lambda box: root.focus_get().event_generate("<Escape>"))
    assert boxes.ask_choice("客户已被他人修改。", [("reload", "重新读取"), ("over", "覆盖")], default="reload") is None


def test_a_choice_gives_its_id(root, boxes, answer):
    answer(lambda box: button(box, "覆盖").invoke())
    assert boxes.ask_choice("怎么办？", [("reload", "重新读取"), ("over", "覆盖")], default="reload") == "over"


def test_the_focus_returns_to_where_it_was(root, boxes, answer, focus):
    entry = ttk.Entry(root)
    entry.pack()
    focus(entry)
    answer(lambda box: root.focus_get().event_generate("<Return>"))
    boxes.show_message("已完成。")
    root.update()
    assert root.focus_get() is entry


def test_a_box_stands_in_the_middle_of_its_window(root, boxes, answer):
    middle = []

    def measure(box):
        middle.append(box.winfo_rootx() + box.winfo_width() / 2)
        box.cancel()

    answer(measure)
    boxes.show_message("已完成。")
    assert abs(middle[0] - (root.winfo_rootx() + root.winfo_width() / 2)) <= 5


def test_a_box_over_a_box_gives_the_input_back_to_it(root):
    below = ModalWindow(root, "下面")
    below.show(wait=False)
    above = ModalWindow(below, "上面")
    above.show(wait=False)
    assert root.grab_current() is above
    above.cancel()
    assert below.grab_current() is below
    below.cancel()
    assert root.grab_current() is None


def test_an_expected_error_is_one_sentence(root, boxes, answer):
    seen = []
    answer(lambda box: (seen.extend(texts(box)), box.cancel()))
    boxes.show_error(NotFound())
    assert "没有找到这条记录，可能已被删除。" in seen
    assert "复制错误信息" not in seen


def test_an_unexpected_error_can_be_copied_and_the_log_opened(root, answer, error_log):
    opened, seen = [], []
    boxes = Dialogs(root, open_log=lambda: opened.append(1))

    def look(box):
        seen.extend(texts(box))
        button(box, "复制错误信息").invoke()
        button(box, "打开日志").invoke()
        box.cancel()

    answer(look)
    boxes.show_error(ZeroDivisionError("除以零"))
    assert ADVICE in seen and not any("ZeroDivisionError" in text for text in seen)
    assert root.clipboard_get() == "builtins.ZeroDivisionError"
    assert opened == [1]
    assert error_log.pop().exc_info[0] is ZeroDivisionError


def test_text_and_password_are_typed(root, boxes, answer):
    def type_and_enter(box):
        root.focus_get().insert(0, "长春")
        root.focus_get().event_generate("<Return>")

    answer(type_and_enter)
    assert boxes.ask_text("名称：") == "长春"

    def type_and_cancel(box):
        assert root.focus_get().cget("show") == "●"
        root.focus_get().insert(0, "geheim")
        button(box, "取消").invoke()

    answer(type_and_cancel)
    assert boxes.ask_password() is None


def test_text_that_is_too_long_is_not_taken(root, boxes, answer):
    def enter_too_much(box):
        entry = root.focus_get()
        entry.insert(0, "一二三四")
        entry.event_generate("<Return>")
        root.update()
        assert box.winfo_exists()
        entry.delete(0, "end")
        button(box, "确定").invoke()

    answer(enter_too_much)
    assert boxes.ask_text("名称：", max_length=3) == ""


def test_file_choices(root, boxes, monkeypatch, tmp_path):
    asked = {}

    def choose(**options):
        asked.update(options)
        return str(tmp_path / "客户.xlsx")

    for name in ("askopenfilename", "asksaveasfilename", "askdirectory"):
        monkeypatch.setattr(filedialog, name, choose)
    types = [("Excel 工作簿", "*.xlsx *.xls")]
    assert boxes.choose_open_file("导入客户", types=types, folder=tmp_path) == tmp_path / "客户.xlsx"
    assert asked["title"] == "导入客户" and asked["initialdir"] == str(tmp_path)
    assert boxes.choose_save_file("导出", name="客户", types=types) == tmp_path / "客户.xlsx"
    assert asked["defaultextension"] == ".xlsx" and asked["initialfile"] == "客户"
    assert boxes.choose_folder("备份到") == tmp_path / "客户.xlsx"
    for name in ("askopenfilename", "asksaveasfilename", "askdirectory"):
        monkeypatch.setattr(filedialog, name, lambda **options: ())
    assert boxes.choose_open_file("导入") is None


def test_the_recording_fake_has_every_verb(dialogs):
    verbs = {name for name in vars(Dialogs) if not name.startswith("_")}
    assert verbs <= set(dir(dialogs))
    dialogs.answers = [True, Path("a.xlsx")]
    assert dialogs.ask_yes_no("要删除吗？") is True
    assert dialogs.choose_open_file("导入") == Path("a.xlsx")
    assert dialogs.asked == [("yes_no", "要删除吗？"), ("open", "导入")]


def test_answers_stand_below_each_other_where_the_screen_is_narrow(root, monkeypatch):
    """And beside each other where there is room; the arrows go through them either way."""
    choices = [(str(number), f"第 {number} 个长一些的答案") for number in range(5)]
    places = {}
    for width in (800, 2500):
        monkeypatch.setattr(_Box, "winfo_screenwidth", lambda box, width=width: width)
        box = _Box(root, "question", "请选择", "哪一个？", "")
        box.add_answers(choices, "0")
        box.show(wait=False)
        root.update()
        places[width] = [(each.winfo_x(), each.winfo_y()) for each in box._row.winfo_children()]
        assert box._row.winfo_reqwidth() < width
        box.close()
    assert len({x for x, _ in places[800]}) == 1 and len({y for _, y in places[2500]}) == 1
    assert places[800] == sorted(places[800], key=lambda place: place[1])
    assert places[2500] == sorted(places[2500])
