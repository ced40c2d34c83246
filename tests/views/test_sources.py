"""What tables read: chosen records keep the order they were given in, until a column is clicked."""

import pytest

from crm_desktop.views.sources import ChosenSource


@pytest.fixture
def chosen(desk):
    return ChosenSource(desk.office.customers, [2, 1], ["name"])


def test_the_order_given_is_kept(chosen):
    assert chosen.ids("") == [2, 1]
    assert [row["id"] for row in chosen.first_page("")] == [2, 1]


def test_a_column_orders_them_and_adds_none(chosen):
    ascending = list(chosen.ids("name"))
    assert sorted(ascending) == [1, 2] and list(chosen.ids("-name")) == ascending[::-1]
    assert chosen.first_page("-name") is None  # all ids are read for it, which is for a worker
