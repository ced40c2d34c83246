"""密码修改 and 管理员密码找回: the two small windows in which a password is set."""

from collections.abc import Callable
from tkinter import Misc
from typing import Any

from crm_desktop.errors import ValidationError
from crm_desktop.views.background import Background
from crm_desktop.views.desk import Desk
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.widgets.text_inputs import PasswordInput, TextInput

RULE = "密码至少6位，不能与操作员名相同，也不能是123456这样容易猜到的。"
MUST_CHANGE = "您的密码是别人设置的，请改成只有自己知道的密码。"
RECOVER = "找回码是建立数据库时显示的16位字母和数字。用它可以重设管理员的密码，并会记入系统日志。"

Recover = Callable[[str, str, str], Any]
"""(recovery code, administrator, new password)."""


def change_password(desk: Desk, parent: Misc, *, is_forced: bool = False) -> bool:
    """Ask for the old password and the new one twice; True when it was changed."""

    def save(values: dict[str, Any]) -> bool:
        refuse_different(values)
        desk.office.operators.change_password(values["old"], values["password"])
        return True

    note = f"{MUST_CHANGE}\n{RULE}" if is_forced else RULE
    form = SmallForm(parent, desk.background, "密码修改", save, note=note)
    form.add("old", "原密码", PasswordInput, is_required=True)
    add_new_password(form)
    is_changed = bool(form.ask())
    if is_changed:
        desk.say("密码已修改，下次登录请用新密码。")
    return is_changed


def recover_password(parent: Misc, background: Background, operator: str, recover: Recover) -> str | None:
    """Ask for the recovery code and a new password; the administrator's name, None when cancelled."""

    def save(values: dict[str, Any]) -> str:
        refuse_different(values)
        name = str(values["operator"]).strip()
        recover(values["code"], name, values["password"])
        return name

    form = SmallForm(parent, background, "管理员密码找回", save, save_label="重设密码", note=RECOVER)
    form.add("code", "找回码", lambda p: TextInput(p, max_length=30), is_required=True)
    form.add("operator", "管理员", lambda p: TextInput(p, max_length=30), operator, is_required=True)
    add_new_password(form)
    name: str | None = form.ask()
    return name


def add_new_password(form: SmallForm) -> None:
    form.add("password", "新密码", PasswordInput, is_required=True)
    form.add("again", "再输一次", PasswordInput, is_required=True)


def refuse_different(values: dict[str, Any]) -> None:
    if values["password"] != values["again"]:
        raise ValidationError({"again": "两次输入的新密码不一样。"})
