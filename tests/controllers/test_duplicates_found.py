"""How many of the duplicates that were put in are found, how many of those found are some, and who sees which."""

from collections import Counter
from collections.abc import Callable
from itertools import combinations

import pytest

from crm_desktop.controllers import Office
from crm_desktop.controllers.finding_duplicates import Group, Pair, SearchCancelled, grouped
from crm_desktop.db import blocks
from crm_desktop.errors import DatabaseError, NotFound, PermissionDenied, ValidationError
from tests.controllers.labelled import ERRORS, Maker, enter, true_pairs

COMPANIES = 1200
RECALL, RECALL_OF_ONE, PRECISION = 0.97, 0.9, 0.88


def pairs_of(groups: list[Group]) -> set[tuple[int, int]]:
    return {pair for group in groups for pair in combinations(group.ids, 2)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_known_errors_are_found_and_look_alikes_are_few(office: Office, seed: int) -> None:
    """docs/duplicates.md has the figures; every third company has a copy, every eighth is a look-alike."""
    made = Maker(office, seed).make(COMPANIES)
    wanted = true_pairs(made, enter(office, made))
    found = pairs_of(office.duplicates.find("customers").groups)
    right, missed = found & wanted.keys(), Counter(wanted[pair] for pair in wanted.keys() - found)
    told = f"recall {len(right) / len(wanted):.3f}, precision {len(right) / len(found):.3f}, missed {missed}"
    assert len(right) / len(wanted) >= RECALL, told
    assert len(right) / len(found) >= PRECISION, told
    of_each = Counter(wanted.values())
    assert all(missed[error] <= (1 - RECALL_OF_ONE) * of_each[error] for error in ERRORS), told


def test_names_places_and_numbers_say_who_may_be_one(office: Office) -> None:
    made = [
        office.customers.create({"name": name, "region": region, "phone": phone})
        for name, region, phone in (
            ("长春市宏达机械制造有限公司", "220104", "0431-85123456"),
            ("宏达机械制造（长春）有限责任公司", "220104", ""),
            ("沈阳宏达机械制造有限公司", "210102", ""),
            ("长春市第一中学", "220104", ""),
            ("沈阳市第一中学", "210102", ""),
            ("吉林省远航物流有限公司", "220104", "85123456"),
        )
    ]
    found = office.duplicates.find("customers")
    assert found.looked_through == len(made)
    assert [(group.ids, group.reasons) for group in found.groups] == [((made[0], made[1]), ("名称相近",))]
    office.customers.delete([made[1]])
    assert [(group.ids, group.reasons) for group in office.duplicates.find("customers").groups] == [
        ((made[0], made[5]), ("电话相同",))
    ]


def test_people_are_alike_within_their_customer_or_by_their_own_number(office: Office) -> None:
    here, there = (office.customers.create({"name": name, "phone": "0431-85123456"}) for name in ("甲厂", "乙厂"))
    named = {
        key: office.contacts.create({"name": name, "customer": customer, **values})
        for key, name, customer, values in (
            ("first", "单小明", here, {"mobile": "13904310001", "office_phone": "0431-85123456"}),
            ("again", "单晓明", here, {"mobile": "139 0431 0001"}),
            ("colleague", "李雷", here, {"office_phone": "0431-85123456"}),
            ("namesake", "李雷", there, {}),
            ("moved", "王芳", here, {"wechat": "wf2020"}),
            ("there", "王芳", there, {"wechat": "WF2020"}),
        )
    }
    groups = office.duplicates.find("contacts").groups
    assert {group.ids: group.reasons for group in groups} == {
        (named["first"], named["again"]): ("电话相同", "姓名相近"),
        (named["moved"], named["there"]): ("微信或 QQ 相同", "姓名相近"),
    }


# Groups


def test_only_what_is_alike_in_pairs_stands_together() -> None:
    chain = [Pair(90, 1, 2, ("名称相近",)), Pair(60, 2, 3, ("电话相同",))]
    assert grouped(chain) == [Group((1, 2), 90, ("名称相近",))]
    assert grouped([*chain, Pair(55, 1, 3, ("邮箱相同",))]) == [Group((1, 2, 3), 90, ("名称相近", "电话相同", "邮箱相同"))]


def test_no_group_is_larger_than_a_window() -> None:
    five = [Pair(80, one, other, ("名称相近",)) for one, other in combinations(range(1, 6), 2)]
    assert [group.ids for group in grouped(five)] == [(1, 2, 3, 4)]


# Not the same


@pytest.fixture
def twins(office: Office) -> list[int]:
    return [office.customers.create({"name": "长春宏达机械制造有限公司", "phone": "0431-85123456"}) for _ in range(2)]


def test_what_is_none_stays_away_until_it_is_taken_back(office: Office, twins: list[int]) -> None:
    assert [group.ids for group in office.duplicates.find("customers").groups] == [tuple(twins)]
    office.duplicates.set_apart("customers", twins[::-1])
    assert office.duplicates.find("customers").groups == []
    assert office.duplicates.apart("customers") == [tuple(twins)]
    office.duplicates.forget_apart("customers", twins)
    assert office.duplicates.apart("customers") == []
    assert len(office.duplicates.find("customers").groups) == 1
    with pytest.raises(ValidationError, match="至少选择两条"):
        office.duplicates.set_apart("customers", twins[:1])


def test_a_mark_goes_with_its_customer_for_ever(office: Office, twins: list[int]) -> None:
    office.duplicates.set_apart("customers", twins)
    office.customers.delete([twins[1]])
    assert office.duplicates.apart("customers") == []
    office.customers.purge([twins[1]])
    assert office.db.query("SELECT * FROM not_duplicates") == []


# Who, and how long


def test_a_search_can_be_given_up_and_says_how_far_it_is(office: Office, twins: list[int]) -> None:
    steps: list[tuple[int, int, str]] = []
    office.duplicates.find("customers", lambda *step: steps.append(step))
    assert steps[0] == (2, 2, "正在读取…")
    assert steps[-1][1:] == (1, "正在比较…")
    with pytest.raises(SearchCancelled):
        office.duplicates.find("customers", cancelled=lambda: True)


@pytest.mark.parametrize("looks", [1, 5, 40, 120])
def test_wherever_it_is_given_up_that_is_what_is_said(office: Office, twins: list[int], looks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also within one statement of SQLite's, which takes a minute for a million."""
    monkeypatch.setattr(blocks, "INSTRUCTIONS", 1)
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) >= looks

    with pytest.raises(SearchCancelled):
        office.duplicates.find("customers", cancelled=cancelled)


def test_putting_words_in_pairs_is_broken_off_and_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "INSTRUCTIONS", 10)
    is_over: list[bool] = []
    with blocks.Blocks(lambda: bool(is_over)) as made:
        made.add([(number, (), ["a", str(number // 2)]) for number in range(10)])
        told: list[tuple[int, int]] = []
        assert made.pair(lambda *step: told.append(step)) == 45 and told == [(0, 20)]
        is_over.append(True)
        with pytest.raises(DatabaseError):
            made.pair()


def test_nobody_finds_whom_they_may_not_see(office: Office, twins: list[int], hire: Callable[..., Office]) -> None:
    li, reader = hire("li", "业务员"), hire("reader", "只读")
    office.customers.update(twins[0], {"owner": "li"}, version=1)
    assert li.duplicates.find("customers").groups == []
    with pytest.raises(NotFound):
        li.duplicates.set_apart("customers", twins)
    assert li.duplicates.sides("customers", twins).records[0]["id"] == twins[0]
    assert len(li.duplicates.sides("customers", twins).records) == 1
    assert len(reader.duplicates.find("customers").groups) == 1
    with pytest.raises(PermissionDenied):
        reader.duplicates.set_apart("customers", twins)
    with pytest.raises(NotFound, match="不能查重"):
        office.duplicates.find("sales")


def test_numbers_stay_hidden_beside_each_other(office: Office, twins: list[int], hire: Callable[..., Office]) -> None:
    service = hire("service", "客服")
    office.db.execute("DELETE FROM permissions WHERE area = 'phones'")
    assert len(service.duplicates.find("customers").groups) == 1
    told = service.duplicates.sides("customers", twins).records[0]
    assert "85123456" not in repr(told)
    assert "*" in told["phone"]
