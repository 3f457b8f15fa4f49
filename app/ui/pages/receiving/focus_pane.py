"""The pane at the right: the line in focus, what is known of it and from where, and what can be done about it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.statuses.receipt import LineElement
from app.core.statuses.stock import LineState
from app.queries.deliveries import CandidateRow, DeliveryCard, Lamp, LineRow
from app.ui import formats, theme
from app.ui.language import Caption, language, say, spoken
from app.ui.pages.receiving.columns import is_out, override_words, problem_words, product_words
from app.ui.pages.receiving.parts import ElementRow, HintBox
from app.ui.widgets.buttons import KeycapButton
from app.ui.widgets.card import SidePane, clear
from app.ui.widgets.facts import Fact, FieldRow
from app.ui.widgets.labels import Label, LinkButton, Rule, muted
from app.ui.words import word

PANE_WIDTH = 296
_OVERRIDABLE = frozenset({"receiving.recalled", "receiving.held", "receiving.expired"})


class FocusPane(SidePane):
    """Its rows stand and are told what to show: building them anew for each scan took a third of the answer's time."""

    confirmed = Signal()
    chose = Signal(int)
    override_wanted = Signal()
    register_wanted = Signal()
    correct_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(PANE_WIDTH)
        self.body.setContentsMargins(16, 12, 14, 8)
        self.body.setSpacing(5)
        self.buttons: list[KeycapButton] = []
        self._shown: tuple[object, ...] | None = None
        self._nothing = Label(spoken("receiving.focus.nothing"), "muted", wrap=True)
        self._number, self._name = muted(""), Label("", "text", theme.HEAD, bold=True, wrap=True)
        self._code = Label("", "muted", theme.SMALL, mono=True)
        self._facts = [FieldRow(Fact("", "", is_mono=is_mono)) for is_mono in (True, True, False, False, False, False)]
        self._rows = {element: ElementRow(element) for element in LineElement}
        self.correct_link = LinkButton(spoken("receiving.action.correct"))
        self._known, self._trouble, self._hints = _stacked(self._facts), _Changing(), _Changing()
        self._arrange()

    def _arrange(self) -> None:
        head = QWidget()
        inside = QHBoxLayout(head)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Label(spoken("receiving.focus.elements"), "text", theme.BODY, bold=True, elide=True), 1)
        self.correct_link.setShortcut("F6")
        self.correct_link.setFixedHeight(24)
        self.correct_link.clicked.connect(self.correct_wanted)
        inside.addWidget(self.correct_link)
        rows = _stacked(list(self._rows.values()))
        self._parts = (
            self._number,
            self._name,
            self._code,
            self._known,
            self._trouble,
            Rule(),
            head,
            rows,
            self._hints,
        )
        for part in (self._nothing, *self._parts):
            self.add(part)
        self.body.addStretch(1)

    def show_line(self, line: LineRow | None, card: DeliveryCard, *, can_register: bool) -> None:
        """Nothing is done where nothing differs: an answer to a scan shows its line twice."""
        shown = (line, card, can_register, language())
        if shown == self._shown:
            return
        self._shown = shown
        self._trouble.empty()
        self._hints.empty()
        self.buttons = []
        self._nothing.setVisible(line is None)
        for part in self._parts:
            part.setVisible(line is not None)
        if line is None:
            return
        self._show_head(line)
        if line.product_id:
            self._show_facts(line, card)
        self._known.setVisible(bool(line.product_id))
        self.correct_link.setVisible(bool(line.product_id))
        self._add_trouble(line, can_register=can_register)
        self._show_elements(line)
        self._add_hint(line)

    def show_typing(self, element: LineElement | None, words: str) -> None:
        """What stands in the line's field, letter by letter."""
        self._shown = None
        if element is not None:
            self._rows[element].value.set_text(words or formats.DASH)

    def _show_head(self, line: LineRow) -> None:
        self._number.set_text(say("receiving.focus.line", line=line.line_no))
        self._name.set_text(product_words(line))
        code = " · ".join(part for part in (line.ref, line.spec) if part)
        self._code.set_text(code)
        self._code.setVisible(bool(code))

    def _show_facts(self, line: LineRow, card: DeliveryCard) -> None:
        facts = [
            Fact(spoken("receiving.focus.di"), line.di or formats.DASH, is_mono=True),
            Fact(spoken("receiving.focus.lot"), line.lot_no or formats.DASH, is_mono=True),
            Fact(spoken("receiving.focus.maker"), line.maker.said_in(language()) if line.maker else formats.DASH),
            Fact(spoken("receiving.focus.certificate"), line.certificate_no or formats.DASH),
            self._papers(line, card),
            self._recalls(line),
        ]
        for row, fact in zip(self._facts, facts, strict=True):
            row.set_fact(fact)

    def _papers(self, line: LineRow, card: DeliveryCard) -> Fact:
        label = spoken("receiving.focus.papers")
        days = [day for day in (line.certificate_valid_until, card.supplier.licence_valid_until) if day is not None]
        until = min(days)
        if until < card.today:
            return Fact(label, say("receiving.focus.lapsed", until=until), icon="x-circle", ink="stop")
        return Fact(label, say("receiving.focus.valid", until=until), icon="check-circle", ink="ok")

    def _recalls(self, line: LineRow) -> Fact:
        label = spoken("receiving.focus.recalls")
        if not line.stops:
            return Fact(label, spoken("receiving.focus.no_recall"), icon="check-circle", ink="ok")
        names = list(dict.fromkeys(stop.case or say("receiving.focus.hold") for stop in line.stops))
        return Fact(label, " ".join(names), icon="x-circle", ink="stop", is_bold=True)

    def _add_trouble(self, line: LineRow, *, can_register: bool) -> None:
        """The problem in words with its way out; what is typed into the row needs no words here."""
        if line.state is LineState.OVERRIDDEN:
            self._trouble.add(HintBox(override_words(line), icon="user-check", ink="hold"))
            return
        code = line.problem.code if line.problem else ""
        if is_out(line) or (line.element is LineElement.DEVICE and code):
            ink = "stop" if is_out(line) else "attention"
            self._trouble.add(HintBox(problem_words(line), icon="x-circle" if is_out(line) else "warning", ink=ink))
        if code == "receiving.ambiguous":
            self._add_candidates(line.candidates)
        elif code == "receiving.unconfirmed":
            self._button("receiving.action.confirm", "F8", "check", self.confirmed.emit, primary=True)
        elif code == "receiving.unknown_device" and can_register:
            self._button("receiving.action.register", "F7", "plus", self.register_wanted.emit, primary=True)
        elif code in _OVERRIDABLE:
            self._button("receiving.action.override", "F7", "signature", self.override_wanted.emit)

    def _add_candidates(self, candidates: Sequence[CandidateRow]) -> None:
        for each in candidates[:9]:
            told = [
                f"{say('receiving.letter.lot')} {each.lot}" if each.lot else "",
                f"{say('receiving.letter.expiry')} {each.expiry_on}" if each.expiry_on else "",
                f"{say('receiving.letter.production')} {each.production_on}" if each.production_on else "",
                f"SN {each.serial}" if each.serial else "",
            ]
            words = "  ".join(part for part in told if part)
            button = KeycapButton(words, key=f"Alt+{each.number + 1}", size=theme.SMALL)
            button.clicked.connect(partial(self.chose.emit, each.number))
            self.buttons.append(button)
            self._trouble.add(button)

    def _show_elements(self, line: LineRow) -> None:
        values = {
            LineElement.DEVICE: f"…{line.di[-5:]}" if line.di else "",
            LineElement.LOT: line.lot_no,
            LineElement.PRODUCTION: line.production_on.isoformat() if line.production_on else "",
            LineElement.EXPIRY: line.expiry_on.isoformat() if line.expiry_on else "",
            LineElement.SERIAL: line.serial_no,
            LineElement.QUANTITY: formats.number(line.quantity),
        }
        for element, lamp in line.lamps:
            source, ink = _source(element, lamp, has_value=bool(values[element]), is_hand_made=not line.raw)
            self._rows[element].show_part(lamp, values[element] or formats.DASH, source, ink)

    def _add_hint(self, line: LineRow) -> None:
        if line.state is LineState.INCOMPLETE and line.element in (LineElement.EXPIRY, LineElement.PRODUCTION):
            self._hints.add(HintBox(say("receiving.hint.month"), say("receiving.hint.month_then")))
        elif line.problem is not None and line.problem.code == "receiving.half_barcode":
            self._hints.add(HintBox(say("receiving.hint.half"), say("receiving.hint.half_then")))
        for warning in line.warnings:
            self._hints.add(HintBox(word(warning), icon="warning", ink="attention"))

    def _button(self, key: str, keys: str, icon: str, act: object, *, primary: bool = False) -> None:
        caption: Caption = spoken(key)
        button = KeycapButton(caption, kind="primary" if primary else "plain", icon=icon, key=keys)
        button.clicked.connect(act)
        self.buttons.append(button)
        self._trouble.add(button)


class _Changing(QWidget):
    """A place for what only some lines have."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)

    def add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)
        self.show()

    def empty(self) -> None:
        clear(self._column)
        self.hide()


def _stacked(widgets: Sequence[QWidget]) -> QWidget:
    """Rows without the pane's spacing between them."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    for widget in widgets:
        column.addWidget(widget)
    return holder


def _source(element: LineElement, lamp: Lamp, *, has_value: bool, is_hand_made: bool) -> tuple[str, str]:
    if lamp is Lamp.MISSING:
        return say("receiving.focus.waiting"), "attention"
    if lamp is Lamp.NOT_NEEDED:
        return say("receiving.focus.no_serial") if element is LineElement.SERIAL else word(lamp), "muted"
    if lamp is Lamp.WRONG and not has_value:
        return word(lamp), "stop"
    if lamp is Lamp.TYPED or is_hand_made:
        return word(Lamp.TYPED), "muted"
    return word(Lamp.SCANNED), "stop" if lamp is Lamp.WRONG else "muted"
