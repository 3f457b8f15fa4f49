"""Colours and letters: tokens from ``resources/themes``, the bundled fonts, light and dark at run time.

Nothing else in the program names a colour. A widget asks ``colour("stop")`` while it paints, so a switch needs only
the repaint that Qt does by itself when the palette changes.
"""

import tomllib
from functools import cache
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from app.core.places import resources

SMALL, BODY, HEAD, TITLE, FIGURE, DISPLAY = 9.0, 10.5, 13.0, 18.0, 24.0, 64.0
"""Letter sizes in points; Chinese is never set below SMALL."""

SANS, MONO = "Noto Sans SC", "JetBrains Mono"
INKS = (
    "text",
    "muted",
    "accent",
    "ok",
    "attention",
    "stop",
    "hold",
    "spent",
    "plain",
    "on_accent",
    "on_solid",
    "ink_light",
)
"""Tokens that a label may take as its text colour."""


class Theme:
    """The tokens of one brightness. Raises KeyError for a token that ``tokens.toml`` does not have."""

    def __init__(self, name: str, tokens: dict[str, str]) -> None:
        self.name = name
        self._tokens = tokens
        self._colours = {token: QColor(value) for token, value in tokens.items()}

    @property
    def is_dark(self) -> bool:
        return self.name == "dark"

    def colour(self, token: str) -> QColor:
        return self._colours[token]

    def hex(self, token: str) -> str:
        return self._tokens[token]

    def has(self, token: str) -> bool:
        return token in self._tokens

    def style_sheet(self) -> str:
        template = (resources() / "themes" / "base.qss").read_text(encoding="utf-8")
        inks = [f'QLabel[ink="{ink}"] {{ color: {self.hex(ink)}; }}' for ink in INKS]
        return Template(template).substitute(self._tokens) + "\n".join(inks)

    def palette(self) -> QPalette:
        """The Fusion palette: every role that draws text or ground by itself."""
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.colour(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("muted"))
        return palette


_ROLES = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "head",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "shadow",
}


@cache
def load(name: str) -> Theme:
    """The theme ``light`` or ``dark`` from the token file."""
    with (resources() / "themes" / "tokens.toml").open("rb") as file:
        return Theme(name, tomllib.load(file)[name])


class _Current:
    """Which theme paints now; Qt keeps its palette and font the same way, one for the application."""

    name = "light"


def current() -> Theme:
    """The theme that paints now."""
    return load(_Current.name)


def colour(token: str) -> QColor:
    """The current theme's colour of a token; ask while painting, never keep it."""
    return current().colour(token)


def apply(app: QApplication, *, dark: bool) -> Theme:
    """Dress the whole application; callable again at any time to switch. Every widget repaints."""
    _register_fonts()
    _Current.name = "dark" if dark else "light"
    theme = current()
    if not app.styleSheet():
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(font())
    app.setPalette(theme.palette())
    app.setStyleSheet(theme.style_sheet())
    return theme


@cache
def _register_fonts() -> None:
    for path in sorted((resources() / "fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"font not usable: {path.name}")


@cache
def font(size: float = BODY, *, bold: bool = False, mono: bool = False) -> QFont:
    """A letter of the scale; mono without ligatures, so that ``->`` in a code stays as it was read.

    Returns a shared object: copy it (``QFont(font())``) before changing anything.
    """
    chosen = QFont([MONO, SANS] if mono else [SANS])
    chosen.setPointSizeF(size)
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if mono:
        chosen.setFeature(QFont.Tag("calt"), 0)
        chosen.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Medium)
    elif bold:
        chosen.setBold(True)
    return chosen


def tone_tint(tone: str) -> QColor:
    """The light ground that belongs to a tone."""
    return colour(f"{tone}_bg")


def set_ink(widget: QWidget, ink: str) -> None:
    """Give a label another ink token; it follows later theme switches by itself."""
    if widget.property("ink") == ink:
        return
    widget.setProperty("ink", ink)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
