"""Values of the house as JSON has them, and back again by their annotations."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

_MANY: dict[Any, Callable[[list[Any]], Any]] = {tuple: tuple, list: list, set: set, frozenset: frozenset}
_AS_THEY_ARE = frozenset({str, int, float, bool})


def plain(value: Any) -> Any:
    """Dataclasses and named tuples become objects, enums their values, moments ISO text.

    Sets are sorted, so that equals look equal.
    """
    return value if value is None or type(value) in _AS_THEY_ARE else _as_json_has_it(value)


def _as_json_has_it(value: Any) -> Any:
    names = _names(value)
    if names:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        table = cast("Mapping[Any, Any]", value)
        return {str(plain(key)): plain(item) for key, item in table.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in cast("frozenset[Any]", value)), key=repr)
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast("list[Any]", value)]
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__name__} has no plain form")


def _names(value: Any) -> tuple[str, ...]:
    """Of the fields of a dataclass or a named tuple."""
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(field.name for field in fields(value))
    return getattr(cast("Any", value), "_fields", ()) if isinstance(value, tuple) else ()


def rebuilt(function: Callable[..., Any], value: Any) -> Any:
    """What a function returned, from its plain form and the function's return annotation."""
    return _as(get_type_hints(function)["return"], value)


def _as(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _as_one_of(get_args(kind), value)
    if origin in _MANY:
        return _MANY[origin](_items(origin, get_args(kind), value))
    if isinstance(kind, type):
        return _as_single(kind, value)
    return value


def _as_one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    return None if value is None else _as(next(kind for kind in kinds if kind is not NoneType), value)


def _items(origin: Any, kinds: tuple[Any, ...], values: list[Any]) -> list[Any]:
    if origin is tuple and not (len(kinds) == 2 and kinds[1] is ...):
        return [_as(kind, item) for kind, item in zip(kinds, values, strict=True)]
    return [_as(kinds[0], item) for item in values]


def _as_single(kind: type, value: Any) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{field.name: _as(hints[field.name], value[field.name]) for field in fields(kind)})
    if issubclass(kind, Enum):
        return kind(value)
    if issubclass(kind, datetime | date):
        return kind.fromisoformat(value)
    return value
