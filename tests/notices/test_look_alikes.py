"""Damaged lots are never missed in silence, and a lot that is another one never becomes the same."""

import random

import pytest

from app.core.lots import lot_key
from app.core.statuses.verdict import Verdict
from app.notices.judging import Judge, Unit
from app.notices.lots import look_alikes, lot_skeleton
from app.notices.reader import read_notice
from tests.faults.scale import FULL

SEED = 20260312
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
CONFUSED = {"O": "0", "0": "O", "I": "1", "1": "I", "S": "5", "5": "S", "B": "8", "8": "B", "Z": "2", "2": "Z"}
DAMAGES = 60_000 if FULL else 6_000
DISTINCT = 20_000 if FULL else 4_000


def lots(count: int, chance: random.Random) -> list[str]:
    """As makers write them: letters and a running number, a date and a dash, seven to twelve characters."""
    found: dict[str, None] = {}
    while len(found) < count:
        shape = chance.randrange(3)
        number = chance.randrange(10**7)
        day = f"{chance.randrange(20, 27)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}"
        lot = (
            f"{chance.choice(LETTERS)}{number:07d}",
            f"{day}-{chance.randrange(1000):03d}{chance.choice(LETTERS)}",
            f"{chance.choice(LETTERS)}{chance.choice(LETTERS)}{number:07d}{chance.choice(LETTERS)}",
        )[shape]
        found[lot] = None
    return list(found)


def damaged(lot: str, chance: random.Random) -> str:
    """One of the ways in which a lot on a label and the same lot in a letter differ."""
    at = chance.randrange(len(lot))
    letter = lot[at]
    ways = [
        lot.lower(),
        "".join(chr(ord(one) + 0xFEE0) for one in lot),
        f" {lot[:at]} {lot[at:]}\u200b",
        lot.replace("-", "\u2013"),
        "0" + lot,
        lot[:at] + CONFUSED.get(letter, letter) + lot[at + 1 :],
        lot[:at] + lot[at + 1 :],
        lot[:at] + chance.choice(LETTERS + "0123456789") + lot[at + 1 :],
        lot[: at - 1] + lot[at] + lot[at - 1] + lot[at + 1 :] if at else lot,
        lot.replace("-", ""),
        lot + chance.choice("0123456789"),
    ]
    return chance.choice(ways)


def test_no_damaged_lot_is_missed_in_silence():
    """Found as the same, shown to a person as like it, or open: never only "not affected"."""
    chance = random.Random(SEED)
    recalled = lots(40, chance)
    judge = Judge(read_notice("REF: C-1. Lots: " + ", ".join(recalled)))
    missed: list[tuple[str, str]] = []
    plain = 0
    for _ in range(DAMAGES):
        lot = chance.choice(recalled)
        printed = damaged(lot, chance)
        plain += printed != lot
        verdict = judge.judge(Unit(ref="C-1", lot=printed)).verdict
        if verdict is Verdict.NOT_AFFECTED and not look_alikes(printed, recalled):
            missed.append((lot, printed))
    print(f"seed {SEED}: {DAMAGES} damaged lots, {plain} that plain comparison misses, {len(missed)} silent misses")
    assert missed == []


def test_distinct_lots_stay_distinct_and_few_are_shown():
    chance = random.Random(SEED)
    every = lots(DISTINCT, chance)
    assert len({lot_key(lot) for lot in every}) == DISTINCT
    assert DISTINCT - len({lot_skeleton(lot) for lot in every}) <= DISTINCT // 2_000
    recalled = chance.sample(every, 20)
    others = [lot for lot in every if lot not in set(recalled)]
    shown = sum(bool(look_alikes(lot, recalled)) for lot in others)
    print(f"seed {SEED}: {DISTINCT} lots, {shown / len(recalled):.2f} look-alikes shown for a recalled lot")
    assert shown / len(recalled) <= 3


RECALLED = (
    "Manufacturer: Invented Medical Ltd\nREF: CVC-100\nLot: A1000001, A1000002\nExpiry: 2027-01-31\n"
    "Model SY-01: batches 240101 to 240131\n"
)
UNITS = (
    Unit(ref="CVC-100", lot="A1000001", expiry="2027-01-31"),
    Unit(ref="CVC-100", lot="A1000002", expiry="2027-01-31"),
    Unit(model="SY-01", lot="240115"),
)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.lot)
def test_no_masking_cutting_or_referring_turns_affected_into_not_affected(unit):
    """Every span of the text hidden by crosses or stars, or replaced by words that point elsewhere; every cut."""
    affected = Judge(read_notice(RECALLED)).judge(unit).verdict
    assert affected is Verdict.AFFECTED
    chance = random.Random(SEED)
    edits = [RECALLED[:at] + "…" for at in range(len(RECALLED))]
    values = [value for value in ("CVC-100", "A1000001", "A1000002", "2027-01-31", "SY-01", "240101", "240131")]
    for value in values:
        for mask in ("x", "*", "X"):
            for begin in range(len(value) - 2):
                hidden = value[:begin] + mask * (len(value) - begin)
                edits.append(RECALLED.replace(value, hidden))
        edits += [
            RECALLED.replace(value, words) for words in ("see attachment", "详见附件", "specific lots", "部分批次")
        ]
    for _ in range(4_000 if FULL else 300):
        text = chance.choice(edits)
        value = chance.choice(values)
        edits.append(text.replace(value, chance.choice(("see attachment", "xxxxx", "****"))))
    escaped = [text for text in edits if Judge(read_notice(text)).judge(unit).verdict is Verdict.NOT_AFFECTED]
    assert escaped == []
