"""The matrix of responsibilities on paper: each step, who does it, who signs, who never does both."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.blocks import Heading, Prose, both_lines
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, Sheet, Subject, speech_of
from app.reports.rows import Paper
from app.reports.speech import NOTHING
from app.reports.styles import SMALL, SMALL_STRONG
from app.reports.table import Column, Grid, table

SHARES = (("step", 118.0), ("does", 138.0), ("signs", 138.0), ("apart", 122.0))


@dataclass(frozen=True)
class DutyLine:
    """One step in words: ``does`` and ``signs`` are names of roles, ``apart`` the steps of which it is kept apart."""

    step: str
    does: str
    signs: str
    apart: str


@dataclass(frozen=True)
class DutyPart:
    """The steps of one part of the work."""

    name: str
    lines: tuple[DutyLine, ...]


def render_duty_matrix(paper: Paper, parts: Sequence[DutyPart]) -> bytes:
    """One table a part, the rules that hold for all of them at the end."""
    speech = speech_of(paper)
    subject = Subject(speech.say("duties.title"), "", "", NOTHING)
    blocks: list[Block] = []
    for part in parts:
        grid = Grid(tuple(Column(speech.say(f"duties.{key}"), share) for key, share in SHARES), WIDTH)
        rows = [
            [(line.step, SMALL_STRONG), (line.does, SMALL), (line.signs, SMALL), (line.apart, SMALL)]
            for line in part.lines
        ]
        blocks += [Heading(speech.name(part.name), WIDTH), table(grid, rows), Gap(9)]
    blocks.append(Prose(both_lines(speech.say("duties.rule"), WIDTH)))
    return Sheet(paper, subject).render(blocks, [])
