"""Rights: the areas and verbs a role may be given, and the mark that says which right a method needs."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from crm_desktop.models import COMPANY, OPERATORS, RECORDS, ROLES

VERBS = {
    "view": "查看", "create": "新增", "update": "修改", "delete": "删除",
    "import": "导入", "export": "导出", "print": "打印",
}  # fmt: skip

AREAS = {each.key: each.words for each in (*RECORDS, COMPANY, OPERATORS, ROLES)} | {
    "mail": "发送邮件", "phones": "电话号码", "satisfaction": "满意程度分析", "regions": "区域信息",
    "dictionaries": "基础字典", "audit": "系统日志", "recycle_bin": "回收站", "backups": "数据备份与恢复",
    "maintenance": "数据清理与检查", "settings": "系统设置",
}  # fmt: skip

KEPT_BY_ALL = tuple(each.key for each in RECORDS)
"""The areas in which the whole staff works."""

MEANINGFUL: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(KEPT_BY_ALL, tuple(VERBS)),
    "company": ("view", "update"),
    "operators": ("view", "create", "update", "delete"),
    "roles": ("view", "create", "update", "delete"),
    "mail": ("view", "create", "update"),
    "phones": ("view",),
    "satisfaction": ("view", "export", "print"),
    "regions": ("view", "create", "update", "delete", "export", "print"),
    "dictionaries": ("view", "create", "update", "delete"),
    "audit": ("view", "export"),
    "recycle_bin": ("view", "delete"),
    "backups": ("view", "create", "update", "export"),
    "maintenance": ("view", "update", "delete"),
    "settings": ("view", "update"),
}
"""Area → the verbs that stand for something there: who lacks 电话号码 查看 sees numbers with stars; 发送邮件 新增
sends, 修改 sets up the server and the office's letters; 回收站 删除 is removing for ever, bringing back takes the
record's own 删除; 备份 新增 makes one, 修改 restores one, 导出 writes everything as workbooks; 数据清理与检查 修改
repairs, 删除 purges."""

LOOKED_AT = (*KEPT_BY_ALL, "mail", "phones", "satisfaction", "regions", "dictionaries", "company")
EVERYTHING = frozenset((area, verb) for area, verbs in MEANINGFUL.items() for verb in verbs)
READING = frozenset((area, "view") for area in LOOKED_AT)
WORKING = frozenset((area, verb) for area in KEPT_BY_ALL for verb in VERBS) | {
    ("satisfaction", "export"), ("satisfaction", "print"), ("regions", "export"), ("regions", "print"),
    ("recycle_bin", "view"), ("mail", "create"),
}  # fmt: skip
DELETING = frozenset((area, "delete") for area in KEPT_BY_ALL) | {("recycle_bin", "view")}

DEFAULT_ROLES: dict[str, tuple[str, frozenset[tuple[str, str]]]] = {
    "管理员": ("全部", EVERYTHING),
    "业务员": ("本人", READING | WORKING),
    "客服": ("全部", READING | (WORKING - DELETING)),
    "只读": ("全部", READING),
}
"""Role → data scope and rights of a new office; its administrator may change them."""

ANYONE = "anyone"
"""The verb of a method that every signed-in operator may call."""

Method = TypeVar("Method", bound=Callable[..., Any])


def requires(verb: str, area: str | None = None) -> Callable[[Method], Method]:
    """Refuse the call with PermissionDenied unless the operator's role has ``verb`` on the area.

    The area is the controller's own unless named. A test walks all public methods and fails for an unmarked one.
    """

    def mark(method: Method) -> Method:
        @wraps(method)
        def guarded(self: Any, *args: Any, **kwargs: Any) -> Any:
            self._context.demand(area or self.area, verb)
            return method(self, *args, **kwargs)

        guarded.required_right = (area, verb)  # type: ignore[attr-defined]
        return cast(Method, guarded)

    return mark
