"""Hands and eyes outside the program: keys as the X server sends them, and the titles of the windows it shows."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PIL import ImageChops, ImageGrab
from Xlib import XK, X, display
from Xlib.ext import xtest

HELD = {"Control": "Control_L", "Alt": "Alt_L", "Shift": "Shift_L"}
PAUSE = 0.02
"""Between two keys, as a quick typist has it."""
LOOKS = 5
"""One after the other that see nothing happen."""
CARET = 4
"""Pixels across at most."""
FIRST_SPARE, LAST_SPARE = 200, 254
"""Keys that no keyboard has; characters of an input method are laid on them."""


class Keyboard:
    """The keyboard of one X server, and what can be seen on its screen."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._display = display.Display(name)
        self._spare: dict[str, int] = {}
        self.program = 0
        """The number of the process that has the keyboard."""

    def close(self) -> None:
        self._display.close()

    def learn(self, text: str) -> None:
        """Lay the characters that are on no key on spare ones; programs started later know them at once."""
        for character in sorted(set(text) - set(self._spare)):
            if not character.isascii():
                key = FIRST_SPARE + len(self._spare)
                assert key <= LAST_SPARE
                self._display.change_keyboard_mapping(key, [(0x1000000 + ord(character),) * 2])
                self._spare[character] = key
        self._display.sync()

    def type(self, text: str) -> None:
        for character in text:
            if character in self._spare:
                self._strike(self._spare[character])
            else:
                symbol = ord(character)
                key = self._display.keysym_to_keycode(symbol)
                shifted = self._display.keycode_to_keysym(key, 0) != symbol
                self._strike(key, *(["Shift_L"] if shifted else []))

    def press(self, *keys: str) -> None:
        """``press("F2", "Control+s")``."""
        for each in keys:
            *held, key = each.split("+")
            self._strike(self._code(key), *(HELD[name] for name in held))

    def _code(self, name: str) -> int:
        code: int = self._display.keysym_to_keycode(XK.string_to_keysym(name))
        assert code, name
        return code

    def _strike(self, key: int, *held: str) -> None:
        codes = [self._code(name) for name in held]
        for code in (*codes, key):
            xtest.fake_input(self._display, X.KeyPress, code)
        for code in (key, *reversed(codes)):
            xtest.fake_input(self._display, X.KeyRelease, code)
        self._display.sync()
        time.sleep(PAUSE)

    def titles(self) -> list[str]:
        """Of every window that is shown, the topmost last."""
        found = []
        for window in self._display.screen().root.query_tree().children:
            try:
                is_shown = window.get_attributes().map_state == X.IsViewable
                name = window.get_full_text_property(self._display.get_atom("_NET_WM_NAME"))
            except Exception as error:  # gone since the server named it
                if "BadWindow" not in type(error).__name__:
                    raise
                continue
            if is_shown and name:
                found.append(name)
        return found

    def wait_for(self, what: Callable[[], object], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < deadline, f"the windows shown: {self.titles()}"
            time.sleep(0.05)

    def settle(self) -> None:
        """Wait until the program waits, too: nothing moves on the screen but the caret, and no thread of it works."""
        self.wait_for(lambda: all(self._is_idle() and self._is_still() for _ in range(LOOKS)))

    def _is_still(self) -> bool:
        before = ImageGrab.grab(xdisplay=self._name)
        time.sleep(0.1)
        changed = ImageChops.difference(before, ImageGrab.grab(xdisplay=self._name)).getbbox()
        return changed is None or changed[2] - changed[0] <= CARET

    def _is_idle(self) -> bool:
        """On a busy machine the screen can be still for long, because the program does not get its turn."""
        states = []
        for thread in Path(f"/proc/{self.program}/task").iterdir():
            with suppress(OSError):  # ended since it was listed
                states.append((thread / "stat").read_text(encoding="utf-8").rpartition(") ")[2][0])
        return not {"R", "D"} & set(states)

    def photograph(self, path: Path) -> None:
        ImageGrab.grab(xdisplay=self._name).save(path)
