"""The sign-in page: who works here now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ttkbootstrap as ttk

from crm_desktop.errors import SignInError
from crm_desktop.views.background import Background, Job
from crm_desktop.views.keys import bind_key, enter_moves_focus
from crm_desktop.views.line_starts import break_lines
from crm_desktop.views.theme import SMALL_FONT, pixels
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.text_inputs import PasswordInput, TextInput

if TYPE_CHECKING:
    from crm_desktop.controllers import Office
    from crm_desktop.views.passwords import Recover

RECOVERED = "密码已重设，请用新密码登录。"
NOTE_WIDTH = 340


@dataclass(frozen=True)
class Door:
    """What the page needs of the application: how to come in, and the other ways out."""

    sign_in: "Callable[[str, str, Job], Office]"
    on_signed_in: "Callable[[Office], Any]"
    recover: "Recover"
    choose_other: Callable[[], Any]
    found_other: Callable[[], Any]
    show_code: Callable[[str], Any]
    """Show the recovery code that takes the place of a used one."""


class SignInPage(ttk.Frame):
    """Asks for operator and password; ``note`` tells a sample's password."""

    def __init__(
        self, root: ttk.Window, background: Background, company: str, door: Door, *, operator: str = "", note: str = ""
    ) -> None:
        super().__init__(root, name="sign_in")
        self._background = background
        self._door = door
        box = ttk.Frame(self, bootstyle="bordered", padding=pixels(self, 28))
        box.place(relx=0.5, rely=0.45, anchor="center")
        ttk.Label(box, text="客户管理系统", style="Title.TLabel").pack(anchor="w")
        ttk.Label(box, text=company, style="Muted.TLabel", name="company").pack(
            anchor="w", pady=(pixels(self, 2), pixels(self, 14))
        )
        form = ttk.Frame(box)
        form.pack(fill="x")
        form.columnconfigure(1, weight=1, minsize=pixels(self, 300))
        self.operator = LabeledField(form, "操作员", lambda p: TextInput(p, max_length=30)).grid(0)
        self.password = LabeledField(form, "密码", PasswordInput).grid(1)
        self.note = ttk.Label(box, style="Hint.TLabel", padding=pixels(self, 8), name="note")
        self.note.configure(wraplength=pixels(self, NOTE_WIDTH))
        self._row = ttk.Frame(box)
        self._row.pack(fill="x", pady=(pixels(self, 16), 0))
        self._add_buttons(box)
        self.tell(note)
        enter_moves_focus(form, self.button)
        self.operator.set(operator)
        (self.password if operator else self.operator).focus()

    def _add_buttons(self, box: ttk.Frame) -> None:
        self.button = ttk.Button(
            self._row, text="登录", bootstyle="primary", command=self.submit, name="submit", width=10
        )
        self.button.pack(side="right")
        bind_key(self.button, "enter", self.submit)
        self._add_link(self._row, "recover", "忘记管理员密码…", self.recover)
        ttk.Separator(box).pack(fill="x", pady=pixels(self, 14))
        others = ttk.Frame(box, name="others")
        others.pack(fill="x")
        self._add_link(others, "other", "打开其他数据库…", self._door.choose_other)
        self._add_link(others, "found", "新建数据库…", self._door.found_other)

    def _add_link(self, row: ttk.Frame, name: str, text: str, command: Callable[[], Any]) -> None:
        link = ttk.Button(row, text=text, bootstyle="primary link", command=command, name=name, padding=0)
        link.pack(side="left", padx=(0, pixels(self, 16)))
        bind_key(link, "enter", command)

    def tell(self, note: str) -> None:
        """Show a yellow line above the button; "" takes it away."""
        self.note.configure(text=break_lines(note, pixels(self, NOTE_WIDTH), SMALL_FONT))
        if note:
            self.note.pack(fill="x", pady=(pixels(self, 10), 0), before=self._row)
        else:
            self.note.pack_forget()

    def submit(self) -> None:
        """Try to sign in; the answer comes from the background because a password check takes a moment."""
        name, password = self.operator.get().strip(), self.password.get()
        self.operator.set_error(None if name else "请填写操作员。")
        self.password.set_error(None if password else "请填写密码。")
        if not name or not password:
            (self.password if name else self.operator).focus()
            return
        self.button.configure(state="disabled")
        self._background.run_in_background(
            lambda job: self._door.sign_in(name, password, job),
            self._door.on_signed_in,
            self._refused,
            owner=self,
            title="正在登录…",
            is_saving=True,
            on_cancelled=self._stay,
        )

    def recover(self) -> None:
        """管理员密码找回, with the code that was shown when the office was founded."""
        from crm_desktop.views.passwords import recover_password  # late: few forget, and forms are much to load

        recovered = recover_password(self, self._background, self.operator.get().strip(), self._door.recover)
        if recovered is not None:
            operator, code = recovered
            self._door.show_code(code)
            self.tell(RECOVERED)
            self.operator.set(operator)
            self.password.set("")
            self.password.focus()

    def _stay(self) -> None:
        self.button.configure(state="normal")
        self.password.focus()

    def _refused(self, error: BaseException) -> None:
        self.button.configure(state="normal")
        if not isinstance(error, SignInError):
            raise error
        self.password.set_error(str(error))
        self.password.focus()
