"""Province, city and county in columns of their own become one region and one full address."""

import pytest

from crm_desktop.controllers.exchange.places import full_address, region_text


@pytest.mark.parametrize(("parts", "region"), [
    (("吉林省", "长春市", "南关区"), "吉林省长春市南关区"),
    (("北京市", "北京市", "东城区"), "北京市东城区"),
    (("北京市", "市辖区", "东城区"), "北京市东城区"),
    (("吉林省", "吉林省长春市", "长春市南关区"), "吉林省长春市南关区"),
    (("吉林", "长春", ""), "吉林长春"),
    (("吉林省", "吉林", "船营区"), "吉林省吉林船营区"),
    (("上海市", "上海", "黄浦区"), "上海市黄浦区"),
    (("", "", ""), ""),
])
def test_what_is_said_twice_is_said_once(parts, region):
    assert region_text(*parts) == region


@pytest.mark.parametrize(("address", "full"), [
    ("人民大街1号", "吉林省长春市南关区人民大街1号"),
    ("南关区人民大街1号", "吉林省长春市南关区人民大街1号"),
    ("长春市人民大街1号", "吉林省长春市人民大街1号"),
    ("长春南关区人民大街1号", "吉林省长春南关区人民大街1号"),
    ("吉林省长春市南关区人民大街1号", "吉林省长春市南关区人民大街1号"),
    ("吉林长春人民大街1号", "吉林长春人民大街1号"),
    ("长春大街5号", "吉林省长春市南关区长春大街5号"),
    ("吉林路8号", "吉林省长春市南关区吉林路8号"),
    ("", ""),
])
def test_an_address_gets_only_what_it_lacks(address, full):
    assert full_address("吉林省", "长春市", "南关区", address) == full


def test_a_municipality_is_not_repeated():
    assert full_address("北京市", "北京市", "东城区", "王府井大街1号") == "北京市东城区王府井大街1号"
    assert full_address("北京市", "市辖区", "东城区", "北京东城区王府井大街1号") == "北京东城区王府井大街1号"
