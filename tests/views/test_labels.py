"""地址标签 at the screen: whom, which sheet, the first free label, and what the printer is off."""

import pytest

from crm_desktop.controllers.reports import SHEETS, LabelOptions
from crm_desktop.views.label_options import remembered


@pytest.fixture
def screen(window, wait_until):
    made = window.open("labels")
    made.show("customers", [1, 2, 3])
    wait_until(lambda: made.recipients.count == 3)
    return made


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
    import pypdfium2

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
    screen.bar.sheet.set(SHEETS["L7163"].label)
    screen.bar.sheet.event_generate("<<ComboboxSelected>>")
    assert (screen.bar.options.sheet, screen.bar.options.start) == ("L7163", 1)


def test_a_sheet_of_one_s_own_is_remembered(screen, desk, in_form):
    def fill(form):
        form.fields["width"].set("60")
        form.fields["offset_x_mm"].set("1.5")
        form.submit()

    in_form(fill)
    screen.bar.set_up()
    kept = remembered(desk.computer)
    assert (kept.face.width, kept.face.label, kept.offset_x_mm) == (60.0, "自定义", 1.5)
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
    assert remembered(desk.computer) == LabelOptions()
