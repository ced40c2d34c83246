"""Every key of the program in one table, and the one function that binds them."""

from collections.abc import Callable
from dataclasses import dataclass
from tkinter import Event, Misc, TclError, Text, Tk
from typing import Any

from crm_desktop.views.listening import bind_tag

IME_KEYCODE = 229
"""Windows reports this while an input method is composing: the key belongs to the candidate window."""


@dataclass(frozen=True)
class Key:
    """``sequences`` are Tk's names; ``label`` is what stands on buttons and menus."""

    id: str
    sequences: tuple[str, ...]
    label: str
    meaning: str


def _key(id: str, label: str, meaning: str, *sequences: str) -> tuple[str, Key]:
    return id, Key(id, sequences, label, meaning)


KEYS: dict[str, Key] = dict(
    (
        _key("lock", "Ctrl+L", "锁定屏幕", "<Control-l>", "<Control-L>"),
        _key("change_operator", "Ctrl+Shift+L", "更换操作员", "<Control-Shift-l>", "<Control-Shift-L>"),
        _key("help", "F1", "帮助", "<F1>"),
        _key("new", "F2", "新增", "<F2>"),
        _key("find", "F3", "查询", "<F3>"),
        _key("edit", "F4", "修改", "<F4>"),
        _key("refresh", "F5", "刷新", "<F5>"),
        _key("choose", "F7", "参照（打开可选列表、日历）", "<F7>"),
        _key("save", "F8", "保存", "<F8>", "<Control-s>", "<Control-S>"),
        _key("print", "F9", "打印", "<F9>", "<Control-p>", "<Control-P>"),
        _key("calculator", "F11", "计算器", "<F11>"),
        _key("export", "F12", "导出；日程：导出日历", "<F12>"),
        _key("search", "Ctrl+F", "快速查找", "<Control-f>", "<Control-F>"),
        _key("delete", "Ctrl+Delete", "删除", "<Control-Delete>", "<Control-KP_Delete>"),
        _key("close", "Esc", "关闭", "<Escape>"),
        _key("close_tab", "Ctrl+W", "关闭当前页", "<Control-w>", "<Control-W>"),
        _key("next_tab", "Ctrl+Tab", "下一页", "<Control-Tab>"),
        _key("previous_tab", "Ctrl+Shift+Tab", "上一页", "<Control-Shift-Tab>", "<Control-ISO_Left_Tab>"),
        _key("previous_record", "Ctrl+PageUp", "上一条", "<Control-Prior>"),
        _key("next_record", "Ctrl+PageDown", "下一条", "<Control-Next>"),
        _key("copy_record", "F6", "复制新增", "<F6>"),
        _key("step", "Ctrl+B", "办理（反馈、投诉的下一步），跟进、备忘完成", "<Control-b>", "<Control-B>"),
        _key("details", "Alt+Enter", "详情", "<Alt-Return>", "<Alt-KP_Enter>"),
        _key("item_1", "Alt+1",
             "呼叫中心：来电；今日工作：登记往来；写邮件：收件人；发送邮件：继续发送；"
             "客户详情：添加第 1 种记录；操作员：停用、启用；批量录入：换内容", "<Alt-Key-1>"),
        _key("item_2", "Alt+2",
             "呼叫中心：去电；今日工作：推迟；写邮件：模板；发送邮件：暂停；"
             "客户详情：添加第 2 种记录；操作员：重设密码；批量录入：全部载入", "<Alt-Key-2>"),
        _key("item_3", "Alt+3",
             "呼叫中心：未接；写邮件：合并项；发送邮件：重试失败；"
             "客户详情：添加第 3 种记录；操作员：解锁", "<Alt-Key-3>"),
        _key("item_4", "Alt+4",
             "呼叫中心：新联系人；写邮件：去掉附件；发送邮件：重发；"
             "客户详情：添加第 4 种记录；操作员：移交", "<Alt-Key-4>"),
        _key("item_5", "Alt+5",
             "呼叫中心：新投诉；写邮件：存为模板；发送邮件：已发出；"
             "客户详情：添加第 5 种记录；操作员：额外权限", "<Alt-Key-5>"),
        _key("item_6", "Alt+6",
             "呼叫中心：新反馈；发送邮件：取消其余；客户详情：添加第 6 种记录", "<Alt-Key-6>"),
        _key("dial", "Alt+0", "呼叫中心、今日工作：拨号", "<Alt-Key-0>"),
        _key("attachments", "Alt+A", "附件", "<Alt-a>", "<Alt-A>"),
        _key("mail", "Alt+M", "写邮件：给列表里选中的、查询到的、正在看的客户或联系人", "<Alt-m>", "<Alt-M>"),
        _key("paper", "Alt+P", "打印处理单、档案卡；区号邮编查询：打印本省", "<Alt-p>", "<Alt-P>"),
        _key("history", "Alt+R", "修改记录", "<Alt-r>", "<Alt-R>"),
        _key("apart", "Alt+U", "查重：不是重复，取消标记", "<Alt-u>", "<Alt-U>"),
        _key("read_address", "Alt+V", "地址识别；客户信息：粘贴新增", "<Alt-v>", "<Alt-V>"),
        _key("fill_down", "Ctrl+D", "批量录入：向下填充", "<Control-d>", "<Control-D>"),
        _key("next_fault", "Alt+E", "批量录入：下一处错误", "<Alt-e>", "<Alt-E>"),
        _key("next_step", "Alt+N", "下一步（导入）", "<Alt-n>", "<Alt-N>"),
        _key("enter", "Enter", "下一栏，在列表中打开记录", "<Return>", "<KP_Enter>"),
        _key("enter_back", "Shift+Enter", "上一栏", "<Shift-Return>", "<Shift-KP_Enter>"),
        _key("new_line", "Ctrl+Enter", "在多行备注中换行", "<Control-Return>", "<Control-KP_Enter>"),
        _key("back", "Alt+←", "使用帮助：回到刚才看的一页", "<Alt-Left>"),
        _key("copy", "Ctrl+C", "复制所选行（可粘贴到 Excel）", "<Control-c>", "<Control-C>"),
        _key("select_all", "Ctrl+A", "全选", "<Control-a>", "<Control-A>"),
    )
)  # fmt: skip

ALSO = {"save": "Ctrl+S", "print": "Ctrl+P"}
"""Second keys, for 帮助 → 快捷键; buttons show the first."""

KEYS_NOTE = "按钮上写着它的键；同一个键在不同的界面做类似的事。菜单帮助信息里的“快捷键”是同一张表。"


def key_help() -> list[tuple[str, str]]:
    """(keys, meaning) of the whole table, for 帮助 → 快捷键."""
    return [(f"{key.label} 或 {ALSO[id]}" if id in ALSO else key.label, key.meaning) for id, key in KEYS.items()]


def keys_page() -> str:
    """The page 快捷键 of the manual, in its Markdown; docs/manual/keys.md is this text."""
    lines = [f"- {'、'.join(f'`{each}`' for each in keys.split(' 或 '))} {meaning}" for keys, meaning in key_help()]
    return "\n".join(("# 快捷键", "", KEYS_NOTE, "", *lines, ""))


def is_composing(event: Event) -> bool:
    """Whether the key belongs to an input method that has not committed yet."""
    return getattr(event, "keycode", None) == IME_KEYCODE


def bind_key(widget: Misc, key: str, handler: Callable[[], Any]) -> None:
    """Call ``handler`` when a key of ``KEYS`` (or a Tk sequence) is pressed in ``widget``.

    Nothing else then sees the key, unless the handler returns False. Keys of an input method are left alone.
    """
    for sequence in sequences(key):
        widget.bind(sequence, lambda event: press(event, handler))


def press(event: Event, handler: Callable[[], Any]) -> str | None:
    """What a bound key does."""
    if is_composing(event) or handler() is False:
        return None
    return "break"


def unbind_key(widget: Misc, key: str) -> None:
    """Take back what ``bind_key`` did."""
    for sequence in sequences(key):
        widget.unbind(sequence)


def sequences(key: str) -> tuple[str, ...]:
    return KEYS[key].sequences if key in KEYS else (key,)


def tame_defaults(root: Tk) -> None:
    """Free the keys that Tk's own widgets use otherwise, and give buttons the space bar back."""
    for event in (
        "<<NextChar>>",
        "<<PrevChar>>",
        "<<NextLine>>",
        "<<PrevLine>>",
        "<<LineStart>>",
        "<<LineEnd>>",
    ):
        for letter in "fbnpae":
            root.event_delete(event, f"<Control-Key-{letter}>")
    root.bind_class("Text", "<Control-Key-o>", "break")
    root.unbind_class("Text", "<Control-Tab>")
    root.unbind_class("Text", "<Control-Shift-Tab>")
    root.tk.call("bind", "TButton", "<Key-space>", "ttk::button::activate %W")


def enter_moves_focus(container: Misc, save_button: Misc | None = None) -> None:
    """Enter goes from field to field of ``container`` and from the last one to ``save_button``; Shift+Enter
    goes back.

    Call it again after adding fields. Read-only and hidden fields are passed over; buttons keep Enter for
    themselves. In multi-line text Ctrl+Enter inserts the new line.
    """
    tag = f"EnterMoves{container}"
    for sequence in sequences("enter"):
        bind_tag(container, tag, sequence, lambda event: _step(event, container, 1, save_button))
    for sequence in sequences("enter_back"):
        bind_tag(container, tag, sequence, lambda event: _step(event, container, -1, save_button))
    for sequence in sequences("new_line"):
        bind_tag(container, tag, sequence, _insert_new_line)
    for widget in descendants(container):
        if not _is_button(widget) and tag not in widget.bindtags():
            own, *rest = widget.bindtags()
            widget.bindtags((own, tag, *rest))


def next_field(container: Misc, current: Misc, step: int = 1) -> Misc | None:
    """The field after (or before) ``current`` in ``container``, None past the end."""
    fields = [widget for widget in descendants(container) if widget is current or is_field(widget)]
    place = fields.index(current) + step
    return fields[place] if 0 <= place < len(fields) else None


def first_field(container: Misc) -> Misc | None:
    """The first field that can be typed into."""
    return next((widget for widget in descendants(container) if is_field(widget)), None)


def is_field(widget: Misc) -> bool:
    """Whether the focus may stop here on its way through a form."""
    if _is_button(widget) or not widget.winfo_viewable() or widget.winfo_class() in _NOT_FIELDS:
        return False
    try:
        wanted = str(widget.cget("takefocus"))
        enabled = str(widget.cget("state")) != "disabled"
    except TclError:
        return False
    return enabled and wanted != "0"


_NOT_FIELDS = ("TFrame", "TLabel", "Frame", "Label", "TScrollbar", "Scrollbar", "Canvas", "Menu", "Toplevel")


def _is_button(widget: Misc) -> bool:
    return widget.winfo_class() in ("TButton", "Button", "TMenubutton")


def descendants(container: Misc) -> list[Misc]:
    """Every widget inside, in the order of making, without those of other windows."""
    found: list[Misc] = []
    for child in container.winfo_children():
        if child.winfo_class() not in ("Toplevel", "Menu"):
            found.append(child)
            found.extend(descendants(child))
    return found


def _step(event: Event, container: Misc, step: int, save_button: Misc | None) -> str | None:
    if is_composing(event):
        return None
    target = next_field(container, event.widget, step)
    if target is None and step > 0:
        target = save_button
    if target is not None:
        focus_and_select(target)
    return "break"


def focus_and_select(widget: Misc) -> None:
    """Move the focus as Tab does: the text of an entry is selected, ready to be typed over."""
    widget.focus_set()
    if widget.winfo_class() in ("TEntry", "TCombobox", "TSpinbox"):
        widget.tk.call(widget, "selection", "range", 0, "end")
        widget.tk.call(widget, "icursor", "end")


def _insert_new_line(event: Event) -> str | None:
    if is_composing(event) or not isinstance(event.widget, Text):
        return None
    if str(event.widget.cget("state")) == "normal":
        event.widget.insert("insert", "\n")
        event.widget.see("insert")
    return "break"
