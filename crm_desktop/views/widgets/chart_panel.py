"""Charts in a grid, drawn in the background at the size and in the colours of the window; a click asks for more."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from tkinter import Canvas, Event, Misc
from typing import Any, NamedTuple

import ttkbootstrap as ttk
from PIL import Image, ImageTk

from crm_desktop.controllers.charts import Chart, Picture, natural_height, picture
from crm_desktop.views.background import Background, Job
from crm_desktop.views.keys import bind_key
from crm_desktop.views.pause import Pause
from crm_desktop.views.theme import Palette, on_theme_change, palette, pixels

PREPARING = "正在准备图表…"
CALM_MILLISECONDS = 120
"""After the last change of size, before the charts are drawn again."""
COLUMN = 430
"""Least width of a chart that has another beside it, at 100 %."""
LEAST_HEIGHT, USUAL_HEIGHT = 150, 230
"""Of a chart, at 100 %; less than usual where the whole panel is lower."""


class Place(NamedTuple):
    """Where a chart stands in the panel, in pixels."""

    x: int
    y: int
    width: int
    height: int

    def holds(self, x: float, y: float) -> bool:
        return 0 <= x - self.x < self.width and 0 <= y - self.y < self.height


class ChartPanel(ttk.Frame):
    """``show(charts)`` fills it; ``on_pick(chart, group, series)`` is called for what is clicked."""

    def __init__(self, parent: Misc, background: Background, on_pick: Callable[[Chart, str, str], Any]) -> None:
        super().__init__(parent)
        self.charts: Sequence[Chart] = ()
        self.current = 0
        """The chart that the arrow keys have chosen."""
        self._background = background
        self._on_pick = on_pick
        self._places: list[Place] = []
        self._pictures: dict[int, Picture] = {}
        self._images: dict[int, Any] = {}
        self._job: Job | None = None
        self._pause = Pause(self, CALM_MILLISECONDS, self.draw)
        self._drawn_for: tuple[Any, ...] = ()
        self.canvas = Canvas(self, highlightthickness=0, takefocus=1, width=1, height=1, name="charts")
        self._bar = ttk.Scrollbar(self, command=self.canvas.yview)
        self.canvas.configure(yscrollcommand=self._scrolled)
        self.canvas.grid(row=0, column=0, sticky="nsew")
        self.rowconfigure(0, weight=1)
        self.columnconfigure(0, weight=1)
        self._bind_events()
        on_theme_change(self, self._paint)

    def show(self, charts: Sequence[Chart]) -> None:
        """Show other charts; they are drawn as soon as the panel is in sight."""
        self.charts = tuple(charts)
        self.current = min(self.current, max(0, len(self.charts) - 1))
        self._places = []
        self.canvas.yview_moveto(0)
        self.draw()

    @property
    def is_drawn(self) -> bool:
        """Whether every chart can be seen as it is meant to be."""
        is_whole = len(self._pictures) == len(self.charts) and self._drawn_for == self._wanted()
        return is_whole and not self._pause.is_waiting

    @property
    def chosen(self) -> Chart | None:
        """The chart that is saved when one is to be saved."""
        return self.charts[self.current] if self.charts else None

    def choose(self, step: int) -> None:
        """Choose the next chart, or the one before, and bring it into sight."""
        if self.charts:
            self.current = (self.current + step) % len(self.charts)
            self._mark()
        if self.current < len(self._places):  # else nothing is in sight yet
            place, total = self._places[self.current], max(1, self._total_height())
            if not self._top() <= place.y <= self._top() + self.canvas.winfo_height() - place.height:
                self.canvas.yview_moveto(place.y / total)

    def draw(self) -> None:
        """Begin to draw; what a window that is out of sight would show waits until it comes to the front."""
        self._forget()
        if not self.canvas.winfo_viewable() or self.canvas.winfo_width() < 2:
            return
        self._drawn_for = self._wanted()
        self._pictures.clear()
        self._places = self._arrange()
        self._show_waiting()
        width, height = self.canvas.winfo_width(), self._total_height()
        self.canvas.configure(scrollregion=(0, 0, width, max(height, 1)))
        self._draw_next()

    def _draw_next(self) -> None:
        """One after the other, so that lists can be read meanwhile."""
        number = len(self._pictures)
        if number < len(self.charts):
            chart, place = self.charts[number], self._places[number]
            dpi, colours = self.winfo_fpixels("72p"), palette().chart
            self._job = self._background.run_in_background(
                lambda job: picture(chart, place.width, place.height, dpi, colours),
                lambda made: self._put(number, made),
                owner=self,
            )

    # -- layout ----------------------------------------------------------------------------------------------------

    def _arrange(self) -> list[Place]:
        """Two beside each other where they have room; each row as high as its highest, the whole as the panel."""
        room, full = self.canvas.winfo_width(), self.canvas.winfo_height()
        columns = 2 if room >= 2 * pixels(self, COLUMN) and len(self.charts) > 1 else 1
        rows = [range(start, min(start + columns, len(self.charts))) for start in range(0, len(self.charts), columns)]
        usual = max(pixels(self, USUAL_HEIGHT), full // max(1, len(rows)))
        least = max(pixels(self, LEAST_HEIGHT), min(usual, full))
        point, places, y = self.winfo_fpixels("72p") / 72, list[Place](), 0
        for row in rows:
            height = max(round(natural_height(self.charts[number], least / point) * point) for number in row)
            for column in range(len(row)):
                places.append(Place(column * room // len(row), y, room // len(row), height))
            y += height
        return places

    def _total_height(self) -> int:
        return max((place.y + place.height for place in self._places), default=0)

    def _wanted(self) -> tuple[Any, ...]:
        return self.canvas.winfo_width(), self.canvas.winfo_height(), palette().chart, self.charts

    # -- drawing ---------------------------------------------------------------------------------------------------

    def _show_waiting(self) -> None:
        """Old pictures stay until the new ones have come; where there are none, words say that they will."""
        kept = {number: image for number, image in self._images.items() if number < len(self._places)}
        self._images = kept
        self.canvas.delete("all")
        for number, place in enumerate(self._places):
            if number in kept:
                self.canvas.create_image(place.x, place.y, image=kept[number], anchor="nw", tags=f"chart{number}")
            else:
                middle = place.x + place.width // 2, place.y + place.height // 2
                self.canvas.create_text(*middle, text=PREPARING, fill=palette().muted, tags=f"chart{number}")
        self._mark()

    def _put(self, number: int, made: Picture) -> None:
        place = self._places[number]
        image = Image.frombuffer("RGBA", (made.width, made.height), made.pixels, "raw", "RGBA", 0, 1)
        self._images[number] = ImageTk.PhotoImage(image.convert("RGB"), master=self.canvas)
        self._pictures[number] = replace(made, pixels=b"")  # from here on only where things are
        self.canvas.delete(f"chart{number}")
        self.canvas.create_image(place.x, place.y, image=self._images[number], anchor="nw", tags=f"chart{number}")
        self._mark()
        self._draw_next()

    def _mark(self) -> None:
        """A frame around the chosen chart while the keyboard is here."""
        self.canvas.delete("mark")
        if self.focus_get() is self.canvas and self.current < len(self._places):
            place, edge = self._places[self.current], pixels(self, 2)
            self.canvas.create_rectangle(
                place.x + edge, place.y + edge, place.x + place.width - edge, place.y + place.height - edge,
                outline=palette().primary, width=edge, tags="mark",
            )  # fmt: skip

    def _paint(self, colors: Palette) -> None:
        self.canvas.configure(background=colors.background)
        if self.charts:
            self.draw()

    def _forget(self) -> None:
        if self._job is not None:
            self._job.forget()
            self._job = None
        self._pause.stop()

    # -- events ----------------------------------------------------------------------------------------------------

    def _bind_events(self) -> None:
        canvas = self.canvas
        for event in ("<Configure>", "<Map>"):
            canvas.bind(event, lambda event: self._soon(), add="+")
        canvas.bind("<Button-1>", self._clicked)
        canvas.bind("<Motion>", self._hovered)
        for event in ("<FocusIn>", "<FocusOut>"):
            canvas.bind(event, lambda event: self._mark(), add="+")
        canvas.bind("<MouseWheel>", lambda event: self._scroll(-event.delta // 120))
        canvas.bind("<Button-4>", lambda event: self._scroll(-1))
        canvas.bind("<Button-5>", lambda event: self._scroll(1))
        for key, step in (("<Up>", -1), ("<Left>", -1), ("<Down>", 1), ("<Right>", 1)):
            bind_key(canvas, key, lambda step=step: self.choose(step))
        bind_key(canvas, "<Prior>", lambda: self._scroll(-4))
        bind_key(canvas, "<Next>", lambda: self._scroll(4))
        self.bind("<Destroy>", self._destroyed, add="+")

    def _soon(self) -> None:
        if self.charts and self._drawn_for != self._wanted():
            self._pause.begin()

    def _scroll(self, steps: int) -> None:
        if self._total_height() > self.canvas.winfo_height():
            self.canvas.yview_moveto((self._top() + steps * pixels(self, 60)) / self._total_height())

    def _scrolled(self, first: str, last: str) -> None:
        if float(first) <= 0 and float(last) >= 1:
            self._bar.grid_remove()
        else:
            self._bar.grid(row=0, column=1, sticky="ns")
        self._bar.set(first, last)

    def _top(self) -> float:
        return float(self.canvas.canvasy(0))

    def target_at(self, x: float, y: float) -> tuple[Chart, str, str] | None:
        """The chart, group and series at a pixel of what is in sight."""
        y = self.canvas.canvasy(y)
        for number, place in enumerate(self._places):
            if place.holds(x, y) and number in self._pictures:
                found = self._pictures[number].hit(x - place.x, y - place.y)
                return (self.charts[number], *found) if found else None
        return None

    def _clicked(self, event: Event) -> None:
        self.canvas.focus_set()
        y = self.canvas.canvasy(event.y)
        self.current = next((n for n, place in enumerate(self._places) if place.holds(event.x, y)), self.current)
        self._mark()
        target = self.target_at(event.x, event.y)
        if target:
            self._on_pick(*target)

    def _hovered(self, event: Event) -> None:
        self.canvas.configure(cursor="hand2" if self.target_at(event.x, event.y) else "")

    def _destroyed(self, event: Event) -> None:
        if event.widget is self:
            self._forget()
            self._images.clear()
            self._pictures.clear()
