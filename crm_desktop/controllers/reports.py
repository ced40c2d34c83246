"""Turns records into documents: envelopes, lists, papers of one record, postcode tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.blank_papers import blank_paper
from crm_desktop.controllers.company import Company
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.list_design import designed_table
from crm_desktop.controllers.listings import LoggedListing, around
from crm_desktop.controllers.papers import fill_paper
from crm_desktop.controllers.recipients import LETTERS_GO_TO, recipient, recipients
from crm_desktop.controllers.region_tables import answer_table, province_table
from crm_desktop.controllers.regions import Regions
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.errors import ReportError
from crm_desktop.models import RECORDS, Query
from crm_desktop.models.blank_forms import BLANKS
from crm_desktop.models.list_design import ListDesign
from crm_desktop.models.list_design import check as check_design
from crm_desktop.models.papers import PAPERS
from crm_desktop.reports import EnvelopeOptions, Sender, Table
from crm_desktop.reports.calibration import Corrected, Measured, calibration, corrected, crosses
from crm_desktop.reports.correction import CORRECTED, LARGEST_OFFSET_MM, LARGEST_STRETCH, Correction, is_stretched
from crm_desktop.reports.document import Cancelled, Document, OnProgress, Problem
from crm_desktop.reports.envelope import envelopes, example, preflight, stationery
from crm_desktop.reports.envelope_measures import MEASURES, Measure, changed_geometry, doubts, measures_of
from crm_desktop.reports.envelope_options import ENDINGS, FEED_LABELS, FONT_LABELS, ROTATIONS
from crm_desktop.reports.envelope_sizes import GEOMETRIES, SIZE_LABELS, STATIONERY_LABELS, Geometry, stationeries
from crm_desktop.reports.envelope_sizes import GROUPS as POSITION_GROUPS
from crm_desktop.reports.label_sheets import SHEETS, LabelOptions, LabelSheet
from crm_desktop.reports.labels import labels
from crm_desktop.reports.listing import Listing

__all__ = [
    "CORRECTED", "ENDINGS", "FEED_LABELS", "FONT_LABELS", "GEOMETRIES", "LARGEST_OFFSET_MM", "LARGEST_STRETCH",
    "LETTERS_GO_TO", "LISTS", "MEASURES", "POSITION_GROUPS", "ROTATIONS", "SHEETS", "SIZE_LABELS",
    "STATIONERY_LABELS", "Correction", "Document",
    "EnvelopeOptions", "Geometry", "LabelOptions", "LabelSheet", "Measure", "Measured", "Problem", "Reports",
    "changed_geometry", "crosses", "doubts", "is_stretched", "measures_of", "recipient", "stationeries",
]  # fmt: skip
"""Screens offer these choices; they know documents through this controller only."""

LISTS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    each.report: (each.list_title, each.key, each.report_columns or each.list_columns)
    for each in RECORDS
    if each.report
}
"""Name → title, entity and columns of every printed list of records."""

MOST_ENVELOPES, MOST_LABELS = 20_000, 100_000
"""Of one document, which is kept in memory: 6 kB an envelope, 1.6 kB a label."""

OF_REGIONS: Mapping[str, Callable[..., Table]] = {"postcodes": province_table, "postcode_answer": answer_table}


class Reports(Controller):
    area = "customers"

    def __init__(
        self, context: Context, records: Mapping[str, EntityController], regions: Regions, company: Company
    ) -> None:
        super().__init__(context)
        self._readers = records
        self._regions = regions
        self._company = company

    # -- envelopes -------------------------------------------------------------------------------------------------

    @requires("print")
    def envelopes(
        self,
        query: Query | None = None,
        options: EnvelopeOptions | None = None,
        entity: str = "customers",
        ids: Sequence[int] | None = None,
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Document:
        """Envelopes of a query's records or of given ids: one a customer to its 主联系人, or one a contact.

        ``Document.warnings`` says who lacks a postcode, an address or a character.
        """
        addressees = recipients(self._db, self._readers, entity, query, ids).at_most(MOST_ENVELOPES)
        document = envelopes(addressees, self._sender(), options or EnvelopeOptions(), on_progress, cancelled)
        self._log_printing(f"生成信封 {len(addressees)} 个")
        return document

    @requires("print")
    def labels(
        self,
        query: Query | None = None,
        options: LabelOptions | None = None,
        entity: str = "customers",
        ids: Sequence[int] | None = None,
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Document:
        """Sheets of address labels for a query's records or given ids; ``warnings`` as for ``envelopes``."""
        addressees = recipients(self._db, self._readers, entity, query, ids).at_most(MOST_LABELS)
        document = labels(addressees, options or LabelOptions(), on_progress, cancelled)
        self._log_printing(f"生成地址标签 {len(addressees)} 个")
        return document

    @requires("print")
    def envelope_problems(
        self,
        query: Query | None = None,
        options: EnvelopeOptions | None = None,
        entity: str = "customers",
        ids: Sequence[int] | None = None,
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> list[Problem]:
        """What ``envelopes`` would warn of, before anything is drawn; each problem names its record."""
        addressees = recipients(self._db, self._readers, entity, query, ids)
        return preflight(addressees, options or EnvelopeOptions(), self._sender(), on_progress, cancelled)

    @requires("print")
    def stationery(self, options: EnvelopeOptions) -> Document:
        """One page with what is printed on the envelope already, for a preview to lay under the text."""
        return stationery(options)

    @requires("print")
    def example_envelope(self, options: EnvelopeOptions) -> Document:
        """An upright envelope of these options with everything that can stand on one, for the eye."""
        return example(options, self._sender())

    @requires("print")
    def calibration(self, options: Correction) -> Document:
        """A test page with rulers for an envelope or for labels, to measure how far a printer is off."""
        return calibration(options)

    @requires("print")
    def calibrated(self, options: Corrected, found: Measured) -> Corrected:
        """The options that put right what was measured on that page; ValidationError names what cannot be."""
        return corrected(options, found)

    def _sender(self) -> Sender:
        office = self._company.profile()
        names = ("name", "address", "postcode", "phone", "english_name", "english_address")
        return Sender(*(office[name] for name in names))

    def _log_printing(self, sentence: str) -> None:
        with self._context.operation("print", sentence):
            pass

    @requires(ANYONE)
    def log_printed(self, title: str, sheets: int, printer: str) -> None:
        """Remember that paper went out; what was made of records has asked for its right before."""
        self._log_printing(f"打印{title} {sheets} 张：{printer}")

    @requires(ANYONE)
    def log_saved(self, title: str, name: str) -> None:
        """Remember that a document was kept as a file."""
        self._log_printing(f"存为 PDF：{title}，{name}")

    # -- lists -----------------------------------------------------------------------------------------------------

    @requires(ANYONE)
    def run(self, name: str, parameters: Mapping[str, Any] | None = None) -> Listing:
        """A list by name: those of records (``LISTS``) take query, ids and columns or a ``ListDesign``.

        ``postcodes`` takes a province, ``postcode_answer`` a text and maybe codes of what it finds. What was asked
        stands under the title.
        """
        chosen = parameters or {}
        if name in OF_REGIONS:
            self.demand("regions", "print")
            return self._listing(OF_REGIONS[name](self._regions, **chosen), "regions")
        title, entity, columns = _list_called(name)
        self.demand(entity, "print")
        reader, query, ids = self._readers[entity], chosen.get("query") or Query(), chosen.get("ids")
        design: ListDesign = chosen.get("design") or _plain_design(chosen.get("columns") or columns)
        check_design(reader.entity, design)
        asked = "选定的记录" if ids is not None else reader.sentence(query)
        if ids is None:
            ids = reader.ids(replace(query, order=query.order or design.order))
        table = replace(designed_table(reader, title, ids, design), heading_lines=(f"条件：{asked}",))
        return replace(self._listing(table, entity), landscape=design.landscape, paper=design.paper)

    @requires(ANYONE)
    def record_count(self, name: str, parameters: Mapping[str, Any]) -> int:
        """How many records a list of ``LISTS`` would have, before any page is made."""
        _, entity, _ = _list_called(name)
        self.demand(entity, "print")
        ids = parameters.get("ids")
        return len(ids) if ids is not None else self._readers[entity].count(parameters.get("query") or Query()).n

    def _listing(self, table: Table, area: str) -> Listing:
        return LoggedListing(table, context=self._context, area=area, **around(self._context))

    # -- papers of one record --------------------------------------------------------------------------------------

    @requires(ANYONE)
    def paper(self, entity: str, record: int, size: str = "") -> Document:
        """投诉处理单 or 客户档案卡 of a record, on A4 or A5; without a size on the paper it is made for."""
        if entity not in PAPERS:
            raise ReportError(f"“{entity}”没有可以打印的单据。")
        self.demand(entity, "print")
        form = PAPERS[entity]
        paper = fill_paper(self._context, self._readers, form, record, **around(self._context))
        document = paper.pdf(size or form.size)
        self._log_printing(f"生成{form.title}：{paper.name}")
        return document

    @requires(ANYONE)
    def blank_form(self, entity: str, size: str = "A4") -> Document:
        """登记表: the paper of a record that is not there yet, to be filled in by hand."""
        if entity not in BLANKS:
            raise ReportError(f"“{entity}”没有登记表。")
        self.demand(entity, "print")
        document = blank_paper(self._db, BLANKS[entity], **around(self._context)).pdf(size)
        self._log_printing(f"生成空白{BLANKS[entity].title}")
        return document


def _list_called(name: str) -> tuple[str, str, tuple[str, ...]]:
    if name not in LISTS:
        raise ReportError(f"没有“{name}”这种列表。")
    return LISTS[name]


def _plain_design(columns: Sequence[str]) -> ListDesign:
    return ListDesign(tuple((name, 0.0) for name in columns))
