"""What can be done on a screen, declared once: buttons, menus and keys are all made from it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from tkinter import Event, Misc
from typing import Any, NamedTuple

import ttkbootstrap as ttk

from crm_desktop.views.keys import KEYS, bind_key
from crm_desktop.views.theme import pixels


@dataclass(frozen=True)
class Action:
    """``key`` is an id of ``keys.KEYS``; a new ``group`` begins after a thin line; ``style`` is a bootstyle
    colour.

    ``mnemonic`` is the letter behind the label in menus; without it one is given.
    """

    id: str
    label: str
    handler: Callable[[], Any]
    key: str | None = None
    icon: str | None = None
    available: Callable[[], bool] = lambda: True
    group: str = ""
    style: str = "neutral"
    mnemonic: str = ""
    is_button: bool = True
    """Whether it stands in toolbars; menus and keys have it all the same."""

    @property
    def key_label(self) -> str:
        return KEYS[self.key].label if self.key else ""

    def run(self) -> bool | None:
        """Do it when it is available; False (the key goes on to others) when it is not."""
        if not self.available():
            return False
        self.handler()
        return None


BUTTON_STYLES = {"neutral": "outline", "primary": "primary", "danger": "danger outline"}


class Dress(NamedTuple):
    """What stands on a button beside its label."""

    has_icon: bool
    has_key: bool


DRESSES = (Dress(True, True), Dress(True, False), Dress(False, False))
"""From the one that takes most room to the one that takes least."""


class Toolbar(ttk.Frame):
    """A row of buttons, the key shown on each; call ``refresh`` when what is available may have changed.

    Where there is no room the buttons go without their keys, then without icons; menus and 帮助 still show the keys.
    """

    def __init__(self, parent: Misc, actions: Sequence[Action], *, shows_keys: bool = True) -> None:
        super().__init__(parent)
        self._buttons: dict[str, tuple[Action, ttk.Button]] = {}
        gap = pixels(self, 6)
        actions = [action for action in actions if action.is_button]
        group = actions[0].group if actions else ""
        for action in actions:
            if action.group != group:
                group = action.group
                ttk.Separator(self, orient="vertical").pack(side="left", fill="y", padx=gap, pady=pixels(self, 4))
            button = action_button(self, action, shows_key=shows_keys)
            button.pack(side="left", padx=(0, gap))
            self._buttons[action.id] = action, button
        self._dresses = DRESSES if shows_keys else DRESSES[1:]
        self._widths = {dress: self._try_on(dress) for dress in reversed(self._dresses)}
        self._dress = self._dresses[0]
        self._ask_for_room()
        self.refresh()
        self.bind("<Configure>", self._fit, add="+")

    def _ask_for_room(self) -> None:
        """The same in every dress: a window that takes its size from its parts would change dress for ever."""
        height = max((child.winfo_reqheight() for child in self.pack_slaves()), default=1)
        self.pack_propagate(False)
        self.configure(width=self._widths[self._dresses[0]], height=height)

    def button(self, id: str) -> ttk.Button:
        return self._buttons[id][1]

    def _try_on(self, dress: Dress) -> int:
        """Dress the buttons; the room they take so."""
        for action, button in self._buttons.values():
            icon = action.icon if dress.has_icon else None
            button.configure(text=button_text(action, shows_key=dress.has_key), icon=icon)
        return sum(child.winfo_reqwidth() + _padding(child) for child in self.pack_slaves())

    @property
    def full_width(self) -> int:
        """Pixels in which every button has its icon and its key."""
        return self._widths[self._dresses[0]]

    @property
    def least_width(self) -> int:
        """Pixels without which buttons are cut off."""
        return self._widths[self._dresses[-1]]

    def _fit(self, event: Event) -> None:
        fitting = (dress for dress in self._dresses if self._widths[dress] <= event.width)
        dress = next(fitting, self._dresses[-1])
        if dress != self._dress:
            self._dress = dress
            self._try_on(dress)

    def refresh(self) -> None:
        """Grey what is not available now."""
        for action, button in self._buttons.values():
            button.configure(state="normal" if action.available() else "disabled")


def _padding(packed: Misc) -> int:
    """Empty pixels left and right of a widget that is packed."""
    sides = packed.pack_info()["padx"]  # type: ignore[attr-defined]
    return sum(sides) if isinstance(sides, tuple) else 2 * int(sides)


def put_beside(toolbar: Toolbar, other: Misc) -> None:
    """``other`` at the right end of the toolbar, or under it where there is no room for both.

    Both have the same parent, which holds nothing else.
    """
    parent = toolbar.master
    gap = pixels(parent, 6)
    parent.columnconfigure(0, weight=1)

    def arrange(event: Event) -> None:
        is_wide = event.width >= toolbar.least_width + other.winfo_reqwidth()
        toolbar.grid(row=0, column=0, sticky="ew")
        other.grid(row=0 if is_wide else 1, column=1 if is_wide else 0, sticky="ew", pady=0 if is_wide else (gap, 0))

    parent.bind("<Configure>", arrange, add="+")


def button_text(action: Action, *, shows_key: bool = True) -> str:
    """新增 F2."""
    return f"{action.label} {action.key_label}" if shows_key and action.key else action.label


def action_button(parent: Misc, action: Action, *, shows_key: bool = True) -> ttk.Button:
    """One button, e.g. ＋ 新增 F2."""
    text = button_text(action, shows_key=shows_key)
    icon = {"icon": action.icon} if action.icon else {}
    return ttk.Button(
        parent, text=text, command=action.run, bootstyle=BUTTON_STYLES.get(action.style, action.style), **icon
    )


def bind_actions(widget: Misc, actions: Iterable[Action]) -> None:
    """The keys of the actions work in ``widget`` (a window: everywhere in it)."""
    for action in actions:
        if action.key:
            bind_key(widget, action.key, action.run)


def fill_menu(menu: ttk.Menu, actions: Sequence[Action]) -> None:
    """Add entries with mnemonic and key; what is not available is grey whenever the menu opens."""
    places: list[tuple[int, Action]] = []
    group = actions[0].group if actions else ""
    for action, letter in zip(actions, mnemonics(actions), strict=True):
        if action.group != group:
            group = action.group
            menu.add_separator()
        label = f"{action.label}({letter})" if letter else action.label
        menu.add_command(
            label=label,
            underline=len(label) - 2 if letter else -1,
            accelerator=action.key_label,
            command=action.run,
        )
        places.append((int(menu.index("end")), action))

    def refresh() -> None:
        for place, action in places:
            menu.entryconfigure(place, state="normal" if action.available() else "disabled")

    menu.configure(postcommand=refresh)


def mnemonics(actions: Sequence[Action]) -> list[str]:
    """A letter or digit for each action: the one it asks for, else the next free one."""
    wanted = {action.mnemonic.upper() for action in actions if action.mnemonic}
    free = iter([sign for sign in "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if sign not in wanted])
    return [action.mnemonic.upper() or next(free, "") for action in actions]


def context_menu(widget: Misc, actions: Sequence[Action]) -> Callable[[Event], Any]:
    """A function that opens the actions as a menu at the pointer; bind it or hand it to a VirtualTable."""

    def open_menu(event: Event) -> None:
        menu = ttk.Menu(widget, tearoff=False)
        fill_menu(menu, actions)
        menu.bind("<Unmap>", lambda unmapped: widget.after_idle(menu.destroy))
        menu.tk_popup(event.x_root, event.y_root)

    return open_menu


def menu_bar(window: ttk.Window, menus: Sequence[tuple[str, str, Sequence[Action]]]) -> ttk.Menu:
    """The menu bar of (title, mnemonic letter, actions); a menu without actions is shown grey."""
    bar = ttk.Menu(window, tearoff=False)
    for title, letter, actions in menus:
        menu = ttk.Menu(bar, tearoff=False)
        fill_menu(menu, actions)
        label = f"{title}({letter})" if letter else title
        bar.add_cascade(
            label=label,
            underline=len(label) - 2 if letter else -1,
            menu=menu,
            state="normal" if actions else "disabled",
        )
    window.configure(menu=bar)
    return bar
