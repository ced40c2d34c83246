"""Drafts: what an operator was typing when the program ended, kept until it is saved or given up.

They are nobody else's business and no part of the office's records: no line in the log, no export, no other reader.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.models.moments import local_text

MINE = "SELECT * FROM drafts WHERE operator = ? ORDER BY at, id"
INSERT = """INSERT INTO drafts (operator, screen, entity, record, version, at, content) VALUES (?, ?, ?, ?, ?, ?, ?)
 RETURNING id"""
UPDATE = "UPDATE drafts SET at = ?, content = ? WHERE id = ? AND operator = ? RETURNING id"
DISCARD = "DELETE FROM drafts WHERE id = ? AND operator = ?"


@dataclass(frozen=True)
class Draft:
    """What somebody typed; ``content`` is as the form wrote it."""

    id: int
    screen: str
    """Which kind of form it was typed into."""
    entity: str
    record: int | None
    """None for a new record."""
    version: int | None
    """The record's version that was on screen."""
    at: str
    """When it was last written down, local."""
    content: dict[str, Any]


class Drafts(Controller):
    """Everybody's own."""

    area = "settings"

    @requires(ANYONE)
    def save(
        self,
        screen: str,
        entity: str,
        record: int | None,
        version: int | None,
        content: Mapping[str, Any],
        id: int | None = None,
    ) -> int:
        """Write down what is being typed, in the place of draft ``id`` if there is one; returns the draft's id."""
        me, now = self._context.operator.id, self._context.clock.timestamp()
        written = json.dumps(content, ensure_ascii=False)
        with self._db.atomic():
            kept = self._db.value(UPDATE, (now, written, id, me)) if id is not None else None
            if kept is None:
                kept = self._db.value(INSERT, (me, screen, entity, record, version, now, written))
        return int(kept)

    @requires(ANYONE)
    def mine(self) -> list[Draft]:
        """What this operator has not saved, the oldest first."""
        return [
            Draft(
                row["id"], row["screen"], row["entity"], row["record"], row["version"],
                local_text(row["at"]), json.loads(row["content"]),
            )
            for row in self._db.query(MINE, (self._context.operator.id,))
        ]  # fmt: skip

    @requires(ANYONE)
    def discard(self, id: int) -> None:
        """Forget a draft of one's own; one that is gone already is no error."""
        with self._db.atomic():
            self._db.execute(DISCARD, (id, self._context.operator.id))
