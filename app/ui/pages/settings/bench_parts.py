"""The parts of the scanner bench: the letters of a scan, what was read, what to change, the code to try."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.reports.codes import bracketed
from app.reports.setup_sheet import TEST
from app.reports.symbols import gs1_data_matrix
from app.udi.reading import Reading, ReadState, Severity
from app.ui import formats
from app.ui.language import Caption, say
from app.ui.pages.settings.bench_findings import Finding
from app.ui.pages.settings.scanners_presenter import BenchScan
from app.ui.widgets.byte_strip import ByteSpan
from app.ui.widgets.card import clear
from app.ui.widgets.labels import IconMark, Label, muted

STATE_INKS = {
    ReadState.COMPLETE: "ok",
    ReadState.PARTIAL: "attention",
    ReadState.AMBIGUOUS: "stop",
    ReadState.REFUSED: "stop",
}
_ICONS = {"ok": "check-circle", "attention": "alert", "stop": "x-circle"}


def spans_of(reading: Reading) -> list[ByteSpan]:
    """What was read for certain in green; an element that is wrong, and what nobody could read, in amber."""
    wrong = [one.position for one in reading.problems if one.severity is Severity.ERROR and one.position is not None]
    spans: list[ByteSpan] = []
    for element in reading.elements:
        begin, end = element.position, element.position + len(element.value)
        tone = "attention" if any(begin <= place < end for place in wrong) else "ok"
        spans.append(ByteSpan(begin, end, tone, f"({element.ai}) {element.value}"))
    lost = [place for place in wrong if not any(span.begin <= place < span.end for span in spans)]
    if lost:
        begin = max([lost[0], *(span.end for span in spans if span.begin < lost[0])])
        later = [span.begin for span in spans if span.begin >= begin]
        spans.append(ByteSpan(begin, min([*later, len(reading.raw)]), "attention", say("bench.from_here")))
    return spans


def marks_of(reading: Reading) -> list[int]:
    """The letters before which something is missing or wrong."""
    return [one.position for one in reading.problems if one.position is not None and one.severity is Severity.ERROR]


def problem_words(kind: str) -> str:
    """What is wrong, why, and what to do."""
    return say(f"udi.problem.{kind}")


def reading_words(reading: Reading) -> list[str]:
    """What stands in the fields, a line each; of an ambiguous scan the ways to read it."""
    if reading.candidates:
        ways = reading.candidates[:4]
        return [f"{'ABCD'[place]}　{' · '.join(_fields(way))}" for place, way in enumerate(ways)]
    return _fields(reading)


def _fields(reading: Reading) -> list[str]:
    day = formats.day(reading.expiry) if reading.expiry else ""
    named = (
        ("di", reading.di), ("lot", reading.lot), ("serial", reading.serial), ("expiry", day),
        ("made", formats.day(reading.production) if reading.production else ""),
        ("quantity", str(reading.quantity) if reading.quantity else ""),
    )  # fmt: skip
    return [f"{say(f'bench.field.{key}')} {value}" for key, value in named if value]


def verdict_words(scan: BenchScan) -> tuple[str, str]:
    """The heading and what it means for the person."""
    reading = scan.reading
    worst = next((one for one in reading.problems if one.severity is Severity.ERROR), None)
    worst = worst or next(iter(reading.problems), None)
    note = problem_words(worst.kind) if worst else say("bench.nothing_wrong")
    return say(f"bench.verdict.{reading.state.value}"), note


class SymbolView(QWidget):
    """A symbol, always dark on white and on whole dots, so that a scanner reads it off the screen in either theme."""

    QUIET = 3

    def __init__(self, name: Caption) -> None:
        super().__init__()
        self._symbol = gs1_data_matrix(bracketed(TEST))
        self._module = 4
        side = (self._symbol.width + 2 * self.QUIET) * self._module
        self.setFixedSize(QSize(side, side))
        self.setAccessibleName(name if isinstance(name, str) else name())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        for column, row, length in self._symbol.bars():
            left, top = (column + self.QUIET) * self._module, (row + self.QUIET) * self._module
            painter.fillRect(QRectF(left, top, length * self._module, self._module), QColor("black"))


class StepList(QWidget):
    """What to change at the scanner, in order; the last step is always to scan again."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(10)

    def show_steps(self, steps: list[str]) -> None:
        clear(self._rows)
        for number, step in enumerate([*steps, "again"] if steps else ["none"], start=1):
            heading = say(f"bench.step.{step}")
            self._rows.addWidget(Label(f"{number}. {heading}" if steps else heading, "text", bold=True, wrap=True))
            self._rows.addWidget(muted(say(f"bench.step.{step}_how"), wrap=True))


class CheckList(QWidget):
    """One line a check: its sign, its name, how it is."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def show_findings(self, found: tuple[Finding, ...]) -> None:
        clear(self._grid)
        for row, finding in enumerate(found):
            self._grid.addWidget(IconMark(_ICONS[finding.tone], finding.tone), row, 0)
            self._grid.addWidget(Label(say(f"bench.check.{finding.check}")), row, 1)
            how = say(f"bench.state.{finding.check}_{finding.state}", value=finding.value)
            ink = "muted" if finding.tone == "ok" else finding.tone
            told = Label(how, ink, bold=finding.tone != "ok")
            told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(told, row, 2)


def shown_text(raw: str) -> str:
    """A scan in one line, separators as words."""
    named = raw.replace("\x1d", "<GS>").replace("\x1e", "<RS>").replace("\x04", "<EOT>")
    return "".join(letter if letter.isprintable() else "·" for letter in named)


def symbology_words(scan: BenchScan) -> str:
    """The usual symbols by name, others by their identifier."""
    mark = scan.reading.symbology
    if not mark:
        return "—"
    return {"]d2": "GS1 DataMatrix", "]C1": "GS1-128", "]Q3": "GS1 QR"}.get(mark, mark)
