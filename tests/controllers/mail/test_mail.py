"""A letter goes to each recipient once, is in the timeline, and what goes wrong with one is no trouble for others."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from crm_desktop.controllers.mail import Letter, controller
from crm_desktop.errors import FieldError, MailError, NotFound, PermissionDenied, ValidationError
from crm_desktop.models import Query
from crm_desktop.models.mail import FAILED, SENDING, SENT, SKIPPED, UNSURE, WAITING


def test_each_gets_a_letter_of_their_own(office, job, mailbox, states):
    progress = office.mail.run(job)
    assert (progress.sent, progress.failed, progress.waiting, progress.problem) == (3, 0, 0, "")
    assert mailbox.addresses == ["Li@Example.com", "yi@example.com", "bing@example.com"]
    assert set(states(job).values()) == {SENT}
    first, second, third = mailbox.letters()
    assert first["Subject"] == "甲您好" and first["To"] == "Li@Example.com"
    assert str(first["From"]) == "长春宏达 <office@example.com>"
    assert first.get_content().startswith("李明先生：")
    assert second.get_content().startswith("客户：") and third.get_content().startswith("丙某：")
    assert len({each["Message-ID"] for each in (first, second, third)}) == 3


def test_every_letter_is_in_the_timeline(office, job, people):
    office.mail.run(job)
    (row,) = office.timeline.page(people[0]).rows
    assert (row["kind"], row["title"], row["date"]) == ("业务往来", "邮件　甲您好", "2026-11-22")
    found = office.interactions.get(row["record"])
    assert (found["contact_text"], found["content"]) == ("李明", "李明先生：\n见附件。")
    assert "发送邮件：甲您好 → 李明（甲厂）" in {each["sentence"] for each in office.audit.operations()}


def test_a_second_run_sends_nothing_again(office, job, mailbox):
    office.mail.run(job)
    assert office.mail.run(job).sent == 0
    assert len(mailbox.envelopes) == 3


def test_one_address_gets_one_letter_whatever_its_case(office, connected, mailbox, people):
    twin = office.customers.create({"name": "甲厂分厂", "email": "LI@example.COM"})
    job = office.mail.create_job(Letter("好", "好"), "customers", [*people, twin])
    assert office.mail.run(job).sent == 3
    (last,) = [each for each in office.mail.messages(job) if each["customer"] == twin]
    assert (last["state"], last["reason"]) == (SKIPPED, "和“李明（甲厂）”是同一个地址，只发一封。")


def test_who_has_no_address_or_wants_no_mail_is_told(office, connected, mailbox, people):
    silent = office.customers.create({"name": "无邮箱"})
    office.customers.update(people[1], {"is_unsubscribed": True}, version=1)
    found = {each.name: each.reason for each in office.mail.addressees("customers", [*people, silent])}
    assert found == {"李明（甲厂）": "", "乙店": "客户登记了“不接收邮件”。", "丙某": "", "无邮箱": "没有电子邮箱。"}
    job = office.mail.create_job(Letter("好", "好"), "customers", [*people, silent])
    office.mail.run(job)
    assert mailbox.addresses == ["Li@Example.com", "bing@example.com"]
    with pytest.raises(ValidationError, match="没有一个收件人"):
        office.mail.create_job(Letter("好", "好"), "customers", [silent])


def test_who_unsubscribes_or_goes_while_a_job_waits_gets_nothing(office, job, people, mailbox, states):
    contact = office.contacts.ids(Query())[0]
    office.contacts.update(contact, {"is_unsubscribed": True}, version=1)
    office.customers.delete([people[1]])
    progress = office.mail.run(job)
    assert (progress.sent, progress.skipped) == (1, 2)
    assert mailbox.addresses == ["bing@example.com"]
    assert list(states(job).values()) == [SKIPPED, SKIPPED, SENT]
    assert [each["reason"] for each in office.mail.messages(job)][:2] == ["联系人登记了“不接收邮件”。", "客户或联系人已删除。"]


def test_a_merge_while_a_job_waits_sends_no_letter_twice(office, job, people, mailbox):
    """Each address gets its letter, as the customer that was kept; the 往来 are that one's."""
    versions = {row["id"]: row["version"] for row in office.customers.rows(people, ())}
    operation = office.duplicates.merge("customers", people[0], people[1:2], {}, versions)
    assert office.mail.run(job).sent == 3
    assert mailbox.addresses == ["Li@Example.com", "yi@example.com", "bing@example.com"]
    assert [each["Subject"] for each in mailbox.letters()] == ["甲您好", "甲您好", "丙某您好"]
    assert len(office.timeline.page(people[0]).rows) == 2
    office.undo.undo(operation)
    assert [each["customer"] for each in office.mail.messages(job)] == people
    assert office.mail.run(job).sent == 0 and len(mailbox.envelopes) == 3


def test_a_contact_without_an_address_who_wants_no_mail_gets_none_at_the_firm_s(office, connected, mailbox):
    firm = office.customers.create({"name": "丁厂", "email": "ding@example.com"}, {"contacts": [{"name": "赵"}]})
    job = office.mail.create_job(Letter("好", "好"), "customers", [firm])
    contact = office.contacts.ids(Query())[0]
    assert contact == firm == 1  # ids of two kinds are not mistaken for each other
    office.contacts.update(contact, {"is_unsubscribed": True}, version=1)
    assert office.mail.run(job).skipped == 1 and mailbox.envelopes == []


def test_contacts_get_letters_at_their_own_address_only(office, connected, mailbox, people):
    office.contacts.create({"name": "王芳", "customer": people[1]})
    ids = list(office.contacts.ids(Query(order="id")))
    assert [each.reason for each in office.mail.addressees("contacts", ids)] == ["", "没有电子邮箱。"]
    assert office.mail.run(office.mail.create_job(Letter("好", "好"), "contacts", ids)).sent == 1


def test_a_refused_recipient_is_retried_alone(office, job, mailbox, states):
    mailbox.refusals["yi@example.com"] = "550 5.1.1 User unknown"
    progress = office.mail.run(job)
    assert (progress.sent, progress.failed) == (2, 1)
    failed = next(each for each in office.mail.messages(job) if each["state"] == FAILED)
    assert failed["reason"].startswith("没有这个收件地址，请核对。") and "User unknown" in failed["reason"]
    mailbox.refusals.clear()
    assert office.mail.retry(job) == 1
    assert office.mail.run(job).sent == 1
    assert mailbox.addresses == ["Li@Example.com", "bing@example.com", "yi@example.com"]


def test_five_refusals_in_a_row_stop_the_job(office, connected, mailbox):
    ids = [office.customers.create({"name": f"客户{n}", "email": f"c{n}@example.com"}) for n in range(7)]
    mailbox.refusals = {f"c{n}@example.com": "550 Connection frequency limited" for n in range(7)}
    progress = office.mail.run(office.mail.create_job(Letter("好", "好"), "customers", ids))
    assert (progress.failed, progress.waiting) == (5, 2)
    assert progress.problem.startswith("连续 5 封被拒绝，已自动暂停，请先看看原因：发送太频繁")


def test_a_wrong_password_stops_before_anything_is_sent(office, job, mailbox, states):
    office.mail_setup.set_password("wrong")
    progress = office.mail.run(job)
    assert progress.needs_password and progress.problem.startswith("用户名或密码不对。")
    assert set(states(job).values()) == {WAITING}
    assert office.mail.jobs()[0]["problem"] == progress.problem
    office.mail_setup.set_password("abcdefghijklmnop")
    assert office.mail.run(job).sent == 3
    assert office.mail.jobs()[0]["problem"] == ""


def test_without_a_known_password_one_is_asked_for(office, job):
    office.mail_setup.set_password("")
    progress = office.mail.run(job)
    assert progress.needs_password and progress.waiting == 3


def test_pausing_ends_after_the_letter_on_its_way(office, job, mailbox):
    progress = office.mail.run(job, cancelled=lambda: bool(mailbox.envelopes))
    assert (progress.sent, progress.waiting) == (1, 2)
    assert office.mail.unfinished()[0]["id"] == job
    assert office.mail.run(job).sent == 2
    assert office.mail.unfinished() == []


def test_the_rest_can_be_cancelled(office, job, mailbox, states):
    office.mail.run(job, cancelled=lambda: bool(mailbox.envelopes))
    assert office.mail.skip_rest(job) == 2
    assert office.mail.run(job).sent == 0
    assert list(states(job).values()) == [SENT, SKIPPED, SKIPPED]


def test_there_is_a_pause_between_two_letters_and_an_end_to_the_hour(office, job, mailbox, clock):
    office.settings.set_options({"mail_pause_seconds": 2, "mail_per_hour": 2})
    waited = []

    def wait(seconds):
        waited.append(seconds)
        clock.moment += timedelta(seconds=seconds)

    said = []
    progress = office.mail.run(job, on_progress=lambda done, total, text: said.append(text), wait=wait)
    assert progress.sent == 3
    assert 3600 <= sum(waited) < 3610
    assert any(text.startswith("每小时最多 2 封，约 60 分钟后继续") for text in said)


def test_what_may_have_gone_out_is_sent_again_only_on_the_clerks_word(office, job, mailbox, states, clock):
    office.mail.run(job, cancelled=lambda: bool(mailbox.envelopes))
    office.db.execute("UPDATE mail_messages SET state = ?, window = 'x', at = ? WHERE state = ? AND id = 2", (SENDING, clock.timestamp(), WAITING))
    assert office.mail.run(job).sent == 1
    (doubtful,) = [each for each in office.mail.messages(job) if each["state"] == SENDING]
    assert doubtful["state_text"] == UNSURE
    with pytest.raises(MailError, match="另一个窗口"):
        office.mail.resend(doubtful["id"])
    clock.moment += timedelta(minutes=6)
    office.mail.resend(doubtful["id"])
    assert office.mail.run(job).sent == 1
    assert mailbox.addresses == ["Li@Example.com", "bing@example.com", "yi@example.com"]
    with pytest.raises(MailError, match="不用处理"):
        office.mail.resend(doubtful["id"])


def test_the_clerk_may_say_that_it_did_go_out(office, job, people, clock):
    office.db.execute("UPDATE mail_messages SET state = ? WHERE id = 2", (UNSURE,))
    office.mail.confirm(2)
    assert office.timeline.counts(people[1])["interactions"] == 1
    assert office.mail.run(job).sent == 2


def test_a_letter_may_be_simple_html_with_attachments(office, connected, mailbox, people, tmp_path):
    path = tmp_path / "报价单.pdf"
    path.write_bytes(b"%PDF-1.4 \r\n.\r\n")
    letter = Letter("报价", "<b>{客户名称}</b>您好：\n请看<a href='https://example.com'>网页</a>", is_html=True)
    twin = office.customers.create({"name": "A<B>公司", "email": "ab@example.com"})
    office.mail.run(office.mail.create_job(letter, "customers", [twin], [path]))
    (mail,) = mailbox.letters()
    assert "<b>A&lt;B&gt;公司</b>您好：<br>" in mail.get_body(("html",)).get_content()
    assert mail.get_body(("plain",)).get_content().split("\r\n") == ["A<B>公司您好：", "请看网页（https://example.com）", ""]
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("报价单.pdf", b"%PDF-1.4 \r\n.\r\n")
    (row,) = office.timeline.page(twin).rows
    assert "附件：报价单.pdf" in office.interactions.get(row["record"])["content"]


def test_an_attachment_of_40_mb_is_refused_at_its_field(office, connected, people, tmp_path):
    path = tmp_path / "录像.pdf"
    path.touch()
    os.truncate(path, 40 * 1024 * 1024)
    with pytest.raises(ValidationError) as caught:
        office.mail.create_job(Letter("好", "好"), "customers", people, [path])
    assert caught.value.fields == {"files": "“录像.pdf”有 40.0 MB，附件最大 20 MB。"}
    assert office.mail.jobs() == []


def test_attachments_together_may_not_be_larger_than_the_setting(office, connected, people, tmp_path):
    office.settings.set_option("mail_megabytes", 1)
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"x" * 600_000)
    with pytest.raises(ValidationError) as caught:
        office.mail.create_job(Letter("好", "好"), "customers", people, [tmp_path / "a.pdf", tmp_path / "b.pdf"])
    assert caught.value.fields["files"].startswith("附件一共 1.1 MB，最多 1 MB")


def test_a_letter_too_large_for_the_server_stops_the_job(office, post, mailbox, people, tmp_path, states):
    server = post("SSL", largest=10_000)
    office.mail_setup.set_server(server.values())
    office.mail_setup.set_password("abcdefghijklmnop")
    (tmp_path / "a.pdf").write_bytes(b"x" * 50_000)
    job = office.mail.create_job(Letter("好", "好"), "customers", people, [tmp_path / "a.pdf"])
    progress = office.mail.run(job)
    assert progress.problem.startswith("邮件太大，服务器不收") and progress.waiting == 3


def test_an_unknown_merge_field_is_said_where_it_stands(office, people):
    with pytest.raises(ValidationError) as caught:
        office.mail.create_job(Letter("{客户名}您好", "{"), "customers", people)
    assert caught.value.fields["subject"] == "没有叫“客户名”的合并项，是不是要写 {客户名称}？"
    assert caught.value.fields["body"].startswith("“{”没有另一半")
    with pytest.raises(FieldError):
        Letter("{x}", "x").merged({})


def test_a_preview_tells_what_is_missing(office, people):
    letter = Letter("{客户名称}", "{联系人}{称谓}，{部门|贵单位}好")
    seen = office.mail.preview(letter, "customers", people[0])
    assert (seen.subject, seen.text, seen.missing, seen.address) == ("甲厂", "李明先生，贵单位好", (), "Li@Example.com")
    assert office.mail.preview(letter, "customers", people[1]).missing == ("联系人", "称谓")


def test_who_sees_only_their_own_customers_writes_to_nobody_else(office, connected, people, hire, mailbox):
    li = hire("li", "业务员")
    own = li.customers.create({"name": "李的", "email": "own@example.com"})
    job = li.mail.create_job(Letter("好", "好"), "customers", [*people, own])
    assert [each["customer"] for each in li.mail.messages(job)] == [own]
    all_of_them = office.mail.create_job(Letter("好", "好"), "customers", [*people, own])
    assert [each["id"] for each in li.mail.jobs()] == [job]
    for refused in (li.mail.messages, li.mail.run, li.mail.retry, li.mail.letter):
        with pytest.raises(NotFound):
            refused(all_of_them)
    office.db.execute("UPDATE mail_messages SET state = '可能已发' WHERE job = ?", (all_of_them,))
    with pytest.raises(NotFound):
        li.mail.resend(office.mail.messages(all_of_them)[0]["id"])
    with pytest.raises(PermissionDenied):
        hire("zhao", "只读").mail.create_job(Letter("好", "好"), "customers", [own])


def test_the_password_is_nowhere_in_the_file(office, job):
    office.mail.run(job)
    office.db.close_all()
    assert b"abcdefghijklmnop" not in Path(office.db.path).read_bytes()


def test_until_it_is_written_a_job_tells_how_far_it_is_and_can_be_given_up(office, connected, people, monkeypatch):
    monkeypatch.setattr(controller, "STEP", 2)
    told = []
    office.mail.create_job(Letter("好", "好"), "customers", people, on_progress=lambda *done: told.append(done))
    assert told == [(0, 3), (2, 3)]
    asked = iter([False, True])
    with pytest.raises(MailError, match="没有新建"):
        office.mail.create_job(Letter("好", "好"), "customers", people, cancelled=lambda: next(asked))
    assert len(office.mail.jobs()) == 1
