"""Reports: a table or a set of letters in, a document out; no connection, no window."""

from crm_desktop.reports.envelope_options import EnvelopeOptions, Recipient, Sender
from crm_desktop.reports.spec import Column, Table

__all__ = ["Column", "EnvelopeOptions", "Recipient", "Sender", "Table"]
