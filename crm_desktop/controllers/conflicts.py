"""Two windows saved one record: tells the second who changed what meanwhile."""

import json

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.masking import told
from crm_desktop.errors import Conflict
from crm_desktop.models import Entity
from crm_desktop.models.query import Values

CHANGES_SINCE = """SELECT kind, new FROM audit
 WHERE entity = ? AND record = ? AND kind <> 'create' ORDER BY id DESC LIMIT ?"""
"""Every new version of a record leaves one row, whatever made it."""


def conflict(context: Context, entity: Entity, theirs: Values, version: int, ours: Values) -> Conflict:
    """``changes`` has each field that was written since ``version``: (what is stored, what we wanted or None)."""
    newer = max(theirs["version"] - version, 1)
    rows = context.db.query(CHANGES_SINCE, (entity.key, theirs["id"], newer))
    touched = {name for row in rows if row["kind"] == "update" for name in json.loads(row["new"])}
    changes = {
        name: (told(context, field, theirs[name]), told(context, field, ours[name]) if name in ours else None)
        for name, field in entity.writable.items()
        if name in touched
    }
    by = theirs.get("updated_by_text") or "另一个窗口"
    labels = "、".join(entity[name].label for name in changes) or "内容"
    sentence = f"{by}刚刚修改了这条记录的{labels}，您的修改还没有保存。可以重新载入，或覆盖对方的修改。"
    return Conflict(sentence, changes, by, theirs["updated_at"])
