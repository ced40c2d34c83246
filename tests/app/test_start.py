"""The first start, the last database, and founding an office."""

import pytest

from crm_desktop import system
from crm_desktop.app import main, start
from crm_desktop.controllers import sign_in
from crm_desktop.controllers.doorplate import sample_sign_in
from crm_desktop.db import connection
from crm_desktop.errors import ValidationError
from crm_desktop.views.backups.trouble import TroublePage
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.sign_in import SignInPage
from crm_desktop.views.welcome import WelcomePage

# Starting


def test_the_first_start_asks_for_the_office(application):
    application.start()
    assert isinstance(application.page, WelcomePage)
    assert application.page.nametowidget("!frame.note").cget("text").startswith("填好下面几项")


def test_a_database_that_is_gone_is_said(application, tmp_path, wait_until):
    application.settings["database"] = str(tmp_path / "U盘" / "客户.db")
    application.start()
    wait_until(lambda: isinstance(application.page, TroublePage))
    problem = application.page.nametowidget("!frame.problem").cget("text")
    assert problem.startswith("找不到“客户.db”") and "U盘" in problem


def test_the_last_database_is_opened_again(application, office, wait_until):
    application.settings["database"] = str(office)
    application.start()
    wait_until(lambda: application.page)
    assert isinstance(application.page, SignInPage)
    assert application.root.title() == "长春宏达 - 客户管理系统"


def test_without_a_display_one_sentence_is_said(monkeypatch, capsys):
    monkeypatch.setattr(system, "has_display", lambda: False)
    assert main([]) == 1
    assert capsys.readouterr().err.strip() == start.NO_DISPLAY


# Founding


def test_an_office_is_founded_and_signed_in_to_by_keys(
    application, tmp_path, press, type_text, wait_until, root, clock
):
    application.start()
    page = application.page
    fields = page.fields
    place = tmp_path / "新办公室" / "客户.db"
    fields["database"].set(str(place))
    fields["backup_folder"].set(str(tmp_path))
    type_text(fields["company"].input.control, "长春宏达")
    press(fields["company"].input.control, "<Return>")
    assert root.focus_get() is fields["address"].input.control
    press(root.focus_get(), "<Return>")
    type_text(fields["postcode"].input.control, "130012")
    press(fields["postcode"].input.control, "<Return>", "<Return>", "<Return>")
    assert root.focus_get() is fields["password"].input.control
    type_text(fields["password"].input.control, "hongda2026")
    press(fields["password"].input.control, "<Return>")
    type_text(fields["again"].input.control, "hongda2026")
    press(fields["again"].input.control, "<Return>", "<Return>", "<Return>")
    assert root.focus_get() is page.button
    press(page.button, "<Return>")
    wait_until(lambda: isinstance(application.page, SignInPage))
    [code] = application.dialogs.messages
    assert len(code) == 19
    assert application.settings["backup_folder"] == str(tmp_path)
    office = sign_in(application.database, "admin", "hongda2026", clock=clock)
    assert office.company.profile()["postcode"] == "130012"
    assert application.database.path == place


def test_a_refused_office_leaves_no_file(application, tmp_path):
    place = tmp_path / "客户.db"
    with pytest.raises(ValidationError) as refused:
        application.found(place, "宏达", "admin", "hongda2026", {"postcode": "130012", "phone": "12"})
    assert refused.value.fields.keys() == {"phone"}
    assert list(tmp_path.glob("客户.db*")) == []


def test_a_full_disk_is_said_at_the_place(application, tmp_path, monkeypatch, wait_until):
    monkeypatch.setattr(connection, "PRAGMAS", (*connection.PRAGMAS, "PRAGMA max_page_count = 40"))
    application.start()
    fields = application.page.fields
    for name, value in {
        "company": "宏达", "password": "hongda2026", "again": "hongda2026", "database": str(tmp_path / "客户.db"),
    }.items():  # fmt: skip
        fields[name].set(value)
    application.page.submit()
    wait_until(lambda: fields["database"].input.error)
    assert fields["database"].input.error.startswith("磁盘空间已满")
    assert list(tmp_path.glob("客户.db*")) == []


def test_the_sample_is_made_in_the_background_and_tells_its_password(
    application, tmp_path, monkeypatch, press, wait_until
):
    monkeypatch.setattr(system, "shared_folder", lambda: tmp_path)
    application.start()
    page = application.page
    press(page.nametowidget("!frame.!frame2.sample"), "<Return>")
    wait_until(lambda: isinstance(application.page, SignInPage), seconds=60)
    assert application.root.title() == "长春宏远机械设备有限公司（示例数据） - 客户管理系统"
    operator, word = sample_sign_in(application.database)
    note = application.page.note
    assert note.winfo_ismapped() and note.cget("text") == f"示例数据：操作员 {operator}，密码 {word}"
    assert application.page.operator.get() == operator
    assert (tmp_path / "客户管理系统" / "示例办公室.db").exists()
    application.page.password.set(word)
    press(application.page.password.input.control, "<Return>", "<Return>")
    wait_until(lambda: isinstance(application.page, MainWindow))
    assert application.page.tabs.keys_open == ["today"]  # nothing is to be set up here
    application.show_welcome()
    press(application.page.nametowidget("!frame.!frame2.sample"), "<Return>")
    wait_until(lambda: isinstance(application.page, SignInPage))
    assert sample_sign_in(application.database) == (operator, word)


def test_a_real_office_tells_no_password(opened):
    assert not opened.page.note.winfo_ismapped()
    assert "示例" not in opened.root.title()


def test_who_has_seen_the_sample_can_found_an_office_of_their_own(opened, press):
    press(opened.page.nametowidget("!frame.others.found"), "<Return>")
    assert isinstance(opened.page, WelcomePage)
