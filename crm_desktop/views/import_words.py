"""The words of an import that no dictionary has, each with what shall become of it."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.exchange.plan import Action, UnknownWord
from crm_desktop.views.desk import Desk
from crm_desktop.views.events import INPUT_CHANGED
from crm_desktop.views.form_page import FormPages
from crm_desktop.views.keys import bind_key, enter_moves_focus
from crm_desktop.views.theme import BOLD_FONT, pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.picker import ChoiceInput

ADD: Action = "add"
BLANK: Action = "blank"
WORDS = "words"
"""The only page of the list."""
MOST_SHOWN = 60
"""More words than this mean that a column was mapped to the wrong field."""


class WordList(ttk.Frame):
    """Writes each choice into the word itself, where the import will find it."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, name="words")
        self._desk = desk
        self.inputs: list[ChoiceInput] = []
        self._words: Sequence[UnknownWord] = ()
        self._title = ttk.Label(self, font=BOLD_FONT, name="title")
        self._title.pack(anchor="w", pady=(0, pixels(self, 4)))
        bar = ttk.Frame(self)
        bar.pack(anchor="w")
        self.add_button = self._button(bar, "全部新增", ADD)
        self.blank_button = self._button(bar, "全部留空", BLANK)
        self._more = ttk.Label(self, style="Hint.TLabel", wraplength=pixels(self, 250))
        self._page: FormPages | None = None

    def _button(self, bar: Misc, text: str, action: Action) -> ttk.Button:
        button = ttk.Button(bar, text=text, bootstyle="outline", command=lambda: self.decide_all(action), name=action)
        bind_key(button, "enter", button.invoke)
        button.pack(side="left", padx=(0, pixels(self, 6)))
        return button

    def show(self, words: Sequence[UnknownWord], after: Misc) -> None:
        """One row a word; Enter in the last one leads to ``after``."""
        if self._page is not None:
            self._page.destroy()
        self._words = sorted(words, key=lambda word: -word.count)
        self._title.configure(text=f"有 {len(words):,} 个词系统里没有，请逐个决定：")
        self.add_button.configure(state="normal" if any(word.can_add for word in words) else "disabled")
        self._show_how_many_more(len(words) - MOST_SHOWN)
        self._page = FormPages(self, [WORDS])
        self._page.pack(fill="both", expand=True)
        choices = {word.kind: self._choices(word) for word in words}
        self.inputs = [self._add_row(word, choices[word.kind]) for word in self._words[:MOST_SHOWN]]
        self._page.watch()
        enter_moves_focus(self._page[WORDS].content, after)

    def _show_how_many_more(self, count: int) -> None:
        if count > 0:
            self._more.configure(text=f"另有 {count:,} 个没有列出。词这么多，请先核对各列对应得对不对。")
            self._more.pack(anchor="w", pady=pixels(self, 4))
        else:
            self._more.pack_forget()

    def decide_all(self, action: Action) -> None:
        """The same for every word, as far as it may be added."""
        for word in self._words:
            word.action, word.target = (action if action != ADD or word.can_add else BLANK), None
        for word, choice in zip(self._words, self.inputs, strict=False):
            choice.set(word.action)

    def _choices(self, word: UnknownWord) -> list[PickItem]:
        initials = self._desk.office.customers.pinyin_of
        known = [
            PickItem(item, f"对应到：{name}", initials=initials(name))
            for item, name in self._desk.office.exchange.choices(word.kind)
        ]
        add = [PickItem(ADD, f"新增到“{word.label}”")] if word.can_add else []
        return [*add, PickItem(BLANK, "留空"), *known]

    def _add_row(self, word: UnknownWord, choices: Sequence[PickItem]) -> ChoiceInput:
        assert self._page is not None
        content = self._page[WORDS].content
        row = 2 * len(content.winfo_children())
        told = f"{word.label}：“{word.value}”（{word.count:,} 行）"
        ttk.Label(content, text=told, wraplength=pixels(self, 250)).grid(
            row=row, column=0, sticky="w", pady=(pixels(self, 6), 0)
        )
        choice = ChoiceInput(content, choices, width=28)
        choice.set(word.target if word.action == "map" else word.action)
        choice.grid(row=row + 1, column=0, sticky="w")
        choice.bind(INPUT_CHANGED, self._taker(word, choice))
        return choice

    def _taker(self, word: UnknownWord, choice: ChoiceInput) -> Callable[[Any], None]:
        def take(_event: Any) -> None:
            if choice.chosen is None:
                return
            key = choice.chosen.key
            word.action, word.target = ("map", key) if isinstance(key, int) else (key, None)

        return take

    def check(self) -> bool:
        """Whether every word is decided; if not, the focus is where one is not."""
        for choice in self.inputs:
            if choice.chosen is None and not choice.check():
                choice.focus_set()
                return False
        return True
