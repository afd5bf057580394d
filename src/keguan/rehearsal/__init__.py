"""A company on a stage: scenarios acted out by people with roles, on a clock that is held."""
