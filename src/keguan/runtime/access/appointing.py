"""How many people it takes to give a role, by the policy in force."""

from __future__ import annotations

from keguan.runtime.policies import queries as policies


def takes_two() -> bool:
    """Whether one administrator proposes and another confirms: where the policy has a role that confirms (授予角色)."""
    return any("grant_roles" in role.operations for role in policies.current().model.roles.values())
