"""Copiar una regla con todas sus secciones: del mismo ejercicio o de otro."""

from __future__ import annotations

from collections.abc import Callable

from programas.models import ReglaOperacion
from programas.models.secciones import Seccion
from sibis.cuentas.models import Dependencia, Usuario

# Lo que no se copia a una versión nueva: es la historia de la otra.
_NO_SE_COPIA = {
    "id",
    "version",
    "estado",
    "origen",
    "edicion",
    "huella_catalogo",
    "gaceta_numero",
    "gaceta_fecha",
    "coplade_acuerdo",
    "capturado_por",
    "enviado_en",
    "enviado_por",
    "validado_en",
    "validado_por",
    "aprobado_en",
    "aprobado_por",
    "expediente",
    "clase_de_version",
    "copiada_de",
    "vigente_desde",
    "razon_de_la_version",
    "publicado_en",
    "publicado_por",
    "creado_en",
    "actualizado_en",
}


# El dinero y las fechas de un año no valen para otro.
_DEL_ANIO = (
    "presupuesto_aprobado",
    "presupuesto_ejercido",
    "presupuesto_trimestres",
    "facilitadores_monto",
    "fecha_inicio",
    "fecha_fin",
)


def copiar(
    regla: ReglaOperacion,
    *,
    ejercicio: int,
    version: int,
    dependencia: Dependencia,
    por: Usuario,
    clase: str,
    alta: Callable[[ReglaOperacion], None],
) -> ReglaOperacion:
    """La copia en borrador, que recuerda de cuál salió. `alta` la da de alta en la base."""
    valores = {
        campo.name: getattr(regla, campo.name)
        for campo in regla._meta.concrete_fields
        if campo.name not in _NO_SE_COPIA
    }
    if ejercicio != regla.ejercicio:
        valores |= dict.fromkeys(_DEL_ANIO)
        valores["presupuesto_fuente"] = ""
    valores |= {"ejercicio": ejercicio, "version": version, "dependencia": dependencia}
    copia = ReglaOperacion(**valores, clase_de_version=clase, copiada_de=regla, capturado_por=por)
    alta(copia)
    for muchos in regla._meta.many_to_many:
        getattr(copia, muchos.name).set(getattr(regla, muchos.name).all())
    _copiar_secciones(regla, copia)
    return copia


def _copiar_secciones(regla: ReglaOperacion, copia: ReglaOperacion) -> None:
    """Todas las secciones, en su orden; las cifras apuntan a la copia de su fuente."""
    fuentes: dict[int, Seccion] = {}
    for fuente in regla.fuentes.all():
        original = fuente.pk
        fuente.pk, fuente.regla = None, copia
        fuente._state.adding = True
        fuente.save()
        fuentes[original] = fuente
    for nombre in ("apoyos", "requisitos", "poblaciones", "metas", "compatibilidades"):
        _copiar_lista(getattr(regla, nombre).all(), copia, fuentes)
    for nombre in ("alineaciones", "textos"):
        _copiar_lista(getattr(regla, nombre).all(), copia, fuentes)


def _copiar_lista(secciones: object, copia: ReglaOperacion, fuentes: dict[int, Seccion]) -> None:
    nuevas = []
    for seccion in secciones:  # type: ignore[attr-defined]
        seccion.pk, seccion.regla = None, copia
        seccion._state.adding = True
        if getattr(seccion, "fuente_id", None):
            seccion.fuente = fuentes[seccion.fuente_id]
        nuevas.append(seccion)
    if nuevas:
        type(nuevas[0]).objects.bulk_create(nuevas)
