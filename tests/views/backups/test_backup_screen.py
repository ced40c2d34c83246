"""The screen: backups made and told, listed, verified, restored only after everything that could be lost was shown."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from crm_desktop.errors import BackupError
from crm_desktop.models.text import size_text
from crm_desktop.views.backups.contents import Chosen, ContentsWindow


@pytest.fixture
def plan(desk, stick):
    """The office backs up to the folder."""
    backups = desk.office.backups
    backups.set_plan(replace(backups.plan(), targets=(str(stick),), daily=False))


@pytest.fixture
def screen(window, desk, wait_until):
    desk.left = []
    desk.sign_out = lambda **options: desk.left.append(options)
    shown = window.open("backups")
    wait_until(lambda: shown.is_ready)
    return shown


@pytest.fixture
def backup(plan, screen, press, wait_until, stick):
    """One backup, made by its key."""
    press(screen.table.tree, "<F8>")
    wait_until(lambda: screen.table.total == 1 and screen.result.cget("text"))
    return next(stick.glob("*.db"))


@pytest.fixture
def in_contents(root):
    """``in_contents(action)``: call it with the window that verifies a backup, once it has come to a result."""

    def act_later(action):
        def look():
            found = [each for each in _windows(root) if isinstance(each, ContentsWindow) and each.winfo_viewable()]
            if found and (found[0].info or found[0].state.cget("text").startswith("✕") or found[0].password):
                action(found[0])
            else:
                root.after(10, look)

        root.after(10, look)

    return act_later


def _windows(widget):
    return [each for child in widget.winfo_children() for each in (child, *_windows(child))]


def facts(window):
    return [label.cget("text") for label in window.facts.winfo_children()]


def text(label):
    return str(label.cget("text"))


def act(screen, id):
    """Press the button, greyed or not."""
    screen.toolbar.button(id).invoke()


def test_a_backup_is_counted_and_said_to_be_good(screen, backup, window):
    assert text(screen.last).startswith("上次备份：2026-11-22") and text(screen.last).endswith("（今天）")
    assert "保留每日 7" in text(screen.schedule)
    assert text(screen.places).startswith(f"备份到：{backup.parent}（") and "可用" in text(screen.places)
    assert str(backup) in text(screen.result) and "客户 3、联系人 2" in text(screen.result)
    assert "已写完并核对" in text(screen.result)
    row = screen.table.current_row
    assert (row["name"], row["occasion"], row["state"]) == (backup.name, "手动", "在")
    assert window.status.text("backup").startswith("上次备份：2026-11-22")


def test_the_first_backup_asks_where_to_and_keeps_the_answer(screen, desk, dialogs, stick, press, wait_until):
    assert "还没有" in text(screen.schedule) and text(screen.last).endswith("还没有备份过")
    press(screen.table.tree, "<F8>")
    assert dialogs.asked == [("folder", "选择备份文件夹，最好在U盘上")]
    dialogs.answers = [stick]
    press(screen.table.tree, "<F8>")
    wait_until(lambda: screen.table.total == 1)
    assert desk.office.backups.plan().targets == (str(stick),)


def test_one_backup_to_another_place_leaves_the_plan_alone(plan, screen, desk, dialogs, tmp_path, wait_until):
    (tmp_path / "另一个").mkdir()
    dialogs.answers = [tmp_path / "另一个"]
    act(screen, "elsewhere")
    wait_until(lambda: list((tmp_path / "另一个").glob("*.db")))
    wait_until(lambda: "\n✓ " in text(screen.result))
    assert len(desk.office.backups.plan().targets) == 1


def test_a_stick_that_was_pulled_out_is_said(plan, screen, stick, press, wait_until):
    stick.rmdir()
    press(screen.table.tree, "<F5>", "<F8>")
    wait_until(lambda: text(screen.result))
    assert text(screen.result).startswith(f"✕ {stick}：") and "现在不在" in text(screen.places)


def test_files_that_only_lie_in_the_folder_are_listed_and_databases_in_use_are_not(plan, screen, stick, wait_until):
    (stick / "别的电脑.db").write_bytes(b"x" * 3000)
    (stick / "加密.crmbak").write_bytes(b"x" * 3000)
    (stick / "正在用.db").write_bytes(b"x" * 3000)
    (stick / "正在用.db.lock").touch()
    screen.refresh()
    wait_until(lambda: screen.table.total == 2)
    rows = {row["name"]: row for row in screen.table._source.first_page("")}
    assert rows.keys() == {"别的电脑.db", "加密.crmbak"}
    assert rows["加密.crmbak"]["encrypted_text"] == "是" and rows["别的电脑.db"]["occasion"] == "其他"


def test_enter_verifies_and_compares(screen, backup, press, in_contents, wait_until):
    screen.desk.office.customers.delete([1])
    seen = []

    def look(window):
        seen.extend([text(window.state), *facts(window)])
        window.cancel()

    in_contents(look)
    press(screen.table.tree, "<Return>")
    wait_until(lambda: seen)
    assert seen[0].startswith("✓ 检验通过")
    place = seen.index("客户：")
    assert seen[place : place + 3] == ["客户：", "3", "2"]


def test_restoring_brings_the_office_back_and_ends_the_session(screen, backup, dialogs, in_contents, wait_until):
    office = screen.desk.office
    office.customers.delete([1])
    in_contents(lambda window: window.button.invoke())
    act(screen, "restore")
    wait_until(lambda: screen.desk.left and dialogs.asked, 20)
    assert office.customers.search().total == 3
    assert dialogs.asked == [("message", "数据已恢复，请重新登录。")]
    assert list((office.db.path.parent / "备份").glob("*恢复前*.db"))


def test_nothing_happens_when_the_clerk_says_no(screen, backup, in_contents, wait_until):
    screen.desk.office.customers.delete([1])
    closed = []
    in_contents(lambda window: closed.append(window.cancel()))
    act(screen, "restore")
    wait_until(lambda: closed)
    assert not screen.desk.background.is_saving and screen.desk.left == []
    assert screen.desk.office.customers.search().total == 2


def test_a_restore_cancelled_while_it_waited_does_nothing(screen, backup):
    screen.desk.office.customers.delete([1])
    chosen = Chosen(screen.desk.office.backups.inspect(backup), "")
    with pytest.raises(BackupError, match="已取消"):
        screen.restoring._replace(SimpleNamespace(is_cancelled=lambda: True), chosen)
    assert screen.desk.office.customers.search().total == 2


def test_a_screen_that_wants_to_stay_keeps_the_office(screen, backup, window, wait_until):
    window.open("customers").can_close = lambda: False
    act(screen, "restore")
    window.update()
    assert not [each for each in _windows(window) if isinstance(each, ContentsWindow)]


def test_another_window_on_the_same_file_keeps_the_office(screen, backup, dialogs):
    screen.desk.has_other_windows = lambda: True
    act(screen, "restore")
    assert "另一个窗口" in str(dialogs.errors[0]) and dialogs.asked == []


def test_a_file_that_is_no_backup_cannot_be_restored(screen, dialogs, tmp_path, in_contents, wait_until):
    bad = tmp_path / "照片.db"
    bad.write_bytes(b"not a database at all" * 100)
    dialogs.answers = [bad]
    seen = []

    def look(window):
        window.confirm()
        seen.append((text(window.state), str(window.button.cget("state"))))
        window.cancel()

    in_contents(look)
    act(screen, "other")
    wait_until(lambda: seen)
    assert seen[0][0].startswith("✕ 这个文件") and seen[0][1] == "disabled"


def test_an_encrypted_backup_asks_for_its_password(screen, desk, stick, dialogs, in_contents, wait_until, press):
    info = desk.office.backups.create(stick, password="geheim2026")
    dialogs.answers = [info.path]
    errors = []

    def unlock(window):
        entry = window.password.input
        press(entry.control, "<Return>")
        errors.append(entry.error)
        entry.set("falsch2026")
        press(entry.control, "<Return>")
        wait_until(lambda: entry.error, 20)
        errors.append(entry.error)
        entry.set("geheim2026")
        press(entry.control, "<Return>")
        wait_until(lambda: window.info, 20)
        errors.append(facts(window)[1])
        window.cancel()

    in_contents(unlock)
    act(screen, "other")
    wait_until(lambda: len(errors) == 3, 60)
    assert errors[0] == "请输入备份密码。" and "密码不正确" in errors[1]


def test_everything_is_exported_on_request(screen, desk, dialogs, tmp_path, wait_until):
    (tmp_path / "导出").mkdir()
    dialogs.answers = [tmp_path / "导出"]
    act(screen, "export")
    wait_until(lambda: text(screen.result), 60)
    assert text(screen.result).startswith("全部数据已导出为") and list((tmp_path / "导出").rglob("*.xlsx"))


def test_without_a_backup_only_a_file_elsewhere_can_be_restored(screen):
    available = [action.id for action in screen.actions if action.available()]
    assert available == ["backup", "elsewhere", "plan", "refresh", "other", "export"]


@pytest.mark.parametrize(("size", "text"), [(10, "1 KB"), (2048, "2 KB"), (3 << 20, "3.0 MB"), (5 << 29, "2.5 GB")])
def test_sizes_are_said_as_people_do(size, text):
    assert size_text(size) == text
