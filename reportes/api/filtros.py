"""Los filtros del buscador, como parámetros de la API."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import Field

from programas.consultas.filtros import FACETAS, Filtros, Opciones
from reportes.api.cursor import Pagina

LARGO_DE_BUSQUEDA = 200
CUANTOS = 40

Clave = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,80}$")]
Alcaldia = Annotated[str, Field(pattern=r"^090(0[2-9]|1[0-7])$")]
Ejercicio = Annotated[int, Field(ge=2000, le=2100)]
Tipo = Literal["programa", "accion"]
Estado = Literal["abierto", "pausado", "lista_de_espera", "cerrado"]
Orden = Literal["relevancia", "abiertos", "recientes", "nombre"]


def _varios(de: str) -> list[str]:
    """Se puede repetir: `?derecho=salud&derecho=educacion` es uno u otro."""
    return Field([], max_length=CUANTOS, description=de)  # type: ignore[no-any-return]


class FiltrosDeProgramas(Pagina):
    q: str = Field(
        "", description=gettext_noop("Lo que se busca; si pasa de 200 caracteres, se recorta.")
    )
    tipo: list[Tipo] = _varios(gettext_noop("Programa (todo el año) o acción (con fechas)."))
    derecho: list[Clave] = _varios(gettext_noop("Clave de `catalogos/derechos`."))
    grupo: list[Clave] = _varios(gettext_noop("Clave de `catalogos/grupos`."))
    dependencia: list[Clave] = _varios(gettext_noop("Clave de `catalogos/dependencias`."))
    alcaldia: list[Alcaldia] = _varios(
        gettext_noop("Clave INEGI; incluye lo que es de toda la ciudad.")
    )
    apoyo: list[Clave] = _varios(gettext_noop("Clave de `catalogos/apoyos`."))
    estado: list[Estado] = _varios(gettext_noop("Si hoy se puede pedir."))
    ejercicio: list[Ejercicio] = _varios(
        gettext_noop("Año; sin él, el más reciente de cada programa.")
    )
    orden: Orden | None = Field(
        None, description=gettext_noop("Sin él: relevancia si hay `q`; si no, abiertos.")
    )


def a_filtros(pedidos: FiltrosDeProgramas, opciones: Opciones, *, pagina: int) -> Filtros:
    """Levanta Http404 si algo que se nombra no está en su catálogo."""
    valores = {}
    for faceta in FACETAS:
        elegidos = tuple(dict.fromkeys(str(v) for v in getattr(pedidos, faceta)))
        # Un año sin programas es una lista vacía; una clave que no existe es un error de dedo.
        if faceta != "ejercicio":
            _exigir(faceta, elegidos, opciones)
        if elegidos:
            valores[faceta] = elegidos
    texto = limpio(pedidos.q)
    return Filtros(q=texto, valores=valores, orden=pedidos.orden or "", pagina=pagina)


def _exigir(faceta: str, elegidos: tuple[str, ...], opciones: Opciones) -> None:
    for valor in elegidos:
        if valor not in opciones.nombres[faceta]:
            raise Http404(
                _("«%(valor)s» no es un valor de «%(filtro)s». Los que hay: /api/v1/catalogos.")
                % {"valor": valor, "filtro": faceta}
            )


def limpio(texto: str) -> str:
    """PostgreSQL no guarda caracteres nulos; quien pega un párrafo también merece respuesta."""
    return texto.replace("\0", " ")[:LARGO_DE_BUSQUEDA].strip()


class FiltrosDeCentros(Pagina):
    q: str = Field("", description=gettext_noop("Palabras del nombre, la dirección o la colonia."))
    tipo: list[Clave] = _varios(gettext_noop("Clave de `catalogos/tipos-de-centro`."))
    alcaldia: list[Alcaldia] = _varios(gettext_noop("Clave INEGI."))
    programa: Clave | None = Field(
        None, description=gettext_noop("Donde se pide o se recibe ese programa.")
    )


class FiltrosDeConvocatorias(Pagina):
    programa: Clave | None = Field(None, description=gettext_noop("Clave del programa."))
    ejercicio: Ejercicio | None = Field(None, description=gettext_noop("Año."))
    abiertas: bool | None = Field(
        None, description=gettext_noop("true: solo las que hoy reciben solicitudes.")
    )


class FiltrosDePresupuesto(Pagina):
    programa: Clave | None = Field(None, description=gettext_noop("Clave del programa."))
    ejercicio: Ejercicio | None = Field(None, description=gettext_noop("Año."))
    momento: Literal["aprobado", "t1", "t2", "t3", "t4", "cp"] | None = Field(
        None, description=gettext_noop("Momento del año; los trimestres son acumulados.")
    )


class FiltrosDeIndicadores(Pagina):
    programa: Clave | None = Field(None, description=gettext_noop("Clave del programa."))
    ejercicio: Ejercicio | None = Field(None, description=gettext_noop("Año."))
    nivel: Literal["fin", "proposito", "componente", "actividad"] | None = Field(
        None, description=gettext_noop("Nivel de la matriz, del fin a las actividades.")
    )
