"""Entregar lo tecleado: se vuelve un archivo, y de ahí en adelante es una carga como cualquiera."""

from __future__ import annotations

import csv
import io

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from padron.consultas.columnas_de_captura import hechos, visibles
from padron.estados import SIN_EFECTO
from padron.estados_de_captura import FLUJO_CAPTURA
from padron.models import Captura, Carga
from padron.servicios import cargas
from padron.servicios.capturas import anotar, apartar, exigir_capturar
from padron.validacion.columnas import POR_IDENTIFICADOR
from padron.validacion.motor import CifrasDeControl
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio


@transaction.atomic
def entregar(
    captura: Captura, *, por: Usuario, sustituye: Carga | None = None, en_cola: bool = True
) -> Carga:
    """Congela los renglones en un CSV y lo recibe con sus columnas ya dichas.

    Levanta lo mismo que `cargas.recibir`, y entonces la captura sigue abierta con todo lo suyo.
    """
    captura = apartar(captura, por=por)
    FLUJO_CAPTURA.exigir("entregar", estado=captura.estado)
    columnas, filas = congelar(captura)
    if not filas:
        raise ErrorDeNegocio(_("La captura no tiene ningún renglón: escribe al menos uno."))
    carga = cargas.recibir(
        io.BytesIO(a_csv(columnas, filas)),
        nombre=_("captura") + f" {captura.pk}.csv",
        programa=captura.programa,
        ejercicio=captura.ejercicio,
        periodo=captura.periodo,
        por=por,
        cifras=CifrasDeControl(filas=len(filas)),
        sustituye=sustituye,
        origen=Carga.Origen.FORMULARIO,
        mapeo={columna: lugar for lugar, columna in enumerate(columnas)},
        en_cola=en_cola,
    )
    captura.renglones.quitados().delete()
    captura.estado, captura.carga = FLUJO_CAPTURA.paso("entregar").hacia, carga
    captura.entregada_por, captura.entregada_en = por, timezone.now()
    captura.save(update_fields=["estado", "carga", "entregada_por", "entregada_en"])
    anotar("captura.entregada", captura, por=por, folio=carga.folio, renglones=len(filas))
    return carga


def congelar(captura: Captura) -> tuple[list[str], list[dict[str, str]]]:
    """Las columnas que se ven o traen algo, y los renglones en su orden."""
    filas = list(captura.renglones.puestos().values_list("celdas", flat=True))
    con_algo = {columna for celdas in filas for columna in celdas}
    a_la_vista = visibles(captura, hechos(captura))
    columnas = [c for c in POR_IDENTIFICADOR if c in con_algo or c in a_la_vista]
    return columnas, filas


def a_csv(columnas: list[str], filas: list[dict[str, str]]) -> bytes:
    """UTF-8, nuestros títulos, y cada celda exactamente como se tecleó."""
    texto = io.StringIO(newline="")
    escritor = csv.writer(texto, lineterminator="\n", quoting=csv.QUOTE_ALL)
    escritor.writerow(POR_IDENTIFICADOR[c].titulo for c in columnas)
    escritor.writerows([celdas.get(c, "") for c in columnas] for celdas in filas)
    return texto.getvalue().encode()


def se_puede_reabrir(captura: Captura) -> bool:
    """Su carga ya no tiene efecto: nada de ella puede llegar al padrón."""
    return captura.carga is not None and captura.carga.estado in SIN_EFECTO


@transaction.atomic
def reabrir(captura: Captura, *, por: Usuario) -> Captura:
    """Se sigue escribiendo donde se quedó; la carga cancelada se conserva y se cita."""
    captura = (
        Captura.objects.select_for_update(of=("self",))
        .select_related("programa", "dependencia", "carga")
        .get(pk=captura.pk)
    )
    exigir_capturar(captura.dependencia, por=por)
    paso = FLUJO_CAPTURA.exigir("reabrir", estado=captura.estado)
    if not se_puede_reabrir(captura):
        raise ErrorDeNegocio(
            _("La carga %(folio)s sigue su camino: cancélala primero, o corrígela en sus páginas.")
            % {"folio": captura.carga.folio if captura.carga else ""}
        )
    captura.estado, captura.tocada_por, captura.tocada_el = paso.hacia, por, timezone.now()
    captura.entregada_por = captura.entregada_en = None
    captura.save(
        update_fields=["estado", "tocada_por", "tocada_el", "entregada_por", "entregada_en"]
    )
    anotar(
        "captura.reabierta", captura, por=por, folio=captura.carga.folio if captura.carga else ""
    )
    return captura


@transaction.atomic
def descartar(captura: Captura, *, por: Usuario) -> Captura:
    """Sus renglones se borran: nunca fueron padrón. Queda quién y cuándo."""
    captura = apartar(captura, por=por)
    paso = FLUJO_CAPTURA.exigir("descartar", estado=captura.estado)
    cuantos = captura.renglones.puestos().count()
    captura.renglones.all().delete()
    captura.estado, captura.descartada_por = paso.hacia, por
    captura.descartada_en = timezone.now()
    captura.save(update_fields=["estado", "descartada_por", "descartada_en"])
    anotar("captura.descartada", captura, por=por, renglones=cuantos)
    return captura
