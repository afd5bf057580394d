"""Two records that are one: merged, and taken apart again."""
