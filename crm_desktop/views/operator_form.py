"""The operator's form: a first password for who is new; and the small window that sets one anew."""

from collections.abc import Callable, Mapping, Sequence
from tkinter import Misc
from typing import Any

from crm_desktop.controllers.passwords import proposal
from crm_desktop.models.query import Values
from crm_desktop.views.desk import Desk
from crm_desktop.views.form_companion import Companion
from crm_desktop.views.form_page import PAIRS
from crm_desktop.views.passwords import RULE
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.widgets.labeled_field import LabeledField
from crm_desktop.views.widgets.text_inputs import TextInput

PASSWORD = "password"
HAND_IT_OVER = "请记下来转告本人，第一次登录时必须修改。"
SWITCHED_ELSEWHERE = "停用、启用请用列表上的按钮，可以先移交客户。"
ANOTHER = "换一个"


class OperatorCompanion(Companion):
    """Nobody exists without a password, so a new operator's form has one."""

    not_copied = ("name", "staff_number", "full_name", "gender", "mobile", "email", "birthday", "hired_on", "is_active")

    def build(self) -> None:
        group = self.form.first_group
        rows = -(-len(self.form.fields) // PAIRS)
        self.password = LabeledField(
            self.form.pages[group].content,
            "首次密码",
            lambda parent: TextInput(parent, max_length=100),
            is_required=True,
        )
        self.password.grid(rows, columnspan=PAIRS)
        self.form.add(PASSWORD, self.password, group)

    def filled(self) -> None:
        if self.form.is_new:
            self.password.label.grid()
            self.password.body.grid()
            offer_password(self.password, HAND_IT_OVER + RULE)
        else:
            self.password.grid_remove()

    def locked(self, shown: Values) -> Mapping[str, str]:
        return {} if shown.get("id") is None else {"is_active": SWITCHED_ELSEWHERE}

    def confirms(self) -> bool:
        """Whoever gives up their own role is asked whether they mean it."""
        form = self.form
        if form.record != self.desk.office.operator.id or "role" not in form.changes():
            return True
        chosen = form["role"].input.chosen
        return bool(
            self.desk.dialogs.ask_yes_no(
                f"要把您自己的角色改为“{chosen.text if chosen else form['role'].get()}”吗？",
                detail="保存以后，您马上只有这个角色的权限。", yes="改变", no="返回", parent=form,
            )
        )  # fmt: skip

    def creator(self, lines: Mapping[str, Sequence[Values]]) -> Callable[[Values], int]:
        password = self.password.get()
        add = self.desk.office.operators.add
        return lambda values: int(add(values, password))


def offer_password(field: LabeledField, hint: str = HAND_IT_OVER) -> None:
    """A password that the program made, to take, to change, or to have another one instead of."""
    field.set(proposal())
    field.set_hint(hint, [(ANOTHER, lambda: field.set(proposal()))])


def reset_password(desk: Desk, parent: Misc, row: dict[str, Any]) -> bool:
    """重设密码 of one operator; True when it was done."""

    def save(values: dict[str, Any]) -> bool:
        desk.office.operators.reset_password(row["id"], values[PASSWORD])
        return True

    form = SmallForm(parent, desk.background, f"重设密码：{row['full_name']}", save, save_label="重设", note=RULE)
    form.add(PASSWORD, "新密码", lambda body: TextInput(body, max_length=100), is_required=True)
    offer_password(form.fields[PASSWORD])
    is_done = bool(form.ask())
    if is_done:
        desk.say(f"已重设“{row['full_name']}”的密码，账号也已解锁。")
    return is_done
