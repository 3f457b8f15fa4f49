"""Somebody without any role asks every service for everything; what each answers is written down."""

import importlib
import inspect
import pkgutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import text

import app.services
from app.core.actor import Actor, Bilingual
from app.core.permissions import Role
from app.core.statuses.stock import StockState
from app.core.statuses.supplement import SupplementField
from app.models.database import Database
from app.services.granting import GrantingService
from app.services.quarantining import Portion
from app.services.signing_in import SigningInService
from app.services.staffing import StaffingService
from tests.services.apart import Apart, code_of
from tests.ui.desks import PASSWORD
from tests.ui.full_house import FullHouse

NOBODY_LOGIN, EVERYBODY_LOGIN = "other", "the_everyone"
SLOW = frozenset({"print", "labels", "label", "attach", "papers"})
"""Making papers guards nothing that refusing them does not."""
Probe = tuple[str, Callable[[], object]]


def services(database: Database) -> Iterator[tuple[str, object]]:
    """Each service with its module's name."""
    for module in pkgutil.iter_modules(app.services.__path__):
        found = importlib.import_module(f"app.services.{module.name}")
        for name, kind in vars(found).items():
            if name.endswith("Service") and inspect.isclass(kind) and kind.__module__ == found.__name__:
                wanted = [one for one in inspect.signature(kind).parameters if one != "database"]
                if set(wanted) <= {"signing", "signing_in"}:
                    yield module.name, kind(database, *(SigningInService(database) for _ in wanted))


def probes(house: FullHouse, apart: Apart) -> Iterator[Probe]:
    """Calls by a person without a role, by one who has all of them elsewhere, alone, and twice by the same one."""
    database = house.hospital.database
    for module, service in services(database):
        for name, method in inspect.getmembers(service, inspect.ismethod):
            if not name.startswith("_") and "actor" in inspect.signature(method).parameters:
                for way in _ways(module, name, house):
                    said, call = f"{module}.{name} {way or ''}", partial(_call, method, house, way)
                    yield from _asked(said, call, house)
    for key, trial in apart.trials.items():
        for role in Role:
            actor = apart.with_roles(role, *Role)
            yield f"apart {key[0].value} {key[1].value} by {role.value}", partial(trial.act, actor)
    yield from _own_accounts(database, _person(house, EVERYBODY_LOGIN, *Role))


def _asked(said: str, call: partial[object], house: FullHouse) -> Iterator[Probe]:
    everybody, nobody = _person(house, EVERYBODY_LOGIN, *Role), _person(house, NOBODY_LOGIN)
    far = replace(everybody, reach=tuple((role, frozenset({0})) for role in Role))
    yield f"{said} by nobody", partial(call, actor=nobody, second=everybody)
    yield f"{said} from far", partial(call, actor=far, second=everybody)
    if not SLOW & set(said.replace(".", " ").replace("_", " ").split()):
        yield f"{said} alone", partial(call, actor=everybody, second=None)
    if said.startswith("counting"):
        yield f"{said} from a ward", partial(call, actor=_person(house, "nurse", Role.DEPT_LIAISON), second=None)
    if "second" in inspect.signature(call.args[0]).parameters:
        yield f"{said} with nobody", partial(call, actor=everybody, second=nobody)
        yield f"{said} twice", partial(call, actor=everybody, second=everybody)


def _own_accounts(database: Database, person: Actor) -> Iterator[Probe]:
    """One's own roles, account and password; roles that are kept apart; one's own second signature."""
    signing = SigningInService(database)
    staffing = StaffingService(database, signing)
    own, under = {"actor": person, "person_id": person.id}, uuid.uuid4().hex
    mine = partial(staffing.set_roles, **own, under=under, roles=frozenset({Role.BUYER}))
    yield "staffing.set_roles of oneself", mine
    yield "staffing.set_active of oneself", partial(staffing.set_active, **own, is_active=False)
    yield "staffing.reset_password of oneself", partial(staffing.reset_password, **own, password=PASSWORD)
    granting = partial(GrantingService(database, signing).grant, **own, roles=frozenset({Role.BUYER}))
    yield "granting.grant to oneself", partial(granting, op_id=uuid.uuid4().hex, password="no")
    both = frozenset({Role.AUDITOR, Role.IT_ADMIN})
    yield "staffing.set_roles apart", partial(staffing.set_roles, actor=person, under=under, person_id=1, roles=both)
    own_hand = {"login": person.login, "password": PASSWORD, "op_id": uuid.uuid4().hex, "meaning": "second"}
    yield "signing_in.sign twice", partial(signing.sign, first=person, **own_hand)


def _ways(module: str, name: str, house: FullHouse) -> list[dict[str, Any]]:
    """Other things to ask for where one is not enough."""
    if (module, name) == ("correcting", "reverse"):
        ends = "max", "min"
        return [{"movement_id": _one(house, f"SELECT {end}(id) FROM movement WHERE kind = 'issue'")} for end in ends]
    if (module, name) == ("launching", "launch"):
        return [{"case_id": house.cases[key]} for key in ("assessed", "launched")]
    if module == "quarantining":
        place = house.hospital.places["store"], StockState.IN_STOCK
        return [{"portions": [Portion(house.batches["free"], *place, 1)]}]
    if module == "transferring":
        return [{"transfer_id": one, "reason": "lost"} for one in house.transfers.values()]
    if module == "counting" or module == "count_posting":
        return [{"count_id": one} for one in house.counts.values()]
    if (module, name) == ("supplementing", "complete"):
        return [{"field": field, "value": "Z9"} for field in (SupplementField.LOT_NO, SupplementField.REF)]
    if module == "departing":
        return [{"departure_id": one} for one in house.departures.values()]
    return [{}]


def _person(house: FullHouse, login: str, *roles: Role) -> Actor:
    return Actor(house.hospital.persons[login], login, Bilingual(login, login), frozenset(roles))


def _one(house: FullHouse, sql: str) -> Any:
    with house.hospital.database.reading() as session:
        return session.execute(text(sql)).scalar()


def _call(method: Callable[..., object], house: FullHouse, way: dict[str, Any], **who: Actor) -> object:
    values: dict[str, Any] = {}
    for name, parameter in inspect.signature(method).parameters.items():
        if name in who:
            values[name] = who[name]
        elif name in way:
            values[name] = way[name]
        elif parameter.default is inspect.Parameter.empty:
            values[name] = _value(house, name)
    return method(**values)


def _value(house: FullHouse, name: str) -> Any:
    hospital = house.hospital
    known: dict[str, Any] = {
        "op_id": uuid.uuid4().hex,
        "reason": "because",
        "note": "because",
        "case_id": house.cases["launched"],
        "delivery_id": house.delivery,
        "requisition_id": house.requisitions["big"],
        "batch_id": house.batches["pending"],
        "store_id": hospital.places["store"],
        "location_id": hospital.places["store"],
        "source_id": hospital.places["store"],
        "target_id": hospital.places["store2"],
        "department_id": hospital.places["icu"],
        "place_id": hospital.places["icu"],
        "product_id": hospital.products["TUBE"],
        "supplier_id": hospital.suppliers["supplier"],
        "person_id": hospital.persons["nurse"],
        "task_id": 1,
        "line_id": 1,
        "lock_id": 1,
        "shelf_id": 1,
        "version": 1,
        "portions": [],
        "lines": [(hospital.products["TUBE"], 1)],
        "roles": frozenset(),
        "kit_batch_id": house.kits["waiting"],
        "visit_no": "V-1",
        "approves": True,
        "goods": [1],
        "login": "the_auditor",
        "password": PASSWORD,
    }
    return known.get(name)


def answer(call: Callable[[], object]) -> str:
    """The refusal's code and the duty it names, or what else came of it."""
    duty: list[str] = []

    def act() -> None:
        try:
            call()
        except Exception as error:
            values = getattr(error, "values", {})
            duty.append(f"{type(error).__name__} {values.get('duty', '')}")
            raise

    try:
        code = code_of(act)
    except Exception:
        code = "broken"
    return f"{code} {duty}"
