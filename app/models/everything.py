"""Every mapped class, so that the metadata is whole; imported for its effect."""

from app.models import catalogue, locks, persons, places, proof, recalls, stock
from app.models.base import Base

METADATA = Base.metadata
TABLES = (catalogue, locks, persons, places, proof, recalls, stock)
