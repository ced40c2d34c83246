"""Letters go out: chosen, looked at, printed on a real queue in pieces, and each remembered as a 往来; by keys alone."""

import pytest

from crm_desktop.models import Query
from crm_desktop.system import PdfPages
from crm_desktop.views.print_preview import PrintPreview
from tests.system.conftest import cups, print_server  # noqa: F401  # the private print server is theirs

MM = 72 / 25.4


def preview_in(root):
    children = [child for window in root.winfo_children() for child in window.winfo_children()]
    return next((child for child in children if isinstance(child, PrintPreview)), None)


@pytest.fixture
def screen(cups, window, wait_until):  # noqa: F811
    """Three customers are chosen for letters on the only printer; each letter is to be remembered."""
    cups.add_printer("letters")
    shown = window.open("envelopes", entity="customers", ids=[1, 2, 3])
    wait_until(lambda: shown.bar.printer == "letters" and shown.check.is_done and shown.recipients.table.is_complete, 20)
    shown.registers._flag.set(True)
    shown.registers._keep()
    return shown


def test_two_of_three_are_printed_in_pieces_and_remembered(cups, screen, root, dialogs, press, wait_until):  # noqa: F811
    press(screen.recipients.search.control, "<F9>")
    wait_until(lambda: preview_in(root), 20)
    preview = preview_in(root)
    preview.options.pages.set("2-3")
    preview.options.pause.set(1)
    dialogs.answers = [True]  # the second envelope is in the feeder
    press(preview.canvas, "<F9>")
    wait_until(lambda: preview.status.message.endswith("登记往来 2 条。"), 30)
    assert any("放好纸后继续" in text for _, text in dialogs.asked)
    with PdfPages(cups.printed("letters")) as pages:  # the queue's file holds the last piece
        assert pages.count == 1
        assert sorted(side / MM for side in pages.size(1)) == pytest.approx([110, 220], abs=0.5)
    office = screen.desk.office
    sent = office.interactions.search(Query(order="id"), ["customer", "subject", "method", "date"]).rows
    names = [row["customer"] for row in sent]
    assert sorted(names) == sorted(screen.recipients.ids()[1:3])
    assert {(row["subject"], row["method_text"], row["date"]) for row in sent} == {("邮寄信函", "信函", "2026-11-22")}
    assert "登记邮寄信函 2 条" in {row["sentence"] for row in office.audit.operations()}
    press(preview.canvas, "<Escape>")
    assert preview_in(root) is None
    assert dialogs.errors == []
