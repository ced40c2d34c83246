"""处理单 and 档案卡 from the list and from the customer's page: asked for the size, shown, printed by key."""

import pytest

from crm_desktop import system
from crm_desktop.system import Printer
from crm_desktop.views.print_preview import PrintPreview
from crm_desktop.views.print_preview.window import MILLIMETRE


@pytest.fixture(autouse=True)
def printers(monkeypatch):
    monkeypatch.setattr(system, "printers", lambda: [Printer("HP", True)])


def preview_of(root):
    found = [child for window in root.winfo_children() for child in window.winfo_children()]
    return next((child for child in found if isinstance(child, PrintPreview)), None)


@pytest.fixture
def shown(root, wait_until):
    """The preview once it is there, as (title of its window, size of its first page in mm)."""

    def look():
        wait_until(lambda: preview_of(root))
        preview = preview_of(root)
        size = tuple(round(side / MILLIMETRE) for side in preview.pages.size(0))
        title = preview.winfo_toplevel().title()
        preview.winfo_toplevel().destroy()
        return title, size

    return look


def listed(window, key, wait_until):
    screen = window.open(key)
    wait_until(lambda: screen.table.is_complete and screen.table.total)
    screen.table.go_to(1)
    return screen


def test_a_complaint_is_printed_by_key(desk, window, dialogs, press, shown, wait_until):
    desk.office.complaints.create({"customer": 1, "content": "漏油"})
    screen = listed(window, "complaints", wait_until)
    dialogs.answers = ["A5"]
    press(screen.table.tree, "<Alt-p>")
    assert shown() == ("客户投诉处理单 - 打印预览", (148, 210))
    assert dialogs.asked == [("choice", "客户投诉处理单用哪种纸？")]


def test_the_size_is_remembered(desk, window, dialogs, press, shown, wait_until):
    screen = listed(window, "customers", wait_until)
    dialogs.answers = ["A5"]
    press(screen.table.tree, "<Alt-p>")
    assert shown()[0] == "客户档案卡 - 打印预览"
    wait_until(lambda: desk.office.settings.preference("paper.customers") == "A5")
    offered = []
    dialogs.ask_choice = lambda question, choices, **options: offered.append((choices, options["default"]))
    press(screen.table.tree, "<Alt-p>")
    assert offered == [([("A4", "A4 纸"), ("A5", "A5 纸")], "A5")]


def test_the_customer_s_page_prints_its_card(window, dialogs, press, shown):
    page = window.open("customer", record=1)
    dialogs.answers = ["A4"]
    press(page.contacts.tree, "<Alt-p>")
    assert shown() == ("客户档案卡 - 打印预览", (210, 297))


def test_without_the_right_or_a_record_nothing_is_offered(desk, window, wait_until):
    screen = listed(window, "customers", wait_until)
    (action,) = [each for each in screen.actions if each.id == "paper"]
    assert action.available()
    desk.office.db.execute("DELETE FROM permissions WHERE area = 'customers' AND verb = 'print'")
    assert not action.available()
    complaints = window.open("complaints")
    (empty,) = [each for each in complaints.actions if each.id == "paper"]
    assert not empty.available()
    assert "paper" not in [each.id for each in window.open("products").actions]
