"""备份计划…: where to, when, how many are kept, and whether encrypted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tkinter import Misc
from typing import Any

from crm_desktop.controllers.backups import BackupPlan
from crm_desktop.errors import ValidationError
from crm_desktop.views.backups.folder_list import FolderList
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.passwords import refuse_different
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.input import Input
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.modal import centre_on
from crm_desktop.views.widgets.text_inputs import FlagInput, NumberInput, PasswordInput

NOTE = "至少选一个U盘或另一块硬盘：同一块硬盘上的备份会和数据库一起丢失。"
FLAGS = {
    "daily": ("自动备份", "每天登录后"),
    "on_exit": ("", "退出程序时"),
    "before_risky": ("", "导入、清理之前"),
    "is_encrypted": ("加密", "给备份文件加密"),
}
NUMBERS = {"keep_daily": "保留每日", "keep_weekly": "每周", "keep_monthly": "每月"}
LOST_PASSWORD = "请把密码抄下来另外保管：忘了密码，加密的备份谁也打不开。"
KNOWN = "已保存，要换才填"
KEPT_IN = "密码保存在这台电脑当前系统账号的密码库里，不写入数据库和备份。"
NOT_KEPT = "这里没有可用的密码库，密码只记到程序退出为止。下次启动后要重新输入，否则不能自动备份。"


def edit_plan(desk: Desk, parent: Misc) -> bool:
    """Ask for the plan; True when it was taken over."""
    backups = desk.office.backups
    plan = backups.plan()
    form = PlanForm(parent, desk, plan, backups.has_password())
    saved = form.ask()
    if saved is None:
        return False
    if form.is_password_lost_at_exit:
        desk.dialogs.show_message(NOT_KEPT, title="备份密码", parent=parent)
    desk.say("备份计划已保存。")
    return True


class PlanForm(SmallForm):
    """The fields of BackupPlan, and the password twice."""

    def __init__(self, parent: Misc, desk: Desk, plan: BackupPlan, has_password: bool) -> None:
        super().__init__(parent, desk.background, "备份计划", self._take, note=NOTE)
        self.body.nametowidget("note").configure(wraplength=pixels(self, 540))
        self._desk = desk
        self._plan = plan
        self._has_password = has_password
        self.is_password_lost_at_exit = False
        self.form.columnconfigure((1, 3, 5), weight=1, minsize=pixels(self, 110))
        self._place("targets", "备份位置", lambda p: FolderList(p, self._choose), plan.targets, 0, span=3)
        for column, name in enumerate(("daily", "on_exit", "before_risky")):
            self._place_flag(name, 1, column)
        for column, (name, label) in enumerate(NUMBERS.items()):
            self._place(name, label, lambda p: NumberInput(p, width=5), str(getattr(plan, name)), 2, column)
        self._place_flag("is_encrypted", 3, 0, span=3)
        self._place("password", "备份密码", PasswordInput, "", 4, 0, span=3)
        self._place("again", "再输一次", PasswordInput, "", 5, 0, span=3)
        if has_password:
            self.fields["password"].input.suggest(KNOWN)
        self.fields["is_encrypted"].input.bind(INPUT_CHANGED, lambda event: self._show_password(), add="+")
        self._show_password()

    def _place(
        self, name: str, label: str, make: Callable[[Misc], Input], value: Any, row: int, column: int = 0, span: int = 1
    ) -> None:
        """Three short fields stand in one row: the form must fit the screen at 150 %."""
        field = LabeledField(self.form, label, make, note="份" if name in NUMBERS else "").grid(row, column, span)
        field.set(value)
        self.fields[name] = field

    def _place_flag(self, name: str, row: int, column: int, span: int = 1) -> None:
        label, caption = FLAGS[name]
        self._place(name, label, lambda p: FlagInput(p, caption=caption), getattr(self._plan, name), row, column, span)

    def _choose(self) -> Path | None:
        folder: Path | None = self._desk.dialogs.choose_folder("备份到哪个文件夹", parent=self)
        return folder

    def _show_password(self) -> None:
        """Grey while nothing is to be encrypted; else the warning stands under it."""
        is_wanted = self.fields["is_encrypted"].get()
        for name in ("password", "again"):
            self.fields[name].set_readonly(not is_wanted)
        self.fields["again"].set_hint(f"{LOST_PASSWORD}{KEPT_IN}" if is_wanted else None)
        if self.winfo_viewable():
            centre_on(self, self._parent)  # it has grown

    def _take(self, values: dict[str, Any]) -> bool:
        """In a worker; the password first, because a plan that encrypts without one makes no backups."""
        backups = self._desk.office.backups
        numbers = {name: _whole(name, values[name].strip()) for name in NUMBERS}
        flags = {name: bool(values[name]) for name in FLAGS}
        password = values["password"] if flags["is_encrypted"] else ""
        if flags["is_encrypted"]:
            refuse_different(values)
            if not password and not self._has_password:
                raise ValidationError({"password": "请设一个备份密码。"})
        if password or (self._has_password and not flags["is_encrypted"]):
            self.is_password_lost_at_exit = not backups.set_password(password)
        backups.set_plan(replace(self._plan, targets=values["targets"], **numbers, **flags))
        return True


def _whole(name: str, typed: str) -> int:
    """A number of backups; ValidationError when it is none."""
    try:
        return int(typed)
    except ValueError:
        raise ValidationError({name: "请填写一个整数。"}) from None
