"""Where units went and what they are now, followed through the ledger first in, first out."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from app.core.statuses.stock import MovementKind, StockState
from app.queries.flow import flow

STORE, ICU, CLINIC, AREA = 1, 2, 3, 4
S = StockState
K = MovementKind


@dataclass
class Step:
    kind: MovementKind
    quantity: int
    source_id: int | None
    source_state: StockState | None
    target_id: int | None
    target_state: StockState | None


def step(kind, quantity, source, target):
    return Step(kind, quantity, *(source or (None, None)), *(target or (None, None)))


RECEIPT = step(K.RECEIPT, 100, None, (STORE, S.IN_STOCK))


def test_what_was_only_received_is_all_in_the_store():
    assert flow([RECEIPT]) == {(STORE, S.IN_STOCK): 100}


def test_units_used_on_a_ward_count_for_that_ward():
    lines = [
        RECEIPT,
        step(K.ISSUE, 40, (STORE, S.IN_STOCK), (ICU, S.PAR)),
        step(K.USE, 15, (ICU, S.PAR), (ICU, S.USED)),
    ]

    assert flow(lines) == {(STORE, S.IN_STOCK): 60, (ICU, S.PAR): 25, (ICU, S.USED): 15}


def test_goods_quarantined_and_sent_back_still_count_for_the_ward_that_had_them():
    lines = [
        RECEIPT,
        step(K.ISSUE, 40, (STORE, S.IN_STOCK), (ICU, S.PAR)),
        step(K.ISSUE, 20, (STORE, S.IN_STOCK), (CLINIC, S.EXPENSED)),
        step(K.QUARANTINE, 40, (ICU, S.PAR), (AREA, S.QUARANTINED)),
        step(K.QUARANTINE, 5, (CLINIC, S.EXPENSED), (AREA, S.QUARANTINED)),
        step(K.RETURN_TO_SUPPLIER, 42, (AREA, S.QUARANTINED), (AREA, S.RETURNED)),
    ]

    assert flow(lines) == {
        (STORE, S.IN_STOCK): 40,
        (ICU, S.RETURNED): 40,
        (CLINIC, S.RETURNED): 2,
        (CLINIC, S.QUARANTINED): 3,
        (CLINIC, S.EXPENSED): 15,
    }


def test_a_ward_return_counts_for_the_store_again():
    lines = [
        RECEIPT,
        step(K.ISSUE, 40, (STORE, S.IN_STOCK), (ICU, S.PAR)),
        step(K.WARD_RETURN, 40, (ICU, S.PAR), (STORE, S.IN_STOCK)),
    ]

    assert flow(lines) == {(STORE, S.IN_STOCK): 100}


def test_a_gain_before_a_loss_leaves_a_negative_difference():
    lines = [RECEIPT, step(K.STOCK_GAIN, 3, (ICU, S.UNACCOUNTED), (ICU, S.PAR))]

    assert flow(lines) == {(STORE, S.IN_STOCK): 100, (ICU, S.PAR): 3, (ICU, S.UNACCOUNTED): -3}


def test_a_reversed_receipt_leaves_nothing():
    assert flow([RECEIPT, step(K.REVERSAL, 100, (STORE, S.IN_STOCK), None)]) == {}


@given(st.lists(st.tuples(st.sampled_from([ICU, CLINIC]), st.integers(1, 12), st.booleans()), max_size=30))
def test_whatever_happens_the_flow_sums_to_what_was_received(acts):
    lines, left, on_ward = [RECEIPT], 100, {ICU: 0, CLINIC: 0}
    for ward, quantity, back in acts:
        if back and on_ward[ward] >= quantity:
            lines.append(step(K.QUARANTINE, quantity, (ward, S.PAR), (AREA, S.QUARANTINED)))
            on_ward[ward] -= quantity
        elif left >= quantity:
            lines.append(step(K.ISSUE, quantity, (STORE, S.IN_STOCK), (ward, S.PAR)))
            left -= quantity
            on_ward[ward] += quantity

    found = flow(lines)

    assert sum(found.values()) == 100
    assert sum(quantity for (_, state), quantity in found.items() if state is S.PAR) == sum(on_ward.values())
