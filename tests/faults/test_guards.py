"""Each guard of a service is missed when it is gone: some call that was refused is answered otherwise."""

import sqlite3
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import SessionTransaction

from app.core.actor import Actor
from app.core.clock import SimulatedClock
from app.services.holding import HoldingService, Lot
from app.services.signing_in import actor_of
from tests.databases import sqlite_copy
from tests.faults.guards import guards, without
from tests.faults.uninvited import answer, probes
from tests.models.test_wall_mutants import BY_HAND, WRITERS
from tests.services.apart import apart_in
from tests.services.recall_stage import Stage
from tests.ui.full_house import AGE, fill


def house_keeper(house) -> Actor:
    with house.hospital.database.reading() as session:
        return actor_of(session, house.hospital.persons["keeper"])


@pytest.fixture
def crowd(tmp_path, sqlite_template, monkeypatch):
    """What everybody is answered in the full house, without the wall; nothing that anybody does there stays."""
    clock = SimulatedClock(datetime.now(UTC).replace(microsecond=0) - AGE)
    with sqlite_copy(sqlite_template, tmp_path, clock) as database:
        house = fill(database, clock)
        lot = Lot(house.hospital.products["TUBE"], "FREE1")
        HoldingService(database).hold(actor=house_keeper(house), lots=[lot], reason="Goods on their way are locked")
        separated = apart_in(Stage(house.hospital))
        bare = sqlite3.connect(tmp_path / "recalldesk.db")
        for name in set(BY_HAND) - WRITERS:
            bare.execute(f"DROP TRIGGER IF EXISTS {name}")
        bare.commit()
        bare.close()
        commit = SessionTransaction.commit

        def take_back(self: SessionTransaction, _to_root: bool = False) -> None:
            if self.nested or self.parent is not None:
                commit(self, _to_root)
                return
            self.session.flush()
            self.rollback(_to_root)

        monkeypatch.setattr(SessionTransaction, "commit", take_back)
        yield dict(probes(house, separated))


def test_each_guard_is_missed(crowd):
    first = {name: answer(call) for name, call in crowd.items()}
    assert {name: answer(call) for name, call in crowd.items()} == first
    broken = [name for name, said in first.items() if name.endswith((" oneself", " apart")) and "broken" in said]
    assert not broken, "a call that no longer fits what it asks would find nothing"
    survivors: list[str] = []
    for guard in guards():
        near = [name for name in crowd if name.startswith(f"{guard.module}.")]
        others = [name for name in crowd if name not in near]
        with without(guard):
            if all(answer(crowd[name]) == first[name] for name in (*near, *others)):
                survivors.append(str(guard))
    print(f"{len(guards())} guards taken away one by one, {len(survivors)} not missed")
    assert not survivors, "\n".join(survivors)


def test_the_list_of_guards_is_read_from_the_code():
    found = guards()
    assert len(found) > 100
    assert any(guard.says == "OwnReceiptError" for guard in found)
    assert any(guard.says == "second.demand(Duty.WITNESS)" for guard in found)
