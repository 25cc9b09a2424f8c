"""Dos conversaciones inventadas sobre una regla de demostración, escritas por los mismos servicios."""

from __future__ import annotations

import io
import uuid
from collections.abc import Mapping

from programas.models import ReglaOperacion
from sibis.cuentas.models import Dependencia, Usuario
from sibis.demo import cuentas
from sibis.demo.cuentas import MARCA
from sibis.demo.pdf_sencillo import pdf
from sibis.demo.sincronia import Balance
from sibis.expedientes import servicios as expedientes
from sibis.expedientes.models import Expediente
from sibis.mensajes.models import Hilo
from sibis.mensajes.servicios.adjuntos import Subido
from sibis.mensajes.servicios.escribir import escribir
from sibis.mensajes.servicios.hilos import abrir

_DE_QUIEN = cuentas.ENLACE_IZTAPALAPA
_AVISO = "Conversación inventada para la demostración."
# La misma llave en cada corrida: sembrar otra vez no escribe otra vez.
_LLAVES = uuid.UUID("6f3c8a52-8d0b-4f4a-9a55-3f1f4b7f2d90")


def sembrar() -> Balance:
    """Las que falten; lo que alguien haya contestado se respeta."""
    regla = _regla()
    if regla is None:
        return Balance("hilos de mensajes", 0, 0, 0)
    antes = Hilo.objects.count()
    personal = cuentas.de_la_base()
    rectora = Dependencia.objects.get(clave=cuentas.VALIDA.dependencia)
    expediente = regla.expediente or _abrir_expediente(regla)
    hechos = (
        _sobre_la_poblacion(expediente, rectora, personal),
        _sobre_las_fechas(expediente, rectora, personal),
    )
    altas = Hilo.objects.count() - antes
    return Balance("hilos de mensajes", altas, 0, len(hechos) - altas)


def _regla() -> ReglaOperacion | None:
    """La más nueva de la casa que ya salió de borrador: es de la que hay algo que decir."""
    suyas = ReglaOperacion.objects.filter(
        dependencia__clave=_DE_QUIEN.dependencia, nombre__endswith=MARCA
    ).select_related("expediente", "dependencia")
    enviadas = suyas.exclude(estado="borrador")
    return enviadas.order_by("-ejercicio", "pk").first() or suyas.order_by("-pk").first()


def _abrir_expediente(regla: ReglaOperacion) -> Expediente:
    hecho = expedientes.abrir(
        clase="regla",
        dependencia=regla.dependencia,
        titulo=str(regla),
        url=f"/panel/programas/reglaoperacion/{regla.pk}/change/",
    )
    ReglaOperacion.objects.filter(pk=regla.pk).update(expediente=hecho)
    return hecho


def _llave(que: str) -> uuid.UUID:
    return uuid.uuid5(_LLAVES, que)


def _sobre_la_poblacion(
    expediente: Expediente, rectora: Dependencia, personal: Mapping[str, Usuario]
) -> Hilo:
    enlace, valida = personal[_DE_QUIEN.usuario], personal[cuentas.VALIDA.usuario]
    oficio = pdf([["Nota metodológica", _AVISO, "Población objetivo: 12,400 personas."]])
    hilo = abrir(
        asunto="Población objetivo y meta física",
        texto=(
            "La meta física se calculó con la población de 2020 y la objetivo con la proyección del "
            f"año. Adjunto la nota.\n\n¿Cuál de las dos prefieren que dejemos? {_AVISO}"
        ),
        llave=_llave("poblacion"),
        expediente=expediente,
        organos=[rectora],
        archivos=[Subido("Nota metodológica.pdf", len(oficio), io.BytesIO(oficio))],
        por=enlace,
    )
    escribir(
        hilo,
        texto=(
            f"@{enlace.username}: la proyección del año, y que las dos cifras coincidan. En el "
            "apartado 6 basta una nota con la fuente."
        ),
        llave=_llave("poblacion-respuesta"),
        por=valida,
    )
    return hilo


def _sobre_las_fechas(
    expediente: Expediente, rectora: Dependencia, personal: Mapping[str, Usuario]
) -> Hilo:
    return abrir(
        asunto="Fecha de la sesión de COPLADE",
        texto=(
            "¿Ya hay fecha para la sesión? La necesitamos para cerrar el calendario de la "
            f"convocatoria. {_AVISO}"
        ),
        llave=_llave("coplade"),
        expediente=expediente,
        organos=[rectora],
        por=personal[cuentas.TITULAR_IZTAPALAPA.usuario],
    )
