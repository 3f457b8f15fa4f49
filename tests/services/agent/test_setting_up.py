"""IT sets the mail account, where everybody has a login of their own too; nobody else comes to it by any way."""

from contextlib import nullcontext

import pytest
from sqlalchemy import text

from app.core.permissions import Role
from app.models.refusals import ForbiddenError
from app.queries.agents import agent_sight
from app.queries.reader import Reader
from app.services.agent.mailing import MailSettings
from app.services.agent.setting_up import MailAddressError, SettingUpMail
from app.services.agent.work import JOBS
from app.services.signing_in import SigningInService
from tests.personal import PASSWORD, let_in, opened

TOLD = MailSettings("mail.hospital.example", 465, "tls", "rd", "rd@hospital.example", "it@hospital.example")
_ADD = "INSERT INTO setting (key, value, changed_by, changed_at) VALUES (:key, 'x', :me, now())"
_CHANGE = "UPDATE setting SET value = 'x', changed_by = :me WHERE key = 'mail.recipients'"


def test_it_sets_the_mail_account_under_a_login_of_its_own(personal_database, personal_house):
    persons = {
        "it_admin": Role.IT_ADMIN,
        "chief": Role.EXECUTIVE,
        "guard": Role.SECURITY_ADMIN,
        "porter": Role.STOREKEEPER,
    }
    for login, role in persons.items():
        personal_house.person(login, role)
    let_in(personal_database)
    desk = opened(personal_database)
    signing, service = SigningInService(desk), SettingUpMail(desk)
    it = signing.sign_in("it_admin", PASSWORD)
    for _ in range(2):  # laid down, and changed
        service.set_mail(actor=it, settings=TOLD)
    with pytest.raises(MailAddressError):
        service.set_mail(actor=it, settings=MailSettings("h", sender="nobody"))
    sight = Reader(desk).fetch(agent_sight, JOBS, desk.clock())
    assert (sight.sends_mail, sight.mail["recipients"], sight.mail["port"]) == (True, TOLD.recipients, "465")

    own = {"it_admin": "mail.", "chief": "requisition.", "guard": "password.", "porter": "-"}
    for login, prefix in own.items():
        actor = signing.sign_in(login, PASSWORD)
        keys = {"mail.extra", "requisition.extra", "password.extra"}
        tries = [(_ADD, key, key.startswith(prefix)) for key in keys] + [(_CHANGE, "", login == "it_admin")]
        for statement, key, is_theirs in tries:
            refused = nullcontext() if is_theirs else pytest.raises(ForbiddenError)
            with refused, desk.writing(actor.id) as session:
                session.execute(text(statement), {"key": key, "me": actor.id})
    desk.close()
