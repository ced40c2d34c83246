"""Numbers, names and addresses made comparable, and what they say about two records."""

import pytest

from crm_desktop.models import likeness
from crm_desktop.models.likeness import LIKELY, CompanyTraits, PersonTraits, with_local


def company(core: str, place: str = "", city: str = "", **values: object) -> CompanyTraits:
    blank = {"key": core, "short": "", "sound": core, "numbers": frozenset(), "email": "", "address": "", "tax": ""}
    return CompanyTraits(core=core, place=place, city=city, **{**blank, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("043185123456", "043185123456", True),
        ("043185123456", "85123456", True),
        ("85123456", "043185123456", True),
        ("85123456", "85123456", True),
        ("043185123456", "02485123456", False),
        ("13904310001", "13904310001", True),
        ("13904310001", "13904310002", False),
    ],
)
def test_a_number_is_the_same_with_and_without_its_area_code(one: str, other: str, is_same: bool) -> None:
    assert likeness.share_number(with_local({one}), with_local({other})) == is_same


def test_numbers_that_look_alike_in_two_towns_meet_and_are_told_apart() -> None:
    one, other = (company(name, numbers=with_local({number})) for name, number in (("甲", "043185123456"), ("乙", "02485123456")))
    assert likeness.company_blocks(one) & likeness.company_blocks(other)
    assert likeness.companies(one, other).score == 0


@pytest.mark.parametrize("other", ["鸿达机械制造", "宏达机诫制造", "宏达机械造", "宏达机械制造业", "达宏机械制造", "宏达机械", "宏达机械制造厂"])
def test_a_mistyped_name_meets_the_right_one_wherever_the_mistake_is(other: str) -> None:
    assert likeness.company_blocks(company("宏达机械制造")) & likeness.company_blocks(company(other))


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("吉林省长春市朝阳区人民大街１号", "人民大街1号"),
        ("人民大街 1 号", "人民大街1号"),
        ("长春市朝阳区", ""),
        ("人民大街", ""),
        (None, ""),
    ],
)
def test_an_address_without_its_regions(address: str | None, plain: str) -> None:
    assert likeness.plain_address(address) == plain


@pytest.mark.parametrize(("region", "city"), [("220104", "2201"), ("220100", "2201"), ("220000", ""), ("X12", ""), (None, "")])
def test_the_city_of_a_region(region: str | None, city: str) -> None:
    assert likeness.city_of(region) == city


def test_the_same_name_in_two_cities_is_not_enough_by_itself() -> None:
    here, there = company("宏达机械制造", "长春", "2201"), company("宏达机械制造", "沈阳", "2101")
    assert likeness.companies(here, there).score < LIKELY
    assert likeness.companies(here, company("宏达机械制造", "长春")).score >= LIKELY


def test_two_tax_numbers_make_two_companies_and_one_makes_one() -> None:
    one, other = "91220101MA0Y1ABC1X", "91220101MA0Y1ABC2X"
    assert likeness.companies(company("宏达机械", tax=one), company("宏达机械", tax=other)).score < LIKELY
    assert likeness.companies(company("宏达", tax=one), company("远航", tax=one)).reasons == ("税号相同",)


def test_reasons_are_told_the_strongest_first() -> None:
    shared = {"numbers": with_local({"043185123456"}), "email": "a@example.com"}
    told = likeness.companies(company("宏达机械制造", **shared), company("宏达机械制造", **shared))
    assert told.reasons == ("名称相近", "邮箱相同", "电话相同")


@pytest.mark.parametrize(
    ("one", "other", "is_likely"),
    [
        ((None, "公历"), ("1980-02-29", "公历"), True),
        (("--02-29", "公历"), ("1980-02-29", "公历"), True),
        (("1980-02-29", "农历"), ("1980-04-13", "公历"), True),
        (("1981-01-01", "公历"), ("1980-02-29", "公历"), False),
    ],
)
def test_birthdays_tell_namesakes_apart(one: tuple[str | None, str], other: tuple[str, str], is_likely: bool) -> None:
    first, second = (person(1, likeness.plain_birthday(*each)) for each in (one, other))
    assert (likeness.persons(first, second).score >= LIKELY) == is_likely


def test_namesakes_of_two_customers_are_many() -> None:
    assert likeness.persons(person(1), person(2)).score < LIKELY


def person(customer: int, birthday: str = "") -> PersonTraits:
    return PersonTraits("李雷", "lilei", customer, frozenset(), frozenset(), "", frozenset(), birthday)


def test_reasons_are_told_in_short() -> None:
    assert likeness.told(("电话相同",)) == "电话相同"
    assert likeness.told(("名称相近", "邮箱相同", "电话相同", "地址相同")) == "名称相近，邮箱、电话、地址相同"
    assert likeness.told(("邮箱相同", "姓名相近", "微信或 QQ 相同")) == "邮箱、微信或 QQ 相同，姓名相近"
