"""密码修改, 管理员密码找回, 换新的找回码: the small windows about passwords, and the rule shown while one is typed."""

from collections.abc import Callable
from tkinter import Event, Misc
from typing import Any

from crm_desktop.errors import ValidationError
from crm_desktop.models.password_rule import MINIMUM_LENGTH, problem
from crm_desktop.views.background import Background
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.text_inputs import PasswordInput, TextInput

RULE = "密码至少6位，不能与操作员名相同，也不能是123456这样容易猜到的。"
MUST_CHANGE = "您的密码是别人设置的，请改成只有自己知道的密码。"
RECOVER = "找回码是建立数据库时显示的16位字母和数字。用它可以重设管理员的密码，并会记入系统日志。"

NEW_CODE = "换新以后，原来的找回码不能再用。请输入您的密码。"
DIFFERENT = "与新密码不一样。"
AT_LEAST = f"至少 {MINIMUM_LENGTH} 位"

Recover = Callable[[str, str, str], str]
"""(recovery code, administrator, new password) → the next recovery code."""


def change_password(desk: Desk, parent: Misc, *, is_forced: bool = False) -> bool:
    """Ask for the old password and the new one twice; True when it was changed."""

    def save(values: dict[str, Any]) -> bool:
        refuse_different(values)
        desk.office.operators.change_password(values["old"], values["password"])
        return True

    note = f"{MUST_CHANGE}\n{RULE}" if is_forced else RULE
    form = SmallForm(parent, desk.background, "密码修改", save, note=note)
    form.add("old", "原密码", PasswordInput, is_required=True)
    add_new_password(form, lambda: desk.office.operator.name)
    is_changed = bool(form.ask())
    if is_changed:
        desk.say("密码已修改，下次登录请用新密码。")
    return is_changed


def recover_password(
    parent: Misc, background: Background, operator: str, recover: Recover
) -> tuple[str, str] | None:
    """Ask for the recovery code and a new password; the administrator and the next code, None when cancelled."""

    def save(values: dict[str, Any]) -> tuple[str, str]:
        refuse_different(values)
        name = str(values["operator"]).strip()
        return name, recover(values["code"], name, values["password"])

    form = SmallForm(parent, background, "管理员密码找回", save, save_label="重设密码", note=RECOVER)
    form.add("code", "找回码", lambda p: TextInput(p, max_length=30), is_required=True)
    form.add("operator", "管理员", lambda p: TextInput(p, max_length=30), operator, is_required=True)
    add_new_password(form, form.fields["operator"].get)
    recovered: tuple[str, str] | None = form.ask()
    return recovered


def renew_recovery_code(desk: Desk, parent: Misc) -> None:
    """换新的找回码: an administrator's own password, then the new code, once."""

    def save(values: dict[str, Any]) -> str:
        code: str = desk.office.account.new_recovery_code(values["password"])
        return code

    form = SmallForm(parent, desk.background, "换新的找回码", save, save_label="换新", note=NEW_CODE)
    form.add("password", "密码", PasswordInput, is_required=True)
    code = form.ask()
    if code:
        desk.dialogs.show_recovery_code(code)


def add_new_password(form: SmallForm, name: Callable[[], str] = str) -> None:
    """The new password twice; ``name`` tells whose it will be, which it must not be like."""
    form.add("password", "新密码", PasswordInput, is_required=True)
    form.add("again", "再输一次", PasswordInput, is_required=True)
    watch_new_password(form.fields["password"], form.fields["again"], name)


def watch_new_password(password: LabeledField, again: LabeledField, name: Callable[[], str]) -> None:
    """Say under the fields, while they are typed into, what is not good enough yet."""

    def look(event: Event) -> None:
        typed, repeated = password.get(), again.get()
        password.set_hint(problem(typed, name()) if typed else None)
        again.set_hint(None if typed.startswith(repeated) else DIFFERENT)

    password.input.suggest(AT_LEAST)
    for field in (password, again):
        field.input.bind(INPUT_CHANGED, look, add="+")


def refuse_different(values: dict[str, Any]) -> None:
    if values["password"] != values["again"]:
        raise ValidationError({"again": "两次输入的新密码不一样。"})
