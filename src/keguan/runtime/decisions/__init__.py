"""Decisions: computed where the records are, written only where they change, explained by the policy of their day."""
