"""Every cell of "movements and locks", tried at a SQL prompt on both databases."""

from datetime import date

import pytest

from app.core.statuses.locks import LOCK_TABLE, NEEDS_REASON, NEEDS_SECOND, Effect, LockLayer
from app.core.statuses.stock import MovementKind
from tests.builders import small_hospital
from tests.models.arranging import MOVEMENT, Desk
from tests.models.movements_and_locks import (
    ALWAYS_A_REASON,
    ALWAYS_TWO,
    LAYERS,
    WAYS,
    cells,
    ends,
    is_barred,
)

SHELVES = (
    "store.in_stock",
    "store2.in_transit",
    "icu.par",
    "clinic.expensed",
    "quarantine.quarantined",
    "icu.quarantined",
)
EXPIRED, FRESH = date(2020, 1, 31), date(2099, 12, 31)
EFFECTS = {
    "✓": Effect.ALLOW, "✗": Effect.REFUSE, "–": Effect.REFUSE, "2": Effect.SECOND, "Q": Effect.QUARANTINE,
    "2Q": Effect.SECOND_QUARANTINE, "2F": Effect.SECOND_NOT_FREE,
}  # fmt: skip


class Stocked(Desk):
    """A department with one lot for each cell, lying everywhere at once, locked with that cell's layer."""

    def __init__(self, database) -> None:
        super().__init__(small_hospital(database))
        self.batches: dict[tuple[str, str], int] = {}
        self.issues: dict[int, list[int]] = {}
        self.loading(True)
        with self.prompt.transaction():
            case_id = self.case()
            for kind in WAYS:
                for layer in LAYERS:
                    self.batches[kind, layer] = self.spread(f"{kind}-{layer}".upper(), layer)
        self.loading(False)
        for kind in WAYS:
            for layer in ("on_hold", "recall_quarantine"):
                self.lock(layer, f"{kind}-{layer}".upper(), case_id=case_id)

    def spread(self, lot: str, layer: str) -> int:
        batch = self.batch(lot, expiry=EXPIRED if layer == "expired" else FRESH)
        self.post("receipt", batch, 200, "", "store.in_stock")
        if layer != "pending":
            outcome = "rejected" if layer == "rejected" else "released"
            self.post("inspection", batch, 200, "store.in_stock", "store.in_stock", outcome=outcome)
        for shelf in ("store2.in_transit", "clinic.expensed", "quarantine.quarantined", "store.built_into_kit"):
            kind = {"in_transit": "transfer", "expensed": "issue", "quarantined": "quarantine"}
            self.post(kind.get(shelf.partition(".")[2], "kit_build"), batch, 20, "store.in_stock", shelf)
        self.issues[batch] = [self.post("issue", batch, 1, "store.in_stock", "icu.par") for _ in range(30)]
        self.post("quarantine", batch, 10, "icu.par", "icu.quarantined")
        return batch


@pytest.fixture(scope="module")
def stocked_sqlite(shared_sqlite):
    desk = Stocked(shared_sqlite)
    yield desk
    desk.prompt.close()


@pytest.fixture(scope="module")
def stocked_postgres(shared_postgres):
    desk = Stocked(shared_postgres)
    yield desk
    desk.prompt.close()


@pytest.fixture(params=["sqlite", "postgres"])
def desk(request) -> Stocked:
    return request.getfixturevalue(f"stocked_{request.param}")


def try_way(
    desk: Stocked, kind: str, batch: int, way: str, *, second: str | None = None, reason: str = "", **more
) -> str:
    """The refusal of one line, or nothing; refused lines must leave ledger and balance as they were."""
    source, target = ends(way)
    if kind == "reversal":
        more["reverses_id"] = desk.issues[batch][-1]
    line = desk.movement(kind, batch, 1, source, target, reason=reason, **more)
    if second:
        line |= {"op_id": desk.sign(second), "second_person_id": desk.hospital.persons[second]}
    before = rows_of(desk, batch)
    refusal = desk.prompt.refusal(MOVEMENT, **line)
    assert (rows_of(desk, batch) == before) is bool(refusal)
    if kind == "reversal" and not refusal:
        desk.issues[batch].pop()
    return refusal


def rows_of(desk: Stocked, batch: int):
    return (
        desk.prompt.one("SELECT count(*) FROM movement WHERE batch_id = :batch", batch=batch),
        sorted(desk.prompt.run("SELECT * FROM balance WHERE batch_id = :batch", batch=batch)),
    )


@pytest.mark.parametrize(("kind", "layer", "mark"), cells(), ids=lambda value: value)
def test_a_locked_batch_moves_only_as_the_table_says(desk, kind, layer, mark):
    batch = desk.batches[kind, layer]
    two, needs_reason = "2" in mark or kind in ALWAYS_TWO, kind in ALWAYS_A_REASON
    for way in WAYS[kind]:
        if is_barred(mark, way):
            for second, reason in ((None, ""), ("keeper2", "it must be"), ("boss", "it must be")):
                refusal = try_way(desk, kind, batch, way, second=second, reason=reason)
                assert refusal in {"locked", "must_quarantine", "second_missing", "reason_missing"}, way
            assert refusal == ("locked" if mark in "✗–" else "must_quarantine"), way
            continue
        if two:
            assert try_way(desk, kind, batch, way) in {"second_missing", "reason_missing"}, way
            assert try_way(desk, kind, batch, way, reason="alone") == "second_missing", way
            line = desk.movement(kind, batch, 1, *ends(way), reason="unsigned")
            assert (
                desk.prompt.refusal(
                    MOVEMENT,
                    **line | {"second_person_id": desk.hospital.persons["keeper2"], **undoing(desk, kind, batch)},
                )
                == "unsigned"
            ), way
            without_reason = try_way(desk, kind, batch, way, second="keeper2")
            assert (
                without_reason in {"second_missing", "reason_missing"}
                if "2" in mark or needs_reason
                else not without_reason
            )
            assert try_way(desk, kind, batch, way, second="keeper2", reason="both") == "", way
        else:
            if needs_reason:
                assert try_way(desk, kind, batch, way) == "reason_missing", way
            assert try_way(desk, kind, batch, way, reason="because" if needs_reason else "") == "", way


def undoing(desk: Stocked, kind: str, batch: int) -> dict[str, int]:
    return {"reverses_id": desk.issues[batch][-1]} if kind == "reversal" else {}


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("kind", WAYS)
def test_the_second_person_is_never_the_first(desk, kind, layer):
    batch, way = desk.batches[kind, layer], WAYS[kind][-1]
    line = desk.movement(kind, batch, 1, *ends(way), reason="both me", **undoing(desk, kind, batch))
    desk.sign("keeper", line["op_id"])
    line["second_person_id"] = desk.hospital.persons["keeper"]
    assert desk.prompt.refusal(MOVEMENT, **line) == "own_second"


def test_the_programs_own_table_says_the_same():
    ours = {(kind, layer): EFFECTS[mark] for kind, layer, mark in cells()}
    theirs = {(kind.value, layer.value): effect for (kind, layer), effect in LOCK_TABLE.items()}
    assert {key: theirs[key] for key in ours} == ours
    assert {kind for kind, _ in theirs} - {kind for kind, _ in ours} == {"inspection"}
    assert {kind.value for kind in NEEDS_SECOND} == set(ALWAYS_TWO)
    assert {kind.value for kind in NEEDS_REASON} == set(ALWAYS_A_REASON)
    assert [layer.value for layer in LockLayer] == list(LAYERS)
    assert {kind.value for kind in MovementKind} == set(WAYS) | {"inspection"}


def test_the_database_asks_the_same_table(desk):
    rows = desk.prompt.run("SELECT kind, layer, effect FROM rule_lock")
    assert {(kind, layer): effect for kind, layer, effect in rows} == {
        (kind.value, layer.value): effect.value for (kind, layer), effect in LOCK_TABLE.items()
    }
