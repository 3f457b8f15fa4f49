"""A file that a notice came in, as text: what it is, its content says, not its name.

Plain text, saved web pages, the text layer of PDFs, Word documents, spreadsheets, tables of values, openFDA records.
Everything is bounded before it is opened; nothing is run, fetched or unpacked to disk.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Lock

from pypdfium2 import PdfDocument, PdfiumError

from app.core.errors import RuleError
from app.interchange.page_text import page_text
from app.interchange.recall_json import recall_records
from app.interchange.sheet_text import (
    SheetTooLargeError,
    SheetUnreadableError,
    cell_text,
    demand_sane_extent,
    workbook_text,
)
from app.interchange.word_text import DocumentUnreadableError, document_text
from app.interchange.zip_parts import BrokenArchiveError, PackedTooLargeError, ZipParts, zip_parts

LARGEST = 24 * 1024 * 1024
"""Bytes; the longest notice known has 8.8 million."""
MOST_CHARACTERS = 12_000_000
MOST_PAGES = 2_000
_PDFIUM = Lock()
_DOCUMENT = "word/document.xml"
_ENCODINGS = ("utf-8-sig", "gb18030")
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PAGE = re.compile(r"\s*(<!doctype\s+html|<html[\s>]|<\?xml[^>]*\?>\s*<!doctype\s+html)", re.IGNORECASE)
_SEPARATORS = ("\t", ",", ";", "|")
_SNIFFED = 20


class FileEmptyError(RuleError):
    """``name`` holds nothing."""

    code = "notice_file.empty"


class FileTooLargeError(RuleError):
    """``name`` has, or unpacks to, more than ``most`` megabytes."""

    code = "notice_file.too_large"


class FileNotTextError(RuleError):
    """``name`` is of no kind that is read."""

    code = "notice_file.not_text"


class FileDamagedError(RuleError):
    """``name`` begins like a document and cannot be read to its end."""

    code = "notice_file.damaged"


class FileScannedError(RuleError):
    """``name`` is a PDF of pictures: it has no text layer."""

    code = "notice_file.scanned"


class FileLockedError(RuleError):
    """``name`` is protected by a password."""

    code = "notice_file.locked"


@dataclass(frozen=True, slots=True)
class NoticeFile:
    """``texts``: one notice each, mostly one. ``media_type`` is what the content is."""

    media_type: str
    texts: tuple[str, ...]


def read_notice_file(name: str, content: bytes) -> NoticeFile:
    """What the file says.

    Raises FileEmptyError, FileTooLargeError, FileNotTextError, FileDamagedError, FileScannedError, FileLockedError.
    """
    if not content.strip():
        raise FileEmptyError(name=name)
    if len(content) > LARGEST:
        raise FileTooLargeError(name=name, most=LARGEST // 1024**2)
    try:
        found = _read(name, content)
    except (BrokenArchiveError, SheetUnreadableError, DocumentUnreadableError):
        raise FileDamagedError(name=name) from None
    except (PackedTooLargeError, SheetTooLargeError):
        raise FileTooLargeError(name=name, most=LARGEST // 1024**2) from None
    texts = tuple(text.replace("\0", "") for text in found.texts)
    if not any(text.strip() for text in texts):
        raise FileEmptyError(name=name)
    if sum(map(len, texts)) > MOST_CHARACTERS:
        raise FileTooLargeError(name=name, most=LARGEST // 1024**2)
    return NoticeFile(found.media_type, texts)


def _read(name: str, content: bytes) -> NoticeFile:
    for sign, read in _SIGNS:
        if content.startswith(sign):
            return read(name, content)
    return _plain(name, content)


def _pdf(name: str, content: bytes) -> NoticeFile:
    """PDFium is not safe between threads."""
    with _PDFIUM:
        try:
            document = PdfDocument(content)
        except PdfiumError as error:
            raise (FileLockedError if "password" in str(error).lower() else FileDamagedError)(name=name) from None
        try:
            if len(document) > MOST_PAGES:
                raise FileTooLargeError(name=name, most=LARGEST // 1024**2)
            pages = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
        except PdfiumError:
            raise FileDamagedError(name=name) from None
        finally:
            document.close()
    text = "\n".join(page.replace("\r\n", "\n").replace("\ufffe", "-") for page in pages)
    if not text.strip():
        raise FileScannedError(name=name)
    return NoticeFile("application/pdf", (text,))


def _packed(name: str, content: bytes) -> NoticeFile:
    parts = zip_parts(content)
    if _DOCUMENT in parts.names:
        return NoticeFile(f"{_OFFICE}.wordprocessingml.document", (document_text(parts.read(_DOCUMENT)),))
    if _is_workbook(parts):
        demand_sane_extent(parts)
        return NoticeFile(f"{_OFFICE}.spreadsheetml.sheet", (workbook_text(content),))
    raise FileNotTextError(name=name)


def _is_workbook(parts: ZipParts) -> bool:
    return "xl/workbook.xml" in parts.names


def _old_office(name: str, content: bytes) -> NoticeFile:
    """Workbooks of before 2007; documents of that time, and files locked by password, look the same from outside."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FileLockedError(name=name)
    if not any(mark.encode("utf-16-le") in content for mark in ("Workbook", "Book")):
        raise FileNotTextError(name=name)
    return NoticeFile("application/vnd.ms-excel", (workbook_text(content),))


def _plain(name: str, content: bytes) -> NoticeFile:
    text = decoded(content)
    if text is None:
        raise FileNotTextError(name=name)
    if text.lstrip()[:1] in ("{", "["):
        records = recall_records(text)
        if records is not None:
            return NoticeFile("application/json", records)
    if _PAGE.match(text):
        return NoticeFile("text/html", (page_text(text),))
    separator = _separator(text) if name.lower().endswith((".csv", ".tsv")) else None
    if separator is not None:
        return NoticeFile("text/csv", (_rows(text, separator),))
    return NoticeFile("text/plain", (text,))


def decoded(content: bytes) -> str | None:
    """UTF-16 by its mark, UTF-8, or GB 18030 as Chinese authorities send it; None where it is no text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _try(content, encoding)
    return next((text for text in (_try(content, encoding) for encoding in _ENCODINGS) if text is not None), None)


def _try(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _separator(text: str) -> str | None:
    """The one that every one of the first rows has the same number of times, outside quotes."""
    for separator in _SEPARATORS:
        counts = {len(row) for row, _ in zip(_parsed(text, separator), range(_SNIFFED), strict=False) if row}
        if len(counts) == 1 and counts != {1}:
            return separator
    return None


def _rows(text: str, separator: str) -> str:
    return "\n".join("\t".join(cell_text(cell) for cell in row).rstrip("\t") for row in _parsed(text, separator))


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(MOST_CHARACTERS)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_SIGNS: tuple[tuple[bytes, Callable[[str, bytes], NoticeFile]], ...] = (
    (b"%PDF-", _pdf),
    (b"PK\x03\x04", _packed),
    (b"PK\x05\x06", _packed),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _old_office),
)
