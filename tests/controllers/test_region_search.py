"""区号邮编查询: whichever way a clerk asks, the place is found, and what is a guess is called one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.controllers import Office
from crm_desktop.models.regions import read_regions
from crm_desktop.paths import asset

CHANGCHUN, CHAOYANG = "220100", "220104"


def codes(office: Office, text: str) -> list[str]:
    return [row["code"] for row in office.regions.ask(text).rows]


# Words


@pytest.mark.parametrize(
    "text",
    ["长春朝阳", "吉林 朝阳", "吉林朝阳", "吉林省朝阳区", "长春市朝阳", "朝阳 长春", "长春　朝阳区", "ccchaoyang", "cc cy", "CC CY", "cccy",
     "changchun chaoyang", "changchunchaoyang", "changchunshi chaoyangqu", "jlcccy", "jlchaoyang", "长春 cy", "cc 朝阳", "吉林省 长春市 朝阳区", "长春 130012"],
)  # fmt: skip
def test_a_region_is_found_with_what_it_lies_in(office: Office, text: str) -> None:
    assert codes(office, text) == [CHAOYANG]


@pytest.mark.parametrize("text", ["吉林长春", "吉林 长春", "jlcc", "jilin changchun", "jl cc", "吉林省长春市"])
def test_a_city_comes_before_what_lies_in_it(office: Office, text: str) -> None:
    found = codes(office, text)
    assert found[0] == CHANGCHUN
    assert found[1:] == sorted(code for code in found if code != CHANGCHUN) and CHAOYANG in found


def test_the_name_itself_comes_first_then_the_level_then_the_code(office: Office) -> None:
    found = office.regions.ask("朝阳").rows
    assert [row["full_name"] for row in found[:4]] == [
        "辽宁省朝阳市", "北京市朝阳区", "辽宁省朝阳市朝阳县", "吉林省长春市朝阳区",
    ]  # fmt: skip
    assert codes(office, "海南")[:2] == ["460000", "150303"]  # 海南区 before 海南藏族自治州
    assert {row["full_name"] for row in found[4:]} >= {"辽宁省朝阳市双塔区"}
    assert [row["full_name"] for row in office.regions.ask("吉林").rows[:2]] == ["吉林省", "吉林省吉林市"]
    assert office.regions.ask("cc").rows[0]["full_name"] == "吉林省长春市"


def test_a_city_that_is_its_own_province_is_one_answer(office: Office) -> None:
    assert [code for code in codes(office, "北京市") if code in ("110000", "110100")] == ["110000"]
    office.regions.update("110100", {"postcode": "100099"})
    assert codes(office, "北京市")[:2] == ["110000", "110100"]


@pytest.mark.parametrize("text", ["", " ", "火星", "长春火星", "长春 火星", "cc zzzz", "%", "_", "'", "春长", "999999"])
def test_what_is_no_place(office: Office, text: str) -> None:
    assert (codes(office, text), office.regions.ask(text).note) == ([], "")


def test_each_answer_tells_its_province(office: Office) -> None:
    beside = office.regions.add(None, {"name": "海外"})
    below = office.regions.add(beside, {"name": "东京"})
    own = office.regions.add(CHANGCHUN, {"name": "B区", "postcode": "130102"})
    found = {row["code"]: row["province"] for text in ("长春", "东京", "长春b区") for row in office.regions.ask(text).rows}
    assert (found[CHAOYANG], found[CHANGCHUN], found[below], found[own]) == ("220000", "220000", beside, "220000")


ROWS = {row.code: row for row in read_regions(asset("regions.csv"))}


def names_down_to(code: str) -> list[str]:
    """What a region lies in, from the province down, and its own name."""
    row = ROWS[code]
    return [*(names_down_to(row.parent) if row.parent else ()), row.name]


@st.composite
def parts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A full name, and some parts of it in order."""
    name = draw(st.sampled_from([row.full_name for row in ROWS.values()]))
    cuts = draw(st.lists(st.integers(0, len(name)), min_size=2, max_size=8, unique=True).map(sorted))
    return name, [name[first:last] for first, last in zip(cuts[::2], cuts[1::2], strict=False)]


@st.composite
def beginnings(draw: st.DrawFn) -> tuple[str, str]:
    """A full name, and beginnings of its own name and of some names above, as one word."""
    code = draw(st.sampled_from(sorted(ROWS)))
    *above, own = names_down_to(code)
    kept = [name for name in above if draw(st.booleans())]
    return ROWS[code].full_name, "".join(name[: draw(st.integers(2, len(name)))] for name in (*kept, own))


widely = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def full_names(office: Office, text: str) -> set[str]:
    return {row["full_name"] for row in office.regions.ask(text, len(ROWS)).rows}


@widely
@given(asked=parts(), space=st.sampled_from((" ", "\u3000")), backwards=st.booleans())
def test_any_parts_of_a_full_name_find_the_region(
    office: Office, asked: tuple[str, list[str]], space: str, backwards: bool
) -> None:
    name, words = asked
    assert name in full_names(office, space.join(reversed(words) if backwards else words))


@widely
@given(asked=beginnings())
def test_names_cut_short_and_run_together_find_the_region(office: Office, asked: tuple[str, str]) -> None:
    name, text = asked
    assert name in full_names(office, text)


@widely
@given(asked=parts())
def test_characters_of_a_full_name_in_order_find_something(office: Office, asked: tuple[str, list[str]]) -> None:
    assert full_names(office, "".join(asked[1]))


@widely
@given(text=st.text(st.sampled_from("长春吉林市 　0123456789+-()转.cCxX%_'邮编:"), max_size=20))
def test_whatever_is_typed_is_answered(office: Office, text: str) -> None:
    answered = office.regions.ask(text)
    assert len({row["code"] for row in answered.rows}) == len(answered.rows) == min(answered.total, 500)


# Numbers


@pytest.mark.parametrize("text", ["431", "0431", "０４３１", "４３１", "0431-", "(0431)", "区号0431", "区号：0431", " 0431 ", "0431—"])
def test_an_area_code_however_it_is_typed(office: Office, text: str) -> None:
    answered = office.regions.ask(text)
    exact = [row for row in answered.rows if row["area_code"] == "0431"]
    assert answered.rows[0]["code"] == CHANGCHUN and len(exact) == 12
    assert answered.rows[: len(exact)] == exact and answered.note == ""


def test_short_and_long_area_codes(office: Office) -> None:
    assert codes(office, "10")[0] == codes(office, "010")[0] == "110000"
    assert codes(office, "852")[0] == codes(office, "00852")[0] == "810000"
    assert CHANGCHUN in codes(office, "043")


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("0431-85123456", "0431"), ("043185123456", "0431"), ("０４３１－８５１２３４５６", "0431"), ("(0431)85123456", "0431"),
        ("0431 8512 3456", "0431"), ("431-85123456", "0431"), ("+86 431 85123456", "0431"), ("0086-431-85123456", "0431"),
        ("0431—85123456", "0431"), ("0431-85123456转801", "0431"), ("0431-85123456-801", "0431"), ("0431-8512", "0431"), ("+86 431 8512", "0431"),
        ("04318", "0431"), ("电话：0431-85123456", "0431"), ("010-62345678", "010"), ("01062345678", "010"), ("10-62345678", "010"),
        ("+852 2345 6789", "00852"),
    ],
)  # fmt: skip
def test_the_area_code_of_a_telephone_number(office: Office, text: str, area: str) -> None:
    answered = office.regions.ask(text)
    assert {row["area_code"] for row in answered.rows} == {area}
    assert answered.note.startswith("号码 ") and answered.note.endswith(f"的区号是 {area}。")


@pytest.mark.parametrize("text", ["13843012345", "85123456", "400-123-4567", "8512 3456"])
def test_a_number_without_area_code_is_said_to_have_none(office: Office, text: str) -> None:
    assert office.regions.ask(text).note == "这个号码里没有区号，看不出是哪里的。"
    assert codes(office, text) == []


def test_an_area_code_that_is_none(office: Office) -> None:
    assert office.regions.ask("0999-85123456").rows
    office.db.execute("UPDATE regions SET area_code = '' WHERE area_code = '0999'")
    answered = office.regions.ask("0999-85123456")
    assert (answered.rows, answered.note) == ([], "区号 0999 不在表内。")


@pytest.mark.parametrize("text", ["130012", "１３００１２", "邮编130012", "邮政编码：130012", "1300 12", "13001"])
def test_a_postcode_of_the_table_is_no_guess(office: Office, text: str) -> None:
    answered = office.regions.ask(text)
    assert ([row["code"] for row in answered.rows], answered.note) == ([CHAOYANG], "")


def test_an_unknown_postcode_is_answered_with_a_guess_that_is_called_one(office: Office) -> None:
    answered = office.regions.ask("130099")
    assert answered.rows[0]["code"] == CHANGCHUN
    assert all(row["postcode"].startswith("1300") for row in answered.rows)
    assert answered.note == "邮编 130099 不在表内。下面是前四位相同（1300，同一市县邮局）的地方，请核对后再用。"


# What is out of use


def test_what_is_out_of_use_is_answered_only_when_nothing_else_is(office: Office) -> None:
    office.regions.set_active(CHAOYANG, False)
    assert CHAOYANG not in codes(office, "朝阳")
    answered = office.regions.ask("长春朝阳")
    assert [(row["code"], row["is_active"]) for row in answered.rows] == [(CHAOYANG, 0)]
    assert answered.note == "这里只有已停用的地方，新记录中不能再选。"
    assert office.regions.find("长春朝阳") == []
    assert codes(office, "130012") == [CHAOYANG]


def test_what_lies_in_a_region_out_of_use_is_still_found_by_its_name(office: Office) -> None:
    office.regions.set_active(CHANGCHUN, False)
    assert codes(office, "长春朝阳") == [CHAOYANG]
    assert CHANGCHUN not in codes(office, "长春")
