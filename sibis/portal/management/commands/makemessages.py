"""`manage.py makemessages`: el de Django, con nuestras opciones, para que todos den el mismo archivo.

Sin adivinar parecidos (una traducción «fuzzy» no se publica) y sin guardar lo que ya nadie usa.
"""

from typing import Any

from django.core.management.commands import makemessages

AJENAS = (".venv", ".ci", "var", "tests", "bench", "node_modules", "*/vendor/*")


class Command(makemessages.Command):
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def handle(self, *args: Any, **options: Any) -> None:
        options["locale"] = options["locale"] or ["en"]
        options["ignore_patterns"] = [*options["ignore_patterns"], *AJENAS]
        options |= {"add_location": "file", "no_obsolete": True, "no_wrap": True}
        super().handle(*args, **options)
