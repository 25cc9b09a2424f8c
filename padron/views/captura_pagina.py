"""La hoja armada para pintarse: se revisa entera con el motor y se enseña la página que toca."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from padron.consultas.captura import (
    PALABRAS,
    POR_PAGINA,
    Renglon,
    Tecleado,
    Totales,
    renglones_de,
    totales_de,
    vacios,
)
from padron.consultas.columnas_de_captura import ColumnaTecleada, columnas_de, hechos
from padron.importacion.capturas import PRIMERA_FILA, revisar
from padron.models import Captura, RenglonCapturado
from padron.models.opciones import Severidad
from padron.validacion.filas import HallazgoDeFila
from padron.validacion.regla import Regla
from padron.views.captura_base import armado, sin_guardar
from sibis.cuentas.acceso import firmar_pagina

_EN_EL_RESUMEN = 20
_QUITADOS_A_LA_VISTA = 20


@dataclass(frozen=True)
class Hoja:
    captura: Captura
    regla: Regla | None
    columnas: tuple[ColumnaTecleada, ...]
    filas: tuple[tuple[int, RenglonCapturado], ...]
    hallazgos: Mapping[int, Sequence[HallazgoDeFila]]

    @property
    def a_la_vista(self) -> list[ColumnaTecleada]:
        return [c for c in self.columnas if c.se_ve]

    @property
    def paginas(self) -> int:
        return max(1, -(-len(self.filas) // POR_PAGINA))

    @property
    def totales(self) -> Totales:
        celdas = [(fila, r.celdas) for fila, r in self.filas]
        return totales_de(celdas, self.hallazgos, self.regla)

    def de_la_pagina(self, pagina: int) -> tuple[tuple[int, RenglonCapturado], ...]:
        desde = (pagina - 1) * POR_PAGINA
        return self.filas[desde : desde + POR_PAGINA]


def hoja_de(captura: Captura) -> Hoja:
    """Con las mismas consultas sean cuantos sean los renglones."""
    regla = hechos(captura)
    columnas = columnas_de(captura, regla)
    guardados = captura.renglones.puestos().select_related("editado_por")
    filas = tuple((n, r) for n, r in enumerate(guardados, PRIMERA_FILA))
    hallazgos: Mapping[int, Sequence[HallazgoDeFila]] = {}
    if regla is not None and filas:
        todas = _con_lo_que_traen(columnas, filas)
        hallazgos = revisar(captura, regla, todas, [(n, r.celdas) for n, r in filas])
    return Hoja(captura, regla, columnas, filas, hallazgos)


def _con_lo_que_traen(
    columnas: Sequence[ColumnaTecleada], filas: Sequence[tuple[int, RenglonCapturado]]
) -> list[str]:
    """Las que se entregarían: a la vista, o con algo escrito."""
    con_algo = {columna for _n, r in filas for columna in r.celdas}
    return [c.identificador for c in columnas if c.se_ve or c.identificador in con_algo]


def pintar(
    request: HttpRequest,
    modelo_admin: ModelAdmin,
    captura: Captura,
    *,
    pagina: int = 1,
    tecleado: Mapping[str, Tecleado] | None = None,
    pegado: str = "",
    error: str = "",
    status: int = 200,
    sin_sesion: bool = False,
) -> HttpResponse:
    """`tecleado` es lo que se mandó y no se guardó: se pinta tal cual."""
    hoja = hoja_de(captura)
    pagina = max(1, min(pagina, hoja.paginas))
    contexto = armado(
        request,
        modelo_admin,
        captura,
        hoja=hoja,
        columnas=hoja.a_la_vista,
        renglones=_renglones(hoja, pagina, tecleado or {}),
        totales=hoja.totales,
        resumen=_resumen(hoja, pagina),
        quitados=list(captura.renglones.quitados()[:_QUITADOS_A_LA_VISTA]),
        recien_quitado=request.GET.get("quitado", ""),
        pagina=pagina,
        orillas=_orillas(pagina, hoja.paginas),
        pegado=pegado,
        error=error,
        sin_sesion=sin_sesion,
        tope=settings.PADRON_CAPTURA_RENGLONES,
        dias=settings.PADRON_CAPTURA_DIAS,
        firma_de_pagina=firmar_pagina(request),
        bloquea=PALABRAS[Severidad.BLOQUEA],
    )
    return sin_guardar(render(request, "admin/padron/captura.html", contexto, status=status))


def _renglones(hoja: Hoja, pagina: int, tecleado: Mapping[str, Tecleado]) -> list[Renglon]:
    """Los de la página y, en la última, los vacíos que esperan."""
    columnas = hoja.a_la_vista
    suyos = renglones_de(hoja.de_la_pagina(pagina), columnas, hoja.hallazgos, tecleado=tecleado)
    conocidas = {str(r.clave) for _n, r in hoja.filas}
    nuevos = {c: t for c, t in tecleado.items() if c not in conocidas}
    if pagina == hoja.paginas or nuevos:
        suyos += vacios(PRIMERA_FILA + len(hoja.filas), columnas, nuevos)
    return suyos


def _orillas(pagina: int, paginas: int) -> list[int]:
    return list(range(1, paginas + 1)) if paginas > 1 else []


def _resumen(hoja: Hoja, pagina: int) -> list[tuple[str, int, str, str]]:
    """(dirección, fila, columna, mensaje) de lo que no deja entrar; la lista no crece sin fin."""
    titulos = {c.identificador: c.titulo for c in hoja.columnas}
    se_ven = {c.identificador for c in hoja.a_la_vista}
    bloquean = []
    for lugar, (fila, suyo) in enumerate(hoja.filas):
        otra = lugar // POR_PAGINA + 1
        for hallado in hoja.hallazgos.get(fila, ()):
            if hallado.severidad != Severidad.BLOQUEA:
                continue
            ancla = hallado.columna if hallado.columna in se_ven else "renglon"
            direccion = "" if otra == pagina else f"?pagina={otra}"
            titulo = titulos.get(hallado.columna, "")
            bloquean.append((f"{direccion}#{suyo.clave}-{ancla}", fila, titulo, hallado.mensaje))
            if len(bloquean) == _EN_EL_RESUMEN:
                return bloquean
    return bloquean


def a_json(hoja: Hoja, claves: Sequence[str]) -> dict[str, Any]:
    """Lo hallado en los renglones que la página tiene abiertos, para pintarlo sin recargar."""
    columnas = hoja.a_la_vista
    pedidas = set(claves)
    suyas = [(n, r) for n, r in hoja.filas if str(r.clave) in pedidas]
    return {
        renglon.clave: {
            "fila": renglon.fila,
            "edicion": renglon.edicion,
            "huella": renglon.huella,
            "clase": renglon.clase,
            "dichos": [
                [d.columna if d not in renglon.dichos else "", d.severidad, d.palabra, d.mensaje]
                for d in (*renglon.dichos, *(d for c in renglon.celdas for d in c.dichos))
            ],
        }
        for renglon in renglones_de(suyas, columnas, hoja.hallazgos)
    }
