"""Who works here, and how the work ends."""

import threading
from types import SimpleNamespace

import pytest

from crm_desktop import app, system
from crm_desktop.controllers.first_steps import CLOSED
from crm_desktop.errors import DatabaseError
from crm_desktop.events import DatabaseReplaced
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.sign_in import SignInPage
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.widgets.text_inputs import TextInput

# At work


def test_the_operator_is_remembered_and_the_focus_waits_for_the_password(working, root):
    assert working.settings["last_operator"] == "admin"
    working.sign_out()
    root.update()
    assert working.page.operator.get() == "admin"
    assert root.focus_get() is working.page.password.input.control


def test_the_title_follows_the_name_of_the_office(working, wait_until):
    office = working.page.desk.office
    profile = office.company.profile()
    office.company.update(profile["id"], {"name": "长春宏达集团"}, profile["version"])
    wait_until(lambda: working.root.title() == "长春宏达集团 - 客户管理系统")


def test_a_second_window_is_only_noted(working, office, monkeypatch, wait_until):
    assert working.page.status.text("windows") == ""
    monkeypatch.setattr("crm_desktop.views.main_window.WATCH_MILLISECONDS", 10)
    working.page._show_other_windows()
    with system.InstanceLock(office):
        wait_until(lambda: working.page.status.text("windows") == "另一个窗口也打开了这个数据库")
    wait_until(lambda: working.page.status.text("windows") == "")


def test_a_password_set_by_others_must_be_changed_first(opened, enter, colleague, in_form):
    notes = []

    def change(form):
        notes.append(form.nametowidget("!frame.note").cget("text"))
        for name, word in {"old": "erstmal7", "password": "zweitens8", "again": "zweitens8"}.items():
            form.fields[name].set(word)
        form.submit()

    in_form(change)
    enter("lilei", "erstmal7")
    assert notes[0].startswith("您的密码是别人设置的")
    assert isinstance(opened.page, MainWindow)
    opened.sign_out()
    enter("lilei", "zweitens8")
    assert isinstance(opened.page, MainWindow)


def test_who_does_not_change_it_stays_outside(opened, enter, colleague, in_form):
    in_form(SmallForm.cancel)
    enter("lilei", "erstmal7")
    assert isinstance(opened.page, SignInPage)


def test_five_wrong_passwords_lock_the_account(opened, enter, password):
    for left in (4, 3, 2, 1):
        enter("admin", "falsch11")
        assert f"再输错 {left} 次" in opened.page.password.input.error
    enter("admin", "falsch11")
    assert opened.page.password.input.error.startswith("密码连续输错 5 次，账号锁定 15 分钟")
    enter("admin", password)
    assert opened.page.password.input.error.startswith("账号已锁定")


def test_a_restored_backup_ends_the_session_without_asking(working, wait_until):
    working.page.tabs.current.can_close = lambda: False
    working.page.desk.office.bus.publish(DatabaseReplaced())
    wait_until(lambda: isinstance(working.page, SignInPage))


# Leaving


def test_a_screen_with_something_unsaved_keeps_the_operator(working):
    working.page.open("regions")
    working.page.tabs.current.can_close = lambda: False
    working.sign_out()
    assert isinstance(working.page, MainWindow)
    assert working.page.tabs.keys_open == ["today", "first_steps", "regions"]
    working.quit()
    assert working.destroyed == []


def test_the_end_waits_for_what_is_being_saved(working, wait_until, root):
    may_end, saved = threading.Event(), []
    working.page.desk.run(lambda job: may_end.wait(5) and saved.append(True), is_saving=True)
    working.quit()
    working.quit()
    wait_until(lambda: root.tk.call("after", "info"))
    assert working.destroyed == []
    may_end.set()
    wait_until(lambda: working.destroyed)
    assert saved == [True] and working.destroyed == [True]
    assert working.database is None


def test_a_window_that_waits_for_an_answer_comes_first(working, wait_until, root):
    form = SmallForm(root, working.background, "修改", lambda values: None)
    form.add("name", "名称", TextInput)
    form.show(form.fields["name"].input.control, wait=False)
    root.update()
    working.quit()
    assert working.destroyed == []
    form.cancel()
    working.quit()
    assert working.destroyed == [True]


def test_a_locked_screen_is_not_closed_by_who_passes_by(working, wait_until, root):
    working.page.lock.lock()
    wait_until(lambda: root.grab_current() is working.page.lock.cover)
    working.quit()
    assert working.destroyed == []


def test_from_a_locked_screen_the_next_operator_signs_in(working, wait_until, root, press):
    working.page.lock.lock()
    working.page.desk.dialogs.ask_yes_no = lambda text, **options: True
    press(working.page.lock.cover.nametowidget("!frame.!frame2.other"), "<Return>")
    wait_until(lambda: isinstance(working.page, SignInPage))
    assert root.grab_current() is None
    assert "lock" not in root.children


def test_the_place_of_the_window_is_remembered(working, root):
    working.quit()
    assert working.settings["window"] == root.geometry()


class Tk:
    """Stands for the real root, whose own reporter the tests have replaced."""

    def report_callback_exception(self, kind, error, trace):
        pytest.fail("printed and forgotten")


def test_errors_in_handlers_are_told():
    told = []
    made = SimpleNamespace(root=Tk(), dialogs=SimpleNamespace(show_error=told.append))
    app.Application._catch_errors(made)
    error = DatabaseError("磁盘满了。")
    made.root.report_callback_exception(DatabaseError, error, None)
    assert told == [error]


# 新手引导


def test_who_sets_up_an_office_sees_the_first_steps(working):
    assert working.page.tabs.current_key == "first_steps"


def test_who_closed_the_first_steps_begins_with_the_first_page(working, enter, wait_until):
    working.page.desk.office.settings.set_preference(CLOSED, True)
    working.sign_out()
    wait_until(lambda: isinstance(working.page, SignInPage))
    assert enter().page.tabs.keys_open == ["today"]


def test_the_first_steps_are_not_for_who_may_not_set_up_the_office(opened, enter, colleague, in_form):
    def change(form):
        for name, word in {"old": "erstmal7", "password": "zweitens8", "again": "zweitens8"}.items():
            form.fields[name].set(word)
        form.submit()

    in_form(change)
    assert enter("lilei", "erstmal7").page.tabs.keys_open == ["today"]
