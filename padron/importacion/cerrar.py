"""Paso 5: contar, dejar el resultado a la vista y tirar lo de la pasada anterior."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from padron.consultas.sombra import cuentas
from padron.estados import PasoDePasada
from padron.importacion import pasadas, revisar, tabla, trabajo
from padron.importacion.conexiones import Turno
from padron.importacion.fallas import FallaDePasada
from padron.models import Carga, Pasada, Tramo
from sibis.avisos.servicios.avisar import avisar
from sibis.bitacora.registro import registrar

# Si tardó más que esto, quien la cargó quizá ya no está mirando.
TARDO = datetime.timedelta(seconds=30)


def cerrar(pasada: Pasada, turno: Turno) -> bool:
    nota = trabajo.anotado(trabajo.carpeta(pasada), revisar.NOTA)
    with transaction.atomic():
        carga, pasada = pasadas.bloquear(pasada.pk)
        if not pasadas.en_marcha(pasada):
            return False
        if nota is None:  # se perdió la carpeta: rehacerla da lo mismo
            pasadas.pasar(pasada, PasoDePasada.REVISAR)
            return True
        _comprobar(pasada, nota)
        resumen = {c: v for c, v in nota.items() if c != "tramos"}
        if pasada.motivo == Pasada.Motivo.SOMBRA:
            resumen["comparacion"] = cuentas(carga, pasada)
        else:
            _dejar_a_la_vista(carga, pasada, resumen)
        pasadas.mover_pasada(
            pasada, "terminar", resumen=resumen, hechas=pasada.total, intentos=0, error=""
        )
        pasada.tramos.all().delete()
    trabajo.tirar(pasada)
    return False


def _comprobar(pasada: Pasada, nota: dict[str, Any]) -> None:
    """Lo escrito es lo revisado, ni uno más ni uno menos."""
    if not pasada.tabla:
        return
    escritas = sum(
        pasada.tramos.filter(clase=Tramo.Clase.REGISTROS).values_list("filas", flat=True)
    )
    if escritas != nota["validas"] or tabla.cuantas(pasada.tabla) != escritas:
        raise FallaDePasada(
            _(
                "Lo escrito en la base no coincide con lo revisado. Nada entró al padrón: avisa a quien "
                "opera el sistema con el folio de la carga."
            )
        )


def _dejar_a_la_vista(carga: Carga, pasada: Pasada, resumen: dict[str, Any]) -> None:
    anterior = carga.pasada
    numeros = {c: resumen[c] for c in ("filas", "validas", "con_error", "con_aviso")}
    pasadas.mover(carga, "terminar", pasada=pasada, error="", **numeros)
    if anterior is not None and anterior.pk != pasada.pk:
        revisar.olvidar(anterior)
        Pasada.objects.filter(pk=anterior.pk).update(tabla="")
    registrar(
        "carga.revisada",
        carga,
        por=None,
        dependencia=carga.dependencia,
        folio=carga.folio,
        pasada=pasada.numero,
        **numeros,
    )
    if timezone.now() - pasada.empezada_en > TARDO:
        _avisar(carga, pasada)


def _avisar(carga: Carga, pasada: Pasada) -> None:
    avisar(
        para=[carga.cargada_por],
        clase="padron",
        hecho=f"carga-{carga.pk}-revisada-{pasada.numero}",
        titulo=_("%(folio)s: ya se revisó") % {"folio": carga.folio},
        texto=_("%(validas)s renglones pueden entrar y %(con_error)s esperan que se corrijan.")
        % {"validas": carga.validas, "con_error": carga.con_error},
        url=reverse("admin:padron_carga_change", args=[carga.pk]),
    )
