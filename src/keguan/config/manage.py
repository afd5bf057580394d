"""Django's own commands: ``python -m keguan.config.manage migrate``. Everyday commands are ``keguan …``."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keguan.config.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
