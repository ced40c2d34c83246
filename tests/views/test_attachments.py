"""附件 by keyboard: added, opened, saved, renamed, deleted and brought back; each refusal is a sentence."""

import pytest

from crm_desktop import system
from crm_desktop.errors import SystemRefused
from crm_desktop.models import COMPLAINTS
from crm_desktop.views.attachments import AttachmentWindow


@pytest.fixture
def complaint(desk):
    return desk.office.complaints.create({"customer": 1, "content": "漏油"})


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "合同.pdf"
    path.write_bytes(b"%PDF scan")
    return path


@pytest.fixture
def screen(window, desk, complaint, wait_until):
    """The list of complaints with the only one selected; what the status bar would say is in ``desk.said``."""
    desk.say = lambda text, action=None: desk.said.append((text, action))
    shown = window.open("complaints")
    wait_until(lambda: shown.table.is_complete and shown.table.total == 1)
    shown.table.go_to(complaint)
    return shown


def front(root):
    return next((child for child in root.winfo_children() if isinstance(child, AttachmentWindow)), None)


@pytest.fixture
def attachments(root, screen, press, wait_until):
    """Their window, opened by its key."""
    press(screen.table.tree, "<Alt-a>")
    wait_until(lambda: front(root) and front(root).winfo_viewable())
    return front(root)


@pytest.fixture
def added(attachments, dialogs, scan, press, wait_until):
    """The window with one file in it."""
    dialogs.answers = [[scan]]
    press(attachments.table.tree, "<F2>")
    wait_until(lambda: attachments.table.total == 1 and attachments.desk.said)
    return attachments


def names(window):
    return [row["name"] for row in window.desk.office.attachments.list("complaints", window.record)]


def test_a_file_is_added_by_key_and_counted_beside_the_list(added, screen, complaint, wait_until):
    assert added.title().startswith("附件 - 客户投诉 TS") and names(added) == ["合同.pdf"]
    assert added.footer.cget("text") == "共 1 个，1 KB"
    assert added.desk.said == [("已添加附件 1 个。", None)]
    wait_until(lambda: "附件：\t1 个" in screen.detail.text.get("1.0", "end"))


def test_several_are_added_and_each_refusal_is_told(attachments, dialogs, scan, tmp_path, press, wait_until):
    program, empty = tmp_path / "病毒.exe", tmp_path / "空.pdf"
    program.write_bytes(b"MZ")
    empty.touch()
    dialogs.answers = [[program, scan, empty]]
    press(attachments.table.tree, "<F2>")
    wait_until(lambda: dialogs.errors)
    first, second = str(dialogs.errors[0]).split("\n")
    assert "“病毒.exe”的类型不能作为附件" in first and second == "“空.pdf”是空文件，没有添加。"
    assert names(attachments) == ["合同.pdf"]


def test_enter_opens_a_copy(added, press, wait_until, monkeypatch):
    opened = []
    monkeypatch.setattr(system, "open_path", opened.append)
    press(added.table.tree, "<Return>")
    wait_until(lambda: opened)
    assert opened[0].read_bytes() == b"%PDF scan" and opened[0].name.endswith("-合同.pdf")


def test_a_system_without_a_program_for_it_says_so(added, dialogs, press, wait_until, monkeypatch):
    def refuse(path):
        raise SystemRefused("没有程序能打开它。")

    monkeypatch.setattr(system, "open_path", refuse)
    press(added.table.tree, "<Return>")
    wait_until(lambda: dialogs.errors)
    assert str(dialogs.errors[0]) == "没有程序能打开它。"


def test_one_is_saved_elsewhere(added, dialogs, tmp_path, press, wait_until):
    target = tmp_path / "out.pdf"
    dialogs.answers = [target]
    press(added.table.tree, "<F8>")
    wait_until(target.exists)
    wait_until(lambda: added.desk.said[-1][0] == f"附件保存在 {target}")
    assert target.read_bytes() == b"%PDF scan"
    dialogs.answers = [tmp_path / "out.exe"]
    press(added.table.tree, "<F8>")
    wait_until(lambda: dialogs.errors)
    assert "保留文件名的结尾" in str(dialogs.errors[0])


def test_one_is_renamed(added, dialogs, press, wait_until):
    dialogs.answers = ["正本"]
    press(added.table.tree, "<F4>")
    wait_until(lambda: names(added) == ["正本.pdf"])
    wait_until(lambda: added.table.current_row["name"] == "正本.pdf")
    dialogs.answers = [None]
    press(added.table.tree, "<F4>")
    assert names(added) == ["正本.pdf"]


def test_one_is_deleted_after_a_question_and_brought_back(added, desk, dialogs, press, wait_until):
    desk.said.clear()
    press(added.table.tree, "<Control-Delete>")
    assert dialogs.asked[-1] == ("yes_no", "要删除附件“合同.pdf”吗？") and names(added) == ["合同.pdf"]
    dialogs.answers = [True]
    press(added.table.tree, "<Control-Delete>")
    wait_until(lambda: desk.said and added.table.total == 0)
    text, (label, undo) = desk.said[0]
    assert (text, label) == ("已删除附件 1 个。", "撤销")
    undo()
    wait_until(lambda: added.table.total == 1)


def test_esc_closes_it_and_the_list_has_the_keyboard_again(root, added, screen, press, wait_until):
    press(added.table.tree, "<Escape>")
    wait_until(lambda: front(root) is None and root.focus_get() is screen.table.tree)


def test_it_closes_when_its_record_goes(root, added, desk, dialogs, complaint, wait_until):
    desk.office.complaints.delete([complaint])
    wait_until(lambda: front(root) is None)
    assert "可能已被删除" in str(dialogs.errors[0])


def test_cancelling_keeps_what_was_added_already(attachments, scan, tmp_path):
    other = tmp_path / "另一份.pdf"
    other.write_bytes(b"other")
    asked = iter([False, True])

    class Job:
        is_cancelled = staticmethod(lambda: next(asked, True))
        report = staticmethod(lambda *arguments: None)

    added = attachments._add_all(Job, [scan, other])
    assert (len(added.ids), added.refusals) == (1, [])


def test_who_only_reads_may_look_but_not_change(root, desk, complaint, scan, password, wait_until):
    desk.office.attachments.add("complaints", complaint, scan)
    desk.office.db.execute("DELETE FROM permissions WHERE area = 'complaints' AND verb = 'update'")
    shown = AttachmentWindow(desk, COMPLAINTS, complaint, "")
    shown.show_record()
    shown.table.select([1])
    assert [action.id for action in shown.actions if action.available()] == ["open", "save", "close"]
    shown.cancel()


def test_only_entities_that_have_them_offer_them(window):
    for key, has_them in (("complaints", True), ("interactions", True), ("customers", False), ("products", False)):
        assert ("attachments" in [action.id for action in window.open(key).actions]) == has_them
