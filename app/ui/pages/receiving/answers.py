"""What the strip says of a scan: the sentence, the parts that were read, and the verdict that stays beside it."""

import re

from app.core.statuses.receipt import LineElement
from app.core.statuses.stock import LineState
from app.queries.deliveries import LineRow
from app.ui.language import language, say
from app.ui.pages.receiving.columns import product_words, verdict_chip
from app.ui.pages.receiving.scan_answer import ScanAnswer
from app.ui.widgets.scan_strip import ScanPart, ScanVerdict
from app.ui.words import look, word

_TONES = {LineState.READY: "ok", LineState.OVERRIDDEN: "hold", LineState.INCOMPLETE: "attention"}


def message(answer: ScanAnswer) -> tuple[str, str, str]:
    """Sentence, tone and icon of the strip; goods beyond the order are taken, but said."""
    line, over = answer.line, answer.over
    if over is None or not line.is_postable:
        return sentence(line), tone(line), icon(line)
    key = "over" if over.is_ordered else "not_ordered"
    words = say(f"receiving.order.scanned_{key}", line=line.line_no, ref=line.ref, units=over.units, number=over.number)
    return words, "attention", "warning"


def sentence(line: LineRow) -> str:
    """One sentence that says what to do next."""
    if line.is_postable:
        return say(
            "receiving.answer.ready",
            line=line.line_no,
            product=product_words(line),
            units=line.quantity,
            unit=line.unit.said_in(language()),
        )
    if line.problem is None:
        return ""
    key = line.problem.code.removeprefix("receiving.")
    element = word(line.element or LineElement.DEVICE)
    values = {"line": line.line_no, "lot": line.lot_no, "di": line.di, "ways": len(line.candidates)}
    return say(f"receiving.short.{key}", element=element, **values)


def tone(line: LineRow) -> str:
    """The tone of the strip and of what it remembers."""
    return _TONES.get(line.state, "stop")


def icon(line: LineRow) -> str:
    """The icon of the strip."""
    return "warning" if line.state is LineState.INCOMPLETE else look(line.state).icon


def note(answer: ScanAnswer) -> str:
    """How it was read: agency of the code, joined halves, one more package, time taken."""
    parts = [
        say("receiving.answer.joined") if answer.is_joined else "",
        say("receiving.answer.repeat", packages=answer.line.packages) if answer.is_repeat else "",
        f"{answer.milliseconds} ms",
        *(word(warning) for warning in answer.line.warnings),
    ]
    return " · ".join(part for part in parts if part)


def parts(line: LineRow) -> list[ScanPart]:
    """The elements as the code had them; what was typed is not among them."""
    if not line.raw:
        return []
    told = [
        ScanPart("DI ", line.di),
        ScanPart(f"{say('receiving.letter.lot')} ", line.lot_no),
        ScanPart(f"{say('receiving.letter.expiry')} ", line.expiry_on.isoformat() if line.expiry_on else ""),
        ScanPart("SN ", line.serial_no),
    ]
    kept = [part for part in told if part.content]
    return kept or [ScanPart("", visible(line.raw))]


def verdict(line: LineRow) -> ScanVerdict:
    """What stays visible of the scan."""
    chip = verdict_chip(line)
    code = line.lot_no or line.di or visible(line.raw)
    words = say("receiving.answer.taken") if line.is_postable else chip.text
    return ScanVerdict(code[:18], words, tone(line), chip.icon)


def visible(raw: str) -> str:
    """A raw scan with its separators by name, 48 characters at most."""
    named = re.sub(r"[\x00-\x1f]", lambda found: "<GS>" if found[0] == "\x1d" else "·", raw)
    return named if len(named) <= 48 else named[:47] + "…"
