"""Access reviews over HTTP."""
