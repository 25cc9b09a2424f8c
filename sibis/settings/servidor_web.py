"""Lo que gunicorn hace igual en bin/run, en la imagen y en las pruebas: `--config` lo lee.

Una búsqueda de diez mil letras merece la página que dice qué se buscó, y gunicorn corta en 8 kB la
dirección con un error pelón en inglés. Aquí caben 64 kB, y lo mismo deja pasar el intermediario.
"""

import gc
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.http import message

from sibis.settings.registro import en_un_renglon

message.MAX_REQUEST_LINE = 65_536  # su tope, que ningún ajuste mueve
limit_request_line = message.MAX_REQUEST_LINE - 1


def when_ready(server: object) -> None:
    """Lo ya cargado no se vuelve a revisar en busca de basura: era una pausa de décimas de segundo en
    medio de una visita, y además copiaba a cada proceso la memoria que comparten."""
    gc.collect()
    gc.freeze()


class RegistroDeVisitas(Logger):
    """La dirección llega ya descifrada: sin esto, un «%0A» escribiría un renglón falso y una CURP en
    la ruta quedaría entera."""

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        piezas: dict[str, Any] = super().atoms(*args, **kwargs)
        return {**piezas, "U": en_un_renglon(piezas["U"] or "")}


logger_class = RegistroDeVisitas
