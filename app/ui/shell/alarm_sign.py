"""A launched recall as the full-screen sign that rings until somebody answers."""

from datetime import datetime, timedelta

from app.core.statuses.recall import CaseKind, RecallClass
from app.core.words import Language, text
from app.queries.alarms import AlarmRow
from app.ui import formats
from app.ui.language import language, other_language, say
from app.ui.widgets.facts import Fact
from app.ui.widgets.verdict_sign import Sign, SignAction, Step, Tone
from app.ui.words import word

ANSWER, LATER = "answer", "later"
LATER_MINUTES = 2
SHOWN_LOTS = 3
_STEPS = ("stop", "aside", "answer")
_WORDS = {CaseKind.DRILL: "words_drill", CaseKind.ADVISORY: "words_warning"}
_UNGRADED = frozenset({CaseKind.DRILL, CaseKind.ADVISORY, CaseKind.INTERNAL_HOLD})


def sign_of(alarm: AlarmRow, *, others: int, may_answer: bool, now: datetime) -> Sign:
    """``others`` more recalls wait; ``may_answer``: one key is enough, nobody has to sign in first."""
    tongue = language()
    return Sign(
        tone=_tone(alarm),
        words=_big(alarm, tongue),
        other_words=_big(alarm, other_language()),
        reason=headline(alarm),
        note=_note(alarm, now),
        place=f"{alarm.site.said_in(tongue)} · {alarm.place.said_in(tongue)}",
        person=f"{say('alarm.band')}　{formats.moment(now)}",
        facts_caption=say("alarm.caption"),
        facts_title=_products(alarm, tongue),
        facts=_facts(alarm, now),
        steps_caption=say("alarm.steps"),
        steps=tuple(Step(say(f"alarm.step.{key}"), say(f"alarm.step.{key}_note")) for key in _STEPS),
        hint=say("alarm.waiting", count=others) if others else "",
        contact=say("alarm.contact", phone=alarm.phone or formats.DASH),
        contact_note=say("alarm.contact_note"),
        actions=(
            SignAction(LATER, say("alarm.action.later", minutes=LATER_MINUTES), "F9"),
            SignAction(ANSWER, say(f"alarm.action.{'answer' if may_answer else 'sign_in'}"), "F8", is_primary=True),
        ),
    )


def headline(alarm: AlarmRow) -> str:
    """What it is about, in one sentence."""
    if alarm.kind in _UNGRADED or alarm.recall_class is RecallClass.UNCLASSIFIED:
        return say("alarm.reason_plain", title=alarm.title)
    return say("alarm.reason", grade=word(alarm.recall_class), title=alarm.title)


def big_words(alarm: AlarmRow) -> str:
    """Recall, warning or drill, in the language of the screen."""
    return _big(alarm, language())


def _tone(alarm: AlarmRow) -> Tone:
    return "attention" if alarm.kind in _WORDS else "stop"


def _big(alarm: AlarmRow, tongue: Language) -> str:
    return text(f"alarm.{_WORDS.get(alarm.kind, 'words')}", tongue)


def _note(alarm: AlarmRow, now: datetime) -> str:
    if alarm.launched_at is None:
        return alarm.case_number
    at, since = formats.moment(alarm.launched_at), now - alarm.launched_at
    if since < timedelta(minutes=1):
        return say("alarm.note_now", number=alarm.case_number, at=at)
    return say("alarm.note", number=alarm.case_number, at=at, ago=formats.span(since, language()))


def _products(alarm: AlarmRow, tongue: Language) -> str:
    names = [product.said_in(tongue) for product in alarm.products]
    if len(names) > 1:
        return say("alarm.more_products", product=names[0], count=len(names))
    return names[0] if names else formats.DASH


def _facts(alarm: AlarmRow, now: datetime) -> tuple[Fact, ...]:
    left = formats.time_left(alarm.acknowledge_by, now, language())
    due = f"{formats.short_moment(alarm.acknowledge_by, now)} · {left}"
    return (
        Fact(say("alarm.fact.lots"), _lots(alarm), is_mono=True, ink="stop", is_bold=True),
        Fact(say("alarm.fact.expected"), say("alarm.fact.expected_value", units=alarm.expected)),
        Fact(say("alarm.fact.due"), due),
        Fact(say("alarm.fact.hazard"), alarm.hazard or formats.DASH),
    )


def _lots(alarm: AlarmRow) -> str:
    shown = "  ".join(alarm.lots[:SHOWN_LOTS])
    if len(alarm.lots) <= SHOWN_LOTS:
        return shown or formats.DASH
    return say("alarm.lots_more", lots=shown, count=len(alarm.lots))
