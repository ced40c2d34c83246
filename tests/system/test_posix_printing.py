"""Printing through a real CUPS, into files that are then measured."""

import pypdfium2
import pytest

from crm_desktop import system
from crm_desktop.errors import PaperRefused, SystemRefused
from crm_desktop.system import PrintJob

TEXTS = ["王建国　先生　收", "𠮷田商社", "第三封"]


@pytest.fixture
def envelopes(make_pdf):
    return make_pdf(220, 110, TEXTS)


@pytest.fixture
def pages_of():
    """Width and height in mm and text of each page."""

    def read(pdf):
        with pypdfium2.PdfDocument(pdf) as document:
            found = []
            for page in document:
                width, height = (value * 25.4 / 72 for value in page.get_size())
                text_page = page.get_textpage()
                found.append((width, height, text_page.get_text_range().strip()))
                text_page.close()
                page.close()
        return found

    return read


@pytest.fixture
def first_character():
    """Left, bottom, right and top in mm of the first character on the first page."""

    def read(pdf):
        with pypdfium2.PdfDocument(pdf) as document:
            page = document[0]
            text_page = page.get_textpage()
            box = text_page.get_charbox(0, loose=True)
            text_page.close()
            page.close()
        return [value * 25.4 / 72 for value in box]

    return read


def test_envelopes_arrive_at_exact_size_with_their_text(cups, envelopes, pages_of):
    cups.add_printer("exact")
    seen = []

    result = system.print_pdf(envelopes, PrintJob("exact", 220, 110), lambda *numbers: seen.append(numbers))

    pages = pages_of(cups.printed("exact"))
    assert [text for _, _, text in pages] == TEXTS
    assert all((width, height) == pytest.approx((220, 110), abs=1) for width, height, _ in pages)
    assert result.sheets == 3 and result.job.startswith("exact-") and not result.is_cancelled
    assert seen == [(3, 3)]


def test_text_stays_where_the_page_has_it(cups, envelopes, first_character):
    cups.add_printer("place")

    system.print_pdf(envelopes, PrintJob("place", 220, 110))

    left, bottom, *_ = first_character(cups.printed("place"))
    assert left == pytest.approx(20, abs=1)
    # The box reaches below the baseline by the font's descent.
    assert bottom == pytest.approx(50, abs=2.5)


def test_copies_come_set_by_set(cups, envelopes, pages_of, tmp_path):
    cups.add_printer("copies")
    file = tmp_path / "信封.pdf"
    file.write_bytes(envelopes)

    result = system.print_pdf(file, PrintJob("copies", 220, 110, copies=2))

    assert [text for _, _, text in pages_of(cups.printed("copies"))] == TEXTS * 2
    assert result.sheets == 6


def test_only_the_wanted_pages_are_printed(cups, envelopes, pages_of):
    cups.add_printer("range")

    result = system.print_pdf(envelopes, PrintJob("range", 220, 110, pages=(2, 3)))

    assert [text for _, _, text in pages_of(cups.printed("range"))] == TEXTS[1:]
    assert result.sheets == 2


def test_pages_that_do_not_exist_are_refused(cups, envelopes):
    cups.add_printer("beyond")

    with pytest.raises(SystemRefused, match="文档共 3 页，没有第 3 至 4 页"):
        system.print_pdf(envelopes, PrintJob("beyond", 220, 110, pages=(3, 4)))


def test_paper_the_printer_cannot_take_is_refused(cups, make_pdf):
    cups.add_printer("nocustom", has_custom_sizes=False)

    with pytest.raises(PaperRefused, match=r"“nocustom”不接受 230×120 毫米的纸张.*A4 手动进纸"):
        system.print_pdf(make_pdf(230, 120, ["一"]), PrintJob("nocustom", 230, 120))

    assert not (cups.root / "out" / "nocustom.pdf").exists()


def test_printer_without_custom_sizes_takes_its_own_paper_turned(cups, envelopes, pages_of, first_character):
    cups.add_printer("stock", has_custom_sizes=False)

    system.print_pdf(envelopes, PrintJob("stock", 220, 110))

    printed = cups.printed("stock")
    left, bottom, right, top = first_character(printed)
    # 18 points, turned by a quarter and not shrunk into the printer's margins of 4 mm.
    assert top - bottom == pytest.approx(18 * 25.4 / 72, abs=0.05)
    assert 220 - top == pytest.approx(20, abs=1)
    assert left == pytest.approx(50, abs=2.5) or right == pytest.approx(60, abs=2.5)
    pages = pages_of(printed)
    assert [text for _, _, text in pages] == TEXTS
    assert all((width, height) == pytest.approx((110, 220), abs=1) for width, height, _ in pages)


def test_vanished_printer_is_named(cups, envelopes):
    with pytest.raises(SystemRefused, match=r"找不到打印机“旧打印机”.*重新选择"):
        system.print_pdf(envelopes, PrintJob("旧打印机", 220, 110))


def test_without_print_commands_nothing_is_listed_and_the_sentence_says_what_to_install(
    cups, envelopes, monkeypatch, tmp_path
):
    cups.add_printer("unreachable")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert system.printers() == []
    assert system.trays("unreachable") == []
    with pytest.raises(SystemRefused, match="请先安装 cups-client"):
        system.print_pdf(envelopes, PrintJob("unreachable", 220, 110))


def test_stopped_print_service_is_said(envelopes, monkeypatch, tmp_path):
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody.sock"))

    with pytest.raises(SystemRefused, match="打印服务没有运行"):
        system.print_pdf(envelopes, PrintJob("any", 220, 110))


def test_queue_that_takes_no_jobs_is_reported(cups, envelopes):
    cups.add_printer("closed")
    cups.run("cupsreject", "closed")

    with pytest.raises(SystemRefused, match="“closed”没有完成打印任务"):
        system.print_pdf(envelopes, PrintJob("closed", 220, 110))


def test_file_that_is_no_pdf_is_refused(cups):
    cups.add_printer("broken")

    with pytest.raises(SystemRefused, match="不是完整的 PDF"):
        system.print_pdf(b"%PDF-1.4 cut off", PrintJob("broken", 220, 110))


def test_cancelled_before_sending_leaves_the_queue_empty(cups, envelopes):
    cups.add_printer("cancelled")

    result = system.print_pdf(envelopes, PrintJob("cancelled", 220, 110), cancelled=lambda: True)

    assert result.is_cancelled and result.sheets == 0
    assert "cancelled-" not in cups.run("lpstat", "-W", "all", "-o", "cancelled")


def test_printers_are_listed_and_the_default_is_known(cups):
    cups.add_printer("first")
    cups.add_printer("second")
    cups.run("lpadmin", "-d", "second")

    found = {printer.name: printer.is_default for printer in system.printers()}

    assert found["second"] is True
    assert found["first"] is False


def test_the_chosen_tray_reaches_the_driver(cups, envelopes):
    cups.add_printer("trays")
    assert system.trays("trays") == ["Tray1", "Manual"]

    system.print_pdf(envelopes, PrintJob("trays", 220, 110, tray="Manual"))

    cups.printed("trays")
    assert "InputSlot=Manual" in cups.log()


def test_a_tray_that_does_not_exist_is_refused(cups, envelopes):
    cups.add_printer("notray")

    with pytest.raises(SystemRefused, match="没有名为“上层”的纸盒"):
        system.print_pdf(envelopes, PrintJob("notray", 220, 110, tray="上层"))


def test_titles_are_sent_in_ascii(cups, envelopes):
    cups.add_printer("titles")

    system.print_pdf(envelopes, PrintJob("titles", 220, 110, title="信封 2026"))

    cups.printed("titles")
    assert 'argv[3]="2026"' in cups.log()


def test_the_temporary_file_is_gone(cups, envelopes, monkeypatch, tmp_path):
    cups.add_printer("tidy")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    system.print_pdf(envelopes, PrintJob("tidy", 220, 110))

    assert list(tmp_path.iterdir()) == []
