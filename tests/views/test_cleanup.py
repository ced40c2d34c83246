"""系统数据清理 by keys: choose, count, confirm with the password; the result names the backup."""

from datetime import date
from pathlib import Path

import pytest

from crm_desktop.controllers.mail import Letter
from crm_desktop.models import Query


@pytest.fixture
def screen(window, desk):
    """Two old calls, one new, and the screen open."""
    customer = desk.office.customers.ids(Query("宏达"))[0]
    for day in ("2022-05-05", "2023-12-31", "2026-11-01"):
        desk.office.interactions.create({"customer": customer, "subject": day, "date": day})
    desk.office.complaints.create({"customer": customer, "date": "2022-05-05"})
    return window.open("cleanup")


@pytest.fixture
def counted(screen, press, wait_until):
    """往来 ticked with the space bar and counted with F5."""
    press(screen.boxes["interactions"], "<space>", "<F5>")
    wait_until(lambda: screen.effect is not None)
    return screen


def shown(screen):
    rows = screen.table.body.tree.get_children()
    return [screen.table.tree.item(row, "values") for row in rows]


def test_nothing_can_be_cleaned_before_it_was_counted(screen, dialogs, press, wait_until):
    assert str(screen.toolbar.button("clean").cget("state")) == "disabled"
    press(screen.boxes["interactions"], "<F8>", "<F5>")
    assert dialogs.errors == ["请先选择要清理的内容。"]
    assert dialogs.asked == []


def test_the_counts_are_shown_and_belong_to_the_choice(counted, press, wait_until):
    wait_until(lambda: shown(counted) == [("业务往来", "2", "")])
    assert counted.footer.cget("text") == "共清理 2 条"
    assert str(counted.toolbar.button("clean").cget("state")) == "normal"
    press(counted.boxes["complaints"], "<space>")
    assert (counted.effect, shown(counted)) == (None, [])
    assert str(counted.toolbar.button("clean").cget("state")) == "disabled"


def test_what_is_not_finished_is_said(screen, press, wait_until):
    press(screen.finished_box, "<space>")
    press(screen.boxes["complaints"], "<space>", "<F5>")
    wait_until(lambda: shown(screen) == [("客户投诉", "1", "其中还没有归档的 1 条")])


def test_it_is_cleaned_after_the_password(counted, desk, dialogs, password, press, wait_until):
    dialogs.answers = [True, password]
    press(counted.boxes["interactions"], "<F8>")
    wait_until(lambda: counted.result.cget("text"), 20)
    assert [kind for kind, _ in dialogs.asked] == ["yes_no", "password"]
    assert dialogs.asked[0][1] == "要清理这 2 条吗？"
    text = counted.result.cget("text")
    assert "已清理：业务往来 2。" in text and "清理前的备份：" in text
    backup = Path(text.split("清理前的备份：")[1].split("\n")[0])
    assert backup.is_file() and backup.parent.name == "备份"
    assert [row["subject"] for row in desk.office.interactions.search().rows] == ["2026-11-01"]
    assert shown(counted) == []


def test_a_wrong_password_is_asked_again(counted, desk, dialogs, password, press, wait_until):
    dialogs.answers = [True, "wrong1", password]
    press(counted.boxes["interactions"], "<F8>")
    wait_until(lambda: counted.result.cget("text"), 20)
    assert "再输错 4 次" in dialogs.asked[2][1]


@pytest.mark.parametrize("answers", [[False], [True, None]])
def test_nothing_happens_without_both_answers(counted, desk, dialogs, answers, press, root):
    dialogs.answers = list(answers)
    press(counted.boxes["interactions"], "<F8>")
    root.update()
    assert len(dialogs.asked) == len(answers)
    assert desk.office.interactions.search().total == 3


def test_dates_are_checked_at_their_fields(screen, press, wait_until):
    since, until = (screen.period.fields[name] for name in ("since", "until"))
    press(screen.boxes["interactions"], "<space>")
    for first, last, field, words in (
        ("2024-01-01", "2023-01-01", until, "不能早于"),
        ("abc", "2023-01-01", since, "日期应类似"),
        ("", "", until, "请填写结束的日期"),
    ):
        since.set(first)
        until.set(last)
        press(screen.boxes["interactions"], "<F5>")
        assert words in field.input.error
    screen.period.set(None, date(2022, 12, 31))
    press(screen.boxes["interactions"], "<F5>")
    wait_until(lambda: shown(screen) == [("业务往来", "1", "")])


def test_room_is_given_back_by_itself(screen, wait_until):
    screen.toolbar.button("space").invoke()
    wait_until(lambda: "空间" in screen.result.cget("text"), 20)


def test_the_size_of_the_files_of_old_mail_is_shown(screen, desk, press, wait_until, tmp_path):
    paper = tmp_path / "通知.pdf"
    paper.write_bytes(bytes(2048))
    firm = desk.office.customers.create({"name": "甲厂", "email": "jia@example.com"})
    job = desk.office.mail.create_job(Letter("中秋", "好"), "customers", [firm], [paper])
    desk.office.mail.skip_rest(job)
    desk.office.db.execute("UPDATE mail_messages SET at = '2022-05-05T00:00:00Z'")
    desk.office.db.execute("UPDATE mail_jobs SET created_at = '2022-05-05T00:00:00Z'")
    press(screen.boxes["mail_jobs"], "<space>", "<F5>")
    wait_until(lambda: shown(screen) == [("群发邮件", "1", ""), ("邮件的收件人", "1", ""), ("邮件的附件", "1", "2 KB")])
