"""The root speaks Chinese, no font is under 9 points, and both themes colour every part."""

from datetime import date
from tkinter.font import nametofont

import pytest
import ttkbootstrap as ttk
from ttkbootstrap.localization import MessageCatalog

from crm_desktop.views import theme
from crm_desktop.views.readable import contrast
from crm_desktop.views.widgets.month_calendar import month_calendar


@pytest.fixture(params=[theme.LIGHT, theme.DARK])
def each_theme(root, request):
    theme.use_theme(request.param)
    root.update()
    yield request.param
    theme.use_theme(theme.LIGHT)
    root.update()


def test_tk_itself_speaks_chinese(root):
    words = {word: MessageCatalog.translate(word) for word in ("January", "Mo", "Sunday", "Cancel", "OK")}
    assert words == {"January": "一月", "Mo": "一", "Sunday": "星期日", "Cancel": "取消", "OK": "确定"}


def test_fonts_know_chinese_and_are_big_enough(root):
    for name in theme._FONT_SIZES:
        font = nametofont(name, root=root).actual()
        assert font["size"] >= 9, name
        assert "CJK" in font["family"] or font["family"] in theme.FONT_FAMILIES, name


def test_rows_hold_their_text(root):
    height = int(ttk.Style.get_instance().lookup("Treeview", "rowheight"))
    assert height >= nametofont("TkDefaultFont").metrics("linespace") + 6


def test_text_can_be_read_in_both_themes(each_theme):
    colors = theme.palette()
    assert colors.is_dark == (each_theme == theme.DARK)
    for text, ground in (
        (colors.text, colors.background), (colors.text, colors.zebra), (colors.text, colors.heading),
        (colors.text, colors.selected), (colors.hint_text, colors.hint), (colors.danger, colors.background),
        (colors.muted, colors.background),
    ):  # fmt: skip
        assert contrast(text, ground) >= 4.5, (text, ground)


def test_styles_follow_the_theme(each_theme):
    style, colors = ttk.Style.get_instance(), theme.palette()
    assert style.lookup("Treeview", "background", ("selected",)) == colors.selected
    assert style.lookup("Hint.TLabel", "background") == colors.hint


def test_painters_run_now_and_on_change_until_their_widget_is_gone(root):
    frame, seen = ttk.Frame(root), []
    theme.on_theme_change(frame, lambda colors: seen.append(colors.is_dark))
    theme.use_theme(theme.DARK)
    frame.destroy()
    theme.use_theme(theme.LIGHT)
    assert seen == [False, True]


def test_the_month_calendar_follows_the_theme(root):
    calendar = month_calendar(root, date(2026, 11, 22))
    calendar.pack()
    for name in (theme.DARK, theme.LIGHT):
        theme.use_theme(name)
        root.update()
        colors = theme.calendar_colors(theme.palette())
        assert {option: str(calendar.cget(option)) for option in colors} == colors
    assert calendar._header_month.cget("text") == "十一月"


def test_charts_take_the_colours_of_the_theme(root):
    for name in (theme.DARK, theme.LIGHT):
        theme.use_theme(name)
        colors = theme.palette()
        assert (colors.chart.background, colors.chart.text) == (colors.background, colors.text)
