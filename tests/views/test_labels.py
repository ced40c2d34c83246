"""地址标签 at the screen: whom, which sheet, the first free label, and what the printer is off."""

import pypdfium2
import pytest

from crm_desktop import system
from crm_desktop.controllers.reports import SHEETS, LabelOptions
from crm_desktop.settings import ComputerSettings
from crm_desktop.system import PdfPages, Printer, PrintResult
from crm_desktop.views.calibration import CalibrationWindow
from crm_desktop.views.keys import descendants
from crm_desktop.views.label_options import LabelMemory


@pytest.fixture
def orders(monkeypatch):
    """Two printers, and the jobs and pages they were given."""
    asked = []

    def print_pdf(pdf, job, on_progress=None, cancelled=None):
        asked.append((job, pdf))
        with PdfPages(pdf) as pages:
            return PrintResult(pages.count, "1")

    monkeypatch.setattr(system, "printers", lambda: [Printer("Old", False), Printer("HP", True)])
    monkeypatch.setattr(system, "print_pdf", print_pdf)
    return asked


@pytest.fixture
def screen(window, orders, wait_until):
    made = window.open("labels")
    made.show("customers", [1, 2, 3])
    wait_until(lambda: made.recipients.count == 3 and made.bar.printer)
    return made


def choose(box, text):
    """What the mouse does in a drop-down list."""
    box.set(text)
    box.event_generate("<<ComboboxSelected>>")


def test_a_screen_nobody_was_sent_to_says_that_it_is_empty(window):
    assert window.open("labels").note.cget("text") == "还没有选择收件人。"


def test_sheets_are_counted_as_choices_change(screen):
    assert screen.note.cget("text") == "3 人，用 1 张标签纸。"
    screen.bar.change(start=20)
    assert screen.note.cget("text") == "3 人，用 2 张标签纸。"
    screen.recipients.show("customers", [])
    assert screen.note.cget("text") == "还没有选择收件人。"
    assert screen.toolbar.button("preview").instate(["disabled"])


def test_a_file_with_every_label(screen, dialogs, tmp_path, wait_until, desk):
    target = tmp_path / "标签.pdf"
    dialogs.answers = [target]
    screen.bar.copies.set(2)
    screen.save_pdf()
    wait_until(target.exists)
    with pypdfium2.PdfDocument(target) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert text.count("收") == 6 and screen.bar.options.copies == 2


@pytest.mark.parametrize(("start", "sentence"), [("0", "1 到 21"), ("22", "1 到 21"), ("x", "整数"), ("", "整数")])
def test_a_bad_start_is_said_and_stays_typed(screen, dialogs, start, sentence):
    screen.bar.start.set(start)
    screen.preview()
    assert sentence in str(dialogs.errors[0])
    assert screen.bar.start.get() == start and screen.bar.options.start == 1


def test_another_sheet_begins_at_its_first_label(screen):
    screen.bar.change(start=21)
    choose(screen.bar.sheet, SHEETS["L7163"].label)
    assert (screen.bar.options.sheet, screen.bar.options.start) == ("L7163", 1)


def test_a_sheet_of_one_s_own_is_remembered(screen, desk, in_form):
    def fill(form):
        form.fields["width"].set("60")
        form.fields["offset_x_mm"].set("１.5 毫米")
        form.fields["scale_y"].set("99.5")
        form.submit()

    in_form(fill)
    screen.bar.set_up()
    memory = LabelMemory(desk.computer)
    kept = memory.corrected("HP", memory.options())
    assert (kept.face.width, kept.face.label, kept.offset_x_mm, kept.scale_y) == (60.0, "自定义", 1.5, 0.995)
    assert screen.bar.sheet.get() == "自定义…"


def test_measures_that_do_not_fit_the_paper_are_refused_and_stay(screen, in_form):
    seen = []

    def fill(form):
        form.fields["columns"].set("9")
        form.submit()
        form.after(300, lambda: (seen.append(form.fields["columns"].input.error), form.cancel()))

    in_form(fill)
    screen.bar.set_up()
    assert "超出了 A4" in seen[0] and screen.bar.options == LabelOptions()


def test_what_another_version_remembered_is_no_reason_to_fail(desk):
    desk.computer["labels"] = {"sheet": "L1", "glue": True}
    desk.computer["label_corrections"] = {"HP|L7160": {"scale_x": 3}, "HP|3x8": [1]}
    memory = LabelMemory(desk.computer)
    assert memory.options() == LabelOptions()
    for sheet in ("L7160", "3x8"):
        assert memory.corrected("HP", LabelOptions(sheet)) == LabelOptions(sheet)


def test_the_offset_that_all_printers_had_is_that_of_the_first(desk):
    desk.computer["labels"] = {"sheet": "3x8", "offset_x_mm": 1.5, "offset_y_mm": -1.0}
    memory = LabelMemory(desk.computer)
    first = memory.corrected("HP", memory.options())
    assert (first.sheet, first.offset_x_mm, first.offset_y_mm) == ("3x8", 1.5, -1)
    memory.keep("HP", first)
    assert memory.corrected("HP", memory.options()) == first
    assert memory.corrected("Old", memory.options()).offset_x_mm == 0


def test_each_printer_and_sheet_has_its_own_correction(screen, tmp_path):
    bar = screen.bar
    assert bar.printer == "HP"
    bar.change(offset_x_mm=1.2, scale_y=1.004)
    choose(bar.sheet, SHEETS["3x8"].label)
    assert (bar.options.offset_x_mm, bar.options.scale_y) == (0, 1)
    bar.change(offset_x_mm=-2)
    choose(bar.printers.box, "Old")
    assert bar.options.offset_x_mm == 0
    choose(bar.sheet, SHEETS["L7160"].label)
    choose(bar.printers.box, "HP")
    assert (bar.options.offset_x_mm, bar.options.scale_y) == (1.2, 1.004)
    again = LabelMemory(ComputerSettings(tmp_path / "settings.json"))
    assert (again.printer, again.options().sheet) == ("HP", "L7160")
    assert again.corrected("HP", LabelOptions("3x8")).offset_x_mm == -2


def test_another_printer_keeps_what_is_typed(screen):
    screen.bar.start.set(5)
    choose(screen.bar.printers.box, "Old")
    assert screen.bar.start.get() == "5"


def test_the_sheet_is_calibrated_on_a4_and_the_labels_are_moved(screen, in_window, press, orders, wait_until):
    def measure(window):
        press(window.print_button, "<Return>")
        wait_until(lambda: orders and window.state_line.cget("text"))
        fields = window.fields
        assert [field.get() for field in fields.values()] == ["25", "25", "185", "272"]
        assert "第 2 个十字" in fields["far_x"].label_text
        for name, typed in (("near_x", "24"), ("far_x", "184"), ("near_y", "25.5"), ("far_y", "272.5")):
            fields[name].input.text.set(typed)
        press(fields["far_y"].input.control, "<F8>")

    in_window(CalibrationWindow, measure)
    screen.calibrate()
    assert (screen.bar.options.offset_x_mm, screen.bar.options.offset_y_mm, screen.bar.options.scale_x) == (1, -0.5, 1)
    (job, page), = orders
    assert (job.printer, job.width_mm, job.height_mm) == ("HP", 210, 297)
    with pypdfium2.PdfDocument(page) as pdf:
        assert "校准页　标签　210×297 毫米" in pdf[0].get_textpage().get_text_range()
    moved = boxes(screen)
    nothing = boxes(screen, offset_x_mm=0, offset_y_mm=0)
    assert [b - a for a, b in zip(nothing, moved, strict=True)] == pytest.approx([1, 0.5, 1, 0.5], abs=0.05)


def boxes(screen, **values):
    """Left, bottom, right and top of the first character, in mm."""
    screen.bar.change(**values)
    document = screen.desk.office.reports.labels(None, screen.bar.options, "customers", [1])
    with pypdfium2.PdfDocument(document.to_bytes()) as pdf:
        return [edge * 25.4 / 72 for edge in pdf[0].get_textpage().get_charbox(0)]


def test_the_preview_tells_the_correction_and_for_whom_it_is(screen, preview_of):
    screen.bar.change(offset_x_mm=1.2, scale_y=0.996)
    screen.preview()
    preview = preview_of()
    options = preview.options
    assert options.correction.cget("text") == "校准：右移 1.2 毫米 纵 99.6 %"
    preview.printer.set("Old")
    box = next(widget for widget in descendants(preview) if widget.winfo_name() == "printer")
    box.event_generate("<<ComboboxSelected>>")
    assert options.correction.cget("text") == "按“HP”校准，不是这台。"


@pytest.mark.parametrize(("name", "typed", "sentence"), [("rows", "2.5", "整数"), ("width", "宽", "标签宽应为数字"), ("scale_x", "105", "98 到 102")])
def test_a_measure_that_cannot_be_is_told_at_its_field(screen, in_form, wait_until, name, typed, sentence):
    seen = []

    def fill(form):
        form.fields[name].set(typed)
        form.submit()
        wait_until(lambda: form.fields[name].input.error)
        seen.append((form.fields[name].input.error, form.fields[name].get()))
        form.cancel()

    in_form(fill)
    screen.bar.set_up()
    assert sentence in seen[0][0] and seen[0][1] == typed
    assert screen.bar.options == LabelOptions()
