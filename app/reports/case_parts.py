"""Parts that the documents of a recall case share: the facts of the case, its strip, its lot columns."""

from collections.abc import Sequence

from app.core.statuses.recall import CaseKind, Treatment
from app.reports.blocks import Fact, Heading, fact
from app.reports.codes import case_code
from app.reports.flow import Block, Gap
from app.reports.frame import WIDTH, Subject, class_words, is_drill
from app.reports.rows import CaseHead, SignedLine
from app.reports.speech import NOTHING, Pair, Speech, capital, plain
from app.reports.styles import BODY, CODE, CODE_SMALL, SMALL
from app.reports.table import Column, Grid, table

CODE_FACTS = frozenset({"ref", "waybill", "authorisation", "order", "delivery_note", "task"})


def case_subject(speech: Speech, case: CaseHead, title: str, note: Pair = NOTHING) -> Subject:
    """A sheet whose symbol opens the case; ``title`` is a key of ``[reports.title]``."""
    return Subject(
        title=speech.say(f"title.{title}"),
        number=case.number,
        code=case_code(case.number),
        hint=speech.say("scan_case"),
        note=note,
        chip=class_words(speech, case.recall_class),
        is_drill=is_drill(case),
    )


def case_facts(speech: Speech, case: CaseHead) -> list[Fact]:
    """Product, models, certificate, registrant, supplier, kind, treatment and reason; empty ones are left out."""
    values = (
        ("product", speech.name(case.product, case.product_en)),
        ("ref", Pair(case.ref)),
        ("certificate", Pair(case.certificate)),
        ("manufacturer", Pair(case.manufacturer)),
        ("supplier", Pair(case.supplier)),
        ("kind", speech.status(CaseKind(plain(case.kind)))),
        ("treatment", treatments(speech, case)),
        ("reason", speech.name(case.reason, case.reason_en)),
    )
    return facts(speech, values)


def facts(
    speech: Speech,
    values: Sequence[tuple[str, Pair | str]],
    width: float = WIDTH,
    *,
    to_fill: frozenset[str] = frozenset(),
) -> list[Fact]:
    """Labels of ``[reports.fact]`` with their values, codes in mono.

    Empty ones are left out, except those ``to_fill``, which print a line to write on.
    """
    made: list[Fact] = []
    for key, value in values:
        words = Pair(value) if isinstance(value, str) else value
        if words.first or key in to_fill:
            made.append(fact(speech.say(f"fact.{key}"), words, width, CODE if key in CODE_FACTS else BODY))
    return made


def treatments(speech: Speech, case: CaseHead) -> Pair:
    """The treatments demanded, in one line."""
    words = [speech.word(Treatment(plain(code))) for code in case.treatment]
    joiner = "、" if speech.main == "zh" else ", "
    first = joiner.join(word.first for word in words)
    second = ", ".join(word.second for word in words if word.second)
    return Pair(capital(first), capital(second))


def place_words(speech: Speech, department: Pair, site: Pair) -> Pair:
    """重症医学科（主院区）, Intensive care (Main site)."""
    if not site.first:
        return department
    first = f"{department.first}（{site.first}）" if speech.main == "zh" else f"{department.first} ({site.first})"
    english = (department.second or department.first, site.second or site.first)
    second = f"{english[0]} ({english[1]})" if department.second or site.second else ""
    return Pair(first, second)


DIGITS = 16
"""Of a digest, as many as are printed."""


def signed_lines(speech: Speech, lines: Sequence[SignedLine]) -> list[Block]:
    """The electronic signatures behind a paper, one a line; nothing where nobody has signed."""
    if not lines:
        return []
    shares = (("at", 104.0), ("by", 89.0), ("meaning", 196.0), ("digest", 104.0))
    grid = Grid(tuple(Column(speech.say(f"column.{key}"), share, 0.0) for key, share in shares), WIDTH)
    rows = [
        [
            (speech.moment(line.at), CODE_SMALL),
            (line.by, SMALL),
            (speech.name(line.meaning, line.meaning_en).inline, SMALL),
            (line.digest[:DIGITS], CODE_SMALL),
        ]
        for line in lines
    ]
    return [Gap(12), Heading(speech.say("heading.signed"), WIDTH), table(grid, rows)]
