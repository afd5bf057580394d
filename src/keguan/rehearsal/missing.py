"""Something that a scenario speaks of is not there."""

from __future__ import annotations


class Missing(Exception):
    """There is no such case, step or duty, or there are several: what was ``wanted`` and what there is, in words.

    To whoever acts it is a refusal: nobody can act on what is not there.
    """

    def __init__(self, wanted: str, got: str) -> None:
        super().__init__(wanted, got)
        self.wanted = wanted
        self.got = got

    @property
    def sentence(self) -> str:
        """As a refusal."""
        return f"没有{self.wanted}（{self.got}）"
