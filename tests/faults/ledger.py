"""What an office must hold, worked out from a diary alone: what a clerk was about to do, and what was confirmed."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Entry = dict[str, Any]


@dataclass
class Held:
    """The part of an office that the work changes."""

    customers: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    """Name → (remark, "live" or "bin", how many contacts)."""
    complaints: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Content → (customer, state, "live" or "bin"); they go and return with their customer."""

    def apply(self, entry: Entry) -> None:
        """What one whole piece of work makes of it."""
        getattr(self, f"_{entry['do']}")(**{key: value for key, value in entry.items() if key != "do"})

    def named(self, place: str) -> list[str]:
        return sorted(name for name, (_, where, _) in self.customers.items() if where == place)

    def _create(self, names: list[str], remark: str, contacts: int) -> None:
        self.customers |= dict.fromkeys(names, (remark, "live", contacts))

    def _update(self, names: list[str], remark: str) -> None:
        for name in names:
            _, place, contacts = self.customers[name]
            self.customers[name] = (remark, place, contacts)

    def _move(self, names: list[str], place: str) -> None:
        for name in names:
            remark, _, contacts = self.customers[name]
            self.customers[name] = (remark, place, contacts)
        for content, (customer, state, _) in self.complaints.items():
            if customer in names:
                self.complaints[content] = (customer, state, place)

    def _purge(self, names: list[str]) -> None:
        self.customers = {name: held for name, held in self.customers.items() if name not in names}
        self.complaints = {text: held for text, held in self.complaints.items() if held[0] not in names}

    def _clean_up(self) -> None:
        self.complaints = {}

    def _complain(self, content: str, customer: str, state: str) -> None:
        self.complaints[content] = (customer, state, "live")


class Ledger:
    """The office as the diary tells it; ``pending`` is what was begun and not confirmed."""

    def __init__(self) -> None:
        self.held = Held()
        self.backups: dict[str, Held] = {}
        """Confirmed backups, and what the office held when each was begun."""
        self.pending: Entry | None = None
        self.confirmed = 0

    def begin(self, entry: Entry) -> None:
        self.pending = entry

    def confirm(self) -> None:
        assert self.pending is not None
        self.held = self.after(self.pending)
        if self.pending["do"] == "back_up":
            self.backups[self.pending["file"]] = deepcopy(self.held)
        self.pending = None
        self.confirmed += 1

    def drop(self) -> None:
        """It did not happen."""
        self.pending = None

    def after(self, entry: Entry) -> Held:
        """What the office holds once this is done."""
        if entry["do"] == "restore":
            return deepcopy(self.backups[entry["file"]])
        held = deepcopy(self.held)
        if entry["do"] not in ("open", "back_up", "migrate"):  # which leave the office as it is
            held.apply(entry)
        return held

    def read(self, line: Entry) -> None:
        match line["line"]:
            case "begin":
                self.begin(line["entry"])
            case "done":
                self.confirm()
            case "undone":
                self.drop()


class Diary:
    """A file that survives the process: each line is one write, in the system's hands before the next step."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Ledger:
        ledger = Ledger()
        if self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                ledger.read(json.loads(line))
        return ledger

    def write(self, line: str, entry: Entry | None = None) -> None:
        text = json.dumps({"line": line, "entry": entry}, ensure_ascii=False) + "\n"
        file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            os.write(file, text.encode("utf-8"))
        finally:
            os.close(file)

    @contextmanager
    def doing(self, ledger: Ledger, do: str, **details: Any) -> Iterator[None]:
        """Written before and after: only what returned without an error is confirmed."""
        entry = {"do": do, **details}
        self.write("begin", entry)
        ledger.begin(entry)
        yield
        self.write("done")
        ledger.confirm()
