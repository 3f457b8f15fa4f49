"""Two themes with the same tokens, every pair of ink and ground readable."""

import itertools

import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QLabel, QWidget

from app.ui import icons, theme
from app.ui.widgets.labels import Label

GROUNDS = ("ground", "surface", "raised", "head", "soft", "well")
TONES = ("ok", "attention", "stop", "hold", "spent", "accent")
FILLS = ("gold", "violet", "blue", "grey", "green", "mint", "red", "slate")
THEMES = ("light", "dark")


def luminance(colour: QColor) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_every_ink_reads_on_every_ground(name):
    tokens = theme.load(name)
    for ink, ground in itertools.product(("text", "muted", *TONES), GROUNDS):
        assert contrast(tokens.colour(ink), tokens.colour(ground)) >= 4.5, (ink, ground)


@pytest.mark.parametrize("name", THEMES)
def test_every_tone_reads_on_its_tint_and_on_itself_when_solid(name):
    tokens = theme.load(name)
    for tone in (*TONES, "plain"):
        assert contrast(tokens.colour(tone), tokens.colour(f"{tone}_bg")) >= 4.5, tone
    for tone in TONES:
        assert contrast(tokens.colour("on_solid"), tokens.colour(tone)) >= 4.5, tone
    assert contrast(tokens.colour("on_accent"), tokens.colour("accent")) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_text_reads_on_every_tint(name):
    tokens = theme.load(name)
    for tone, ink in itertools.product((*TONES, "plain"), ("text", "muted")):
        assert contrast(tokens.colour(ink), tokens.colour(f"{tone}_bg")) >= 4.5, (tone, ink)


@pytest.mark.parametrize("name", THEMES)
def test_shapes_stand_out_three_to_one(name):
    tokens = theme.load(name)
    assert contrast(tokens.colour("field"), tokens.colour("surface")) >= 3
    for fill in FILLS:
        assert contrast(tokens.colour(f"fill_{fill}"), tokens.colour("surface")) >= 3, fill
    for sign in ("stop", "ok", "attention"):
        assert contrast(tokens.colour("ink_light"), tokens.colour(f"sign_{sign}")) >= 4.5, sign


def test_both_themes_have_the_same_tokens():
    assert theme.load("light")._tokens.keys() == theme.load("dark")._tokens.keys()


def test_an_unknown_token_is_a_mistake():
    with pytest.raises(KeyError):
        theme.colour("pink")


def test_the_switch_repaints_and_recolours_labels(qapp, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    label = Label("x", "stop")
    label.setParent(window)
    label.ensurePolished()
    assert label.palette().color(label.foregroundRole()) == QColor(theme.load("light").hex("stop"))
    theme.apply(qapp, dark=True)
    assert theme.current().is_dark
    assert label.palette().color(label.foregroundRole()) == QColor(theme.load("dark").hex("stop"))
    label.set_ink("ok")
    assert label.palette().color(label.foregroundRole()) == QColor(theme.load("dark").hex("ok"))


def test_the_letters_are_the_bundled_ones(qapp):
    assert QFontInfo(theme.font()).family() == theme.SANS
    assert QFontInfo(theme.font(mono=True)).family() == theme.MONO
    assert QLabel().font().family() == theme.SANS


def test_every_icon_draws_something(qapp):
    assert len(icons.names()) >= 60
    for name in icons.names():
        image = icons.pixmap(name, "text", 24).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), name


def test_an_icon_takes_the_colour_of_its_token(qapp):
    image = icons.pixmap("circle", "stop", 48).toImage()
    solid = [image.pixelColor(x, 24) for x in range(48) if image.pixelColor(x, 24).alpha() == 255]
    assert solid[0] == theme.colour("stop")
    assert not icons.icon("check", "ok").isNull()


def test_icons_are_sharp_on_fine_screens(qapp):
    assert icons.pixmap("check", "text", 18, 2.0).width() == 36
