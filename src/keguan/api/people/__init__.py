"""People and their appointments over HTTP."""
