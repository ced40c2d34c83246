"""操作员: who may sign in, and everybody's own password."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crm_desktop.controllers import granting, passwords
from crm_desktop.controllers.base import Record
from crm_desktop.controllers.conflicts import conflict
from crm_desktop.controllers.entity import EntityRemover
from crm_desktop.controllers.granting import Right, Rights
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.errors import AccountLocked, InUse, SignInError, ValidationError
from crm_desktop.models import OPERATORS
from crm_desktop.models.moments import local_text
from crm_desktop.models.query import Values

ACTIVE = "SELECT id, name, full_name FROM operators WHERE is_active = 1 AND deleted_at IS NULL ORDER BY full_name"
ADMINISTRATORS = """SELECT o.id FROM operators o JOIN roles r ON r.id = o.role
 WHERE r.is_system = 1 AND o.is_active = 1 AND o.deleted_at IS NULL"""
LAST_ADMINISTRATOR = "最后一位管理员不能停用、删除或改换角色。"
CREDENTIAL = "SELECT * FROM credentials WHERE operator = ?"
LOCKED = "SELECT operator, locked_until FROM credentials WHERE locked_until > ?"
ACCOUNT_FIELDS = ("name", "role", "is_active")
"""What decides whether somebody can sign in, and what as."""


@dataclass(frozen=True)
class Grants:
    """What one operator may do: by the role, and beyond it; ``version`` is the operator's."""

    by_role: Rights
    beyond: Rights
    version: int


class Operators(EntityRemover):
    """Made by ``add``, because nobody exists without a password; never purged, because the log names them."""

    area = "operators"
    entity = OPERATORS

    @requires(ANYONE)
    def active(self) -> list[Record]:
        """Colleagues for pick lists: id, name, full_name."""
        return [dict(row) for row in self._db.query(ACTIVE)]

    @requires("view")
    def locked(self) -> dict[int, str]:
        """Who is locked out after wrong passwords, and until when (local time)."""
        rows = self._db.query(LOCKED, (self._context.clock.timestamp(),))
        return {row["operator"]: local_text(row["locked_until"]) for row in rows}

    @requires("create")
    def add(self, values: Values, password: str) -> int:
        """A new operator with a first password that must be changed at sign-in."""
        with self._context.operation("create", f"新增操作员：{values.get('full_name', '')}"):
            problems = _weakness(password, str(values.get("name") or ""))
            try:
                operator = self._create_many([values])[0]
            except ValidationError as error:
                raise ValidationError({**error.fields, **problems}) from None
            if problems:
                raise ValidationError(problems)
            passwords.store(self._db, operator, password, must_change=True)
        return operator

    @requires("update")
    def set_active(self, operator: int, is_active: bool) -> None:
        """Let somebody sign in, or no more; old records keep their name."""
        record, word = self._get(operator), "启用" if is_active else "停用"
        if bool(record["is_active"]) == is_active:
            return
        with self._context.operation("update", f"{word}操作员：{record['full_name']}"):
            self.update(operator, {"is_active": int(is_active)}, record["version"])

    @requires("update")
    def reset_password(self, operator: int, password: str) -> None:
        """Set a colleague's password; they must change it when they sign in."""
        record = self._account(operator)
        passwords.check_strength(password, record["name"])
        with self._context.operation("password", f"重设密码：{record['full_name']}"):
            passwords.store(self._db, operator, password, must_change=True)

    @requires("update")
    def unlock(self, operator: int) -> None:
        record = self._account(operator)
        with self._context.operation("password", f"解锁：{record['full_name']}"):
            self._db.execute(passwords.FAILURES, (0, None, operator))

    @requires(ANYONE)
    def change_password(self, old: str, new: str) -> None:
        """The operator's own password; the old one is asked for."""
        me = self._context.operator
        credential = self._db.one(CREDENTIAL, (me.id,))
        try:
            passwords.verify(self._db, self._context.clock, credential, old, is_sign_in=False)
        except AccountLocked:
            raise
        except SignInError:
            raise SignInError("原密码不正确。") from None
        if new == old:
            raise ValidationError({"password": "新密码不能与原密码相同。"})
        passwords.check_strength(new, me.name)
        with self._context.operation("password", f"修改密码：{me.full_name}"):
            passwords.store(self._db, int(me.id or 0), new)

    @requires("view")
    def grants(self, operator: int) -> Grants:
        """What an operator may do, by the role and beyond it."""
        record = self._get(operator)
        by_role = granting.of_role(self._db, record["role"])
        return Grants(by_role, granting.beyond_role(self._db, operator), record["version"])

    @requires("update")
    def set_grants(self, operator: int, rights: Iterable[Right], version: int) -> None:
        """Let one operator do exactly this beyond the role; what the role allows is left out, 查看 added."""
        with self._db.atomic():
            existing, now = self._account(operator), self.grants(operator)
            wanted = granting.accepted(rights) - now.by_role
            if existing["version"] != version:
                raise conflict(self._context, self.entity, existing, version, {})
            if wanted == now.beyond:
                return
            granting.refuse_beyond(self._context, wanted - now.beyond)
            self._write_grants(existing, now.beyond, wanted)

    def _write_grants(self, existing: Record, before: Rights, after: Rights) -> None:
        operator, told = existing["id"], granting.change_told(before, after)
        parts = "；".join(f"{word}{rights}" for word, rights in told.items())
        with self._context.operation("rights", f"修改额外权限：{existing['full_name']}，{parts}") as operation:
            self._write_update(operator, existing["version"], {})
            granting.store(self._db, granting.GRANT_OPERATOR, granting.REVOKE_OPERATOR, operator, before, after)
            old, new = ({"rights": granting.told(rights)} for rights in (before, after))
            self._context.audit_change(operation, self.entity.key, operator, old, new)
            self._context.changed(self.entity.key, [operator])

    def _before_delete(self, records: Sequence[int]) -> None:
        """Refused while anything is theirs, for oneself, and for the last administrator."""
        if self._leaves_no_administrator(records):
            raise InUse(LAST_ADMINISTRATOR, [])
        if self._context.operator.id in records:
            raise InUse("不能删除您自己。", [])
        for each in records:
            self._account(each)

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        changed = [name for name in ACCOUNT_FIELDS if name in accepted and accepted[name] != (existing or {}).get(name)]
        if existing is not None and changed:
            self._protect(existing, changed, errors)
        if "role" in changed and accepted["role"] is not None and "role" not in errors:
            problem = granting.role_problem(self._context, accepted["role"])
            if problem:
                errors["role"] = problem

    def _protect(self, existing: Record, changed: Sequence[str], errors: dict[str, str]) -> None:
        """The account of who may do more than the operator at work, and that of the last administrator."""
        if granting.missing(self._context, granting.of_operator(self._db, existing["id"])):
            errors[changed[0]] = granting.STRONGER.format(existing["full_name"])
        ends = [name for name in changed if name != "name"]
        if ends and self._leaves_no_administrator([existing["id"]]):
            errors[ends[0]] = LAST_ADMINISTRATOR

    def _account(self, operator: int) -> Record:
        """An operator whose account may be touched by the one at work."""
        record = self._get(operator)
        granting.refuse_stronger(self._context, operator, record["full_name"])
        return record

    def _leaves_no_administrator(self, gone: Sequence[int]) -> bool:
        administrators = {row["id"] for row in self._db.query(ADMINISTRATORS)}
        return bool(administrators) and administrators <= set(gone)


def _weakness(password: str, name: str) -> dict[str, str]:
    """What is wrong with a new password, as the fields of a ValidationError."""
    try:
        passwords.check_strength(password, name)
    except ValidationError as error:
        return error.fields
    return {}
