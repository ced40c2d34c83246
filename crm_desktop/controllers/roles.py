"""权限: the roles of the office, what each may do, and whose records it sees."""

from collections.abc import Iterable, Sequence

from crm_desktop.controllers import granting
from crm_desktop.controllers.base import Record
from crm_desktop.controllers.conflicts import conflict
from crm_desktop.controllers.entity import EntityRemover
from crm_desktop.controllers.granting import Right, Rights
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.rights import requires
from crm_desktop.errors import InUse, PermissionDenied
from crm_desktop.models import ROLES
from crm_desktop.models.query import Values

OFFERED = "SELECT id, name, data_scope, is_system FROM roles WHERE deleted_at IS NULL ORDER BY is_system DESC, id"
HOLDERS = """SELECT id, full_name, is_active, deleted_at IS NOT NULL AS is_deleted
 FROM operators WHERE role = ? ORDER BY is_active DESC, full_name"""
KEPT = "“{}”是系统角色，拥有全部权限，不能改名、限制或删除；可以复制它再修改。"
TOO_WIDE = "数据范围不能比您自己的大。"


class Roles(EntityRemover):
    """The system role keeps everything, so that no office can lock itself out; never purged, the log names them."""

    area = "roles"
    entity = ROLES

    @requires("view", "operators")
    def offered(self) -> list[Record]:
        """For pick lists: id, name, data_scope, is_system."""
        return [dict(row) for row in self._db.query(OFFERED)]

    @requires("view")
    def holders(self, role: int) -> list[Record]:
        """Who has a role: id, full_name, is_active, is_deleted."""
        return [dict(row) for row in self._db.query(HOLDERS, (role,))]

    @requires("view")
    def rights(self, role: int) -> Rights:
        """The (area, verb) pairs of a role."""
        self._get(role)
        return granting.of_role(self._db, role)

    @requires("create")
    def create(self, values: Values) -> int:
        """A new role that may do nothing yet."""
        with self._context.operation("create", f"新增角色：{values.get('name', '')}"):
            return self._create_many([values])[0]

    @requires("create")
    def copy(self, role: int, name: str) -> int:
        """A new role with the rights and the data scope of another."""
        pattern, rights = self._get(role), granting.of_role(self._db, role)
        granting.refuse_beyond(self._context, rights)
        sentence = f"新增角色：{name}，权限同{pattern['name']}"
        with self._context.operation("create", sentence):
            made = self._create_many([{"name": name, "data_scope": pattern["data_scope"]}])[0]
            granting.store(self._db, granting.GRANT_ROLE, granting.REVOKE_ROLE, made, frozenset(), rights)
        return made

    @requires("update")
    def set_rights(self, role: int, rights: Iterable[Right], version: int, data_scope: str | None = None) -> None:
        """Give one version of a role exactly these rights, and a data scope; 查看 is added where it is needed."""
        with self._db.atomic():
            existing, before, after = self._get(role), granting.of_role(self._db, role), granting.accepted(rights)
            scope = {} if data_scope is None else self._accept({"data_scope": data_scope}, existing, Lookup(self._db))
            changed = {name: value for name, value in scope.items() if value != existing[name]}
            if existing["version"] != version:
                raise conflict(self._context, self.entity, existing, version, changed)
            if before == after and not changed:
                return
            if existing["is_system"]:
                raise PermissionDenied(KEPT.format(existing["name"]))
            granting.refuse_beyond(self._context, after - before)
            self._write_rights(existing, before, after, changed)

    def _write_rights(self, existing: Record, before: Rights, after: Rights, changed: Record) -> None:
        role, told = existing["id"], granting.change_told(before, after)
        old, new = {name: existing[name] for name in changed}, dict(changed)
        if told:
            old["rights"], new["rights"] = (f"{word} {told[word]}" if word in told else "" for word in ("取消", "增加"))
        parts = [f"{word}{rights}" for word, rights in told.items()]
        parts += [f"{self.entity[name].label}改为{value}" for name, value in changed.items()]
        with self._context.operation("rights", f"修改权限：{existing['name']}，{'；'.join(parts)}") as operation:
            self._write_update(role, existing["version"], changed)
            granting.store(self._db, granting.GRANT_ROLE, granting.REVOKE_ROLE, role, before, after)
            self._context.audit_change(operation, self.entity.key, role, old, new)
            self._context.changed(self.entity.key, [role])

    def _before_delete(self, records: Sequence[int]) -> None:
        """Refused while anybody has the role."""
        for role in records:
            self._refuse_delete(role)

    def _refuse_delete(self, role: int) -> None:
        existing = self._get(role)
        if existing["is_system"]:
            raise InUse(KEPT.format(existing["name"]), [])
        holders = self._db.query(HOLDERS, (role,))
        if holders:
            names = "、".join(f"{each['full_name']}{'（已删除）' if each['is_deleted'] else ''}" for each in holders)
            sentence = f"还有操作员是“{existing['name']}”：{names}。请先给他们换一个角色。"
            raise InUse(sentence, [("操作员的角色", len(holders))])

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        stored = existing or {"is_system": 0}
        for name in ("name", "data_scope", "is_system"):
            is_change = name in accepted and accepted[name] != stored.get(name)
            if is_change and (stored["is_system"] or name == "is_system"):
                errors[name] = KEPT.format(existing["name"]) if existing else "系统角色只有一个。"
        scope = accepted.get("data_scope")
        if scope and scope != stored.get("data_scope") and granting.is_scope_beyond(self._context, scope):
            errors.setdefault("data_scope", TOO_WIDE)
