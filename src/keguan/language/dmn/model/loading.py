"""Files to a model: what is defined in one of them, and in those it imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.dmn.xml.definitions import Component, Decision, Definitions, Key, Knowledge, Service
from keguan.language.dmn.xml.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Library:
    """Definitions by namespace, and their components by key."""

    def __init__(self, files: Iterable[Definitions]) -> None:
        """Raises ``Fault`` when two files have one namespace, or requirements run in a circle."""
        self.files: dict[str, Definitions] = {}
        for each in files:
            if each.namespace in self.files:
                other = self.files[each.namespace].file
                raise Fault(
                    f"{each.file} 与 {other} 的命名空间相同：{each.namespace}",
                    f"{each.file} and {other} have the same namespace: {each.namespace}",
                )
            self.files[each.namespace] = each
        self.components: dict[Key, Component] = {
            component.key: component for each in self.files.values() for component in each.components
        }
        visited: dict[Key, Decision] = {}
        for component in self.components.values():
            if isinstance(component, Decision):
                self._visit(component, frozenset(), visited)

    def find(self, namespace: str, name: str) -> Component | None:
        """The component of that name in the file of that namespace."""
        file = self.files.get(namespace)
        return None if file is None else next((each for each in file.components if each.name == name), None)

    def order(self, decision: Decision, given: frozenset[Key] = frozenset()) -> list[Decision]:
        """The decisions that this one requires, itself last, each after those it requires; not behind ``given``."""
        found: dict[Key, Decision] = {}
        self._visit(decision, given, found)
        return list(found.values())

    def _visit(self, decision: Decision, given: frozenset[Key], found: dict[Key, Decision]) -> None:
        """Put the decision into ``found`` behind those it requires. Raises ``Fault`` when a decision requires itself.

        No recursion: a chain of decisions may be as long as it likes.
        """
        if decision.key in found:
            return
        waiting: list[tuple[Decision, Iterator[Key]]] = [(decision, iter(decision.requires))]
        open_keys = {decision.key}
        while waiting:
            current, rest = waiting[-1]
            key = next(rest, None)
            if key is None:
                waiting.pop()
                open_keys.discard(current.key)
                found[current.key] = current
                continue
            required = self.components.get(key)
            if key in open_keys:
                raise Fault(f"判定“{current.name}”依赖它自己", f"the decision “{current.name}” requires itself")
            if isinstance(required, Decision) and key not in found and key not in given:
                waiting.append((required, iter(required.requires)))
                open_keys.add(key)

    def prefix(self, home: str, key: Key) -> str | None:
        """By which name the file ``home`` knows the namespace of ``key``; None in its own namespace."""
        if key.namespace == home:
            return None
        imports = self.files[home].imports if home in self.files else {}
        return next((name for name, namespace in imports.items() if namespace == key.namespace), None)

    def reachable(self, component: Component) -> list[Component]:
        """The components that its expression sees: what it requires and what it knows."""
        keys: tuple[Key, ...] = ()
        if isinstance(component, Decision):
            keys = (*component.requires, *component.knows)
        elif isinstance(component, Knowledge):
            keys = component.knows
        elif isinstance(component, Service):
            keys = component.inputs
        return [self.components[key] for key in keys if key in self.components]
