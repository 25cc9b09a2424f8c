"""/padron/: los padrones que hoy valen, por programa y año. Cuentas y recibos; nunca nombres."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Paginator
from django.urls import reverse

from padron.consultas.periodos import en_palabras
from padron.consultas.privacidad import CifrasPublicas, cifras_publicas
from padron.models import Recibo
from padron.models.recibo import ReciboQuerySet
from programas.consultas.resultados import Paginas

POR_PAGINA = 50


@dataclass(frozen=True, slots=True)
class Filtros:
    ejercicio: int | None = None
    dependencia: str = ""

    @property
    def hay(self) -> bool:
        return bool(self.ejercicio or self.dependencia)

    def url(self, **mas: object) -> str:
        partes = {"ejercicio": self.ejercicio, "dependencia": self.dependencia, **mas}
        puestas = {nombre: valor for nombre, valor in partes.items() if valor}
        ruta = reverse("padron:inicio")
        return f"{ruta}?{urlencode(puestas)}" if puestas else ruta


@dataclass(frozen=True, slots=True)
class Padron:
    """Lo que entró con una carga. Un programa tiene varios en el año si entrega por periodos."""

    programa: str
    clave: str
    url_del_programa: str
    dependencia: str
    ejercicio: int
    clave_del_periodo: str
    periodo: str
    cifras: CifrasPublicas
    aplicado_en: datetime.datetime
    recibo: str
    sha256_del_archivo: str
    sha256_de_registros: str


@dataclass(frozen=True, slots=True)
class ListaDePadrones:
    padrones: tuple[Padron, ...]
    total: int
    hay_alguno: bool
    ejercicios: tuple[int, ...]
    dependencias: tuple[tuple[str, str], ...]
    filtros: Filtros
    paginas: Paginas

    @property
    def url_csv(self) -> str:
        return self.filtros.url(formato="csv")


def vigentes(filtros: Filtros | None = None) -> ReciboQuerySet:
    """Los recibos de lo que hoy es padrón, de programas que están en el portal."""
    suyos = Recibo.objects.vigentes().de_programas_publicados()
    if filtros and filtros.ejercicio:
        suyos = suyos.filter(carga__ejercicio=filtros.ejercicio)
    if filtros and filtros.dependencia:
        suyos = suyos.filter(carga__dependencia__clave=filtros.dependencia)
    return suyos.select_related("carga__programa", "carga__dependencia").order_by(
        "-carga__ejercicio", "carga__programa__nombre", "carga__periodo", "-pk"
    )


def lista(filtros: Filtros, *, pagina: int) -> ListaDePadrones:
    """Levanta ValueError si esa página no existe."""
    todos = vigentes()
    hojas = Paginator(vigentes(filtros), POR_PAGINA)
    try:
        hoja = hojas.page(pagina)
    except EmptyPage as error:
        raise ValueError from error
    return ListaDePadrones(
        padrones=tuple(map(padron_de, hoja)),
        total=hojas.count,
        hay_alguno=bool(hojas.count) or todos.exists(),
        ejercicios=tuple(
            todos.order_by("-carga__ejercicio")
            .values_list("carga__ejercicio", flat=True)
            .distinct()
        ),
        dependencias=tuple(
            todos.order_by("carga__dependencia__nombre")
            .values_list("carga__dependencia__clave", "carga__dependencia__nombre")
            .distinct()
        ),
        filtros=filtros,
        paginas=Paginas(
            pagina,
            hojas.num_pages,
            filtros.url(pagina=pagina - 1) if hoja.has_previous() else None,
            filtros.url(pagina=pagina + 1) if hoja.has_next() else None,
        ),
    )


def padron_de(recibo: Recibo) -> Padron:
    carga, dicho = recibo.carga, recibo.constancia
    cifras = cifras_publicas(dicho)
    return Padron(
        programa=carga.programa.nombre,
        clave=carga.programa.clave,
        url_del_programa=reverse("programas:programa", args=[carga.programa.slug]),
        dependencia=carga.dependencia.nombre_actual,
        ejercicio=carga.ejercicio,
        clave_del_periodo=carga.periodo,
        periodo=en_palabras(carga.periodo),
        cifras=cifras,
        aplicado_en=recibo.emitido_en,
        recibo=recibo.folio,
        sha256_del_archivo=dicho["entrega"]["sha256"],
        sha256_de_registros="" if cifras.pocas else dicho["registros"]["sha256"],
    )
