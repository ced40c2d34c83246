"""A clerk's first day: found the office, import the Excel list, find, correct, print envelopes, back up, come back.

Everything goes through the real window by keys; the printed file is read back.
"""

from pathlib import Path

import pypdfium2
import pytest
from openpyxl import Workbook

from crm_desktop.db import Database
from crm_desktop.views.import_wizard import COLUMNS, PREVIEW, RESULT
from crm_desktop.views.main_window import MainWindow
from crm_desktop.views.sign_in import SignInPage

MM = 25.4 / 72
PASSWORD = "hongda2026"
HEADING = ("公司名称", "级别", "联系人", "称呼", "职务", "联系人手机", "办公电话", "通讯地址", "邮政编码")
ROWS = (
    ("上海𠮷野商贸有限公司", "重要", "欧阳𬭎喆", "先生", "采购员", "13800008888", "021-62881266", "上海市静安区南京西路1266号", "200040"),
    ("长春市宏达机械制造有限公司", "一般", "李明", "", "总经理", "13900001234", "0431-85100001", "长春市朝阳区前进大街2699号", ""),
    ("沈阳北方重工有限公司", "潜在", "", "", "", "", "024-25802222", "沈阳市铁西区建设大路16号", "110027"),
)


@pytest.fixture
def excel_list(tmp_path: Path) -> Path:
    """The office's own list: a title above the heading, a total below the rows."""
    book = Workbook()
    for row in (("客户名单（2026 年）",), HEADING, *ROWS, ("合计", "", "3 家")):
        book.active.append(row)
    book.save(tmp_path / "客户 名单.xlsx")
    return tmp_path / "客户 名单.xlsx"


def text_of(pdf: pypdfium2.PdfDocument, page: int) -> str:
    return pdf[page].get_textpage().get_text_range().replace("\r\n", "").replace(" ", "").replace("\u3000", "")


def test_from_an_excel_list_to_envelopes_and_a_backup(
    application, root, tmp_path, dialogs, press, type_text, wait_until, excel_list
):
    # The first start: found the office.
    application.start()
    fields = application.page.fields
    for name, value in {"company": "长春宏远机械", "address": "长春市朝阳区人民大街1号", "postcode": "130021",
                        "password": PASSWORD, "again": PASSWORD, "database": str(tmp_path / "数据 库" / "客户.db")}.items():  # fmt: skip
        fields[name].set(value)
    press(application.page.button, "<Return>")
    wait_until(lambda: isinstance(application.page, SignInPage), 20)
    assert any(kind == "code" for kind, _ in dialogs.asked)

    # Sign in.
    assert root.focus_get() is application.page.password.input.control
    type_text(application.page.password.input.control, PASSWORD)
    press(application.page.password.input.control, "<Return>", "<Return>")
    wait_until(lambda: isinstance(application.page, MainWindow), 20)
    window = application.page

    # Import the list.
    wizard = window.open("import", entity="customers")
    dialogs.answers = [excel_list]
    press(wizard.file.file.input.control, "<F7>")
    press(wizard.file.file.input.control, "<Alt-n>")
    wait_until(lambda: wizard.step == COLUMNS)
    press(root.focus_get(), "<Alt-n>")
    wait_until(lambda: wizard.step == PREVIEW)
    assert wizard.preview.error_count == 0
    press(root.focus_get(), "<Alt-n>")
    wait_until(lambda: wizard.step == RESULT, 20)

    # Find one while typing, by initials; correct its postcode.
    customers = window.open("customers")
    wait_until(lambda: customers.table.total == 3)
    type_text(customers.search.control, "hdjx")
    wait_until(lambda: customers.table.total == 1)
    press(customers.search.control, "<Return>")
    press(root.focus_get(), "<F4>")
    form = next(child for child in root.winfo_children() if getattr(child, "is_shown", False))
    assert form.form["name"].get() == "长春市宏达机械制造有限公司"
    form.form["postcode"].set("")
    type_text(form.form["postcode"].input.control, "13001")
    press(form.form["postcode"].input.control, "<F8>")
    wait_until(lambda: form.form["postcode"].input.error)
    form.form["postcode"].set("")
    type_text(form.form["postcode"].input.control, "130012")
    press(form.form["postcode"].input.control, "<F8>")
    wait_until(lambda: not form.is_shown)
    press(customers.search.control, "<Escape>")
    wait_until(lambda: customers.table.total == 3)

    # Envelopes of all three.
    press(customers.table.tree, "<Control-a>")
    envelopes = window.open("envelopes", entity="customers", ids=customers.table.selected_ids())
    wait_until(lambda: envelopes.check.is_done and envelopes.recipients.table.is_complete)
    dialogs.answers = [tmp_path / "信封.pdf"]
    press(envelopes.recipients.table.tree, "<F8>")
    wait_until((tmp_path / "信封.pdf").exists, 20)
    pdf = pypdfium2.PdfDocument(tmp_path / "信封.pdf")
    assert len(pdf) == 3
    for page in pdf:
        assert [round(side * MM, 1) for side in page.get_size()] == [220.0, 110.0]
    texts = [text_of(pdf, page) for page in range(3)]
    assert any("欧阳𬭎喆先生收" in text and "上海𠮷野商贸有限公司" in text and "200040" in text for text in texts)
    assert any("李明总经理收" in text and "130012" in text for text in texts)
    assert any("沈阳北方重工有限公司收" in text and "110027" in text for text in texts)
    assert [text for text in texts if "长春宏远机械寄" not in text or "130021" not in text] == []

    # Back up onto a stick, and look into the copy.
    backups = window.open("backups")
    (tmp_path / "U盘").mkdir()
    dialogs.answers = [tmp_path / "U盘"]
    press(backups.table.tree, "<F8>")
    wait_until(lambda: list((tmp_path / "U盘").glob("*.db")), 20)
    wait_until(lambda: "已写完并核对" in str(backups.result.cget("text")))
    copy = Database.open(next((tmp_path / "U盘").glob("*.db")))
    assert copy.value("SELECT count(*) FROM customers") == 3
    assert copy.value("SELECT postcode FROM customers WHERE instr(name, '宏达')") == "130012"
    copy.close_all()
    assert dialogs.errors == []
