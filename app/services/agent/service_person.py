"""The agent's own person: a program that signs in nowhere, has no role, and is kept from goods by the wall."""

from sqlalchemy import select

from app.core.errors import RuleError
from app.models.agents import ServicePerson
from app.models.database import Database
from app.models.personal import PersonalDatabase
from app.models.persons import Person
from app.services import logins
from app.services.upgrading import is_empty

LOGIN = logins.AGENT
NO_HASH = "!"
"""No hash: no password fits it."""


class OwnLoginNeededError(RuleError):
    """Everybody here has a login of their own, the agent too: ``login`` is not the agent's."""

    code = "agent.own_login"


class NobodyYetError(RuleError):
    """The installation has no person yet: the agent would be taken for the first one."""

    code = "agent.nobody_yet"


def agent_person(database: Database) -> int:
    """The id of the agent's person, made by the installation itself the first time.

    Raises NobodyYetError, and OwnLoginNeededError where logins are kept and this is another one's.
    """
    if isinstance(database, PersonalDatabase) and database.person_id is not None:
        return database.person_id
    with database.reading() as session:
        if logins.are_kept(session):
            raise OwnLoginNeededError(login=database.url.username or "-")
    query = select(ServicePerson.person_id).join(Person, Person.id == ServicePerson.person_id)
    with database.reading() as session:
        known = session.scalar(query.where(Person.login == LOGIN))
    if known is not None:
        return known
    if is_empty(database):
        raise NobodyYetError
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
