"""Things kept under a name, for one operator or for all: questions, list designs. One JSON list a topic in settings."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.settings import OFFICE, READ, WRITE
from crm_desktop.errors import NotFound, PermissionDenied, ValidationError
from crm_desktop.models.text import squeeze

LONGEST_NAME = 30
Stored = list[dict[str, Any]]


@dataclass(frozen=True)
class Kept:
    """``is_shared`` is everybody's to use; ``is_mine`` says whether this operator may change it."""

    name: str
    content: str
    is_shared: bool
    is_mine: bool


class Shelf:
    """Where one kind of thing is kept; ``word`` is what it is called: 查询."""

    def __init__(self, context: Context, topic: str, word: str) -> None:
        self._context, self._topic, self._word = context, topic, word

    def all(self, subject: str) -> list[Kept]:
        """One's own first, by name."""
        found = [
            Kept(each["name"], each["content"], is_shared, not is_shared or self._may_change(each))
            for is_shared in (False, True)
            for each in self._stored(subject, is_shared)
        ]
        return sorted(found, key=lambda each: (each.is_shared, each.name))

    def put(self, subject: str, name: str, content: str, is_shared: bool, replaces: bool) -> None:
        """ValidationError for a name that is missing, too long, or taken when it is not to be replaced."""
        word = squeeze(name)
        if not word or len(word) > LONGEST_NAME:
            raise ValidationError({"name": f"请给{self._word}起一个名字，最多 {LONGEST_NAME} 个字。"})

        def add(stored: Stored) -> Stored:
            taken = next((each for each in stored if each["name"] == word), None)
            if taken and not replaces:
                raise ValidationError({"name": f"已有{self._word}“{word}”，请换一个名字，或替换它。"})
            if taken and is_shared:
                self._demand_change(taken)
            others = [each for each in stored if each is not taken]
            return [*others, {"name": word, "content": content, "by": self._context.operator.id}]

        self._change(subject, is_shared, add)

    def remove(self, subject: str, name: str, is_shared: bool) -> None:
        """NotFound, or PermissionDenied for what somebody else keeps for all."""

        def drop(stored: Stored) -> Stored:
            gone = next((each for each in stored if each["name"] == name), None)
            if gone is None:
                raise NotFound(f"没有保存过{self._word}“{name}”，可能已被删除。")
            if is_shared:
                self._demand_change(gone)
            return [each for each in stored if each is not gone]

        self._change(subject, is_shared, drop)

    def _may_change(self, stored: Mapping[str, Any]) -> bool:
        return stored["by"] == self._context.operator.id or self._context.may("settings", "update")

    def _demand_change(self, stored: Mapping[str, Any]) -> None:
        if not self._may_change(stored):
            sentence = f"“{stored['name']}”是别人为大家保存的{self._word}，只有保存的人或管理员能改动。"
            raise PermissionDenied(sentence)

    def _stored(self, subject: str, is_shared: bool) -> Stored:
        key = (OFFICE if is_shared else self._context.operator.id, f"{self._topic}.{subject}")
        stored: Stored = json.loads(self._context.db.value(READ, key) or "[]")
        return stored

    def _change(self, subject: str, is_shared: bool, change: Callable[[Stored], Stored]) -> None:
        operator, key = OFFICE if is_shared else self._context.operator.id, f"{self._topic}.{subject}"
        with self._context.db.atomic():
            changed = change(self._stored(subject, is_shared))
            self._context.db.execute(WRITE, (operator, key, json.dumps(changed, ensure_ascii=False)))
