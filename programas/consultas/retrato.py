"""Lo que una regla dice, campo por campo y en el orden del formulario, para observarla y compararla.

Las claves de los campos no cambian: las observaciones viejas las citan.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from programas.consultas import redaccion
from programas.consultas.secciones import apartados_de
from programas.models import Apoyo, Poblacion, ReglaOperacion
from sibis.formatos.fechas import fecha_larga
from sibis.revision.retratos import Apartado, Campo, Retrato


def retrato(regla: ReglaOperacion) -> Retrato:
    """Catorce consultas, sin importar cuántos renglones tenga."""
    hechos = (Apartado(clave, str(titulo), hacer(regla)) for clave, titulo, hacer in _apartados())
    return Retrato(tuple(apartado for apartado in hechos if apartado.campos))


def _apartados() -> Iterable[tuple[str, str, Callable[[ReglaOperacion], tuple[Campo, ...]]]]:
    return (
        ("modificacion", _("Qué modifica"), _modificacion),
        ("nombre", _("Nombre y responsable"), _nombre),
        ("que-es", _("Qué es y para quién"), _que_es),
        ("para-quien", _("Quién puede recibirlo"), _para_quien),
        ("poblaciones", _("Poblaciones"), _poblaciones),
        ("metas", _("Metas físicas"), _metas),
        ("dinero", _("Presupuesto y fechas"), _dinero),
        ("apoyos", _("Apoyos"), _apoyos),
        ("requisitos", _("Requisitos y documentos"), _requisitos),
        ("acceso", _("Acceso y quejas"), _acceso),
        ("alineaciones", _("Alineación"), _alineaciones),
        ("textos", _("Texto del documento"), _textos),
        ("fuentes", _("Fuentes"), _fuentes),
    )


def _de_columna(regla: ReglaOperacion, nombre: str, texto: str | None = None) -> Campo:
    """Un campo con el nombre que lleva en el formulario."""
    valor = getattr(regla, nombre) if texto is None else texto
    titulo = str(ReglaOperacion._meta.get_field(nombre).verbose_name)  # type: ignore[union-attr]
    return Campo(nombre, titulo[:1].upper() + titulo[1:], str(valor or ""))


def _nombres(regla: ReglaOperacion, campo: str) -> Campo:
    titulo = str(ReglaOperacion._meta.get_field(campo).verbose_name)  # type: ignore[union-attr]
    nombres = tuple(str(x.nombre) for x in getattr(regla, campo).all())
    return Campo(campo, titulo[:1].upper() + titulo[1:], renglones=nombres)


def _dia(fecha: datetime.date | None) -> str:
    return fecha_larga(fecha) if fecha else ""


def _pesos(monto: Decimal | None) -> str:
    return "" if monto is None else redaccion.pesos(monto)


def _modificacion(regla: ReglaOperacion) -> tuple[Campo, ...]:
    """Solo lo dice una nota o un aviso: la original no modifica nada."""
    if not regla.es_modificacion:
        return ()
    return (
        _de_columna(regla, "clase_de_version", str(regla.get_clase_de_version_display())),
        _de_columna(regla, "razon_de_la_version"),
        _de_columna(regla, "vigente_desde", _dia(regla.vigente_desde)),
    )


def _nombre(regla: ReglaOperacion) -> tuple[Campo, ...]:
    return (
        _de_columna(regla, "nombre"),
        _de_columna(regla, "clave_oficial"),
        _de_columna(regla, "dependencia", str(regla.dependencia.nombre_actual)),
        _de_columna(regla, "unidad_responsable"),
    )


def _que_es(regla: ReglaOperacion) -> tuple[Campo, ...]:
    return (
        *(_de_columna(regla, nombre) for nombre in ("resumen", "a_quien", "objetivo")),
        _nombres(regla, "derechos"),
        _nombres(regla, "grupos"),
    )


def _para_quien(regla: ReglaOperacion) -> tuple[Campo, ...]:
    return (
        Campo("edad", _("Edad"), regla.edad_texto),
        _de_columna(regla, "sexo", str(regla.get_sexo_display()) if regla.sexo else ""),
        _de_columna(regla, "residencia", str(regla.get_residencia_display())),
        _de_columna(regla, "residencia_detalle"),
        _nombres(regla, "alcaldias"),
    )


def _poblaciones(regla: ReglaOperacion) -> tuple[Campo, ...]:
    hay = {p.clase: p for p in regla.poblaciones.all()}
    return tuple(
        Campo(
            f"poblacion-{clase.value}", str(clase.label).capitalize(), _de_poblacion(hay.get(clase))
        )
        for clase in Poblacion.Clase
    )


def _de_poblacion(poblacion: Poblacion | None) -> str:
    if poblacion is None:
        return ""
    cuentas = (
        (_("total"), poblacion.total),
        (_("mujeres"), poblacion.mujeres),
        (_("hombres"), poblacion.hombres),
    )
    partes = [f"{que}: {n:,}" for que, n in cuentas if n is not None]
    return ". ".join(
        [
            *partes,
            *filter(None, (poblacion.edad_texto, poblacion.territorio, poblacion.descripcion)),
        ]
    )


def _metas(regla: ReglaOperacion) -> tuple[Campo, ...]:
    metas = tuple(f"{m}. {m.descripcion}".removesuffix(". ") for m in regla.metas.all())
    return (
        Campo("metas", _("Metas físicas"), renglones=metas),
        _de_columna(regla, "facilitadores_total"),
        _de_columna(regla, "facilitadores_monto", _pesos(regla.facilitadores_monto)),
    )


def _dinero(regla: ReglaOperacion) -> tuple[Campo, ...]:
    trimestres = tuple(map(redaccion.pesos, regla.presupuesto_trimestres or ()))
    titulo = str(ReglaOperacion._meta.get_field("presupuesto_trimestres").verbose_name)  # type: ignore[union-attr]
    return (
        _de_columna(regla, "presupuesto_aprobado", _pesos(regla.presupuesto_aprobado)),
        Campo("presupuesto_trimestres", titulo.capitalize(), " · ".join(trimestres)),
        _de_columna(regla, "presupuesto_fuente"),
        _de_columna(regla, "presupuesto_ejercido", _pesos(regla.presupuesto_ejercido)),
        _de_columna(regla, "fecha_inicio", _dia(regla.fecha_inicio)),
        _de_columna(regla, "fecha_fin", _dia(regla.fecha_fin)),
    )


def _apoyos(regla: ReglaOperacion) -> tuple[Campo, ...]:
    renglones = tuple(map(_de_apoyo, regla.apoyos.select_related("tipo")))
    return (Campo("apoyos", _("Apoyos"), renglones=renglones),)


def _de_apoyo(apoyo: Apoyo) -> str:
    monto = redaccion.monto_de_apoyo(apoyo)
    partes = (
        apoyo.modalidad or str(apoyo.tipo),
        f"{monto} {redaccion.cada_cuando(apoyo)}".strip() if monto else "",
        redaccion.ministraciones_en_palabras(apoyo),
        f"{apoyo.personas:,} {_('apoyos')}" if apoyo.personas else "",
        apoyo.descripcion,
    )
    return ". ".join(p for p in partes if p)


def _requisitos(regla: ReglaOperacion) -> tuple[Campo, ...]:
    todos: list[Any] = list(regla.requisitos.all())
    return tuple(
        Campo(clave, titulo, renglones=tuple(r.texto for r in todos if r.clase == clase))
        for clave, titulo, clase in (
            ("requisitos", _("Requisitos"), "condicion"),
            ("documentos", _("Documentos"), "documento"),
        )
    )


def _acceso(regla: ReglaOperacion) -> tuple[Campo, ...]:
    con_otros = tuple(
        f"{c}. {c.condicion}".removesuffix(". ")
        for c in regla.compatibilidades.select_related("programa")
    )
    return (
        _de_columna(regla, "como_solicitar"),
        _de_columna(regla, "acceso_simultaneo", str(regla.get_acceso_simultaneo_display())),
        Campo("compatibilidades", _("Con qué otro apoyo se puede o no"), renglones=con_otros),
        _de_columna(regla, "queja"),
        Campo("notas", _("Notas al lector"), renglones=tuple(regla.notas)),
    )


def _alineaciones(regla: ReglaOperacion) -> tuple[Campo, ...]:
    return (
        Campo(
            "alineaciones",
            _("A qué contribuye"),
            renglones=tuple(f"{a.instrumento}: {a.texto}" for a in regla.alineaciones.all()),
        ),
    )


def _textos(regla: ReglaOperacion) -> tuple[Campo, ...]:
    """Cada numeral que se pide, también el que nadie ha escrito: su falta también se observa."""
    escritos = dict(regla.textos.values_list("apartado", "texto"))
    return tuple(
        Campo(a.clave, f"{a.numeral} {a.nombre}", escritos.get(a.pk, ""), norma=a.norma)
        for a in apartados_de(regla)
    )


def _fuentes(regla: ReglaOperacion) -> tuple[Campo, ...]:
    return (
        Campo("fuentes", _("Fuentes"), renglones=tuple(f.texto for f in regla.fuentes.all())),
        _de_columna(regla, "enlace"),
    )
