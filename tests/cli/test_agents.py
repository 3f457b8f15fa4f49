"""``recalldesk agent --once``: what is due is done, unless another one keeps the watch."""

from app.cli.terminal import DONE
from app.core.clock import system_clock
from app.core.statuses.agent import Holder
from app.services.agent.leasing import Leasing
from app.services.agent.service_person import agent_person
from tests.builders import small_hospital
from tests.cli.test_main import Answer


def test_the_agent_looks_once_and_yields_to_another_one(database, tmp_path):
    small_hospital(database)
    url = database.url.render_as_string(hide_password=False)
    command = ("agent", "--once", "--backups", str(tmp_path / "copies"))
    first = Answer(*command, database=url)
    assert (first.lines, first.code) == (["5 due jobs done."], DONE)
    assert Answer(*command, database=url).lines == ["0 due jobs done."]

    def now(_session):
        return system_clock()

    other = Leasing(database, holder="other", machine="PC-9", kind=Holder.AGENT, moment=now)
    assert other.hold(agent_person(database)) is not None
    assert Answer(*command, database=url).lines == ["Another computer keeps the watch; nothing was done."]
