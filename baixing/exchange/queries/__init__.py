"""What a list says, what would come of it, and what a page shows of it. What leaves as a sheet: see `leaving`."""

from __future__ import annotations

from baixing.exchange.queries.columns import Form, form_of
from baixing.exchange.queries.files import sheets_in
from baixing.exchange.queries.pages import Desk, ImportPage, desk, import_page, visible
from baixing.exchange.queries.table import Table, table_in

__all__ = [
    "Desk",
    "Form",
    "ImportPage",
    "Table",
    "desk",
    "form_of",
    "import_page",
    "sheets_in",
    "table_in",
    "visible",
]
