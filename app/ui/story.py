"""Plays the demo through the real windows: a delivery, its way to the ward, a recall, and the closed case.

What is typed and scanned comes from ``app.services.sample_story``; what must be true afterwards is asked of the
database and written to ``summary.json``.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.core.clock import Clock
from app.services.sample_story import Script, write_script
from app.ui import story_gallery, story_goods, story_recall, story_return
from app.ui.background import Background
from app.ui.shell.desk import Desk
from app.ui.story_facts import StoryFacts
from app.ui.story_stage import StoryStage

PASSWORD = "Sample-2026"  # noqa: S105 (the public password of the sample)


@dataclass(frozen=True, slots=True)
class StoryParts:
    """What the bootstrap hands to the story: a desk over a database that holds the sample."""

    desk: Desk
    background: Background
    facts: StoryFacts
    now: Clock


def play(
    parts: StoryParts, out: Path, seed: int, tell: Callable[[str], None], *, with_pages: bool = True
) -> dict[str, Any]:
    """The whole story; returns the summary it has written to ``out``. Raises StoryError where a window disobeys.

    ``with_pages`` adds a picture of every page in both languages and themes.
    """
    stage = StoryStage(parts.desk, parts.background, out, PASSWORD)
    script = _script(parts, seed)
    places = parts.facts.places()
    parts.desk.start()
    stage.settle()
    stage.picture("sign-in")
    case_id = _acts(stage, parts.facts, script, places, tell)
    papers = _save_papers(parts.facts, case_id, out)
    if with_pages:
        tell("pictures")
        story_gallery.show_all(stage, parts.facts, script, case_id, out)
    parts.desk.leave()
    summary = _summary(parts, case_id, seed, len(papers))
    text = json.dumps(summary, ensure_ascii=False, indent=2)
    (out / "summary.json").write_text(text + "\n", encoding="utf-8")
    (out / "notice.txt").write_text(script.notice, encoding="utf-8")
    return summary


def _script(parts: StoryParts, seed: int) -> Script:
    """The delivery of the story answers what the buyer has ordered."""
    script = write_script(seed, parts.now().date())
    ordered = parts.facts.order_no(parts.facts.supplier(script.supplier))
    return replace(script, order_no=ordered or script.order_no)


def _acts(
    stage: StoryStage, facts: StoryFacts, script: Script, places: dict[str, int], tell: Callable[[str], None]
) -> int:
    tell("delivery")
    story_goods.receive(stage, script, places, facts.supplier(script.supplier))
    story_goods.inspect(stage, script, places)
    tell("ward")
    story_goods.issue(stage, script, places)
    story_goods.use_one(stage, script, places)
    tell("notice")
    case_id = story_recall.register(stage, facts, script, places)
    story_recall.launch(stage, facts, case_id)
    tell("answers")
    story_recall.do_not_use(stage, script, places)
    story_recall.answer(stage)
    story_recall.answer_by_phone(stage, facts, case_id, places)
    tell("goods")
    story_return.collect(stage, facts, case_id, script)
    story_return.ship(stage, facts, case_id, script)
    story_return.finish_tasks(stage, facts, case_id)
    tell("closing")
    story_return.close(stage, facts, case_id)
    return case_id


def _save_papers(facts: StoryFacts, case_id: int, out: Path) -> list[Path]:
    folder = out / "papers"
    folder.mkdir(parents=True, exist_ok=True)
    saved: list[Path] = []
    for row in facts.documents(case_id):
        file = facts.file(row.id)
        path = folder / os.path.basename(file.name)
        path.write_bytes(file.content)
        saved.append(path)
    return saved


def _summary(parts: StoryParts, case_id: int, seed: int, documents: int) -> dict[str, Any]:
    told = parts.facts.impact(case_id)
    seal = parts.facts.seal()
    return {
        "seed": seed,
        "case": parts.facts.number(case_id),
        "state": parts.facts.state(case_id).value,
        "affected": told.batches,
        "locked": parts.facts.locked(case_id),
        "tasks": len(parts.facts.tasks(case_id)),
        "documents": documents,
        "balance": told.pending,
        "quantities": {state.value: units for state, units in told.by_state.items()} | {"received": told.received},
        "audit_seal": seal.short if seal else "",
    }
