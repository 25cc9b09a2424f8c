#!/usr/bin/env python
"""Órdenes de Django. Lo normal es llamarlas con `bin/sibis ORDEN`, que prepara lo que falte."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sibis.settings.local")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "Django no está en este entorno. Use bin/sibis, que lo prepara."
        ) from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
