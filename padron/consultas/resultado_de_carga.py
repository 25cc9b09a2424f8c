"""Lo que halló la última revisión, como se lee: cifras, lo declarado contra lo hallado y los patrones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from padron.consultas.alcance import direccion
from padron.models import Carga, Severidad
from padron.validacion.patrones import titulo_de

_GRUPOS = (
    (
        Severidad.BLOQUEA,
        gettext_lazy("Hay que corregir"),
        gettext_lazy("Estos renglones esperan: no entran mientras sigan así."),
    ),
    (
        Severidad.AVISA,
        gettext_lazy("Conviene mirar"),
        gettext_lazy("Entran así. Si algo está mal, después ya no se cambia."),
    ),
    (
        Severidad.INFORMA,
        gettext_lazy("Para que se sepa"),
        gettext_lazy("Lo que se hizo al leer; no hay nada que corregir."),
    ),
)
# Formas que se enseñan juntas bajo el mismo mensaje; las demás se cuentan.
FORMAS = 8
_NO_VIENE = "columna_recomendada"


@dataclass(frozen=True, slots=True)
class Forma:
    """Una manera de estar escrito, sin el dato («99/99/99»), con sus primeras filas."""

    forma: str
    filas: int
    primeras: tuple[int, ...]
    url_arreglar: str


@dataclass(frozen=True, slots=True)
class PatronDeCarga:
    """Lo mismo que pasa en muchos renglones de una columna, con cada forma en que viene."""

    codigo: str
    columna: str
    titulo: str
    mensaje: str
    sugerencia: str
    filas: int
    formas: tuple[Forma, ...]
    mas_formas: int
    url_filas: str

    @property
    def es_del_archivo(self) -> bool:
        """De ningún renglón en especial: falta una columna, no cuadra una cifra."""
        return not any(forma.primeras for forma in self.formas)


@dataclass(frozen=True, slots=True)
class Grupo:
    severidad: str
    titulo: str
    que_es: str
    patrones: tuple[PatronDeCarga, ...]


@dataclass(frozen=True, slots=True)
class Cotejo:
    """Una cifra de control: lo que la dependencia dijo y lo que trae el archivo."""

    que: str
    declarado: Decimal | int
    hallado: Decimal | int
    es_dinero: bool = False

    @property
    def cuadra(self) -> bool:
        return Decimal(self.declarado) == Decimal(self.hallado)


@dataclass(frozen=True, slots=True)
class Resultado:
    carga: Carga
    hallado: Mapping[str, Any]
    cotejos: tuple[Cotejo, ...]
    grupos: tuple[Grupo, ...]
    impide_todo: bool
    segundos: Decimal
    url_filas: str
    url_fallidas: str
    url_subir_fallidas: str

    @property
    def sin_nada_que_decir(self) -> bool:
        return not any(grupo.patrones for grupo in self.grupos)


def resultado_de(carga: Carga) -> Resultado | None:
    """Sin consultas: todo viene del resumen de la pasada que vale. None si aún no hay una."""
    pasada = carga.pasada
    if pasada is None:
        return None
    resumen = pasada.resumen
    hallado = _cifras(resumen.get("cifras", {}))
    return Resultado(
        carga=carga,
        hallado=hallado,
        cotejos=tuple(_cotejos(carga, hallado)),
        grupos=tuple(_grupos(carga, resumen.get("patrones", ()))),
        impide_todo=bool(resumen.get("impide_todo")),
        segundos=pasada.segundos,
        url_filas=direccion("admin:padron_filas", carga.pk),
        url_fallidas=direccion("admin:padron_fallidas", carga.pk),
        url_subir_fallidas=direccion("admin:padron_subir_fallidas", carga.pk),
    )


def _cifras(cifras: Mapping[str, Any]) -> dict[str, Any]:
    """Del JSON, donde todo es texto, a números. Lo que falta es None: no se sabe."""
    monto = cifras.get("monto")
    enteras = {
        c: int(v) for c in ("filas", "mujeres", "hombres") if (v := cifras.get(c)) is not None
    }
    return {"monto": None if monto is None else Decimal(monto), **enteras}


def _cotejos(carga: Carga, hallado: Mapping[str, Any]) -> Iterable[Cotejo]:
    """Solo lo que se declaró."""
    declaradas = (
        (_("Renglones"), carga.filas_declaradas, "filas"),
        (_("Monto"), carga.monto_declarado, "monto"),
        (_("Mujeres"), carga.mujeres_declaradas, "mujeres"),
        (_("Hombres"), carga.hombres_declarados, "hombres"),
    )
    for que, declarado, cual in declaradas:
        if declarado is not None and (valor := hallado.get(cual)) is not None:
            yield Cotejo(que, declarado, valor, es_dinero=cual == "monto")


def _grupos(carga: Carga, patrones: Iterable[Mapping[str, Any]]) -> Iterable[Grupo]:
    lista = list(patrones)
    for severidad, titulo, que_es in _GRUPOS:
        suyos = [p for p in lista if p["severidad"] == severidad]
        yield Grupo(severidad, str(titulo), str(que_es), tuple(_por_asunto(carga, suyos)))


def _por_asunto(carga: Carga, patrones: list[Mapping[str, Any]]) -> Iterable[PatronDeCarga]:
    """Un mensaje por código y columna, con sus formas dentro; primero el de más renglones."""
    asuntos: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    no_vienen = []
    for patron in patrones:
        if patron["codigo"] == _NO_VIENE:
            no_vienen.append(patron)
        else:
            asuntos.setdefault((patron["codigo"], patron["columna"] or ""), []).append(patron)
    hechos = [_patron(carga, *llave, suyos) for llave, suyos in asuntos.items()]
    if no_vienen:
        hechos.append(_las_que_no_vienen(carga, no_vienen))
    return sorted(hechos, key=lambda p: (p.codigo == _NO_VIENE, not p.es_del_archivo, -p.filas))


def _las_que_no_vienen(carga: Carga, suyos: list[Mapping[str, Any]]) -> PatronDeCarga:
    """Un padrón sencillo deja fuera media docena: se dicen juntas, no una por renglón."""
    juntas = _patron(carga, _NO_VIENE, "", suyos)
    columnas = sorted(titulo_de(p["columna"]) for p in suyos)
    mensaje = ngettext(
        "No viene %(n)s columna del formato del ejercicio: %(cuales)s.",
        "No vienen %(n)s columnas del formato del ejercicio: %(cuales)s.",
        len(columnas),
    ) % {"n": len(columnas), "cuales": ", ".join(columnas)}
    return replace(juntas, mensaje=mensaje)


def _patron(
    carga: Carga, codigo: str, columna: str, suyos: list[Mapping[str, Any]]
) -> PatronDeCarga:
    return PatronDeCarga(
        codigo=codigo,
        columna=columna,
        titulo=titulo_de(columna),
        mensaje=suyos[0]["mensaje"],
        sugerencia=suyos[0]["sugerencia"],
        filas=sum(p["filas"] for p in suyos),
        formas=tuple(_forma(carga, p) for p in suyos[:FORMAS]),
        mas_formas=max(0, len(suyos) - FORMAS),
        url_filas=_con("admin:padron_filas", carga, codigo=codigo, columna=columna),
    )


def _forma(carga: Carga, patron: Mapping[str, Any]) -> Forma:
    ejemplos = patron.get("ejemplos") or ()
    forma = ejemplos[0] if ejemplos else ""
    return Forma(
        forma=forma,
        filas=patron["filas"],
        primeras=tuple(n for n in patron["primeras_filas"] if n),
        url_arreglar=_con(
            "admin:padron_arreglar_patron",
            carga,
            codigo=patron["codigo"],
            columna=patron["columna"] or "",
            forma=forma,
        ),
    )


def _con(nombre: str, carga: Carga, **parametros: str) -> str:
    """Con lo que agrupa, que nunca es un dato de nadie. Vacía si esa página no está."""
    base = direccion(nombre, carga.pk)
    return f"{base}?{urlencode(parametros)}" if base else ""
