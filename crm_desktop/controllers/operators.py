"""操作员: who may sign in, and everybody's own password."""

from collections.abc import Mapping, Sequence

from crm_desktop.controllers import deletion, passwords
from crm_desktop.controllers.base import EntityReader, Record
from crm_desktop.controllers.entity import EntityWriter
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.errors import InUse, SignInError, ValidationError
from crm_desktop.models import OPERATORS, ROLES
from crm_desktop.models.query import Values

ACTIVE = "SELECT id, name, full_name FROM operators WHERE is_active = 1 AND deleted_at IS NULL ORDER BY full_name"
ADMINISTRATORS = """SELECT o.id FROM operators o JOIN roles r ON r.id = o.role
 WHERE r.is_system = 1 AND o.is_active = 1 AND o.deleted_at IS NULL"""
LAST_ADMINISTRATOR = "最后一位管理员不能停用、删除或改换角色。"
CREDENTIAL = "SELECT * FROM credentials WHERE operator = ?"


class Roles(EntityReader):
    """The roles of the office."""

    area = "roles"
    entity = ROLES


class Operators(EntityWriter):
    """Made by ``add``, because nobody exists without a password; never purged, because the log names them."""

    area = "operators"
    entity = OPERATORS

    @requires(ANYONE)
    def active(self) -> list[Record]:
        """Colleagues for pick lists: id, name, full_name."""
        return [dict(row) for row in self._db.query(ACTIVE)]

    @requires("create")
    def add(self, values: Values, password: str) -> int:
        """A new operator with a first password that must be changed at sign-in."""
        with self._context.operation("create", f"新增操作员：{values.get('name', '')}"):
            operator = self._create_many([values])[0]
            passwords.check_strength(password, str(values["name"]))
            passwords.store(self._db, operator, password, must_change=True)
        return operator

    @requires("update")
    def reset_password(self, operator: int, password: str) -> None:
        """Set a colleague's password; they must change it when they sign in."""
        record = self._get(operator)
        passwords.check_strength(password, record["name"])
        with self._context.operation("password", f"重设密码：{record['full_name']}"):
            passwords.store(self._db, operator, password, must_change=True)

    @requires("update")
    def unlock(self, operator: int) -> None:
        record = self._get(operator)
        with self._context.operation("password", f"解锁：{record['full_name']}"):
            self._db.execute(passwords.FAILURES, (0, None, operator))

    @requires(ANYONE)
    def change_password(self, old: str, new: str) -> None:
        """The operator's own password; the old one is asked for."""
        me = self._context.operator
        credential = self._db.one(CREDENTIAL, (me.id,))
        if credential is None or not passwords.matches(credential["password_hash"], old):
            raise SignInError("原密码不正确。")
        if new == old:
            raise ValidationError({"password": "新密码不能与原密码相同。"})
        passwords.check_strength(new, me.name)
        with self._context.operation("password", f"修改密码：{me.full_name}"):
            passwords.store(self._db, int(me.id or 0), new)

    @requires("delete")
    def delete(self, records: Sequence[int]) -> int:
        """To the recycle bin; refused while customers belong to them, and for the last administrator."""
        with self._db.atomic():
            if self._leaves_no_administrator(records):
                raise InUse(LAST_ADMINISTRATOR, [])
            return deletion.delete(self._context, self.entity, self._visible(records))

    @requires("delete")
    def restore(self, records: Sequence[int], names: Mapping[int, Mapping[str, str]] | None = None) -> None:
        with self._db.atomic():
            deletion.restore(self._context, self.entity, self._in_recycle_bin(records), names)

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        if existing is None:
            return
        changed = [name for name in ("is_active", "role") if accepted.get(name, existing[name]) != existing[name]]
        if changed and self._leaves_no_administrator([existing["id"]]):
            errors[changed[0]] = LAST_ADMINISTRATOR

    def _leaves_no_administrator(self, gone: Sequence[int]) -> bool:
        administrators = {row["id"] for row in self._db.query(ADMINISTRATORS)}
        return bool(administrators) and administrators <= set(gone)
