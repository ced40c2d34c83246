"""邮件设置…: which mailbox, its 授权码, and 测试连接, which says what is wrong."""

from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.errors import CrmError, ValidationError
from crm_desktop.models.mail import PRESETS, SECURITIES, Preset, preset_for, preset_of
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.keys import bind_key
from crm_desktop.views.mail.runner import NOT_KEPT
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.modal import centre_on
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.text_inputs import NumberInput, PasswordInput, TextInput

KNOWN = "已保存，要换才填"
TYPED = ("host", "port", "security", "user", "sender_name", "sender_address")
WIDTH = 460


def set_up_mail(desk: Desk, parent: Misc) -> bool:
    """Show the form; True when it was saved."""
    form = ServerForm(parent, desk)
    if form.ask() is None:
        return False
    if form.is_password_lost_at_exit:
        desk.dialogs.show_message(NOT_KEPT, title="邮箱授权码", parent=parent)
    desk.say("邮件设置已保存。")
    return True


class ServerForm(SmallForm):
    """Who may not change the server still keeps the 授权码 of this account here."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, desk.background, "邮件设置", self._take)
        self._desk = desk
        self._may_change = desk.office.may("mail", "update")
        self.is_password_lost_at_exit = False
        server = desk.office.mail_setup.server()
        boxes = [PickItem(each.name, each.name) for each in PRESETS]
        securities = [PickItem(each, each) for each in SECURITIES]
        first = server.preset.name if server.host else PRESETS[0].name
        self.add("preset", "邮箱", lambda body: ChoiceInput(body, boxes, width=20), first)
        self.add("sender_address", "发件地址", lambda body: TextInput(body, width=34), server.sender_address)
        self.add("password", "授权码", PasswordInput)
        self.add("sender_name", "发件人名称", TextInput, server.sender_name or desk.office.company.profile()["name"])
        self.add("host", "服务器", lambda body: TextInput(body, width=34), server.host)
        self.add("port", "端口", lambda body: NumberInput(body, width=8), str(server.port))
        self.add("security", "加密方式", lambda body: ChoiceInput(body, securities, width=12), server.security)
        self.add("user", "用户名", TextInput, server.user)
        self._add_test()
        self._begin(bool(server.host))

    def _begin(self, is_set_up: bool) -> None:
        fields = self.fields
        if self._desk.office.mail_setup.has_password() and fields["user"].get():
            fields["password"].input.suggest(KNOWN)
        if not is_set_up:
            self._take_preset(PRESETS[0])
        for name in ("preset", *TYPED):
            fields[name].set_readonly(not self._may_change)
        fields["preset"].input.bind(INPUT_CHANGED, lambda event: self._chosen(), add="+")
        fields["sender_address"].input.control.bind("<FocusOut>", lambda event: self._address_typed(), add="+")
        self._say_note()

    def _add_test(self) -> None:
        gap = pixels(self, 8)
        self.answer = ttk.Label(self.body, name="answer", wraplength=pixels(self, WIDTH))
        self.answer.pack(side="bottom", anchor="w", pady=(gap, 0))
        self.test_button = ttk.Button(
            self.button.master, text="测试连接 F5", bootstyle="outline", command=self.test, name="test"
        )
        self.test_button.pack(side="left")
        self.test_button.lower()
        bind_key(self.test_button, "enter", self.test)
        bind_key(self, "refresh", self.test)

    # -- the mailbox -----------------------------------------------------------------------------------------------

    @property
    def preset(self) -> Preset:
        """The mailbox that is chosen."""
        name = self.fields["preset"].get()
        return next((each for each in PRESETS if each.name == name), PRESETS[-1])

    def _chosen(self) -> None:
        if self.fields["preset"].get():
            self._take_preset(self.preset)

    def _take_preset(self, preset: Preset) -> None:
        """Its server, port and way of encrypting; for any other server what stands there is kept to be changed."""
        if preset.host:
            for name, value in (("host", preset.host), ("port", str(preset.port)), ("security", preset.security)):
                self.fields[name].set(value)
        elif preset_of(self.fields["host"].get()).host:
            self.fields["host"].set("")
        self._say_note()

    def _address_typed(self) -> None:
        """The address tells the mailbox, and nearly always the user."""
        address = self.fields["sender_address"].get().strip()
        if not self._may_change or "@" not in address:
            return
        if not self.fields["user"].get():
            self.fields["user"].set(address)
        preset = preset_for(address)
        if preset is not None and preset is not self.preset:
            self.fields["preset"].set(preset.name)
            self._take_preset(preset)

    def _say_note(self) -> None:
        self.fields["password"].set_hint(self.preset.note)
        if self.winfo_viewable():
            centre_on(self, self._parent)  # the sentence may need another line

    # -- trying and saving -----------------------------------------------------------------------------------------

    def test(self) -> None:
        """Connect with what stands in the form; nothing is saved or sent."""
        self._address_typed()
        for field in self.fields.values():
            field.set_error(None)
        values = {name: self.fields[name].get() for name in TYPED}
        password = self.fields["password"].get()
        self._answer("正在连接…", "Muted.TLabel")
        self.test_button.configure(state="disabled")
        test = self._desk.office.mail_setup.test
        self._desk.run(
            lambda job: test(values, password, lambda: job.is_forgotten), lambda said: self._answer(said, "TLabel"),
            on_error=self._not_connected, owner=self,
        )  # fmt: skip

    def _answer(self, said: str, style: str) -> None:
        """What a refusal repeats stands there once: a low screen has no room for it twice."""
        self.answer.configure(text=said, style=style)
        self.fields["password"].set_hint("" if self.preset.note in said else self.preset.note)
        self.test_button.configure(state="normal")
        centre_on(self, self._parent)

    def _not_connected(self, error: BaseException) -> None:
        if isinstance(error, ValidationError):
            self._answer("", "TLabel")
            self._show_errors(error.fields)
        elif isinstance(error, CrmError):
            self._answer(str(error), "Error.TLabel")
        else:
            self._answer("", "TLabel")
            raise error

    def _show_errors(self, errors: dict[str, str]) -> None:
        """In place of the sentence on the 授权码, which comes back: on a low screen the buttons need its room."""
        self.fields["password"].set_hint(None)
        super()._show_errors(errors)
        centre_on(self, self._parent)

    def submit(self) -> None:
        self._address_typed()
        self._answer("", "TLabel")
        super().submit()

    def _take(self, values: dict[str, Any]) -> bool:
        """In a worker; the server first, because the 授权码 is kept under its name."""
        setup = self._desk.office.mail_setup
        if self._may_change:
            setup.set_server({name: values[name] for name in TYPED})
        if values["password"]:
            self.is_password_lost_at_exit = not setup.set_password(values["password"])
        return True
