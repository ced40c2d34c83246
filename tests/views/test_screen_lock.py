"""锁定屏幕: by key and by itself, over every window, with nothing lost and nothing reached behind it."""

import pytest

from crm_desktop.models import CUSTOMERS
from crm_desktop.views import idle_watch
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.small_form import SmallForm
from crm_desktop.views.widgets.text_inputs import TextInput


@pytest.fixture
def ticking(monkeypatch):
    """``ticking[0]`` is the time in seconds; the watch looks often."""
    now = [1000.0]
    monkeypatch.setattr(idle_watch, "monotonic", lambda: now[0])
    monkeypatch.setattr(idle_watch, "CHECK_MILLISECONDS", 10)
    return now


@pytest.fixture
def locked(window, root, press):
    """The window, locked by key."""
    press(window.tabs.current.table.tree, "<Control-l>")
    assert window.lock.is_locked
    return window


@pytest.fixture
def unlock(type_text, press, password, wait_until):
    def give_password(window, typed=password):
        entry = window.lock.cover.password.input.control
        type_text(entry, typed)
        press(entry, "<Return>")
        wait_until(lambda: not window.lock.is_locked)

    return give_password


def minutes(desk, root, number, window):
    desk.office.settings.set_option("idle_lock_minutes", number)
    window.idle._limit = number


# Locking and unlocking


def test_the_password_unlocks(locked, root, desk, wait_until, unlock):
    cover = locked.lock.cover
    wait_until(lambda: root.focus_get() is cover.password.input.control)
    assert (cover.winfo_width(), cover.winfo_height()) == (root.winfo_width(), root.winfo_height())
    assert root.winfo_containing(root.winfo_rootx() + 5, root.winfo_rooty() + 5) is cover
    assert root.cget("menu") == ""
    unlock(locked)
    assert str(root.cget("menu")) == str(locked.menu)
    assert root.grab_current() is None
    def sentences():
        return [row["sentence"] for row in desk.office.audit.operations(limit=2)]

    wait_until(lambda: sentences() == ["解锁屏幕：admin", "锁定屏幕：admin"])


def test_a_wrong_password_is_counted_and_said(locked, desk, root, type_text, press, wait_until, unlock):
    cover = locked.lock.cover
    type_text(cover.password.input.control, "falsch11")
    press(cover.password.input.control, "<Return>")
    wait_until(lambda: cover.password.input.error)
    assert "再输错 4 次" in cover.password.input.error
    assert cover.password.get() == ""
    assert "password_failed" in {row["kind"] for row in desk.office.audit.operations(limit=2)}
    unlock(locked)


def test_nothing_is_asked_without_a_password(locked, press):
    press(locked.lock.cover.password.input.control, "<Return>")
    assert locked.lock.cover.password.input.error == "请填写密码。"


def test_keys_do_not_reach_what_is_covered(locked, desk, root, press):
    entry = locked.lock.cover.password.input.control
    press(entry, "<F2>", "<Control-w>", "<F5>", "<Escape>", "<Control-l>")
    assert not any(form.is_shown for forms in desk.forms.values() for form in forms)
    assert locked.tabs.keys_open == ["today"]
    assert locked.lock.is_locked


def test_tab_stays_on_the_cover(locked, root, press):
    entry = locked.lock.cover.password.input.control
    seen = []
    press(entry)
    for sequence in ("<Tab>", "<Tab>", "<Tab>", "<Shift-Tab>"):
        press(root.focus_get(), sequence)
        seen.append(str(root.focus_get()).rpartition(".")[2])
    assert seen == ["submit", "other", "!entry", "other"]


# Windows in front


def test_what_was_typed_in_a_form_stays(window, root, desk, type_text, press, unlock, wait_until):
    form = open_form(desk, CUSTOMERS, 1)
    remark = form.form["address"].input.control
    type_text(remark, "9")
    typed = form.form["address"].get()
    press(remark, "<Control-l>")
    assert window.lock.is_locked and not form.winfo_viewable()
    unlock(window)
    wait_until(form.winfo_viewable)
    assert form.form["address"].get() == typed and form.form.is_changed
    assert root.grab_current() is form
    wait_until(lambda: root.focus_get() is remark)


def test_a_window_that_comes_up_meanwhile_is_hidden_too(locked, root, background, unlock, wait_until):
    form = SmallForm(root, background, "修改", lambda values: None)
    form.add("name", "名称", TextInput)
    form.show(form.fields["name"].input.control, wait=False)
    wait_until(lambda: not form.winfo_viewable())
    cover = locked.lock.cover
    wait_until(lambda: root.grab_current() is cover)
    wait_until(lambda: root.focus_get() is cover.password.input.control)
    unlock(locked)
    wait_until(form.winfo_viewable)
    assert root.grab_current() is form
    form.cancel()


def test_a_window_that_goes_meanwhile_leaves_the_input_to_the_one_below(window, root, background, desk, unlock, wait_until):
    below = open_form(desk, CUSTOMERS, 1)
    above = SmallForm(below, background, "修改", lambda values: None)
    above.add("name", "名称", TextInput)
    above.show(above.fields["name"].input.control, wait=False)
    root.update()
    window.lock.lock()
    above.close()
    unlock(window)
    wait_until(below.winfo_viewable)
    assert root.grab_current() is below


def test_work_in_the_background_goes_on(locked, desk, root, wait_until, unlock):
    done = []
    desk.run(lambda job: desk.office.customers.create({"name": "后台新增"}), done.append, owner=locked, is_saving=True)
    wait_until(lambda: done)
    assert locked.lock.is_locked
    unlock(locked)


# By itself


def test_it_locks_after_the_minutes_of_the_setting(ticking, window, desk, root, wait_until, unlock):
    minutes(desk, root, 5, window)
    ticking[0] += 299
    root.update()
    assert not window.lock.is_locked
    ticking[0] += 1
    wait_until(lambda: window.lock.is_locked)
    unlock(window)
    ticking[0] += 299
    root.update()
    assert not window.lock.is_locked


@pytest.mark.parametrize("sign", ["<KeyRelease-a>", "<ButtonPress-3>", "<Motion>"])
def test_key_and_mouse_put_it_off_in_any_window(ticking, window, desk, root, sign, wait_until):
    minutes(desk, root, 5, window)
    form = open_form(desk, CUSTOMERS, 1)
    ticking[0] += 200
    form.form["name"].input.control.event_generate(sign)
    root.update()
    ticking[0] += 200
    root.update()
    assert not window.lock.is_locked
    ticking[0] += 100
    wait_until(lambda: window.lock.is_locked)


def test_the_first_movement_after_a_long_sleep_locks(monkeypatch, window, desk, root):
    """No timer ran meanwhile; what comes first must not show the screen for one more look."""
    now = [1000.0]
    monkeypatch.setattr(idle_watch, "monotonic", lambda: now[0])
    window.idle.restart()
    now[0] += 8 * 3600
    window.tabs.event_generate("<Motion>")
    assert window.lock.is_locked


def test_zero_never_locks(ticking, window, desk, root):
    minutes(desk, root, 0, window)
    ticking[0] += 10**6
    for _ in range(20):
        root.update()
        root.after(5)
    assert not window.lock.is_locked


# Another operator


def test_a_key_changes_the_operator(window, desk, root, press):
    signed_out = []
    desk.sign_out = lambda **options: signed_out.append(options)
    assert window.menu is not None
    press(window.tabs.current.table.tree, "<Control-Shift-L>")
    assert signed_out == [{}]
    assert not window.lock.is_locked


def test_another_operator_is_told_what_is_lost(locked, desk, dialogs, press, root):
    signed_out = []
    desk.sign_out = lambda **options: signed_out.append(options)
    other = locked.lock.cover.nametowidget("!frame.!frame2.other")
    dialogs.answers = [False, True]
    press(other, "<Return>")
    assert signed_out == [] and locked.lock.is_locked
    press(other, "<Return>")
    assert signed_out == [{"asks": False}]
    assert all("没有保存的内容会丢失" in text for _, text in dialogs.asked)


def test_the_end_of_the_session_takes_everything_along(locked, desk, root, background):
    form = SmallForm(root, background, "修改", lambda values: None)
    form.add("name", "名称", TextInput)
    form.show(form.fields["name"].input.control, wait=False)
    root.update()
    locked.close(asks=False)
    assert not form.winfo_exists()
    assert root.grab_current() is None
    assert not locked.lock.is_locked


def test_a_closed_window_watches_no_more(ticking, window, desk, root):
    minutes(desk, root, 1, window)
    window.close(asks=False)
    ticking[0] += 10**6
    root.event_generate("<Motion>")
    root.update()
    assert not window.lock.is_locked
