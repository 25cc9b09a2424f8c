"""Informes trimestrales: por escribir, por corregir, por firmar y por revisar."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from presupuesto.consultas.fechas_de_informe import ordinal, ultimo_cerrado
from presupuesto.estados import FLUJO_INFORME, EstadoInforme
from presupuesto.models import InformeDeAvance
from presupuesto.models.instancias import impedimentos
from programas.models import ReglaOperacion
from sibis.cuentas.models import Usuario
from sibis.cuentas.permisos import Permiso, ambito
from sibis.formatos.fechas import fecha_corta
from sibis.panel.colas import Cola, Pendiente

A_LA_VISTA = 8
E = EstadoInforme

# Función → qué estados la esperan, cómo se llama su cola y qué dice cuando está vacía.
_COLAS = (
    (
        Permiso.AVANCE_CAPTURAR,
        (E.OBSERVADO, E.BORRADOR),
        gettext_lazy("Informes por corregir o terminar"),
        gettext_lazy("Ningún informe a medias."),
    ),
    (
        Permiso.AVANCE_ENVIAR,
        (E.BORRADOR, E.OBSERVADO),
        gettext_lazy("Informes por firmar y enviar"),
        gettext_lazy("Ningún informe espera tu firma."),
    ),
    (
        Permiso.AVANCE_REVISAR,
        (E.ENVIADO, E.EN_REVISION),
        gettext_lazy("Informes por revisar"),
        gettext_lazy("Ningún informe espera revisión."),
    ),
)
# Lo que el servicio negaría no espera a nadie: no se anuncia.
_LOS_DECIDE_OTRA_INSTANCIA = frozenset(t.permiso for t in FLUJO_INFORME if t.exige_otra_persona)


def colas(usuario: Usuario) -> list[Cola]:
    """Una cola por cada función que la persona ejerce; a quien captura, además, lo no empezado."""
    suyas = [
        _cola(usuario, permiso, estados, str(titulo), str(vacia))
        for permiso, estados, titulo, vacia in _COLAS
        if ambito(usuario, permiso)
    ]
    return [*_por_escribir(usuario), *suyas]


def _por_escribir(usuario: Usuario) -> list[Cola]:
    """Programas con regla publicada sin informe del último trimestre cerrado."""
    donde = ambito(usuario, Permiso.AVANCE_CAPTURAR)
    if not donde:
        return []
    ejercicio, trimestre = ultimo_cerrado(timezone.localdate())
    hay = InformeDeAvance.objects.filter(
        programa=OuterRef("programa"), ejercicio=ejercicio, trimestre=trimestre
    ).exclude(estado=E.RETIRADO)
    faltan = (
        ReglaOperacion.objects.publicadas()
        .filter(donde.filtro("dependencia"), ~Exists(hay), ejercicio=ejercicio)
        .select_related("dependencia")
        .order_by("nombre")
    )
    abrir = reverse("admin:presupuesto_informedeavance_add")
    que = _("%(trimestre)s de %(anio)s") % {"trimestre": ordinal(trimestre), "anio": ejercicio}
    return [
        Cola(
            titulo=_("Informes por escribir"),
            vacia=_("Todos tus programas tienen su informe del último trimestre."),
            total=faltan.count(),
            pendientes=tuple(
                Pendiente(
                    titulo=f"{regla.nombre}",
                    detalle=f"{regla.dependencia.siglas}, {que}",
                    url=f"{abrir}?{_pedido(regla, trimestre)}",
                    estado=_("sin empezar"),
                )
                for regla in faltan[:A_LA_VISTA]
            ),
            url_todos=abrir,
        )
    ]


def _pedido(regla: ReglaOperacion, trimestre: int) -> str:
    return urlencode(
        {"programa": regla.programa_id, "ejercicio": regla.ejercicio, "trimestre": trimestre}
    )


def _cola(
    usuario: Usuario, permiso: Permiso, estados: tuple[str, ...], titulo: str, vacia: str
) -> Cola:
    suyos = InformeDeAvance.objects.filter(
        Q(estado__in=estados), ambito(usuario, permiso).filtro("dependencia")
    ).select_related("programa", "dependencia")
    if permiso in _LOS_DECIDE_OTRA_INSTANCIA:
        for condicion, _motivo in impedimentos(permiso, por=usuario):
            suyos = suyos.exclude(condicion)
    lista = reverse("admin:presupuesto_informedeavance_changelist")
    return Cola(
        titulo=titulo,
        vacia=vacia,
        total=suyos.count(),
        pendientes=tuple(_pendiente(i) for i in suyos.order_by("actualizado_en")[:A_LA_VISTA]),
        url_todos=f"{lista}?{urlencode({'estado__in': ','.join(estados)})}",
    )


def _pendiente(informe: InformeDeAvance) -> Pendiente:
    hoy = timezone.localdate()
    dia = fecha_corta(timezone.localdate(informe.actualizado_en), hoy=hoy)
    return Pendiente(
        titulo=f"{informe.programa.nombre}, {ordinal(informe.trimestre)} de {informe.ejercicio}",
        detalle=_("%(quien)s, %(estado)s, sin cambios desde el %(dia)s")
        % {
            "quien": informe.dependencia.siglas,
            "estado": informe.get_estado_display(),
            "dia": dia,
        },
        url=reverse("admin:presupuesto_informedeavance_change", args=[informe.pk]),
        estado=informe.get_estado_display(),
    )
