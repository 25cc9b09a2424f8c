"""bin/sibis cargar_padron ARCHIVO --programa CLAVE --ejercicio AAAA --por USUARIO: hasta «por revisar»."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from padron.consultas.regla import hechos_de, programa_de
from padron.estados import EN_MARCHA, EstadoCarga
from padron.importacion import avance
from padron.models import Carga, Hallazgo
from padron.servicios import cargas, en_marcha
from padron.validacion import informe
from sibis.bitacora.registro import Via, por_via
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio

ILEGIBLE, REPETIDO = 2, 3


class Command(BaseCommand):
    help = (
        "Recibe un padrón, lo revisa y lo deja por revisar; no lo aplica. 0 nada bloquea; 1 hay filas que "
        "esperan; 2 no se puede leer; 3 ese archivo ya se había cargado."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivo", type=Path)
        parser.add_argument("--programa", required=True, help="clave del programa")
        parser.add_argument("--ejercicio", required=True, type=int)
        parser.add_argument("--por", required=True, metavar="USUARIO", help="quien responde por él")
        parser.add_argument("--periodo", default="anual", help="anual, t1 a t4 o m01 a m12")
        parser.add_argument("--hoja", default="", help="nombre o número de la hoja")
        parser.add_argument("--mapeo", help='{"curp": "CURP del titular"}: texto o archivo JSON')
        parser.add_argument("--sustituye", metavar="FOLIO", help="la carga aplicada que reemplaza")
        parser.add_argument("--json", type=Path, help="dónde escribir el informe completo")

    def handle(self, *args: str, archivo: Path, **opciones: Any) -> None:
        try:
            with por_via(Via.ORDEN):
                carga = self._cargar(archivo, opciones)
        except cargas.ArchivoRepetido as error:
            self._salir(error, REPETIDO)
        except (ErrorDeNegocio, OSError) as error:
            self._salir(error, ILEGIBLE)
        if carga.estado != EstadoCarga.POR_REVISAR:
            self._salir(ErrorDeNegocio(carga.error or str(carga.get_estado_display())), ILEGIBLE)
        if opciones["json"]:
            escribir_informe(carga, opciones["json"])
        self.stdout.write(
            _("%(folio)s: %(filas)s filas, %(validas)s pueden entrar, %(con_error)s esperan.")
            % {
                "folio": carga.folio,
                "filas": carga.filas,
                "validas": carga.validas,
                "con_error": carga.con_error,
            }
        )
        impide = carga.pasada is not None and carga.pasada.resumen.get("impide_todo")
        raise SystemExit(1 if carga.con_error or impide else 0)

    def _cargar(self, archivo: Path, opciones: dict[str, Any]) -> Carga:
        por = _quien(opciones["por"])
        mapeo = _mapeo(opciones["mapeo"])
        with archivo.open("rb") as contenido:
            carga = cargas.recibir(
                contenido,
                nombre=archivo.name,
                programa=programa_de(opciones["programa"]),
                ejercicio=opciones["ejercicio"],
                periodo=opciones["periodo"],
                hoja=opciones["hoja"],
                sustituye=_la_que_sustituye(opciones["sustituye"]),
                por=por,
                origen=Carga.Origen.ORDEN,
                en_cola=False,
            )
        self.stdout.write(_("Recibida con el folio %(folio)s.") % {"folio": carga.folio})
        esperar(carga)
        if carga.estado == EstadoCarga.POR_MAPEAR:
            lugares = carga.lectura["propuesta"]["lugares"] | _lugares(carga, mapeo)
            en_marcha.confirmar_mapeo(
                carga, mapeo=lugares, por=por, recordar=bool(mapeo), en_cola=False
            )
            esperar(carga)
        return carga

    def _salir(self, error: Exception, codigo: int) -> None:
        self.stderr.write(self.style.ERROR(str(error)))
        raise SystemExit(codigo) from error


def esperar(carga: Carga) -> None:
    """Da los pasos aquí mismo; si otro proceso los está dando, lo espera."""
    carga.refresh_from_db()
    while carga.estado in EN_MARCHA:
        pasada = carga.pasadas.order_by("-numero")[0]
        if not avance.avanzar(pasada.pk, segundos=3_600):
            time.sleep(0.05)
        carga.refresh_from_db()


def escribir_informe(carga: Carga, ruta: Path) -> None:
    """El JSON del contrato, con los hallazgos uno por uno desde la base."""
    pasada = carga.pasada
    if pasada is None:
        return
    cola = {
        "carga": carga.folio,
        "segundos": float(pasada.segundos),
        "memoria_mb": pasada.memoria_mb,
    }
    with ruta.open("w", encoding="utf-8") as destino:
        informe.escribir(destino, pasada.resumen, _hallazgos(carga), cola)


def _hallazgos(carga: Carga) -> Iterator[dict[str, Any]]:
    regla = hechos_de(carga.pasada.regla)
    hallados = Hallazgo.objects.filter(pasada=carga.pasada).order_by("fila", "columna", "codigo")
    for h in hallados.iterator(informe.LOTE):
        yield {
            "fila": h.fila,
            "columna": h.columna,
            "codigo": h.codigo,
            "severidad": h.severidad,
            "mensaje": informe.oracion(h.codigo, h.columna, regla, h.detalle),
        }


def _quien(usuario: str) -> Usuario:
    hallado = Usuario.objects.filter(username=usuario).first()
    if hallado is None:
        raise CommandError(
            _("No hay una cuenta «%(u)s». No se cargó nada.") % {"u": usuario}, returncode=ILEGIBLE
        )
    return hallado


def _la_que_sustituye(folio: str | None) -> Carga | None:
    if not folio:
        return None
    hallada = Carga.objects.filter(folio=folio).first()
    if hallada is None:
        raise ErrorDeNegocio(_("No hay una carga %(folio)s.") % {"folio": folio})
    return hallada


def _mapeo(texto: str | None) -> dict[str, Any]:
    if not texto:
        return {}
    try:
        if not texto.lstrip().startswith("{"):
            texto = Path(texto).read_text(encoding="utf-8-sig")
        mapeo = json.loads(texto)
    except (OSError, ValueError) as error:
        raise ErrorDeNegocio(_("El mapeo no es un JSON que se pueda leer.")) from error
    if not isinstance(mapeo, dict):
        raise ErrorDeNegocio(_('El mapeo es un objeto: {"curp": "CURP del titular"}.'))
    return mapeo


def _lugares(carga: Carga, mapeo: dict[str, Any]) -> dict[str, int]:
    """De «nuestra: la del archivo» a «nuestra: lugar»; la del archivo puede ir por nombre o lugar."""
    encabezado = list(carga.lectura["encabezado"])
    lugares: dict[str, int] = {}
    for nuestra, suya in mapeo.items():
        if isinstance(suya, str) and suya not in encabezado:
            raise ErrorDeNegocio(
                _("El archivo no trae la columna «%(columna)s».") % {"columna": suya}
            )
        lugares[nuestra] = encabezado.index(suya) if isinstance(suya, str) else suya
    return lugares
