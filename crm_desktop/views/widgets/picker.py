"""Picking a record or a dictionary item by typing code, name, pinyin or initials."""

from collections.abc import Callable, Sequence
from tkinter import Event, Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.views.background import Background, Job
from crm_desktop.views.keys import bind_key, is_composing, sequences
from crm_desktop.views.listening import on_write
from crm_desktop.views.pause import Pause
from crm_desktop.views.widgets.drop_list import DropList, PickItem
from crm_desktop.views.widgets.input import Input

TYPING_PAUSE_MILLISECONDS = 120
PAGE = 8

Find = Callable[[str], Sequence[PickItem]]


class Picker(Input):
    """Type, and ``find(text)`` fills a drop list; Enter takes the highlighted item and moves on.

    ``find`` runs in the background when a ``Background`` is given. F7 (or the arrow) calls ``on_list(self)``,
    else drops the whole list; "…" calls ``on_add(self)``, whose answer comes back by ``set(key, text)``.
    ``get`` gives the key, None when empty, or the typed text (str) when it is none of the items.
    """

    def __init__(
        self,
        parent: Misc,
        find: Find,
        *,
        width: int = 24,
        background: Background | None = None,
        on_list: Callable[["Picker"], Any] | None = None,
        on_add: Callable[["Picker"], Any] | None = None,
    ) -> None:
        super().__init__(parent)
        self.find = find
        self._background = background
        self._on_list = on_list
        self._chosen: PickItem | None = None
        self._is_setting = False
        self._pause = Pause(self, TYPING_PAUSE_MILLISECONDS, self._search)
        self._job: Job | None = None
        self.text = ttk.StringVar(self)
        self.control = ttk.Entry(self, textvariable=self.text, width=width)
        self.control.pack(side="left", fill="x", expand=True)
        self.add_button("chevron-down", self.open_list)
        if on_add:
            self.add_button("three-dots", lambda: on_add(self))
        self.drop_list = DropList(self.control, self._choose_and_announce)
        on_write(self, self.text, self._typed)
        self._bind_keys()

    def get(self) -> Any:
        typed = self.text.get().strip()
        if not typed:
            return None
        return self._chosen.key if self._chosen and self._chosen.text == typed else typed

    def set(self, value: Any, text: str | None = None) -> None:
        self._stop_search()
        shown = text if text is not None else "" if value is None else str(value)
        self._chosen = None if value is None else PickItem(value, shown)
        self._is_setting = True
        self.text.set(shown)
        self._is_setting = False
        self.drop_list.hide()
        self.set_error(None)

    @property
    def chosen(self) -> PickItem | None:
        """The item that was picked, with its detail."""
        return self._chosen if self._chosen and self.get() == self._chosen.key else None

    def open_list(self) -> None:
        """What F7 does: the full list."""
        if self.is_readonly:
            return
        self.control.focus_set()
        if self._on_list:
            self.drop_list.hide()
            self._on_list(self)
        else:
            self.drop_list.show(self.find(""), self._chosen.key if self._chosen else None)

    def check(self) -> bool:
        """Turn text that names exactly one item into that item; False when there is no such item."""
        self._stop_search()
        typed = self.get()
        if self.is_readonly or not isinstance(typed, str) or self._is_chosen():
            return True
        found = self.find(typed)
        same = [item for item in found if typed.lower() in (item.text.lower(), item.initials.lower())]
        if len(same) == 1 or len(found) == 1:
            self._choose_and_announce((same or list(found))[0])
            return True
        self.set_error(self._refusal(typed, len(found)))
        return False

    def _refusal(self, typed: str, hits: int) -> str:
        if hits:
            return f"“{typed}”不止一个，请按 F7 选择。"
        return f"没有“{typed}”，请按 F7 选择。"

    def _is_chosen(self) -> bool:
        return self._chosen is not None and self._chosen.text == self.text.get().strip()

    def _bind_keys(self) -> None:
        entry = self.control
        bind_key(entry, "choose", self.open_list)
        bind_key(entry, "<Down>", lambda: self._move(1))
        bind_key(entry, "<Up>", lambda: self._move(-1))
        bind_key(entry, "<Next>", lambda: self._move(PAGE))
        bind_key(entry, "<Prior>", lambda: self._move(-PAGE))
        bind_key(entry, "close", self._close_list)
        for sequence in sequences("enter"):
            entry.bind(sequence, self._enter)
        entry.bind("<FocusOut>", self._left, add="+")

    def _move(self, step: int) -> bool | None:
        if self.is_readonly:
            return False
        if self.drop_list.is_open:
            self.drop_list.move(step)
        else:
            self.drop_list.show(self.find("" if self._is_chosen() else self.text.get().strip()))
        return None

    def _close_list(self) -> bool | None:
        if not self.drop_list.is_open:
            return False
        self.drop_list.hide()
        return None

    def _enter(self, event: Event) -> None:
        """Take the highlighted item; the key then goes on to the next field."""
        if is_composing(event) or self.is_readonly:
            return
        item = self.drop_list.current
        if item is None and self._pause.is_waiting:
            item = next(iter(self.find(self.text.get().strip())), None)
        if item is not None:
            self._choose_and_announce(item)

    def _choose_and_announce(self, item: PickItem) -> None:
        self.set(item.key, item.text)
        self._chosen = item
        self.control.icursor("end")
        self.changed()

    def _typed(self, *_: str) -> None:
        if self._is_setting:
            return
        if self.error:
            self.set_error(None)
        self._stop_search()
        if self.text.get().strip():
            self._pause.begin()
        else:
            self.drop_list.hide()
        self.changed()

    def _search(self) -> None:
        text = self.text.get().strip()
        if self._background:
            self._job = self._background.run_in_background(lambda job: self.find(text), self._show, owner=self)
        else:
            self._show(self.find(text))

    def _show(self, items: Sequence[PickItem]) -> None:
        if self.focus_get() is self.control:
            self.drop_list.show(items)

    def _stop_search(self) -> None:
        self._pause.stop()
        if self._job is not None:
            self._job.forget()
            self._job = None

    def _left(self, _event: Event) -> None:
        self.drop_list.hide()
        self.check()


class ChoiceInput(Picker):
    """One of a short list: type part of the text or its initials, or open the list by click, ↓ or F7.

    ``initials_of`` spells the items that come without initials, when the first letter is typed.
    """

    def __init__(
        self,
        parent: Misc,
        choices: Sequence[PickItem] = (),
        *,
        width: int = 16,
        on_add: Callable[[Picker], Any] | None = None,
        initials_of: Callable[[str], str] | None = None,
    ) -> None:
        self.choices = list(choices)
        self._initials_of = initials_of
        super().__init__(parent, self._filter, width=width, on_add=on_add)
        self.control.bind("<Button-1>", self._clicked, add="+")

    def set_choices(self, choices: Sequence[PickItem]) -> None:
        """Offer other items; the value stays."""
        self.choices = list(choices)

    def set(self, value: Any, text: str | None = None) -> None:
        if text is None:
            text = next((item.text for item in self.choices if item.key == value), None)
        super().set(value, text)

    def _filter(self, text: str) -> list[PickItem]:
        needle = text.lower()
        if self._initials_of and needle.isascii() and needle:
            made = (each.initials or self._initials_of(each.text) for each in self.choices)
            self.choices = [each._replace(initials=found) for each, found in zip(self.choices, made, strict=True)]
        starting = [item for item in self.choices if _starts(item, needle)]
        return starting + [item for item in self.choices if item not in starting and needle in item.text.lower()]

    def _clicked(self, _event: Event) -> None:
        if not self.drop_list.is_open:
            self.after_idle(self.open_list)


def _starts(item: PickItem, needle: str) -> bool:
    return item.text.lower().startswith(needle) or item.initials.lower().startswith(needle)
