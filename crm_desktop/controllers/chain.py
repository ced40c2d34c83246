"""The log as a chain: each operation's digest is bound to all before it, so a change or a hole shows.

An operation is sealed as the last step of its own transaction. Purging clears what an operation says and keeps its
digest, so the chain can still be followed across it.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from crm_desktop.db.connection import Connections

OPERATION = "SELECT id, at, operator, computer, kind, sentence FROM operations WHERE id = ?"
AUDIT = "SELECT entity, record, kind, old, new FROM audit WHERE operation = ? ORDER BY id"
BEFORE = "SELECT chain FROM operations WHERE id < ? ORDER BY id DESC LIMIT 1"
SEAL = "UPDATE operations SET digest = ?, chain = ? WHERE id = ?"
LINKS = "SELECT id, digest, chain, purged_in FROM operations ORDER BY id"
LAST_GIVEN = "SELECT seq FROM sqlite_sequence WHERE name = 'operations'"
ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Made once: ``json.dumps`` makes a new encoder for each of the thousands of lines of an import."""


@dataclass(frozen=True)
class Break:
    """A place where the log is not what was written."""

    operation: int
    problem: str


def seal(database: Connections, operation: int) -> None:
    """Bind a finished operation to the ones before it, inside its own transaction."""
    digest = digest_of(database, operation)
    database.execute(SEAL, (digest, link(database.value(BEFORE, (operation,)) or "", digest), operation))


def digest_of(database: Connections, operation: int) -> str:
    """SHA-256 over what an operation says and every change it made, in hex."""
    row = database.one(OPERATION, (operation,))
    assert row is not None
    said = hashlib.sha256(_canonical(tuple(row)))
    for change in database.execute(AUDIT, (operation,)):
        said.update(_canonical(tuple(change)))
    return said.hexdigest()


def link(before: str, digest: str) -> str:
    return hashlib.sha256(f"{before}{digest}".encode()).hexdigest()


def breaks(database: Connections, on_operation: Callable[[], object] = lambda: None) -> Iterator[Break]:
    """Follow the chain from its beginning; nothing comes when the log is whole.

    What was written before logs were chained (an empty chain at the start) cannot be verified and is passed over.
    ``on_operation`` is called for each operation looked at.
    """
    before, last, is_chained = "", 0, False
    for row in database.execute(LINKS):
        on_operation()
        operation = row["id"]
        if not row["chain"] and not is_chained:
            last = operation
            continue
        if operation != last + 1:
            yield Break(operation, f"前面缺少 {operation - last - 1} 条操作")
        elif row["chain"] != link(before, row["digest"]):
            yield Break(operation, "与前一条不衔接")
        if row["purged_in"] is None and row["digest"] != digest_of(database, operation):
            yield Break(operation, "内容被改动过")
        before, last, is_chained = row["chain"], operation, True
    given = database.value(LAST_GIVEN) or 0
    if given > last:
        yield Break(last + 1, f"末尾缺少 {given - last} 条操作")


def _canonical(values: tuple[Any, ...]) -> bytes:
    return ENCODED(values).encode() + b"\n"
