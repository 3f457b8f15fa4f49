"""What the acts of the sample share: persons and places by code, seeded ids, and what lies free in a store."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import select

from app.core.actor import Actor
from app.models.catalogue import Product
from app.models.database import Database
from app.models.persons import Person
from app.models.places import Location
from app.services.issuing import free_batches
from app.services.picking import Wanted
from app.services.sample_history import Ids
from app.services.signing_in import SigningInService, actor_of

WITNESS = "wangke"
"""Signs as the second person of the central store."""


@dataclass(frozen=True, slots=True)
class Lot:
    """What a store can spare of a product: the lot that expires first, and how much is free of it."""

    product_id: int
    ref: str
    batch_id: int
    lot_no: str
    free: int

    def some(self, quantity: int) -> Wanted:
        """So many of it, or as many as there are."""
        return Wanted(self.product_id, self.lot_no, min(quantity, self.free))


class _SampleSigning(SigningInService):
    """Signs without deriving the public password of the sample each time, which would take a second in all."""

    def sign_in(self, login: str, password: str) -> Actor:
        with self._database.reading() as session:
            return actor_of(session, session.scalars(select(Person.id).where(Person.login == login)).one())


class Scene:
    """Seeded: the same seed, moment and history give the same acts."""

    def __init__(self, database: Database, ids: Ids, seed: int, told: dict[str, Any]) -> None:
        self.database, self._ids, self.random = database, ids, Random(seed)  # noqa: S311 (a sample, not a secret)
        self.signing = _SampleSigning(database)
        self.password: str = told["password"]
        self.told: dict[str, Any] = told["work"]

    def op(self) -> str:
        """The id of one act."""
        return f"{self.random.getrandbits(128):032x}"

    def place(self, code: str) -> int:
        return self._ids.places[code]

    def supplier(self, code: str) -> int:
        return self._ids.suppliers[code]

    def liaison(self, ward: str) -> str:
        """The login of a ward's liaison."""
        return self._ids.liaisons[ward]

    def actor(self, login: str) -> Actor:
        with self.database.reading() as session:
            return actor_of(session, self._ids.persons[login])

    def second(self, first: Actor, op_id: str, meaning: str) -> Actor:
        """The witness signs the operation in place."""
        return self.signing.sign(first=first, login=WITNESS, password=self.password, op_id=op_id, meaning=meaning)

    def products(self, refs: Sequence[str]) -> dict[str, int]:
        """Keys of products by REF."""
        with self.database.reading() as session:
            rows = session.execute(select(Product.ref, Product.id).where(Product.ref.in_(refs)))
            return {ref: product_id for ref, product_id in rows}

    def free(self, store: str, refs: Sequence[str], least: int = 1) -> list[Lot]:
        """Of these products those of which the store can issue so many today, in the order of ``refs``."""
        keys = self.products(refs)
        found: list[Lot] = []
        with self.database.reading() as session:
            place = session.get_one(Location, self.place(store))
            for ref in refs:
                rows = free_batches(session, keys[ref], place)
                if not rows or rows[0][0].is_lot_unknown:
                    continue
                first = rows[0][0]
                free = sum(quantity for batch, quantity in rows if batch.lot_key == first.lot_key)
                if free >= least:
                    found.append(Lot(first.product_id, ref, first.id, first.lot_no, free))
        return found
