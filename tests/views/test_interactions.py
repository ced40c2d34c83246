"""业务往来 at the keyboard: entering one, what is to be followed up, ticking it off."""

import pytest

from crm_desktop.models import INTERACTIONS, Query
from crm_desktop.views.form_dialog import open_form

HONGDA, ADMIN = 1, 1


@pytest.fixture
def note(desk):
    """``note(follow_up="2026-11-25")``: a 往来 with 宏达 a week ago."""
    return lambda **values: desk.office.interactions.create(
        {"subject": "谈价格", "customer": HONGDA, "date": "2026-11-15", **values}
    )


@pytest.fixture
def open_screen(window, desk, wait_until):
    desk.say = lambda text, action=None: desk.said.append(text)

    def open_it():
        screen = window.open("interactions")
        wait_until(lambda: screen.table.is_complete and "待跟进" in screen.footer.cget("text"))
        return screen

    return open_it


def is_done(desk, record):
    return bool(desk.office.interactions.get(record)["is_followed_up"])


def test_what_is_due_is_red_in_words_and_counted(desk, note, open_screen):
    note(follow_up="2026-11-21", amount="1,200")
    note(follow_up="2026-11-22", amount="300.5")  # today is not too late
    note(follow_up="2026-11-21", is_followed_up=True)
    note()
    screen = open_screen()
    assert screen.footer.cget("text") == "共 4 条　待跟进 2 条，超期 1 条　金额合计 1,500.50"
    rows = desk.office.interactions.search(Query(order="id"), [*INTERACTIONS.by_name]).rows
    assert [(screen.row_tags(row), screen._follow_up(row)) for row in rows] == [
        (("overdue",), "2026-11-21 超期"), ((), "2026-11-22"), ((), "2026-11-21"), ((), ""),
    ]  # fmt: skip


def test_a_follow_up_is_ticked_off_by_a_key(desk, note, open_screen, press, wait_until):
    record, screen = note(follow_up="2026-11-21"), open_screen()
    assert screen.toolbar.button("follow_up").instate(["!disabled"])
    press(screen.table.tree, "<Control-b>")
    wait_until(lambda: desk.said and screen.toolbar.button("follow_up").instate(["disabled"]))
    assert is_done(desk, record) and screen.row_tags(screen.table.current_row) == ()
    press(screen.table.tree, "<Control-b>")
    assert desk.said == ["跟进完成 1 条。"]


def test_several_are_ticked_off_together(desk, note, open_screen, press, wait_until):
    records = [note(follow_up="2026-11-21"), note(follow_up="2026-12-01"), note()]
    screen = open_screen()
    press(screen.table.tree, "<Control-a>", "<Control-b>")
    wait_until(lambda: desk.said)
    assert desk.said == ["跟进完成 2 条。"] and [is_done(desk, each) for each in records] == [True, True, False]


def test_the_usual_ways_of_looking(note, open_screen, wait_until, desk):
    late, mine = note(follow_up="2026-11-21"), note(handler=ADMIN, follow_up="2026-12-01")
    screen = open_screen()
    found = {}
    for word in ("待跟进", "超期", "我经办的"):
        screen.filter._choose_and_announce(next(item for item in screen.filter.find("") if item.text == word))
        wait_until(lambda: screen.table.is_complete)
        found[word] = set(screen.table._rows.ids)
    assert found == {"待跟进": {late, mine}, "超期": {late}, "我经办的": {mine}}


def test_one_is_entered_by_keys_alone(root, desk, type_text, press, wait_until):
    window = open_form(desk, INTERACTIONS, None)
    form = window.form
    assert root.focus_get() is form["subject"].input.control and form["handler"].get() == ADMIN
    typed = {"subject": "谈年度保养", "customer": "宏达", "contact": "单", "date": "11-20", "time": "930", "method": "sm",
             "follow_up": "12-1"}  # fmt: skip
    while (here := root.focus_get()) is not window.toolbar.button("save"):
        name = next(name for name, labeled in form.fields.items() if labeled.input.control is here)
        if name == "date":
            form["date"].input.text.set("")
        if name in typed:
            type_text(here, typed[name])
            if name in ("customer", "contact"):
                wait_until(lambda name=name: form[name].input.drop_list.is_open)
        press(here, "<Return>")
    press(root.focus_get(), "<Return>")
    wait_until(lambda: not window.is_shown)
    row = desk.office.interactions.search(columns=["subject", "customer", "contact", "date", "time", "method", "follow_up"]).rows[0]
    assert (row["customer"], row["contact_text"], row["date"], row["time"]) == (HONGDA, "单小明", "2026-11-20", "09:30")
    assert (row["method_text"], row["follow_up"]) == ("上门拜访", "2026-12-01")


def test_an_end_before_its_beginning_is_said_at_its_field(desk, note, press, wait_until):
    record = note()
    window = open_form(desk, INTERACTIONS, record)
    window.form["follow_up"].input.text.set("2026-11-01")
    press(window.form["follow_up"].input.control, "<F8>")
    wait_until(lambda: window.form["follow_up"].input.error)
    assert window.form["follow_up"].input.error == "下次跟进日期不能早于日期（2026-11-15）。"
    assert window.is_shown and window.form["follow_up"].get() == "2026-11-01"


def test_a_copy_is_another_day_s_and_nobody_s_call(desk, note, press):
    record = note(direction="来电", phone_number="85120000", duration="3:20", follow_up="2026-11-25", content="报价")
    window = open_form(desk, INTERACTIONS, record)
    press(window.form["content"].input.control, "<F6>")
    names = ("subject", "content", "date", "follow_up", "direction", "phone_number", "duration")
    assert [window.form[name].get() or "" for name in names] == ["谈价格", "报价", "2026-11-22", "", "", "", ""]
