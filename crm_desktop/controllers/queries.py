"""综合查询: questions that are kept under a name, for one operator or for all, and those asked last."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.controllers.base import Controller, EntityReader
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.controllers.settings import OFFICE, READ, WRITE
from crm_desktop.errors import FieldError, NotFound, PermissionDenied, ValidationError
from crm_desktop.models.question import Question, as_json, from_json, without_blank_rows
from crm_desktop.models.text import squeeze

MOST_RECENT = 10
LONGEST_NAME = 30
Stored = list[dict[str, Any]]


@dataclass(frozen=True)
class SavedQuestion:
    """``is_shared`` ones are everybody's to use; ``is_mine`` says who may change it."""

    name: str
    question: Question
    is_shared: bool
    is_mine: bool


class Queries(Controller):
    """Kept in the settings of the office (shared) and of the operator; who asks needs the right to look."""

    area = "settings"

    def __init__(self, context: Context, records: Mapping[str, EntityReader]) -> None:
        super().__init__(context)
        self._records = records

    @requires(ANYONE)
    def sentence(self, question: Question) -> str:
        """What is asked, in words; rows that are not filled in yet are passed over."""
        self._demand_all(question)
        return self._records[question.entity].sentence(without_blank_rows(question).query())

    @requires(ANYONE)
    def saved(self, entity: str) -> list[SavedQuestion]:
        """By name, one's own first; what another version kept and this one cannot ask is left out."""
        self.demand(entity, "view")
        found = [
            SavedQuestion(kept["name"], question, is_shared, not is_shared or self._may_change(kept))
            for is_shared in (False, True)
            for kept in self._kept(entity, is_shared)
            if (question := _readable(kept["question"])) is not None and self._may_ask(question)
        ]
        return sorted(found, key=lambda each: (each.is_shared, each.name))

    @requires(ANYONE)
    def save(self, name: str, question: Question, is_shared: bool = False, replaces: bool = False) -> None:
        """Keep a question under a name; one that is taken only with ``replaces``. ValidationError says why not."""
        self._demand_all(question)
        word = squeeze(name)
        if not word or len(word) > LONGEST_NAME:
            raise ValidationError({"name": f"请给查询起一个名字，最多 {LONGEST_NAME} 个字。"})
        problems = question.problems(self._context.clock.today())
        if problems:
            raise ValidationError({"question": next(iter(problems.values()))})

        def add(kept: Stored) -> Stored:
            taken = next((each for each in kept if each["name"] == word), None)
            if taken and not replaces:
                raise ValidationError({"name": f"已有查询“{word}”，请换一个名字，或替换它。"})
            if taken and is_shared:
                self._demand_change(taken)
            others = [each for each in kept if each is not taken]
            return [*others, {"name": word, "question": as_json(question), "by": self._context.operator.id}]

        self._change(question.entity, is_shared, add)

    @requires(ANYONE)
    def remove(self, entity: str, name: str, is_shared: bool = False) -> None:
        """Forget a question; a shared one only by whoever kept it, or with the right to change settings."""
        self.demand(entity, "view")

        def drop(kept: Stored) -> Stored:
            gone = next((each for each in kept if each["name"] == name), None)
            if gone is None:
                raise NotFound(f"没有保存过查询“{name}”，可能已被删除。")
            if is_shared:
                self._demand_change(gone)
            return [each for each in kept if each is not gone]

        self._change(entity, is_shared, drop)

    @requires(ANYONE)
    def recent(self, entity: str) -> list[Question]:
        """What this operator asked last, newest first."""
        self.demand(entity, "view")
        questions = (_readable(each["question"]) for each in self._read(self._context.operator.id, _recent(entity)))
        return [each for each in questions if each is not None and self._may_ask(each)]

    @requires(ANYONE)
    def remember(self, question: Question) -> None:
        """Put a question on top of the recent ones."""
        self._demand_all(question)
        asked = {"question": as_json(without_blank_rows(question))}
        with self._db.atomic():
            key, me = _recent(question.entity), self._context.operator.id
            others = [each for each in self._read(me, key) if each != asked]
            self._write(me, key, [asked, *others][:MOST_RECENT])

    # -- rights ----------------------------------------------------------------------------------------------------

    def _demand_all(self, question: Question) -> None:
        for entity in sorted(question.entities):
            self.demand(entity, "view")

    def _may_ask(self, question: Question) -> bool:
        return all(self._context.may(entity, "view") for entity in question.entities)

    def _may_change(self, kept: Mapping[str, Any]) -> bool:
        return kept["by"] == self._context.operator.id or self._context.may("settings", "update")

    def _demand_change(self, kept: Mapping[str, Any]) -> None:
        if not self._may_change(kept):
            raise PermissionDenied(f"“{kept['name']}”是别人为大家保存的查询，只有保存的人或管理员能改动。")

    # -- keeping ---------------------------------------------------------------------------------------------------

    def _kept(self, entity: str, is_shared: bool) -> Stored:
        return self._read(OFFICE if is_shared else self._context.operator.id, _saved(entity))

    def _change(self, entity: str, is_shared: bool, change: Callable[[Stored], Stored]) -> None:
        with self._db.atomic():
            kept = change(self._kept(entity, is_shared))
            self._write(OFFICE if is_shared else self._context.operator.id, _saved(entity), kept)

    def _read(self, operator: int | None, key: str) -> Stored:
        stored: Stored = json.loads(self._db.value(READ, (operator, key)) or "[]")
        return stored

    def _write(self, operator: int | None, key: str, kept: Stored) -> None:
        self._db.execute(WRITE, (operator, key, json.dumps(kept, ensure_ascii=False)))


def _saved(entity: str) -> str:
    return f"queries.{entity}"


def _recent(entity: str) -> str:
    return f"queries.recent.{entity}"


def _readable(text: str) -> Question | None:
    try:
        return from_json(text)
    except FieldError:
        return None
