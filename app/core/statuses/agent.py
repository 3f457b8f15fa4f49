"""What becomes of the agent's work: jobs, mails, notices that arrived, and the clocks it watches."""

from enum import Enum


class Holder(Enum):
    """Who holds the lease: the agent itself, or a workstation with a person signed in while there is none."""

    AGENT = "agent"
    CLIENT = "client"


class JobEnd(Enum):
    """How the last run of a job ended."""

    DONE = "done"
    FAILED = "failed"
    UNSET = "unset"


class ClockKind(Enum):
    """Which time runs: until a notice is launched, until a department signs for its task, until the task is done."""

    LAUNCH = "launch"
    ACKNOWLEDGE = "acknowledge"
    DONE = "done"


class MailState(Enum):
    """Waiting and sending are under way; unsure: the line broke after the text had been handed over."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    GIVEN_UP = "given_up"


class NewsState(Enum):
    """A notice that arrived: waiting for a person, taken into a case, put aside."""

    WAITING = "waiting"
    TAKEN = "taken"
    ASIDE = "aside"
