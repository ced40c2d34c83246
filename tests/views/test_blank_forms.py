"""登记表: choose a form and a paper, look at it, keep it as a file."""

import pytest

from crm_desktop.system import PdfPages
from crm_desktop.views import blank_forms


@pytest.fixture
def screen(window):
    return window.open("blank_forms")


def test_enter_shows_the_paper(screen, press, monkeypatch, wait_until):
    shown = []
    monkeypatch.setattr(blank_forms, "show_when_made", lambda desk, owner, make, wrap: shown.append(wrap(make(None))))
    press(screen.table.tree, "<Home>", "<Return>")
    screen.size.set("A5")
    press(screen.table.tree, "<Down>", "<F9>")
    first, second = shown
    assert (first.title, first.size_name, first.kind) == ("客户登记表", "A4", "paper_a4")
    assert (second.title, second.size_name, second.document.pages) == ("联系人登记表", "A5", 1)


def test_it_is_kept_as_a_file(screen, press, dialogs, tmp_path, wait_until, window):
    dialogs.answers = [tmp_path / "登记表.pdf"]
    press(screen.table.tree, "<End>", "<F8>")
    wait_until(lambda: window.status.message)
    with PdfPages(tmp_path / "登记表.pdf") as pages:
        assert pages.count == 1
