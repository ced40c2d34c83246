"""Steps of 反馈 and 投诉: which are allowed, what they ask for, where they lead, and what is kept of them."""

from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office
from crm_desktop.controllers.flows import FlowController
from crm_desktop.errors import Conflict, IllegalTransition, NotFound, PermissionDenied, ValidationError
from crm_desktop.models import ENTITIES
from crm_desktop.models.workflow import REMARK

WAITING, HANDLING, TO_VISIT, HANDLED, FILED = "待处理", "处理中", "待回访", "已处理", "已归档"
VALUES: dict[str, dict[str, Any]] = {
    "assign": {"handler": "admin"},
    "hand_over": {"handler": "admin", REMARK: "他熟悉这台机床"},
    "finish": {"result": "换了轴承"},
    "visit": {"satisfaction": "满意"},
    "reopen": {REMARK: "又坏了"},
}
"""What each step needs at least."""
WAY = {
    "complaints": {WAITING: (), HANDLING: ("assign",), TO_VISIT: ("assign", "finish"), FILED: ("assign", "finish", "visit")},
    "feedback": {WAITING: (), HANDLED: ("finish",), FILED: ("finish", "visit")},
}
"""The steps that lead to each state."""
ALLOWED = {
    ("complaints", WAITING): {"assign": HANDLING},
    ("complaints", HANDLING): {"hand_over": HANDLING, "finish": TO_VISIT},
    ("complaints", TO_VISIT): {"visit": FILED, "reopen": HANDLING},
    ("complaints", FILED): {"reopen": HANDLING},
    ("feedback", WAITING): {"assign": WAITING, "finish": HANDLED},
    ("feedback", HANDLED): {"visit": FILED, "reopen": WAITING},
    ("feedback", FILED): {"reopen": WAITING},
}
TABLE = [(key, state, step.key) for key, state in ALLOWED for step in ENTITIES[key].workflow.steps]  # type: ignore[union-attr]


def flow(office: Office, key: str) -> FlowController:
    controller = office.records[key]
    assert isinstance(controller, FlowController)
    return controller


@pytest.fixture
def customer(office: Office) -> int:
    return office.customers.create({"name": "宏达"})


@pytest.fixture
def take(office: Office) -> Callable[..., str]:
    """``take("complaints", record, "finish", result="好了")``: a step with what it needs at least."""

    def advance(key: str, record: int, step: str, **values: Any) -> str:
        controller = flow(office, key)
        return controller.advance(record, step, {**VALUES.get(step, {}), **values}, controller.get(record)["version"])

    return advance


@pytest.fixture
def begin(office: Office, customer: int, take: Callable[..., str]) -> Callable[..., int]:
    """``begin("complaints", "待回访")``: a record that has come so far."""

    def create(key: str, state: str = WAITING, **values: Any) -> int:
        record = office.records[key].create({"customer": customer, **values})
        for step in WAY[key][state]:
            take(key, record, step)
        assert office.records[key].get(record)["status"] == state
        return record

    return create


# What may follow what


@pytest.mark.parametrize(("key", "state", "step"), TABLE)
def test_each_step_is_taken_where_it_is_allowed_and_refused_elsewhere(
    office: Office, begin: Callable[..., int], take: Callable[..., str], key: str, state: str, step: str
) -> None:
    record = begin(key, state)
    before = office.records[key].get(record)
    assert [each.key for each in flow(office, key).steps(record)] == [*ALLOWED[key, state]]
    if step in ALLOWED[key, state]:
        assert take(key, record, step) == ALLOWED[key, state][step] == office.records[key].get(record)["status"]
        return
    with pytest.raises(IllegalTransition) as refused:
        take(key, record, step)
    names = "、".join(each.label for each in flow(office, key).steps(record))
    assert str(refused.value).endswith(f"可以：{names}。") and office.records[key].get(record) == before


@pytest.mark.parametrize("key", WAY)
def test_the_state_is_not_typed_over(office: Office, begin: Callable[..., int], key: str) -> None:
    record = begin(key)
    with pytest.raises(ValidationError) as refused:
        office.records[key].update(record, {"status": FILED}, version=1)
    assert "办理" in refused.value.fields["status"]
    assert office.records[key].check({"status": FILED}, record).keys() == {"status"}


@pytest.mark.parametrize("key", WAY)
@pytest.mark.parametrize(
    ("name", "value"),
    [("satisfaction", "满意"), ("is_unreachable", True), ("visited_at", "2026-11-22 10:00"), ("visited_by", "admin")],
)
def test_what_a_visit_finds_is_filled_in_there_and_may_be_corrected_at_the_end(
    office: Office, begin: Callable[..., int], key: str, name: str, value: Any
) -> None:
    controller, record = office.records[key], begin(key)
    with pytest.raises(ValidationError, match="在“回访”这一步填写，现在是“待处理”。"):
        controller.update(record, {name: value}, version=1)
    filed = begin(key, FILED)
    controller.update(filed, {name: value}, controller.get(filed)["version"])
    assert flow(office, key).guarded(WAITING).keys() >= {"status", name}
    assert flow(office, key).guarded(FILED).keys() == {"status"}


def test_an_old_record_is_entered_complete(office: Office, customer: int) -> None:
    old = {"customer": customer, "date": "2024-03-01", "result": "已换货", "satisfaction": "满意"}
    assert office.complaints.get(office.complaints.create(old))["status"] == FILED
    assert office.feedback.get(office.feedback.create(old))["status"] == FILED
    assert office.complaints.get(office.complaints.create({"customer": customer}))["status"] == WAITING
    unreachable = office.complaints.create({"customer": customer, "is_unreachable": "是"})
    assert office.complaints.get(unreachable)["status"] == FILED


def test_an_old_record_stands_where_it_was_left(office: Office, customer: int) -> None:
    """What was dealt with is not overdue because nobody wrote down its state; what is said counts."""
    handled = {"customer": customer, "date": "2024-03-01", "handled_at": "2024-03-02 9:00"}
    for area, expected in ((office.complaints, TO_VISIT), (office.feedback, HANDLED)):
        assert area.get(area.create(handled))["status"] == expected
        assert area.get(area.create({**handled, "status": WAITING}))["status"] == WAITING


@pytest.mark.parametrize("nothing", ["", None, "　"])
def test_an_empty_state_is_as_if_it_were_not_there(office: Office, customer: int, nothing: str | None) -> None:
    for area in (office.complaints, office.feedback):
        assert area.get(area.create({"customer": customer, "status": nothing}))["status"] == WAITING
        filed = area.create({"customer": customer, "satisfaction": "满意", "status": nothing})
        assert area.get(filed)["status"] == FILED
        with pytest.raises(ValidationError) as caught:
            area.update(filed, {"status": nothing}, version=1)
        assert caught.value.fields.keys() == {"status"}


# What a step asks for


@pytest.mark.parametrize(
    ("state", "step", "missing"),
    [
        (WAITING, "assign", ["handler"]), (HANDLING, "hand_over", ["handler", REMARK]), (HANDLING, "finish", ["result"]),
        (TO_VISIT, "visit", ["satisfaction"]), (TO_VISIT, "reopen", [REMARK]),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_each_field_and_nothing_happens(
    office: Office, begin: Callable[..., int], state: str, step: str, missing: list[str]
) -> None:
    record = begin("complaints", state)
    before = office.complaints.get(record)
    with pytest.raises(ValidationError) as refused:
        office.complaints.advance(record, step, {"handler": ""} if "handler" in missing else {}, before["version"])
    assert [*refused.value.fields] == missing and office.complaints.get(record) == before


def test_what_a_step_does_not_ask_for_is_refused(office: Office, begin: Callable[..., int]) -> None:
    record = begin("complaints")
    with pytest.raises(ValidationError) as refused:
        office.complaints.advance(record, "assign", {"handler": "admin", "result": "好", "colour": "红"}, 1)
    assert refused.value.fields == {"result": "“受理分派”不填处理结果。", "colour": "“受理分派”不填“colour”。"}


def test_what_is_likely_is_proposed(office: Office, begin: Callable[..., int], clock: FixedClock) -> None:
    record = begin("complaints", HANDLING)
    assert office.complaints.proposed(record, "finish")["handled_at"] == clock.local_minute()
    visited = begin("complaints", TO_VISIT)
    assert office.complaints.proposed(visited, "visit")["visited_by"] == 1
    with pytest.raises(IllegalTransition):
        office.complaints.proposed(record, "visit")


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"satisfaction": None, "is_unreachable": False}, {"satisfaction"}),
        ({"satisfaction": "满意", "is_unreachable": True}, {"satisfaction"}),
        ({"satisfaction": "不满意"}, {"visit_opinion"}),
        ({"satisfaction": "没有这种"}, {"satisfaction"}),
    ],
)
def test_a_visit_says_how_it_went(begin: Callable[..., int], take: Callable[..., str], values: dict[str, Any], fields: set[str]) -> None:
    record = begin("complaints", TO_VISIT)
    with pytest.raises(ValidationError) as refused:
        take("complaints", record, "visit", **values)
    assert refused.value.fields.keys() == fields


def test_who_cannot_be_reached_is_filed_without_a_grade(office: Office, begin: Callable[..., int], take: Callable[..., str]) -> None:
    record = begin("complaints", TO_VISIT)
    assert take("complaints", record, "visit", satisfaction=None, is_unreachable=True) == FILED
    found = office.complaints.get(record)
    assert (found["satisfaction"], found["is_unreachable"]) == (None, 1)
    assert office.complaints.course(record)[-1]["remark"] == "未能联系"


@pytest.mark.parametrize(("key", "visited", "back"), [("complaints", TO_VISIT, HANDLING), ("feedback", HANDLED, WAITING)])
def test_a_low_grade_goes_back_with_its_reason_and_the_next_visit_begins_anew(
    office: Office, begin: Callable[..., int], take: Callable[..., str], key: str, visited: str, back: str
) -> None:
    record = begin(key, visited)
    assert take(key, record, "visit", satisfaction="不满意", visit_opinion="还是响") == back
    found = office.records[key].get(record)
    assert (found["satisfaction_text"], found["visited_by"], found["visited_at"][:10]) == ("不满意", 1, "2026-11-22")
    take(key, record, "finish", result="换了主轴")
    proposed = flow(office, key).proposed(record, "visit")
    assert (proposed["satisfaction"], proposed["visit_opinion"]) == (None, "")
    assert take(key, record, "visit", satisfaction="一般") == FILED  # 3 is enough
    assert [row["remark"] for row in flow(office, key).course(record)][-3:] == ["不满意；还是响", "", "一般"]


def test_which_grade_is_enough_is_a_setting(office: Office, begin: Callable[..., int], take: Callable[..., str]) -> None:
    office.settings.set_option("revisit_score", 5)
    assert take("complaints", begin("complaints", TO_VISIT), "visit", satisfaction="满意", visit_opinion="慢") == HANDLING
    office.settings.set_option("revisit_score", 0)
    assert take("complaints", begin("complaints", TO_VISIT), "visit", satisfaction="非常不满意") == FILED


# What is kept


def test_the_course_tells_who_did_what_when_and_why(
    office: Office, begin: Callable[..., int], take: Callable[..., str], clock: FixedClock, hire: Callable[..., Office]
) -> None:
    record, wang = begin("complaints", HANDLING), hire("wang", "客服")
    version = office.complaints.get(record)["version"]
    wang.complaints.advance(record, "hand_over", {"handler": "wang", REMARK: "他休假"}, version)
    assert office.complaints.get(record)["handler_text"] == "wang先生"
    take("complaints", record, "finish")
    take("complaints", record, "reopen", **{REMARK: "试机又响"})
    told = [(row["label"], row["operator"], row["from_state"], row["to_state"], row["remark"]) for row in office.complaints.course(record)]
    assert told == [
        ("受理分派", "admin", WAITING, HANDLING, ""), ("转交", "wang先生", HANDLING, HANDLING, "他休假"),
        ("处理完成", "admin", HANDLING, TO_VISIT, ""), ("重新办理", "admin", TO_VISIT, HANDLING, "试机又响"),
    ]  # fmt: skip
    assert {row["at"] for row in office.complaints.course(record)} == {clock.timestamp()}


def test_a_step_is_one_operation_with_its_audit(office: Office, begin: Callable[..., int], take: Callable[..., str]) -> None:
    record = begin("complaints")
    take("complaints", record, "assign")
    assert office.audit.operations()[0]["sentence"] == "受理分派客户投诉：TS20261122-001"
    entry = office.audit.history("complaints", record)[-1]
    assert entry["changes"] == [("受理人", "", "admin"), ("状态", WAITING, HANDLING)]


def test_the_second_of_two_is_told(office: Office, begin: Callable[..., int], take: Callable[..., str]) -> None:
    record = begin("complaints", HANDLING)
    seen = office.complaints.get(record)["version"]
    office.complaints.update(record, {"department": "质检部"}, seen)
    with pytest.raises(Conflict, match="责任部门"):
        office.complaints.advance(record, "finish", VALUES["finish"], seen)
    assert office.complaints.get(record)["status"] == HANDLING and len(office.complaints.course(record)) == 1
    take("complaints", record, "finish")


def test_whose_state_has_moved_on_is_told_what_may_be_done(office: Office, begin: Callable[..., int], take: Callable[..., str]) -> None:
    record = begin("complaints", HANDLING)
    seen = office.complaints.get(record)["version"]
    take("complaints", record, "finish")
    with pytest.raises(IllegalTransition, match="可以：回访、重新办理。"):
        office.complaints.advance(record, "finish", VALUES["finish"], seen)


# Whose it is


def test_who_sees_only_their_own_reach_no_other_record(office: Office, begin: Callable[..., int], hire: Callable[..., Office]) -> None:
    record, li = begin("complaints"), hire("li", "业务员")
    assert li.complaints.search().total == 0
    for call in (li.complaints.steps, li.complaints.course):
        with pytest.raises(NotFound):
            call(record)
    with pytest.raises(NotFound):
        li.complaints.proposed(record, "assign")
    with pytest.raises(NotFound):
        li.complaints.advance(record, "assign", VALUES["assign"], 1)
    with pytest.raises(ValidationError, match="或不是您的客户"):
        li.complaints.create({"customer": office.complaints.get(record)["customer"]})


def test_who_may_only_read_takes_no_step(begin: Callable[..., int], hire: Callable[..., Office]) -> None:
    record, reader = begin("complaints"), hire("zhao", "只读")
    assert reader.complaints.steps(record) and reader.complaints.course(record) == []
    with pytest.raises(PermissionDenied):
        reader.complaints.advance(record, "assign", VALUES["assign"], 1)


def test_every_entity_with_a_flow_is_in_these_tests() -> None:
    assert {each.key for each in ENTITIES.values() if each.workflow} == WAY.keys()
