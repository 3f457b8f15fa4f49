"""Reads a printed document back, with decoders that had no part in making it."""

from typing import NamedTuple

import pypdfium2
import zxingcpp


class Code(NamedTuple):
    symbology: str
    content: bytes


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


def page_count(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_text(document, number) for number in range(len(document))]
    finally:
        document.close()


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text_page = page.get_textpage()
    text = text_page.get_text_bounded()
    text_page.close()
    page.close()
    return text


def squeezed(text: str) -> str:
    """Without white space: where a line ends is the typesetter's business. A hyphen at its end is read as U+0002."""
    return "".join(text.split()).replace("\x02", "-").replace("\ufffe", "-")


def all_text(pdf: bytes) -> str:
    return squeezed("".join(page_texts(pdf)))


def codes(pdf: bytes, *, dpi: int = 300, page: int = 0) -> set[Code]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        image = sheet.render(scale=dpi / 72, grayscale=True).to_pil()
        sheet.close()
    finally:
        document.close()
    return {Code(found.symbology_identifier, found.bytes) for found in zxingcpp.read_barcodes(image)}


def title(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document.get_metadata_dict()["Title"]
    finally:
        document.close()


def boxes(pdf: bytes, page: int = 0) -> tuple[list[tuple[str, Box]], tuple[float, float]]:
    """Every visible character with the box of its ink, and the size of the page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        text_page = sheet.get_textpage()
        found = [
            (text_page.get_text_range(index, 1), Box(*text_page.get_charbox(index)))
            for index in range(text_page.count_chars())
        ]
        size = sheet.get_size()
        text_page.close()
        sheet.close()
    finally:
        document.close()
    return [(char, box) for char, box in found if char.strip() and box.right > box.left], size


def overlaps(pdf: bytes, page: int = 0) -> list[tuple[str, str]]:
    """Pairs of characters whose ink boxes cover one another by more than a quarter of the smaller."""
    found, _ = boxes(pdf, page)
    found.sort(key=lambda item: item[1].left)
    clashes: list[tuple[str, str]] = []
    for index, (char, box) in enumerate(found):
        for other, next_box in found[index + 1 :]:
            if next_box.left >= box.right:
                break
            if _shared(box, next_box) > 0.25 * min(_area(box), _area(next_box)):
                clashes.append((char, other))
    return clashes


def outside(pdf: bytes, page: int = 0, margin: float = 4.0) -> list[str]:
    """Characters that stand over the edge of the page or nearer to it than ``margin`` points."""
    found, (width, height) = boxes(pdf, page)
    return [
        char
        for char, box in found
        if box.left < margin or box.bottom < margin or box.right > width - margin or box.top > height - margin
    ]


def _area(box: Box) -> float:
    return max((box.right - box.left) * (box.top - box.bottom), 0.01)


def _shared(one: Box, two: Box) -> float:
    width = min(one.right, two.right) - max(one.left, two.left)
    height = min(one.top, two.top) - max(one.bottom, two.bottom)
    return max(width, 0.0) * max(height, 0.0)
