"""Functions of contexts."""

from __future__ import annotations

from keguan.language.dmn.functions.declaring import anything, functions, needs, takes
from keguan.language.dmn.types.types import ANY, CONTEXT, LIST, STRING, ContextOf, ListOf

Entries = dict[str, object]


def put(entries: Entries, keys: list[str], value: object) -> Entries | None:
    """The context with that value at the end of the path of keys; None where the path leads through no context."""
    if not keys or None in keys:
        return None
    key, *rest = keys
    if not rest:
        return {**entries, key: value}
    inner = entries.get(key)
    changed = put(inner, rest, value) if isinstance(inner, dict) else None
    return None if changed is None else {**entries, key: changed}


def made_of(pairs: list[Entries | None]) -> Entries | None:
    """The context of these keys and values; None when a key is none, or there twice."""
    found: Entries = {}
    for pair in pairs:
        key = None if pair is None else pair["key"]
        if pair is None or not isinstance(key, str) or key in found:
            return None
        found[key] = pair["value"]
    return found


def merged(contexts: list[Entries | None]) -> Entries | None:
    """One context of all; where they differ, the last one counts. None when one of them is none."""
    found: Entries = {}
    for each in contexts:
        if each is None:
            return None
        found |= each
    return found


_PAIR = ContextOf((("key", STRING), ("value", ANY)))

FUNCTIONS = functions(
    get_value=takes(lambda entries, key: entries.get(key), needs("m", CONTEXT), needs("key", STRING)),
    get_entries=takes(
        lambda entries: [{"key": key, "value": value} for key, value in entries.items()],
        needs("m", CONTEXT),
        result=LIST,
    ),
    context=takes(made_of, needs("entries", ListOf(_PAIR)), result=CONTEXT),
    context_put=(
        takes(
            lambda entries, key, value: put(entries, [key], value),
            needs("context", CONTEXT),
            needs("key", STRING),
            anything("value"),
            result=CONTEXT,
        ),
        takes(put, needs("context", CONTEXT), needs("keys", ListOf(STRING)), anything("value"), result=CONTEXT),
    ),
    context_merge=takes(merged, needs("contexts", ListOf(CONTEXT)), result=CONTEXT),
)
