"""The covering report (docx) in the form of Party offices: a Word file of the office's, filled with the figures."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Final

from domain.figures import Figures
from domain.office import Office
from domain.progress import percent

FORM: Final = Path(__file__).parent / "forms" / "bao-cao.docx"
"""The form as Word opens it, with Jinja's marks where the figures go."""
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


def document(figures: Figures, office: Office) -> bytes:
    """The report's file; a mark in the form that nothing is known of is an error, never an empty place."""
    from docxtpl.template import DocxTemplate
    from jinja2 import Environment, StrictUndefined

    from messages.figures.document_facts import against, facts_of

    marks = Environment(undefined=StrictUndefined, autoescape=True)
    marks.filters |= {
        "percent": percent,
        "against": against,
        "starting": lambda said: said[:1].upper() + said[1:],
    }
    form = DocxTemplate(FORM)
    form.render(facts_of(figures, office), marks)
    form.core_properties.created = form.core_properties.modified = figures.roll_up.as_of.replace(tzinfo=None)
    out = io.BytesIO()
    form.save(out)
    return _undated(out)


def _undated(packed: io.BytesIO) -> bytes:
    """The same parts without the moment of packing, so that the same figures are the same file."""
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name in parts.namelist():
            again.writestr(
                zipfile.ZipInfo(name, _LONG_AGO), parts.read(name), compress_type=zipfile.ZIP_DEFLATED
            )
    return out.getvalue()
