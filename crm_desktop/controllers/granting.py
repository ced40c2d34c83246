"""Sets of rights: completed, checked, said in words, and never handed out beyond the giver's own."""

from collections.abc import Iterable

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.rights import AREAS, EVERYTHING, VERBS
from crm_desktop.db.connection import Connections
from crm_desktop.errors import PermissionDenied, ValidationError

Right = tuple[str, str]
"""(area, verb)."""
Rights = frozenset[Right]

SCOPES = ("本人", "本部门", "全部")
"""From the narrowest to the widest."""

OF_ROLE = "SELECT area, verb FROM permissions WHERE role = ?"
OF_OPERATOR = "SELECT area, verb FROM operator_permissions WHERE operator = ?"
GRANT_ROLE = "INSERT INTO permissions (role, area, verb) VALUES (?, ?, ?)"
REVOKE_ROLE = "DELETE FROM permissions WHERE role = ? AND area = ? AND verb = ?"
GRANT_OPERATOR = "INSERT INTO operator_permissions (operator, area, verb) VALUES (?, ?, ?)"
REVOKE_OPERATOR = "DELETE FROM operator_permissions WHERE operator = ? AND area = ? AND verb = ?"
STRONGER = "{}的权限比您多，请由管理员来做。"
ROLE = "SELECT role FROM operators WHERE id = ?"
DATA_SCOPE = "SELECT data_scope FROM roles WHERE id = ?"


def of_role(database: Connections, role: int) -> Rights:
    return frozenset((row["area"], row["verb"]) for row in database.query(OF_ROLE, (role,)))


def beyond_role(database: Connections, operator: int) -> Rights:
    """What one operator may do besides what the role allows."""
    return frozenset((row["area"], row["verb"]) for row in database.query(OF_OPERATOR, (operator,)))


def of_operator(database: Connections, operator: int) -> Rights:
    return of_role(database, database.value(ROLE, (operator,))) | beyond_role(database, operator)


def completed(rights: Iterable[Right]) -> Rights:
    """With 查看 of every area in which there is any right: nothing can be done with what is not seen."""
    given = frozenset(rights)
    return given | {(area, "view") for area, _ in given}


def accepted(rights: Iterable[Right]) -> Rights:
    """The rights, completed; ValidationError when one stands for nothing."""
    given = frozenset(rights)
    nothing = given - EVERYTHING
    if nothing:
        area, verb = min(nothing)
        raise ValidationError({"rights": f"“{AREAS.get(area, area)}”没有“{VERBS.get(verb, verb)}”这项权限。"})
    return completed(given)


def told(rights: Rights) -> str:
    """客户信息的新增、修改，产品的删除."""
    verbs_of = {area: [word for verb, word in VERBS.items() if (area, verb) in rights] for area in AREAS}
    return "，".join(f"{AREAS[area]}的{'、'.join(words)}" for area, words in verbs_of.items() if words)


def change_told(before: Rights, after: Rights) -> dict[str, str]:
    """{"增加": …, "取消": …} in words, without what is empty."""
    both = {"增加": told(after - before), "取消": told(before - after)}
    return {word: rights for word, rights in both.items() if rights}


def store(database: Connections, grant: str, revoke: str, owner: int, before: Rights, after: Rights) -> None:
    """Write the difference; ``grant`` and ``revoke`` are statements above."""
    database.executemany(revoke, [(owner, *right) for right in sorted(before - after)])
    database.executemany(grant, [(owner, *right) for right in sorted(after - before)])


# Nobody hands out what they lack


def missing(context: Context, rights: Rights) -> Rights:
    """Those of the rights that the operator at work does not have."""
    me = context.operator.id
    return rights if me is None else rights - of_operator(context.db, me)


def refuse_beyond(context: Context, rights: Rights) -> None:
    """PermissionDenied when the operator would give rights that they lack."""
    lacking = missing(context, rights)
    if lacking:
        raise PermissionDenied(f"您自己没有{told(lacking)}权限，不能给别人。")


def is_scope_beyond(context: Context, data_scope: str) -> bool:
    """Whether a data scope is wider than that of the operator at work."""
    return SCOPES.index(data_scope) > SCOPES.index(context.data_scope())


def role_problem(context: Context, role: int) -> str:
    """Why the operator at work may not give somebody this role; nothing when they may."""
    lacking = missing(context, of_role(context.db, role))
    if lacking:
        return f"这个角色有您自己没有的权限（{told(lacking)}），不能由您指定。"
    if is_scope_beyond(context, str(context.db.value(DATA_SCOPE, (role,)))):
        return "这个角色的数据范围比您的大，不能由您指定。"
    return ""


def refuse_stronger(context: Context, operator: int, name: str) -> None:
    """PermissionDenied when a colleague may do more than the operator at work: their account is not theirs to take."""
    if missing(context, of_operator(context.db, operator)):
        raise PermissionDenied(STRONGER.format(name))
