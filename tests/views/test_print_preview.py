"""The preview shows pages at true size, keeps few images, and prints what was asked."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from crm_desktop.views.print_preview import PreviewPages, Printing, PrintOrder, open_preview
from crm_desktop.views.print_preview.order import parse_pages
from crm_desktop.views.print_preview.pages import KEPT_IMAGES

MILLIMETRE = 72 / 25.4
WIDTH, HEIGHT = 220 * MILLIMETRE, 110 * MILLIMETRE


def make_pdf(pages, color):
    """DL envelopes with one filled square."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (WIDTH, HEIGHT))
    for _ in range(pages):
        canvas.setFillColorRGB(*color)
        canvas.rect(100 if color[0] else 300, 100, 50, 50, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def pages():
    return PreviewPages(make_pdf(12, (0, 0, 0)), lambda: make_pdf(1, (1, 0, 0)))


@pytest.fixture
def preview(root, pages):
    """A shown preview that remembers what it was asked to print."""
    jobs = []
    printing = Printing(
        lambda: ["HP", "PDF"], jobs.append, lambda: jobs.append("保存"), printer="PDF",
        ask_trays=lambda printer, answer: answer(["Upper", "Manual"]), name_of=lambda page: f"收件人{page}",
        remembered=lambda printer: {"tray": "Manual", "pause": 10} if printer == "HP" else {},
    )  # fmt: skip
    made = open_preview(root, "信封预览", pages, printing, size_name="5号 (DL)", warnings=["2 位客户没有邮政编码。"])
    made.jobs = jobs
    for _ in range(5):
        root.update()
    return made


def test_the_art_lies_under_the_text_and_can_be_taken_away(pages):
    with_art, without = (pages.image(3, 1.0, shows_art=shows) for shows in (True, False))
    place = (125, round(HEIGHT - 125))
    assert with_art.getpixel(place) == (255, 0, 0)
    assert without.getpixel(place) == (255, 255, 255)
    black = (325, round(HEIGHT - 125))
    assert with_art.getpixel(black) == without.getpixel(black) == (0, 0, 0)


def test_few_images_are_kept_and_a_kept_one_is_not_drawn_again(pages):
    first = pages.image(0, 1.0, shows_art=False)
    assert pages.image(0, 1.0, shows_art=False) is first
    for page in range(pages.count):
        pages.image(page, 1.0, shows_art=False)
    assert len(pages._images) == KEPT_IMAGES
    assert pages.image(0, 1.0, shows_art=False) is not first


def test_true_size_is_true_on_this_screen(root, preview):
    preview.zoom_to(1.0)
    root.update()
    expected = 220 / 25.4 * root.winfo_fpixels("1i")
    assert abs(preview._photo.width() - expected) <= 2
    assert preview.description.cget("text") == "第 1 / 12 页  收件人1    5号 (DL)  220 × 110 mm    100%"


def test_the_page_fits_the_window_at_first(preview):
    assert preview._photo.width() <= preview.canvas.winfo_width()
    assert preview._photo.height() <= preview.canvas.winfo_height()
    assert preview._photo.width() > 0.8 * preview.canvas.winfo_width()


def test_keys_turn_pages_and_stop_at_the_ends(preview, press):
    press(preview.canvas, "<Next>", "<Next>", "<Prior>")
    assert preview.page == 1
    press(preview.canvas, "<End>", "<Next>")
    assert preview.page == 11
    press(preview.canvas, "<Home>", "<Prior>")
    assert preview.page == 0


def test_zoom_steps_through_round_values(preview, press):
    preview.zoom_to(1.0)
    press(preview.canvas, "<plus>")
    assert preview.zoom == 1.25
    press(preview.canvas, "<minus>", "<minus>")
    assert preview.zoom == 0.75


def test_the_art_switch_draws_again(root, preview):
    preview.zoom_to(1.0)
    before = preview._photo
    preview.shows_art.set(False)
    preview.draw()
    assert preview._photo is not before


def test_prints_the_chosen_pages_on_the_remembered_printer(preview, press):
    assert preview.printer.get() == "PDF"
    press(preview.canvas, "<F9>")
    preview.options.pages.set("2-5")
    press(preview.canvas, "<Control-p>", "<F8>")
    assert preview.jobs == [PrintOrder("PDF", 1, 12), PrintOrder("PDF", 2, 5), "保存"]


def test_a_wrong_page_is_told_and_nothing_is_printed(preview):
    preview.options.pages.set("3-99")
    preview.print_pages()
    assert preview.options.pages.error == "页码应在 1 到 12 之间。"
    assert preview.jobs == []


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [("copies", "0", "份数应是 1 到 999 的整数。"), ("copies", "两", "份数应是 1 到 999 的整数。"),
     ("pause", "-1", "每几张暂停应是 0 到 9999 的整数。")],
)  # fmt: skip
def test_a_wrong_number_turns_red_and_is_told(preview, name, typed, sentence):
    field = getattr(preview.options, name)
    field.set(typed)
    preview.print_pages()
    assert field.error == preview.status.message == sentence
    assert field.get() == typed and preview.jobs == []


def test_options_by_keyboard(preview, press, type_text, root):
    options = preview.options
    options.copies.set("")
    type_text(options.copies.control, "2")
    press(options.copies.control, "<Return>")
    options.pause.set("")
    type_text(options.pause.control, "10")
    press(options.pause.control, "<Return>")
    options.tray.set("Manual")
    press(options.tray, "<Return>")
    assert root.focus_get() is options.pages.control
    options.pages.set("3-")
    press(options.pages.control, "<Return>")
    assert preview.jobs == [PrintOrder("PDF", 3, 12, 2, 10, "Manual")]


def test_each_printer_has_its_own_tray_and_pause(preview, root):
    assert list(preview.options.tray.cget("values")) == ["自动选择", "Upper", "Manual"]
    assert preview.options.tray.get() == "自动选择"
    preview.printer.set("HP")
    preview._use_printer()
    assert (preview.options.tray.get(), preview.options.pause.get()) == ("Manual", "10")
    preview.print_pages()
    assert preview.jobs == [PrintOrder("HP", 1, 12, pause=10, tray="Manual")]


def test_without_a_printer_there_is_still_the_file(root, pages):
    made = open_preview(root, "预览", pages, Printing(list, lambda *job: None, lambda: None))
    root.update()
    assert not made.actions[0].available() and made.actions[1].available()


def test_esc_closes_and_lets_the_file_go(root, preview, press):
    window = preview.winfo_toplevel()
    press(preview.canvas, "<Escape>")
    assert not window.winfo_exists()
    assert preview.pages._images == {}


@pytest.mark.parametrize(("text", "range_"), [("3", (3, 3)), (" 2-5 ", (2, 5)), ("２－５", (2, 5)), ("3-", (3, 9))])
def test_page_ranges(text, range_):
    assert parse_pages(text, 9) == range_


@pytest.mark.parametrize("text", ["", "a", "0", "5-2", "3-10", "-", "-3", "10-"])
def test_page_ranges_that_cannot_be(text):
    with pytest.raises(ValueError, match="页码应"):
        parse_pages(text, 9)
