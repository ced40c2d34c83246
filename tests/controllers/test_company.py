"""本单位信息: one record that is changed and never made twice or deleted."""

from typing import Any

import pytest

from crm_desktop.controllers import Office
from crm_desktop.errors import Conflict, ValidationError


def test_the_profile_of_the_founding(office: Office) -> None:
    profile = office.company.profile()
    assert (profile["name"], profile["area_code"], profile["region_text"]) == ("长春宏达", "0431", "吉林省长春市朝阳区")


def test_a_change_reaches_the_screens_and_the_log(office: Office, heard: list[Any]) -> None:
    office.company.update(1, {"phone": "0431-85123456", "short_name": "HD"}, version=1)
    assert office.company.profile()["phone"] == "0431-85123456"
    assert heard == [("company", {1})]
    changes = office.audit.history("company", 1)[-1]["changes"]
    assert sorted(changes) == sorted([("简称", "宏达", "HD"), ("电话", "", "0431-85123456")])


def test_two_windows(office: Office) -> None:
    office.company.update(1, {"phone": "0431-85123456"}, version=1)
    with pytest.raises(Conflict):
        office.company.update(1, {"phone": "0431-85123457"}, version=1)


def test_bad_input(office: Office) -> None:
    with pytest.raises(ValidationError) as error:
        office.company.update(1, {"name": "", "email": "a@", "phone": "1"}, version=1)
    assert error.value.fields.keys() == {"name", "email", "phone"}


def test_there_is_no_second_one_and_no_end(office: Office) -> None:
    assert not {"create", "delete", "purge", "restore"} & set(dir(office.company))


def test_a_changed_area_code_counts_for_the_next_customer(office: Office) -> None:
    office.company.update(1, {"area_code": "010"}, version=1)
    assert office.customers.suggest_code({}).code == "n010001"
