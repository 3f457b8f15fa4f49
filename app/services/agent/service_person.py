"""The agent's own person: a program that signs in nowhere, has no role, and is kept from goods by the wall."""

from sqlalchemy import select

from app.models.agents import ServicePerson
from app.models.database import Database
from app.models.persons import Person

LOGIN = "recalldesk-agent"
NO_HASH = "!"
"""No hash: no password fits it."""


def agent_person(database: Database) -> int:
    """The id of the agent's person, made by the installation itself the first time."""
    query = select(ServicePerson.person_id).join(Person, Person.id == ServicePerson.person_id)
    with database.reading() as session:
        known = session.scalar(query.where(Person.login == LOGIN))
    if known is not None:
        return known
    now = database.clock()
    with database.writing(None) as session:
        person = Person(
            login=LOGIN,
            name_zh="值守程序",
            name_en="Agent",
            password_hash=NO_HASH,
            is_active=True,
            failed_tries=0,
            created_at=now,
        )
        session.add(person)
        session.flush()
        session.add(ServicePerson(person_id=person.id, made_at=now))
        return person.id
