"""Lo que se pide con un botón dentro de una sección, además de guardarla."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from programas.consultas.secciones import SeccionDeCaptura, vecinas
from programas.forms.captura import crudo as c
from programas.forms.captura.crudo import Crudo
from programas.forms.captura.renglones import LISTAS, MAXIMO_DE_RENGLONES
from programas.materia import REGLA
from programas.models import ReglaOperacion
from programas.servicios import revisados
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ErrorDeNegocio
from sibis.revision.estados import ClaseObservacion
from sibis.revision.models import Observacion
from sibis.revision.servicios import observaciones


@dataclass(frozen=True, slots=True)
class Acto:
    """«agregar:apoyos», «quitar:apoyos:2», «guardar:siguiente», «comentar:resumen»."""

    nombre: str
    sobre: str = ""
    lugar: int = 0

    @classmethod
    def leer(cls, enviados: QueryDict) -> Acto:
        """El botón que se oprimió. Sin botón (la tecla Entrar) se guarda."""
        nombre, _dos, resto = enviados.get("accion", "guardar").partition(":")
        sobre, _dos, lugar = resto.rpartition(":") if resto.count(":") else (resto, "", "")
        return cls(nombre, sobre, int(lugar) if lugar.isdecimal() and len(lugar) < 5 else 0)

    def siguiente(
        self,
        regla: ReglaOperacion,
        secciones: tuple[SeccionDeCaptura, ...],
        seccion: SeccionDeCaptura,
    ) -> str:
        """A dónde se va después de guardar."""
        _antes, despues = vecinas(secciones, seccion.clave)
        destino = {"siguiente": despues, "aqui": seccion}.get(self.sobre)
        if destino is None:
            return reverse("admin:programas_reglaoperacion_change", args=[regla.pk])
        return reverse("admin:programas_regla_seccion", args=[regla.pk, destino.clave])


@dataclass(frozen=True, slots=True)
class Hecho:
    """Qué quedó: lo tecleado (si hay que conservarlo), a dónde volver y qué decir."""

    tecleado: Crudo | None
    ancla: str = ""
    mensaje: str = ""


def hacer(
    acto: Acto,
    regla: ReglaOperacion,
    seccion: SeccionDeCaptura,
    tecleado: Crudo,
    *,
    enviados: QueryDict,
    por: Usuario,
) -> Hecho:
    """Levanta ErrorDeNegocio si no procede."""
    hecho = Hecho(tecleado, f"campo-{acto.sobre}")
    if acto.nombre in {"agregar", "quitar", "subir", "bajar"}:
        return _con_renglones(acto, seccion, tecleado)
    if acto.nombre == "comentar" and acto.sobre in seccion.campos:
        texto = enviados.get(f"comentario-{acto.sobre}", "")
        clase = ClaseObservacion.COMENTARIO
        observaciones.observar(REGLA, regla, por=por, campo=acto.sobre, texto=texto, clase=clase)
        return replace(hecho, mensaje=_("Comentario guardado. Solo lo ve tu dependencia."))
    if acto.nombre == "responder":
        return _responder(acto, regla, hecho, enviados=enviados, por=por)
    if acto.nombre == "revisado":
        campos = seccion.campos if acto.sobre == "todos" else [acto.sobre]
        revisados.confirmar(regla, [x for x in campos if x in seccion.campos], por=por)
        return replace(hecho, mensaje=_("Quedó dicho que sigue igual y lo revisaste."))
    raise ErrorDeNegocio(_("Esa acción no existe. Lo que escribiste sigue aquí."))


def _con_renglones(acto: Acto, seccion: SeccionDeCaptura, tecleado: Crudo) -> Hecho:
    lista = acto.sobre
    if lista not in LISTAS or lista not in seccion.campos:
        raise ErrorDeNegocio(_("Esa lista no es de esta sección."))
    hay = c.cuantos(tecleado, lista, tope=9999)
    if acto.nombre == "agregar":
        if hay >= MAXIMO_DE_RENGLONES:
            raise ErrorDeNegocio(
                _("La lista ya tiene %(n)s renglones. Junta los que digan lo mismo.") % {"n": hay}
            )
        return Hecho(c.agregar(tecleado, lista), f"{lista}-{hay}")
    if acto.nombre == "quitar":
        return Hecho(c.quitar(tecleado, lista, acto.lugar), f"campo-{lista}")
    pasos = -1 if acto.nombre == "subir" else 1
    destino = min(max(acto.lugar + pasos, 0), max(hay - 1, 0))
    return Hecho(c.mover(tecleado, lista, acto.lugar, pasos), f"{lista}-{destino}")


def _responder(
    acto: Acto, regla: ReglaOperacion, hecho: Hecho, *, enviados: QueryDict, por: Usuario
) -> Hecho:
    """La observación es de esta regla, o para esta persona no existe."""
    numero = acto.sobre
    observacion = (
        Observacion.objects.filter(expediente=regla.expediente_id, pk=numero).first()
        if numero.isdecimal() and len(numero) < 19 and regla.expediente_id
        else None
    )
    if observacion is None:
        raise ErrorDeNegocio(_("Esa observación no es de esta regla."))
    texto = enviados.get(f"respuesta-{numero}", "")
    observaciones.responder(REGLA, observacion, por=por, texto=texto)
    return replace(
        hecho, ancla=f"campo-{observacion.campo}", mensaje=_("Tu respuesta quedó guardada.")
    )
