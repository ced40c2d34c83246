"""Every public method, with every kind of record, for operators who may see nothing, a part, or no numbers."""

import re
from collections.abc import Callable, Iterable

import pytest

from crm_desktop.controllers.rights import ANYONE
from crm_desktop.errors import PermissionDenied
from tests.permissions.probing import GRANT, HIDDEN, INNER, SECRET, Misuse, Probe, Refused

Enter = Callable[[str], Probe]

pytestmark = pytest.mark.timeout(300)


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def found(answers: Iterable[tuple[str, str]], is_secret: Callable[[str], bool]) -> dict[str, str]:
    """Method → the first text that should not have been there."""
    leaks: dict[str, str] = {}
    for method, text in answers:
        if is_secret(text):
            leaks.setdefault(method, text[:200])
    return leaks


def test_the_probe_finds_what_an_administrator_may_see(probe: Enter) -> None:
    """Otherwise it would find nothing with anybody. What to call a new method with stands in probing.py."""
    answers = list(probe("admin").answers())
    meant = {method for method, text in answers if not isinstance(text, Misuse)}
    assert {method: text for method, text in answers if method not in meant} == {}
    numbers = found(answers, lambda text: INNER in digits(text))
    secrets = found(answers, lambda text: SECRET in text and not isinstance(text, Refused))
    for area in ("customers", "contacts"):
        assert {f"{area}.get", f"{area}.rows", f"{area}.search"} <= numbers.keys() & secrets.keys()
    assert {"audit.history", "calls.find", "calls.overview", "exchange.export", "reports.envelopes", "reports.paper",
            "reports.run", "operators.get", "interactions.get"} <= numbers.keys()  # fmt: skip
    assert {"timeline.page", "timeline.rows", "attachments.list", "complaints.get", "sales.search"} <= secrets.keys()


def test_no_method_shows_a_number_without_the_right(probe: Enter) -> None:
    assert found(probe("masked").answers(), lambda text: INNER in digits(text)) == {}


@pytest.mark.parametrize("name", ["none", "granted", "left"])
def test_no_method_shows_anything_without_a_right(probe: Enter, name: str) -> None:
    assert found(probe(name).answers(), lambda text: SECRET in text or HIDDEN in digits(text)) == {}


@pytest.mark.parametrize("name", ["own", "department"])
def test_no_method_shows_what_belongs_to_others(probe: Enter, name: str) -> None:
    assert found(probe(name).answers(), lambda text: SECRET in text or HIDDEN in digits(text)) == {}


@pytest.mark.parametrize("name", ["none", "granted", "left"])
def test_every_right_that_is_missing_is_asked_for(probe: Enter, name: str) -> None:
    """The guard comes before the arguments are looked at."""
    for title, controller, method in probe(name).methods():
        work = getattr(controller, method)
        area, verb = work.required_right
        is_granted = name == "granted" and (area or getattr(controller, "area", ""), verb) == GRANT
        if is_granted or (verb == ANYONE and name != "left"):
            continue
        with pytest.raises(PermissionDenied):
            work()
            pytest.fail(title)


def test_one_right_more_is_just_that(probe: Enter) -> None:
    office = probe("granted").office
    assert office.may(*GRANT)
    assert office.products.search().total > 0
    for work in (
        office.customers.search,
        office.roles.search,
        lambda: office.products.create({"name": "x", "code": "x"}),
    ):
        with pytest.raises(PermissionDenied):
            work()
