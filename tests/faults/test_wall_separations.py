"""Each trigger that limits a role to its places or keeps two steps apart is missed when it is dropped."""

import sqlite3
from collections.abc import Callable

import pytest
from sqlalchemy.orm import SessionTransaction

from app.core.actor import Actor, Bilingual
from app.core.permissions import Role
from app.core.responsibilities import Step
from app.core.statuses.recall import TaskState
from app.core.statuses.stock import MovementKind, StockState
from app.models.persons import PersonRole, Setting, Signature
from app.models.recalls import DepartmentTask
from app.services.counting import CountingService
from app.services.receiving import DeliveryHead, ReceivingService
from app.services.requisitioning import RequisitioningService
from app.services.signing_in import SigningInService
from tests.builders import signed
from tests.models.test_wall_mutants import BY_HAND, KEPT_APART
from tests.services.apart import Apart, apart, code_of
from tests.services.recall_stage import op

LIMITED = "limited"
"""A storekeeper of a place that is none."""


@pytest.fixture
def house(sqlite_database, monkeypatch) -> Apart:
    house = apart(sqlite_database)
    security, limited = house.hospital.person("security", Role.SECURITY_ADMIN), house.hospital.person(LIMITED)
    grant = {"granted_by": security, "granted_at": house.now, "role": Role.STOREKEEPER, "scope": "place:9999"}
    house.hospital.person("unsigned", Role.SECURITY_ADMIN)
    for login in ("security", "keeper", "inspector"):
        signed(house.database, house.hospital.persons[login], "grant_roles", scope="place:9999")
    house.write("security", PersonRole(person_id=limited, **grant))
    house.write("boss", Setting(key="k", value="1", changed_by=house.persons["boss"], changed_at=house.now))
    house.batch_id = house.hospital.batch("TUBE", "SCOPE", 5)
    house.op_id = house.signed()
    commit = SessionTransaction.commit

    def take_back(self: SessionTransaction, _to_root: bool = False) -> None:
        if self.nested or self.parent is not None:
            commit(self, _to_root)
            return
        self.session.flush()
        self.rollback(_to_root)

    monkeypatch.setattr(SessionTransaction, "commit", take_back)
    return house


def attacks(house: Apart) -> dict[str, Callable[[], object]]:
    """What each trigger refuses; the services are asked in the name of a person whose limits they do not see."""
    hospital, places, now = house.hospital, house.hospital.places, house.now
    keeper = house.persons["keeper"]
    batch = house.batch_id
    unlimited = Actor(house.persons[LIMITED], LIMITED, Bilingual("", ""), frozenset(Role), places["icu"])
    asking, head = RequisitioningService(house.database), DeliveryHead(hospital.suppliers["supplier"], "", "DN", "", 40)
    asked = 1
    receiving = ReceivingService(house.database, SigningInService(house.database))
    role = {"model": PersonRole, "row_id": 1}
    other = {"granted_at": now, "role": Role.BUYER, "person_id": house.persons["nurse"], "scope": ""}
    signature = {"op_id": op(), "person_id": keeper, "meaning": "second", "reason": "", "signed_at": now}
    setting = {"value": "2", "changed_by": house.persons["boss"], "changed_at": now}
    return {
        "scope_movement": lambda: hospital.move(
            MovementKind.ISSUE, batch, 1, ("store", StockState.IN_STOCK), ("icu", StockState.PAR), by=LIMITED
        ),
        "scope_department_task": lambda: house.write(
            LIMITED, model=DepartmentTask, row_id=1, state=TaskState.ACKNOWLEDGED
        ),
        "scope_requisition": lambda: asking.ask(
            actor=unlimited, department_id=places["icu"], store_id=places["store"],
            lines=[(hospital.products["CVC"], 1)],
        ),
        "scope_requisition_decided": lambda: asking.decide(actor=unlimited, requisition_id=asked, approves=True),
        "scope_stock_count": lambda: CountingService(house.database).open(
            actor=unlimited, op_id=op(), location_id=places["store"]
        ),
        "scope_delivery": lambda: receiving.open_delivery(actor=unlimited, location_id=places["store"], head=head),
        "apart_case_closed": house.trials[Step.REGISTER, Step.CLOSE].write,
        "apart_lock_lifted": lambda: house.write_lift(house.lock_id, "keeper", house.op_id),
        "apart_grant": lambda: house.write("keeper", PersonRole(granted_by=keeper, **other)),
        "apart_grant_ended": lambda: house.write("inspector", **role, ended_at=now),
        "scope_stays": lambda: house.write("security", **role, scope="place:1"),
        "signed_grant": lambda: house.write(
            "unsigned", PersonRole(granted_by=house.persons["unsigned"], **other)
        ),
        "signed_grant_ended": lambda: house.write("unsigned", **role, ended_at=now),
        "signed_inspection": lambda: house.inspect_unsigned(),
        "signature_shows": lambda: house.write("keeper", Signature(content="x", content_hash="-", **signature)),
        "setting_named_insert": lambda: house.write("keeper", Setting(key="other", **setting)),
        "setting_named": lambda: _change_setting(house, **setting),
    }  # fmt: skip


def _change_setting(house: Apart, **values: object) -> None:
    with house.database.writing(house.persons["keeper"]) as session:
        session.query(Setting).filter_by(key="k").update(values)


def test_each_such_trigger_is_missed(house):
    tried = attacks(house)
    assert set(tried) == KEPT_APART
    assert set(BY_HAND) >= KEPT_APART
    refused = {name: code_of(act) for name, act in tried.items()}
    assert all(refused.values()), refused
    bare = sqlite3.connect(str(house.database.path), isolation_level=None)
    missed: dict[str, str] = {}
    for name, act in tried.items():
        (sql,) = bare.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        bare.execute(f"DROP TRIGGER {name}")
        missed[name] = code_of(act)
        bare.execute(sql)
    bare.close()
    assert not any(missed.values()), missed
