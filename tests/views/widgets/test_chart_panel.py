"""The panel of charts: drawn in the background, again after a change of size or theme, and freed with its screen."""

import gc
import weakref

import pytest

from crm_desktop.controllers.charts import Chart, Series
from crm_desktop.views import theme
from crm_desktop.views.widgets import chart_panel
from crm_desktop.views.widgets.chart_panel import PREPARING, ChartPanel

COLUMNS = Chart("stacked", "各月", ("一月", "二月"), (Series("满意", (3, 2), "#2e7d32"), Series("不满意", (1, 4), "#c62828")))
RING = Chart("ring", "占比", ("",), (Series("满意", (1,), "#2e7d32"),))


@pytest.fixture
def panel(root, background, wait_until):
    picked = []
    made = ChartPanel(root, background, lambda *what: picked.append(what))
    made.picked = picked
    made.place(x=0, y=0, width=700, height=500)
    root.update()
    yield made
    if made.winfo_exists():
        made.destroy()


def show(panel, wait_until, *charts):
    panel.show(charts)
    wait_until(lambda: panel.is_drawn, 20)


def place_of(panel, number, series):
    """The middle of what was drawn for a series, in pixels of the canvas."""
    place, made = panel._places[number], panel._pictures[number]
    area = next(area for area, (_, name) in made.targets if name == series)
    scale = made.dpi / 72
    x, y = (area.left + area.right) / 2 * scale, made.height - (area.bottom + area.top) / 2 * scale
    return round(place.x + x), round(place.y + y)


def colour_at(panel, number, x, y):
    place = panel._places[number]
    return panel.tk.call(str(panel._images[number]), "get", x - place.x, y - place.y)


def test_it_says_that_it_prepares_and_then_shows(panel, root, wait_until):
    panel.show([COLUMNS])
    texts = [panel.canvas.itemcget(item, "text") for item in panel.canvas.find_all() if panel.canvas.type(item) == "text"]
    assert texts == [PREPARING]
    wait_until(lambda: panel.is_drawn, 20)
    assert [panel.canvas.type(item) for item in panel.canvas.find_all()] == ["image"]
    x, y = place_of(panel, 0, "不满意")
    assert tuple(map(int, colour_at(panel, 0, x - 20, y))) == (0xC6, 0x28, 0x28)


def test_a_click_picks_what_is_under_the_pointer(panel, root, wait_until):
    show(panel, wait_until, COLUMNS)
    x, y = place_of(panel, 0, "不满意")
    panel.canvas.event_generate("<Motion>", x=x, y=y)
    root.update()
    assert panel.canvas.cget("cursor") == "hand2"
    panel.canvas.event_generate("<Button-1>", x=x, y=y)
    root.update()
    assert panel.picked == [(COLUMNS, "一月", "不满意")]
    panel.canvas.event_generate("<Button-1>", x=3, y=3)
    root.update()
    assert len(panel.picked) == 1


def test_it_is_drawn_again_for_another_size_but_once(panel, root, wait_until, monkeypatch):
    show(panel, wait_until, COLUMNS)
    drawn = []
    real = chart_panel.picture
    monkeypatch.setattr(chart_panel, "picture", lambda *args: drawn.append(args[1:3]) or real(*args))
    for width in (640, 600, 560):
        panel.place_configure(width=width)
        root.update()
    wait_until(lambda: panel.is_drawn and drawn, 20)
    assert drawn == [(560, panel._places[0].height)]
    assert panel._pictures[0].width == 560


def test_it_follows_the_theme(panel, root, wait_until):
    show(panel, wait_until, COLUMNS)
    light = colour_at(panel, 0, 2, 2)
    theme.use_theme(theme.DARK)
    try:
        wait_until(lambda: panel.is_drawn, 20)
        assert colour_at(panel, 0, 2, 2) != light
        assert str(panel.canvas.cget("background")) == theme.palette().background
    finally:
        theme.use_theme(theme.LIGHT)
    wait_until(lambda: panel.is_drawn, 20)
    assert colour_at(panel, 0, 2, 2) == light


def test_nothing_is_drawn_out_of_sight(panel, root, wait_until, monkeypatch):
    panel.place_forget()
    root.update()
    panel.show([RING])
    root.update()
    assert not panel._jobs and not panel._pictures
    panel.place(x=0, y=0, width=500, height=400)
    wait_until(lambda: panel.is_drawn, 20)


def test_the_keyboard_goes_from_chart_to_chart(panel, root, press, wait_until):
    show(panel, wait_until, COLUMNS, RING, COLUMNS)
    assert panel.chosen is COLUMNS
    press(panel.canvas, "<Down>")
    assert panel.chosen is RING
    assert panel.canvas.find_withtag("mark")
    press(panel.canvas, "<Down>", "<Down>", "<Up>")
    assert panel.current == 2
    root.update()
    top = panel.canvas.canvasy(0)
    assert top > 0
    press(panel.canvas, "<Prior>")
    assert panel.canvas.canvasy(0) < top


def test_a_wide_panel_has_two_beside_each_other(panel, root, wait_until):
    panel.place_configure(width=1200)
    root.update()
    show(panel, wait_until, COLUMNS, RING, COLUMNS)
    assert [(place.x, place.width) for place in panel._places] == [(0, 600), (600, 600), (0, 1200)]
    assert panel._places[2].y == panel._places[0].height


def test_what_was_drawn_goes_with_the_panel(root, background, wait_until):
    panel = ChartPanel(root, background, lambda *what: None)
    panel.place(x=0, y=0, width=400, height=300)
    root.update()
    show(panel, wait_until, RING)
    picture, image = weakref.ref(panel._pictures[0]), weakref.ref(panel._images[0])
    names = set(root.tk.call("image", "names"))
    panel.destroy()
    root.update()
    assert len(names) - len(set(root.tk.call("image", "names"))) == 1
    del panel
    gc.collect()
    assert picture() is None and image() is None


def test_an_answer_that_comes_too_late_is_dropped(root, background):
    panel = ChartPanel(root, background, lambda *what: None)
    panel.place(x=0, y=0, width=400, height=300)
    root.update()
    panel.show([RING])
    panel.destroy()
    background.close()
    root.update()
