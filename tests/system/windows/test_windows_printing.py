"""The Windows printing calls, recorded by stand-ins for pywin32; no real printer takes part."""

import sys

import pytest

from crm_desktop.errors import PaperRefused, SystemRefused
from crm_desktop.system import PdfPages, PrintJob, windows_printing
from crm_desktop.system.windows_printing import StockPaper, stock_paper

A4, DL, OFFICE_FORM = (9, 210.0, 297.0), (27, 110.0, 220.1), (300, 230.0, 120.0)


PYWIN32 = {
    "win32print": "AbortDoc ClosePrinter DeviceCapabilities DocumentProperties EndDoc EndPage EnumPrinters GetDefaultPrinterW "
    "GetDeviceCaps GetJob GetPrinter OpenPrinter PRINTER_ENUM_CONNECTIONS PRINTER_ENUM_LOCAL SetJob StartDoc StartPage",
    "win32gui": "CreateDC DeleteDC",
    "pywintypes": "DEVMODEType error",
}
"""What is used of pywin32, as seen in its version 312: win32print has no ``error`` of its own, for example."""


@pytest.mark.parametrize("name", PYWIN32)
def test_the_stand_ins_offer_nothing_that_pywin32_lacks(driver, name):
    offered = {each for each in vars(driver.modules()[name]) if not each.startswith("__")}
    assert offered == set(PYWIN32[name].split())


@pytest.fixture
def envelopes(make_pdf):
    return make_pdf(220, 110, ["王建国", "𠮷田", "第三封"])


def job(width=220.0, height=110.0, **options):
    return PrintJob("HP LaserJet", width, height, **options)


def test_calls_come_in_the_order_windows_wants(driver, envelopes):
    result = windows_printing.print_pdf(envelopes, job(pages=(2, 2)))

    assert driver.names() == [
        "OpenPrinter", "DocumentProperties", "DocumentProperties", "DocumentProperties", "CreateDC",
        "StartDoc", "StartPage", "draw", "EndPage", "EndDoc", "DeleteDC", "ClosePrinter",
    ]
    assert [call[1] for call in driver.calls if call[0] == "DocumentProperties"] == [0, 2, 10]
    assert ("CreateDC", "WINSPOOL", "HP LaserJet") in driver.calls
    assert ("StartDoc", 55, ("crm-envelopes", None, None, 0)) in driver.calls
    assert (result.sheets, result.job, result.is_cancelled) == (1, "12", False)


def test_paper_of_the_driver_is_taken_by_its_size(driver, con, envelopes):
    windows_printing.print_pdf(envelopes, job())

    mode = driver.mode
    assert (mode.PaperSize, mode.Orientation) == (27, con.DMORIENT_LANDSCAPE)
    assert mode.Fields & con.DM_PAPERSIZE and mode.Fields & con.DM_ORIENTATION
    assert not mode.Fields & (con.DM_PAPERWIDTH | con.DM_PAPERLENGTH | con.DM_FORMNAME)
    assert mode.FormName == ""
    assert mode.Fields & 0x1000, "the driver's other settings stay"
    assert mode.DriverExtra == 1000


def test_unknown_paper_is_given_in_tenths_of_a_millimetre(driver, con, make_pdf):
    windows_printing.print_pdf(make_pdf(230, 120, ["一"]), job(230, 120))

    mode = driver.mode
    assert (mode.PaperSize, mode.PaperWidth, mode.PaperLength) == (0, 1200, 2300)
    assert mode.Orientation == con.DMORIENT_LANDSCAPE
    assert mode.Fields & con.DM_PAPERWIDTH and mode.Fields & con.DM_PAPERLENGTH
    assert not mode.Fields & con.DM_PAPERSIZE


def test_upright_list_is_not_turned(driver, con, make_pdf):
    windows_printing.print_pdf(make_pdf(210, 297, ["一"]), job(210, 297))

    assert (driver.mode.PaperSize, driver.mode.Orientation) == (9, con.DMORIENT_PORTRAIT)


@pytest.mark.parametrize(
    ("papers", "size", "expected"),
    [
        ([A4, DL], (220, 110), StockPaper(27, True)),
        ([A4, DL], (110, 220), StockPaper(27, False)),
        ([A4, DL], (297, 210), StockPaper(9, True)),
        ([A4, OFFICE_FORM], (230, 120), StockPaper(300, False)),
        ([OFFICE_FORM, (101, 120.0, 230.0)], (230, 120), StockPaper(101, True)),
        ([(1, 111.4, 220.0), (2, 110.5, 220.0)], (220, 110), StockPaper(2, True)),
        ([(1, 112.0, 220.0)], (220, 110), None),
        ([], (220, 110), None),
    ],
)
def test_stock_paper(papers, size, expected):
    assert stock_paper(papers, *size) == expected


def test_refused_paper_stops_before_anything_is_sent(driver, envelopes):
    driver.refuses_paper = True

    with pytest.raises(PaperRefused, match=r"不接受 220×110 毫米的纸张，它要改用 210×297 毫米.*A4 手动进纸"):
        windows_printing.print_pdf(envelopes, job())

    assert "StartDoc" not in driver.names()
    assert driver.names()[-2:] == ["DeleteDC", "ClosePrinter"]


def test_page_is_drawn_from_the_corner_of_the_paper_at_both_resolutions(driver, envelopes):
    windows_printing.print_pdf(envelopes, job(pages=(1, 1)))

    _, context, place, picture = next(call for call in driver.calls if call[0] == "draw")
    assert context == 55
    # 5 mm of margin at 300 × 600 dpi, then 220 × 110 mm.
    assert place == (-59, -118, -59 + 2598, -118 + 2598)
    assert picture.mode == "L"
    assert picture.size == pytest.approx((220 / 25.4 * 600, 110 / 25.4 * 600), abs=2)
    assert picture.getextrema()[0] < 50, "there is ink"


def ink(picture):
    """Left, top, right and bottom of what is drawn, as shares of the picture."""
    left, top, right, bottom = picture.convert("L").point(lambda grey: 255 if grey < 128 else 0).getbbox()
    return left / picture.width, top / picture.height, right / picture.width, bottom / picture.height


@pytest.mark.parametrize("dpi", [(300, 600), (203, 203), (180, 360), (1200, 600)])
@pytest.mark.parametrize("papers", [[(27, 110.0, 220.1)], [(300, 220.0, 110.0)], [(9, 210.0, 297.0)]])
def test_the_ink_is_within_a_tenth_of_a_millimetre_of_its_place(driver, envelopes, dpi, papers):
    """Whatever the resolution, with the envelope as upright, as lying or as custom paper; margins are 5 mm."""
    driver.dpi, driver.papers = dpi, papers
    windows_printing.print_pdf(envelopes, PrintJob("HP LaserJet", 220, 110, pages=(1, 1)))
    ((_, _, place, picture),) = [call for call in driver.calls if call[0] == "draw"]
    with PdfPages(envelopes) as pages:
        meant = [share * side for share, side in zip(ink(pages.picture(1, 1200)), (220, 110, 220, 110), strict=True)]
    left, top, right, bottom = place
    shares = ink(picture)
    found = [
        (start + share * (end - start)) / dots * 25.4 + 5
        for share, start, end, dots in zip(shares, (left, top) * 2, (right, bottom) * 2, dpi * 2, strict=True)
    ]
    # a dot of the picture may be half inked at each edge
    assert found == pytest.approx(meant, abs=0.1 + 12.7 / min(*dpi, 600))


def test_pictures_stay_at_600_dpi_on_finer_printers(driver, envelopes):
    driver.dpi = (1200, 1200)

    windows_printing.print_pdf(envelopes, job(pages=(1, 1)))

    _, _, place, picture = next(call for call in driver.calls if call[0] == "draw")
    assert place[2] - place[0] == pytest.approx(220 / 25.4 * 1200, abs=1)
    assert picture.width == pytest.approx(220 / 25.4 * 600, abs=2)


def test_copies_are_made_set_by_set_and_told(driver, con, envelopes):
    seen = []

    result = windows_printing.print_pdf(envelopes, job(copies=2), lambda *numbers: seen.append(numbers))

    pictures = [call[3].tobytes() for call in driver.calls if call[0] == "draw"]
    assert len(set(pictures)) == 3 and pictures[:3] == pictures[3:]
    assert driver.mode.Copies == 1 and driver.mode.Fields & con.DM_COPIES
    assert result.sheets == 6
    assert seen == [(n, 6) for n in range(1, 7)]


def test_cancelling_aborts_the_whole_job(driver, envelopes):
    answers = iter([False, True])

    result = windows_printing.print_pdf(envelopes, job(), cancelled=lambda: next(answers))

    assert result.is_cancelled and result.sheets == 0
    assert driver.names()[-3:] == ["AbortDoc", "DeleteDC", "ClosePrinter"]
    assert "EndDoc" not in driver.names()


def test_failure_between_pages_aborts_and_names_the_printer(driver, envelopes):
    driver.failures["EndPage"] = 6

    with pytest.raises(SystemRefused, match="“HP LaserJet”没有完成打印任务"):
        windows_printing.print_pdf(envelopes, job())

    assert driver.names()[-3:] == ["AbortDoc", "DeleteDC", "ClosePrinter"]


def test_an_abort_that_fails_too_does_not_hide_the_cause(driver, envelopes):
    driver.failures["AbortDoc"] = 6

    def stumble(done, total):
        raise ValueError("the window is gone")

    with pytest.raises(ValueError, match="the window is gone"):
        windows_printing.print_pdf(envelopes, job(), stumble)


def test_closing_the_drivers_file_window_counts_as_cancelled(driver, envelopes):
    driver.failures["StartDoc"] = 1223

    assert windows_printing.print_pdf(envelopes, job()).is_cancelled
    assert "AbortDoc" not in driver.names()


def test_vanished_printer_is_named(driver, envelopes):
    driver.failures["OpenPrinter"] = 1801

    with pytest.raises(SystemRefused, match=r"找不到打印机“HP LaserJet”.*重新选择"):
        windows_printing.print_pdf(envelopes, job())

    assert "ClosePrinter" not in driver.names()


def test_tray_is_chosen_by_the_drivers_word(driver, con, envelopes):
    assert windows_printing.trays("HP LaserJet") == ["自动选择", "手动进纸"]

    windows_printing.print_pdf(envelopes, job(tray="手动进纸"))

    assert driver.mode.DefaultSource == 4 and driver.mode.Fields & con.DM_DEFAULTSOURCE
    with pytest.raises(SystemRefused, match="没有名为“上层”的纸盒"):
        windows_printing.print_pdf(envelopes, job(tray="上层"))


def test_trays_of_a_vanished_printer_are_none(driver):
    driver.failures["OpenPrinter"] = 1801

    assert windows_printing.trays("HP LaserJet") == []


def test_printers_and_the_default(driver):
    assert [(p.name, p.is_default) for p in windows_printing.printers()] == [
        ("针式打印机", False), ("HP LaserJet", True),
    ]
    assert ("EnumPrinters", 2 | 4, None, 2) in driver.calls


def test_printers_without_a_default(driver):
    driver.failures["GetDefaultPrinterW"] = 2

    assert not any(printer.is_default for printer in windows_printing.printers())


def test_stopped_spooler_lists_no_printers(driver):
    driver.failures["EnumPrinters"] = 1722

    assert windows_printing.printers() == []


def test_missing_pywin32_lists_nothing_and_says_what_to_install(driver, envelopes, monkeypatch):
    monkeypatch.setitem(sys.modules, "win32print", None)

    assert windows_printing.printers() == []
    with pytest.raises(SystemRefused, match="pip install pywin32"):
        windows_printing.print_pdf(envelopes, job())
