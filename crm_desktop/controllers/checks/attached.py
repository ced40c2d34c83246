"""Attachments: their content is what was once added."""

import hashlib
from collections.abc import Iterator

from crm_desktop.controllers.checks.findings import RESTORE, SHOWN, Example, Finding, Reading
from crm_desktop.models import ENTITIES

FILES = "SELECT id, entity, record, name, size, sha256 FROM attachments"
CONTENT = "SELECT content FROM attachments WHERE id = ?"


def contents(reading: Reading) -> Iterator[Finding]:
    """Files whose content is not what was added."""
    bad = []
    for row in reading.db.query(FILES):
        reading.pulse()
        content = reading.db.value(CONTENT, (row["id"],))
        if len(content) != row["size"] or hashlib.sha256(content).hexdigest() != row["sha256"]:
            bad.append(row)
    if bad:
        examples = tuple(_example(row["entity"], row["record"], row["name"]) for row in bad[:SHOWN])
        yield Finding("attachments", "附件的内容与添加时不一致。", len(bad), False, RESTORE, examples)


def _example(entity: str, record: int, name: str) -> Example:
    label = ENTITIES[entity].label if entity in ENTITIES else ""
    return Example(f"{label}的附件：{name}", entity, record)
