"""A day at the service desk: the phone rings, the call becomes a complaint, it is handled, and Friday's chart shows it.

Everything goes through the real window by keys; the printed page is read back.
"""

import shutil
from pathlib import Path

import pypdfium2
import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import sign_in
from crm_desktop.db import Database

MONDAY = "2026-11-23"
HONGDA = "长春宏达机械制造有限公司"


@pytest.fixture
def database(office_file: Path, tmp_path: Path, password: str) -> Path:
    """The office, where 宏达 has a telephone and 李四 works at the desk, too."""
    path = tmp_path / "客 户.db"
    shutil.copy(office_file, path)
    opened = Database.open(path)
    office = sign_in(opened, "admin", password, clock=FixedClock.at("2026-11-22"))
    office.customers.update(1, {"phone": "0431-85123456"}, 1)
    office.operators.add({"name": "li", "full_name": "李四", "role": "客服"}, password)
    opened.close_all()
    return path


@pytest.fixture
def day():
    return MONDAY


def text_of(path: Path) -> str:
    pdf = pypdfium2.PdfDocument(path)
    pages = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
    return "".join(pages).replace("\r\n", "").replace(" ", "").replace("\u3000", "")


def test_a_call_becomes_a_complaint_that_is_handled_and_charted(
    signed_in, root, tmp_path, dialogs, press, type_text, wait_until, shown_form, in_form
):
    # The phone rings: the number as the telephone shows it, without its area code.
    centre = signed_in.open("calls")
    type_text(centre.search.control, "85123456")
    wait_until(lambda: centre.matches.total == 1)
    press(centre.search.control, "<Return>")
    press(root.focus_get(), "<Alt-Key-1>")
    wait_until(lambda: centre.form.is_open)
    type_text(centre.form.fields["content"].input.control, "液压泵漏油，要求换新")

    # It is a complaint: its form knows who called, and what was noted.
    press(centre.form.fields["content"].input.control, "<Alt-Key-5>")
    wait_until(shown_form)
    form = shown_form()
    assert form.form["content"].get() == "液压泵漏油，要求换新"
    for name, word in (("type", "产品质量"), ("severity", "严重")):
        type_text(form.form[name].input.control, word)
    press(form.form["content"].input.control, "<F8>")
    wait_until(lambda: not form.is_shown)
    press(centre.form.fields["content"].input.control, "<F8>")
    wait_until(lambda: not centre.form.is_open)

    # Handled step by step from the list; the customer is not content at first.
    complaints = signed_in.open("complaints")
    wait_until(lambda: complaints.table.total == 1)
    assert complaints.table.current_row["customer_text"] == HONGDA
    course = (
        ("", {"handler": "李四"}, "处理中"),
        ("finish", {"result": "更换密封圈"}, "待回访"),
        ("visit", {"satisfaction": "不满意", "visit_opinion": "还是漏"}, "处理中"),
        ("finish", {"result": "更换液压泵"}, "待回访"),
        ("visit", {"satisfaction": "满意"}, "已归档"),
    )
    for choice, values, state in course:

        def fill(step, values=values):
            for name, word in values.items():
                step.fields[name].set("")
                type_text(step.fields[name].input.control, word)
            press(step.fields[name].input.control, "<F8>")

        dialogs.answers = [choice] if choice else []
        in_form(fill)
        press(complaints.table.tree, "<Control-b>")
        wait_until(lambda state=state: complaints.table.current_row["status"] == state, 10)

    # Everything is in the customer's past.
    page = signed_in.open("customer", record=1)
    wait_until(lambda: page.timeline.table.total == 2)

    # On Friday: the chart for the boss, as a page.
    analysis = signed_in.open("complaint_satisfaction")
    wait_until(lambda: analysis.table is not None and analysis.table.totals["total"] == 1, 20)
    assert analysis.table.totals["satisfied_share"] == 1.0
    target = tmp_path / "投诉 满意程度.pdf"
    dialogs.answers = [target]
    analysis.turn()
    press(root.focus_get(), "<F8>")
    wait_until(target.exists, 30)
    text = text_of(target)
    assert "投诉满意程度分析" in text and "长春宏达" in text and "100.0%" in text
    assert "满意率=" in text
    assert dialogs.errors == []
