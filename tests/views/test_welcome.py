"""The first page: what is missing or wrong is said at its field, and the place of the file is judged."""

from pathlib import Path

import pytest

from crm_desktop import system
from crm_desktop.clock import FixedClock
from crm_desktop.errors import BackupError, DatabaseError, ValidationError
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.welcome import NOT_SHARED, WelcomePage

FILLED = {"company": "长春宏达", "password": "hongda2026", "again": "hongda2026"}


class Founder:
    """Remembers what it was asked to make; ``refusal`` is raised instead."""

    def __init__(self, background, dialogs, folder):
        self.background, self.dialogs = background, dialogs
        self.clock = FixedClock.at("2026-11-22")
        self.settings = ComputerSettings(folder / "settings.json")
        self.folder = folder
        self.refusal = None
        self.founded, self.opened, self.samples = [], [], []

    def found(self, path, *values):
        if self.refusal:
            raise self.refusal
        self.founded.append((path, *values))
        return "ABCD-EFGH-JKMN-PQRS"

    def found_sample(self, path):
        if self.refusal:
            raise self.refusal
        self.samples.append(path)

    def open(self, path):
        self.opened.append(path)

    def suggested_database(self):
        return self.folder / "公用" / "客户.db"

    def suggested_backups(self):
        return ""


@pytest.fixture
def founder(background, dialogs, tmp_path):
    return Founder(background, dialogs, tmp_path)


@pytest.fixture
def page(root, founder):
    made = WelcomePage(root, founder)
    made.pack(fill="both", expand=True)
    root.update()
    return made


@pytest.fixture
def fill(page, root):
    def fill_in(**values):
        for name, value in (FILLED | values).items():
            page.fields[name].set(value)
        root.update()

    return fill_in


def errors(page):
    return {name: field.input.error for name, field in page.fields.items() if field.input.error}


def test_everything_missing_is_said_and_the_first_field_has_the_focus(root, page, press):
    page.fields["operator"].set("")
    page.fields["database"].set("")
    press(page.button, "<Return>")
    assert errors(page) == {
        "company": "请填写单位名称。", "operator": "请填写管理员。", "password": "请填写密码。",
        "database": "请填写数据保存在哪个文件。",
    }  # fmt: skip
    assert root.focus_get() is page.fields["company"].input.control


def test_enter_goes_through_the_fields_in_the_order_they_are_read(root, page, press):
    visited = []
    for _ in page.fields:
        visited.append(root.focus_get())
        press(root.focus_get(), "<Return>")
    assert visited == [field.input.control for field in page.fields.values()]
    assert root.focus_get() is page.button
    places = [(control.winfo_rooty(), control.winfo_rootx()) for control in visited]
    assert places == sorted(places)


def test_a_field_says_at_once_what_is_wrong_with_it(page, type_text, press):
    type_text(page.fields["postcode"].input.control, "13001")
    press(page.fields["postcode"].input.control, "<Tab>")
    type_text(page.fields["phone"].input.control, "12ab")
    press(page.fields["phone"].input.control, "<Tab>")
    assert errors(page)["postcode"] == "邮政编码应为 6 位数字；如果开头的 0 丢了，应为 013001。"
    assert "phone" in errors(page)


def test_what_is_wrong_keeps_the_office_from_being_made(page, founder, fill, press):
    fill(postcode="1234", again="anders11")
    press(page.button, "<Return>")
    assert set(errors(page)) == {"postcode", "again"}
    assert errors(page)["again"] == "两次输入的密码不一样。"
    assert founder.founded == []


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("客户.db", "请填写完整的位置"),
        ("{folder}", "这是一个文件夹"),
        ("{folder}/settings.json", "这个文件已经存在"),
        ("{folder}/" + "长" * 300 + ".db", "这个位置不能使用"),
    ],
)
def test_a_place_that_cannot_be_is_said(page, founder, fill, place, sentence, press):
    founder.settings["theme"] = "dark"  # so that the settings file exists
    fill(database=place.format(folder=founder.folder))
    press(page.button, "<Return>")
    assert errors(page)["database"].startswith(sentence)
    assert founder.founded == []


def test_a_file_name_without_an_ending_gets_one(page, founder, fill, press, wait_until):
    fill(database=str(founder.folder / "宏达"))
    press(page.button, "<Return>")
    wait_until(lambda: founder.opened)
    assert founder.opened == [founder.folder / "宏达.db"]


def test_the_recovery_code_is_shown_before_the_office_is_opened(page, founder, fill, press, wait_until, dialogs):
    fill(address="人民大街1号", postcode="130012", phone="0431-85123456", backup_folder=str(founder.folder))
    press(page.button, "<Return>")
    wait_until(lambda: founder.opened)
    place = founder.folder / "公用" / "客户.db"
    profile = {"address": "人民大街1号", "postcode": "130012", "phone": "0431-85123456"}
    assert founder.founded == [(place, "长春宏达", "admin", "hongda2026", profile)]
    assert dialogs.asked == [("code", "ABCD-EFGH-JKMN-PQRS")]
    assert founder.settings["backup_folder"] == str(founder.folder)


@pytest.mark.parametrize(
    ("refusal", "expected"),
    [
        (ValidationError({"password": "密码至少 6 位。"}), {"password": "密码至少 6 位。"}),
        (ValidationError({"name": "单位名称太长。", "phone": "不对。"}), {"company": "单位名称太长。", "phone": "不对。"}),
        (DatabaseError("磁盘空间已满。"), {"database": "磁盘空间已满。"}),
    ],
)  # fmt: skip
def test_what_the_office_refuses_is_said_at_its_field(page, founder, fill, refusal, expected, press, wait_until):
    founder.refusal = refusal
    fill()
    press(page.button, "<Return>")
    wait_until(lambda: errors(page))
    assert errors(page) == expected
    assert page.fields["password"].get() == "hongda2026"
    assert not page.button.instate(["disabled"])


def test_any_other_refusal_is_a_box(page, founder, fill, press, wait_until, dialogs):
    founder.refusal = BackupError("没有完成。")
    fill()
    press(page.button, "<Return>")
    wait_until(lambda: dialogs.errors)
    assert dialogs.errors == [founder.refusal] and errors(page) == {}


def test_a_folder_of_one_account_is_told_from_one_for_all(page, root, monkeypatch, press, founder):
    own, shared = founder.folder / "own", founder.folder / "shared"
    monkeypatch.setattr(system, "is_for_all_users", lambda path: path.parent == shared)
    database = page.fields["database"]
    database.set(str(own / "客户.db"))
    press(database.input.control, "<Tab>")
    assert database.hint_line.winfo_manager() and database.hint_text.cget("text") == NOT_SHARED
    database.set(str(shared / "客户.db"))
    press(database.input.control, "<Tab>")
    assert not database.hint_line.winfo_manager()


def test_a_place_that_loses_data_is_refused_and_a_synchronised_one_warned_of(page, founder, fill, press, wait_until, monkeypatch):
    database = page.fields["database"]
    database.set(str(founder.folder / "OneDrive" / "客户.db"))
    press(database.input.control, "<Tab>")
    assert "由OneDrive同步" in database.hint_text.cget("text")

    monkeypatch.setattr(system, "is_network_path", lambda path: True)
    fill()
    press(database.input.control, "<Tab>")
    assert "网络驱动器" in database.hint_text.cget("text")
    press(page.button, "<Return>")
    assert "网络驱动器" in errors(page)["database"]
    assert not page.button.instate(["disabled"])


def test_f7_asks_for_the_places(page, founder, press, dialogs):
    chosen = founder.folder / "公用" / "宏达.db"
    dialogs.answers = [chosen, founder.folder]
    press(page.fields["database"].input.control, "<F7>")
    press(page.fields["backup_folder"].input.control, "<F7>")
    assert page.fields["database"].get() == str(chosen)
    assert page.fields["backup_folder"].get() == str(founder.folder)


def test_a_backup_folder_that_is_not_there_is_said(page, fill, founder, press):
    fill(backup_folder=str(founder.folder / "U盘"))
    press(page.button, "<Return>")
    assert errors(page) == {"backup_folder": "没有这个文件夹，请按 F7 选择，或先留空。"}


def test_an_existing_database_is_opened_instead(page, founder, press, dialogs):
    dialogs.answers = [None, Path("/数据/宏达.db")]
    button = page.nametowidget("!frame.!frame2.open")
    press(button, "<Return>", "<Return>")
    assert founder.opened == [Path("/数据/宏达.db")]


def test_a_sample_that_cannot_be_made_is_said(page, founder, press, wait_until):
    founder.refusal = DatabaseError("打不开数据库文件。")
    press(page.nametowidget("!frame.!frame2.sample"), "<Return>")
    wait_until(lambda: errors(page))
    assert errors(page) == {"database": "打不开数据库文件。"}
    assert founder.samples == []


def test_all_of_it_is_on_a_small_screen(page, root, press):
    press(page.button, "<Return>")
    box = page.winfo_children()[0]
    assert box.winfo_y() >= 0 and box.winfo_y() + box.winfo_height() <= page.winfo_height()
    assert box.winfo_width() <= page.winfo_width()
