"""El documento de reglas: sus numerales, con lo escrito y lo capturado en cada sección en su lugar.

Hay documento aunque nadie haya redactado los numerales: los requisitos, los apoyos, las metas y el
dinero están capturados por secciones y cada una tiene su numeral en el catálogo de apartados.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from programas.consultas.bloques import BLOQUES
from programas.consultas.ficha import Ficha
from programas.models import Apartado, AplicaA, Leyenda, TextoApartado
from sibis.documentos.escrito import Bloque, Escrito, Numeral, Punto
from sibis.formatos.fechas import fecha_larga

_PARRAFOS = re.compile(r"\n\s*\n")


def _parrafos(texto: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in _PARRAFOS.split(texto.replace("\r\n", "\n")) if p.strip())


def _apartados(ficha: Ficha, con_texto: set[int]) -> list[Apartado]:
    """Los que regían en ese ejercicio, y los que tienen texto aunque después se hayan cerrado."""
    dia = datetime.date(ficha.regla.ejercicio, 12, 31)
    tipos = {ficha.programa.tipo, AplicaA.AMBOS}
    return [
        a
        for a in Apartado.objects.all()
        if a.pk in con_texto or (a.rige(dia) and a.aplica_a in tipos)
    ]


def documento(ficha: Ficha) -> tuple[Numeral, ...]:
    """Los numerales que dicen algo, en el orden del documento y con los capítulos que los abren."""
    if not ficha.tiene_reglas:
        return ()
    textos = {
        t.apartado_id: _parrafos(t.texto) for t in TextoApartado.objects.filter(regla=ficha.regla)
    }
    hechos = [
        Numeral(apartado.numeral, apartado.nombre, _bloques(apartado, ficha, textos))
        for apartado in _apartados(ficha, {pk for pk, parrafos in textos.items() if parrafos})
    ]
    dicen = [n.numeral for n in hechos if n.bloques]
    return _sin_repetir(n for n in hechos if n.bloques or _abre(n.numeral, dicen))


def _sin_repetir(numerales: Iterable[Numeral]) -> tuple[Numeral, ...]:
    """Un requisito puede citar un numeral que ya es apartado: el ancla es de quien la tuvo antes."""
    lista = tuple(numerales)
    vistas = {n.ancla for n in lista}

    def propio(punto: Punto) -> Punto:
        if not punto.ancla or punto.ancla in vistas:
            return replace(punto, ancla="")
        vistas.add(punto.ancla)
        return punto

    def limpio(bloque: Bloque) -> Bloque:
        return replace(bloque, puntos=tuple(map(propio, bloque.puntos)))

    return tuple(replace(n, bloques=tuple(map(limpio, n.bloques))) for n in lista)


def _bloques(
    apartado: Apartado, ficha: Ficha, textos: dict[int, tuple[str, ...]]
) -> tuple[Bloque, ...]:
    escrito = Bloque(parrafos=textos.get(apartado.pk, ()))
    capturados = (hacer(ficha) for hacer in BLOQUES.get(apartado.clave, ()))
    return tuple(bloque for bloque in (escrito, *capturados) if bloque.hay)


def _abre(capitulo: str, numerales: list[str]) -> bool:
    return any(numeral.startswith(f"{capitulo}.") for numeral in numerales)


def escrito(ficha: Ficha) -> Escrito:
    """El documento entero, para imprimirlo y para Word."""
    regla = ficha.regla
    es_accion = ficha.programa.es_accion
    titulo = (
        _("Lineamientos de operación de la acción social «%(nombre)s»")
        if es_accion
        else _("Reglas de operación del programa social «%(nombre)s»")
    )
    return Escrito(
        titulo=titulo % {"nombre": ficha.nombre},
        encabezado=ficha.dependencia_entonces,
        subtitulos=(_("Ejercicio fiscal %(anio)s") % {"anio": regla.ejercicio},),
        fundamento=_fundamento(ficha),
        aviso=aviso_de_origen(ficha),
        datos=_identidad(ficha),
        numerales=documento(ficha),
        leyenda=ficha.leyenda.texto if ficha.leyenda else "",
        pie=pie(ficha),
    )


def aviso_de_origen(ficha: Ficha) -> str:
    """Lo armado con fuentes públicas no se hace pasar por el documento que se firmó."""
    if not ficha.es_de_fuentes_publicas:
        return ""
    return _(
        "Este documento se armó con datos de fuentes públicas, que se citan al final. No es el texto "
        "oficial de la Gaceta: si algo difiere, vale lo publicado en ella."
    )


def _fundamento(ficha: Ficha) -> str:
    """Cita solo lo que consta: la ley que regía al publicarse está en el catálogo de leyendas."""
    publicada = ficha.regla.gaceta_fecha or datetime.date(ficha.regla.ejercicio, 1, 31)
    leyenda = Leyenda.objects.vigentes(publicada).order_by("orden").first()
    norma = leyenda.norma.split(" (")[0] if leyenda else ""
    partes = [
        _("Con fundamento en la %(norma)s.") % {"norma": norma} if norma else "",
        _("Aprobado por COPLADE, acuerdo %(acuerdo)s.") % {"acuerdo": ficha.regla.coplade_acuerdo}
        if ficha.regla.coplade_acuerdo
        else "",
        _("Publicado en la %(gaceta)s.") % {"gaceta": ficha.gaceta_texto}
        if ficha.gaceta_texto
        else "",
    ]
    return " ".join(filter(None, partes))


def _identidad(ficha: Ficha) -> tuple[tuple[str, str], ...]:
    regla = ficha.regla
    pares = (
        (_("Clave"), regla.clave_oficial or ficha.programa.clave),
        (_("Tipo"), str(ficha.programa.get_tipo_display())),
        (_("Dependencia responsable"), ficha.dependencia_entonces),
        (_("Área responsable"), regla.unidad_responsable),
        (_("Versión"), str(regla.version)),
    )
    return tuple((nombre, dato) for nombre, dato in pares if dato)


def pie(ficha: Ficha) -> tuple[tuple[str, str], ...]:
    """De dónde salió, con qué corte y dónde está siempre: va al final de todo lo que se imprime."""
    fuentes = "; ".join(
        f"{f.texto} ({fecha_larga(f.fecha)})" if f.fecha else f.texto for f in ficha.fuentes
    )
    pares = (
        (_("Fuentes"), fuentes),
        (_("Corte"), fecha_larga(timezone.localdate(ficha.regla.actualizado_en))),
        (_("Versión"), str(ficha.regla.version)),
        (_("Enlace permanente"), f"{settings.URL_PUBLICA}{ficha.permalink}"),
    )
    return tuple((nombre, dato) for nombre, dato in pares if dato)
