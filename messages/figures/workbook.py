"""The official table as a workbook (xlsx): the annex's rows with what was done, and how the units have reported."""

from __future__ import annotations

import io

from domain.figures import Figures
from domain.office import Office


def workbook(figures: Figures, office: Office) -> bytes:
    """The workbook's file: its formulas are live, and hold their values for viewers that do not calculate."""
    import xlsxwriter

    from messages.figures.workbook_states import write_states
    from messages.figures.workbook_styles import FONT, Styles
    from messages.figures.workbook_table import write_table

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_format_properties": dict(FONT)}) as book:
        # Without a date of its own the file would bear the moment of writing, and be another one each time.
        book.set_properties(
            {
                "title": f"Kết nạp đảng viên năm {figures.roll_up.plan.year}",
                "author": office.name,
                "created": figures.roll_up.as_of.astimezone(office.timezone).replace(tzinfo=None),
            }
        )
        styles = Styles(book)
        write_table(book.add_worksheet("Biểu tổng hợp"), styles, figures, office)
        write_states(book.add_worksheet("Tình hình báo cáo"), styles, figures, office)
    return out.getvalue()
