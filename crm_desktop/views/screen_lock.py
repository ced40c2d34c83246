"""锁定屏幕: covers everything until the operator's password is given again; work in the background goes on."""

import logging
from collections.abc import Callable
from contextlib import suppress
from tkinter import TclError
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError
from crm_desktop.views.desk import Desk
from crm_desktop.views.hidden_windows import HiddenWindows, focused
from crm_desktop.views.keys import bind_key, descendants, enter_moves_focus
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.text_inputs import PasswordInput

NOTE = "输入密码继续；没有保存的内容还在。"
CHECKING = "正在核对密码…"
EMPTY = "请填写密码。"
LOST = "更换操作员会关闭打开的界面，其中没有保存的内容会丢失。"
BACKWARDS = ("<Shift-Tab>", "<ISO_Left_Tab>")
GUARD_MILLISECONDS = 100


class ScreenLock:
    """``lock`` covers the window; it opens again by itself."""

    def __init__(self, desk: Desk, menu: Callable[[], Any], on_unlocked: Callable[[], Any]) -> None:
        self._desk, self._menu, self._on_unlocked = desk, menu, on_unlocked
        self._hidden = HiddenWindows(desk.root, self._take_input)
        self._timer = ""
        self.cover: Cover | None = None

    @property
    def is_locked(self) -> bool:
        return self.cover is not None

    def lock(self) -> None:
        """Cover the window, its menu and all windows in front of it."""
        root = self._desk.root
        if self.is_locked:
            return
        close_menus(root)
        self._hidden.hide()
        root.configure(menu="")
        self.cover = Cover(root, self._desk, self._unlock, self._change_operator)
        self.cover.place(x=0, y=0, relwidth=1, relheight=1)
        self.cover.lift()
        root.update_idletasks()
        self._guard()
        self._log(is_locked=True)

    def end(self) -> None:
        """The session is over: what was covered is closed."""
        if self.is_locked:
            self._uncover()
            self._hidden.discard()

    def _unlock(self) -> None:
        self._uncover()
        self._desk.root.configure(menu=self._menu())
        self._hidden.bring_back()
        self._on_unlocked()
        self._log(is_locked=False)

    def _log(self, *, is_locked: bool) -> None:
        """Behind whatever is being written; a line that cannot be written holds nobody up."""
        log_lock = self._desk.office.account.log_lock
        self._desk.run(lambda job: log_lock(is_locked), on_error=_not_logged, is_saving=True)

    def _uncover(self) -> None:
        assert self.cover is not None
        self._desk.root.after_cancel(self._timer)
        self.cover.grab_release()
        self.cover.destroy()
        self.cover = None

    def _change_operator(self) -> None:
        """Whoever comes next cannot save the other's work, so they are told what becomes of it."""
        self._hidden.lets_through = True
        may = self._desk.dialogs.ask_yes_no(LOST, yes="更换操作员", no="返回", title="更换操作员", parent=self.cover)
        self._hidden.lets_through = False
        if may and self.is_locked:
            self._desk.sign_out(asks=False)

    def _guard(self) -> None:
        """Again and again: work that ends in the background may take the keyboard for windows nobody sees."""
        self._take_input()
        self._timer = self._desk.root.after(GUARD_MILLISECONDS, self._guard)

    def _take_input(self) -> None:
        cover = self.cover
        if cover is None or self._hidden.lets_through:
            return
        if cover.winfo_viewable() and cover.grab_current() is not cover:
            cover.grab_set()
        if not str(focused(self._desk.root) or "").startswith(str(cover)):
            cover.password.input.control.focus_force()


def _not_logged(error: BaseException) -> None:
    logging.getLogger(__name__).warning("locking or unlocking could not be logged", exc_info=error)


class Cover(ttk.Frame):
    """Who is asked for the password, and the way to another operator."""

    def __init__(
        self, root: ttk.Window, desk: Desk, on_right: Callable[[], Any], on_change: Callable[[], Any]
    ) -> None:
        super().__init__(root, name="lock")
        self._desk, self._on_right = desk, on_right
        box = ttk.Frame(self, bootstyle="bordered", padding=pixels(self, 28))
        box.place(relx=0.5, rely=0.45, anchor="center")
        ttk.Label(box, text="屏幕已锁定", style="Title.TLabel").pack(anchor="w")
        ttk.Label(box, text=f"操作员：{desk.office.operator.full_name}", style="Muted.TLabel").pack(anchor="w")
        form = ttk.Frame(box)
        form.pack(fill="x", pady=(pixels(self, 14), 0))
        form.columnconfigure(1, weight=1, minsize=pixels(self, 280))
        self.password = LabeledField(form, "密码", PasswordInput).grid(0)
        self.note = ttk.Label(box, text=NOTE, style="Muted.TLabel", name="note")
        self.note.pack(anchor="w", pady=(pixels(self, 8), 0))
        row = ttk.Frame(box)
        row.pack(fill="x", pady=(pixels(self, 16), 0))
        other = ttk.Button(row, text="更换操作员", bootstyle="outline", command=on_change, name="other")
        other.pack(side="left")
        self.button = ttk.Button(row, text="解锁", bootstyle="primary", command=self.submit, name="submit", width=10)
        self.button.pack(side="right")
        self.button.lower(other)  # Tab goes from the password to 解锁 first
        bind_key(self.button, "enter", self.submit)
        bind_key(other, "enter", on_change)
        enter_moves_focus(form, self.button)
        bind_key(self.password.input.control, "enter", self.submit)
        self._keep_keys(other)

    def _keep_keys(self, last: ttk.Button) -> None:
        """The keys of the window below, F2 or Esc, must not reach it, and Tab goes round on the cover."""
        bind_key(last, "<Tab>", self.password.focus)
        for sequence in BACKWARDS if self.tk.call("tk", "windowingsystem") == "x11" else BACKWARDS[:1]:
            bind_key(self.password.input.control, sequence, last.focus_set)
        window = str(self.winfo_toplevel())
        for widget in (self, *descendants(self)):
            widget.bindtags(tuple(tag for tag in widget.bindtags() if tag != window))

    def submit(self) -> None:
        """Check the password in a reader's thread: a long import must not keep the operator out."""
        typed = self.password.get()
        self.password.set_error(None if typed else EMPTY)
        if not typed or self.button.instate(["disabled"]):
            return
        self._wait(True)
        verify = self._desk.office.account.verify_password
        self._desk.run(lambda job: verify(typed), lambda done: self._on_right(), on_error=self._refused, owner=self)

    def _wait(self, is_waiting: bool) -> None:
        self.button.configure(state="disabled" if is_waiting else "normal")
        self.note.configure(text=CHECKING if is_waiting else NOTE)

    def _refused(self, error: BaseException) -> None:
        self._wait(False)
        if not isinstance(error, CrmError):
            raise error
        self.password.set("")
        self.password.set_error(str(error))
        self.password.focus()


def close_menus(root: ttk.Window) -> None:
    """An open menu would stay in front of everything and keep the input for itself."""
    with suppress(TclError):  # none is open
        root.tk.call("tk::MenuUnpost", "")
