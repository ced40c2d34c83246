"""Envelopes: choose, see what is missing, mend it, look, print; what was chosen is remembered."""

import pytest

from crm_desktop import system
from crm_desktop.controllers.reports import POSITION_GROUPS
from crm_desktop.errors import PaperRefused
from crm_desktop.settings import ComputerSettings
from crm_desktop.system import PdfPages, Printer, PrintResult
from crm_desktop.views import envelopes
from crm_desktop.views.calibration import CalibrationPage, CalibrationWindow
from crm_desktop.views.envelope_positions import PositionsWindow
from crm_desktop.views.envelope_settings import EnvelopeSettings

MM = 72 / 25.4


@pytest.fixture
def orders(monkeypatch):
    """Two printers and what they were given; ``Small`` takes no envelopes."""
    asked = []

    def print_pdf(pdf, job, on_progress=None, cancelled=None):
        if job.printer == "Small" and job.width_mm == 220:
            raise PaperRefused()
        with PdfPages(pdf) as pages:
            asked.append((job, pages.count))
            return PrintResult(len(job.page_numbers(pages.count)) * job.copies, "1")

    monkeypatch.setattr(system, "printers", lambda: [Printer("Small", False), Printer("HP", True)])
    monkeypatch.setattr(system, "print_pdf", print_pdf)
    return asked


@pytest.fixture
def screen(window, orders, wait_until):
    """The screen with all three customers ticked and looked at."""
    shown = window.open("envelopes", entity="customers", ids=[1, 2, 3])
    wait_until(lambda: shown.bar.printer and shown.check.is_done and shown.recipients.table.is_complete)
    return shown


def choose(screen, name, text):
    """What the mouse does in a drop-down list."""
    box = screen.bar.nametowidget(name)
    box.set(text)
    box.event_generate("<<ComboboxSelected>>")


def test_says_who_lacks_what_before_printing(screen):
    problems = [(each.record, each.problem) for each in screen.check.problems]
    assert (3, "没有地址。") in problems and (3, "没有邮政编码，方框留空。") in problems
    assert screen.check.title.cget("text") == "打印前检查：2 处要补（双击打开，补好后自动重新检查）。"


def test_a_problem_opens_its_record_and_goes_when_it_is_mended(screen, press, wait_until, monkeypatch):
    opened = []
    monkeypatch.setattr(envelopes, "open_form", lambda desk, entity, record: opened.append((entity.key, record)))
    press(screen.check.table.tree, "<Return>")
    assert opened == [("customers", 3)]
    customers = screen.desk.office.customers
    version = customers.get(3)["version"]
    customers.update(3, {"address": "沈阳市铁西区北二路1号", "postcode": "110021"}, version=version)
    wait_until(lambda: screen.check.problems == [] and screen.check.is_done)
    assert screen.check.title.cget("text") == "打印前检查：选中的信封都齐全。"


def test_the_offices_own_address_is_opened_where_it_is_kept(screen, press, wait_until):
    office = screen.desk.office
    profile = office.company.profile()
    office.company.update(profile["id"], {"postcode": ""}, profile["version"])
    wait_until(lambda: len(screen.check.problems) == 3)
    opened = []
    screen.desk.open = opened.append
    press(screen.check.table.tree, "<Home>", "<Return>")
    assert opened == ["company"]
    screen.recipients.mark_none()
    wait_until(lambda: screen.check.is_done and screen.check.problems == [])


def test_space_takes_the_tick_away(screen, press, wait_until):
    table = screen.recipients.table
    assert table.go_to(3)
    press(table.tree, "<space>")
    wait_until(lambda: screen.check.is_done and not screen.check.problems)
    assert sorted(screen.recipients.ids()) == [1, 2]


def test_without_recipients_nothing_can_be_printed(screen, press):
    press(screen.recipients.nametowidget(screen.recipients.footer.winfo_parent() + ".none"), "<space>")
    assert screen.recipients.count == 0
    assert [action.id for action in screen.actions if action.available()] == ["settings", "positions", "calibrate"]


def test_ticks_outlive_a_search(screen, type_text, press, wait_until):
    screen.recipients.mark_none()
    for needle in ("hdjx", "沈阳"):
        screen.recipients.search.clear()
        type_text(screen.recipients.search.control, needle)
        wait_until(lambda: screen.recipients.table.total == 1 and screen.recipients.table.is_complete)
        press(screen.recipients.nametowidget(screen.recipients.footer.winfo_parent() + ".all"), "<space>")
    assert sorted(screen.recipients.ids()) == [1, 3]


def test_filters_by_place_and_level(screen, wait_until):
    recipients = screen.recipients
    recipients.province.set("上海市")
    recipients.province.event_generate("<<ComboboxSelected>>")
    wait_until(lambda: recipients.table.total == 1 and recipients.table.is_complete)
    assert recipients.table.current_id == 2
    recipients.level.set("重要")
    recipients.level.event_generate("<<ComboboxSelected>>")
    wait_until(lambda: recipients.table.total == 0 and recipients.table.is_complete)


def test_letters_to_contacts(window, screen, wait_until):
    window.open("envelopes", entity="contacts", ids=[2])
    wait_until(lambda: screen.check.is_done and screen.recipients.table.is_complete)
    assert screen.recipients.entity == "contacts" and screen.recipients.ids() == [2]
    assert str(screen.recipients.level.cget("state")) == "disabled"


def test_previews_over_the_stationery_and_prints(screen, press, orders, preview_of, wait_until):
    press(screen.recipients.search.control, "<F9>")
    preview = preview_of()
    assert preview.pages.count == 3 and preview.pages.has_art
    assert [round(side / MM) for side in preview.pages.size(0)] == [220, 110]
    assert preview.description.cget("text").startswith("第 1 / 3 页  单小明    5号（DL）  220 × 110 mm")
    red = [pixel for _, pixel in preview.pages.image(0, 1.0, shows_art=True).getcolors(1 << 16) if pixel[0] > pixel[1] + 80]
    assert red
    assert all(r == g == b for _, (r, g, b) in preview.pages.image(0, 1.0, shows_art=False).getcolors(1 << 16))
    preview.options.pages.set("2-3")
    press(preview.canvas, "<F9>")
    wait_until(lambda: preview.status.message)
    (job, count), = orders
    assert (job.printer, job.width_mm, job.height_mm, job.pages, count) == ("HP", 220, 110, (2, 3), 3)


def test_pages_beyond_the_preview_are_made_when_printed(screen, press, orders, preview_of, wait_until, monkeypatch):
    monkeypatch.setattr(envelopes, "FIRST_PAGES", 2)
    press(screen.recipients.search.control, "<F9>")
    preview = preview_of()
    assert preview.pages.count == 2 and preview.options.pages.get() == "1-3"
    assert "共 3 页" in preview.description.cget("text")
    preview.options.pages.set("2-3")
    press(preview.canvas, "<F9>")
    wait_until(lambda: preview.status.message)
    (job, count), = orders
    assert (job.pages, count) == (None, 2)


def test_a_printer_without_that_paper_leads_to_a4(screen, orders, dialogs, press, preview_of, wait_until):
    choose(screen, screen.bar.printers.box, "Small")
    press(screen.recipients.search.control, "<F9>")
    dialogs.answers = [True]
    first = preview_of()
    press(first.canvas, "<F9>")
    wait_until(lambda: not first.winfo_exists())
    second = preview_of()
    assert [round(side / MM) for side in second.pages.size(0)] == [297, 210]
    press(second.canvas, "<F9>")
    wait_until(lambda: orders)
    assert (orders[0][0].printer, orders[0][0].width_mm) == ("Small", 297)
    assert screen.desk.computer["envelopes"]["Small|DL"]["feed"] == "center"


def test_prints_without_a_preview_when_confirmed(screen, window, dialogs, orders, wait_until):
    send = next(action for action in screen.actions if action.id == "send")
    send.run()
    assert "3 个信封" in dialogs.asked[0][1] and screen.desk.computer["printers"] == {}  # nothing was begun
    dialogs.answers = [True]
    send.run()
    wait_until(lambda: window.status.message)
    assert window.status.message == "已送往打印机“HP”，共 3 张。"
    expected = ["打印客户信封 3 张：HP", "生成信封 3 个"]  # written after it was said
    wait_until(lambda: [row["sentence"] for row in window.desk.office.audit.operations(limit=2)] == expected)


def test_pauses_for_envelopes_and_goes_on_where_it_stopped(screen, dialogs, orders, preview_of, press, wait_until):
    press(screen.recipients.search.control, "<F9>")
    preview = preview_of()
    preview.options.pause.set(2)
    dialogs.answers = [False]
    press(preview.canvas, "<F9>")
    wait_until(lambda: preview.status.message)
    assert dialogs.asked == [("yes_no", "已送出 2 张（共 3 张），放好纸后继续。")]
    assert preview.status.message == "到此为止，已送出 2 张。回车从第 3 张继续。"
    assert preview.options.pages.get() == "3"
    press(preview.options.pages.control, "<Return>")
    wait_until(lambda: len(orders) == 2)
    assert [job.pages for job, _ in orders] == [(1, 2), (3, 3)]
    assert screen.desk.computer["print_options"]["envelope|HP"] == {"pause": 2, "tray": ""}


def test_a_cancelled_run_says_how_far_it_came(screen, orders, preview_of, press, wait_until, monkeypatch, root):
    press(screen.recipients.search.control, "<F9>")
    preview = preview_of()
    monkeypatch.setattr(system, "print_pdf", lambda *asked: PrintResult(1, "1", is_cancelled=True))
    press(preview.canvas, "<F9>")
    wait_until(lambda: preview.status.message)
    assert preview.status.message == "已取消，已送出 1 张。回车从第 2 张继续。"
    assert preview.options.pages.get() == "2-3" and root.focus_get() is preview.options.pages.control
    wait_until(lambda: "打印客户信封 1 张：HP" in [row["sentence"] for row in screen.desk.office.audit.operations(limit=2)])


def test_sent_envelopes_become_interactions_that_can_be_undone(screen, dialogs, orders, preview_of, press, wait_until):
    press(screen.registers, "<space>")
    assert screen.desk.computer["registers_letters"]
    press(screen.recipients.search.control, "<F9>")
    preview = preview_of()
    preview.options.pause.set(2)
    press(preview.canvas, "<F9>")  # 到此为止 after two: the third was not sent
    wait_until(lambda: preview.status.message.endswith("登记往来 2 条。"))
    assert preview.status.link.cget("text") == "撤销登记"
    rows = screen.desk.office.interactions.search(columns=("customer", "subject")).rows
    assert sorted(row["customer"] for row in rows) == [1, 2]
    preview.options.pages.set("1-3")
    preview.options.pause.set(0)
    press(preview.canvas, "<F9>")
    wait_until(lambda: preview.status.message.endswith("登记往来 1 条，2 条已登记过。"))


def test_saves_a_pdf(screen, dialogs, press, tmp_path, wait_until, window):
    dialogs.answers = [tmp_path / "信封.pdf"]
    press(screen.recipients.search.control, "<F8>")
    wait_until(lambda: window.status.message)
    with PdfPages(tmp_path / "信封.pdf") as pages:
        assert pages.count == 3


def test_options_are_remembered_for_each_printer_and_size(screen, wait_until, tmp_path):
    choose(screen, "size", "7号（C5）229×162")
    choose(screen, "ending", "亲启")
    screen.bar.change(offset_x_mm=1.5)
    choose(screen, "size", "5号（DL）220×110")
    assert (screen.bar.options.ending, screen.bar.options.offset_x_mm) == ("收", 0)
    choose(screen, "size", "7号（C5）229×162")
    assert (screen.bar.options.ending, screen.bar.options.offset_x_mm) == ("亲启", 1.5)
    choose(screen, "size", "6号（ZL）230×120")  # never used: its offset is not known yet
    assert (screen.bar.options.ending, screen.bar.options.offset_x_mm) == ("亲启", 0)
    choose(screen, "size", "7号（C5）229×162")
    again = ComputerSettings(tmp_path / "settings.json")["envelopes"]
    assert again["last"] == {"printer": "HP", "size": "C5"} and again["HP|C5"]["offset_x_mm"] == 1.5


def test_damaged_memory_is_no_reason_not_to_print(desk):
    desk.computer["envelopes"] = {"last": {"printer": "HP", "size": "XX"}, "HP|XX": {"feed": "sideways"}}
    memory = envelopes.EnvelopeMemory(desk.computer)
    assert memory.options("HP", "XX", envelopes.EnvelopeOptions()) == envelopes.EnvelopeOptions()


@pytest.fixture
def settings_window(screen, root, press):
    """The settings, open over the screen."""
    screen.desk.root.after_idle(lambda: None)
    saved, calibrated = [], []
    window = EnvelopeSettings(root, "HP", screen.bar.options, saved.append, lambda: calibrated.append(True))
    window.saved, window.calibrated = saved, calibrated
    window.show(window.fields["feed"].input.control, wait=False)
    yield window
    if window.winfo_exists():
        window.cancel()


def test_settings_by_keyboard(settings_window, press):
    fields = settings_window.fields
    fields["offset_x_mm"].input.text.set("－1.55")
    fields["scale_x"].input.text.set("100.4 %")
    press(fields["feed"].input.control, "<Return>", "<Return>", "<Return>", "<F8>")
    assert settings_window.saved == [
        {"stationery": "2003", "font": "kai", "feed": "", "rotation": 0, "offset_x_mm": -1.55, "offset_y_mm": 0.0,
         "scale_x": 1.004, "scale_y": 1.0, "include_company": True}
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["一点", "21", "nan"])
def test_an_offset_that_cannot_be_is_told(settings_window, press, typed):
    field = settings_window.fields["offset_y_mm"]
    field.input.text.set(typed)
    press(field.input.control, "<F8>")
    assert field.input.error and settings_window.saved == []


def test_the_test_page_comes_after_saving_only(settings_window):
    field = settings_window.fields["offset_y_mm"].input
    field.text.set("一点")
    settings_window.calibrate()
    assert settings_window.saved == settings_window.calibrated == []
    field.text.set("1")
    settings_window.calibrate()
    assert settings_window.saved[0]["offset_y_mm"] == 1 and settings_window.calibrated == [True]


def test_the_calibration_page_can_be_looked_at(screen, preview_of):
    screen.bar.change(feed="left")
    screen.preview_calibration()
    preview = preview_of()
    assert [round(side / MM) for side in preview.pages.size(0)] == [297, 210]


@pytest.fixture
def calibrating(screen, root, press, wait_until):
    """The window of two steps, open over the screen; ``found`` are the options it gave."""
    found = []
    page = CalibrationPage("信封校准页", "envelope", "HP", screen.bar.options, "5号")
    window = CalibrationWindow(root, screen.desk, page, found.append, lambda: found.append(None))
    window.found = found
    window.show(window.print_button, wait=False)
    yield window
    if window.winfo_exists():
        window.cancel()


def test_calibrating_by_keyboard(calibrating, orders, press, type_text, wait_until):
    press(calibrating.print_button, "<Return>")
    wait_until(lambda: "已送往打印机“HP”" in calibrating.state_line.cget("text"))
    job, pages = orders[0]
    assert (job.width_mm, job.height_mm, pages) == (220, 110, 1)
    fields = calibrating.fields
    assert [field.get() for field in fields.values()] == ["16", "15", "195", "85"]
    for name, typed in (("near_x", "17.2"), ("near_y", "１５毫米"), ("far_x", "197.1"), ("far_y", "85")):
        fields[name].input.text.set(typed)
    assert calibrating.result_line.cget("text") == "将向左移 1.11 毫米，横向缩小 0.5 %。"
    press(fields["far_y"].input.control, "<F8>")
    (options,) = calibrating.found
    assert (options.offset_x_mm, options.scale_x, options.offset_y_mm, options.scale_y) == (-1.11, 0.995, 0, 1)


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [("far_x", "180", "超过 2%"), ("near_y", "很近", "毫米数"), ("near_x", "-3", "尺子上量到"), ("far_y", "nan", "尺子上量到")],
)
def test_what_cannot_have_been_measured_is_told_at_the_field(calibrating, press, name, typed, sentence):
    field = calibrating.fields[name]
    field.input.text.set(typed)
    press(field.input.control, "<F8>")
    assert sentence in field.input.error
    assert calibrating.winfo_exists() and not calibrating.found


def test_what_was_measured_is_kept_for_the_printer_and_the_size(screen, in_window, press, tmp_path):
    def measure(window):
        window.fields["near_x"].input.text.set("15")
        window.fields["far_x"].input.text.set("194")
        press(window.fields["near_x"].input.control, "<F8>")

    in_window(CalibrationWindow, measure)
    screen.calibrate()
    assert (screen.bar.options.offset_x_mm, screen.bar.options.scale_x) == (1.0, 1.0)
    assert ComputerSettings(tmp_path / "settings.json")["envelopes"]["HP|DL"]["offset_x_mm"] == 1.0


def test_positions_are_typed_seen_and_kept(screen, in_window, press, wait_until, tmp_path):
    def change(window):
        wait_until(lambda: window.picture.cget("image"))
        first = str(window.picture.cget("image"))
        field = window.fields["box_left"]
        press(field.input.control, "<Up>", "<Up>", "<Down>")
        assert field.get() == "12.5"
        wait_until(lambda: str(window.picture.cget("image")) != first)
        press(field.input.control, "<F8>")

    in_window(PositionsWindow, change)
    screen.position()
    assert screen.bar.options.face.box_left == 12.5
    assert ComputerSettings(tmp_path / "settings.json")["positions"] == {"DL": {"box_left": 12.5}}
    choose(screen, "size", "7号（C5）229×162")
    assert screen.bar.options.face.box_left == 12
    choose(screen, "size", "5号（DL）220×110")
    assert screen.bar.options.face.box_left == 12.5


def test_a_position_that_cannot_be_is_told_at_its_field(screen, in_window, press):
    def change(window):
        window.fields["stamp_width"].input.text.set("160")
        press(window.fields["box_left"].input.control, "<F8>")
        assert "重叠" in window.fields["stamp_width"].input.error
        assert window.groups.index("current") == POSITION_GROUPS.index("邮票")
        window.fields["stamp_width"].input.text.set("很宽")
        press(window.fields["stamp_width"].input.control, "<F8>")
        assert "应填数字" in window.fields["stamp_width"].input.error
        window.fields["stamp_width"].input.text.set("")
        assert window.changed() == {}  # empty is as it came
        window.fields["stamp_width"].input.text.set("23")
        window.restore()
        press(window.fields["stamp_width"].input.control, "<F8>")

    in_window(PositionsWindow, change)
    screen.position()
    assert screen.desk.computer["positions"] == {"DL": {}}
    assert screen.bar.options.geometry is None


def test_damaged_positions_are_the_usual_ones(desk):
    for damaged in ({"DL": {"nonsense": 1}}, {"DL": {"box_left": "x"}}, {"DL": [1]}, {"DL": {"box_pitch": 3}}):
        desk.computer["positions"] = damaged
        assert envelopes.EnvelopeMemory(desk.computer).options("HP", "DL", envelopes.EnvelopeOptions()).geometry is None


@pytest.mark.parametrize(("size", "label"), [("C6", "国际（C6）162×114"), ("C5", "7号（C5）229×162")])
def test_what_is_damaged_of_one_size_leaves_the_rest(screen, size, label):
    computer = screen.desk.computer
    computer["envelopes"] = {**computer["envelopes"], f"HP|{size}": {"scale_x": 1.5}}
    computer["positions"] = {size: {"name_size": 20}}
    choose(screen, "size", label)
    assert (screen.bar.options.size, screen.bar.options.scale_x, screen.bar.options.face.name_size) == (size, 1, 20)


def test_abroad_is_chosen_by_the_size(screen):
    choose(screen, "size", "国际（C6）162×114")
    assert screen.bar.options.stationery == "international"
    choose(screen, "size", "6号（ZL）230×120")
    assert screen.bar.options.stationery == "2003"
