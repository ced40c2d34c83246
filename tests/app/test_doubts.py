"""One database in two windows, or a backup: asked about before it is opened; a crash never blocks."""

import pytest

from crm_desktop import system
from crm_desktop.app.doubts import question
from crm_desktop.app.watch import look_closely
from crm_desktop.clock import FixedClock
from crm_desktop.views.backups.trouble import TroublePage
from crm_desktop.views.sign_in import SignInPage

CLOCK = FixedClock.at("2026-11-22")


@pytest.fixture
def elsewhere(office):
    """Another window with the database open, where 张三 works."""
    lock = system.InstanceLock(office)
    lock.open(CLOCK.timestamp())
    lock.sign("张三")
    yield lock
    lock.close()


def test_who_has_it_open_is_named_and_not_opening_is_what_happens(application, office, elsewhere, wait_until):
    application.start(office)
    assert application.dialogs.asked[0].startswith(f"“office.db”已在 {system.computer_name()} 由 张三 打开（")
    wait_until(lambda: application.destroyed)
    assert application.page is None and application.database is None


def test_it_may_be_opened_all_the_same(application, office, elsewhere, wait_until):
    application.dialogs.answer = True
    application.start(office)
    wait_until(lambda: isinstance(application.page, SignInPage))
    assert elsewhere.has_others()


def test_a_window_stays_where_it_is_when_the_other_database_is_taken(opened, tmp_path, office, wait_until):
    page, other = opened.page, tmp_path / "other.db"
    other.write_bytes(office.read_bytes())
    with system.InstanceLock(other):
        opened.open(other)
    assert len(opened.dialogs.asked) == 1 and opened.page is page and opened.destroyed == []


def test_the_own_database_can_be_chosen_again(opened, office, wait_until):
    page = opened.page
    opened.open(office)
    wait_until(lambda: opened.page is not page)
    assert opened.dialogs.asked == [] and not opened.lock.has_others()


def test_the_name_of_who_works_is_told_to_others(working, office):
    [holder] = system.InstanceLock(office).look().others
    assert holder.operator == working.page.desk.office.operator.full_name
    assert holder.since == CLOCK.timestamp()


def test_what_a_crash_left_does_not_ask_but_makes_the_program_look_closely(
    application, office, monkeypatch, wait_until
):
    place = system.InstanceLock(office).path
    place.write_bytes(b"\0" * 1024 + b'{"operator": "Li"}'.ljust(1024))
    looked = []
    monkeypatch.setattr("crm_desktop.app.offices.is_sound", lambda path, go_on: looked.append(path) or True)
    application.start(office)
    wait_until(lambda: isinstance(application.page, SignInPage))
    assert application.dialogs.asked == [] and looked == [office]


def test_a_clean_end_is_not_looked_at_before_sign_in(opened, office, monkeypatch, wait_until):
    looked, page = [], opened.page
    monkeypatch.setattr("crm_desktop.app.offices.is_sound", lambda path, go_on: looked.append(path) or True)
    opened.close_database()
    opened.open(office)
    wait_until(lambda: opened.page is not page)
    assert looked == []


def test_a_backup_should_stay_one(opened, office, tmp_path, wait_until):
    page, backup = opened.page, tmp_path / "宏达_20261122_0900.db"
    backup.write_bytes(office.read_bytes())
    (tmp_path / "宏达_20261122_0900.db.sha256").touch()
    opened.open(backup)
    opened.open(tmp_path / "宏达_20261122_0900.crmbak")
    assert [text for text in opened.dialogs.asked if "是一份备份" in text] == opened.dialogs.asked
    assert len(opened.dialogs.asked) == 2 and opened.page is page
    opened.dialogs.answer = True
    opened.open(backup)
    wait_until(lambda: opened.page is not page)
    assert opened.database.path == backup
    opened.dialogs.asked.clear()
    opened.open(backup)
    assert opened.dialogs.asked == [], "now it is a database like any other"


def test_damage_that_does_not_show_at_once_is_found_while_the_password_is_typed(application, office, wait_until):
    with office.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    application.start(office)
    wait_until(lambda: isinstance(application.page, TroublePage))
    assert application.database is None and application.dialogs.errors == []


def test_whoever_works_already_is_told_beside_the_work(working, office, root, wait_until):
    desk = working.page.desk
    working.close_database()
    with office.open("r+b") as file:
        file.seek(office.stat().st_size // 8192 * 4096)
        file.write(b"\xff" * 4096)
    working.database = desk.office.db
    look_closely(working, working.database)
    notices = working.page.notices
    wait_until(lambda: any("有损坏" in text for text in notices.texts))
    text = next(text for text in notices.texts if "有损坏" in text)
    notices.button(text, "act").event_generate("<Button-1>")
    wait_until(lambda: isinstance(working.page, TroublePage))


@pytest.mark.parametrize(
    ("holder", "sentence"),
    [
        (system.Holder(), "“客户.db”已在另一个窗口打开。"),
        (system.Holder("PC-1", "zhang", "", "nonsense"), "“客户.db”已在 PC-1 由 zhang 打开。"),
        (system.Holder("PC-1", "zhang", "张三", "2026-11-20T01:00:00Z"), "“客户.db”已在 PC-1 由 张三 打开（2026-11-20"),
    ],
)
def test_what_is_not_known_is_left_out(tmp_path, holder, sentence):
    assert question(tmp_path / "客户.db", holder, CLOCK).startswith(sentence)
