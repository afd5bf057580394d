"""What was counted must be the same for every complaint, and every notice must have arrived once."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.runtime.processes.crowd.feeding import MOVES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.connectors.stand_in import Receiver


def all_alike(told: Mapping[str, Any]) -> None:
    """Every complaint went the same way, with the same words in the ledger, and every duty was warned of once."""
    many, year = len(told["numbers"]), told["numbers"][0][3:7]
    assert told["numbers"] == [f"TS-{year}-{number:06}" for number in range(1, many + 1)]
    assert told["cases"] == [[json.dumps(["archived", True, len(MOVES) + 2]), many]]  # counted once more when late
    assert told["moves"] == [[json.dumps(MOVES), many]]
    assert told["tasks"] == [[json.dumps(["filing", "judging", "calling"]), many]]
    assert told["entries"] == [[json.dumps([f"cases.{kind}" for kind in MOVES]), many]]
    assert told["pending"] == 0
    assert [count for _what, count in told["told"]] == [many]
    assert [count for _what, count in told["duties"]] == [many]
    assert [count for _what, count in told["duty_entries"]] == [many]
    assert [count for _what, count in told["warned"]] == [many]
    assert set(told["jobs"]) == {"done"}
    assert told["sound"] is True


def arrived(told: Mapping[str, Any], receiver: Receiver) -> tuple[int, int]:
    """Every notice arrived at the webhook, by its key; none arrived twice at the robot, and what may not have arrived
    there says so. How many of these there are, and how many repeats the webhook had to drop.
    """
    by_channel: dict[str, dict[int, tuple[str, str]]] = {"webhook": {}, "wecom_robot": {}}
    for kind, state, key, notice in told["deliveries"]:
        assert notice not in by_channel[kind]
        by_channel[kind][notice] = (state, key)
    hook, robot = by_channel["webhook"], by_channel["wecom_robot"]
    assert (len(hook), len(robot)) == (told["notices"], told["urgent"])
    assert {state for state, _key in hook.values()} == {"sent"}
    assert {state for state, _key in robot.values()} <= {"sent", "uncertain"}
    posted = [each.headers["idempotency-key"] for each in receiver.requests if each.path == "/hook"]
    assert {key for _state, key in hook.values()} <= set(posted)
    said = Counter(_notice(each.json) for each in receiver.requests if each.path != "/hook")
    assert set(said.values()) == {1}
    assert {notice for notice, (state, _key) in robot.items() if state == "sent"} <= set(said)
    uncertain = sum(state == "uncertain" for state, _key in robot.values())
    return uncertain, len(posted) - len(set(posted))


def _notice(payload: Any) -> int:
    """Which notice a robot's text is about: its link says so."""
    return int(payload["text"]["content"].rstrip("/").rsplit("/", 1)[1])
