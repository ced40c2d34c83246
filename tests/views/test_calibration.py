"""校准 from the first page to the envelope: print, measure, type, print again, until the ink is where it should be."""

from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from crm_desktop import system
from crm_desktop.controllers.reports import EnvelopeOptions
from crm_desktop.system import Printer, PrintResult
from crm_desktop.views.calibration import CalibrationWindow
from crm_desktop.views.keys import focus_and_select

MM = 72 / 25.4
DOTS = 20
"""A mm in the pictures."""
NEAR_ENOUGH = 0.2
TURNED = {0: None, 90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
"""How a sheet that was fed clockwise by so much is laid upright again."""


class CrookedPrinter:
    """Stretches what it is sent, turns it by ``skew`` (radians) round the sheet's corner and moves it, in mm."""

    def __init__(self, stretch=1.0, skew=0.0, right=0.0, down=0.0):
        self.stretch, self.skew, self.right, self.down = stretch, skew, right, down
        self.jobs, self.sheets = [], []

    def print_pdf(self, pdf, job, on_progress=None, cancelled=None):
        self.jobs.append(job)
        with pypdfium2.PdfDocument(pdf) as document:
            pictures = [page.render(scale=DOTS / MM, grayscale=True).to_pil() for page in document]
        self.sheets += [self._put_on_paper(picture) for picture in pictures]
        return PrintResult(len(pictures), "1")

    def _put_on_paper(self, picture):
        """Each dot of the sheet asks where its ink comes from."""
        s, t = self.stretch, self.skew
        right, down = self.right * DOTS, self.down * DOTS
        inverse = (1 / s, t / s, -(right + t * down) / s, -t / s, 1 / s, -(down - t * right) / s)
        return picture.transform(picture.size, Image.Transform.AFFINE, inverse, Image.Resampling.BILINEAR, fillcolor=255)

    def upright(self, rotation):
        """The last sheet, laid before the clerk."""
        turn = TURNED[rotation]
        return self.sheets[-1].transpose(turn) if turn is not None else self.sheets[-1]


def use(monkeypatch, printer):
    monkeypatch.setattr(system, "printers", lambda: [Printer("HP", True)])
    monkeypatch.setattr(system, "print_pdf", printer.print_pdf)
    return printer


@pytest.fixture
def straight(monkeypatch):
    return use(monkeypatch, CrookedPrinter())


@pytest.fixture
def open_screen(window, wait_until):
    def open_it():
        shown = window.open("envelopes", entity="customers", ids=[1])
        wait_until(lambda: shown.bar.printer and shown.check.is_done and shown.recipients.table.is_complete)
        return shown

    return open_it


def ink(picture, left, top, right, bottom):
    """The box of the ink within this part, in mm."""
    part = picture.crop(tuple(round(side * DOTS) for side in (left, top, right, bottom)))
    found = part.point([255] * 128 + [0] * 128).getbbox()
    assert found, "no ink there"
    return [edge / DOTS + (left, top)[place % 2] for place, edge in enumerate(found)]


def cross(picture, x, y, within=3.5):
    """The middle of the cross near a place, read as with a ruler: the column and the row with the most ink."""
    left, top = round((x - within) * DOTS), round((y - within) * DOTS)
    part = picture.crop((left, top, left + round(2 * within * DOTS), top + round(2 * within * DOTS))).point(lambda grey: 255 - grey)
    columns = list(part.resize((part.width, 1), Image.Resampling.BOX).tobytes())
    rows = list(part.resize((1, part.height), Image.Resampling.BOX).tobytes())
    return [(start + each.index(max(each)) + 0.5) / DOTS for start, each in ((left, columns), (top, rows))]


def type_measured(window, near, far, type_text, press):
    """Digits and Enter: from the first field through all four, as the hands are on the keyboard."""
    for name, value in zip(("near_x", "near_y", "far_x", "far_y"), (*near, *far), strict=True):
        control = window.fields[name].input.control
        assert window.focus_get() is control
        type_text(control, f"{value:.1f}")
        press(control, "<Return>")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_an_envelope_of_a_crooked_printer_is_right_after_calibrating(
    open_screen, monkeypatch, in_window, press, type_text, wait_until, dialogs, rotation
):
    printer = use(monkeypatch, CrookedPrinter(stretch=1.005, skew=0.001, right=1.6, down=-1.1))
    screen = open_screen()
    screen.bar.change(rotation=rotation)
    options = screen.bar.options
    (near_x, near_y), *_, (far_x, far_y) = options.marks.crosses

    def printed(window, sheets):
        wait_until(lambda: len(printer.sheets) == sheets and window.focus_get() is window.fields["near_x"].input.control)
        page = printer.upright(rotation)
        return cross(page, near_x, near_y), cross(page, far_x, far_y)

    def loop(window):
        press(window.print_button, "<Return>")
        near, far = printed(window, 1)
        assert max(abs(near[0] - near_x), abs(near[1] - near_y)) > 0.8
        type_measured(window, near, far, type_text, press)
        assert window.focus_get() is window.again_button
        press(window.again_button, "<Return>")
        near, far = printed(window, 2)
        assert [*near, *far] == pytest.approx([near_x, near_y, far_x, far_y], abs=NEAR_ENOUGH)
        press(window.fields["near_x"].input.control, "<F8>")

    in_window(CalibrationWindow, loop)
    screen.calibrate()
    dialogs.answers = [True]
    screen.print()
    wait_until(lambda: len(printer.sheets) == 3)
    assert (printer.jobs[-1].printer, printer.jobs[-1].title) == ("HP", "crm-envelope")
    letter, wanted = printer.upright(rotation), nominal(screen)
    for digit in range(6):
        left = options.face.box_left + options.face.box_pitch * digit
        at = (left - 1, options.face.box_top - 1, left + options.face.box_width + 1, 21)
        assert ink(letter, *at) == pytest.approx(ink(wanted, *at), abs=NEAR_ENOUGH)
    for at in ((60, 50, 160, 66), (130, 75, 215, 92), (130, 96, 215, 106)):  # the name, the sender, 邮政编码
        assert ink(letter, *at) == pytest.approx(ink(wanted, *at), abs=NEAR_ENOUGH)


def nominal(screen):
    """The same envelope from a printer that is right, upright."""
    plain = replace(screen.bar.options, offset_x_mm=0, offset_y_mm=0, scale_x=1, scale_y=1, rotation=0)
    document = screen.desk.office.reports.envelopes(None, plain, "customers", [1])
    with pypdfium2.PdfDocument(document.to_bytes()) as pdf:
        return pdf[0].render(scale=DOTS / MM, grayscale=True).to_pil()


def test_print_again_uses_what_was_typed_and_expects_it_right(open_screen, straight, in_window, press, wait_until, tmp_path):
    screen = open_screen()
    before = screen.bar.options

    def loop(window):
        fields = window.fields
        press(window.print_button, "<Return>")
        wait_until(lambda: len(straight.jobs) == 1 and window.state_line.cget("text"))
        fields["near_x"].input.text.set("17.2")
        fields["far_x"].input.text.set("196.2")
        press(fields["near_x"].input.control, "<F9>")
        wait_until(lambda: len(straight.jobs) == 2 and fields["near_x"].get() == "16")
        assert window.result_line.cget("text") == "将向左移 1.2 毫米。还没有保存，相同就按 F8。"
        fields["near_x"].input.text.set("15.9")
        fields["far_x"].input.text.set("194.9")
        assert window.result_line.cget("text") == "将向左移 1.1 毫米。"  # of what was in use before the window opened
        assert screen.bar.options == before  # nothing is kept before it is saved
        press(fields["near_x"].input.control, "<F8>")

    in_window(CalibrationWindow, loop)
    screen.calibrate()
    assert (screen.bar.options.offset_x_mm, screen.bar.options.scale_x) == (-1.1, 1)


def test_what_is_typed_while_it_prints_and_what_cannot_be_stays(open_screen, monkeypatch, in_window, press, wait_until):
    printer = use(monkeypatch, CrookedPrinter())
    screen = open_screen()

    def loop(window):
        field = window.fields["near_x"]
        field.input.text.set("一点")
        press(window.again_button, "<Return>")
        assert "毫米数" in field.input.error and printer.jobs == []
        field.input.text.set("17")
        press(window.again_button, "<Return>")
        field.input.text.set("17.4")
        wait_until(lambda: window.state_line.cget("text"))
        assert field.get() == "17.4"
        press(field.input.control, "<Escape>")

    in_window(CalibrationWindow, loop)
    screen.calibrate()
    assert screen.bar.options == EnvelopeOptions()


def test_without_a_printer_the_page_can_be_looked_at_only(window, monkeypatch, in_window, press, root):
    monkeypatch.setattr(system, "printers", list)
    screen = window.open("envelopes", entity="customers", ids=[1])

    def look(window):
        assert window.print_button.instate(["disabled"]) and window.again_button.instate(["disabled"])
        last = window.fields["far_y"].input.control
        focus_and_select(last)
        press(last, "<Return>")
        assert window.focus_get() is window.button
        press(last, "<F9>", "<Escape>")

    in_window(CalibrationWindow, look)
    screen.calibrate()
