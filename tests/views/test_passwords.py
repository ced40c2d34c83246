"""The windows about passwords: the rule speaks while one is typed, and a recovery code is shown once."""

import pytest

from crm_desktop.errors import SignInError
from crm_desktop.views.passwords import change_password, recover_password, renew_recovery_code
from crm_desktop.views.recovery_code import RecoveryCodeWindow

CODE = "ABCD-EFGH-JKMN-PQRS"


def hint(field):
    return field.hint_text.cget("text") if field.hint_line.winfo_manager() else ""


def test_the_rule_speaks_while_a_password_is_typed(desk, root, in_form, type_text):
    said = []

    def type_it(form):
        for more in ("1234", "56", "x"):
            type_text(form.fields["password"].input.control, more)
            said.append(hint(form.fields["password"]))
        for more in ("12", "9"):
            type_text(form.fields["again"].input.control, more)
            said.append(hint(form.fields["again"]))
        form.cancel()

    in_form(type_it)
    assert not change_password(desk, root)
    assert said == ["密码至少 6 位。", "这个密码太容易猜到，请换一个。", "", "", "与新密码不一样。"]


def test_the_name_is_no_password(background, root, in_form):
    said = []

    def type_it(form):
        for typed in ("WangLi", "Wang_Li"):
            form.fields["password"].input.text.set(typed)
            said.append(hint(form.fields["password"]))
        form.cancel()

    in_form(type_it)
    recover_password(root, background, "wangli", lambda *values: CODE)
    assert said == ["密码不能与操作员名相同。", ""]


def test_an_administrator_makes_a_new_code(desk, root, in_form, password, dialogs):
    def give(form):
        form.fields["password"].set(password)
        form.submit()

    in_form(give)
    renew_recovery_code(desk, root)
    (kind, code), = dialogs.asked
    assert (kind, [len(part) for part in code.split("-")]) == ("code", [4, 4, 4, 4])


def test_a_wrong_password_makes_none(desk, root, in_form, wait_until, dialogs):
    def give(form):
        form.fields["password"].set("falsch11")
        form.submit()
        look(form)

    def look(form):
        if form.fields["password"].input.error:
            form.cancel()
        else:
            root.after(10, lambda: look(form))

    in_form(give)
    renew_recovery_code(desk, root)
    assert dialogs.asked == []
    with pytest.raises(SignInError):
        desk.office.account.verify_password("falsch11")


def test_a_code_can_be_copied_and_saved(root, tmp_path, press):
    path = tmp_path / "找回码.txt"
    window = RecoveryCodeWindow(root, CODE, lambda title, **options: path)
    window.show(window.button, wait=False)
    root.update()
    press(window.nametowidget(f"{window.button.winfo_parent()}.copy"), "<Return>")
    assert root.clipboard_get() == CODE
    press(window.nametowidget(f"{window.button.winfo_parent()}.save"), "<Return>")
    assert CODE in path.read_text(encoding="utf-8-sig")
    assert window.code.get() == CODE
    press(window.button, "<Return>")
    assert not window.winfo_exists()
