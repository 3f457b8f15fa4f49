"""A batch card's trace as the picture of it: hops with equal sums, places, what has become of the units."""

from collections import defaultdict

from app.core.statuses.stock import StockState
from app.queries.batch_card import BatchCard
from app.queries.tracing import Destination
from app.queries.tracing import Hop as TracedHop
from app.ui import formats
from app.ui.language import language, say
from app.ui.widgets.charts.trace_flow import Flow, FlowLink, FlowNode, Hop
from app.ui.words import FILLS, word

MOST_PLACES = 5
OTHERS = "others"
_LOCKED_NAMES = {
    StockState.IN_STOCK: "batches.flow.in_stock_locked",
    StockState.PAR: "batches.flow.par_locked",
}


def flow_of(card: BatchCard) -> Flow:
    """In the language of the screen; the smallest places are summed up as others."""
    shown, summed = _places(card.trace.destinations)
    links = [FlowLink(_key(place), state.value, quantity) for place in shown for state, quantity in _held(place)]
    together: dict[StockState, int] = defaultdict(int)
    for place in summed:
        for state, quantity in _held(place):
            together[state] += quantity
    links += [FlowLink(OTHERS, state.value, quantity) for state, quantity in together.items()]
    places = [FlowNode(_key(place), place.name.said_in(language()), _sum(place)) for place in shown]
    if summed:
        rest = sum(_sum(place) for place in summed)
        places.append(FlowNode(OTHERS, say("batches.flow.others", count=len(summed)), rest))
    return Flow(
        tuple(_hop(hop, card) for hop in card.trace.hops if hop.quantity is not None),
        _source(card),
        say("batches.flow.places"),
        say("batches.flow.states" if card.as_of is None else "as_of.states"),
        say("batches.flow.sum"),
        tuple(places),
        _states(card),
        tuple(links),
    )


def _key(place: Destination) -> str:
    return f"place:{place.location_id}"


def _held(place: Destination) -> list[tuple[StockState, int]]:
    """A negative difference (a gain before its loss) is told in words, not drawn."""
    return [(state, quantity) for state, quantity in place.states.items() if quantity > 0]


def _sum(place: Destination) -> int:
    return sum(quantity for _, quantity in _held(place))


def _places(places: tuple[Destination, ...]) -> tuple[list[Destination], list[Destination]]:
    drawn = [place for place in places if _sum(place)]
    if len(drawn) <= MOST_PLACES:
        return drawn, []
    return drawn[: MOST_PLACES - 1], drawn[MOST_PLACES - 1 :]


def _states(card: BatchCard) -> tuple[FlowNode, ...]:
    sums: dict[StockState, int] = defaultdict(int)
    for place in card.trace.destinations:
        for state, quantity in _held(place):
            sums[state] += quantity
    return tuple(
        FlowNode(
            state.value,
            _state_name(state, is_locked=bool(card.layers)),
            sums[state],
            FILLS[state],
            "stop" if state is StockState.UNACCOUNTED else "text",
        )
        for state in StockState
        if sums[state]
    )


def _state_name(state: StockState, *, is_locked: bool) -> str:
    return say(_LOCKED_NAMES[state]) if is_locked and state in _LOCKED_NAMES else word(state)


def _source(card: BatchCard) -> str:
    first = next((line for line in card.trace.lines if line.target is not None), None)
    return first.target.said_in(language()) if first and first.target else say("batches.flow.source")


def _hop(hop: TracedHop, card: BatchCard) -> Hop:
    by = hop.by.said_in(language()) if hop.by else card.trace.supplier.said_in(language())
    quantity = hop.quantity or 0
    day = formats.moment(hop.at)[:10] if hop.at else ""
    return Hop(word(hop.kind), quantity, hop.document_no, by, day, quantity == card.received)
