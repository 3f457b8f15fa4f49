"""The papers of the open delivery, to be corrected in the pane."""

from app.ui.language import spoken
from app.ui.pages.receiving.forms import PaneForm
from app.ui.pages.receiving.head import HeadForm


class HeadPane(PaneForm):
    """Corrects the papers of the open delivery."""

    def __init__(self) -> None:
        super().__init__(spoken("receiving.head.title"), spoken("receiving.form.take"))
        self.form = HeadForm()
        self.add(self.form)
        self.finish()

    def submit(self) -> None:
        super().submit()
        self.form.submit()
