"""Designs of lists under a name: one's own, everybody's, and who may print."""

from collections.abc import Callable

import pytest

from crm_desktop.controllers import Office
from crm_desktop.controllers.settings import WRITE
from crm_desktop.errors import PermissionDenied, ValidationError
from crm_desktop.models.list_design import ListDesign

DESIGN = ListDesign((("name", 0.0), ("phone", 30.0)), "-code", ("level",), paper="A5", title="电话表")


def test_a_design_is_kept_whole(office: Office) -> None:
    office.list_designs.save("customers", "电话表", DESIGN)
    office.list_designs.save("customers", "大家的", DESIGN, is_shared=True)
    found = office.list_designs.saved("customers")
    assert [(each.name, each.is_shared, each.design) for each in found] == [("电话表", False, DESIGN), ("大家的", True, DESIGN)]
    assert office.list_designs.saved("contacts") == []
    office.list_designs.remove("customers", "电话表")
    assert [each.name for each in office.list_designs.saved("customers")] == ["大家的"]


def test_what_cannot_be_printed_is_not_kept(office: Office) -> None:
    with pytest.raises(ValidationError):
        office.list_designs.save("customers", "空", ListDesign(()))
    with pytest.raises(ValidationError, match="起一个名字"):
        office.list_designs.save("customers", " ", DESIGN)
    assert office.list_designs.saved("customers") == []


def test_what_another_version_kept_is_passed_over(office: Office) -> None:
    office.db.execute(WRITE, (office.operator.id, "lists.customers", '[{"name": "旧", "content": "{}", "by": 1}]'))
    assert office.list_designs.saved("customers") == []


def test_only_who_prints_may_keep(office: Office, enter: Callable[..., Office]) -> None:
    office.operators.add({"name": "zhao", "full_name": "小赵", "role": "只读"}, "hongda2026")
    zhao = enter("zhao", "hongda2026")
    for work in (
        lambda: zhao.list_designs.saved("customers"),
        lambda: zhao.list_designs.save("customers", "x", DESIGN),
        lambda: zhao.list_designs.remove("customers", "x"),
    ):
        with pytest.raises(PermissionDenied):
            work()
