"""Which layout belongs to which stationery."""

from crm_desktop.reports.envelope_international import InternationalLayout
from crm_desktop.reports.envelope_layout import BlankLayout, Layout, PrintedLayout
from crm_desktop.reports.envelope_options import EnvelopeOptions, Sender
from crm_desktop.reports.envelope_sizes import DOMESTIC, INTERNATIONAL, PRINTED

LAYOUTS: dict[str, type[Layout]] = {
    DOMESTIC: BlankLayout, PRINTED: PrintedLayout, INTERNATIONAL: InternationalLayout,
}  # fmt: skip


def layout_for(options: EnvelopeOptions, sender: Sender | None) -> Layout:
    """The layout of a run of letters."""
    return LAYOUTS[options.stationery](options, sender)
