"""Papers sent to a printer that the person chooses; the tab is given the function, so that a test needs no printer."""

from collections.abc import Callable, Sequence
from contextlib import closing

from pypdfium2 import PdfDocument
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.widgets.paper_view import page_image, page_size

PrintPapers = Callable[[Sequence[bytes], QWidget], bool]
"""Prints PDFs one after another; False where the person thought better of it."""
AskPath = Callable[[str, QWidget], str]
"""Asks where to save a file of this name; nothing where the person thought better of it."""
MOST_DPI = 300


def print_on_paper(papers: Sequence[bytes], parent: QWidget) -> bool:
    """Ask for a printer, then print every page of every paper at its own size, such as labels on labels."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    paint_papers(papers, printer)
    return True


def paint_papers(papers: Sequence[bytes], printer: QPrinter) -> int:
    """Paint every page on a page of its own; returns how many."""
    painter, painted = QPainter(), 0
    for content in papers:
        with closing(PdfDocument(content)) as document:
            for number in range(len(document)):
                _next_page(document, number, printer, painter, is_first=painted == 0)
                _paint(document, number, printer, painter)
                painted += 1
    if painted:
        painter.end()
    return painted


def _next_page(document: PdfDocument, number: int, printer: QPrinter, painter: QPainter, *, is_first: bool) -> None:
    width, height = page_size(document, number)
    size = QPageSize(QRectF(0, 0, min(width, height), max(width, height)).size(), QPageSize.Unit.Point)
    printer.setPageSize(size)
    wide = width > height
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    if is_first:
        painter.begin(printer)
    else:
        printer.newPage()


def _paint(document: PdfDocument, number: int, printer: QPrinter, painter: QPainter) -> None:
    dots = min(printer.resolution(), MOST_DPI)
    image = page_image(document, number, dots)
    scale = printer.resolution() / dots
    painter.drawImage(QRectF(0, 0, image.width() * scale, image.height() * scale), image)


def ask_path(name: str, parent: QWidget) -> str:
    """The system's own dialog."""
    path, _ = QFileDialog.getSaveFileName(parent, "", name, "PDF (*.pdf)")
    return path
