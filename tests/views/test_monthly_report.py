"""客户服务月报: a month is chosen by keyboard, and its paper is made for that month."""

import pytest

from crm_desktop.reports.pdf import Pdf
from crm_desktop.views.print_preview import PrintPreview


@pytest.fixture
def asked(desk, monkeypatch):
    """The months for which a report was made."""
    months = []

    def monthly(year, month):
        months.append((year, month))
        pdf = Pdf("月报")
        for _ in range(2):
            pdf.start_page(210, 297)
            pdf.end_page()
        return pdf.finish([])

    monkeypatch.setattr(desk.office.analyses, "monthly", monthly, raising=False)
    return months


def preview_of(root):
    found = [child for window in root.winfo_children() for child in window.winfo_children()]
    return next((child for child in found if isinstance(child, PrintPreview)), None)


def test_a_month_is_chosen_and_looked_at(window, root, press, asked, wait_until):
    screen = window.open("monthly_report")
    root.update()
    assert root.focus_get() is screen.table.tree
    press(screen.table.tree, "<Down>", "<Return>")
    wait_until(lambda: preview_of(root), 20)
    assert asked == [(2026, 10)]
    assert preview_of(root).pages.count == 2
    preview_of(root).winfo_toplevel().destroy()


def test_a_month_before_the_year_is_saved_as_pdf(window, root, press, asked, wait_until, dialogs, tmp_path):
    screen = window.open("monthly_report")
    root.update()
    path = tmp_path / "月报.pdf"
    dialogs.answers.append(path)
    press(screen.table.tree, *["<Down>"] * 11, "<F8>")
    wait_until(path.exists, 20)
    assert asked == [(2025, 12)]
    assert dialogs.asked[-1] == ("save", "保存客户服务月报 2025年12月")


def test_this_month_says_that_it_is_not_over(window, root):
    screen = window.open("monthly_report")
    root.update()
    rows = [screen.table.tree.item(item, "values") for item in screen.table.tree.get_children()]
    assert rows[0][0] == "2026年11月" and "还没有结束" in rows[0][1] and rows[1] == ("2026年10月", "")
