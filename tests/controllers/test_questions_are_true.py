"""Every question finds what a reader of its words would find, going through all records with a pencil."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office
from crm_desktop.controllers.context import Context, Operator
from crm_desktop.db import Database
from crm_desktop.db.backup import copy_database
from crm_desktop.errors import PermissionDenied
from crm_desktop.events import EventBus
from crm_desktop.models import ENTITIES, RECORDS
from crm_desktop.models.question import Question
from tests.controllers.oracle import Oracle
from tests.controllers.questions import Asker

DAY = "2026-11-22"
KEYS = [each.key for each in RECORDS]
ODD = ("100%纯棉（北京）", "a_b", "AXB", "o'Neil Ｃｏ．", "back\\slash", "[方]括号*?", "^-]", "ＡＢＣ公司", "abc公司", "宏达 ４Ｓ 店", "Émile é", "🙂")
"""Names and notes that no sample has."""
SELLER, BLIND = "wanght", "chenjing"


class Asked:
    """A copy of the sample office with odd texts in it, and those who ask there."""

    def __init__(self, path: Path) -> None:
        self.db = Database.open(path)
        for number, text in enumerate(ODD):
            self.db.execute("UPDATE customers SET name = ?, remark = ? WHERE id = ?", (text, f"{text}\n  {text}", number * 7 + 1))
            self.db.execute("UPDATE contacts SET name = ?, hobby = ? WHERE id = ?", (text, text, number * 5 + 2))
            self.db.execute("UPDATE interactions SET subject = ?, content = ? WHERE id = ?", (text, text, number * 9 + 3))
        self.db.execute("DELETE FROM permissions WHERE area = 'phones' AND role = (SELECT role FROM operators WHERE name = ?)", (BLIND,))
        self.manager, self.seller, self.blind = (self._enter(name) for name in ("admin", SELLER, BLIND))
        self.oracle = Oracle(self.db, date.fromisoformat(DAY))
        self.asker = Asker(self.oracle, date.fromisoformat(DAY))

    def _enter(self, name: str) -> Office:
        row = self.db.query("SELECT id, full_name FROM operators WHERE name = ?", (name,))[0]
        return Office(Context(self.db, Operator(row["id"], name, row["full_name"], ""), EventBus(), FixedClock.at(DAY)))


@pytest.fixture(scope="module")
def asked(sample_of: Callable[[str], Office], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    path = tmp_path_factory.mktemp("asked") / "示例.db"
    copy_database(sample_of(DAY).db.path, path)
    made = Asked(path)
    yield made
    made.db.close_all()


def found(office: Office, question: Question) -> set[int]:
    return set(office.records[question.entity].ids(question.query()))


def names_a_number(question: Question) -> bool:
    """Whether somebody could find out a telephone number digit by digit."""
    return any(
        row.field in ENTITIES[part.of or question.entity].hidden_fields and row.verb not in ("empty", "filled")
        for part in question.parts
        for row in part.rows
    )


def check(asked: Asked, key: str, data: Any) -> None:
    question = data.draw(asked.asker.questions(key))
    assert question.problems(date.fromisoformat(DAY)) == {}
    assert asked.manager.queries.sentence(question)
    expected = asked.oracle.finds(question)
    assert found(asked.manager, question) == expected
    seller = asked.seller.operator.id
    assert found(asked.seller, question) == asked.oracle.finds(question, owner=seller)
    if names_a_number(question):
        with pytest.raises(PermissionDenied, match="不能查看电话号码"):
            found(asked.blind, question)
    else:
        assert found(asked.blind, question) == expected


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_question_finds_what_its_words_mean(asked: Asked, key: str, data: Any) -> None:
    check(asked, key, data)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=2000, derandomize=False, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_many_questions_find_what_their_words_mean(asked: Asked, key: str, data: Any) -> None:
    check(asked, key, data)
