"""The label of a batch that may be used: its symbol is read as the product, lot, expiry and serial it carries."""

from collections.abc import Sequence

from app.reports.codes import batch_code, bracketed, gs1_elements, human_readable
from app.reports.fonts import Face
from app.reports.label_parts import RULE, STOCKS, Band, Field, Stock, caption, draw_column, symbol_module
from app.reports.pen import Pen
from app.reports.rows import BatchLabel, LabelSize
from app.reports.speech import Speech, count, day
from app.reports.symbols import Symbol, data_matrix, gs1_data_matrix
from app.reports.typesetting import Style, fitted


def render_batch_labels(labels: Sequence[BatchLabel], size: LabelSize = LabelSize.LARGE) -> bytes:
    """One page a label, of the size of the stock. Raises LabelOverflowError where a label cannot hold its text."""
    stock = STOCKS[size]
    title = f"{labels[0].batch_code} × {len(labels)}" if labels else ""
    pen = Pen(size=(stock.width, stock.height), title=title, author=labels[0].hospital if labels else "", subject="")
    for label in labels:
        _draw(pen, stock, label)
        pen.next_page()
    return pen.finish()


def _draw(pen: Pen, stock: Stock, label: BatchLabel) -> None:
    speech = Speech(label.language)
    bands = _large(speech, label) if stock.size is LabelSize.LARGE else _small(speech, label)
    draw_column(pen, stock, bands, stock.margin)
    _aside(pen, stock, label)


def _large(speech: Speech, label: BatchLabel) -> list[Band]:
    keys = ("lot", "ref", "sn", "exp", "qty", "mfg", "receipt", "supplier", "place", "storage")
    said = {key: caption(speech.say(f"label.{key}")) for key in keys}
    mono, bold = Face.MONO_BOLD, Face.BOLD
    produced = day(label.produced_on) if label.produced_on else ""
    quantity = count(label.quantity, label.unit) if label.quantity else ""
    product = speech.name(label.product, label.product_en)
    return [
        (Field("", product.first, 13, bold, max_lines=2),),
        (Field("", product.second, 9, max_lines=1),),
        (Field(said["ref"], label.ref, 11, mono),),
        RULE,
        (Field(said["lot"], label.lot, 20, mono),),
        (Field(said["exp"], day(label.expires_on), 15, mono),),
        (Field(said["sn"], label.serial, 11, mono),),
        (Field(said["mfg"], produced, 10, Face.MONO),),
        (Field(said["qty"], quantity, 10, bold),),
        RULE,
        (Field(said["receipt"], label.receipt_number, 9, Face.MONO),),
        (Field(said["supplier"], label.supplier, 9),),
        (Field(said["place"], label.place, 9),),
        (Field(said["storage"], label.storage, 9),),
    ]


def _small(speech: Speech, label: BatchLabel) -> list[Band]:
    said = {key: speech.one(f"label.{key}") for key in ("lot", "ref", "sn", "exp", "qty", "receipt", "place")}
    mono = Face.MONO_BOLD
    return [
        (Field("", speech.name(label.product, label.product_en).first, 8, Face.BOLD, max_lines=2),),
        (Field(said["ref"], label.ref, 7, mono),),
        (Field("", label.lot, 14, mono),),
        (Field(said["exp"], day(label.expires_on), 9, mono),),
        (Field(said["sn"], label.serial, 7, mono),),
        RULE,
        (Field(said["qty"], count(label.quantity, label.unit) if label.quantity else "", 6.5),),
        (Field(said["place"], label.place, 6.5),),
        (Field(said["receipt"], label.receipt_number, 6.5, Face.MONO),),
    ]


def _symbol(label: BatchLabel) -> tuple[Symbol, tuple[str, ...]]:
    """The symbol with the lines that say in letters what it holds."""
    elements = gs1_elements(gtin=label.gtin, lot=label.lot, expires_on=label.expires_on, serial=label.serial)
    if elements:
        return gs1_data_matrix(bracketed(elements)), human_readable(elements)
    code = batch_code(label.batch_code)
    return data_matrix(code), (code,)


def _aside(pen: Pen, stock: Stock, label: BatchLabel) -> None:
    symbol, lines = _symbol(label)
    module = symbol_module(symbol, stock.symbol_room)
    side = module * symbol.width
    left = stock.width - stock.margin - side
    pen.symbol(left, stock.margin, symbol, module=module)
    size = 5.5 if stock.size is LabelSize.LARGE else 4.5
    style = Style(size, size * 1.35, Face.MONO)
    top = stock.margin + side + 3
    for line in lines:
        pen.text(left + side, top, line, fitted(line, style, stock.symbol_room + stock.margin, 3), align=1)
        top += style.leading
