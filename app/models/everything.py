"""Every mapped class, so that the metadata is whole; imported for its effect."""

from app.models import (
    agents,
    catalogue,
    kits,
    leaving,
    locks,
    persons,
    places,
    proof,
    recalls,
    requisitions,
    stock,
    store_work,
    supplements,
)
from app.models.base import Base

METADATA = Base.metadata
TABLES = (
    agents,
    catalogue,
    kits,
    leaving,
    locks,
    persons,
    places,
    proof,
    recalls,
    requisitions,
    stock,
    store_work,
    supplements,
)
