"""What was typed and not saved: kept for its operator alone, without a trace anywhere else."""

from collections.abc import Callable

from crm_desktop.controllers import Office
from crm_desktop.controllers.chain import breaks
from crm_desktop.models.moments import local_text

CONTENT = {"title": "客户 长春宏达", "details": {}, "fields": {"name": ["长春宏达", None]}}


def test_a_draft_is_written_again_in_its_place(office: Office) -> None:
    first = office.drafts.save("form", "customers", None, None, CONTENT)
    assert office.drafts.save("form", "customers", None, None, {**CONTENT, "title": "客户 宏达"}, first) == first
    (draft,) = office.drafts.mine()
    assert (draft.id, draft.screen, draft.entity, draft.record, draft.version) == (first, "form", "customers", None, None)
    assert (draft.at, draft.content["title"]) == (local_text("2026-11-22T09:00:00Z"), "客户 宏达")
    office.drafts.discard(first)
    office.drafts.discard(first)
    assert office.drafts.mine() == []


def test_one_that_has_gone_meanwhile_is_written_anew(office: Office) -> None:
    gone = office.drafts.save("form", "customers", None, None, CONTENT)
    office.drafts.discard(gone)
    assert office.drafts.save("form", "customers", None, None, CONTENT, gone) > gone


def test_nobody_reads_changes_or_discards_another_s(office: Office, hire: Callable[..., Office]) -> None:
    other = hire("li", "业务员")
    mine = office.drafts.save("form", "customers", None, None, CONTENT)
    assert other.drafts.mine() == []
    other.drafts.discard(mine)
    assert other.drafts.save("form", "customers", None, None, {**CONTENT, "title": "别的"}, mine) != mine
    assert [draft.content for draft in office.drafts.mine()] == [CONTENT]


def test_the_log_knows_nothing_of_drafts(office: Office, heard: list[object]) -> None:
    before = office.db.value("SELECT count(*) FROM operations")
    office.drafts.discard(office.drafts.save("form", "customers", None, None, CONTENT))
    assert office.db.value("SELECT count(*) FROM operations") == before
    assert list(breaks(office.db)) == []
    assert heard == []


def test_purging_a_record_takes_the_drafts_of_its_changes(office: Office) -> None:
    customer = office.customers.create({"name": "长春宏达"})
    office.drafts.save("form", "customers", customer, 1, CONTENT)
    kept = office.drafts.save("form", "customers", None, None, CONTENT)
    office.customers.delete([customer])
    assert len(office.drafts.mine()) == 2  # it may come back
    office.customers.purge([customer])
    assert [draft.id for draft in office.drafts.mine()] == [kept]
    assert office.maintenance.check().is_whole
