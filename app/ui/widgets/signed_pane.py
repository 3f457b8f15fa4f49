"""A pane in which a second person signs over the form that was filled in; what was typed stays."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from app.core.errors import AppError
from app.core.words import describe
from app.ui.language import Caption, language
from app.ui.signers import Signed, Signer
from app.ui.widgets.card import SidePane
from app.ui.widgets.fields import Option
from app.ui.widgets.signature_pane import SignaturePane

PANE_WIDTH = 316


class SignedPane(QStackedWidget):
    """A form, and over it the second person's signature while it is asked for; what was typed stays."""

    def __init__(self, width: int = PANE_WIDTH) -> None:
        super().__init__()
        self.setFixedWidth(width)
        self.form = SidePane(width)
        self.signature = SignaturePane()
        self._then: Callable[[Signed], None] | None = None
        self.addWidget(self.form)
        self.addWidget(self.signature)
        self.signature.signed.connect(self._sign)
        self.signature.cancelled.connect(self.finish)

    def ask(
        self,
        meaning: Caption,
        people: tuple[Signer, ...],
        then: Callable[[Signed], None],
        *,
        needs_reason: bool,
        button: Caption = "",
        is_own: bool = False,
    ) -> None:
        """Ask one of the people to sign; ``then`` gets what they typed. ``is_own``: who sits here signs."""
        self._then = then
        options = [Option(one.login, one.name.said_in(language())) for one in people]
        self.setCurrentWidget(self.signature)
        self.signature.ask(meaning, options, needs_reason=needs_reason, button=button, is_own=is_own)

    @property
    def is_asking(self) -> bool:
        return self.currentWidget() is self.signature

    def refuse(self, error: AppError) -> None:
        """Say why it was not taken."""
        self.signature.refuse(lambda: describe(error, language()))

    def finish(self) -> None:
        """Back to the form."""
        self._then = None
        self.setCurrentWidget(self.form)

    def _sign(self, login: str, password: str, reason: str) -> None:
        if self._then is not None:
            self._then(Signed(login, password, reason))
