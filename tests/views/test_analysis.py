"""The analysis screens, by keyboard: the question, the charts, the numbers, and the way to the records."""

import pytest
from PIL import Image

from crm_desktop.models import Query
from crm_desktop.views.modules import BY_KEY

GRADES = ("非常满意", "满意", "一般", "不满意", "非常不满意")
RECORDS = (  # date, grade
    ("2026-10-08", "满意"), ("2026-10-20", "非常不满意"), ("2026-11-02", "满意"), ("2026-11-03", "非常满意"),
    ("2026-11-20", ""), ("2025-03-01", "一般"),
)  # fmt: skip


@pytest.fixture
def records(desk):
    """Six complaints of the first customer, one of them of last year."""
    office = desk.office
    customer = office.customers.ids(Query(order="code"))[0]
    grades = {row["name"]: row["id"] for row in office.dictionaries.items("satisfaction")}
    kind = office.dictionaries.items("complaint_type")[0]["id"]
    for day, grade in RECORDS:
        values = {"customer": customer, "date": day, "type": kind, "content": "电机异响"}
        made = office.complaints.create(values)
        with office.db.atomic():
            office.db.execute("UPDATE complaints SET satisfaction = ? WHERE id = ?", (grades.get(grade), made))
    return customer


def is_answered(screen):
    """The numbers are there; the charts may still be being drawn."""
    return screen.table is not None and screen.sentence.cget("text") == screen.table.sentence


@pytest.fixture
def show(window, wait_until):
    def open_screen(key="complaint_satisfaction"):
        screen = window.open(key)
        wait_until(lambda: is_answered(screen), 20)
        return screen

    return open_screen


def cells(screen):
    tree = screen.figures.table.tree
    return [tree.item(item, "values") for item in tree.get_children() if tree.item(item, "values")]


def row_of(screen, group):
    return next(values for values in cells(screen) if values[0] == group)


def test_the_year_is_asked_first_and_told_in_words(show, records, wait_until):
    screen = show()
    assert (screen.question.fields["start"].get(), screen.question.fields["end"].get()) == ("2026-01-01", "2026-12-31")
    assert "2026-01-01" in screen.sentence.cget("text")
    assert any("满意率 =" in chart.note for chart in screen.panel.charts)
    assert row_of(screen, "2026-11") == ("2026-11", "3", "100.0%", "4.50", "1", "1", "0", "0", "0", "1")
    assert row_of(screen, "合计")[1:4] == ("5", "75.0%", "3.50")
    wait_until(lambda: screen.is_ready, 20)
    assert [chart.kind for chart in screen.panel.charts] == ["ring", "line", "stacked", "bars", "bars"]


def test_a_period_is_a_key_away(show, records, press, wait_until):
    screen = show()
    press(screen.question.buttons["last_year"], "<space>")
    wait_until(lambda: row_of(screen, "合计")[1] == "1" and is_answered(screen), 20)
    assert screen.question.fields["start"].get() == "2025-01-01"
    press(screen.question.buttons["this_week"], "<space>")
    wait_until(lambda: screen.table.totals["total"] == 1 and screen.table.start == "2026-11-16" and is_answered(screen), 20)
    press(screen.question.buttons["custom"], "<space>")
    assert screen.focus_get() is screen.question.fields["start"].input.control


def test_typed_days_make_a_period_of_ones_own(show, records, press, type_text, wait_until):
    screen = show()
    start, end = screen.question.fields["start"].input, screen.question.fields["end"].input
    start.text.set("")
    type_text(start.control, "20261101")
    assert screen.question.period.get() == "custom"
    press(start.control, "<Return>")
    assert start.get() == "2026-11-01"
    assert screen.focus_get() is end.control
    wait_until(lambda: screen.table.start == "2026-11-01" and is_answered(screen), 20)
    assert screen.table.totals["total"] == 3


def test_a_wrong_day_is_said_at_its_field_and_stays(
    root, show, records, press, type_text, wait_until, monkeypatch
):
    # Nobody asks between the keys, however slowly they come: the box asks when F5 is pressed.
    monkeypatch.setattr("crm_desktop.views.analysis_question.PAUSE_MILLISECONDS", 60_000)
    screen = show()
    before = screen.table
    end = screen.question.fields["end"].input
    button = screen.question.buttons["this_year"]
    stands = button.winfo_y()
    end.text.set("")
    type_text(end.control, "20251301")
    press(end.control, "<F5>")
    wait_until(lambda: end.error)
    assert end.get() == "20251301"
    end.text.set("")
    type_text(end.control, "2025-12-31")
    press(end.control, "<F5>")
    wait_until(lambda: end.error and "早于" in end.error)
    root.update()
    assert button.winfo_y() == stands  # what is said below the date pushes no button away
    assert screen.table is before
    assert screen.sentence.cget("text") == before.sentence


def test_another_grouping_and_a_filter_ask_again(show, records, press, type_text, wait_until):
    screen = show()
    grouping = screen.question.fields["group_by"].input
    grouping.text.set("")
    type_text(grouping.control, "年")
    press(grouping.control, "<Return>")
    wait_until(lambda: screen.table.group_by == "year" and is_answered(screen), 20)
    assert row_of(screen, "2026")[1] == "5"
    kind = screen.question.fields["type"].input
    type_text(kind.control, "服务态度")
    press(kind.control, "<Return>")
    wait_until(lambda: screen.table.totals["total"] == 0 and is_answered(screen), 20)
    assert "服务态度" in screen.sentence.cget("text")
    assert any(chart.message for chart in screen.panel.charts)


def test_shares_take_the_place_of_numbers(show, records, press, wait_until):
    screen = show()
    press(screen.panel.canvas, "<F4>")
    stacked = screen.panel.charts[2]
    assert {each.unit for each in stacked.series} == {"percent"}
    press(screen.panel.canvas, "<F4>")
    assert {each.unit for each in screen.panel.charts[2].series} == {"count"}


def opened(desk, window):
    """What the window is asked to open, with the ids of the records that it would show."""
    asked = []
    desk.open = lambda key, **arguments: asked.append(
        (key, sorted(desk.office.records[key].ids(Query(conditions=arguments["conditions"]))))
    )
    return asked


def counted(desk, *days):
    rows = desk.office.db.query("SELECT id, date FROM complaints")
    return sorted(row["id"] for row in rows if row["date"] in days)


def test_enter_on_a_row_lists_its_records(show, records, press, desk, window):
    screen = show()
    asked = opened(desk, window)
    tree = screen.figures.table.tree
    press(tree, "<Home>", *["<Down>"] * 9, "<Return>")
    assert asked == [("complaints", counted(desk, "2026-10-08", "2026-10-20"))]
    press(tree, "<End>", "<Return>")
    assert len(asked[1][1]) == 5


def test_a_double_click_on_a_cell_lists_what_it_counts(show, records, root, desk, window):
    screen = show()
    asked = opened(desk, window)
    table = screen.figures.table
    item = next(item for item in table.tree.get_children() if table.tree.item(item, "values")[0] == "2026-10")
    table.tree.see(item)
    x, y, width, height = table.tree.bbox(item, "满意")
    for _ in range(2):  # twice in the same place is a double click to Tk
        table.tree.event_generate("<Button-1>", x=x + width // 2, y=y + height // 2)
        root.update()
    assert asked == [("complaints", counted(desk, "2026-10-08"))]


def test_a_click_in_a_chart_lists_what_it_counts(show, records, root, desk, window):
    screen = show()
    asked = opened(desk, window)
    charts = screen.panel.charts
    for chart, group, series in (
        (charts[0], "", "满意"), (charts[2], "2026-10", "非常不满意"), (charts[2], "2026-11", "未评价"),
        (charts[1], "2026-11", "满意率"),
    ):  # fmt: skip
        screen.pick(chart, group, series)
    assert [ids for _, ids in asked] == [
        counted(desk, "2026-10-08", "2026-11-02"), counted(desk, "2026-10-20"), counted(desk, "2026-11-20"),
        counted(desk, "2026-11-02", "2026-11-03", "2026-11-20"),
    ]  # fmt: skip


def test_the_most_complaining_customer_leads_to_its_records(show, records, desk, window):
    screen = show()
    asked = opened(desk, window)
    top = screen.panel.charts[3]
    screen.pick(top, top.groups[0], top.series[0].name)
    assert len(asked[0][1]) == top.series[0].values[0] == 5


def test_the_list_really_opens_with_them(show, records, window, wait_until, desk):
    screen = show()
    desk.open = window.open
    screen.pick(screen.panel.charts[2], "2026-10", "满意")
    listed = window.tabs.current
    wait_until(lambda: listed.table.is_complete)
    assert listed.entity.key == "complaints" and listed.table.total == 1


def test_what_changes_elsewhere_is_counted_again(show, records, desk, wait_until):
    screen = show()
    kind = desk.office.dictionaries.items("complaint_type")[0]["id"]
    desk.office.complaints.create({"customer": records, "date": "2026-11-22", "type": kind, "content": "漏油"})
    wait_until(lambda: screen.table.totals["total"] == 6 and is_answered(screen), 20)


def test_the_chosen_chart_is_saved_as_a_picture(show, records, press, dialogs, desk, tmp_path, wait_until):
    screen = show()
    path = tmp_path / "图.png"
    dialogs.answers.append(path)
    press(screen.panel.canvas, "<Down>")
    screen.save_picture()
    wait_until(path.exists, 20)
    assert dialogs.asked[-1][1] == f"保存投诉满意程度分析-{screen.panel.charts[1].title}"
    with Image.open(path) as image:
        assert image.size == (1600, 1000)


def test_a_narrow_window_shows_charts_or_numbers(show, records, root, press, wait_until):
    screen = show()
    screen._content.pack_configure(expand=False, fill="y", anchor="w")
    screen._content.pack_propagate(False)
    screen._content.configure(width=500)
    wait_until(lambda: not screen.figures.winfo_viewable())
    assert screen.panel.winfo_viewable()
    next(action for action in screen.actions if action.id == "turn").run()
    root.update()
    assert screen.figures.winfo_viewable() and not screen.panel.winfo_viewable()
    assert root.focus_get() is screen.figures.table.tree


@pytest.mark.parametrize("key", ["feedback_satisfaction", "satisfaction_compared", "customer_statistics"])
def test_every_analysis_has_a_screen(show, records, key):
    screen = show(key)
    assert BY_KEY[key].title == screen.analysis.title
    assert row_of(screen, "合计")
    assert screen.panel.charts
