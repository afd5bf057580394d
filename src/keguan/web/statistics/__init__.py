"""Statistics of cases."""
