"""角色: what each may do, the system role that keeps everything, nobody hands out what they lack."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.controllers import Office
from crm_desktop.controllers.rights import DEFAULT_ROLES, EVERYTHING
from crm_desktop.errors import Conflict, InUse, NotFound, PermissionDenied, ValidationError


def role_id(office: Office, name: str) -> int:
    return next(row["id"] for row in office.roles.offered() if row["name"] == name)


def version(office: Office, role: int) -> int:
    return int(office.roles.get(role)["version"])


@pytest.fixture
def clerk(office: Office) -> int:
    """The role of 客服."""
    return role_id(office, "客服")


@pytest.fixture
def keeper(office: Office, hire: Callable[..., Office]) -> Office:
    """A clerk who keeps operators and roles, and may do little else."""
    made = office.roles.create({"name": "人事", "data_scope": "本部门"})
    rights = {(area, verb) for area in ("operators", "roles") for verb in ("view", "create", "update", "delete")}
    office.roles.set_rights(made, rights, version(office, made))
    return hire("zhang", "人事")


def test_a_new_role_may_do_nothing(office: Office) -> None:
    made = office.roles.create({"name": "实习生", "data_scope": "本人"})
    assert office.roles.rights(made) == frozenset()
    assert office.roles.get(made)["data_scope"] == "本人"
    assert office.audit.operations()[0]["sentence"] == "新增角色：实习生"


def test_a_copy_has_the_rights_and_the_scope(office: Office, hire: Callable[..., Office]) -> None:
    made = office.roles.copy(role_id(office, "业务员"), "见习业务员")
    assert office.roles.rights(made) == DEFAULT_ROLES["业务员"][1]
    assert office.roles.get(made)["data_scope"] == "本人"
    assert hire("li", "见习业务员").may("customers", "create")
    assert "权限同业务员" in office.audit.operations()[3]["sentence"] + office.audit.operations()[2]["sentence"]


def test_a_name_is_taken_once(office: Office, clerk: int) -> None:
    for work in (lambda: office.roles.create({"name": "客服"}), lambda: office.roles.copy(clerk, "业务员")):
        with pytest.raises(ValidationError, match="已被使用"):
            work()
    assert office.roles.search().total == 4


def test_rights_are_set_as_a_whole_and_told_in_words(
    office: Office, clerk: int, hire: Callable[..., Office], heard: list[Any]
) -> None:
    wang = hire("wang", "客服")
    heard.clear()
    wanted = (office.roles.rights(clerk) - {("customers", "print")}) | {("products", "delete")}
    office.roles.set_rights(clerk, wanted, version(office, clerk))
    assert office.roles.rights(clerk) == wanted
    assert wang.may("products", "delete") and not wang.may("customers", "print")  # at once
    assert heard == [("roles", {clerk})]
    assert office.audit.operations()[0]["sentence"] == "修改权限：客服，增加产品的删除；取消客户信息的打印"
    assert office.audit.history("roles", clerk)[-1]["changes"] == [("权限", "取消 客户信息的打印", "增加 产品的删除")]


def test_scope_and_rights_are_one_save(office: Office, clerk: int, log: Callable[[], list[Any]]) -> None:
    before = office.audit.operations()[0]["id"]
    office.roles.set_rights(clerk, {("customers", "view")}, version(office, clerk), "本部门")
    assert office.audit.operations()[0]["id"] == before + 1
    assert office.roles.get(clerk)["data_scope"] == "本部门"
    assert json.loads(log()[-1][3])["data_scope"] == "全部"
    assert "数据范围改为本部门" in office.audit.operations()[0]["sentence"]


def test_without_looking_nothing_can_be_done(office: Office, clerk: int) -> None:
    office.roles.set_rights(clerk, {("products", "update")}, version(office, clerk))
    assert office.roles.rights(clerk) == {("products", "update"), ("products", "view")}


def test_rights_that_stand_for_nothing(office: Office, clerk: int) -> None:
    before = office.roles.rights(clerk)
    for right in (("phones", "delete"), ("company", "print"), ("nothing", "view")):
        with pytest.raises(ValidationError, match="没有“"):
            office.roles.set_rights(clerk, {right}, version(office, clerk))
    assert office.roles.rights(clerk) == before


def test_saving_what_is_there_writes_nothing(office: Office, clerk: int) -> None:
    before = office.audit.operations()[0]["id"]
    office.roles.set_rights(clerk, office.roles.rights(clerk), version(office, clerk), "全部")
    assert office.audit.operations()[0]["id"] == before


def test_two_windows_on_one_role(office: Office, clerk: int) -> None:
    seen = version(office, clerk)
    office.roles.set_rights(clerk, {("customers", "view")}, seen)
    with pytest.raises(Conflict, match="admin刚刚修改了"):
        office.roles.set_rights(clerk, {("products", "view")}, seen)
    assert office.roles.rights(clerk) == {("customers", "view")}


def test_the_system_role_keeps_everything(office: Office) -> None:
    role = role_id(office, "管理员")
    for work in (
        lambda: office.roles.set_rights(role, {("customers", "view")}, version(office, role)),
        lambda: office.roles.set_rights(role, EVERYTHING, version(office, role), "本人"),
        lambda: office.roles.update(role, {"name": "老板"}, version(office, role)),
        lambda: office.roles.update(role, {"data_scope": "本人"}, version(office, role)),
        lambda: office.roles.update(role, {"is_system": 0}, version(office, role)),
        lambda: office.roles.delete([role]),
    ):
        with pytest.raises((PermissionDenied, ValidationError, InUse), match="是系统角色"):
            work()
    assert office.roles.rights(role) == EVERYTHING


def test_no_second_system_role(office: Office, clerk: int) -> None:
    with pytest.raises(ValidationError, match="系统角色只有一个"):
        office.roles.create({"name": "副管理员", "is_system": 1})
    with pytest.raises(ValidationError):
        office.roles.update(clerk, {"is_system": 1}, version(office, clerk))


def test_a_role_that_somebody_has_stays(office: Office, clerk: int, hire: Callable[..., Office]) -> None:
    wang = hire("wang", "客服").operator.id
    assert [each["full_name"] for each in office.roles.holders(clerk)] == ["wang先生"]
    with pytest.raises(InUse, match="还有操作员是“客服”：wang先生。请先给他们换一个角色"):
        office.roles.delete([clerk])
    office.operators.delete([wang])
    with pytest.raises(InUse, match="wang先生（已删除）"):
        office.roles.delete([clerk])
    unused = role_id(office, "只读")
    office.roles.delete([unused])
    assert "只读" not in {each["name"] for each in office.roles.offered()}
    office.roles.restore([unused])
    assert office.roles.rights(unused) == DEFAULT_ROLES["只读"][1]
    with pytest.raises(NotFound):
        office.roles.rights(99)


# Nobody hands out what they lack


def test_nobody_gives_a_role_what_they_lack(office: Office, keeper: Office) -> None:
    own = role_id(office, "人事")
    with pytest.raises(PermissionDenied, match="您自己没有客户信息的查看、删除权限"):
        keeper.roles.set_rights(own, {("operators", "view"), ("customers", "delete")}, version(office, own))
    with pytest.raises(PermissionDenied, match="您自己没有"):
        keeper.roles.copy(role_id(office, "只读"), "又一个只读")
    with pytest.raises(ValidationError, match="数据范围不能比您自己的大"):
        keeper.roles.set_rights(own, {("operators", "view")}, version(office, own), "全部")
    with pytest.raises(ValidationError, match="数据范围不能比您自己的大"):
        keeper.roles.create({"name": "新", "data_scope": "全部"})
    keeper.roles.set_rights(
        own, {("operators", "view"), ("operators", "update"), ("roles", "update")}, version(office, own), "本人"
    )


def test_nobody_makes_a_colleague_stronger_than_themselves(
    office: Office, keeper: Office, hire: Callable[..., Office]
) -> None:
    li = hire("li", "客服").operator.id
    me = keeper.operator.id
    password = "another one"
    for work, words in (
        (
            lambda: keeper.operators.update(me, {"role": "管理员"}, office.operators.get(me)["version"]),
            "您自己没有的权限",
        ),
        (lambda: keeper.operators.add({"name": "x", "full_name": "某", "role": "客服"}, password), "您自己没有的权限"),
        (
            lambda: keeper.operators.set_grants(me, {("customers", "view")}, office.operators.get(me)["version"]),
            "不能给别人",
        ),
        (lambda: keeper.operators.reset_password(1, password), "权限比您多"),
        (lambda: keeper.operators.reset_password(li, password), "权限比您多"),
        (lambda: keeper.operators.unlock(1), "权限比您多"),
        (lambda: keeper.operators.delete([li]), "权限比您多"),
        (lambda: keeper.operators.set_active(li, False), "权限比您多"),
        (lambda: keeper.operators.update(li, {"name": "li2"}, office.operators.get(li)["version"]), "权限比您多"),
    ):
        with pytest.raises((PermissionDenied, ValidationError), match=words):
            work()
    keeper.operators.update(li, {"mobile": "13900000001"}, office.operators.get(li)["version"])
    assert keeper.operators.add({"name": "y", "full_name": "同事", "role": "人事"}, password)


def test_a_role_with_a_wider_view_is_not_theirs_to_give(office: Office, keeper: Office) -> None:
    wide = office.roles.create({"name": "看全部", "data_scope": "全部"})
    with pytest.raises(ValidationError, match="数据范围比您的大"):
        keeper.operators.add({"name": "x", "full_name": "某", "role": wide}, "another one")


# What one operator may do beyond the role


def test_rights_beyond_the_role(office: Office, hire: Callable[..., Office], heard: list[Any]) -> None:
    li = hire("li", "只读")
    me, seen = li.operator.id, office.operators.get(li.operator.id)["version"]
    heard.clear()
    office.operators.set_grants(me, {("customers", "view"), ("customers", "export"), ("audit", "export")}, seen)
    grants = office.operators.grants(me)
    assert grants.beyond == {("customers", "export"), ("audit", "export"), ("audit", "view")}
    assert grants.by_role == DEFAULT_ROLES["只读"][1]
    assert li.may("customers", "export") and li.audit.operations()
    assert heard == [("operators", {me})]
    assert office.audit.operations()[0]["sentence"] == "修改额外权限：li先生，增加客户信息的导出，系统日志的查看、导出"
    office.operators.set_grants(me, {("customers", "export")}, grants.version)
    assert not li.may("audit", "view")
    changes = office.audit.history("operators", me)[-1]["changes"]
    assert changes == [("权限", "客户信息的导出，系统日志的查看、导出", "客户信息的导出")]


def test_two_windows_on_one_operator_s_rights(office: Office, hire: Callable[..., Office]) -> None:
    li = hire("li", "只读").operator.id
    seen = office.operators.grants(li).version
    office.operators.set_grants(li, {("customers", "export")}, seen)
    with pytest.raises(Conflict):
        office.operators.set_grants(li, set(), seen)
    before = office.audit.operations()[0]["id"]
    office.operators.set_grants(li, {("customers", "export")}, seen + 1)  # nothing new
    assert office.audit.operations()[0]["id"] == before
    with pytest.raises(ValidationError, match="没有“删除”这项权限"):
        office.operators.set_grants(li, {("phones", "delete")}, seen + 1)
