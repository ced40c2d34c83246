"""The one rule for new passwords."""

import pytest

from crm_desktop.models.password_rule import problem


@pytest.mark.parametrize(("password", "sentence"), [
    ("", "至少 6 位"), ("abcde", "至少 6 位"), ("长城长城长", "至少 6 位"), ("123456", "太容易猜到"), ("QWERTY", "太容易猜到"),
    ("aaaaaaaa", "太容易猜到"), ("Wang Li", "与操作员名相同"), ("hongda", ""), ("长春宏达机械", ""), ("      a", ""),
])  # fmt: skip
def test_what_is_wrong_with_a_password(password, sentence):
    assert sentence in problem(password, " wang li ")
    assert bool(problem(password, "wang li")) == bool(sentence)
