"""Operations inside operations: one line in the log, and an inner failure that the outer survives."""

import threading

import pytest

from crm_desktop.controllers import Office
from crm_desktop.errors import ValidationError
from crm_desktop.events import RecordsChanged

Heard = list[tuple[str, set[int] | None]]


def counts(office: Office) -> tuple[int, int]:
    return office.db.value("SELECT count(*) FROM operations"), office.db.value("SELECT count(*) FROM audit")


def test_an_inner_operation_is_part_of_the_outer(office: Office) -> None:
    operations, rows = counts(office)
    with office.context.operation("import", "导入") as outer, office.context.operation("create", "新增") as inner:
        office.customers.create({"name": "宏达"})
    assert outer == inner
    assert counts(office) == (operations + 1, rows + 1)
    assert office.audit.operations()[0]["sentence"] == "导入"


def test_an_inner_failure_leaves_the_outer_operation_whole(office: Office, heard: Heard) -> None:
    operations, rows = counts(office)
    with office.context.operation("import", "导入"):
        first = office.customers.create({"name": "甲"})
        with pytest.raises(ValidationError):
            office.customers.create({"name": "乙"}, lines={"contacts": [{"name": "王"}, {"name": ""}]})
        last = office.customers.create({"name": "丙"})
    assert [row["name"] for row in office.customers.rows([first, last])] == ["甲", "丙"]
    assert counts(office) == (operations + 1, rows + 2)
    assert heard == [("customers", {first, last})]
    assert office.customers.get(last)["code"] == "n0431002"


def test_after_a_failure_the_next_operation_is_a_new_one(office: Office) -> None:
    operations, _ = counts(office)
    with pytest.raises(ZeroDivisionError), office.context.operation("a", ""):
        raise ZeroDivisionError
    with office.context.operation("b", "") as operation:
        pass
    assert counts(office)[0] == operations + 1
    assert office.audit.operations()[0]["id"] == operation


def test_threads_have_operations_of_their_own(office: Office) -> None:
    ids: list[int] = []

    def work() -> None:
        with office.context.operation("b", "") as operation:
            ids.append(operation)

    with office.context.operation("a", "") as mine:
        thread = threading.Thread(target=work)
        thread.start()
    thread.join()
    assert len({mine, *ids}) == 2


def test_an_operation_inside_a_bare_transaction_goes_with_it(office: Office, heard: Heard) -> None:
    before = counts(office)
    with pytest.raises(ZeroDivisionError), office.db.atomic():
        office.customers.create({"name": "宏达"})
        raise ZeroDivisionError
    assert (counts(office), heard) == (before, [])
    with office.db.atomic():
        office.customers.create({"name": "宏达"})
        assert heard == []
    assert len(heard) == 1


def test_a_change_without_records_tells_nobody(office: Office, heard: Heard) -> None:
    with office.context.operation("a", ""):
        office.context.changed("customers", [])
    assert heard == []


def test_what_is_told_carries_its_operation(office: Office) -> None:
    events: list[RecordsChanged] = []
    office.bus.subscribe(RecordsChanged, events.append)
    customer = office.customers.create({"name": "宏达"})
    assert events == [RecordsChanged("customers", frozenset({customer}), office.audit.operations()[0]["id"])]
