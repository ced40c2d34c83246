"""客户反馈 and 客户投诉 at the keyboard: the next step, what is overdue, the usual ways of looking, the course."""

import pytest

from crm_desktop.models import COMPLAINTS, Condition
from crm_desktop.models.workflow import REMARK
from crm_desktop.views.form_dialog import open_form

HONGDA, YOSHINO = 1, 2
ADMIN = 1
LATE = "2026-11-16"
"""A Monday: even what is 轻微 is overdue on 2026-11-24."""


@pytest.fixture
def complain(desk):
    """``complain("finish")``: a complaint that has taken the steps up to this one."""
    values = {
        "assign": {"handler": ADMIN}, "finish": {"result": "换了轴承"}, "visit": {"satisfaction": "满意"},
    }  # fmt: skip

    def create(upto=None, **fields):
        complaints = desk.office.complaints
        record = complaints.create({"customer": HONGDA, **fields})
        for step in [*values][: [*values].index(upto) + 1] if upto else ():
            complaints.advance(record, step, values[step], complaints.get(record)["version"])
        return record

    return create


@pytest.fixture
def open_screen(window, desk, wait_until):
    """``open_screen("complaints")``: the screen with its rows, and the footer's sums."""
    desk.say = lambda text, action=None: desk.said.append((text, action))

    def open_it(key="complaints"):
        screen = window.open(key)
        wait_until(lambda: screen.table.is_complete and "未结" in screen.footer.cget("text"))
        return screen

    return open_it


def stored(desk, record):
    return desk.office.complaints.get(record)


def cells(screen):
    """Of the first row, by column."""
    row = screen.table.current_row
    return {column.key: column.text(row) for column in screen.table.columns.shown}


# Taking a step


def test_the_only_step_is_asked_at_once_and_saved_by_keys(root, desk, complain, open_screen, in_form, press, wait_until):
    record, screen = complain(), open_screen()
    seen = {}

    def fill(form):
        seen.update(title=form.title(), fields=[*form.fields], note=form.body.nametowidget("note").cget("text"))
        seen["stars"] = [name for name, field in form.fields.items() if any(part.cget("text") == "*" for part in field.label.winfo_children())]
        form.fields["handler"].set(ADMIN)
        press(form.fields["handler"].input.control, "<Return>", "<Return>", "<Return>")
        seen["at_button"] = root.focus_get() is form.button
        press(form.button, "<Return>")

    in_form(fill)
    press(screen.table.tree, "<Control-b>")
    wait_until(lambda: stored(desk, record)["status"] == "处理中")
    assert seen == {
        "title": "受理分派：TS20261122-001", "fields": ["handler", "department", REMARK], "stars": ["handler"],
        "note": "长春宏达机械制造有限公司\n待处理 → 处理中", "at_button": True,
    }  # fmt: skip
    assert desk.said[-1][0] == "TS20261122-001：受理分派，处理中。" and desk.dialogs.asked == []
    wait_until(lambda: screen.table.current_row["status"] == "处理中")


def test_of_several_steps_one_is_chosen_and_esc_takes_none(desk, complain, open_screen, in_form, press, wait_until):
    record, screen = complain("assign"), open_screen()
    desk.dialogs.answers = [None, "finish"]
    press(screen.table.tree, "<Control-b>")
    assert desk.dialogs.asked == [("choice", "TS20261122-001 现在是“处理中”，下一步：")]
    in_form(lambda form: press(form.fields["result"].input.control, "<Escape>"))
    press(screen.table.tree, "<Control-b>")
    assert stored(desk, record)["status"] == "处理中" and desk.said == []


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(root, desk, complain, open_screen, in_form, press, wait_until):
    record, screen = complain("assign"), open_screen()
    desk.dialogs.answers = ["finish"]
    seen = {}

    def fill(form):
        seen["handled_at"] = form.fields["handled_at"].get()
        form.fields["measure"].set("退货")
        press(form.fields["measure"].input.control, "<F8>")
        wait_until(lambda: form.fields["result"].input.error)
        seen["error"] = form.fields["result"].input.error, form.fields["measure"].get()
        form.fields["result"].set("换了轴承")
        press(root.focus_get(), "<F8>")

    in_form(fill)
    press(screen.table.tree, "<Control-b>")
    assert seen == {"handled_at": "2026-11-22 09:00", "error": ("“处理完成”要填写处理结果。", "退货")}
    assert (stored(desk, record)["status"], stored(desk, record)["measure"]) == ("待回访", "退货")


def test_a_visit_by_the_handler_is_advised_against_and_a_low_grade_goes_back(desk, complain, open_screen, in_form, press, type_text, wait_until):
    record, screen = complain("finish"), open_screen()
    desk.dialogs.answers = ["visit"]
    seen = []

    def fill(form):
        visitor = form.fields["visited_by"]
        seen.append(visitor.hint_text.cget("text") if visitor.hint_line.winfo_manager() else "")
        visitor.input.text.set("")
        seen.append(visitor.hint_text.cget("text") if visitor.hint_line.winfo_manager() else "")
        visitor.set(ADMIN)
        press(form.fields["satisfaction"].input.control, "<F8>")
        wait_until(lambda: form.fields["satisfaction"].input.error)
        seen.append(form.fields["satisfaction"].input.error)
        grade = form.fields["satisfaction"].input
        grade._choose_and_announce(next(item for item in grade.find("") if item.text == "不满意"))
        opinion = form.fields["visit_opinion"]
        press(opinion.input.control, "<F8>")
        wait_until(lambda: opinion.input.error)
        seen.append(opinion.input.error)
        opinion.set("还是响")
        press(opinion.input.control, "<F8>")

    in_form(fill)
    press(screen.table.tree, "<Control-b>")
    why_back = "低于3分要退回重办，请写明原因。"  # as long as the field is wide
    assert seen == ["您选的是受理人自己，回访最好由别的同事来做。", "", "请选择满意程度；联系不上客户时勾选“未能联系”。", why_back]
    assert stored(desk, record)["status"] == "处理中"
    assert desk.said[-1][0] == "TS20261122-001：回访，已退回处理中。"


@pytest.mark.parametrize(
    ("meanwhile", "sentence", "leads_to"),
    [
        (lambda complaints, record, version: complaints.update(record, {"department": "质检部"}, version),
         "admin刚刚修改了这条记录。您填的内容还在，请核对后再保存一次。", "待回访"),
        (lambda complaints, record, version: complaints.advance(record, "finish", {"result": "他先办完了"}, version),
         "“待回访”时不能“处理完成”，可以：回访、重新办理。", None),
    ],
)  # fmt: skip
def test_what_happened_meanwhile_is_said_and_what_was_typed_stays(
    desk, complain, open_screen, in_form, press, wait_until, meanwhile, sentence, leads_to
):
    record, screen = complain("assign"), open_screen()
    desk.dialogs.answers = ["finish"]
    seen = []

    def fill(form):
        complaints = desk.office.complaints
        meanwhile(complaints, record, stored(desk, record)["version"])
        form.fields["result"].set("换了轴承")
        press(form.fields["result"].input.control, "<F8>")
        wait_until(lambda: form.fields["result"].input.error)
        seen.append((form.fields["result"].input.error, form.fields["result"].get()))
        press(form.fields["result"].input.control, "<F8>" if leads_to else "<Escape>")

    in_form(fill)
    press(screen.table.tree, "<Control-b>")
    assert seen == [(sentence, "换了轴承")]
    assert stored(desk, record)["result"] == ("换了轴承" if leads_to else "他先办完了")


def test_of_several_rows_only_the_current_one_takes_the_step(desk, complain, open_screen, in_form, press):
    first, second = complain(), complain()
    screen = open_screen()
    press(screen.table.tree, "<Control-a>")
    current, other = screen.table.current_id, ({first, second} - {screen.table.current_id}).pop()
    in_form(lambda form: (form.fields["handler"].set(ADMIN), press(form.fields["handler"].input.control, "<F8>")))
    press(screen.table.tree, "<Control-b>")
    assert (stored(desk, current)["status"], stored(desk, other)["status"]) == ("处理中", "待处理")


def test_a_record_that_has_gone_is_said(desk, complain, open_screen, press):
    record, screen = complain(), open_screen()
    desk.office.db.execute("UPDATE complaints SET deleted_at = '2026-11-22T09:00:00Z' WHERE id = ?", (record,))
    screen.take_step()
    assert "可能已被删除" in str(desk.dialogs.errors[0])


def test_without_the_right_or_a_row_the_step_is_grey(desk, complain, open_screen, monkeypatch, press):
    screen = open_screen()
    assert screen.toolbar.button("step").instate(["disabled"])
    complain()
    screen.reload()
    screen.table.refresh()
    monkeypatch.setattr(desk.office, "may", lambda area, verb: verb != "update")
    assert not next(action for action in screen.actions if action.id == "step").available()


# What is overdue


def test_overdue_is_red_and_in_words_and_counted(desk, complain, open_screen, wait_until):
    complain(severity="轻微")
    complain(severity="重大", date=LATE)
    complain("visit", severity="重大", date=LATE)
    screen = open_screen()
    assert screen.footer.cget("text") == "共 3 条　未结 2 条，超期 1 条　赔付金额合计 0.00"
    found = {row["number"]: (screen.row_tags(row), screen._state(row)) for row in desk.office.complaints.search(columns=[*screen.entity.by_name]).rows}
    assert found == {
        "TS20261122-001": ((), "待处理"), "TS20261116-001": (("overdue",), "待处理（超期）"),
        "TS20261116-002": ((), "已归档"),
    }  # fmt: skip


def choose(screen, wait_until, word):
    box = screen.filter
    box._choose_and_announce(next(item for item in box.find("") if item.text == word))
    wait_until(lambda: screen.table.is_complete)


def test_the_usual_ways_of_looking(root, desk, complain, open_screen, wait_until, press):
    late, mine = complain(severity="重大", date=LATE), complain(handler=ADMIN)
    filed = complain("visit", date="2026-11-20")
    screen = open_screen()
    box = screen.filter
    press(box.control, "<F7>", "<Down>", "<Down>", "<Return>")
    wait_until(lambda: screen.table.is_complete and screen.table.total == 1)
    assert (box.word, screen.table.current_id) == ("超期", late)
    for word, expected in {"未结": {late, mine}, "我受理的": {mine, filed}, "全部": {late, mine, filed}}.items():
        choose(screen, wait_until, word)
        assert set(screen.table._rows.ids) == expected, word
    press(box.control, "<BackSpace>", "<BackSpace>", "<x>")
    press(screen.table.tree, "<Home>")
    assert (box.text.get(), box.error) == ("全部", None)  # what is no word of the list


def test_another_screen_asks_for_what_it_wants(desk, complain, open_screen, wait_until):
    first, second = complain(), complain(customer=YOSHINO)
    screen = open_screen()
    screen.show(conditions=(Condition("customer", "=", YOSHINO),))
    wait_until(lambda: screen.table.is_complete)
    assert (list(screen.table._rows.ids), screen.filter.text.get()) == ([second], "指定条件")
    wait_until(lambda: "客户是上海𠮷野商贸有限公司" in screen.footer.cget("text"))
    choose(screen, wait_until, "未结")
    assert screen.table.total == 2
    choose(screen, wait_until, "指定条件")
    assert screen.table.total == 1
    screen.show(record=first)
    wait_until(lambda: screen.table.is_complete)
    assert (screen.table.total, screen.filter.word) == (2, "全部")


def test_an_empty_way_of_looking_says_so(open_screen, wait_until):
    screen = open_screen()
    choose(screen, wait_until, "超期")
    assert screen.table.body.empty.cget("text") == "没有“超期”的客户投诉。"


def test_feedback_has_no_deadline(desk, open_screen):
    desk.office.feedback.create({"customer": HONGDA})
    screen = open_screen("feedback")
    assert [*screen.filters()] == ["未结", "我受理的"] and screen.footer.cget("text") == "共 1 条　未结 1 条"


def test_the_details_tell_the_course(complain, open_screen, wait_until):
    complain("visit")
    screen = open_screen()
    wait_until(lambda: "办理经过" in screen.detail.text.get("1.0", "end"))
    told = screen.detail.text.get("1.0", "end")
    assert "回访：\t2026-11-22 " in told and "admin → 已归档：满意" in told


def test_the_details_tell_what_was_done_though_no_column_does(complain, open_screen, wait_until):
    complain("finish")
    screen = open_screen()
    assert "result" not in (screen.table.current_row or {})
    wait_until(lambda: "处理结果：\t" in screen.detail.text.get("1.0", "end"))


# The form


@pytest.fixture
def show_form(desk):
    return lambda record=None, **options: open_form(desk, COMPLAINTS, record, **options)


def hint(form, name):
    labeled = form[name]
    return labeled.hint_text.cget("text") if labeled.hint_line.winfo_manager() else ""


def test_a_new_one_begins_today_with_oneself_at_the_customer(root, show_form, wait_until):
    window = show_form()
    form = window.form
    assert (form["date"].get(), form["handler"].get(), form["status"].get()) == ("2026-11-22", ADMIN, "待处理")
    assert root.focus_get() is form["customer"].input.control
    assert form["number"].input.suggestion == "保存时自动编号" and not form.is_changed
    locked = [name for name, labeled in form.fields.items() if labeled.input.is_readonly]
    assert locked == ["status", "satisfaction", "is_unreachable", "visited_at", "visited_by"]
    assert "办理" in hint(form, "status") and "回访" in hint(form, "satisfaction") and not hint(form, "visited_at")
    assert not window.moving.button("step").instate(["!disabled"])


def test_the_severity_says_its_deadline(show_form, wait_until):
    form = show_form().form
    grade = form["severity"].input
    grade._choose_and_announce(next(item for item in grade.find("") if item.text == "重大"))
    wait_until(lambda: hint(form, "severity"))
    assert hint(form, "severity") == "处理期限：2026-11-23 13:30" and form["due_at"].input.suggestion == "2026-11-23 13:30"


def test_a_new_one_is_saved_and_named_by_its_number(desk, show_form, press, wait_until):
    window = show_form(values={"customer": HONGDA})
    press(window.form["content"].input.control, "<F8>")
    wait_until(lambda: not window.is_shown)
    assert desk.said[-1][0] == "已保存客户投诉“TS20261122-001”。"


def test_the_title_names_number_and_customer_and_a_copy_begins_anew(complain, show_form, press):
    record = complain("finish", severity="重大", content="主轴响", date="2026-11-20")
    window = show_form(record)
    assert window.title() == "修改客户投诉：TS20261120-001 长春宏达机械制造有限公司"
    press(window.form["content"].input.control, "<F6>")
    form = window.form
    values = {name: form[name].get() for name in ("number", "date", "status", "due_at", "result", "handled_at", "content")}
    assert values == {
        "number": "", "date": "2026-11-22", "status": "待处理", "due_at": "", "result": "", "handled_at": "",
        "content": "主轴响",
    }  # fmt: skip
    assert form["customer"].get() == HONGDA and form["severity"].get()


def test_the_step_is_taken_from_the_form_after_saving_its_changes(desk, complain, show_form, in_form, press, wait_until):
    record = complain()
    window = show_form(record)
    window.form["content"].input.set("主轴响")
    desk.dialogs.answers = ["save"]
    in_form(lambda form: (form.fields["handler"].set(ADMIN), press(form.fields["handler"].input.control, "<F8>")))
    press(window.form["content"].input.control, "<Control-b>")
    wait_until(lambda: window.form["status"].get() == "处理中")
    assert stored(desk, record)["content"] == "主轴响" and not window.form.is_changed
    assert "受理分派" in window.form.companion.course.text.get("1.0", "end")


def test_a_finished_one_may_be_corrected(desk, complain, show_form, press, wait_until):
    record = complain("visit")
    window = show_form(record)
    assert not window.form["satisfaction"].input.is_readonly and window.form["status"].input.is_readonly
    window.form["visit_opinion"].input.set("很好")
    press(window.form["content"].input.control, "<F8>")
    wait_until(lambda: not window.is_shown)
    assert stored(desk, record)["visit_opinion"] == "很好"


# The customer's contact


@pytest.fixture
def contacts(desk):
    """Of the first two customers, as the office has them, and one more of the first."""
    desk.office.contacts.create({"name": "赵工", "customer": HONGDA})
    return {row["name"]: row["id"] for row in desk.office.contacts.search().rows}


def test_the_contact_is_one_of_the_customer_s(root, contacts, show_form, press):
    form = show_form(values={"customer": HONGDA}).form
    picker = form["contact"].input
    assert root.focus_get() is picker.control
    assert [item.text for item in picker.find("")] == ["单小明", "赵工"]
    assert picker.find("李雷") == []
    press(picker.control, "<F7>", "<Down>", "<Return>")
    assert form["contact"].get() == contacts["赵工"]


def test_another_customer_sends_the_contact_away_with_a_word(contacts, show_form):
    form = show_form(values={"customer": HONGDA, "contact": contacts["赵工"]}).form
    form["customer"].input._take(YOSHINO)
    assert form["contact"].get() is None and hint(form, "contact") == "已换了客户，请重新选择联系人。"
    form["contact"].input._take(contacts["李雷"])
    assert hint(form, "contact") == ""
    form["customer"].input._take(YOSHINO)
    assert form["contact"].get() == contacts["李雷"]


def test_a_contact_that_comes_first_brings_its_customer(contacts, show_form):
    form = show_form().form
    found = form["contact"].input.find("李雷")
    assert [(item.text, item.detail) for item in found] == [("李雷", "上海𠮷野商贸有限公司")]
    form["contact"].input._choose_and_announce(found[0])
    assert form["customer"].get() == YOSHINO and form["contact"].get() == contacts["李雷"]


def test_a_contact_that_is_added_belongs_to_the_customer(desk, show_form, root):
    form = show_form(values={"customer": HONGDA}).form
    form["contact"].input.text.set("新人")
    form["contact"].input._add(form["contact"].input)
    made = next(each for each in desk.forms["contacts"] if each.is_shown)
    assert (made.form["name"].get(), made.form["customer"].get()) == ("新人", HONGDA)
    made.cancel()
