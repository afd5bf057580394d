"""The one command line, ``keguan``: each command parses, calls one action or query, and says what happened."""
