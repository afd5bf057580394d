"""``python -m keguan.cli``: the same as ``keguan``, where the command is not on the path."""

from __future__ import annotations

from keguan.cli.main import main

if __name__ == "__main__":
    main()
