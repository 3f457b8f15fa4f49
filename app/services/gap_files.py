"""The list of gaps written to a file for a spreadsheet."""

from collections.abc import Sequence
from pathlib import Path

from app.core.batch_master import MasterItem
from app.core.errors import StorageError
from app.core.words import Language, status_text, text
from app.interchange.safe_cells import csv_bytes
from app.queries.completeness import GapRow

_COLUMNS = ("lot", "product", "ref", "receipt", "supplier", "score", "group", "item", "source", "fix")


class GapsNotWrittenError(StorageError):
    """The file ``path`` could not be written, because of ``reason``."""

    code = "supplement.not_written"


def gaps_csv(rows: Sequence[GapRow], language: Language) -> bytes:
    """One line a gap, in one language; no cell starts a formula."""
    head = [text(f"batch_master.column.{name}", language) for name in _COLUMNS]
    return csv_bytes(head, [_cells(row, language) for row in rows])


def _cells(row: GapRow, language: Language) -> list[object]:
    item = row.item
    return [
        row.lot_no,
        row.product.said_in(language),
        row.ref,
        row.receipt_no,
        row.supplier.said_in(language),
        row.score,
        status_text(item.group, language),
        item.name.said_in(language),
        item.source.said_in(language),
        text(f"batch_master.fix.{_door(item)}", language),
    ]


def _door(item: MasterItem) -> str:
    if item.attachments:
        return "files"
    return "card" if item.field else item.door


def write_gaps(folder: Path, name: str, rows: Sequence[GapRow], language: Language) -> Path:
    """Beside and moved into place, so that an old list is whole or replaced. Raises GapsNotWrittenError."""
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_bytes(gaps_csv(rows, language))
        beside.replace(path)
    except OSError as error:
        raise GapsNotWrittenError(path=str(path), reason=error.strerror or "") from None
    return path
