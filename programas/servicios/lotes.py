"""Lo que se hace por lotes con documentos y enlaces."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programas import tasks
from programas.models import Documento, Enlace
from programas.servicios.documentos import exigir_edicion
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito, puede
from sibis.nucleo.errores import ErrorDeNegocio, SinPermiso
from sibis.panel.lotes import AccionEnLote, Renglon


@transaction.atomic
def poner_visible(documento: Documento, *, visible: bool, por: Usuario) -> Documento:
    """Lo muestra o lo retira del portal. Levanta SinPermiso, o ErrorDeNegocio si ya estaba así."""
    actual = Documento.objects.select_for_update(of=("self",)).get(pk=documento.pk)
    exigir_edicion(actual.dependencia_id, por=por)
    if actual.visible is visible:
        raise ErrorDeNegocio(_("Ya se ve.") if visible else _("Ya estaba fuera del portal."))
    actual.visible = visible
    actual.save(update_fields=["visible", "actualizado_en"])
    registrar(
        "documento.mostrado" if visible else "documento.ocultado",
        actual,
        por=por,
        dependencia=actual.dependencia,
        documento=actual.clave,
    )
    return actual


class _Visibilidad(AccionEnLote):
    permiso = Permiso.DOCUMENTO_EDITAR
    modelos = frozenset({"programas.documento"})
    relacionados = ("dependencia",)
    visible: bool

    def previsualizar(self, objetos: Sequence[Documento], *, por: Usuario) -> list[Renglon]:
        donde = ambito(por, self.permiso)
        return [
            Renglon(d, por_que_no=_("Es de otra dependencia o de toda la ciudad."))
            if not (donde.todas or (d.dependencia_id and donde.incluye(d.dependencia_id)))
            else self._renglon(d)
            for d in objetos
        ]

    def _renglon(self, documento: Documento) -> Renglon:
        if documento.visible is self.visible:
            return Renglon(
                documento,
                por_que_no=_("Ya se ve.") if self.visible else _("Ya estaba fuera del portal."),
            )
        return Renglon(
            documento,
            que_pasara=_("Se podrá leer y buscar en el portal.")
            if self.visible
            else _("Su dirección dirá que se retiró; el archivo se conserva."),
        )

    def aplicar(self, objeto: Documento, *, por: Usuario) -> None:
        poner_visible(objeto, visible=self.visible, por=por)


class MostrarDocumentos(_Visibilidad):
    clave = "mostrar-documentos"
    nombre = gettext_lazy("Mostrar en el portal")
    visible = True


class OcultarDocumentos(_Visibilidad):
    clave = "ocultar-documentos"
    nombre = gettext_lazy("Retirar del portal")
    visible = False


class RevisarEnlaces(AccionEnLote):
    """Los pone al principio de la fila del revisor, que los visita con cortesía hacia cada sitio."""

    clave = "revisar-enlaces"
    nombre = gettext_lazy("Revisar otra vez")
    permiso = Permiso.DOCUMENTO_EDITAR
    modelos = frozenset({"programas.enlace"})

    def previsualizar(self, objetos: Sequence[Enlace], *, por: Usuario) -> list[Renglon]:
        return [
            Renglon(e, por_que_no=_("Ya está al principio de la fila."))
            if e.tomado_en is None
            else Renglon(e, que_pasara=_("El sistema lo visita en su próxima vuelta."))
            for e in objetos
        ]

    def aplicar(self, objeto: Enlace, *, por: Usuario) -> None:
        if not puede(por, self.permiso):
            raise SinPermiso(_("Tu función no mantiene los documentos."))
        Enlace.objects.filter(pk=objeto.pk).update(tomado_en=None)

    def al_terminar(self) -> None:
        tasks.avisar_que_hay_enlaces()


ACCIONES: tuple[type[AccionEnLote], ...] = (MostrarDocumentos, OcultarDocumentos, RevisarEnlaces)
