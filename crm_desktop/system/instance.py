"""Tells a window whether another window on this machine has the same database open."""

import os
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType


class WindowRegister(ABC):
    """Held while a window has a database open; it only informs, two windows are allowed.

    The mark is a lock on an empty file beside the database, so it is seen from every account of the
    machine and vanishes with the process however that ends. Where no file can be made, nobody is seen.
    """

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".lock")
        self._file = -1

    def __enter__(self) -> "WindowRegister":
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        try:
            self._file = os.open(self.path, os.O_RDONLY | os.O_CREAT, 0o666)
        except OSError:
            return
        self._join(self._file)

    def close(self) -> None:
        if self._file >= 0:
            self._leave(self._file)
            os.close(self._file)
            self._file = -1

    def has_others(self) -> bool:
        """Whether another window has the database open at this moment."""
        return self._file >= 0 and self._sees_others(self._file)

    @abstractmethod
    def _join(self, file: int) -> None: ...

    @abstractmethod
    def _leave(self, file: int) -> None: ...

    @abstractmethod
    def _sees_others(self, file: int) -> bool: ...
