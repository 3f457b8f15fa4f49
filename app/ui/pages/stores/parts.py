"""What the three tabs of store work share: the strip that answers, the pane that a second person signs in, lists."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget

from app.core.count_reasons import Deviation, reasons_for
from app.core.errors import AppError
from app.core.statuses.locks import LockLayer
from app.core.words import describe
from app.queries.locations import LocationRow
from app.services.stops import LotStoppedError
from app.ui import words
from app.ui.language import Caption, language, read, say, spoken
from app.ui.pages.stores.signing import Signer
from app.ui.sounds import Sound
from app.ui.widgets.card import SidePane
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.fields import ComboField, Option
from app.ui.widgets.scan_strip import ScanStrip, ScanVerdict
from app.ui.widgets.signature_pane import SignaturePane

PANE_WIDTH = 304
LAST = 3


class SoundPlayer(Protocol):
    """What plays the three sounds."""

    def play(self, sound: Sound) -> None:
        """Return at once."""
        ...


class Teller:
    """Answers a scan or an act: in the strip, in the list of the last scans, and by sound."""

    def __init__(self, strip: ScanStrip, sounds: SoundPlayer | None) -> None:
        self._strip, self._sounds = strip, sounds
        self._last: list[tuple[str, Caption, str, str]] = []

    def invite(self, words: Caption) -> None:
        """What is to be scanned next."""
        self._strip.answer(words)

    def taken(self, words: Caption, code: str = "", state: Caption = "", *, tone: str = "ok") -> None:
        """It was taken; a ``tone`` other than ok asks for a look."""
        icon = "check-circle" if tone == "ok" else "warning"
        self._strip.answer(words, tone, icon)
        if code:
            self._remember(code, state, tone, icon)
        self.play("taken" if tone == "ok" else "look")

    def half(self) -> None:
        """The other code of the label is still to come."""
        self._strip.answer(spoken("stores.halves"), "attention", "scan")
        self.play("look")

    def refuse(self, error: AppError, code: str = "") -> None:
        """It was not taken; a locked lot sounds like a stop."""
        self._strip.answer(lambda: describe(error, language()), "stop", "x-circle")
        if code:
            self._remember(code, spoken("stores.not_taken"), "stop", "x-circle")
        self.play("stop" if isinstance(error, LotStoppedError) else "look")

    def _remember(self, code: str, state: Caption, tone: str, icon: str) -> None:
        self._last = [(code, state, tone, icon), *self._last][:LAST]
        self.speak_again()

    def speak_again(self) -> None:
        """The last scans in the language of the moment."""
        self._strip.set_last([ScanVerdict(code, read(state), tone, icon) for code, state, tone, icon in self._last])

    def play(self, sound: Sound) -> None:
        if self._sounds is not None:
            self._sounds.play(sound)


class SignedPane(QStackedWidget):
    """A form, and over it the second person's signature while it is asked for; what was typed stays."""

    def __init__(self, width: int = PANE_WIDTH) -> None:
        super().__init__()
        self.setFixedWidth(width)
        self.form = SidePane(width)
        self.signature = SignaturePane()
        self._then: Callable[[str, str], None] | None = None
        self._scroll = QScrollArea()  # a small screen scrolls the signature, not the page
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.signature)
        self.addWidget(self.form)
        self.addWidget(self._scroll)
        self.signature.signed.connect(self._sign)
        self.signature.cancelled.connect(self.finish)

    @property
    def is_asking(self) -> bool:
        return self.currentWidget() is self._scroll

    def ask(self, meaning: Caption, people: Sequence[Signer], then: Callable[[str, str], None]) -> None:
        """Ask one of the people to sign; ``then`` gets login and password."""
        self._then = then
        self.setCurrentWidget(self._scroll)
        options = [Option(one.login, one.name.said_in(language())) for one in people]
        self.signature.ask(meaning, options, needs_reason=False)

    def refuse(self, error: AppError) -> None:
        """Say why it was not taken."""
        self.signature.refuse(lambda: describe(error, language()))

    def finish(self) -> None:
        """Back to the form."""
        self._then = None
        self.setCurrentWidget(self.form)

    def _sign(self, login: str, password: str, _reason: str) -> None:
        if self._then is not None:
            self._then(login, password)


class ReasonField(ComboField):
    """The list of reasons for a kind of difference."""

    def __init__(self) -> None:
        super().__init__(spoken("stores.reason"), icon="question", placeholder=spoken("widgets.choose"))
        self._deviation = Deviation.LOSS

    def offer(self, deviation: Deviation, chosen: str = "") -> None:
        """Offer the list's reasons; ``chosen`` is the key as it is kept, with its version."""
        self._deviation = deviation
        self.set_options([Option(one.key, one.text.said_in(language())) for one in reasons_for(deviation)])
        if chosen:
            self.set_value(chosen.rpartition(":")[2])

    def speak_again(self) -> None:
        """In the language of the moment; the choice stays."""
        chosen = self.value()
        self.offer(self._deviation)
        self.set_value(chosen)


def place_options(places: Sequence[LocationRow]) -> list[Option]:
    """Places by name in the language of the moment."""
    return [Option(str(place.id), place.name.said_in(language())) for place in places]


def layer_cell(layers: Sequence[LockLayer], *, free: str = "stores.free") -> Cell:
    """The gravest standing layer as a chip, or that there is none."""
    if layers:
        return Cell(chip=words.chip(layers[0]))
    return Cell(chip=ChipLook(say(free), "ok", "check-circle"))
