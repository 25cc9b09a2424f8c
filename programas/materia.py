"""La regla de operación, dicha al motor de revisión."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programas import requisitos
from programas.consultas.retrato import retrato
from programas.estados import (
    DEL_SISTEMA,
    DICTAMEN,
    EDITABLES,
    FLUJO_REGLA,
    FUERON_PUBLICOS,
    VALIDACION,
    EstadoRegla,
)
from programas.models import ReglaOperacion
from programas.models.instancias import impedimentos
from sibis.bitacora.datos_personales import dato_personal_en
from sibis.cuentas.permisos import Permiso
from sibis.revision.materias import Materia
from sibis.revision.retratos import Retrato

E = EstadoRegla


def _faltantes(regla: ReglaOperacion, momento: str) -> list[Any]:
    if momento != "cerrar":
        return [*requisitos.faltantes(regla, momento), *_con_datos_de_alguien(regla)]
    if regla.ejercicio < timezone.localdate().year:
        return []
    texto = _("El ejercicio %(anio)s no termina todavía.") % {"anio": regla.ejercicio}
    return [requisitos.Faltante("ejercicio", texto, "", "")]


def _con_datos_de_alguien(regla: ReglaOperacion) -> Iterator[requisitos.Faltante]:
    """Unas reglas son públicas: no llevan CURP ni CLABE. El correo sí, que suele ser el de atención."""
    for apartado in retrato(regla).apartados:
        for campo in apartado.campos:
            clase = dato_personal_en("\n".join((campo.texto, *campo.renglones)))
            if clase in {"curp", "clabe"}:
                texto = _("«%(campo)s» parece traer una %(clase)s de alguien: quítala.") % {
                    "campo": campo.titulo,
                    "clase": clase.upper(),
                }
                yield requisitos.Faltante("datos-personales", texto, "", apartado.clave)


def _titulo(regla: ReglaOperacion) -> str:
    return f"{regla.nombre} {regla.ejercicio}, v{regla.version}"


def _url(regla: ReglaOperacion) -> str:
    return reverse("admin:programas_reglaoperacion_change", args=[regla.pk])


def anterior_de(regla: ReglaOperacion) -> ReglaOperacion | None:
    """Con qué se compara: la publicada del año anterior o, en una modificación, la que modifica."""
    publicas = ReglaOperacion.objects.filter(programa=regla.programa_id, estado__in=FUERON_PUBLICOS)
    misma = publicas.filter(ejercicio=regla.ejercicio, version__lt=regla.version)
    de_antes = publicas.filter(ejercicio__lt=regla.ejercicio).exclude(estado=E.SUSTITUIDO)
    return (
        misma.select_related("dependencia", "programa").order_by("-version").first()
        or de_antes.select_related("dependencia", "programa").order_by("-ejercicio").first()
    )


def _retrato_anterior(regla: ReglaOperacion) -> Retrato | None:
    anterior = anterior_de(regla)
    return retrato(anterior) if anterior is not None else None


REGLA = Materia(
    clase="regla",
    nombre=gettext_lazy("reglas de operación"),
    articulo=gettext_lazy("esta regla"),  # type: ignore[arg-type]
    modelo=ReglaOperacion,
    estados=EstadoRegla,
    flujo=FLUJO_REGLA,
    editables=EDITABLES,
    del_sistema=DEL_SISTEMA,
    instancias={
        E.ENVIADO: VALIDACION,
        E.EN_REVISION: VALIDACION,
        E.VALIDADO: DICTAMEN,
        E.EN_DICTAMEN: DICTAMEN,
        E.APROBADO: VALIDACION,
    },
    captura=Permiso.REGLA_CAPTURAR,
    ver=Permiso.REGLA_VER,
    retrato=retrato,
    titulo=_titulo,
    url=_url,
    impedimentos=impedimentos,
    faltantes=_faltantes,
    sellos={
        "enviar": "enviado",
        "validar": "validado",
        "aprobar": "aprobado",
        "publicar": "publicado",
        "diferir": "publicado",
    },
    variante=lambda regla: regla.programa.tipo,
    anterior=_retrato_anterior,
    ademas=("programa",),
    formularios={"publicar": "admin:programas_regla_paso"},
    publicos=FUERON_PUBLICOS,
    url_publica=lambda regla: f"{regla.get_absolute_url()}?version={regla.version}",
    congela_fecha=FUERON_PUBLICOS,
)
