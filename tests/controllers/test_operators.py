"""操作员: nobody without a password, always an administrator, names once, passwords that can be changed."""

from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.controllers import Office, passwords
from crm_desktop.controllers.session import must_change_password
from crm_desktop.errors import InUse, NotFound, SignInError, ValidationError

PASSWORD = "hongda2026"
LAST = "最后一位管理员不能停用、删除或改换角色。"


def update(office: Office, operator: int, **values: Any) -> None:
    office.operators.update(operator, values, version=office.operators.get(operator)["version"])


@pytest.fixture
def li(office: Office) -> int:
    return office.operators.add({"name": "li", "full_name": "李四", "role": "客服"}, PASSWORD)


def test_a_new_operator_signs_in_and_must_change_the_password(office: Office, li: int, enter: Callable[..., Office]) -> None:
    found = office.operators.get(li)
    assert (found["name"], found["role_text"], found["is_active"]) == ("li", "客服", 1)
    theirs = enter("li")
    assert must_change_password(theirs)
    assert not must_change_password(office)
    theirs.operators.change_password(PASSWORD, "another one")
    assert not must_change_password(enter("li", "another one"))


@pytest.mark.parametrize(
    ("values", "password", "fields"),
    [
        ({"full_name": "李四", "role": "客服"}, PASSWORD, {"name"}),
        ({"name": "li", "role": "客服"}, PASSWORD, {"full_name"}),
        ({"name": "li", "full_name": "李四"}, PASSWORD, {"role"}),
        ({"name": "li", "full_name": "李四", "role": "老板"}, PASSWORD, {"role"}),
        ({"name": "ADMIN", "full_name": "李四", "role": "客服"}, PASSWORD, {"name"}),
        ({"name": "li", "full_name": "李四", "role": "客服"}, "12345", {"password"}),
        ({"name": "lisisi", "full_name": "李四", "role": "客服"}, "LiSiSi", {"password"}),
    ],
)
def test_bad_input(office: Office, values: dict[str, Any], password: str, fields: set[str]) -> None:
    with pytest.raises(ValidationError) as error:
        office.operators.add(values, password)
    assert error.value.fields.keys() == fields
    assert office.operators.search().total == 1
    assert office.db.value("SELECT count(*) FROM credentials") == 1


def test_nobody_exists_without_a_password(office: Office) -> None:
    assert not {"create", "purge"} & set(dir(office.operators))


def test_a_name_is_taken_once_in_any_case(office: Office, li: int) -> None:
    with pytest.raises(ValidationError, match="操作员“Admin”已被使用"):
        update(office, li, name="Admin")
    update(office, li, name="LI")
    assert office.operators.get(li)["name"] == "LI"


def test_the_name_of_a_deleted_operator_is_free_and_then_taken(office: Office, li: int) -> None:
    office.operators.delete([li])
    other = office.operators.add({"name": "Li", "full_name": "李五", "role": "客服"}, PASSWORD)
    with pytest.raises(InUse, match="“Li”已被别的记录使用，请先改名再恢复"):
        office.operators.restore([li])
    update(office, other, name="liwu")
    office.operators.restore([li])
    assert office.operators.get(li)["full_name"] == "李四"


def test_there_is_always_an_administrator(office: Office, li: int) -> None:
    for values in ({"is_active": 0}, {"role": "客服"}, {"role": "客服", "is_active": "否"}):
        with pytest.raises(ValidationError, match=LAST):
            update(office, 1, **values)
    with pytest.raises(InUse, match=LAST):
        office.operators.delete([1])
    second = office.operators.add({"name": "wang", "full_name": "王", "role": "管理员"}, PASSWORD)
    with pytest.raises(InUse, match=LAST):
        office.operators.delete([1, second])
    update(office, second, is_active="否")
    with pytest.raises(InUse, match=LAST):
        office.operators.delete([1])
    office.operators.delete([second])
    update(office, li, is_active="否")
    update(office, 1, full_name="王经理", role="管理员")


def test_who_left_cannot_sign_in(office: Office, li: int, enter: Callable[..., Office]) -> None:
    theirs = enter("li")
    update(office, li, is_active="否")
    with pytest.raises(SignInError):
        enter("li")
    with pytest.raises(Exception, match="已停用"):
        theirs.operators.change_password(PASSWORD, "another one")
    assert "李四" not in [each["full_name"] for each in office.operators.active()]
    update(office, li, is_active="是")
    office.operators.delete([li])
    with pytest.raises(SignInError):
        enter("li")


def test_everybody_changes_their_own_password(office: Office, li: int, enter: Callable[..., Office]) -> None:
    theirs = enter("li")
    for old, new, error, words in (
        ("wrong one", "another one", SignInError, "原密码不正确"),
        (PASSWORD, PASSWORD, ValidationError, "不能与原密码相同"),
        (PASSWORD, "123456", ValidationError, "太容易猜到"),
        (PASSWORD, "li", ValidationError, "至少 6 位"),
    ):
        with pytest.raises(error, match=words):
            theirs.operators.change_password(old, new)
    theirs.operators.change_password(PASSWORD, "another one")
    with pytest.raises(SignInError):
        enter("li", PASSWORD)
    assert office.audit.operations()[1]["sentence"] == "修改密码：李四"


def test_an_administrator_sets_a_password_anew_and_unlocks(office: Office, li: int, enter: Callable[..., Office]) -> None:
    for _ in range(5):
        with pytest.raises(SignInError):
            enter("li", "wrong one")
    office.operators.unlock(li)
    assert enter("li").operator.full_name == "李四"
    for _ in range(5):
        with pytest.raises(SignInError):
            enter("li", "wrong one")
    with pytest.raises(ValidationError, match="至少 6 位"):
        office.operators.reset_password(li, "1")
    office.operators.reset_password(li, "another one")
    assert must_change_password(enter("li", "another one"))
    assert "重设密码：李四" in [each["sentence"] for each in office.audit.operations()]


def test_no_hash_is_shown_or_logged(office: Office, li: int) -> None:
    office.operators.reset_password(li, "another one")
    everything = repr((office.operators.get(li), office.operators.search().rows, office.audit.operations(), office.audit.history("operators", li)))
    assert "argon2" not in everything
    assert office.db.value("SELECT count(*) FROM audit WHERE old LIKE '%argon2%' OR new LIKE '%argon2%'") == 0
    assert office.db.value("SELECT password_hash FROM credentials WHERE operator = ?", (li,)).startswith("$argon2id$")


def test_colleagues_to_choose_from(office: Office, li: int) -> None:
    assert office.operators.active() == [
        {"id": 1, "name": "admin", "full_name": "admin"},
        {"id": li, "name": "li", "full_name": "李四"},
    ]


def test_nobody_deletes_themselves(office: Office) -> None:
    office.operators.add({"name": "boss", "full_name": "老板", "role": "管理员"}, PASSWORD)
    with pytest.raises(InUse, match="不能删除您自己"):
        office.operators.delete([1])


def test_leaving_and_coming_back_are_told_once(office: Office, li: int) -> None:
    before = office.audit.operations()[0]["id"]
    for is_active in (False, False, True, True):
        office.operators.set_active(li, is_active)
    told = [each["sentence"] for each in office.audit.operations() if each["id"] > before]
    assert told == ["启用操作员：李四", "停用操作员：李四"]


def test_all_that_is_wrong_is_said_at_once(office: Office) -> None:
    with pytest.raises(ValidationError) as error:
        office.operators.add({"name": "ADMIN", "full_name": "李四", "role": "客服"}, "123456")
    assert error.value.fields.keys() == {"name", "password"}


def test_who_is_locked_out_until_when(office: Office, li: int, enter: Callable[..., Office]) -> None:
    assert office.operators.locked() == {}
    for _ in range(5):
        with pytest.raises(SignInError):
            enter("li", "wrong one")
    assert office.operators.locked().keys() == {li} and office.operators.locked()[li].startswith("2026-11-22 ")
    office.operators.unlock(li)
    assert office.operators.locked() == {}


def test_a_proposed_password_is_good_and_new_each_time(office: Office) -> None:
    made = {passwords.proposal() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        passwords.check_strength(password, "li")
        assert not set(password) & set("0o1li")


def test_what_does_not_exist(office: Office) -> None:
    for work in (
        lambda: office.operators.unlock(99),
        lambda: office.operators.reset_password(99, "another one"),
        lambda: office.operators.delete([99]),
        lambda: office.operators.restore([99]),
    ):
        with pytest.raises(NotFound):
            work()


def test_the_roles_of_an_office(office: Office) -> None:
    rows = office.roles.search().rows
    assert {row["name"] for row in office.roles.rows([row["id"] for row in rows], ["name", "data_scope"])} == {"管理员", "业务员", "客服", "只读"}
