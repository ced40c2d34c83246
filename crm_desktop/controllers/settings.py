"""The office's options and each operator's own preferences."""

import json
from typing import Any

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.db.connection import Connections
from crm_desktop.errors import ValidationError
from crm_desktop.events import SettingsChanged
from crm_desktop.models.query import Values
from crm_desktop.settings import OPTIONS

OFFICE = 0
READ = "SELECT value FROM settings WHERE operator = ? AND key = ?"
WRITE = """INSERT INTO settings (operator, key, value) VALUES (?, ?, ?)
 ON CONFLICT (operator, key) DO UPDATE SET value = excluded.value"""


def read_option(database: Connections, key: str) -> Any:
    """An office-wide option's value, or its default."""
    stored = database.value(READ, (OFFICE, f"option.{key}"))
    return OPTIONS[key].default if stored is None else json.loads(stored)


def read_preference(database: Connections, operator: int | None, key: str) -> Any:
    """What this operator chose, or None."""
    stored = database.value(READ, (operator, key))
    return None if stored is None else json.loads(stored)


class Settings(Controller):
    """Options of the office and preferences of the operator."""

    area = "settings"

    @requires(ANYONE)
    def option(self, key: str) -> Any:
        return read_option(self._db, key)

    @requires("update")
    def set_option(self, key: str, value: Any) -> None:
        self.set_options({key: value})

    @requires("update")
    def set_options(self, values: Values) -> None:
        """Set several in one operation, or none; ValidationError.fields has those that cannot be."""
        problems = {key: OPTIONS[key].problem(value) for key, value in values.items()}
        errors = {key: sentence for key, sentence in problems.items() if sentence}
        if errors:
            raise ValidationError(errors)
        old = {key: read_option(self._db, key) for key in values}
        changed = {key: value for key, value in values.items() if value != old[key]}
        if not changed:
            return
        labels = "、".join(OPTIONS[key].label for key in changed)
        with self._context.operation("settings", f"修改设置：{labels}") as operation:
            for key, value in changed.items():
                self._db.execute(WRITE, (OFFICE, f"option.{key}", json.dumps(value)))
            before = {key: old[key] for key in changed}
            self._context.audit_change(operation, "settings", OFFICE, before, changed)
            self._db.after_commit(lambda: self._tell(changed))

    def _tell(self, changed: Values) -> None:
        for key in changed:
            self._context.bus.publish(SettingsChanged(key))

    @requires(ANYONE)
    def preference(self, key: str, default: Any = None) -> Any:
        """What this operator chose: column layouts, remembered import columns, last values."""
        stored = self._db.value(READ, (self._context.operator.id, key))
        return default if stored is None else json.loads(stored)

    @requires(ANYONE)
    def set_preference(self, key: str, value: Any) -> None:
        with self._db.atomic():
            self._db.execute(WRITE, (self._context.operator.id, key, json.dumps(value, ensure_ascii=False)))
