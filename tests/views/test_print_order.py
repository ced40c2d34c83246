"""However an order is cut by pauses, the same sheets come out in the same order, and a stop loses none."""

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.views.print_preview import PrintOrder

ORDERS = st.builds(
    lambda first, pages, copies, pause: PrintOrder("HP", first, first + pages - 1, copies, pause),
    st.integers(1, 40), st.integers(1, 30), st.integers(1, 6), st.integers(0, 40),
)  # fmt: skip


def sheets_of(first, last, copies):
    return list(range(first, last + 1)) * copies


@given(ORDERS)
def test_pauses_change_neither_sheets_nor_their_order(order):
    fills = [[page for piece in fill for page in sheets_of(*piece)] for fill in order.fills()]
    assert [page for fill in fills for page in fill] == sheets_of(order.first, order.last, order.copies)
    assert all(len(fill) <= order.pause for fill in fills) or len(fills) == 1


@given(ORDERS, st.data())
def test_what_is_left_after_a_stop_completes_the_order(order, data):
    wanted = sheets_of(order.first, order.last, order.copies)
    sent = data.draw(st.integers(0, order.sheets))
    rest, copies = order.after(sent), order.copies_after(sent)
    left = sheets_of(rest.first, rest.last, rest.copies) if rest else []
    assert wanted[:sent] + left + sheets_of(order.first, order.last, copies) == wanted
    assert set(wanted[:sent]) == (set(range(order.pages_after(sent)[0], order.pages_after(sent)[1] + 1)) if sent else set())
