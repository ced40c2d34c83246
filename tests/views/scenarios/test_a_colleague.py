"""A colleague comes and goes: added, the first password changed, at work within the role, handed over, shut out.

Everything goes through the real window by keys; what happened is read from the log.
"""

import shutil
from pathlib import Path

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import sign_in
from crm_desktop.db import Database
from crm_desktop.views.handover import HandOverWindow
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.sign_in import SignInPage

OWN = "mein eigenes 7"


@pytest.fixture
def database(office_file: Path, tmp_path: Path, password: str) -> Path:
    """The office, where 李四 works, too."""
    path = tmp_path / "客 户.db"
    shutil.copy(office_file, path)
    opened = Database.open(path)
    office = sign_in(opened, "admin", password, clock=FixedClock.at("2026-11-22"))
    office.operators.add({"name": "li", "full_name": "李四", "role": "业务员"}, password)
    opened.close_all()
    return path


@pytest.fixture
def day():
    return "2026-11-23"


@pytest.fixture
def application(application, database, wait_until):
    """The program at its sign-in page."""
    application.start(database)
    wait_until(lambda: isinstance(application.page, SignInPage), 20)
    return application


@pytest.fixture
def enter(application, press, type_text, wait_until):
    """Sign in by keys; the window, or None when the sign-in was refused."""

    def by_keys(name, word):
        if isinstance(application.page, MainWindow):
            application.sign_out()
            wait_until(lambda: isinstance(application.page, SignInPage))
        page = application.page
        page.operator.set("")
        type_text(page.operator.input.control, name)
        page.password.set(word)
        press(page.password.input.control, "<Return>", "<Return>")
        wait_until(lambda: application.page is not page or page.password.input.error, 20)
        return application.page if isinstance(application.page, MainWindow) else None

    return by_keys


def shown_forms(root):
    return [child for child in root.winfo_children() if getattr(child, "is_shown", False)]


def find_window(kind, within):
    for child in within.winfo_children():
        found = child if isinstance(child, kind) and child.winfo_viewable() else find_window(kind, child)
        if found is not None:
            return found
    return None


def titles(window):
    return {action.label for menu in ("系统管理", "客户信息维护") for action in window._menu_actions(menu)}


def test_a_colleague_comes_and_goes(root, enter, password, press, type_text, wait_until, dialogs, in_form):
    # The administrator adds 赵六 and notes the first password.
    window = enter("admin", password)
    operators = window.open("operators")
    press(operators.table.tree, "<F2>")
    wait_until(lambda: shown_forms(root))
    form = shown_forms(root)[0]
    for name, word in (("full_name", "赵六"), ("name", "zhao"), ("role", "业务员")):
        type_text(form.form[name].input.control, word)
    first = form.form["password"].get()
    press(form.form["name"].input.control, "<F8>")
    wait_until(lambda: not form.is_shown)

    # 赵六 signs in with it, must change it, and sees what the role allows.
    def change(shown):
        for name, word in {"old": first, "password": OWN, "again": OWN}.items():
            shown.fields[name].set(word)
        press(shown.fields["again"].input.control, "<F8>")

    in_form(change)
    window = enter("zhao", first)
    assert {"操作员设置", "权限设置"}.isdisjoint(titles(window)) and "客户信息" in titles(window)
    customers = window.open("customers")
    wait_until(lambda: customers.table.is_complete)
    assert customers.table.total == 0  # the office has three, none of them is 赵六's
    press(customers.table.tree, "<F2>")
    wait_until(lambda: shown_forms(root))
    form = shown_forms(root)[0]
    type_text(form.form["name"].input.control, "吉林新客户有限公司")
    press(form.form["name"].input.control, "<F8>")
    wait_until(lambda: not form.is_shown)
    wait_until(lambda: customers.table.total == 1)
    zhao = window.desk.office.operator.id

    # 赵六 leaves: what is there goes to 李四, the account is shut.
    window = enter("admin", password)
    operators = window.open("operators")
    wait_until(lambda: operators.table.go_to(zhao))
    dialogs.answers = ["hand_over"]

    def hand_over():
        shown = find_window(HandOverWindow, root)
        if shown is None or not shown._counts:
            root.after(20, hand_over)
            return
        type_text(shown.to.input.control, "li")
        press(shown.to.input.control, "<Return>")
        dialogs.answers = [True, True]  # hand over, then deactivate
        press(shown.to.input.control, "<F8>")

    root.after(20, hand_over)
    press(operators.table.tree, "<Alt-Key-1>")
    wait_until(lambda: not (operators.table.current_row or {"is_active": 1})["is_active"])

    # No way in any more; the customer is with 李四, and the log has the whole story.
    assert enter("zhao", OWN) is None
    window = enter("admin", password)
    new = next(row for row in window.desk.office.customers.search().rows if row["name"] == "吉林新客户有限公司")
    assert new["owner_text"] == "李四"
    story = [each["sentence"] for each in reversed(window.desk.office.audit.operations())]
    places = [story.index(sentence) for sentence in (
        "新增操作员：赵六", "登录：赵六", "修改密码：赵六", "新增客户：吉林新客户有限公司", "移交：赵六 → 李四，客户 1 个", "停用操作员：赵六",
    )]  # fmt: skip
    assert places == sorted(places)
    assert dialogs.errors == []
