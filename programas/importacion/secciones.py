"""Las secciones de un año: del archivo a renglones, con cada cifra atada a su fuente."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from programas.importacion.renglon import Lector
from programas.models import (
    AccesoSimultaneo,
    Apoyo,
    Compatibilidad,
    DerechoSocial,
    Fuente,
    GrupoPrioritario,
    MetaFisica,
    Programa,
    ReglaOperacion,
    Requisito,
    Residencia,
    Sexo,
    TipoDeApoyo,
)
from programas.models.secciones import Seccion
from sibis.cuentas.models import Dependencia
from sibis.territorio.models import Alcaldia
from sibis.vigencia.restricciones import validar


@dataclass(frozen=True, slots=True)
class Referencias:
    """Catálogos por clave, traídos una vez."""

    dependencias: Mapping[str, Dependencia]
    alcaldias: Mapping[str, Alcaldia]
    derechos: Mapping[str, DerechoSocial]
    grupos: Mapping[str, GrupoPrioritario]
    tipos: Mapping[str, TipoDeApoyo]

    @classmethod
    def traer(cls) -> Referencias:
        return cls(
            {d.clave: d for d in Dependencia.objects.all()},
            {a.clave: a for a in Alcaldia.objects.defer("geometria")},
            {d.clave: d for d in DerechoSocial.objects.all()},
            {g.clave: g for g in GrupoPrioritario.objects.all()},
            {t.clave: t for t in TipoDeApoyo.objects.all()},
        )

    def dependencia(self, lector: Lector, clave: str, falta: Any = None) -> Any:
        valor = lector.texto(clave)
        if not valor and falta is not None:
            return falta
        return _uno(lector, clave, valor, self.dependencias)


def _uno(lector: Lector, clave: str, valor: str, catalogo: Mapping[str, Any]) -> Any:
    if valor not in catalogo:
        lector.errores.append(f"{lector.lugar}: «{clave}» no existe en el catálogo: «{valor}».")
    return catalogo.get(valor)


def _varios(lector: Lector, clave: str, catalogo: Mapping[str, Any]) -> list[Any]:
    return [o for v in lector.textos(clave) if (o := _uno(lector, clave, v, catalogo)) is not None]


@dataclass(slots=True)
class AnioLeido:
    """Un ejercicio ya leído y resuelto, listo para escribirse."""

    original: Mapping[str, Any]
    valores: dict[str, Any]
    muchos: dict[str, list[Any]]
    fuentes: list[Fuente] = field(default_factory=list)
    # Cada sección con la clave de su fuente; vacía = la general del año.
    secciones: list[tuple[Any, str]] = field(default_factory=list)
    # Cada compatibilidad con la clave del otro programa, que quizá viene más adelante.
    compatibles: list[tuple[Compatibilidad, str]] = field(default_factory=list)


def leer_regla(lector: Lector, programa: Lector, referencias: Referencias) -> AnioLeido:
    """Lee un ejercicio; los errores se juntan en el lector, con su año."""
    ejercicio = lector.entero("ejercicio")
    lector.lugar = f"{programa.lugar} {ejercicio or 'sin ejercicio'}"
    if ejercicio is None:
        lector.errores.append(f"{lector.lugar}: falta «ejercicio».")
    residencia = lector.objeto_de("residencia")
    anio = AnioLeido(
        original=lector.objeto,
        valores={
            "ejercicio": ejercicio,
            "nombre": lector.texto("nombre") or programa.texto("nombre"),
            "dependencia": referencias.dependencia(
                lector, "dependencia", referencias.dependencias.get(programa.texto("dependencia"))
            ),
            **_identidad(lector),
            **_poblacion(lector, residencia),
            **_dinero(lector),
        },
        muchos={
            "alcaldias": _varios(lector, "alcaldias", referencias.alcaldias),
            "derechos": _varios(programa, "derechos", referencias.derechos),
            "grupos": _varios(programa, "grupos", referencias.grupos),
        },
        fuentes=_fuentes(lector),
    )
    _apoyos(lector, anio, referencias)
    _requisitos(lector, anio)
    _metas(lector, anio)
    _compatibilidades(lector, anio)
    _exigir_fuentes_conocidas(lector, anio)
    return anio


def _identidad(lector: Lector) -> dict[str, Any]:
    campos = (
        "clave_oficial",
        "resumen",
        "a_quien",
        "gaceta_numero",
        "coplade_acuerdo",
        "enlace",
        "queja",
    )
    return {
        **{campo: lector.texto(campo) for campo in campos},
        "gaceta_fecha": lector.fecha("gaceta_fecha"),
        "fecha_inicio": lector.fecha("fecha_inicio"),
        "fecha_fin": lector.fecha("fecha_fin"),
        "notas": lector.textos("notas"),
        "acceso_simultaneo": lector.opcion(
            "acceso_simultaneo", AccesoSimultaneo.values, AccesoSimultaneo.SIN_DATO
        ),
    }


def _poblacion(lector: Lector, residencia: Lector) -> dict[str, Any]:
    return {
        "edad_min_meses": lector.entero("edad_min_meses"),
        "edad_max_meses": lector.entero("edad_max_meses"),
        "sexo": lector.opcion("sexo", Sexo.values, ""),
        "residencia": residencia.opcion("clase", Residencia.values, Residencia.SIN_DATO),
        "residencia_detalle": residencia.texto("detalle"),
        "facilitadores_total": lector.entero("facilitadores_total"),
        "facilitadores_monto": lector.monto("facilitadores_monto"),
    }


def _dinero(lector: Lector) -> dict[str, Any]:
    return {
        "presupuesto_aprobado": lector.monto("presupuesto_aprobado"),
        "presupuesto_ejercido": lector.monto("presupuesto_ejercido"),
        "presupuesto_fuente": lector.texto("presupuesto_fuente"),
    }


def _fuentes(lector: Lector) -> list[Fuente]:
    fuentes = [
        Fuente(
            orden=orden,
            clave=fuente.obligatorio("clave"),
            texto=fuente.obligatorio("texto"),
            url=fuente.texto("url"),
            fecha=fuente.fecha("fecha"),
            clase=fuente.opcion("clase", Fuente.Clase.values, Fuente.Clase.PRENSA),
        )
        for orden, fuente in enumerate(lector.lista_de("fuentes"), 1)
    ]
    if not fuentes:
        lector.errores.append(f"{lector.lugar}: falta al menos una fuente.")
    return fuentes


def _apoyos(lector: Lector, anio: AnioLeido, referencias: Referencias) -> None:
    for orden, apoyo in enumerate(lector.lista_de("apoyos"), 1):
        tipo = _uno(apoyo, "tipo", apoyo.obligatorio("tipo"), referencias.tipos)
        anio.secciones.append(
            (
                Apoyo(
                    orden=orden,
                    tipo=tipo,
                    modalidad=apoyo.texto("modalidad"),
                    descripcion=apoyo.texto("descripcion"),
                    monto_minimo=apoyo.monto("monto_minimo"),
                    monto_maximo=apoyo.monto("monto_maximo"),
                    base=apoyo.opcion("base", Apoyo.Base.values, Apoyo.Base.POR_MINISTRACION),
                    periodicidad=apoyo.opcion("periodicidad", Apoyo.Periodicidad.values, ""),
                    ministraciones=apoyo.entero("ministraciones"),
                    personas=apoyo.entero("personas"),
                    para=apoyo.opcion("para", Apoyo.Para.values, Apoyo.Para.BENEFICIARIAS),
                ),
                apoyo.texto("fuente"),
            )
        )


def _requisitos(lector: Lector, anio: AnioLeido) -> None:
    clases = (("requisitos", Requisito.Clase.CONDICION), ("documentos", Requisito.Clase.DOCUMENTO))
    for clave, clase in clases:
        for orden, texto in enumerate(lector.textos(clave), 1):
            anio.secciones.append((Requisito(orden=orden, clase=clase, texto=texto), ""))


def _metas(lector: Lector, anio: AnioLeido) -> None:
    for orden, meta in enumerate(lector.lista_de("metas"), 1):
        cantidad = meta.entero("cantidad")
        if cantidad is None:
            meta.errores.append(f"{meta.lugar}: falta «cantidad».")
            continue
        anio.secciones.append(
            (
                MetaFisica(orden=orden, cantidad=cantidad, unidad=meta.obligatorio("unidad")),
                meta.texto("fuente"),
            )
        )


def _compatibilidades(lector: Lector, anio: AnioLeido) -> None:
    for orden, otra in enumerate(lector.lista_de("compatibilidades"), 1):
        compatibilidad = Compatibilidad(
            orden=orden,
            clase=otra.opcion(
                "clase", Compatibilidad.Clase.values, Compatibilidad.Clase.INCOMPATIBLE
            ),
            nombre=otra.texto("nombre") or otra.texto("programa"),
            condicion=otra.texto("condicion"),
        )
        anio.compatibles.append((compatibilidad, otra.texto("programa")))


def _exigir_fuentes_conocidas(lector: Lector, anio: AnioLeido) -> None:
    conocidas = {f.clave for f in anio.fuentes}
    pedidas = {clave for _seccion, clave in anio.secciones if clave}
    if anio.valores["presupuesto_fuente"]:
        pedidas.add(anio.valores["presupuesto_fuente"])
    lector.errores.extend(
        f"{lector.lugar}: una cifra cita la fuente «{clave}», que no está en la lista."
        for clave in sorted(pedidas - conocidas)
    )


def escribir_secciones(regla: ReglaOperacion, anio: AnioLeido) -> None:
    """Guarda listas y secciones de una regla recién creada. Levanta ValidationError."""
    for campo, objetos in anio.muchos.items():
        getattr(regla, campo).set(objetos)
    _guardar(regla, anio.fuentes)
    fuentes = {fuente.clave: fuente for fuente in anio.fuentes}
    for seccion, clave in anio.secciones:
        if clave:
            seccion.fuente = fuentes[clave]
    for compatibilidad, clave in anio.compatibles:
        compatibilidad.programa = Programa.objects.filter(clave=clave).first() if clave else None
    _guardar(regla, [s for s, _clave in [*anio.secciones, *anio.compatibles]])


def _guardar(regla: ReglaOperacion, secciones: Sequence[Seccion]) -> None:
    """Una escritura por tipo de sección."""
    por_tipo: dict[type[Seccion], list[Seccion]] = defaultdict(list)
    for seccion in secciones:
        seccion.regla = regla
        validar(seccion)
        por_tipo[type(seccion)].append(seccion)
    for tipo, lista in por_tipo.items():
        tipo._default_manager.bulk_create(lista)
