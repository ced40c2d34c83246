"""国内城市区号邮编查询: what is typed is looked up while typing."""

import pytest

from crm_desktop.views.region_query import HINT


@pytest.fixture
def screen(window, root):
    made = window.open("postcodes")
    root.update()
    return made


@pytest.mark.parametrize(
    ("text", "place", "area_code", "postcode"),
    [
        ("changchun", "吉林省长春市", "0431", "130000"),
        ("0431", "吉林省长春市", "0431", "130000"),
        ("130012", "吉林省长春市朝阳区", "0431", "130012"),
    ],
)
def test_a_place_is_found_by_what_is_known_of_it(screen, type_text, wait_until, text, place, area_code, postcode):
    type_text(screen.search.control, text)
    wait_until(lambda: screen.table.total)
    row = next(row for row in screen.table._rows.between(0, screen.table.total) if row["full_name"] == place)
    assert (row["area_code"], row["postcode"]) == (area_code, postcode)
    assert screen.footer.cget("text") == f"共 {screen.table.total} 条"


def test_an_unknown_place_is_said(screen, root, type_text, wait_until):
    assert screen.table.body.empty.cget("text") == HINT
    type_text(screen.search.control, "zzzz")
    wait_until(lambda: screen.footer.cget("text") == "共 0 条")
    assert screen.table.body.empty.cget("text") == "没有找到这个地方。"
    screen.search.clear()
    assert screen.footer.cget("text") == HINT


def test_a_row_is_copied_for_excel(screen, root, type_text, press, wait_until):
    type_text(screen.search.control, "changchunshi")
    wait_until(lambda: screen.table.total)
    press(screen.search.control, "<Return>")
    assert root.focus_get() is screen.table.tree
    press(screen.table.tree, "<Down>", "<Up>", "<Control-c>")
    assert root.clipboard_get().split("\t")[:3] == ["吉林省长春市", "0431", "130000"]


def test_another_screen_may_ask(window, root):
    screen = window.open("postcodes", text="0431")
    root.update()
    assert screen.search.get() == "0431" and screen.table.total > 1
