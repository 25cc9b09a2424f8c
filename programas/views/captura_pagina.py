"""Todo lo que dice la página de una sección, junto."""

from __future__ import annotations

import json
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from programas.consultas.bloques import BLOQUES
from programas.consultas.conversacion import hilos_de
from programas.consultas.copiado import cotejar
from programas.consultas.secciones import SeccionDeCaptura, vecinas
from programas.forms.captura import Pagina
from programas.forms.captura.choque import Choque
from programas.forms.captura.pagina import leer_bases
from programas.materia import anterior_de
from programas.models import BorradorDeSeccion, EdicionDeSeccion, Exigencia, ReglaOperacion
from programas.presencia import presentes
from programas.requisitos import faltantes
from programas.views.captura_campos import campos_de
from sibis.cuentas.models import Usuario


def contexto_de_seccion(
    regla: ReglaOperacion,
    secciones: tuple[SeccionDeCaptura, ...],
    pagina: Pagina,
    *,
    por: Usuario,
    enviados: QueryDict,
    borrador: BorradorDeSeccion | None = None,
    visto: str = "",
    choque: Choque | None = None,
    faltan_por_elegir: tuple[str, ...] = (),
) -> dict[str, Any]:
    # Al revisar lo tecleado, `pagina.regla` ya trae sus valores: lo guardado se lee aparte.
    guardada = ReglaOperacion.objects.select_related(
        "programa", "dependencia", "expediente", "copiada_de"
    ).get(pk=regla.pk)
    seccion = pagina.seccion
    edicion = _edicion(guardada, seccion.clave)
    aqui = presentes(regla.pk, [seccion.clave], salvo=por.get_username())
    return {
        "regla": guardada,
        "pagina": pagina,
        "seccion": seccion,
        **_los_campos(pagina, guardada, por),
        **_lugar(guardada, secciones, seccion),
        "borrador": borrador,
        "borrador_en": timezone.localtime(borrador.guardado_en) if borrador else None,
        "visto": visto,
        "edicion": edicion,
        **_bases(pagina, guardada, edicion, borrador, choque, enviados),
        "presentes": aqui.get(seccion.clave, ()),
        "solo_lectura": not guardada.es_editable,
        "choque": choque,
        "faltan_por_elegir": faltan_por_elegir,
        "sale_solo": any(a.clave in BLOQUES for a in seccion.apartados),
    }


def _los_campos(pagina: Pagina, guardada: ReglaOperacion, por: Usuario) -> dict[str, Any]:
    cotejada = cotejar(guardada, guardada.copiada_de or anterior_de(guardada))
    campos = campos_de(
        pagina,
        cotejada,
        faltantes=faltantes(guardada, Exigencia.Momento.ENVIAR),
        hilos=hilos_de(guardada, por=por),
    )
    sin_revisar = sum(campo.esta_sin_revisar for campo in campos)
    return {"campos": campos, "cotejada": cotejada, "sin_revisar": sin_revisar}


def _lugar(
    regla: ReglaOperacion, secciones: tuple[SeccionDeCaptura, ...], seccion: SeccionDeCaptura
) -> dict[str, Any]:
    """Cuál es de cuántas, y a dónde se va desde aquí."""
    antes, despues = vecinas(secciones, seccion.clave)

    def url(nombre: str, clave: str) -> str:
        return reverse(f"admin:programas_regla_{nombre}", args=[regla.pk, clave])

    return {
        "lugar": secciones.index(seccion) + 1,
        "total": len(secciones),
        "url_anterior": url("seccion", antes.clave) if antes else "",
        "url_siguiente": url("seccion", despues.clave) if despues else "",
        "titulo_siguiente": despues.titulo if despues else "",
        "url_regla": reverse("admin:programas_reglaoperacion_change", args=[regla.pk]),
        "url_borrador": url("borrador", seccion.clave),
    }


def _edicion(regla: ReglaOperacion, seccion: str) -> EdicionDeSeccion:
    suya = regla.ediciones.filter(seccion=seccion).select_related("quien").first()
    return suya or EdicionDeSeccion(regla=regla, seccion=seccion, numero=0)


def _bases(
    pagina: Pagina,
    guardada: ReglaOperacion,
    edicion: EdicionDeSeccion,
    borrador: BorradorDeSeccion | None,
    choque: Choque | None,
    enviados: QueryDict,
) -> dict[str, Any]:
    """Desde dónde se escribe: la edición abierta y la huella de cada campo en ella.

    Quien vuelve a su borrador, o corrige un error, sigue en la edición que abrió; quien ya vio lo
    de la otra persona parte de lo que hay ahora.
    """
    if choque is None and borrador is not None:
        return _partida(borrador.base_edicion, leer_bases(borrador.contenido))
    if choque is None and pagina.tecleado is not None and enviados:
        texto = enviados.get("base_edicion", "")
        numero = int(texto) if texto.isdecimal() and len(texto) < 10 else 0
        return _partida(numero, leer_bases(pagina.tecleado))
    return _partida(edicion.numero, Pagina(guardada, pagina.seccion).huellas())


def _partida(numero: int, huellas: Any) -> dict[str, Any]:
    return {"base_edicion": numero, "bases": json.dumps(dict(huellas))}
