"""A ward verdict as the full-screen sign that a nurse reads in two seconds."""

from datetime import datetime

from app.core.actor import Bilingual
from app.core.statuses.ward import WardAnswer, WardReason
from app.core.words import Language, spoken, status_text, text
from app.queries.ward_check import Finding, WardVerdict
from app.ui import formats
from app.ui.language import language, other_language, say
from app.ui.widgets.facts import Fact
from app.ui.widgets.verdict_sign import Sign, SignAction, Step, Tone

LEAVES_AFTER = 8
USE, RETURN, COUNT, ASIDE, HAPPENED, UNDERSTOOD = "use", "return", "count", "aside", "happened", "understood"

_TONES: dict[WardAnswer, Tone] = {
    WardAnswer.OK: "ok",
    WardAnswer.DO_NOT_USE: "stop",
    WardAnswer.ASK: "attention",
}
_STEPS: dict[WardReason, tuple[str, ...]] = {
    WardReason.RECALLED: ("stop", "seal", "count"),
    WardReason.ON_HOLD: ("stop", "seal", "count"),
    WardReason.EXPIRED: ("stop", "aside", "call"),
    WardReason.REJECTED: ("stop", "seal", "call"),
    WardReason.PENDING: ("stop", "aside", "call"),
    WardReason.PUT_ASIDE: ("stop", "seal", "call"),
    WardReason.SERIAL_USED: ("stop", "aside", "call"),
    WardReason.SERIAL_GONE: ("stop", "aside", "call"),
    WardReason.SERIAL_UNKNOWN: ("not_yet", "compare", "call"),
    WardReason.AMBIGUOUS_SCAN: ("rescan", "other_code", "call"),
    WardReason.UNREADABLE_SCAN: ("rescan", "other_code", "call"),
    WardReason.OTHER_HALF: ("other_code", "not_yet", "call"),
    WardReason.LOT_MISSING: ("other_code", "not_yet", "call"),
    WardReason.UNKNOWN_PRODUCT: ("not_yet", "aside", "call"),
    WardReason.UNKNOWN_LOT: ("not_yet", "compare", "call"),
    WardReason.EXPIRY_DIFFERS: ("not_yet", "compare", "call"),
    WardReason.NOT_HERE: ("not_yet", "compare", "call"),
    WardReason.NOT_CHECKED: ("not_yet", "again", "call"),
}
_COUNTED = frozenset({WardReason.RECALLED, WardReason.ON_HOLD})


def sign_of(verdict: WardVerdict, *, person: str, seconds: float) -> Sign:
    """The sign in the language of the screen; ``seconds`` is how long the answer took."""
    tongue = language()
    return Sign(
        tone=_TONES[verdict.answer],
        words=big_words(verdict.answer, tongue),
        other_words=big_words(verdict.answer, other_language()),
        reason=reason_text(verdict, tongue),
        note=say("ward.took", seconds=f"{seconds:.2f}", at=formats.moment(verdict.as_of)),
        place=verdict.place.said_in(tongue),
        person=f"{person}　{formats.moment(verdict.as_of)}",
        facts_caption=say("ward.box"),
        facts_title=verdict.product.name.said_in(tongue) if verdict.product else say("ward.fact.unknown"),
        facts=_facts(verdict, tongue),
        steps_caption=say("ward.checked" if verdict.answer is WardAnswer.OK else "ward.now_do"),
        steps=_checked(verdict, tongue) if verdict.answer is WardAnswer.OK else _steps(verdict),
        contact=_contact(verdict),
        contact_note=_contact_note(verdict),
        actions=_actions(verdict),
        holds=verdict.answer is WardAnswer.DO_NOT_USE,
        seconds=LEAVES_AFTER if verdict.answer is WardAnswer.OK else 0,
    )


def big_words(answer: WardAnswer, tongue: Language) -> str:
    """The two or three words that fill the screen."""
    return status_text(answer, tongue).upper()


def tone_of(answer: WardAnswer) -> Tone:
    """The ground of the sign."""
    return _TONES[answer]


def steps_for(reason: WardReason) -> tuple[str, ...]:
    """What to do for this reason, as keys of words."""
    return _STEPS[reason]


def reason_text(verdict: WardVerdict, tongue: Language) -> str:
    """The gravest reason as one sentence."""
    gravest = verdict.gravest
    if gravest is None:
        return text("ward.because.ok", tongue)
    return finding_text(gravest, tongue)


def finding_text(finding: Finding, tongue: Language) -> str:
    """One reason as a sentence, with who locked, why, when, where, as far as known."""
    layer = finding.layer
    key = f"ward.because.{finding.reason.value}"
    if finding.reason is WardReason.NOT_HERE and finding.place is None:
        key = "ward.because.not_here_unknown"
    return text(
        key,
        tongue,
        grade=layer.recall_class or "" if layer else "",
        why=(layer.hazard or layer.reason) if layer else "",
        by=layer.by or "—" if layer else "—",
        day=finding.day or "—",
        place=finding.place or Bilingual("", ""),
    )


def _facts(verdict: WardVerdict, tongue: Language) -> tuple[Fact, ...]:
    product = verdict.product
    stopped = verdict.answer is WardAnswer.DO_NOT_USE
    lot = verdict.lot or say("ward.fact.unknown")
    facts = [
        Fact(say("ward.fact.ref"), product.ref if product else formats.DASH, is_mono=True),
        Fact(say("ward.fact.lot"), lot, is_mono=bool(verdict.lot), ink="stop" if stopped else "text", is_bold=stopped),
    ]
    if verdict.serial:
        facts.append(Fact(say("ward.fact.serial"), verdict.serial, is_mono=True))
    facts += [
        Fact(say("ward.fact.expiry"), _expiry(verdict)),
        Fact(say("ward.fact.certificate"), product.certificate_no if product else formats.DASH),
        Fact(say("ward.fact.source"), _source(verdict, tongue)),
    ]
    return tuple(facts[:5])


def _expiry(verdict: WardVerdict) -> str:
    shown = formats.day(verdict.expiry_on)
    if verdict.days_left is None or verdict.days_left < 0:
        return shown
    return say("ward.fact.days_left", day=shown, days=verdict.days_left)


def _source(verdict: WardVerdict, tongue: Language) -> str:
    if verdict.source is None:
        return say("ward.fact.source_none") if verdict.product else formats.DASH
    store = verdict.source.store.said_in(tongue)
    return say("ward.fact.source_value", store=store, day=_day(verdict.source.at))


def _day(moment: datetime | None) -> str:
    return formats.moment(moment)[:10]


def _steps(verdict: WardVerdict) -> tuple[Step, ...]:
    reason = verdict.gravest.reason if verdict.gravest else WardReason.UNREADABLE_SCAN
    return tuple(_step(key, verdict) for key in _STEPS[reason])


def _step(key: str, verdict: WardVerdict) -> Step:
    values = {"here": spoken(verdict.here, language()), "phone": verdict.phone or formats.DASH}
    return Step(say(f"ward.step.{key}", **values), say(f"ward.step.{key}_note", **values))


def _checked(verdict: WardVerdict, tongue: Language) -> tuple[Step, ...]:
    by = verdict.inspected_by.said_in(tongue) if verdict.inspected_by else formats.DASH
    expiry = "ward.check_line.expiry_note" if verdict.expiry_on else "ward.check_line.no_expiry_note"
    until = verdict.product.certificate_until if verdict.product else None
    number = verdict.product.certificate_no if verdict.product else formats.DASH
    certificate = "ward.check_line.certificate_note" if until else "ward.check_line.certificate_plain"
    notes = {
        "locks": say("ward.check_line.locks_note", count=verdict.open_recalls),
        "expiry": say(expiry),
        "inspection": say("ward.check_line.inspection_note", day=_day(verdict.inspected_at), by=by),
        "certificate": say(certificate, day=until or formats.DASH, number=number),
        "ledger": say("ward.check_line.ledger_note", here=verdict.here),
    }
    return tuple(Step(say(f"ward.check_line.{key}"), note, icon="check-circle") for key, note in notes.items())


def _contact(verdict: WardVerdict) -> str:
    if verdict.answer is WardAnswer.OK:
        return say("ward.next", seconds=LEAVES_AFTER)
    return say("ward.contact", phone=verdict.phone or formats.DASH)


def _contact_note(verdict: WardVerdict) -> str:
    if verdict.answer is WardAnswer.OK:
        return ""
    if verdict.answer is WardAnswer.ASK:
        return say("ward.contact_ask")
    case = verdict.gravest.layer.case_number if verdict.gravest and verdict.gravest.layer else ""
    return " · ".join(filter(None, (case, say("ward.contact_note"))))


def _actions(verdict: WardVerdict) -> tuple[SignAction, ...]:
    if verdict.answer is WardAnswer.OK:
        return (
            SignAction(RETURN, say("ward.action.return"), "F7"),
            SignAction(USE, say("ward.action.use"), "F6"),
        )
    if verdict.answer is WardAnswer.ASK:
        return (SignAction(UNDERSTOOD, say("ward.action.understood"), "F8", is_primary=True),)
    counted = verdict.gravest is not None and verdict.gravest.reason in _COUNTED
    onward = COUNT if counted and verdict.gravest and verdict.gravest.reason is WardReason.RECALLED else ASIDE
    return (
        SignAction(HAPPENED, say("ward.action.happened"), "F6"),
        SignAction(onward, say(f"ward.action.{onward}"), "F8", is_primary=True),
    )
