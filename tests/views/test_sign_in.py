"""Signing in by keys, what a refusal says, and the way back for an administrator who forgot the password."""

import pytest

from crm_desktop.errors import AccountLocked, DatabaseError, SignInError, ValidationError
from crm_desktop.views.sign_in import RECOVERED, Door, SignInPage
from crm_desktop.views.widgets.progress import ProgressWindow

SECONDS_TO_GIVE_UP = 30


class Doorkeeper:
    """Lets everybody in until told otherwise."""

    def __init__(self):
        self.refusal, self.is_slow = None, False
        self.tried, self.came_in, self.recovered, self.others, self.shown = [], [], [], [], []

    def sign_in(self, name, password, job):
        self.tried.append((name, password))
        if self.is_slow:
            job.report(1, 2, "正在更新查找索引…")
            job.pause(SECONDS_TO_GIVE_UP)
            raise SignInError("已取消登录。")
        if self.refusal:
            raise self.refusal
        return f"office of {name}"

    def recover(self, *values):
        if self.refusal:
            raise self.refusal
        self.recovered.append(values)
        return NEXT_CODE

    def door(self):
        return Door(
            self.sign_in,
            self.came_in.append,
            self.recover,
            lambda: self.others.append("open"),
            lambda: self.others.append("found"),
            self.shown.append,
        )


@pytest.fixture
def keeper():
    return Doorkeeper()


@pytest.fixture
def show(root, background, keeper):
    def show_page(**options):
        page = SignInPage(root, background, "长春宏达", keeper.door(), **options)
        page.pack(fill="both", expand=True)
        root.update()
        return page

    return show_page


def test_name_enter_password_enter_enter(root, show, keeper, type_text, press, wait_until):
    page = show()
    assert root.focus_get() is page.operator.input.control
    type_text(page.operator.input.control, "admin")
    press(page.operator.input.control, "<Return>")
    type_text(root.focus_get(), "hongda2026")
    press(root.focus_get(), "<Return>", "<Return>")
    wait_until(lambda: keeper.came_in)
    assert keeper.tried == [("admin", "hongda2026")]
    assert keeper.came_in == ["office of admin"]


def test_long_work_before_the_first_sign_in_is_told_and_can_be_given_up(root, show, keeper, type_text, wait_until):
    """A newer program makes the search index of a large office anew."""
    keeper.is_slow = True
    page = show(operator="admin")
    type_text(page.password.input.control, "hongda2026")
    page.button.invoke()
    wait_until(lambda: progress_window(root) and "查找索引" in told(progress_window(root)))
    progress_window(root).cancel()
    wait_until(lambda: not page.button.instate(["disabled"]))
    assert keeper.came_in == [] and page.password.get() == "hongda2026"
    assert root.focus_get() is page.password.input.control


def progress_window(root):
    return next((each for each in root.winfo_children() if isinstance(each, ProgressWindow)), None)


def told(window):
    label = window.body.winfo_children()[0]
    return label.getvar(str(label.cget("textvariable")))


def test_who_was_here_last_only_types_the_password(root, show):
    page = show(operator="lilei")
    assert page.operator.get() == "lilei"
    assert root.focus_get() is page.password.input.control


def test_the_password_is_hidden(show):
    assert show().password.input.control.cget("show") == "●"


@pytest.mark.parametrize(
    ("name", "word", "where", "sentence"),
    [("", "", "operator", "请填写操作员。"), ("admin", "", "password", "请填写密码。")],
)
def test_what_is_missing_is_said(root, show, keeper, press, name, word, where, sentence):
    page = show(operator=name)
    page.password.set(word)
    press(page.button, "<Return>")
    field = getattr(page, where)
    assert field.input.error == sentence and root.focus_get() is field.input.control
    assert keeper.tried == []


@pytest.mark.parametrize(
    "refusal", [SignInError(), AccountLocked("账号已锁定，请在 09:15 以后再试。", "2026-11-22T09:15:00Z")]
)
def test_a_refusal_stands_at_the_password(root, show, keeper, press, wait_until, refusal):
    keeper.refusal = refusal
    page = show(operator="admin")
    page.password.set("falsch11")
    press(page.button, "<Return>")
    wait_until(lambda: page.password.input.error)
    assert page.password.input.error == str(refusal)
    assert root.focus_get() is page.password.input.control
    assert page.password.input.control.selection_present()
    assert not page.button.instate(["disabled"])
    assert keeper.came_in == []


def test_an_unreadable_database_is_told_not_swallowed(show, keeper, press, wait_until, callback_errors):
    keeper.refusal = DatabaseError("读写磁盘时出错。")
    page = show(operator="admin")
    page.password.set("hongda2026")
    press(page.button, "<Return>")
    wait_until(lambda: callback_errors)
    assert callback_errors == [keeper.refusal]
    callback_errors.clear()
    assert not page.button.instate(["disabled"])


def test_another_database_can_be_chosen_or_made(show, keeper, press):
    others = show().nametowidget("!frame.others")
    press(others.nametowidget("other"), "<Return>")
    press(others.nametowidget("found"), "<Return>")
    assert keeper.others == ["open", "found"]


@pytest.fixture
def recovery(show, press, in_form):
    """Open 忘记管理员密码 and act in it: ``recovery(action)`` returns the page afterwards."""

    def recover(action):
        page = show(operator="admin")
        in_form(action)
        press(page.nametowidget("!frame.!frame2.recover"), "<Return>")
        return page

    return recover


def fill_in(form, **values):
    for name, value in values.items():
        form.fields[name].set(value)
    form.submit()


CODE, NEXT_CODE = "ABCD-EFGH-JKMN-PQRS", "STUV-WXYZ-2345-6789"


def test_with_the_code_a_new_password_is_set(root, recovery, keeper):
    page = recovery(lambda form: fill_in(form, code=CODE, password="neues2026", again="neues2026"))
    assert keeper.recovered == [(CODE, "admin", "neues2026")]
    assert keeper.shown == [NEXT_CODE]
    assert page.note.cget("text") == RECOVERED and page.note.winfo_manager()
    assert root.focus_get() is page.password.input.control


@pytest.mark.parametrize(
    ("refusal", "again", "where", "sentence"),
    [
        (None, "anders11", "again", "两次输入的新密码不一样。"),
        (SignInError("找回码不正确。"), "neues2026", "code", "找回码不正确。"),
        (ValidationError({"password": "密码至少 6 位。"}), "neues2026", "password", "密码至少 6 位。"),
    ],
)
def test_a_refused_recovery_is_said_at_its_field(root, recovery, keeper, refusal, again, where, sentence):
    keeper.refusal = refusal
    said = {}

    def try_it(form):
        fill_in(form, code=CODE, password="neues2026", again=again)
        root.after(10, lambda: look(form))

    def look(form):
        if not form.fields[where].input.error:
            root.after(10, lambda: look(form))
            return
        said.update({name: field.input.error for name, field in form.fields.items() if field.input.error})
        form.cancel()

    page = recovery(try_it)
    assert said == {where: sentence}
    assert keeper.recovered == [] and not page.note.winfo_manager()
