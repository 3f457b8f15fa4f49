"""After the story: every page in both languages and both themes, and the pictures of the README."""

from pathlib import Path
from typing import Any

from app.services.sample_story import Script
from app.ui import story_goods
from app.ui.story_facts import StoryFacts
from app.ui.story_goods import ICU, STORE
from app.ui.story_stage import StoryStage

CASE_TABS = ("scope", "impact", "tasks", "goods", "documents", "timeline", "closing")
VISITS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("zhoumin", STORE, ("workbench", "receiving", "issuing", "requisitions", "stores", "kits", "leaving")),
    ("xunuo", STORE, ("orders",)),
    ("wangke", STORE, ("inspection",)),
    ("bailu", ICU, ("ward",)),
    ("linxiao", STORE, ("batches", "recalls", "settings")),
)
VIEWS = {"stores": ("incoming", "outgoing", "shelves", "counts"), "kits": ("kits",), "settings": ("rules",)}
"""Further tabs of a page, by the target that opens them."""


def show_all(stage: StoryStage, facts: StoryFacts, script: Script, case_id: int, out: Path) -> None:
    """``pages/<page>-<language>-<theme>.png`` for every page a person of the story may open."""
    places = facts.places()
    batch = facts.batches(script.recalled_lots[0])[0].id
    for login, place, doors in VISITS:
        stage.sign_in(login, places[place])
        if "receiving" in doors:
            _begin_another(stage, facts, script)
        for language in ("zh", "en"):
            stage.desk.speak(language)
            for is_dark in (False, True):
                stage.desk.dress(is_dark)
                stage.settle()
                suffix = f"{language}-{'dark' if is_dark else 'light'}"
                _show_doors(stage, doors, out, suffix)
                if "batches" in doors:
                    _show_card(stage, batch, out, suffix)
                    _show_case(stage, case_id, out, suffix)
                if "ward" in doors:
                    _show_stop(stage, script, out, suffix)
        stage.desk.speak("zh")
        stage.desk.dress(False)
        stage.settle()


def _show_doors(stage: StoryStage, doors: tuple[str, ...], out: Path, suffix: str) -> None:
    for door in doors:
        for target in (None, *VIEWS.get(door, ())):
            stage.open(door, target)
            name = f"{door}-{target}" if target else door
            stage.keep(out / "pages" / f"{name}-{suffix}.png")


def _begin_another(stage: StoryStage, facts: StoryFacts, script: Script) -> None:
    """The supplier sends the same lots once more: the recall stops them at the door."""
    story_goods.begin_delivery(stage, script, facts.supplier(script.supplier))
    for carton in reversed(script.cartons[:-1]):
        for scan in carton.scans:
            stage.scan(scan)


def _show_card(stage: StoryStage, batch_id: int, out: Path, suffix: str) -> None:
    stage.open("batches", batch_id)
    stage.keep(out / "pages" / f"batch-card-{suffix}.png")


def _show_case(stage: StoryStage, case_id: int, out: Path, suffix: str) -> None:
    case: Any = stage.open("recalls", case_id).case
    for tab in CASE_TABS:
        case.open_tab(tab)
        stage.settle()
        stage.keep(out / "pages" / f"case-{tab}-{suffix}.png")
    stage.open("recalls").open_list()


def _show_stop(stage: StoryStage, script: Script, out: Path, suffix: str) -> None:
    stage.open("ward", "check")
    stage.scan(script.unit_scans[script.recalled_lots[0]])
    stage.until(lambda: stage.stop_sign() is not None, "the sign stands")
    stage.keep(out / "pages" / f"ward-stop-{suffix}.png")
    sign = stage.stop_sign()
    if sign is not None:
        sign.acted.emit("understood")
    stage.settle()
