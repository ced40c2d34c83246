"""信封样式 chosen at the screen: the letter of 2021 stands on the lines that its maker printed."""

import pypdfium2
import pytest

from crm_desktop import system
from crm_desktop.system import Printer, PrintResult
from crm_desktop.views.envelope_settings import EnvelopeSettings

MM = 72 / 25.4
DOTS = 10
"""A mm in the pictures."""
PREPRINTED = ("地　址：", "收件人：", "电话（选填）：", "邮政编码")


@pytest.fixture
def printed(monkeypatch):
    """The files that went to the printer."""
    files = []

    def print_pdf(pdf, job, on_progress=None, cancelled=None):
        files.append(pdf)
        return PrintResult(1, "1")

    monkeypatch.setattr(system, "printers", lambda: [Printer("HP", True)])
    monkeypatch.setattr(system, "print_pdf", print_pdf)
    return files


@pytest.fixture
def screen(window, printed, wait_until):
    shown = window.open("envelopes", entity="customers", ids=[1])
    wait_until(lambda: shown.bar.printer and shown.check.is_done and shown.recipients.table.is_complete)
    return shown


def page_of(data):
    """Text, the boxes of its lines by their text in mm from the top left, and the picture."""
    with pypdfium2.PdfDocument(data) as pdf:
        assert [round(side / MM, 1) for side in pdf[0].get_size()] == [220, 110]
        text, height = pdf[0].get_textpage(), pdf[0].get_size()[1]
        boxes = {}
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            boxes[text.get_text_bounded(left, bottom, right, top).strip()] = [
                edge / MM for edge in (left, height - top, right, height - bottom)
            ]
        return text.get_text_range(), boxes, pdf[0].render(scale=DOTS / MM).to_pil().convert("RGB")


def colours(picture, left, top, right, bottom):
    """Whether there is black, and whether there is red, within this part (mm)."""
    part = picture.crop(tuple(round(side * DOTS) for side in (left, top, right, bottom)))
    found = [colour for _, colour in part.getcolors(1 << 16)]
    return any(max(each) < 90 for each in found), any(r > g + 80 for r, g, b in found)


def choose_2021(screen, in_window, press):
    """信封设置, down one in the first list, F8."""

    def choose(window):
        control = window.fields["stationery"].input.control
        assert window.focus_get() is control
        press(control, "<Down>", "<Down>", "<Return>", "<F8>")

    in_window(EnvelopeSettings, choose)
    screen.set_up()
    assert screen.bar.options.stationery == "2021"


def test_a_letter_on_stationery_of_2021_stands_on_its_lines(screen, in_window, press, printed, dialogs, wait_until):
    choose_2021(screen, in_window, press)
    press(screen.bar.nametowidget("include_phone"), "<space>")
    dialogs.answers = [True]
    screen.print()
    wait_until(lambda: printed)
    text, boxes, picture = page_of(printed[0])
    assert not any(words in text for words in PREPRINTED)  # the maker's, not ours
    customer = screen.desk.office.customers.get(1)
    face, wide, high = screen.bar.options.face, 220, 110
    lines = [high * (face.first_line + n * face.line_pitch) for n in range(3)]
    address = next(box for found, box in boxes.items() if customer["address"] in found)
    firm = next(box for found, box in boxes.items() if found.startswith(customer["name"]) and box[3] < lines[1])
    name = next(box for found, box in boxes.items() if found.startswith("单小明"))
    phone = next(box for found, box in boxes.items() if found.startswith("139"))
    for box, line in ((address, lines[0]), (firm, lines[1]), (name, lines[2]), (phone, lines[2])):
        assert line - 2 < box[3] < line and box[1] > line - 8
    assert wide * face.line_left - 0.5 <= min(address[0], firm[0], name[0])
    assert max(address[2], firm[2], phone[2]) <= wide * face.line_right and name[2] <= wide * face.name_right
    assert phone[0] >= wide * face.phone_left - 0.5
    for zone in ((0, 20.5, 90, 26), (60, 90, 165, 110), (wide - 33, 9, wide - 9, 37), (0, 30, wide * face.line_left - 1, 90)):
        assert colours(picture, *zone) == (False, False)
    assert colours(picture, 12, 10, 70, 20) == (True, False)  # digits alone, in black


def test_on_plain_paper_the_words_and_lines_are_drawn_too(screen, in_window, press, dialogs, tmp_path, wait_until):
    choose_2021(screen, in_window, press)
    press(screen.bar.nametowidget("art"), "<space>")
    dialogs.answers = [tmp_path / "信封.pdf"]
    press(screen.recipients.search.control, "<F8>")
    wait_until((tmp_path / "信封.pdf").exists)
    text, _, picture = page_of(tmp_path / "信封.pdf")
    assert all(words in text for words in PREPRINTED)
    assert text.count("邮政编码") == 1
    assert colours(picture, 12, 10, 70, 20) == (True, True)
    assert colours(picture, 20, 36, 40, 44) == (False, True)  # 地址：
