"""The sign-in page: who works here now."""

from collections.abc import Callable
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers import Office
from crm_desktop.errors import SignInError
from crm_desktop.views.background import Background
from crm_desktop.views.keys import enter_moves_focus
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.text_inputs import PasswordInput, TextInput

SignIn = Callable[[str, str], Office]


class SignInPage(ttk.Frame):
    """Asks for operator and password; ``on_signed_in(office)`` goes on. ``note`` tells a sample's password."""

    def __init__(
        self,
        root: ttk.Window,
        background: Background,
        company: str,
        sign_in: SignIn,
        on_signed_in: Callable[[Office], Any],
        *,
        operator: str = "",
        note: str = "",
        on_other: Callable[[], Any] | None = None,
    ) -> None:
        super().__init__(root, name="sign_in")
        self._background = background
        self._sign_in = sign_in
        self._on_signed_in = on_signed_in
        box = ttk.Frame(self, bootstyle="bordered", padding=pixels(self, 28))
        box.place(relx=0.5, rely=0.45, anchor="center")
        ttk.Label(box, text="客户管理系统", style="Title.TLabel").grid(columnspan=2, sticky="w")
        ttk.Label(box, text=company, style="Muted.TLabel").grid(
            columnspan=2, sticky="w", pady=(pixels(self, 2), pixels(self, 14))
        )
        form = ttk.Frame(box)
        form.grid(columnspan=2, sticky="ew")
        form.columnconfigure(1, weight=1, minsize=pixels(self, 280))
        self.operator = LabeledField(form, "操作员", lambda p: TextInput(p, max_length=30)).grid(0)
        self.password = LabeledField(form, "密码", PasswordInput).grid(1)
        if note:
            ttk.Label(box, text=note, style="Hint.TLabel", padding=pixels(self, 8)).grid(
                columnspan=2, sticky="ew", pady=(pixels(self, 10), 0)
            )
        self._add_buttons(box, on_other)
        enter_moves_focus(form, self.button)
        self.operator.set(operator)
        (self.password if operator else self.operator).focus()

    def _add_buttons(self, box: ttk.Frame, on_other: Callable[[], Any] | None) -> None:
        row = ttk.Frame(box)
        row.grid(columnspan=2, sticky="ew", pady=(pixels(self, 16), 0))
        self.button = ttk.Button(row, text="登录", bootstyle="primary", command=self.submit, name="submit", width=10)
        self.button.pack(side="right")
        self.button.bind("<Return>", lambda event: self.submit())
        self.button.bind("<KP_Enter>", lambda event: self.submit())
        if on_other:
            ttk.Button(row, text="打开其他数据库…", bootstyle="link", command=on_other, name="other").pack(side="left")

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
            lambda job: self._sign_in(name, password), self._on_signed_in, self._refused, owner=self
        )

    def _refused(self, error: BaseException) -> None:
        self.button.configure(state="normal")
        if not isinstance(error, SignInError):
            raise error
        self.password.set_error(str(error))
        self.password.focus()
