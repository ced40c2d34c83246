"""Tells a window whether another window on this machine has the same database open, and who sits there."""

import json
import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from crm_desktop.system.machine import computer_name, os_user

WINDOWS = 32
"""Nobody opens this many windows of one database; the count only has to end somewhere."""
RECORD = 1024
"""Bytes of what a window says about itself; they lie behind the locked bytes, which Windows lets nobody read."""
LONGEST = 40
"""Characters of each name, so that a record never outgrows its place."""
_FLAGS = os.O_RDWR | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Holder:
    """Who has a database open; ``operator`` is empty until somebody has signed in, ``since`` is UTC time."""

    computer: str = ""
    user: str = ""
    operator: str = ""
    since: str = ""


class Look(NamedTuple):
    """The other windows of a database, and whether one of them ended without closing it."""

    others: tuple[Holder, ...] = ()
    was_cut_off: bool = False


class WindowRegister(ABC):
    """Held while a window has a database open; it only informs, two windows are allowed.

    Each window locks the first free byte of a file beside the database, so it is seen from every account of the
    machine and vanishes with the process however that ends. What it says about itself stays behind then, and tells
    the next one that the last end was none. Where no file can be made, nobody is seen.
    """

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".lock")
        self._database = database
        self._file = self._slot = -1
        self._since = ""

    def __enter__(self) -> "WindowRegister":
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, since: str = "") -> None:
        """Be seen from now on, and clear away what windows that died have left."""
        try:
            self._file = os.open(self.path, _FLAGS | os.O_CREAT, 0o666)
        except OSError:
            return
        with suppress(OSError):  # somebody else's: it may be written by whoever may write the office
            self.path.chmod(stat.S_IMODE(self._database.stat().st_mode) & 0o666)
        self._since = since
        for slot in range(WINDOWS):
            if self._lock(self._file, slot):
                _write(self._file, slot, b"")
                if self._slot < 0:
                    self._slot = slot
                else:
                    self._unlock(self._file, slot)
        self.sign("")

    def sign(self, operator: str) -> None:
        """Say who works at this window."""
        if self._slot >= 0:
            names = (name[:LONGEST] for name in (computer_name(), os_user(), operator, self._since))
            _write(self._file, self._slot, json.dumps(asdict(Holder(*names)), ensure_ascii=False).encode("utf-8"))

    def close(self) -> None:
        if self._slot >= 0:
            _write(self._file, self._slot, b"")
            self._unlock(self._file, self._slot)
            self._slot = -1
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def has_others(self) -> bool:
        """Whether another window has the database open at this moment."""
        return self._file >= 0 and bool(self.look().others)

    def look(self) -> Look:
        """Who else has the database open; also for a window that has not opened it, which changes nothing."""
        if self._file >= 0:
            return self._look(self._file)
        try:
            file = os.open(self.path, _FLAGS)
        except OSError:
            return Look()
        try:
            return self._look(file)
        finally:
            os.close(file)

    def _look(self, file: int) -> Look:
        others, remains = [], False
        for slot, record in _records(file):
            if slot == self._slot:
                continue
            if self._lock(file, slot):
                self._unlock(file, slot)
                remains = True
            else:
                others.append(_holder(record))
        return Look(tuple(others), remains)

    @abstractmethod
    def _lock(self, file: int, byte: int) -> bool:
        """Take one byte of the file without waiting; False when another window has it."""

    @abstractmethod
    def _unlock(self, file: int, byte: int) -> None: ...


def _records(file: int) -> Iterator[tuple[int, bytes]]:
    """What stands in the places where something stands."""
    for slot in range(WINDOWS):
        os.lseek(file, (slot + 1) * RECORD, os.SEEK_SET)
        record = os.read(file, RECORD).strip(b"\0 ")
        if record:
            yield slot, record


def _write(file: int, slot: int, record: bytes) -> None:
    """One write of the whole place, so that nobody reads half of it; a full disk leaves it as it was."""
    with suppress(OSError):
        os.lseek(file, (slot + 1) * RECORD, os.SEEK_SET)
        os.write(file, record.ljust(RECORD))


def _holder(record: bytes) -> Holder:
    """What another window wrote; anyone may have written there, so nothing is believed but short texts."""
    try:
        values = json.loads(record.decode("utf-8"))
    except ValueError:
        values = None
    if not isinstance(values, dict):
        return Holder()
    texts = {field.name: values.get(field.name, "") for field in fields(Holder)}
    return Holder(**{name: text[:LONGEST] if isinstance(text, str) else "" for name, text in texts.items()})
