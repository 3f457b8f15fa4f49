"""Receipt and inspection of a delivery: the purchase check record of the hospital.

Regulation 739, art. 45 lists what the record holds: name, model, specification, quantity; lot; use-by or expiry date
and date of sale; names of registrant and contract manufacturer; name, address and contact of the supplier; numbers of
the licences. Order 18, art. 9 sets how long it is kept.
"""

from app.core.statuses.stock import Inspection
from app.reports.blocks import Fact, Heading, SignatureBoxes, both_lines, paired
from app.reports.case_parts import facts
from app.reports.codes import receipt_code
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, Sheet, Subject, speech_of
from app.reports.lots import Content, labelled, set_code
from app.reports.rows import ReceiptCheck, ReceiptLine, ReceiptSlip
from app.reports.speech import Pair, Speech, count, day, plain
from app.reports.styles import NOTE, SMALL, SMALL_STRONG, STRONG
from app.reports.table import Cell, Column, Grid, Table, table
from app.reports.typesetting import Line, set_text

GOODS = (
    ("item", 172.0, 0.0),
    ("lot", 106.0, 0.0),
    ("dates", 90.0, 0.0),
    ("quantity", 56.0, 1.0),
    ("verdict", 69.0, 0.0),
)
CHECKS = (("check", 208.0, 0.0), ("passed", 46.0, 0.0), ("failed", 52.0, 0.0), ("note", 187.0, 0.0))
KNOWN_CHECKS = frozenset({"supplier", "certificate", "conformity", "storage", "package", "expiry"})


def render_receipt_slip(slip: ReceiptSlip) -> bytes:
    """The receipt and inspection slip as PDF."""
    speech = speech_of(slip.paper)
    subject = Subject(
        title=speech.say("title.receipt"),
        number=slip.number,
        code=receipt_code(slip.number),
        hint=speech.say("scan_receipt"),
    )
    blocks: list[Block] = [*paired(_head(speech, slip), WIDTH), Gap(9)]
    blocks += [Heading(speech.say("heading.received_goods"), WIDTH), _goods(speech, slip.lines)]
    if slip.checks:
        blocks += [Gap(12), Heading(speech.say("heading.checks"), WIDTH), _checks(speech, slip.checks)]
    roles = tuple(speech.say(f"sign.{role}") for role in ("supplier", "received_by", "inspected_by"))
    signed = ("", slip.received_by, slip.inspected_by)
    closing: list[Block] = [Gap(12), SignatureBoxes(roles, speech.say("sign.moment"), WIDTH, signed)]
    return Sheet(slip.paper, subject).render(blocks, closing)


def _head(speech: Speech, slip: ReceiptSlip) -> list[Fact]:
    inspected = f"{slip.inspected_by} {speech.moment(slip.inspected_at)}" if slip.inspected_at else ""
    values = (
        ("supplier", slip.supplier),
        ("address", slip.supplier_address),
        ("supplier_contact", slip.supplier_contact),
        ("licence", slip.supplier_licence),
        ("order", slip.order_number),
        ("delivery_note", slip.delivery_note),
        ("purchased", day(slip.purchased_on) if slip.purchased_on else ""),
        ("waybill", slip.waybill),
        ("received", f"{speech.moment(slip.received_at)} {slip.received_by}".rstrip()),
        ("inspected", inspected),
        ("place", slip.place),
        ("temperature", slip.temperature),
    )
    return facts(speech, values, to_fill=frozenset({"purchased", "supplier_contact", "licence"}))


def _goods(speech: Speech, lines: tuple[ReceiptLine, ...]) -> Table:
    grid = Grid(tuple(Column(speech.say(f"column.{key}"), share, align) for key, share, align in GOODS), WIDTH)
    return table(grid, [_row(speech, grid, line) for line in lines])


def _row(speech: Speech, grid: Grid, line: ReceiptLine) -> list[Content]:
    lot = set_code(line.lot, grid.room(1)) + labelled("SN", line.serial, grid.room(1))
    produced, expiry = day(line.produced_on), day(line.expires_on)
    dates = labelled(speech.one("made"), produced, grid.room(2)) + labelled(speech.one("expires"), expiry, grid.room(2))
    return [
        Cell(_item(speech, line, grid.room(0))),
        Cell(lot),
        Cell(dates),
        (count(line.quantity, line.unit), STRONG),
        Cell(_verdict(speech, line, grid.room(4))),
    ]


def _item(speech: Speech, line: ReceiptLine, room: float) -> tuple[Line, ...]:
    lines = set_text(line.product, SMALL_STRONG, room)
    lines += set_text(line.specification, SMALL, room) + labelled("REF", line.ref, room)
    for key, value in (
        ("registrant", line.registrant),
        ("contract_maker", line.contract_maker),
        ("certificate", line.certificate),
    ):
        if value:
            lines += set_text(speech.one(f"receipt.{key}", value=value), NOTE, room)
    return lines


def _verdict(speech: Speech, line: ReceiptLine, room: float) -> tuple[Line, ...]:
    words = speech.status(Inspection(plain(line.state)))
    lines = set_text(words.first, STRONG, room) + set_text(words.second, NOTE, room)
    return lines + set_text(line.remark, NOTE, room)


def _checks(speech: Speech, checks: tuple[ReceiptCheck, ...]) -> Table:
    grid = Grid(tuple(Column(speech.say(f"column.{key}"), share, align) for key, share, align in CHECKS), WIDTH)
    return table(grid, [_check(speech, grid, check) for check in checks])


def _check(speech: Speech, grid: Grid, check: ReceiptCheck) -> list[Content]:
    known = check.name in KNOWN_CHECKS
    words = speech.say(f"receipt.check.{check.name}") if known else Pair(check.name)
    return [
        Cell(both_lines(words, grid.room(0))),
        Cell(blank="ticked" if check.passed else "tick"),
        Cell(blank="ticked" if check.passed is False else "tick"),
        (check.note, SMALL),
    ]
