"""One folder per outside system: they read what waits to go out, and send it."""
