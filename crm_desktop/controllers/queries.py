"""综合查询: questions that are kept under a name, for one operator or for all, and those asked last."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from crm_desktop.controllers import gone
from crm_desktop.controllers.base import Controller, EntityReader
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.kept import Shelf
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.controllers.settings import READ, WRITE
from crm_desktop.db import pinyin
from crm_desktop.db.conditions import field_of
from crm_desktop.errors import FieldError, ValidationError
from crm_desktop.models import ENTITIES, Condition, Query
from crm_desktop.models.question import Question, as_json, from_json, without_blank_rows

MOST_RECENT = 10


@dataclass(frozen=True)
class SavedQuestion:
    """``is_shared`` ones are everybody's to use; ``is_mine`` says who may change it.

    Without a ``question`` it speaks of what this program does not have, and ``problem`` says so.
    """

    name: str
    question: Question | None
    is_shared: bool
    is_mine: bool
    problem: str = ""


class Queries(Controller):
    """Kept in the settings of the office (shared) and of the operator; who asks needs the right to look."""

    area = "settings"

    def __init__(self, context: Context, records: Mapping[str, EntityReader]) -> None:
        super().__init__(context)
        self._records = records
        self._shelf = Shelf(context, "queries", "查询")

    @requires(ANYONE)
    def sentence(self, question: Question) -> str:
        """What is asked, in words; rows that are not filled in yet are passed over."""
        self._demand_all(question)
        return self._records[question.entity].sentence(without_blank_rows(question).query())

    @requires(ANYONE)
    def problems(self, question: Question) -> dict[tuple[int, int], str]:
        """Why it cannot be asked, by the numbers of part and row: what is missing or wrong, or no longer there."""
        self._demand_all(question)
        found = question.problems(self._context.clock.today())
        for number, part in enumerate(question.parts):
            entity = ENTITIES[part.of or question.entity]
            for place, row in enumerate(part.rows):
                sentence = gone.missing(self._db, self._finds, entity[row.field], row)
                if sentence:
                    found.setdefault((number, place), sentence)
        return dict(sorted(found.items()))

    def _finds(self, entity: str, value: int | str) -> bool:
        reader = self._records.get(entity)
        if reader is None or not self._context.may(entity, "view"):
            return True
        title = reader.entity.title
        if isinstance(value, int):
            return bool(reader.rows([value], [title]))
        return bool(reader.count(Query(conditions=(Condition(title, "=", value.strip()),)), cap=1).n)

    @requires(ANYONE)
    def word(self, entity: str, field: str, value: int) -> str:
        """How an item or a colleague that is offered no longer was called."""
        self.demand(entity, "view")
        return gone.word(self._db, field_of(ENTITIES[entity], field), value)

    @requires(ANYONE)
    def saved(self, entity: str) -> list[SavedQuestion]:
        """By name, one's own first; what cannot be asked any more has no question but its ``problem``."""
        self.demand(entity, "view")
        found = []
        for kept in self._shelf.all(entity):
            question, problem = self._read(kept.content)
            if question is None or self._may_ask(question):
                found.append(SavedQuestion(kept.name, question, kept.is_shared, kept.is_mine, problem))
        return found

    @requires(ANYONE)
    def save(self, name: str, question: Question, is_shared: bool = False, replaces: bool = False) -> None:
        """Keep a question under a name; one that is taken only with ``replaces``. ValidationError says why not."""
        self._demand_all(question)
        problems = self.problems(question)
        if problems:
            raise ValidationError({"question": next(iter(problems.values()))})
        self._shelf.put(question.entity, name, as_json(question), is_shared, replaces)

    @requires(ANYONE)
    def remove(self, entity: str, name: str, is_shared: bool = False) -> None:
        """Forget a question; a shared one only by whoever kept it, or with the right to change settings."""
        self.demand(entity, "view")
        self._shelf.remove(entity, name, is_shared)

    @requires(ANYONE)
    def recent(self, entity: str) -> list[Question]:
        """What this operator asked last, newest first."""
        self.demand(entity, "view")
        questions = (self._read(text)[0] for text in self._recent(entity))
        return [each for each in questions if each is not None and self._may_ask(each)]

    @requires(ANYONE)
    def remember(self, question: Question) -> None:
        """Put a question on top of the recent ones."""
        self._demand_all(question)
        asked, entity = as_json(without_blank_rows(question)), question.entity
        with self._db.atomic():
            others = [each for each in self._recent(entity) if each != asked]
            newest = json.dumps([asked, *others][:MOST_RECENT], ensure_ascii=False)
            self._db.execute(WRITE, (self._context.operator.id, f"queries.recent.{entity}", newest))

    @requires(ANYONE)
    def initials(self, words: str) -> str:
        """How the label of a field is found by its pinyin: khmc for 客户名称."""
        return pinyin.initials(words)

    def _recent(self, entity: str) -> list[str]:
        stored = self._db.value(READ, (self._context.operator.id, f"queries.recent.{entity}"))
        found: list[str] = json.loads(stored or "[]")
        return found

    def _demand_all(self, question: Question) -> None:
        for entity in sorted(question.entities):
            self.demand(entity, "view")

    def _may_ask(self, question: Question) -> bool:
        return all(self._context.may(entity, "view") for entity in question.entities)

    def _read(self, text: str) -> tuple[Question | None, str]:
        """A kept question, with what items were merged into; or why it is none any more."""
        try:
            return gone.followed(self._db, from_json(text)), ""
        except FieldError as error:
            return None, str(error)
