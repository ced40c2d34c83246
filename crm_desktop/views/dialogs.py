"""Questions, messages and file choices: one object that is passed in, so tests can answer."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import Misc, Toplevel, filedialog
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.logs import lines_of
from crm_desktop.views.keys import bind_key
from crm_desktop.views.line_starts import break_lines
from crm_desktop.views.recovery_code import RecoveryCodeWindow
from crm_desktop.views.theme import BOLD_FONT, pixels
from crm_desktop.views.widgets.modal import ModalWindow
from crm_desktop.views.widgets.text_inputs import PasswordInput, TextInput

FileTypes = Sequence[tuple[str, str]]
UNEXPECTED = "程序遇到了意外的情况，这一步没有完成。"
ADVICE = "您输入的内容仍然保留。再试一次还是这样时，请复制错误信息发给维护人员。"
WIDEST_SHARE = 0.8
"""Of the screen's width, for a row of answers."""
_ICONS = {
    "question": "question-circle",
    "message": "info-circle",
    "error": "x-circle",
    "warning": "exclamation-triangle",
}
_COLORS = {"question": "primary", "message": "primary", "error": "danger", "warning": "warning"}


class Dialogs:
    """All boxes are modal, centred over ``parent`` (default: the window in front), and Esc cancels them."""

    def __init__(self, root: ttk.Window, *, open_log: Callable[[], Any] | None = None) -> None:
        self._root = root
        self._open_log = open_log

    def ask_yes_no(
        self,
        question: str,
        *,
        detail: str = "",
        yes: str = "是",
        no: str = "否",
        default: str = "no",
        title: str = "请确认",
        is_danger: bool = False,
        parent: Misc | None = None,
    ) -> bool:
        """``default`` ("no" or "yes") has the focus: choose the answer that loses nothing."""
        choices = (("yes", yes), ("no", no))
        kind = "warning" if is_danger else "question"
        return self._ask(kind, title, question, detail, choices, default, parent, is_danger) == "yes"

    def ask_choice(
        self,
        question: str,
        choices: Sequence[tuple[str, str]],
        *,
        default: str,
        detail: str = "",
        title: str = "请选择",
        parent: Misc | None = None,
    ) -> str | None:
        """One button for each (id, label); the id pressed, None for Esc."""
        return self._ask("question", title, question, detail, choices, default, parent)

    def show_message(self, text: str, *, detail: str = "", title: str = "提示", parent: Misc | None = None) -> None:
        self._ask("message", title, text, detail, (("ok", "确定"),), "ok", parent)

    def show_recovery_code(self, code: str) -> None:
        """A 管理员找回码 that cannot be seen again afterwards."""
        RecoveryCodeWindow(self._parent(None), code, self.choose_save_file).ask()

    def show_error(self, error: BaseException | str, *, title: str = "没有完成", parent: Misc | None = None) -> None:
        """An expected error shows its sentence; any other a plain one, with 复制错误信息 and 打开日志."""
        if isinstance(error, str | CrmError):
            self._ask("error", title, str(error), "", (("ok", "确定"),), "ok", parent)
            return
        logging.getLogger(__name__).error("unexpected", exc_info=error)
        box = _Box(self._parent(parent), "error", "意外情况", UNEXPECTED, ADVICE)
        report = "\n".join(lines_of(error))
        box.add_tool("复制错误信息", lambda: _copy(self._root, report))
        if self._open_log:
            box.add_tool("打开日志", self._open_log)
        box.add_answers((("ok", "确定"),), "ok")
        box.ask()

    def ask_text(
        self,
        prompt: str,
        *,
        value: str = "",
        title: str = "请输入",
        max_length: int = 60,
        parent: Misc | None = None,
    ) -> str | None:
        """A line of text, None when cancelled."""
        box = _Box(self._parent(parent), "question", title, prompt, "")
        box.add_input(TextInput(box.content, width=36, max_length=max_length), value)
        return box.ask()

    def ask_password(
        self, prompt: str = "请输入您的口令：", *, title: str = "确认身份", parent: Misc | None = None
    ) -> str | None:
        """The password typed, None when cancelled."""
        box = _Box(self._parent(parent), "question", title, prompt, "")
        box.add_input(PasswordInput(box.content, width=30), "")
        return box.ask()

    def choose_open_file(
        self,
        title: str,
        *,
        types: FileTypes = (("所有文件", "*"),),
        folder: Path | None = None,
        parent: Misc | None = None,
    ) -> Path | None:
        options = self._file_options(title, folder, parent)
        return _path(filedialog.askopenfilename(filetypes=list(types), **options))

    def choose_open_files(
        self, title: str, *, types: FileTypes = (("所有文件", "*"),), parent: Misc | None = None
    ) -> list[Path]:
        """Any number of files, none when cancelled."""
        options = self._file_options(title, None, parent)
        return [Path(str(each)) for each in filedialog.askopenfilenames(filetypes=list(types), **options) or ()]

    def choose_save_file(
        self,
        title: str,
        *,
        name: str = "",
        types: FileTypes = (("所有文件", "*"),),
        folder: Path | None = None,
        parent: Misc | None = None,
    ) -> Path | None:
        """The file to write; the extension of the first type is added when none is typed."""
        extension = Path(types[0][1].split()[0]).suffix
        options = self._file_options(title, folder, parent)
        return _path(
            filedialog.asksaveasfilename(filetypes=list(types), initialfile=name, defaultextension=extension, **options)
        )

    def choose_folder(self, title: str, *, folder: Path | None = None, parent: Misc | None = None) -> Path | None:
        return _path(filedialog.askdirectory(mustexist=True, **self._file_options(title, folder, parent)))

    def _ask(
        self,
        kind: str,
        title: str,
        text: str,
        detail: str,
        choices: Sequence[tuple[str, str]],
        default: str,
        parent: Misc | None,
        is_danger: bool = False,
    ) -> str | None:
        box = _Box(self._parent(parent), kind, title, text, detail)
        box.add_answers(choices, default, is_danger=is_danger)
        answer: str | None = box.ask()
        return answer

    def _parent(self, parent: Misc | None) -> Misc:
        if parent is not None:
            return parent.winfo_toplevel()
        windows = [window for window in self._root.winfo_children() if isinstance(window, Toplevel)]
        shown = [window for window in windows if window.winfo_viewable() and not window.overrideredirect()]
        return shown[-1] if shown else self._root

    def _file_options(self, title: str, folder: Path | None, parent: Misc | None) -> dict[str, Any]:
        return {"title": title, "initialdir": str(folder) if folder else None, "parent": self._parent(parent)}


class _Box(ModalWindow):
    """Icon, text, detail, and a row of buttons."""

    def __init__(self, parent: Misc, kind: str, title: str, text: str, detail: str) -> None:
        super().__init__(parent, title, padding=20)
        gap, width = pixels(self, 14), pixels(self, 420)
        ttk.Label(self.body, icon=_ICONS[kind], icon_size=28, bootstyle=_COLORS[kind]).grid(
            row=0, column=0, sticky="n", padx=(0, gap)
        )
        self.content = ttk.Frame(self.body)
        self.content.grid(row=0, column=1, sticky="nw")
        font = BOLD_FONT if detail else "TkDefaultFont"
        said = break_lines(text, width, font)
        ttk.Label(self.content, text=said, wraplength=width, font=font).pack(anchor="w")
        if detail:
            more = break_lines(detail, width)
            ttk.Label(self.content, text=more, wraplength=width).pack(anchor="w", pady=(pixels(self, 6), 0))
        self._row = ttk.Frame(self.body)
        self._row.grid(row=1, column=0, columnspan=2, sticky="ew", pady=(pixels(self, 18), 0))
        self._focus: Misc = self

    def add_tool(self, text: str, command: Callable[[], Any]) -> None:
        """A button on the left that does not close the box."""
        ttk.Button(self._row, text=text, bootstyle="link", command=command).pack(side="left")

    def add_answers(
        self,
        choices: Sequence[tuple[str, str]],
        default: str,
        *,
        is_danger: bool = False,
        on_answer: Callable[[str], Any] | None = None,
    ) -> None:
        """Buttons on the right, in order; ← and → go from one to the next."""
        answer, buttons = on_answer or self._answer, []
        for id, label in choices:
            style = "primary" if id == default else "danger outline" if is_danger else "outline"
            button = ttk.Button(
                self._row, text=label, bootstyle=style, width=max(8, 2 * len(label)),
                command=lambda id=id: answer(id),
            )  # fmt: skip
            buttons.append(button)
            if id == default:
                self._focus = button
        for place, button in enumerate(buttons):
            for back, forward in (("<Left>", "<Right>"), ("<Up>", "<Down>")):
                bind_key(button, back, buttons[place - 1].focus_set)
                bind_key(button, forward, buttons[(place + 1) % len(buttons)].focus_set)
        self._place(buttons)

    def _place(self, buttons: list[ttk.Button]) -> None:
        """Beside each other; below each other where the screen is too narrow for that."""
        gap = pixels(self, 8)
        is_wide = sum(button.winfo_reqwidth() + gap for button in buttons) > self.winfo_screenwidth() * WIDEST_SHARE
        for button in buttons if is_wide else reversed(buttons):
            if is_wide:
                button.pack(fill="x", pady=(0, gap))
            else:
                button.pack(side="right", padx=(gap, 0))
        for button in buttons:
            button.lift()  # Tab follows the order in which they stand

    def add_input(self, field: TextInput, value: str) -> None:
        field.pack(anchor="w", fill="x", pady=(pixels(self, 8), 0))
        field.set(value)

        def take(answer: str = "ok") -> None:
            if answer == "cancel":
                self.cancel()
            elif not field.error:
                self._answer(field.get())

        bind_key(field.control, "enter", take)
        self.add_answers((("ok", "确定"), ("cancel", "取消")), "ok", on_answer=take)
        self._focus = field.control

    def ask(self) -> Any:
        return self.show(self._focus)

    def _answer(self, answer: str) -> None:
        self.result = answer
        self.close()


def _copy(root: Misc, text: str) -> None:
    root.clipboard_clear()
    root.clipboard_append(text)


def _path(chosen: Any) -> Path | None:
    return Path(str(chosen)) if chosen else None
