"""The verdict on a scanned box while nobody is signed in: the same signs as on the ward page, and nothing to record."""

from datetime import datetime

from app.core.statuses.ward import WardAnswer, WardReason
from app.queries.alarms import LockedVerdict
from app.ui import formats
from app.ui.language import language, other_language, say
from app.ui.pages.ward.sign import LEAVES_AFTER, big_words, steps_for, tone_of
from app.ui.widgets.facts import Fact
from app.ui.widgets.verdict_sign import Sign, SignAction, Step

SIGN_IN, UNDERSTOOD = "sign_in", "understood"
_OWN_WORDS = frozenset({WardReason.ON_HOLD, WardReason.REJECTED, WardReason.RECALLED})


def locked_sign(verdict: LockedVerdict, *, place: str, now: datetime, seconds: float) -> Sign:
    """``place`` is where this workstation stands; ``seconds`` is how long the answer took."""
    is_ok = verdict.answer is WardAnswer.OK
    stopped = verdict.answer is WardAnswer.DO_NOT_USE
    return Sign(
        tone=tone_of(verdict.answer),
        words=big_words(verdict.answer, language()),
        other_words=big_words(verdict.answer, other_language()),
        reason=_reason(verdict),
        note=say("ward.took", seconds=f"{seconds:.2f}", at=formats.moment(now)),
        place=place,
        person=f"{say('live.lock.nobody')}　{formats.moment(now)}",
        facts_caption=say("ward.box"),
        facts_title=verdict.product.said_in(language()) if verdict.product else say("ward.fact.unknown"),
        facts=_facts(verdict, stopped=stopped),
        steps_caption=say("ward.checked" if is_ok else "ward.now_do"),
        steps=_checked() if is_ok else _steps(verdict),
        contact=say("ward.next", seconds=LEAVES_AFTER) if is_ok else say("live.lock.contact"),
        contact_note="" if is_ok else say("ward.contact_note" if stopped else "ward.contact_ask"),
        actions=_actions(is_ok=is_ok),
        holds=stopped,
        seconds=LEAVES_AFTER if is_ok else 0,
    )


def _reason(verdict: LockedVerdict) -> str:
    if not verdict.reasons:
        return say("ward.because.ok")
    gravest = verdict.reasons[0]
    why = verdict.hazard or verdict.why or formats.DASH
    table = "live.because" if gravest in _OWN_WORDS else "ward.because"
    return say(f"{table}.{gravest.value}", why=why, day=verdict.expiry_on or formats.DASH)


def _facts(verdict: LockedVerdict, *, stopped: bool) -> tuple[Fact, ...]:
    lot = verdict.lot or say("ward.fact.unknown")
    facts = [
        Fact(say("live.fact.spec"), verdict.spec or formats.DASH),
        Fact(say("ward.fact.lot"), lot, is_mono=bool(verdict.lot), ink="stop" if stopped else "text", is_bold=stopped),
        Fact(say("ward.fact.expiry"), formats.day(verdict.expiry_on)),
    ]
    if verdict.case_number:
        facts.append(Fact(say("live.fact.case"), verdict.case_number, is_mono=True))
    return tuple(facts)


def _steps(verdict: LockedVerdict) -> tuple[Step, ...]:
    keys = steps_for(verdict.reasons[0] if verdict.reasons else WardReason.UNREADABLE_SCAN)
    return tuple(Step(say(f"live.step.{key}"), say(f"live.step.{key}_note")) for key in keys)


def _checked() -> tuple[Step, ...]:
    return tuple(
        Step(say(f"ward.check_line.{key}"), say(f"live.checked.{key}"), icon="check-circle")
        for key in ("locks", "expiry", "inspection")
    )


def _actions(*, is_ok: bool) -> tuple[SignAction, ...]:
    onward = SignAction(SIGN_IN, say("live.lock.sign_in"), "F6")
    if is_ok:
        return (onward,)
    return onward, SignAction(UNDERSTOOD, say("live.lock.understood"), "F8", is_primary=True)
