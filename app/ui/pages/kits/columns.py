"""How components on the bench, kits and recipes read."""

from app.queries.kits import KitRow
from app.queries.recipes import RecipeRow
from app.ui import formats, words
from app.ui.language import language, say, spoken
from app.ui.pages.kits.bench import BenchRow
from app.ui.widgets.cell_delegate import RowLook
from app.ui.widgets.cells import Cell, ChipLook
from app.ui.widgets.rows_model import Column


def bench_columns() -> list[Column[BenchRow]]:
    """Component · lots · expiry · wanted · there · state."""
    return [
        Column(
            spoken("kits.column.component"),
            lambda row: row.component.product.zh,
            cell=lambda row: Cell(
                row.component.product.said_in(language()), f"{row.component.ref} · {row.component.spec}"
            ),
            stretch=4,
        ),
        Column(spoken("kits.column.lots"), lambda row: row.scanned, cell=_lots, stretch=3),
        Column(spoken("kits.column.expiry"), lambda row: row.expiry_on, text=formats.day, width=108, is_mono=True),
        Column(spoken("kits.column.wanted"), lambda row: row.component.quantity, cell=_wanted, align="right", width=92),
        Column(spoken("kits.column.state"), lambda row: row.missing, cell=_state, width=130),
    ]


def _lots(row: BenchRow) -> Cell:
    lots = [f"{part.lot or formats.DASH} ×{part.quantity}" for part in row.parts if part.serial is None]
    serials = [f"SN {part.serial}" for part in row.parts if part.serial is not None]
    return Cell(", ".join([*lots, *serials]) or formats.DASH, is_mono=bool(row.parts))


def _wanted(row: BenchRow) -> Cell:
    words_ = f"{row.scanned} / {row.component.quantity}"
    return Cell(words_, is_bold=True, unit=row.component.unit.said_in(language()))


def _state(row: BenchRow) -> Cell:
    if row.missing:
        return Cell(chip=ChipLook(say("kits.missing", count=row.missing), "attention", "scan"))
    return Cell(chip=ChipLook(say("kits.whole"), "ok", "check-circle"))


def kit_columns() -> list[Column[KitRow]]:
    """Number · kit · where · expiry · locks."""
    return [
        Column(
            spoken("kits.column.number"),
            lambda row: row.number,
            cell=lambda row: Cell(row.number, row.product.said_in(language()), is_mono=True),
            stretch=4,
        ),
        Column(spoken("kits.column.place"), lambda row: row.location_id or 0, cell=_place, stretch=3),
        Column(spoken("kits.column.expiry"), lambda row: row.expiry_on, cell=_expiry, width=116),
        Column(
            spoken("kits.column.built"),
            lambda row: row.built_at,
            cell=lambda row: Cell(formats.moment(row.built_at), row.built_by.said_in(language())),
            width=150,
        ),
        Column(spoken("kits.column.state"), lambda row: len(row.layers), cell=_lock, width=130),
    ]


def _place(row: KitRow) -> Cell:
    if row.state is None:
        return Cell(say("kits.taken_apart"), ink="muted")
    return Cell(row.place.said_in(language()) if row.place else formats.DASH, words.word(row.state))


def _expiry(row: KitRow) -> Cell:
    left = say("kits.days_left", days=row.days_left) if row.days_left is not None and row.days_left >= 0 else ""
    return Cell(formats.day(row.expiry_on), left, is_mono=True)


def _lock(row: KitRow) -> Cell:
    if row.layers:
        return Cell(chip=words.chip(row.layers[0]))
    if row.state is None:
        return Cell(chip=ChipLook(say("kits.opened"), "spent", "kit"))
    return Cell(chip=ChipLook(say("kits.free"), "ok", "check-circle"))


def kit_look(row: KitRow) -> RowLook:
    """A kit under a lock says so at its edge."""
    return RowLook("stop") if row.layers else RowLook()


def recipe_columns() -> list[Column[RecipeRow]]:
    """Kit · components · version · who · built."""
    return [
        Column(
            spoken("kits.column.kit"),
            lambda row: row.code,
            cell=lambda row: Cell(row.product.said_in(language()), f"{row.code} · {row.ref}"),
            stretch=3,
        ),
        Column(spoken("kits.column.components"), lambda row: len(row.components), cell=_components, stretch=5),
        Column(
            spoken("kits.column.version"),
            lambda row: row.version,
            cell=lambda row: Cell(str(row.version), is_mono=True),
            align="right",
            width=72,
        ),
        Column(
            spoken("kits.column.kept_by"),
            lambda row: row.made_at,
            cell=lambda row: Cell(formats.moment(row.made_at), row.made_by.said_in(language())),
            width=150,
        ),
        Column(spoken("kits.column.count"), lambda row: row.built, formats.number, align="right", width=80),
    ]


def _components(row: RecipeRow) -> Cell:
    if row.is_ended:
        return Cell(chip=ChipLook(say("kits.ended"), "spent", "ban"))
    names = [f"{part.product.said_in(language())} ×{part.quantity}" for part in row.components]
    return Cell("、".join(names) if language() == "zh" else ", ".join(names), row.note)
