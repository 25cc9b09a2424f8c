"""Lo que espera a cada función en el panel, sobre reglas de operación."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programas.consultas.redaccion import fecha_corta
from programas.estados import FLUJO_REGLA, EstadoRegla
from programas.models import ReglaOperacion
from programas.models.instancias import impedimentos
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito
from sibis.panel.colas import Cola, Pendiente

A_LA_VISTA = 8

E = EstadoRegla

# Función → qué estados la esperan, cómo se llama su cola y qué dice cuando está vacía.
_COLAS = (
    (
        Permiso.REGLA_CAPTURAR,
        (E.OBSERVADO, E.OBSERVADO_EN_DICTAMEN),
        gettext_lazy("Observadas: corrígelas"),
        gettext_lazy("Nada observado."),
    ),
    (
        Permiso.REGLA_CAPTURAR,
        (E.BORRADOR,),
        gettext_lazy("Borradores que estás escribiendo"),
        gettext_lazy("No hay borradores. Abre una versión nueva desde una regla publicada."),
    ),
    (
        Permiso.REGLA_ENVIAR,
        (E.BORRADOR, E.OBSERVADO, E.OBSERVADO_EN_DICTAMEN),
        gettext_lazy("Por firmar y enviar"),
        gettext_lazy("Nada espera tu firma."),
    ),
    (
        Permiso.REGLA_VALIDAR,
        (E.ENVIADO, E.EN_REVISION),
        gettext_lazy("Por revisar"),
        gettext_lazy("Nada espera revisión."),
    ),
    (
        Permiso.REGLA_DICTAMINAR,
        (E.VALIDADO, E.EN_DICTAMEN),
        gettext_lazy("Por dictaminar"),
        gettext_lazy("Nada espera dictamen."),
    ),
    (
        Permiso.REGLA_PUBLICAR,
        (E.APROBADO,),
        gettext_lazy("Aprobadas, esperan Gaceta"),
        gettext_lazy("Nada espera publicarse."),
    ),
)

# Lo que el servicio negaría no espera a nadie: no se anuncia.
_LOS_DECIDE_OTRA_INSTANCIA = frozenset(t.permiso for t in FLUJO_REGLA if t.exige_otra_persona)


def colas(usuario: Usuario) -> list[Cola]:
    """Una cola por cada función que la persona ejerce."""
    return [
        _cola(usuario, permiso, estados, titulo, vacia)
        for permiso, estados, titulo, vacia in _COLAS
        if ambito(usuario, permiso)
    ]


def _cola(
    usuario: Usuario, permiso: Permiso, estados: tuple[str, ...], titulo: str, vacia: str
) -> Cola:
    suyas = ReglaOperacion.objects.filter(
        Q(estado__in=estados), ambito(usuario, permiso).filtro("dependencia")
    ).select_related("dependencia")
    if permiso in _LOS_DECIDE_OTRA_INSTANCIA:
        for condicion, _motivo in impedimentos(permiso, por=usuario):
            suyas = suyas.exclude(condicion)
    lista = reverse("admin:programas_reglaoperacion_changelist")
    return Cola(
        titulo=str(titulo),
        vacia=str(vacia),
        total=suyas.count(),
        pendientes=tuple(_pendiente(r) for r in suyas.order_by("actualizado_en")[:A_LA_VISTA]),
        url_todos=f"{lista}?{urlencode({'estado__in': ','.join(estados)})}",
    )


def _pendiente(regla: ReglaOperacion) -> Pendiente:
    hoy = timezone.localdate()
    dia = fecha_corta(timezone.localdate(regla.actualizado_en), hoy=hoy)
    return Pendiente(
        titulo=str(regla),
        detalle=_("%(quien)s, versión %(version)s, sin cambios desde el %(dia)s")
        % {"quien": regla.dependencia.siglas, "version": regla.version, "dia": dia},
        url=reverse("admin:programas_reglaoperacion_change", args=[regla.pk]),
        estado=regla.get_estado_display(),
    )
