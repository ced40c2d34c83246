"""The office's options and each operator's own preferences."""

import json
from typing import Any

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.db.connection import Connections
from crm_desktop.errors import ValidationError
from crm_desktop.events import SettingsChanged
from crm_desktop.settings import OPTIONS

OFFICE = 0
READ = "SELECT value FROM settings WHERE operator = ? AND key = ?"
WRITE = """INSERT INTO settings (operator, key, value) VALUES (?, ?, ?)
 ON CONFLICT (operator, key) DO UPDATE SET value = excluded.value"""


def read_option(database: Connections, key: str) -> Any:
    """An office-wide option's value, or its default."""
    stored = database.value(READ, (OFFICE, f"option.{key}"))
    return OPTIONS[key].default if stored is None else json.loads(stored)


class Settings(Controller):
    """Options of the office and preferences of the operator."""

    area = "settings"

    @requires(ANYONE)
    def option(self, key: str) -> Any:
        return read_option(self._db, key)

    @requires("update")
    def set_option(self, key: str, value: Any) -> None:
        option = OPTIONS[key]
        if option.choices and value not in option.choices:
            raise ValidationError({key: f"{option.label}应为：{'、'.join(option.choices)}。"})
        if not option.choices and (not isinstance(value, int) or isinstance(value, bool)):
            raise ValidationError({key: f"{option.label}应为整数。"})
        low, high = option.minimum, option.maximum
        if low is not None and value < low:
            raise ValidationError({key: f"{option.label}不能小于 {low}。"})
        if high is not None and value > high:
            raise ValidationError({key: f"{option.label}不能大于 {high}。"})
        old = read_option(self._db, key)
        if old == value:
            return
        with self._context.operation("settings", f"修改设置：{option.label}") as operation:
            self._db.execute(WRITE, (OFFICE, f"option.{key}", json.dumps(value)))
            self._context.audit_change(operation, "settings", 0, {key: old}, {key: value})
            self._db.after_commit(lambda: self._context.bus.publish(SettingsChanged(key)))

    @requires(ANYONE)
    def preference(self, key: str, default: Any = None) -> Any:
        """What this operator chose: column layouts, remembered import columns, last values."""
        stored = self._db.value(READ, (self._context.operator.id, key))
        return default if stored is None else json.loads(stored)

    @requires(ANYONE)
    def set_preference(self, key: str, value: Any) -> None:
        with self._db.atomic():
            self._db.execute(WRITE, (self._context.operator.id, key, json.dumps(value, ensure_ascii=False)))
