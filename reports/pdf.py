"""The report as PDF: A4, tagged, charts as vectors, the same bytes for the same content."""

import json
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path

import typst
from django.conf import settings

from reports.paper import lay_out

TEMPLATE = Path(__file__).parent / "typst" / "report.typ"
# PDF/UA-1: a screen reader finds language, headings, tables and a text for each chart. Typst refuses otherwise.
STANDARDS = ["ua-1"]
FACES = ("Regular", "Bold", "Italic")


def render(report):
    """Return the PDF of a report (reports/report.py) as bytes.

    A name with a letter that FiraGO lacks breaks the standard: then the PDF is made without its seal.
    """
    data = json.dumps(lay_out(report), ensure_ascii=False)
    try:
        return _compiled(data, STANDARDS)
    except typst.TypstError:
        return _compiled(data, [])


def _compiled(data, standards):
    compiler = typst.Compiler(font_paths=_fonts(), sys_inputs={"data": data})
    return compiler.compile(input=str(TEMPLATE), format="pdf", pdf_standards=standards)


@cache
def _fonts():
    """Return FiraGO: from the files that set-up made, else out of the package that carries it."""
    folder = settings.BUILD_DIR / "fonts"
    if any(folder.glob("FiraGO-*.ttf")):
        return _fonts_of(folder)
    with tempfile.TemporaryDirectory() as made:
        for face in FACES:
            font = import_module(f"pymupdf_fonts.FiraGO_{face}").fontbuffer
            (Path(made) / f"FiraGO-{face}.ttf").write_bytes(font)
        fonts = _fonts_of(made)
        fonts.fonts()
        return fonts


def _fonts_of(folder):
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
