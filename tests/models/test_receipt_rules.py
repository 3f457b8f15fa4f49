"""The rules of receipt over plain facts: what decides, in which order."""

from dataclasses import replace
from datetime import date

import pytest

from app.core.licences import scope_of
from app.core.statuses.recall import RecallClass
from app.core.statuses.receipt import LineElement, LineWarning
from app.core.statuses.stock import ExpiryPrecision, LineState, ProductClass
from app.core.words import LANGUAGES, describe
from app.models import receipt_errors as errors
from app.models.receipt_rules import LicenceFacts, LineFacts, ProductFacts, StopFacts, is_rewritten, judge

TODAY = date(2026, 3, 12)
PRODUCT = ProductFacts(
    product_class=ProductClass.III,
    is_active=True,
    needs_lot=True,
    needs_serial=False,
    needs_expiry=True,
    needs_production=False,
    certificate_no="国械注准20193030166",
    certificate_valid_until=date(2027, 1, 1),
)
SOUND = LineFacts(
    raw="]d2…",
    scan_problem="",
    di="06999999012016",
    product=PRODUCT,
    lot_no="26A0418",
    serial_no=None,
    production_on=None,
    expiry_on=date(2029, 1, 31),
    expiry_precision=ExpiryPrecision.DAY,
    packages=1,
    units=1,
    typed=frozenset(),
    is_overridden=False,
    today=TODAY,
    licence=LicenceFacts("TEST-0001", date(2027, 1, 1), date(2022, 1, 2), frozenset({ProductClass.III})),
)
SOLD = SOUND.licence
LAPSED = replace(SOLD, valid_until=date(2020, 1, 1))
RECALL = StopFacts("RC-2026-0017", RecallClass.I, "", 1)
HOLD = StopFacts("", None, "待查", None)

CASES = [
    ({"scan_problem": "receiving.unreadable"}, errors.UnreadableError, LineState.REFUSED),
    ({"scan_problem": "receiving.several_codes"}, errors.SeveralCodesError, LineState.REFUSED),
    ({"scan_problem": "receiving.bad_check_digit"}, errors.CheckDigitError, LineState.REFUSED),
    ({"scan_problem": "receiving.ambiguous"}, errors.AmbiguousError, LineState.INCOMPLETE),
    ({"scan_problem": "receiving.unconfirmed"}, errors.UnconfirmedError, LineState.INCOMPLETE),
    ({"product": None}, errors.UnknownDeviceError, LineState.INCOMPLETE),
    ({"product": None, "di": ""}, errors.HalfBarcodeError, LineState.INCOMPLETE),
    ({"lot_no": None, "expiry_on": None}, errors.HalfBarcodeError, LineState.INCOMPLETE),
    ({"stops": (RECALL,)}, errors.RecalledLotError, LineState.RECALL_STOP),
    ({"stops": (HOLD,)}, errors.HeldLotError, LineState.RECALL_STOP),
    ({"expiry_on": date(2026, 3, 11)}, errors.ExpiredError, LineState.REFUSED),
    ({"production_on": date(2030, 1, 1)}, errors.DatesReversedError, LineState.REFUSED),
    ({"production_on": date(2026, 3, 13)}, errors.FutureProductionError, LineState.REFUSED),
    ({"same_lot_line": 2}, errors.LotDatesDifferError, LineState.REFUSED),
    ({"serial_no": "1", "serial_line": "DN-1 #1"}, errors.SerialInDraftError, LineState.REFUSED),
    ({"serial_no": "1", "serial_receipt": "RK-1"}, errors.SerialKnownError, LineState.REFUSED),
    ({"licence": replace(SOLD, valid_until=date(2026, 3, 11))}, errors.LicenceLapsedError, LineState.REFUSED),
    ({"licence": replace(SOLD, valid_from=date(2026, 3, 13))}, errors.LicenceEarlyError, LineState.REFUSED),
    ({"licence": replace(SOLD, number=" ")}, errors.LicenceMissingError, LineState.REFUSED),
    ({"licence": replace(SOLD, scope=scope_of("II"))}, errors.LicenceScopeError, LineState.REFUSED),
    ({"packages": 0}, errors.NotPositiveError, LineState.INCOMPLETE),
    ({"packages": -4}, errors.NotPositiveError, LineState.INCOMPLETE),
    ({"expiry_on": None}, errors.ElementMissingError, LineState.INCOMPLETE),
    ({"lot_no": None}, errors.ElementMissingError, LineState.INCOMPLETE),
]
PAPERS = [
    ({"certificate_no": " "}, errors.CertificateMissingError),
    ({"certificate_valid_from": date(2026, 3, 13)}, errors.CertificateEarlyError),
    ({"certificate_no": "国械注准"}, errors.CertificateMalformedError),
    ({"certificate_no": "国械备20160001号"}, errors.CertificateMalformedError),
    ({"certificate_valid_until": date(2026, 3, 11)}, errors.CertificateLapsedError),
    ({"is_active": False}, errors.InactiveProductError),
]


def test_a_sound_line_is_ready_and_nothing_is_said():
    assert judge(SOUND) == judge(SOUND)
    assert (judge(SOUND).state, judge(SOUND).warnings) == (LineState.READY, ())


@pytest.mark.parametrize(("changes", "error", "state"), CASES)
def test_each_problem_has_a_name_a_state_and_words_in_both_languages(changes, error, state):
    judgement = judge(replace(SOUND, **changes))
    assert (type(judgement.problem), judgement.state) == (error, state)
    assert all(describe(judgement.problem, language) for language in LANGUAGES)


@pytest.mark.parametrize(("changes", "error"), PAPERS)
def test_each_fault_of_the_papers_refuses_the_line(changes, error):
    judgement = judge(replace(SOUND, product=replace(PRODUCT, **changes)))
    assert (type(judgement.problem), judgement.state) == (error, LineState.REFUSED)
    assert all(describe(judgement.problem, language) for language in LANGUAGES)


@pytest.mark.parametrize(
    "licence",
    [
        replace(SOLD, valid_from=TODAY, valid_until=TODAY),
        replace(SOLD, valid_from=None, scope=frozenset()),
        replace(SOLD, scope=scope_of("II, III")),
    ],
)
def test_a_licence_counts_on_its_first_and_last_day_and_where_nobody_noted_its_scope(licence):
    assert judge(replace(SOUND, licence=licence)).state is LineState.READY


def test_class_one_takes_no_licence():
    filed = replace(
        PRODUCT, product_class=ProductClass.I, certificate_no="国械备20160001号", certificate_valid_until=None
    )
    for licence in (replace(SOLD, number=""), replace(SOLD, scope=scope_of("II"))):
        assert judge(replace(SOUND, product=filed, licence=licence)).state is LineState.READY


def test_a_filing_never_lapses():
    filed = replace(
        PRODUCT, product_class=ProductClass.I, certificate_no="国械备20160001号", certificate_valid_until=None
    )
    assert judge(replace(SOUND, product=filed)).state is LineState.READY


def test_a_stop_comes_before_expiry_papers_and_what_lacks():
    line = replace(SOUND, stops=(RECALL,), expiry_on=None, licence=LAPSED)
    assert judge(line).state is LineState.RECALL_STOP


def test_two_persons_overrule_the_lock_and_nothing_else():
    stopped = replace(SOUND, stops=(RECALL, HOLD), expiry_on=date(2026, 3, 11), is_overridden=True)
    assert judge(stopped).state is LineState.OVERRIDDEN
    assert judge(replace(stopped, licence=LAPSED)).state is LineState.REFUSED
    assert judge(replace(stopped, packages=0)).state is LineState.INCOMPLETE


def test_an_override_that_outlived_its_lock_is_an_ordinary_line():
    assert judge(replace(SOUND, is_overridden=True)).state is LineState.READY


def test_a_serial_of_many_units_matters_only_where_units_are_tracked():
    many = replace(SOUND, serial_no="7741", packages=2)
    assert judge(many).state is LineState.READY
    tracked = judge(replace(many, product=replace(PRODUCT, needs_serial=True)))
    assert (type(tracked.problem), tracked.element) == (errors.SerialManyError, LineElement.QUANTITY)


def test_a_line_by_hand_is_never_half_a_barcode():
    line = replace(SOUND, raw="", lot_no=None, expiry_on=None)
    assert isinstance(judge(line).problem, errors.ElementMissingError)


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"lot_no": "２６Ａ"}, LineWarning.LOT_REWRITTEN),
        ({"lot_no": "26 A"}, LineWarning.LOT_REWRITTEN),
        ({"serial_no": "７７"}, LineWarning.LOT_REWRITTEN),
        ({"expiry_on": date(2026, 9, 13)}, LineWarning.NEAR_EXPIRY),
        ({"expiry_precision": ExpiryPrecision.MONTH}, LineWarning.MONTH_ONLY),
        ({"lot_known_expiry": date(2030, 1, 1)}, LineWarning.LOT_OTHER_DATES),
        ({"was_repaired": True}, LineWarning.SCAN_REPAIRED),
    ],
)
def test_each_warning(changes, warning):
    judgement = judge(replace(SOUND, **changes))
    assert (judgement.state, judgement.warnings) == (LineState.READY, (warning,))


def test_the_day_after_half_a_year_is_not_near():
    assert judge(replace(SOUND, expiry_on=date(2026, 9, 14))).warnings == ()


def test_plain_lots_are_not_rewritten():
    assert not is_rewritten("26A-04/18.b")
    assert is_rewritten("26A\u3000")


def test_a_scan_is_shown_without_its_control_characters():
    judgement = judge(replace(SOUND, scan_problem="receiving.unreadable", raw="a\x1d" + "x" * 100))
    assert judgement.problem.values["raw"] == "a·" + "x" * 57 + "…"
