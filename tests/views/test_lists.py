"""The plain lists: what is found is what is printed, saved and exported."""

from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from crm_desktop import system
from crm_desktop.errors import PaperRefused
from crm_desktop.models import Query
from crm_desktop.system import Printer, PrintResult
from crm_desktop.views import printing
from crm_desktop.views.print_preview import PrintPreview


@pytest.fixture
def orders(monkeypatch):
    """A system with two printers that remembers what it was asked to print."""
    asked = []

    def print_pdf(pdf, job, on_progress=None, cancelled=None):
        asked.append((pdf, job))
        return PrintResult(job.pages[1] - job.pages[0] + 1, "7")

    monkeypatch.setattr(system, "printers", lambda: [Printer("Epson", False), Printer("HP", True)])
    monkeypatch.setattr(system, "print_pdf", print_pdf)
    return asked


@pytest.fixture
def show(window, wait_until):
    """Open a screen and wait for its rows."""

    def open_screen(key):
        screen = window.open(key)
        wait_until(lambda: screen.table.is_complete)
        return screen

    return open_screen


def preview_of(root):
    found = [child for window in root.winfo_children() for child in window.winfo_children()]
    return next((child for child in found if isinstance(child, PrintPreview)), None)


def logged(screen, count):
    return [row["sentence"] for row in screen.desk.office.audit.operations(limit=count)]


def test_prints_what_was_searched(root, show, press, type_text, orders, wait_until):
    screen = show("customer_list")
    assert screen.footer.cget("text").startswith("共 3 条")
    type_text(screen.search.control, "hdjx")
    wait_until(lambda: screen.table.total == 1 and screen.table.is_complete)
    press(screen.search.control, "<F9>")
    wait_until(lambda: preview_of(root))
    preview = preview_of(root)
    assert preview.printer.get() == "HP" and preview.pages.count == 1
    press(preview.canvas, "<F9>")
    wait_until(lambda: preview.status.message)
    assert preview.status.message == "已送往打印机“HP”，共 1 张。"
    (pdf, job), = orders
    assert (job.printer, job.pages, sorted((job.width_mm, job.height_mm))) == ("HP", (1, 1), [210, 297])
    assert pdf.startswith(b"%PDF")
    assert screen.desk.computer["printers"] == {"list": "HP"}
    wait_until(lambda: logged(screen, 2) == ["打印客户信息列表 1 张：HP", "生成客户信息列表 1 条"])
    preview.winfo_toplevel().destroy()


def test_a_list_of_nothing_says_so(root, show, press, type_text, dialogs, orders, wait_until):
    screen = show("customer_list")
    type_text(screen.search.control, "没有这个客户")
    wait_until(lambda: screen.table.total == 0 and screen.table.is_complete)
    screen.print()
    wait_until(lambda: dialogs.asked)
    assert dialogs.asked == [("message", "没有记录可打印，请换一个条件。")] and preview_of(root) is None


def test_very_many_pages_are_asked_about_first(root, show, dialogs, orders, wait_until, monkeypatch):
    screen = show("customer_list")
    monkeypatch.setattr(type(screen.desk.office.reports), "record_count", lambda *asked: 100_000)
    screen.print()
    wait_until(lambda: dialogs.asked)
    root.update()
    assert dialogs.asked == [("yes_no", "共 100,000 条记录，约 4,000 页，要生成吗？")] and preview_of(root) is None
    dialogs.answers = [True]
    screen.print()
    wait_until(lambda: preview_of(root))
    preview_of(root).winfo_toplevel().destroy()


def test_what_a_preview_saves_is_logged(root, show, press, orders, dialogs, tmp_path, wait_until):
    screen = show("contact_list")
    press(screen.search.control, "<F9>")
    wait_until(lambda: preview_of(root))
    preview = preview_of(root)
    dialogs.answers = [tmp_path / "名单.pdf"]
    press(preview.canvas, "<F8>")
    wait_until(lambda: preview.status.message)
    assert (tmp_path / "名单.pdf").exists() and logged(screen, 1) == ["存为 PDF：联系人信息列表，名单.pdf"]
    preview.winfo_toplevel().destroy()


def test_the_pdf_is_saved_and_can_be_opened(window, show, press, dialogs, tmp_path, wait_until, monkeypatch):
    screen = show("contact_list")
    dialogs.answers = [tmp_path / "a.pdf"]
    press(screen.search.control, "<F8>")
    wait_until(lambda: window.status.message)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert window.status.message == f"联系人信息列表：保存在 {tmp_path / 'a.pdf'}"
    assert logged(screen, 1) == ["存为 PDF：联系人信息列表，a.pdf"]
    opened = []
    monkeypatch.setattr(system, "open_path", opened.append)
    assert window.status.link.cget("text") == "打开文件"
    press(window.status.link, "<space>")
    assert opened == [tmp_path / "a.pdf"]


def test_the_workbook_holds_the_columns_of_the_list(window, show, press, dialogs, tmp_path, wait_until):
    screen = show("customer_list")
    dialogs.answers = [tmp_path / "a.xlsx"]
    press(screen.search.control, "<F12>")
    wait_until(lambda: window.status.message)
    assert window.status.message.startswith("已导出 3 条")
    rows = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    assert any("客户编号" in row and "邮编" in row for row in rows)
    assert any("上海𠮷野商贸有限公司" in row for row in rows)


def test_no_file_chosen_writes_nothing(window, show, press, dialogs):
    screen = show("customer_list")
    press(screen.search.control, "<F8>", "<F12>")
    assert [kind for kind, _ in dialogs.asked] == ["save", "save"]
    assert window.status.message == ""


def test_a_provinces_postcodes(window, show, press, type_text, dialogs, tmp_path, wait_until):
    screen = show("postcode_list")
    screen.choice.control.delete(0, "end")
    type_text(screen.choice.control, "jls")
    press(screen.choice.control, "<Return>")
    wait_until(lambda: screen.table.current_id == "220000")
    assert screen.title == "吉林省邮政编码信息"
    dialogs.answers = [tmp_path / "a.csv"]
    press(screen.choice.control, "<F12>")
    wait_until(lambda: window.status.message)
    assert "长春市" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_a_province_that_is_none_cannot_be_printed(show, press, type_text):
    screen = show("postcode_list")
    shown = screen.table.total
    screen.choice.control.delete(0, "end")
    type_text(screen.choice.control, "zzz")
    assert not screen.may_print() and screen.table.total == shown


def test_a_file_that_cannot_be_written_is_told(show, press, dialogs, tmp_path, wait_until):
    screen = show("postcode_list")
    dialogs.answers = [tmp_path / "missing" / "a.pdf"]
    screen.desk.background.on_error = dialogs.show_error
    press(screen.choice.control, "<F8>")
    wait_until(lambda: dialogs.errors)
    assert "不存在" in str(dialogs.errors[0])


def test_a_new_customer_appears_and_the_order_is_kept(window, show, press, dialogs, tmp_path, wait_until):
    screen = show("customer_list")
    screen.desk.office.customers.create({"name": "阿城铸造厂"})
    wait_until(lambda: screen.table.total == 4 and screen.table.is_complete)
    screen.table.columns.sort_by("name")  # by name the other way round
    dialogs.answers = [tmp_path / "a.xlsx"]
    press(screen.search.control, "<F12>")
    wait_until(lambda: window.status.message)
    rows = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    names = [cell for row in rows for cell in row if str(cell).endswith(("公司", "厂"))]
    assert [name[:2] for name in names] == ["沈阳", "上海", "长春", "阿城"]


# The list as the office wants it


def test_columns_groups_and_paper_are_chosen_and_remembered(show, in_form, desk, monkeypatch, wait_until, window):
    from crm_desktop.views.widgets.table_columns import ColumnChooser

    screen = show("customer_list")
    monkeypatch.setattr(ColumnChooser, "show", lambda chooser, *more, **options: ["name", "level", "address"])
    screen.design.choose_columns()

    def fill(form):
        form.fields["first"].input._choose_and_announce(next(each for each in form.fields["first"].input.choices if each.key == "level"))
        form.fields["order"].set("code")
        form.fields["descends"].set(1)
        form.fields["paper"].set("A5")
        form.fields["title"].set("客户电话表")
        form.submit()

    in_form(fill)
    screen.design.set_up()
    design = screen.design.design
    assert (design.names, design.groups, design.order, design.paper, design.title) == (["name", "level", "address"], ("level",), "-code", "A5", "客户电话表")
    wait_until(lambda: screen.table.is_complete and "客户电话表" in str(desk.office.settings.preference("list_design.customers")))
    assert screen.footer.cget("text") == "共 3 条　A5，自动方向，按客户级别分组"
    assert [column.key for column in screen.columns] == ["name", "level", "address"]
    assert screen.design.choice.chosen.text == "（已改动）"
    window.tabs.close_current()
    again = show("customer_list")
    assert again.design.design == design


def test_a_design_is_kept_opened_and_deleted(show, in_form, dialogs, desk):
    screen = show("customer_list")

    def widths(form):
        form.fields["name"].set("60")
        form.submit()

    in_form(widths)
    screen.design.set_widths()

    def name(form):
        form.fields["name"].set("宽的")
        form.submit()

    in_form(name)
    screen.design.keep()
    assert screen.design.choice.chosen.text == "宽的"
    screen.design.choice._choose_and_announce(screen.design.choice.choices[0])
    assert dict(screen.design.design.columns)["name"] == 0.0
    screen.design.choice._choose_and_announce(screen.design.choice.choices[1])
    assert dict(screen.design.design.columns)["name"] == 60.0
    dialogs.answers = [True]
    screen.design.forget()
    assert desk.office.list_designs.saved("customers") == []
    assert screen.design.choice.chosen.text == "（已改动）"


def test_a_width_that_cannot_be_is_said_at_its_field(show, in_form):
    screen = show("customer_list")
    before, seen = screen.design.design, []

    def widths(form):
        form.fields["name"].set("5")
        form.submit()
        form.after(300, lambda: (seen.extend(each.input.error for each in form.fields.values() if each.input.error), form.cancel()))

    in_form(widths)
    screen.design.set_widths()
    assert "毫米" in seen[0] and screen.design.design == before


def test_a_list_on_paper_that_the_printer_lacks_is_offered_on_a4(root, show, press, orders, dialogs, wait_until, monkeypatch):
    sent = system.print_pdf

    def only_a4(pdf, job, on_progress=None, cancelled=None):
        if sorted((job.width_mm, job.height_mm)) != [210, 297]:
            raise PaperRefused("打印机“HP”不接受这种纸张。")
        return sent(pdf, job, on_progress, cancelled)

    monkeypatch.setattr(system, "print_pdf", only_a4)
    screen = show("customer_list")
    design = replace(screen.design.design, paper="A5")
    printing.preview_report(screen.desk, screen, "customer_list", {"query": Query(), "design": design}, "客户信息列表")
    wait_until(lambda: preview_of(root))
    first = preview_of(root)
    press(first.canvas, "<F9>")
    wait_until(lambda: dialogs.errors, 20)  # not this time
    dialogs.answers = [True]
    press(first.canvas, "<F9>")
    wait_until(lambda: not first.winfo_exists() and preview_of(root), 20)
    press(preview_of(root).canvas, "<F9>")
    wait_until(lambda: orders, 20)
    assert sorted((orders[0][1].width_mm, orders[0][1].height_mm)) == [210, 297]
