"""Flows as data: what may follow what, and that every declared flow leads somewhere."""

import pytest

from crm_desktop.errors import IllegalTransition
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.complaint import COMPLAINT_FLOW
from crm_desktop.models.fields import State
from crm_desktop.models.workflow import REMARK, Step, Workflow

FLOWS = [each for each in ENTITIES.values() if each.workflow]
EACH_FLOW = pytest.mark.parametrize("entity", FLOWS, ids=lambda each: each.key)


def flow_of(entity: Entity) -> Workflow:
    assert entity.workflow is not None
    return entity.workflow


@EACH_FLOW
def test_a_flow_speaks_of_states_and_fields_that_exist(entity: Entity) -> None:
    flow = flow_of(entity)
    state = entity["status"]
    assert isinstance(state, State) and state.options == flow.states and state.default == flow.first
    assert set(flow.due_states) <= set(flow.states)
    for step in flow.steps:
        assert {*step.sources, step.target} <= set(flow.states)
        assert step.falls_back_to in ("", *flow.states)
        assert set(step.required) <= set(step.fields)
        assert {*step.fields} - {REMARK} <= entity.writable.keys()


@EACH_FLOW
def test_every_state_is_reached_and_none_is_a_dead_end(entity: Entity) -> None:
    flow = flow_of(entity)
    assert {flow.first, *(step.target for step in flow.steps)} == set(flow.states)
    assert all(flow.steps_from(state) for state in flow.states)


@EACH_FLOW
def test_a_finished_record_is_only_opened_again_with_a_reason(entity: Entity) -> None:
    flow = flow_of(entity)
    assert [(step.key, REMARK in step.required) for step in flow.steps_from(flow.last)] == [("reopen", True)]


def test_a_refusal_says_what_may_be_done() -> None:
    with pytest.raises(IllegalTransition) as refused:
        COMPLAINT_FLOW.require("finish", "待回访")
    assert str(refused.value) == "“待回访”时不能“处理完成”，可以：回访、重新办理。"
    with pytest.raises(IllegalTransition) as unknown:
        COMPLAINT_FLOW.step("fly")
    assert str(unknown.value) == "没有“fly”这一步，可以：受理分派、转交、处理完成、回访、重新办理。"


def test_a_state_without_steps_is_told_so() -> None:
    flow = Workflow(states=("开", "关"), steps=(Step("close", "关上", ("开",), "关"),))
    with pytest.raises(IllegalTransition, match="可以：无。"):
        flow.require("close", "关")
