"""One page of the manual in a window: styled text, links to follow by key or mouse, pictures as wide as the text."""

from collections.abc import Callable
from pathlib import Path
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk
from PIL import Image, ImageTk

from crm_desktop.errors import CrmError
from crm_desktop.models.manual import Block, Kind, Page, Span, Style, words_of
from crm_desktop.views.keys import bind_key
from crm_desktop.views.line_starts import keep_marks_off_line_starts
from crm_desktop.views.pause import Pause
from crm_desktop.views.theme import BOLD_FONT, SMALL_FONT, TITLE_FONT, Palette, mix, on_theme_change, pixels

CALM_MILLISECONDS = 120
"""After the last change of width, before pictures are drawn again."""
BULLET = "•"
LEAST_WIDTH = 200
"""Of a picture, at 100 %."""
SCROLLING = {
    "<Up>": ("scroll", -3, "units"), "<Down>": ("scroll", 3, "units"), "<Prior>": ("scroll", -1, "pages"),
    "<Next>": ("scroll", 1, "pages"), "<Home>": ("moveto", 0), "<End>": ("moveto", 1),
}  # fmt: skip


class ManualText(ttk.Frame):
    """``show(page)``; ``on_link(key)`` is called for the link that is clicked or entered."""

    def __init__(self, parent: Misc, picture: Callable[[str], Path], on_link: Callable[[str], Any]) -> None:
        super().__init__(parent)
        self._picture, self._on_link = picture, on_link
        self._images: dict[str, Image.Image] = {}
        self._photos: dict[str, ImageTk.PhotoImage] = {}
        """By their place in the text: Tk keeps none alive."""
        self._links: list[str] = []
        """The page that each leads to; their tags are ``link0``, ``link1`` …"""
        self._chosen = -1
        self._pause = Pause(self, CALM_MILLISECONDS, self._fit)
        self.text = ttk.Text(self, wrap="char", width=40, height=10, state="disabled", cursor="arrow", takefocus=1,
                             padx=pixels(self, 16), pady=pixels(self, 10))  # fmt: skip
        bar = ttk.Scrollbar(self, command=self.text.yview)
        self.text.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self.text.pack(side="left", fill="both", expand=True)
        self._set_styles()
        self._bind_keys()
        on_theme_change(self.text, self._paint)

    def focus_set(self) -> None:
        self.text.focus_set()

    def show(self, page: Page, block: int = -1, words: str = "") -> None:
        """Replace what is shown; begin at a block, with the words that were looked for marked."""
        text = self.text
        text.configure(state="normal")
        text.tag_delete(*(f"link{number}" for number in range(len(self._links))), "none")
        self._links, self._chosen, self._images, self._photos = [], -1, {}, {}
        text.delete("1.0", "end")
        text.insert("end", f"{page.title}\n", "title")
        for number, each in enumerate(page.blocks):
            text.mark_set(f"block{number}", "end - 1 chars")
            text.mark_gravity(f"block{number}", "left")
            self._insert(each)
        text.configure(state="disabled")
        self._fit()
        self._mark_words(words)
        text.yview_moveto(0)
        if block >= 0:
            text.see("end")
            text.see(f"block{block}")

    # -- the page --------------------------------------------------------------------------------------------------

    def _insert(self, block: Block) -> None:
        if block.kind is Kind.PICTURE:
            self._insert_picture(block.picture)
            return
        kind = block.kind.value
        if block.kind in (Kind.STEP, Kind.ITEM):
            self.text.insert("end", f"{f'{block.number}.' if block.number else BULLET}\t", kind)
        for span in block.spans:
            self.text.insert("end", *self._dressed(span, kind))
        self.text.insert("end", "\n", kind)

    def _dressed(self, span: Span, kind: str) -> tuple[str, tuple[str, ...]]:
        if span.style is Style.KEY:
            return f" {span.text} ", (kind, "key")
        if span.style is not Style.LINK:
            return span.text, (kind, span.style.value)
        name = f"link{len(self._links)}"
        self._links.append(span.target)
        self.text.tag_bind(name, "<Button-1>", lambda event: self._on_link(span.target))
        return span.text, (kind, "link", name)

    def _insert_picture(self, name: str) -> None:
        try:
            with Image.open(self._picture(name)) as image:
                image.load()
        except (CrmError, OSError):  # the text is worth reading without it
            return
        place = self.text.index("end - 1 chars")
        self._images[place] = image
        self.text.insert("end", "\n", "picture")

    def _fit(self) -> None:
        """To the width of the window."""
        self._fit_pictures()
        if self.text.winfo_width() > 1:  # else it has none yet
            keep_marks_off_line_starts(self.text)

    def _fit_pictures(self) -> None:
        """Draw the pictures as wide as the text, never wider than they are."""
        room = max(self.text.winfo_width() - 2 * pixels(self, 20), pixels(self, LEAST_WIDTH))
        for place, image in self._images.items():
            width = min(room, image.width)
            known = self._photos.get(place)
            if known is not None and known.width() == width:
                continue
            size = width, max(1, round(image.height * width / image.width))
            photo = ImageTk.PhotoImage(image.resize(size, Image.Resampling.LANCZOS), master=self.text)
            if known is None:
                self.text.image_create(place, image=photo)
            else:
                self.text.image_configure(place, image=photo)
            self._photos[place] = photo

    def _mark_words(self, words: str) -> None:
        for word in words_of(words):
            place = self.text.search(word, "1.0", stopindex="end", nocase=True)
            while place:
                end = f"{place} + {len(word)} chars"
                self.text.tag_add("found", place, end)
                place = self.text.search(word, end, stopindex="end", nocase=True)

    # -- keys ------------------------------------------------------------------------------------------------------

    def _bind_keys(self) -> None:
        for sequence, how in SCROLLING.items():
            bind_key(self.text, sequence, lambda how=how: self.text.yview(*how))  # type: ignore[misc]
        bind_key(self.text, "<Tab>", lambda: self._choose(1))
        for sequence in ("<Shift-Tab>", "<ISO_Left_Tab>"):
            bind_key(self.text, sequence, lambda: self._choose(-1))
        bind_key(self.text, "enter", self._follow)
        self.text.bind("<Configure>", lambda event: self._pause.begin(), add="+")
        self.text.tag_bind("link", "<Enter>", lambda event: self.text.configure(cursor="hand2"))
        self.text.tag_bind("link", "<Leave>", lambda event: self.text.configure(cursor="arrow"))
        self.text.bind("<FocusOut>", lambda event: self._mark_link(-1), add="+")

    def _choose(self, step: int) -> bool | None:
        """The next link; past the last one the focus goes on."""
        place = self._chosen + step if self._chosen >= 0 or step > 0 else len(self._links) - 1
        if not 0 <= place < len(self._links):
            target = self.text.tk_focusNext() if step > 0 else self.text.tk_focusPrev()
            if target is not None:
                target.focus_set()
            return None
        self._mark_link(place)
        return None

    def _mark_link(self, place: int) -> None:
        self._chosen = place
        self.text.tag_remove("chosen", "1.0", "end")
        if place >= 0:
            start, end = self.text.tag_ranges(f"link{place}")[:2]
            self.text.tag_add("chosen", start, end)
            self.text.see(start)

    def _follow(self) -> None:
        if self._chosen >= 0:
            self._on_link(self._links[self._chosen])

    # -- looks -----------------------------------------------------------------------------------------------------

    def _set_styles(self) -> None:
        tag, indent, air = self.text.tag_configure, pixels(self, 26), pixels(self, 6)
        tag("title", font=TITLE_FONT, spacing3=pixels(self, 8))
        tag("heading", font=BOLD_FONT, spacing1=pixels(self, 14), spacing3=air)
        tag("paragraph", spacing2=pixels(self, 3), spacing3=air)
        for name in ("step", "item"):
            tag(name, tabs=(indent,), lmargin2=indent, spacing2=pixels(self, 3), spacing3=air)
        tag("picture", spacing1=air, spacing3=pixels(self, 10))
        tag("bold", font=BOLD_FONT)
        tag("key", font=SMALL_FONT, relief="groove", borderwidth=1)
        tag("link", underline=True)

    def _paint(self, colors: Palette) -> None:
        self.text.configure(background=colors.field, foreground=colors.text, highlightthickness=0)
        self.text.tag_configure("key", background=colors.heading)
        self.text.tag_configure("link", foreground=colors.primary)
        self.text.tag_configure("chosen", background=colors.selected)
        self.text.tag_configure("found", background=mix(colors.hint_text, colors.hint, 0.15), foreground=colors.text)
        self.text.tag_raise("found")
        self.text.tag_raise("chosen")
