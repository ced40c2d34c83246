"""客户呼叫中心 by keyboard: the phone rings, the clerk types the number, sees who it is, keeps the call."""

from datetime import timedelta

import pytest

from crm_desktop import system
from crm_desktop.errors import SystemRefused
from crm_desktop.models import Query

HONGDA, NUMBER = "长春宏达机械制造有限公司", "13904310001"


@pytest.fixture
def screen(window, root):
    made = window.open("calls")
    root.update()
    return made


@pytest.fixture
def ring(screen, type_text, press, wait_until):
    """``ring("0431…")``: type a number, and Enter."""

    def type_number(number, expected=1):
        screen.search.clear()
        type_text(screen.search.control, number)
        press(screen.search.control, "<Return>")
        wait_until(lambda: screen.matches.total == expected)

    return type_number


def seen(screen):
    return screen.caller.text.get("1.0", "end")


def calls(desk):
    return [desk.office.interactions.get(record) for record in desk.office.interactions.ids(Query(order="id"))]


def test_the_phone_rings(window, desk, screen, ring, press, type_text, wait_until):
    ring("+86 139-0431-0001", expected=2)  # two contacts share it
    press(screen.search.control, "<Return>")
    assert str(screen.focus_get()) == str(screen.matches.tree)
    press(screen.matches.tree, "<Return>", "<Alt-Key-1>")
    form = screen.form
    wait_until(lambda: form.fields["call_result"].input.control is form.focus_get())
    type_text(form.fields["call_result"].input.control, "已接通")
    press(form.fields["call_result"].input.control, "<Return>", "<Return>", "<Return>")
    type_text(form.fields["subject"].input.control, "问报价")
    type_text(form.fields["content"].input.control, "要 2 台")
    press(form.fields["content"].input.control, "<F8>")
    wait_until(lambda: not form.is_open)
    (call,) = calls(desk)
    told = [call[f"{name}_text"] for name in ("customer", "contact", "direction", "method", "call_result", "subject", "content")]
    assert told == [HONGDA, "单小明", "来电", "电话", "已接通", "问报价", "要 2 台"]
    assert call["phone_number"] == NUMBER and call["duration"] == 0
    wait_until(lambda: "2026-11-22：\t来电　单小明　已接通　问报价" in seen(screen))
    wait_until(lambda: screen.focus_get() is screen.search.control)
    page = window.open("customer", record=1)
    wait_until(lambda: page.timeline.table.total == 1)
    assert page.timeline.table.current_row["title"] == "电话　来电　问报价"


def test_open_complaints_and_the_next_contact_are_in_view(desk, screen, ring):
    desk.office.complaints.create({"customer": 3, "date": "2026-11-01", "severity": "重大", "content": "主轴坏了"})
    desk.office.complaints.create({"customer": 3, "date": "2026-11-22", "severity": "轻微", "content": "晚到"})
    desk.office.calls.log("去电", 3, follow_up="2026-12-05", subject="约拜访")
    desk.office.customers.update(3, {"phone": "024-83210001"}, 1)
    ring("02483210001")
    text = seen(screen)
    assert "投诉超期：\tTS20261101-001" in text and "未结投诉 2 件" in text and "晚到" in text
    assert "下次跟进：\t2026-12-05　约拜访" in text and "去电　约拜访" in text
    assert "warning" in screen.caller.text.tag_names("2.3")
    assert "号码：\t固定电话　辽宁省沈阳市、抚顺市、本溪市、铁岭市" in text


def test_the_clock_runs_until_it_is_typed_over(desk, screen, ring, press, type_text, wait_until, monkeypatch):
    monkeypatch.setattr("crm_desktop.views.call_form.SECOND", 10)
    ring(NUMBER, expected=2)
    press(screen.matches.tree, "<Alt-Key-2>")
    duration = screen.form.fields["duration"]
    desk.office.clock.moment += timedelta(seconds=83)
    wait_until(lambda: duration.get() == "1:23")
    assert not screen.form.is_touched
    duration.input.control.selection_range(0, "end")
    press(duration.input.control, "<Delete>")
    type_text(duration.input.control, "5")
    desk.office.clock.moment += timedelta(seconds=10)
    press(duration.input.control, "<F8>")
    wait_until(lambda: calls(desk))
    assert calls(desk)[0]["duration"] == 300


def test_a_missed_call_has_no_length(desk, screen, ring, press, wait_until):
    ring(NUMBER, expected=2)
    press(screen.matches.tree, "<Alt-Key-3>", "<F8>")
    wait_until(lambda: calls(desk))
    assert (calls(desk)[0]["direction"], calls(desk)[0]["duration"], calls(desk)[0]["subject"]) == ("未接", None, "未接来电")


def test_a_refusal_keeps_what_was_typed(desk, screen, ring, press, wait_until):
    ring(NUMBER, expected=2)
    press(screen.matches.tree, "<Alt-Key-1>")
    fields = screen.form.fields
    fields["content"].set("说了很多")
    fields["follow_up"].set("2026-11-01")
    press(fields["content"].input.control, "<F8>")
    wait_until(lambda: fields["follow_up"].input.error)
    assert fields["content"].get() == "说了很多" and screen.form.is_open and calls(desk) == []
    fields["follow_up"].set("2026-12-01")
    press(fields["content"].input.control, "<F8>")
    wait_until(lambda: len(calls(desk)) == 1)


def test_escape_asks_before_it_forgets(dialogs, screen, ring, press):
    ring(NUMBER, expected=2)
    press(screen.matches.tree, "<Alt-Key-1>")
    screen.form.fields["content"].set("还没有保存")
    dialogs.answers = [False, False, True]
    press(screen.form.fields["content"].input.control, "<Escape>")
    assert screen.form.fields["content"].get() == "还没有保存" and not screen.can_close()
    press(screen.form.fields["content"].input.control, "<Escape>")
    assert not screen.form.is_open and screen.can_close() and len(dialogs.asked) == 3


def test_another_caller_does_not_take_the_notes(dialogs, screen, ring, press):
    ring(NUMBER, expected=2)
    press(screen.matches.tree, "<Alt-Key-1>")
    screen.form.fields["content"].set("第一位说的")
    press(screen.matches.tree, "<Alt-Key-2>")  # the same caller: only the direction changes
    assert screen.form.direction == "去电" and screen.form.fields["content"].get() == "第一位说的"
    press(screen.matches.tree, "<Down>", "<Alt-Key-1>")
    assert dialogs.asked and screen.form.match["customer"] == 1
    dialogs.answers = [True]
    press(screen.matches.tree, "<Alt-Key-1>")
    assert screen.form.match["customer"] == 2 and not screen.form.fields["content"].get()


def test_an_unknown_number_becomes_a_customer(desk, screen, ring, press, wait_until):
    ring("0431 8300 1122", expected=0)
    assert screen.matches.body.empty.cget("text").startswith("没有客户用这个号码。F2 新客户")
    press(screen.search.control, "<F2>")
    form = desk.forms["customers"][0]
    wait_until(lambda: form.is_shown)
    assert form.form["phone"].get() == "0431-83001122"
    form.form["name"].input.text.set("新来的厂")
    form.save()
    wait_until(lambda: screen.matches.total == 1)
    wait_until(lambda: screen.focus_get() is screen.toolbar.button("call_1"))
    press(screen.toolbar.button("call_1"), "<Return>")
    assert screen.form.title.cget("text") == "来电　新来的厂　0431 8300 1122"


def test_an_unknown_mobile_becomes_a_contact_of_a_known_customer(desk, screen, ring, press, wait_until):
    ring("139 9999 0000", expected=0)
    press(screen.search.control, "<Alt-Key-4>")
    form = desk.forms["contacts"][0]
    wait_until(lambda: form.is_shown)
    assert form.form["mobile"].get() == "13999990000"
    form.form["name"].input.text.set("赵六")
    form.form["customer"].set(3, "沈阳北方重工有限公司")
    form.save()
    wait_until(lambda: screen.matches.total == 1)
    assert screen.matches.current_row["contact_name"] == "赵六"


@pytest.mark.parametrize(("key", "area"), [("<Alt-Key-5>", "complaints"), ("<Alt-Key-6>", "feedback")])
def test_a_call_becomes_a_complaint_or_feedback(desk, screen, ring, press, wait_until, key, area):
    ring(NUMBER, expected=2)
    press(screen.matches.tree, "<Alt-Key-1>")
    screen.form.fields["content"].set("机床有异响")
    press(screen.matches.tree, key)
    form = desk.forms[area][0]
    wait_until(lambda: form.is_shown)
    values = form.form.values()
    assert (values["customer"], values["content"]) == (1, "机床有异响")
    assert form.form["channel"].input.chosen.text == "电话"
    form.save()
    wait_until(lambda: not form.is_shown)
    assert getattr(desk.office, area).search(Query(), ["contact"]).rows[0]["contact_text"] == "单小明"
    assert screen.form.fields["content"].get() == "机床有异响"


def test_the_only_one_with_just_this_number_is_taken_at_once(desk, screen, ring, wait_until):
    desk.office.customers.update(3, {"phone": "0431-8512345", "fax": "0431-85123456"}, 1)
    ring("0431-8512345", expected=2)
    wait_until(lambda: screen.focus_get() is screen.toolbar.button("call_1"))
    assert screen.matches.current_row["label"] == "电话"


def test_a_customer_deleted_during_the_call_is_said_and_the_notes_stay(desk, dialogs, screen, ring, press, wait_until):
    ring("hdjx")
    press(screen.toolbar.button("call_1"), "<Return>")
    content = screen.form.fields["content"]
    content.set("重要的话")
    desk.office.customers.delete([1])
    wait_until(lambda: screen.matches.total == 0)
    press(content.input.control, "<F8>")
    wait_until(lambda: dialogs.errors)
    assert "可能已被删除" in str(dialogs.errors[0]) and content.get() == "重要的话"


def test_what_is_no_number_is_said(screen, ring):
    ring("0431-12", expected=0)
    assert screen.matches.body.empty.cget("text") == "没有找到，号码也还不完整。"
    assert seen(screen).startswith("电话应为手机、区号加号码")
    ring("123", expected=0)
    assert screen.matches.body.empty.cget("text").startswith("输入或粘贴电话号码")


def test_a_name_is_typed_instead(screen, ring):
    ring("ccth", expected=0)
    ring("hdjx")
    assert screen.matches.current_row["name"] == HONGDA


def test_dialling(desk, dialogs, screen, ring, press, wait_until, monkeypatch):
    dialled = []
    monkeypatch.setattr(system, "dial", dialled.append)
    ring("+86 139 0431 0001", expected=2)
    press(screen.matches.tree, "<Alt-Key-0>")
    wait_until(lambda: dialled)
    assert dialled == [NUMBER]

    def refuse(number):
        raise SystemRefused("这台电脑没有能拨打电话的程序，请用话机拨号。")

    monkeypatch.setattr(system, "dial", refuse)
    press(screen.matches.tree, "<Alt-Key-0>")
    wait_until(lambda: dialogs.errors)
    assert "请用话机拨号" in str(dialogs.errors[0])


def test_who_may_not_keep_calls_only_looks(desk, window, root, monkeypatch):
    may = desk.office.context.may
    monkeypatch.setattr(type(desk.office.context), "may", lambda self, area, verb: verb == "view" and may(area, verb))
    screen = window.open("calls")
    screen.show(NUMBER)
    root.update()
    assert screen.matches.total == 2
    available = {action.id for action in screen.actions if action.available()}
    assert available == {"dial", "details"}


def test_who_may_not_see_customers_is_told(desk, window, root, monkeypatch):
    may = desk.office.context.may
    monkeypatch.setattr(type(desk.office.context), "may", lambda self, area, verb: area != "customers" and may(area, verb))
    screen = window.open("calls")
    screen.show(NUMBER)
    root.update()
    assert screen.matches.total == 0 and "没有“客户信息”的查看权限" in screen.matches.body.empty.cget("text")


def test_the_list_follows_what_others_change(desk, screen, ring, wait_until):
    ring(NUMBER, expected=2)
    desk.office.customers.delete([2])
    wait_until(lambda: screen.matches.total == 1)
    assert screen.matches.current_row["name"] == HONGDA


def test_a_colleagues_customer_is_not_called_unknown(desk, screen, ring):
    ring("13900009999", expected=0)
    assert "没有客户用这个号码" in screen.matches.body.empty.cget("text")
    desk.office.db.execute("UPDATE roles SET data_scope = '本人'")
    ring(NUMBER, expected=0)
    assert screen.matches.body.empty.cget("text").startswith("您的客户里没有这个号码，它可能是同事的客户。")
    screen.show(text="zhangsan")
    assert screen.matches.body.empty.cget("text").startswith("您的客户和联系人里没有叫这个名字的，它可能是同事的客户。")
