"""The full-screen stop of a lot that must not be issued."""

from app.core.words import describe, text
from app.ui import formats
from app.ui.language import language, other_language, say
from app.ui.pages.issuing.presenter import Stopped
from app.ui.widgets.facts import Fact
from app.ui.widgets.verdict_sign import Sign, SignAction, Step

OPEN, UNDERSTOOD = "open", "understood"
_STEPS = ("aside", "quarantine", "others")


def stop_sign(stopped: Stopped, place: str) -> Sign:
    """In the language of the screen; only a deliberate key leads on."""
    product = stopped.product
    facts = (
        Fact(say("ward.fact.ref"), product.ref, is_mono=True),
        Fact(say("ward.fact.lot"), stopped.lot, is_mono=True, ink="stop", is_bold=True),
        Fact(say("ward.fact.expiry"), formats.day(stopped.expiry_on)),
        Fact(say("ward.fact.certificate"), product.certificate_no),
    )
    return Sign(
        tone="stop",
        words=say("issuing.stop.words"),
        other_words=text("issuing.stop.words", other_language()),
        reason=describe(stopped.error, language()),
        place=place,
        facts_caption=say("ward.box"),
        facts_title=product.name.said_in(language()),
        facts=facts,
        steps_caption=say("ward.now_do"),
        steps=tuple(Step(say(f"issuing.stop.step.{key}"), say(f"issuing.stop.step.{key}_note")) for key in _STEPS),
        contact=say("issuing.stop.contact"),
        contact_note=say("issuing.stop.contact_note"),
        actions=(
            SignAction(OPEN, say("issuing.stop.open"), "F6"),
            SignAction(UNDERSTOOD, say("issuing.stop.understood"), "F8", is_primary=True),
        ),
    )
