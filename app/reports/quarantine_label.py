"""The label of goods that must not be used. Black on white: it is read at arm's length from a thermal printer.

Its symbol opens the recall case and holds nothing of the product, so that no scan of this label books a use.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.core.statuses.recall import RecallClass
from app.reports.codes import case_code
from app.reports.fonts import Face
from app.reports.frame import stop_sign
from app.reports.label_parts import RULE, STOCKS, Band, Field, Stock, caption, draw_column, symbol_module
from app.reports.pen import MM, Pen
from app.reports.rows import LabelSize, QuarantineLabel
from app.reports.speech import Speech, count, day, plain
from app.reports.styles import PAPER
from app.reports.symbols import data_matrix
from app.reports.typesetting import BLACK, Style, fitted


def render_quarantine_labels(labels: Sequence[QuarantineLabel], size: LabelSize = LabelSize.LARGE) -> bytes:
    """One page a label, of the size of the stock. Raises LabelOverflowError where a label cannot hold its text."""
    stock = STOCKS[size]
    title = f"{labels[0].case_number} × {len(labels)}" if labels else ""
    pen = Pen(size=(stock.width, stock.height), title=title, author="", subject="")
    for label in labels:
        _draw(pen, stock, label)
        pen.next_page()
    return pen.finish()


def _draw(pen: Pen, stock: Stock, label: QuarantineLabel) -> None:
    speech = Speech(label.language, label.zone)
    _head(pen, stock, speech, label)
    bands = _large(speech, label) if stock.size is LabelSize.LARGE else _small(speech, label)
    draw_column(pen, stock, bands, stock.head + stock.margin * 0.5)
    _aside(pen, stock, speech, label)


def _head(pen: Pen, stock: Stock, speech: Speech, label: QuarantineLabel) -> None:
    """The warning stands in both languages on every label: who finds it may read only one."""
    pen.box(0, 0, stock.width, stock.head, fill=BLACK)
    radius = stock.head * 0.335
    stop_sign(pen, stock.margin + radius, stock.head / 2, radius, PAPER, BLACK)
    key = "label.drill" if plain(label.kind) == "drill" else "label.do_not_use"
    words = Speech("both").say(key)
    first, second = (words.second, words.first) if speech.language == "en" else (words.first, words.second)
    left = stock.margin + 2 * radius + 0.11 * stock.head
    room = stock.width - left - stock.margin
    large = fitted(first, Style(stock.head * 0.40, stock.head * 0.48, Face.BOLD, PAPER), room, 6)
    small = fitted(second, Style(stock.head * 0.22, stock.head * 0.28, Face.BOLD, PAPER), room, 5)
    top = (stock.head - large.leading - small.leading) / 2
    pen.text(left, top, first, large)
    pen.text(left, top + large.leading, second, small)


def _large(speech: Speech, label: QuarantineLabel) -> list[Band]:
    said = {
        key: caption(speech.say(f"label.{key}")) for key in ("lot", "ref", "sn", "exp", "qty", "case", "place", "by")
    }
    product = speech.name(label.product, label.product_en)
    mono, bold = Face.MONO_BOLD, Face.BOLD
    return [
        (Field("", product.first, 13, bold, max_lines=2),),
        (Field("", product.second, 9, max_lines=1),),
        (Field(said["lot"], label.lot, 20, mono),),
        *_codes(Field(said["ref"], label.ref, 10.5, mono), Field(said["sn"], label.serial or "—", 10.5, mono)),
        (
            Field(said["exp"], day(label.expires_on), 11, mono, 1.15),
            Field(said["qty"], count(label.quantity, label.unit), 11, bold),
        ),
        RULE,
        (Field(said["case"], label.case_number, 12, mono, 1.9), _chip(speech, label, 10.5)),
        (Field(said["place"], _place(label), 10, bold),),
        (Field(said["by"], f"{label.sealed_by} {speech.moment(label.sealed_at)}", 10, bold),),
    ]


def _small(speech: Speech, label: QuarantineLabel) -> list[Band]:
    said = {key: speech.one(f"label.{key}") for key in ("lot", "ref", "sn", "exp", "qty", "by")}
    mono, bold = Face.MONO_BOLD, Face.BOLD
    return [
        (Field("", speech.name(label.product, label.product_en).first, 8, bold, max_lines=1),),
        (Field("", label.lot, 14, mono),),
        *_codes(Field(said["ref"], label.ref, 6.5, mono), Field(said["sn"], label.serial or "—", 6.5, mono)),
        (
            Field(said["exp"], day(label.expires_on), 6.5, mono, 1.15),
            Field(said["qty"], count(label.quantity, label.unit), 6.5, bold),
        ),
        RULE,
        (Field("", label.case_number, 8, mono, 1.3), _chip(speech, label, 7)),
        (Field("", _place(label), 6.5, bold),),
        (Field("", f"{label.sealed_by} {speech.moment(label.sealed_at)}", 6.5, bold),),
    ]


def _chip(speech: Speech, label: QuarantineLabel, size: float) -> Field:
    words = speech.word(RecallClass(plain(label.recall_class)))
    return Field("", words.inline.upper(), size, Face.BOLD, is_chip=True)


def _codes(ref: Field, serial: Field) -> list[Band]:
    """REF and serial beside one another where both are short, else each on its own row."""
    if len(ref.value) <= 12 and len(serial.value) <= 12:
        return [(replace(ref, share=1.15), serial)]
    return [(ref,), (serial,)]


def _place(label: QuarantineLabel) -> str:
    return f"{label.place} ← {label.from_place}" if label.from_place else label.place


def _aside(pen: Pen, stock: Stock, speech: Speech, label: QuarantineLabel) -> None:
    symbol = data_matrix(case_code(label.case_number))
    module = symbol_module(symbol, stock.symbol_room)
    side = module * symbol.width
    left = stock.width - stock.margin - side
    top = stock.head + (3.5 if stock.size is LabelSize.LARGE else 2.5) * MM
    pen.symbol(left, top, symbol, module=module)
    size = 7.0 if stock.size is LabelSize.LARGE else 5.5
    style = Style(size, size * 1.3)
    hint = speech.say("label.scan_case")
    middle = left + side / 2
    pen.text(middle, top + side + 2, hint.first, fitted(hint.first, style, stock.symbol_room, 4), align=0.5)
    if stock.size is LabelSize.LARGE:
        pen.text(middle, top + side + 2 + style.leading, hint.second, style, align=0.5)
    number = f"{speech.one('label.number')} {label.index} / {label.count}"
    text = number if stock.size is LabelSize.LARGE else f"{label.index} / {label.count}"
    pen.text(stock.width - stock.margin, stock.height - stock.margin * 0.75 - style.leading * 1.2, text, style, align=1)
