"""The window that shows what the paper will look like, and prints it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk
from PIL import ImageTk

from crm_desktop.views.actions import Action, Toolbar, bind_actions
from crm_desktop.views.keys import bind_key
from crm_desktop.views.print_preview.options import PrintOptionsBar, Remembered
from crm_desktop.views.print_preview.order import PrintOrder
from crm_desktop.views.print_preview.pages import PreviewPages
from crm_desktop.views.theme import Palette, mix, on_theme_change, pixels
from crm_desktop.views.widgets.status_bar import StatusBar

ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
MILLIMETRE = 72 / 25.4
"""Points."""


@dataclass(frozen=True)
class Printing:
    """What the preview may do; ``ask_trays(printer, answer)`` calls ``answer(trays)`` when they are known."""

    printers: Callable[[], Sequence[str]]
    print_pages: Callable[[PrintOrder], Any]
    save_pdf: Callable[[], Any]
    printer: str = ""
    """The printer last used for this kind of paper."""
    total: int = 0
    """Pages there are to print, when the preview is given only the first of them."""
    ask_trays: Callable[[str, Callable[[Sequence[str]], Any]], Any] = lambda printer, answer: None
    remembered: Remembered = lambda printer: {}
    """``pause`` and ``tray`` last used with a printer."""
    name_of: Callable[[int], str] = lambda page: ""
    """Whose page it is, counted from 1; "" when the paper does not know."""
    told_of: Callable[[str], str] = lambda printer: ""
    """How the ink is moved when it is printed there."""


class PrintPreview(ttk.Frame):
    """``size_name`` is what clerks call the paper ("5号 (DL)"); ``warnings`` are shown above it; Esc calls
    ``on_close``."""

    def __init__(
        self,
        parent: Misc,
        pages: PreviewPages,
        printing: Printing,
        *,
        on_close: Callable[[], Any],
        size_name: str = "",
        warnings: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.pages = pages
        self._printing = printing
        self._size_name = size_name
        self.page = 0
        self._zoom: float | None = None
        self._photo: ImageTk.PhotoImage | None = None
        self.total = max(printing.total, pages.count)
        self.shows_art = ttk.BooleanVar(self, value=True)
        self.printer = ttk.StringVar(self)
        self.actions = self._make_actions(on_close)
        self._build_toolbar()
        if warnings:
            more = f"（共 {len(warnings)} 条）" if len(warnings) > 1 else ""
            ttk.Label(self, text=f" {warnings[0]}{more}", style="Hint.TLabel").pack(fill="x")
        self.status = StatusBar(self, ())
        self.status.pack(side="bottom", fill="x")
        self._build_canvas()
        self._bind_keys()
        self.bind("<Destroy>", lambda event: self.pages.close() if event.widget is self else None, add="+")

    # What can be done

    def go(self, page: int) -> None:
        """Show this page (from 0), as far as there are pages."""
        self.page = max(0, min(page, self.pages.count - 1))
        self.canvas.yview_moveto(0)
        self.draw()

    def zoom_to(self, zoom: float | None) -> None:
        """1.0 is the true size on this screen; None fits the page into the window."""
        self._zoom = zoom
        self.draw()

    @property
    def zoom(self) -> float:
        """The zoom in use, 1.0 the true size."""
        return self._zoom if self._zoom is not None else self._fitting_zoom()

    def print_pages(self) -> None:
        """Hand the chosen pages to the chosen printer; what is wrong turns red."""
        order = self.options.order(self.printer.get()) if self.printer.get() else None
        if order is not None:
            self._printing.print_pages(order)

    def draw(self) -> None:
        """Draw the page in the middle of the canvas, on a shadow."""
        scale = self.zoom * self._pixels_a_point()
        image = self.pages.image(self.page, round(scale, 4), shows_art=self.shows_art.get())
        self._photo = ImageTk.PhotoImage(image, master=self)
        canvas, margin = self.canvas, pixels(self, 16)
        left = max(margin, (canvas.winfo_width() - image.width) // 2)
        top = max(margin, (canvas.winfo_height() - image.height) // 2)
        canvas.delete("all")
        shadow = pixels(self, 3)
        right, bottom = left + image.width, top + image.height
        canvas.create_rectangle(
            left + shadow, top + shadow, right + shadow, bottom + shadow, fill=self._shadow, width=0
        )
        canvas.create_image(left, top, image=self._photo, anchor="nw")
        canvas.configure(scrollregion=(0, 0, right + margin, bottom + margin))
        self._describe()

    # Building

    def _make_actions(self, on_close: Callable[[], Any]) -> list[Action]:
        return [
            Action("print", "打印", self.print_pages, key="print", icon="printer", style="primary",
                   available=lambda: bool(self.printer.get())),
            Action("save", "存为 PDF", self._printing.save_pdf, key="save", icon="file-earmark-pdf"),
            Action("close", "关闭", on_close, key="close", icon="x-lg"),
        ]  # fmt: skip

    def _build_toolbar(self) -> None:
        bar, gap = ttk.Frame(self, padding=pixels(self, 8)), pixels(self, 6)
        bar.pack(fill="x")
        names = list(self._printing.printers())
        chosen = self._printing.printer if self._printing.printer in names else next(iter(names), "")
        self.printer.set(chosen)
        toolbar = Toolbar(bar, self.actions)
        toolbar.pack(side="left")
        ttk.Label(bar, text="打印机：" if names else "没有安装打印机，可存为 PDF。").pack(side="left", padx=(gap, 0))
        if names:
            box = ttk.Combobox(bar, textvariable=self.printer, values=names, state="readonly", width=24, name="printer")
            box.pack(side="left", fill="x", expand=True)
            box.bind("<<ComboboxSelected>>", lambda event: self._use_printer())
        self.options = PrintOptionsBar(
            self, self.total, lambda text: self.status.say(text), self.print_pages, self._printing.ask_trays
        )
        self.options.pack(fill="x", padx=pixels(self, 8), pady=(0, gap))
        self._use_printer()
        self._build_view_bar(gap)

    def _build_view_bar(self, gap: int) -> None:
        bar = ttk.Frame(self, padding=(pixels(self, 8), 0, pixels(self, 8), pixels(self, 6)))
        bar.pack(fill="x")
        for icon, command in (
            ("chevron-bar-left", lambda: self.go(0)),
            ("chevron-left", lambda: self.go(self.page - 1)),
            ("chevron-right", lambda: self.go(self.page + 1)),
            ("chevron-bar-right", lambda: self.go(self.pages.count - 1)),
            ("zoom-out", lambda: self._step_zoom(-1)),
            ("zoom-in", lambda: self._step_zoom(1)),
        ):
            ttk.Button(bar, icon=icon, icon_only=True, bootstyle="ghost", command=command, takefocus=False).pack(
                side="left"
            )
        for text, zoom in (("适合窗口", None), ("实际大小", 1.0)):
            ttk.Button(
                bar,
                text=text,
                bootstyle="outline",
                takefocus=False,
                command=lambda zoom=zoom: self.zoom_to(zoom),
            ).pack(side="left", padx=(gap, 0))
        if self.pages.has_art:
            ttk.Checkbutton(bar, text="显示信封底图", variable=self.shows_art, command=self.draw).pack(
                side="left", padx=2 * gap
            )
        self.description = ttk.Label(bar, style="Muted.TLabel")
        self.description.pack(side="right")

    def _build_canvas(self) -> None:
        frame = ttk.Frame(self)
        frame.pack(fill="both", expand=True)
        self.canvas = ttk.Canvas(frame, autostyle=False, highlightthickness=0, width=600, height=300, takefocus=1)
        down = ttk.Scrollbar(frame, orient="vertical", command=self.canvas.yview)
        across = ttk.Scrollbar(frame, orient="horizontal", command=self.canvas.xview)
        self.canvas.configure(yscrollcommand=down.set, xscrollcommand=across.set)
        self.canvas.grid(row=0, column=0, sticky="nsew")
        down.grid(row=0, column=1, sticky="ns")
        across.grid(row=1, column=0, sticky="ew")
        frame.rowconfigure(0, weight=1)
        frame.columnconfigure(0, weight=1)
        on_theme_change(self.canvas, self._paint)
        self.canvas.bind("<Configure>", lambda event: self.draw())

    def _bind_keys(self) -> None:
        window = self.winfo_toplevel()
        bind_actions(window, self.actions)
        for sequence, step in (("<Next>", 1), ("<Prior>", -1)):
            bind_key(self.canvas, sequence, lambda step=step: self.go(self.page + step))
        bind_key(self.canvas, "<Home>", lambda: self.go(0))
        bind_key(self.canvas, "<End>", lambda: self.go(self.pages.count - 1))
        bind_key(self.canvas, "<plus>", lambda: self._step_zoom(1))
        bind_key(self.canvas, "<minus>", lambda: self._step_zoom(-1))
        self.canvas.bind("<Button-1>", lambda event: self.canvas.focus_set())
        self.canvas.bind("<MouseWheel>", lambda event: self._wheel(event, -event.delta // 120))
        self.canvas.bind("<Button-4>", lambda event: self._wheel(event, -1))
        self.canvas.bind("<Button-5>", lambda event: self._wheel(event, 1))
        self.canvas.focus_set()

    # Details

    def _use_printer(self) -> None:
        printer = self.printer.get()
        self.options.use_printer(printer, self._printing.remembered(printer), self._printing.told_of(printer))

    def _paint(self, colors: Palette) -> None:
        desk = mix(colors.text, colors.background, 0.22)
        self._shadow = mix("#000000", desk, 0.35)
        self.canvas.configure(background=desk)

    def _pixels_a_point(self) -> float:
        return float(self.winfo_fpixels("1i")) / 72

    def _fitting_zoom(self) -> float:
        width, height = self.pages.size(self.page)
        margin = 2 * pixels(self, 16)
        across = (self.canvas.winfo_width() - margin) / width
        down = (self.canvas.winfo_height() - margin) / height
        return max(0.1, min(across, down) / self._pixels_a_point())

    def _step_zoom(self, step: int) -> None:
        bigger = [zoom for zoom in ZOOMS if zoom > self.zoom + 0.005]
        smaller = [zoom for zoom in ZOOMS if zoom < self.zoom - 0.005]
        self.zoom_to((bigger[:1] or ZOOMS[-1:] if step > 0 else smaller[-1:] or ZOOMS[:1])[0])

    def _wheel(self, event: Event, notches: int) -> None:
        if int(event.state) & 0x4:  # Ctrl
            self._step_zoom(-notches)
        elif self.canvas.yview() == (0.0, 1.0):
            self.go(self.page + notches)
        else:
            self.canvas.yview_scroll(3 * notches, "units")

    def _describe(self) -> None:
        width, height = (round(length / MILLIMETRE, 1) for length in self.pages.size(self.page))
        size = f"{width:g} × {height:g} mm"
        name = f"{self._size_name}  " if self._size_name else ""
        page = f"第 {self.page + 1} / {self.pages.count} 页"
        if self.total > self.pages.count:
            page += f"（共 {self.total:,} 页）"
        addressee = self._printing.name_of(self.page + 1)
        page += f"  {addressee}" if addressee else ""
        self.description.configure(text=f"{page}    {name}{size}    {self.zoom:.0%}")


def open_preview(
    parent: Misc,
    title: str,
    pages: PreviewPages,
    printing: Printing,
    *,
    size_name: str = "",
    warnings: Sequence[str] = (),
) -> PrintPreview:
    """The preview in a window of its own, as large as the one it was opened from."""
    owner = parent.winfo_toplevel()
    window = ttk.Toplevel(title=title, master=owner)
    window.withdraw()
    preview = PrintPreview(window, pages, printing, on_close=window.destroy, size_name=size_name, warnings=warnings)
    preview.pack(fill="both", expand=True)
    left, top = owner.geometry().split("+", 1)[1].split("+")
    window.geometry(f"{owner.winfo_width()}x{owner.winfo_height()}+{left}+{top}")
    if owner.winfo_viewable():
        window.transient(owner)
    window.deiconify()
    window.lift()
    preview.canvas.focus_force()
    return preview
