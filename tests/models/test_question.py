"""What an operator asks as rows: the Query made of it, what is wrong with it, and how it is kept."""

import json
from datetime import date

import pytest

from crm_desktop.errors import FieldError
from crm_desktop.models import (
    CONTACTS,
    CUSTOMERS,
    ENTITIES,
    INTERACTIONS,
    RECORDS,
    All,
    Any,
    Condition,
    Not,
    Query,
    Related,
)
from crm_desktop.models.question import Part, Question, Row, as_json, from_json, sides, without_blank_rows
from crm_desktop.models.verbs import VERBS, verbs_of

TODAY = date(2026, 11, 22)
IMPORTANT, OF_JILIN = Row("level", "=", "重要"), Row("region", "within", "220000")


def of(*parts, **more):
    return Question("customers", parts=parts, **more)


@pytest.mark.parametrize(
    ("question", "query"),
    [
        (of(), Query()),
        (of(Part()), Query()),
        (of(text="宏达", order="-code"), Query("宏达", [], "-code")),
        (of(Part((IMPORTANT,))), Query(conditions=[Condition("level", "=", "重要")])),
        (of(Part((Row("name", "not_contains", "厂"),))), Query(conditions=[Not(Condition("name", "contains", "厂"))])),
        (of(Part((Row("email", "filled"),))), Query(conditions=[Condition("email", "empty", False)])),
        (
            of(Part((IMPORTANT, OF_JILIN), "any"), Part((Row("star", "empty"),), has=False), joined_by="any"),
            Query(
                conditions=[
                    Any(
                        (
                            Any((Condition("level", "=", "重要"), Condition("region", "within", "220000"))),
                            Not(Condition("star", "empty", None)),
                        )
                    )
                ]
            ),
        ),
        (
            of(Part((Row("date", "last_days", 90),), of="interactions", has=False)),
            Query(
                conditions=[
                    Related("interactions", Query(conditions=(Condition("date", "last_days", 90),)), exists=False)
                ]
            ),
        ),
        (of(Part(of="complaints")), Query(conditions=[Related("complaints", Query())])),
        (
            Question("contacts", parts=(Part((IMPORTANT, OF_JILIN), of="customers"), Part((Row("mobile", "filled"),)))),
            Query(
                conditions=[
                    All(
                        (
                            Related(
                                "customers",
                                Query(
                                    conditions=(
                                        All((Condition("level", "=", "重要"), Condition("region", "within", "220000"))),
                                    )
                                ),
                            ),
                            Condition("mobile", "empty", False),
                        )
                    )
                ]
            ),
        ),
    ],
)
def test_rows_become_conditions(question, query):
    made = question.query()
    assert (made.text, list(made.conditions), made.order) == (query.text, list(query.conditions), query.order)


@pytest.mark.parametrize("entity", RECORDS, ids=lambda each: each.key)
def test_every_field_can_be_asked_in_words_of_its_kind(entity):
    for field in entity.by_name.values():
        verbs = verbs_of(field)
        assert len(set(verbs.values())) == len(verbs)
        assert {VERBS[key].operator for key in verbs} <= set(field.operators)


def test_days_and_numbers_and_names_have_their_own_words():
    assert verbs_of(CUSTOMERS["employee_count"])[">"] == "大于"
    assert verbs_of(INTERACTIONS["date"])[">"] == "晚于"
    assert next(iter(verbs_of(INTERACTIONS["date"]))) == "between"
    assert verbs_of(CUSTOMERS["level"])["in"] == "是其中之一"
    assert "in" not in verbs_of(CUSTOMERS["name"])
    assert verbs_of(CONTACTS["is_primary"]) == {"=": "是"}


def test_the_other_sides_of_a_record():
    assert {"contacts", "interactions", "feedback", "complaints", "sales"} <= sides(CUSTOMERS).keys()
    assert {"customers", "interactions", "complaints"} <= sides(CONTACTS).keys()
    assert not {"operators", "roles", "company"} & sides(CUSTOMERS).keys()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (Row("name", "contains", "  "), "请填写要查找的内容"),
        (Row("employee_count", ">", "很多"), "应为"),
        (Row("created_at", "=", "2026-02-30"), "2 月"),
        (Row("created_at", "between", ("", None)), "至少一端"),
        (Row("created_at", "between", ("2026-13-01", "")), "月"),
        (Row("created_at", "between", ("2026-11-02", "2026-11-01")), "颠倒"),
        (Row("employee_count", "between", ("1,000", "50")), "颠倒"),
        (Row("created_at", "last_days", "三"), "整数"),
        (Row("created_at", "last_days", 10**9), "整数"),
        (Row("level", "in", []), "至少选一项"),
        (Row("level", "in", list(range(501))), "最多"),
    ],
)
def test_what_is_wrong_is_said_at_its_row(row, sentence):
    found = of(Part((IMPORTANT,)), Part((IMPORTANT, row))).problems(TODAY)
    assert found.keys() == {(1, 1)}
    assert sentence in found[1, 1]


@pytest.mark.parametrize(
    "row",
    [
        IMPORTANT,
        Row("name", "contains", "100%_'"),
        Row("employee_count", "between", ("", "50")),
        Row("created_at", "last_days", "30"),
        Row("star", "empty"),
    ],
)
def test_what_can_be_asked_has_no_problem(row):
    assert of(Part((row,))).problems(TODAY) == {}


def test_rows_that_were_begun_are_no_part_of_the_question():
    asked = of(Part((IMPORTANT, Row("name", "contains", ""))), Part((Row("level", "in", ()),)))
    assert without_blank_rows(asked).query().conditions == (Condition("level", "=", "重要"),)


def test_a_question_is_kept_whole():
    asked = of(
        Part((IMPORTANT, Row("employee_count", "between", (5, None))), "any"),
        Part(of="contacts", has=False),
        text="宏'达",
        order="-name",
    )
    kept = from_json(as_json(asked))
    assert kept == from_json(as_json(kept))
    assert kept.query().conditions[0].parts[0].parts[0] == Condition("level", "=", "重要")
    assert kept.problems(TODAY) == {}


@pytest.mark.parametrize(
    "change",
    [
        {"entity": "planets"},
        {"joined_by": "some"},
        {
            "parts": [
                {"rows": [{"field": "weight", "verb": "=", "value": 1}], "joined_by": "all", "of": "", "has": True}
            ]
        },
        {"parts": [{"rows": [], "joined_by": "all", "of": "roles", "has": True}]},
        {"parts": 5},
        {"text": None, "parts": [1]},
    ],
)
def test_what_this_program_does_not_have_is_refused(change):
    kept = json.loads(as_json(of(Part((IMPORTANT,)))))
    with pytest.raises(FieldError, match="别的版本"):
        from_json(json.dumps({**kept, **change}))


def test_everything_it_speaks_of_is_named():
    assert of(Part(of="complaints"), Part((IMPORTANT,))).entities == {"customers", "complaints"}
    assert ENTITIES.keys() > {"customers", "complaints"}
