"""Facts of one record beside a list: labels and values that can be selected and copied."""

from collections.abc import Iterable
from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.views.theme import BOLD_FONT, Palette, on_theme_change, pixels, text_width

LABEL_CHARACTERS = 12


class DetailPane(ttk.Frame):
    """``show(title, facts)``; a fact is (label, value), and ("", heading) begins a new part. Empty values are
    left out; ``warnings`` are facts in red, before the others."""

    def __init__(self, parent: Misc, *, width: int = 34) -> None:
        super().__init__(parent)
        self.text = ttk.Text(self, width=width, height=4, wrap="char", state="disabled", takefocus=0, cursor="arrow")
        self._bar = ttk.Scrollbar(self, command=self.text.yview)
        self.text.configure(yscrollcommand=self._scrolled)
        self.text.pack(fill="both", expand=True)
        label = text_width("0") * LABEL_CHARACTERS
        indent = label + pixels(self, 10)
        self.text.tag_configure("title", font=BOLD_FONT, spacing3=pixels(self, 6))
        self.text.tag_configure("heading", font=BOLD_FONT, spacing1=pixels(self, 10), spacing3=pixels(self, 4))
        self.text.tag_configure(
            "fact", tabs=(label, "right", indent, "left"), lmargin2=indent, spacing3=pixels(self, 4)
        )
        on_theme_change(self.text, self._paint)

    def show(self, title: str, facts: Iterable[tuple[str, str]], warnings: Iterable[tuple[str, str]] = ()) -> None:
        """Replace what is shown."""
        self.text.configure(state="normal")
        self.text.delete("1.0", "end")
        self.text.insert("end", f"{title}\n", "title")
        for label, sentence in warnings:
            self.text.insert("end", f"\t{label}：\t{sentence}\n", ("fact", "warning"))
        for label, value in facts:
            if not label:
                self.text.insert("end", f"{value}\n", "heading")
            elif value:
                self.text.insert("end", f"\t{label}：\t", ("fact", "label"), f"{value}\n", "fact")
        self.text.configure(state="disabled")

    def _scrolled(self, first: str, last: str) -> None:
        """The bar is there only while there is more than can be seen."""
        self._bar.set(first, last)
        has_more = float(last) - float(first) < 1
        if has_more and not self._bar.winfo_manager():
            self._bar.pack(side="right", fill="y", before=self.text)
        elif not has_more and self._bar.winfo_manager():
            self._bar.pack_forget()

    def clear(self, text: str = "") -> None:
        """Show nothing but a sentence."""
        self.show(text, ())

    def _paint(self, colors: Palette) -> None:
        self.text.configure(background=colors.background, highlightthickness=0)
        self.text.tag_configure("label", foreground=colors.muted)
        self.text.tag_configure("warning", foreground=colors.danger)
