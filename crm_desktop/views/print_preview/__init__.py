"""What the paper will look like before it is printed."""

from crm_desktop.views.print_preview.order import PrintOrder
from crm_desktop.views.print_preview.pages import PreviewPages
from crm_desktop.views.print_preview.window import Printing, PrintPreview, open_preview

__all__ = ["PreviewPages", "PrintOrder", "PrintPreview", "Printing", "open_preview"]
