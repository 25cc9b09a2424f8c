"""Los renglones de una captura: guardarlos conforme se escriben, pegarlos, quitarlos y devolverlos."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from padron.consultas.captura import huella_de
from padron.consultas.columnas_de_captura import en_orden, hechos, visibles
from padron.models import Captura, RenglonCapturado
from padron.servicios.capturas import apartar, tocar
from padron.validacion.columnas import POR_IDENTIFICADOR
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio

LARGO_DE_CELDA = 500
_EN_UN_RENGLON = str.maketrans({"\x00": "", "\r": " ", "\n": " ", "\t": " "})


@dataclass(frozen=True, slots=True)
class Escrito:
    """Un renglón como lo manda la página: qué edición conocía y qué se le enseñó (`huella`)."""

    clave: uuid.UUID
    celdas: Mapping[str, str]
    edicion: int = 0
    huella: str = ""


@dataclass(frozen=True, slots=True)
class Guardado:
    """Si cambió; con `mensaje`, por qué no se guardó: alguien lo escribió antes."""

    cambio: bool = False
    mensaje: str = ""


class FaltaEspacio(ErrorDeNegocio):
    """Ya no caben más renglones: a partir de ahí se sube un archivo."""


@transaction.atomic
def guardar(
    captura: Captura,
    escritos: Sequence[Escrito],
    *,
    columnas: Sequence[str],
    por: Usuario,
    encima: bool = False,
) -> dict[str, Guardado]:
    """Cada renglón entero o nada: el que alguien más escribió dice quién y no estorba a los demás.

    Con `encima`, lo de la página vale aunque haya cambiado. Levanta FaltaEspacio o ErrorDeNegocio por
    una celda que no cabe, y entonces no se guardó ninguno.
    """
    captura = apartar(captura, por=por)
    limpios = {e.clave: _limpio(e) for e in escritos}
    actuales = {
        r.clave: r
        for r in captura.renglones.filter(clave__in=limpios).select_related("editado_por")
    }
    hechos: dict[str, Guardado] = {}
    nuevos, cambiados = [], []
    for clave, escrito in limpios.items():
        actual = actuales.get(clave)
        if actual is None:
            if celdas := _con_algo(escrito.celdas):
                nuevos.append(_nuevo(captura, clave, celdas, por=por))
            hechos[str(clave)] = Guardado(cambio=bool(celdas))
            continue
        hechos[str(clave)] = dicho = _cambiar(actual, escrito, columnas, por=por, encima=encima)
        if dicho.cambio:
            cambiados.append(actual)
    _escribir(captura, nuevos, cambiados, por=por)
    return hechos


def _limpio(escrito: Escrito) -> Escrito:
    """Tal como se tecleó, en un solo renglón de texto."""
    celdas = {
        c: v.translate(_EN_UN_RENGLON) for c, v in escrito.celdas.items() if c in POR_IDENTIFICADOR
    }
    for columna, valor in celdas.items():
        if len(valor) > LARGO_DE_CELDA:
            raise ErrorDeNegocio(
                _(
                    "«%(columna)s» trae %(n)s letras y caben %(tope)s. No se guardó nada: acórtalo y "
                    "guarda otra vez."
                )
                % {
                    "columna": POR_IDENTIFICADOR[columna].titulo,
                    "n": len(valor),
                    "tope": LARGO_DE_CELDA,
                }
            )
    return Escrito(escrito.clave, celdas, escrito.edicion, escrito.huella)


def _con_algo(celdas: Mapping[str, str]) -> dict[str, str]:
    return {c: v for c, v in celdas.items() if v.strip()}


def _nuevo(
    captura: Captura, clave: uuid.UUID, celdas: dict[str, str], *, por: Usuario
) -> RenglonCapturado:
    return RenglonCapturado(captura=captura, clave=clave, celdas=celdas, editado_por=por)


def _cambiar(
    actual: RenglonCapturado,
    escrito: Escrito,
    columnas: Sequence[str],
    *,
    por: Usuario,
    encima: bool,
) -> Guardado:
    """Lo que ya estaba guardado igual, o que quien mira no tocó, no es cambio ni choque."""
    if escrito.huella and huella_de(escrito.celdas, columnas) == escrito.huella:
        return Guardado()
    celdas = _con_algo({**actual.celdas, **escrito.celdas})
    if celdas == actual.celdas and actual.quitado_en is None:
        return Guardado()
    if actual.quitado_en is None and actual.edicion != escrito.edicion and not encima:
        return Guardado(
            mensaje=_(
                "%(quien)s escribió este renglón mientras lo tenías abierto. Lo tuyo sigue aquí sin "
                "guardarse: compara, corrige y guarda otra vez."
            )
            % {"quien": actual.editado_por.username}
        )
    actual.celdas, actual.edicion = celdas, actual.edicion + 1
    actual.editado_por, actual.editado_el = por, timezone.now()
    actual.quitado_en = actual.quitado_por = None
    return Guardado(cambio=True)


def _escribir(
    captura: Captura,
    nuevos: list[RenglonCapturado],
    cambiados: list[RenglonCapturado],
    *,
    por: Usuario,
) -> None:
    if not nuevos and not cambiados:
        return
    ultimo = captura.renglones.aggregate(n=Max("orden"))["n"] or 0
    for n, nuevo in enumerate(nuevos, ultimo + 1):
        nuevo.orden = n
    if nuevos:
        exigir_que_quepan(captura, len(nuevos))
        RenglonCapturado.objects.bulk_create(nuevos)
    RenglonCapturado.objects.bulk_update(
        cambiados,
        ["celdas", "edicion", "editado_por", "editado_el", "quitado_en", "quitado_por"],
    )
    tocar(captura, por=por)


def exigir_que_quepan(captura: Captura, cuantos: int) -> None:
    hay = captura.renglones.puestos().count()
    if hay + cuantos > settings.PADRON_CAPTURA_RENGLONES:
        raise FaltaEspacio(
            _(
                "En una captura caben %(tope)s renglones y esta tiene %(hay)s. No se guardó ninguno "
                "de los nuevos: con tantos conviene subir el archivo."
            )
            % {"tope": f"{settings.PADRON_CAPTURA_RENGLONES:,}", "hay": f"{hay:,}"}
        )


@transaction.atomic
def insertar(captura: Captura, renglones: Sequence[Mapping[str, str]], *, por: Usuario) -> int:
    """Lo pegado, al final y en su orden; las columnas que traiga quedan a la vista."""
    captura = apartar(captura, por=por)
    trae = {c for celdas in renglones for c, v in celdas.items() if v.strip()}
    vistas = visibles(captura, hechos(captura))
    if not trae.issubset(vistas):
        captura.columnas = list(en_orden([*vistas, *trae & POR_IDENTIFICADOR.keys()]))
    escritos = [_limpio(Escrito(uuid.uuid4(), celdas)) for celdas in renglones]
    nuevos = [
        _nuevo(captura, e.clave, celdas, por=por)
        for e in escritos
        if (celdas := _con_algo(e.celdas))
    ]
    _escribir(captura, nuevos, [], por=por)
    return len(nuevos)


@transaction.atomic
def quitar(captura: Captura, clave: uuid.UUID, *, por: Usuario) -> None:
    """Se puede deshacer mientras la captura siga abierta."""
    captura = apartar(captura, por=por)
    captura.renglones.puestos().filter(clave=clave).update(
        quitado_por=por, quitado_en=timezone.now(), edicion=F("edicion") + 1
    )
    tocar(captura, por=por)


@transaction.atomic
def devolver(captura: Captura, clave: uuid.UUID, *, por: Usuario) -> bool:
    """Lo quitado vuelve a su lugar."""
    captura = apartar(captura, por=por)
    exigir_que_quepan(captura, 1)
    cuantos = (
        captura.renglones.quitados()
        .filter(clave=clave)
        .update(quitado_por=None, quitado_en=None, edicion=F("edicion") + 1)
    )
    tocar(captura, por=por)
    return bool(cuantos)


@transaction.atomic
def duplicar(captura: Captura, clave: uuid.UUID, *, por: Usuario) -> RenglonCapturado | None:
    """Una copia abajo de él; los que siguen se recorren."""
    captura = apartar(captura, por=por)
    original = captura.renglones.puestos().filter(clave=clave).first()
    if original is None:
        return None
    exigir_que_quepan(captura, 1)
    captura.renglones.filter(orden__gt=original.orden).update(orden=F("orden") + 1)
    copia = RenglonCapturado.objects.create(
        captura=captura, orden=original.orden + 1, celdas=original.celdas, editado_por=por
    )
    tocar(captura, por=por)
    return copia


@transaction.atomic
def elegir_columnas(captura: Captura, columnas: Sequence[str], *, por: Usuario) -> None:
    """Las que no se ven conservan lo que se tecleó en ellas, y se entregan."""
    captura = apartar(captura, por=por)
    captura.columnas = list(en_orden(columnas))
    tocar(captura, por=por)
