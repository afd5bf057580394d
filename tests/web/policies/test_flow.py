"""The flow picture of a trial keeps the counts and the order of the policy."""

from __future__ import annotations

from keguan.web.policies.flow import BODY, LEAST, Movement, flow


def test_nodes_stand_in_the_policys_order_and_count_both_sides() -> None:
    """Left nodes sum what was, right nodes sum what will be, from the first rule's outcome down."""
    picture = flow([Movement("C", "B", 3), Movement("B", "B", 7), Movement("C", "C", 90)], ("A", "B", "C"))
    left = [(node.label, node.count) for node in picture.nodes if node.anchor == "end"]
    right = [(node.label, node.count) for node in picture.nodes if node.anchor == "start"]
    assert left == [("B", 7), ("C", 93)]
    assert right == [("B", 10), ("C", 90)]


def test_only_those_who_move_are_marked_and_drawn_last() -> None:
    """A band that moves lies above those that stay."""
    picture = flow([Movement("C", "B", 3), Movement("B", "B", 7)], ("A", "B", "C"))
    assert [(band.movement.before, band.moves) for band in picture.bands] == [("B", False), ("C", True)]


def test_one_among_a_million_is_still_seen() -> None:
    """A single moved record has the least height, and the picture stays within bounds."""
    picture = flow([Movement("C", "C", 1_000_000), Movement("C", "B", 1)], ("B", "C"))
    heights = {(node.label, node.anchor): node.height for node in picture.nodes}
    assert heights["B", "start"] == LEAST
    assert picture.height < BODY + 40


def test_nothing_to_move_is_an_empty_picture() -> None:
    """No records make no nodes and no bands."""
    picture = flow([], ("A",))
    assert (picture.nodes, picture.bands) == ((), ())
