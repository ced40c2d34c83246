"""新手引导 is ticked by what the office really has."""

import pytest

from crm_desktop.controllers.first_steps import CLOSED, STEPS


@pytest.fixture
def done(office):
    return lambda: {screen for screen, is_done in office.first_steps.done().items() if is_done}


def test_a_new_office_has_everything_before_it(office, done):
    assert [step.screen for step in STEPS] == ["company", "import", "envelopes", "backups", "operators"]
    assert done() == set()
    assert office.first_steps.is_wanted()


def test_each_step_is_ticked_by_doing_it(office, done, tmp_path):
    profile = office.company.profile()
    office.company.update(profile["id"], {"phone": "0431-85661234"}, profile["version"])
    assert done() == {"company"}
    office.customers.create({"name": "长春客车"})
    assert done() == {"company", "import"}
    office.reports.log_printed("信封校准页", 1, "HP")
    assert done() == {"company", "import", "envelopes"}
    office.backups.create(tmp_path)
    assert done() == {"company", "import", "envelopes", "backups"}
    role = next(row["id"] for row in office.roles.search(columns=["name"]).rows if row["name"] == "客服")
    office.operators.add({"name": "wang", "full_name": "王芳", "role": role}, "hongda2026")
    assert done() == {step.screen for step in STEPS}
    assert not office.first_steps.is_wanted()


def test_what_was_deleted_or_printed_otherwise_ticks_nothing(office, done):
    record = office.customers.create({"name": "长春客车"})
    office.customers.delete([record])
    office.reports.log_printed("客户信息列表", 3, "HP")
    assert done() == set()


def test_an_envelope_that_was_printed_counts_as_well(office, done):
    office.reports.log_printed("客户信封", 3, "HP")
    assert done() == {"envelopes"}


def test_who_closed_it_for_good_is_not_shown_it_again(office):
    office.settings.set_preference(CLOSED, True)
    assert not office.first_steps.is_wanted()
    office.settings.set_preference(CLOSED, False)
    assert office.first_steps.is_wanted()
