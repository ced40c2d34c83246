"""国内城市区号邮编查询: what is typed is looked up while typing, and what was found is copied, printed, saved."""

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from crm_desktop.views.print_preview import PrintPreview
from crm_desktop.views.region_query import HINT, KEYS_HINT, NOT_FOUND


@pytest.fixture
def screen(window, root):
    made = window.open("postcodes")
    root.update()
    return made


@pytest.fixture
def ask(screen, root, type_text, wait_until):
    """Type a question and wait for its answer."""

    def answer(text):
        screen.search.control.delete(0, "end")
        type_text(screen.search.control, text)
        wait_until(lambda: screen._text == text)
        root.update()
        return screen

    return answer


def names(screen):
    return [row["full_name"] for row in screen.table._rows.between(0, screen.table.total)]


def preview_of(root):
    found = [child for window in root.winfo_children() for child in window.winfo_children()]
    return next((child for child in found if isinstance(child, PrintPreview)), None)


def text_of(path):
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


# Asking


@pytest.mark.parametrize(
    ("text", "place", "area_code", "postcode"),
    [
        ("changchun", "吉林省长春市", "0431", "130000"),
        ("cc cy", "吉林省长春市朝阳区", "0431", "130012"),
        ("0431", "吉林省长春市", "0431", "130000"),
        ("431", "吉林省长春市", "0431", "130000"),
        ("130012", "吉林省长春市朝阳区", "0431", "130012"),
    ],
)
def test_a_place_is_found_by_what_is_known_of_it(ask, text, place, area_code, postcode):
    screen = ask(text)
    row = screen.table.current_row
    assert (row["full_name"], row["area_code"], row["postcode"]) == (place, area_code, postcode)
    assert screen.footer.cget("text").startswith(f"共 {screen.table.total} 条")
    assert not screen.note.winfo_ismapped()


def test_an_unknown_place_is_said(screen, ask):
    assert screen.table.body.empty.cget("text") == HINT and screen.footer.cget("text") == KEYS_HINT
    ask("zzzz")
    assert (screen.footer.cget("text"), screen.table.body.empty.cget("text")) == ("共 0 条", NOT_FOUND)
    screen.search.clear()
    assert screen.table.body.empty.cget("text") == HINT and screen.footer.cget("text") == KEYS_HINT


def test_a_guess_is_called_one_above_the_table_until_the_question_changes(ask, root):
    screen = ask("130099")
    assert "130099 不在表内" in screen.note.cget("text") and screen.note.winfo_ismapped()
    assert screen.note.winfo_rooty() + screen.note.winfo_height() <= screen.table.winfo_rooty()
    ask("130012")
    assert not screen.note.winfo_ismapped()
    ask("0431-85123456")
    assert "区号是 0431" in screen.note.cget("text") and screen.note.winfo_ismapped()


def test_more_than_is_listed_is_said(ask):
    screen = ask("县")
    assert screen.table.total == 500
    assert "只列出前 500 条，请再多输几个字" in screen.footer.cget("text")


def test_another_screen_may_ask(window, root, wait_until):
    screen = window.open("postcodes", text="0431")
    root.update()
    assert screen.search.get() == "0431" and screen.table.total > 1
    screen.enter_table()
    wait_until(lambda: screen.search._searched == "0431")  # the box has noticed it, too
    assert screen.table.selected_count == 1


def test_a_changed_region_is_shown_at_once(ask, wait_until):
    screen = ask("长春朝阳")
    screen.desk.office.regions.update("220104", {"postcode": "130021"})
    wait_until(lambda: screen.table.current_row["postcode"] == "130021")
    screen.desk.office.regions.set_active("220104", False)
    wait_until(lambda: "已停用" in screen.note.cget("text"))
    assert "inactive" in screen.table.tree.item(screen.table.tree.get_children()[0], "tags")


# By keyboard


def test_down_into_the_table_and_back(ask, root, press, window):
    screen = ask("长春")
    press(screen.search.control, "<Down>")
    assert root.focus_get() is screen.table.tree and screen.table.selected_ids() == ["220100"]
    press(screen.table.tree, "<Down>", "<Escape>")
    assert root.focus_get() is screen.search.control and screen.search.get() == "长春"
    assert screen.search.control.selection_present()  # ready to be typed over
    press(screen.search.control, "<Escape>")
    assert screen.search.get() == "" and screen.table.total == 0
    assert window.tabs.current is screen


def test_without_an_answer_the_question_keeps_the_keyboard(ask, root, press):
    screen = ask("zzzz")
    press(screen.search.control, "<Down>")
    assert root.focus_get() is screen.search.control
    press(screen.search.control, "<Return>")
    assert root.focus_get() is screen.search.control


def test_a_row_is_copied_for_excel_and_it_is_said(ask, root, press, window):
    screen = ask("changchunshi")
    press(screen.search.control, "<Return>")
    press(screen.table.tree, "<Control-c>")
    assert root.clipboard_get().split("\t")[:3] == ["吉林省长春市", "0431", "130000"]
    assert window.status.message == "已复制 1 行，可以粘贴到 Excel。"
    press(screen.table.tree, "<Shift-Down>", "<Control-c>")
    assert len(root.clipboard_get().splitlines()) == 2
    assert window.status.message == "已复制 2 行，可以粘贴到 Excel。"


def test_enter_copies_the_postcode(ask, root, press, window):
    screen = ask("长春朝阳")
    press(screen.search.control, "<Return>")
    press(screen.table.tree, "<Return>")
    assert root.clipboard_get() == "130012"
    assert window.status.message == "已复制邮编 130012（吉林省长春市朝阳区）。"
    screen.copy_one("area_code")
    assert root.clipboard_get() == "0431"


def test_a_place_without_postcode_leaves_the_clipboard_alone(ask, root, press, window):
    root.clipboard_clear()
    root.clipboard_append("留着")
    screen = ask("吉林省")
    press(screen.search.control, "<Return>")
    press(screen.table.tree, "<Return>")
    assert root.clipboard_get() == "留着"
    assert window.status.message == "吉林省没有登记邮编。"


def test_f4_goes_to_the_region_to_change_it(ask, press, window):
    screen = ask("长春朝阳")
    press(screen.search.control, "<F4>")
    assert window.tabs.current.regions.code == "220104"


# Paper and files


def test_prints_what_is_shown(ask, root, press, wait_until):
    screen = ask("130099")
    press(screen.search.control, "<Control-p>")
    wait_until(lambda: preview_of(root))
    assert preview_of(root).winfo_toplevel().title() == "区号邮编查询结果 - 打印预览"
    assert screen.desk.office.audit.operations(limit=1)[0]["sentence"] == "生成区号邮编查询结果 6 条"


def test_a_pdf_says_what_was_asked(ask, press, dialogs, tmp_path, wait_until, window):
    screen = ask("吉林长春")
    dialogs.answers = [tmp_path / "a.pdf"]
    press(screen.search.control, "<F8>")
    wait_until(lambda: window.status.message)
    text = text_of(tmp_path / "a.pdf")
    assert "查询：吉林长春" in text and "共 12 条" in text and "吉林省长春市朝阳区" in text


def test_a_workbook_has_the_rows_as_they_are_ordered(ask, press, dialogs, tmp_path, wait_until, window):
    screen = ask("吉林长春")
    screen.table.columns.sort_by("postcode")
    screen.table.columns.sort_by("postcode")
    dialogs.answers = [tmp_path / "a.xlsx"]
    press(screen.search.control, "<F12>")
    wait_until(lambda: window.status.message)
    rows = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    places = [row[0] for row in rows if str(row[0]).startswith("吉林省长春市")]
    assert places == names(screen) and len(places) == 12


def test_several_selected_rows_mean_just_those(ask, press):
    screen = ask("吉林长春")
    press(screen.search.control, "<Down>")
    assert len(screen.parameters()["codes"]) == 12
    press(screen.table.tree, "<Shift-Down>")
    assert screen.parameters()["codes"] == ["220100", "220102"]


def test_the_province_of_the_row_is_printed(ask, root, press, wait_until):
    screen = ask("长春朝阳")
    press(screen.search.control, "<Alt-p>")
    wait_until(lambda: preview_of(root))
    assert preview_of(root).winfo_toplevel().title() == "吉林省邮政编码信息 - 打印预览"


def test_buttons_are_grey_without_an_answer_or_a_right(ask):
    screen = ask("zzzz")
    buttons = [screen.toolbar.button(action.id) for action in screen.actions]
    assert {str(button.cget("state")) for button in buttons} == {"disabled"}
    ask("长春")
    assert {str(button.cget("state")) for button in buttons} == {"normal"}
    screen.desk.office.db.execute("DELETE FROM permissions WHERE area = 'regions' AND verb IN ('print', 'update')")
    ask("吉林")
    assert {str(button.cget("state")) for button in buttons} == {"disabled"}
