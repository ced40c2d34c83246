"""信函: a Word document with Word's own merge fields, filled in for many customers or contacts.

The fields are those of letters by mail (``models/merge_fields.py``), inserted in Word as MERGEFIELD.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.company import Company
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.mail.gathering import Gathering
from crm_desktop.controllers.rights import requires
from crm_desktop.errors import ReportError
from crm_desktop.models.merge_fields import FIELDS
from crm_desktop.paths import asset
from crm_desktop.reports.document import Cancelled, OnProgress
from crm_desktop.reports.word import merge_fields, save_letters

MOST = 2000
"""Letters of one file: Word opens no larger one with pleasure."""
NO_FIELDS = "“{}”里没有合并域。请在 Word 里用“插入 → 文档部件 → 域 → MergeField”插入，例如“客户名称”。"
SAMPLE = asset("letter.docx")
"""A letter to begin with."""


@dataclass(frozen=True)
class Letters:
    """How many were written, and who lacks which of the fields that the letter has: {name: fields}."""

    count: int
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class WordLetters(Controller):
    area = "customers"

    def __init__(self, context: Context, records: Mapping[str, EntityController], company: Company) -> None:
        super().__init__(context)
        self._records, self._company = records, company

    @requires("print")
    def write(
        self, template: Path, entity: str, ids: Sequence[int], target: Path,
        on_progress: OnProgress = lambda done, total: None, cancelled: Cancelled = lambda: False,
    ) -> Letters:  # fmt: skip
        """One document with a letter for each of these customers (to the 主联系人) or contacts, in their order.

        ReportError when the template is none, has a field nobody knows, or nobody is left to write to. Cancelling
        before Word's file is put together leaves nothing behind.
        """
        self.demand(entity, "print")
        if len(ids) > MOST:
            raise ReportError(f"一次最多生成 {MOST:,} 封信，现在选了 {len(ids):,} 个收件人。")
        used = _checked(template, merge_fields(template))
        letters, missing = [], dict[str, tuple[str, ...]]()
        for each in Gathering(self._context, self._records, self._company.profile()).addressees(entity, ids):
            if cancelled():
                raise ReportError("已取消，没有生成信函。")
            letters.append({name: each.values.get(name, "") for name in used})
            empty = tuple(name for name in used if not each.values.get(name))
            missing |= {each.name: empty} if empty else {}
            on_progress(len(letters), len(ids))
        if not letters:
            raise ReportError("没有收件人，可能已被删除。")
        save_letters(template, letters, target)
        with self._context.operation("export", f"生成信函 {len(letters)} 封：{target.name}"):
            pass
        return Letters(len(letters), missing)


def _checked(template: Path, found: set[str]) -> list[str]:
    """The fields of the template; ReportError names those nobody knows."""
    if not found:
        raise ReportError(NO_FIELDS.format(template.name))
    unknown = sorted(found - FIELDS.keys())
    if not unknown:
        return sorted(found)
    near = [(name, get_close_matches(name, FIELDS, 1, 0.5)) for name in unknown]
    told = "、".join(f"“{name}”（是不是“{meant[0]}”？）" if meant else f"“{name}”" for name, meant in near)
    raise ReportError(f"模板里有不认识的合并域：{told}。可以用：{'、'.join(FIELDS)}。")
