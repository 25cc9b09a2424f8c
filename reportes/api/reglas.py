"""Una regla, y un programa con la suya, contadas enteras."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from programas.consultas.ventanas import Ventana, ventanas_de
from programas.estados import EN_EL_PORTAL
from programas.models import Convocatoria, FechaDeEntrega, Programa, ReglaOperacion, Sede
from reportes.api.direcciones import absoluta, de_la_api, id_de_regla, pagina_de_programa

_IGUALES = (
    "nombre", "ejercicio", "version", "clave_oficial", "unidad_responsable", "a_quien", "objetivo",
    "edad_min_meses", "edad_max_meses", "sexo", "residencia", "residencia_detalle",
    "como_solicitar", "acceso_simultaneo", "queja", "presupuesto_aprobado", "presupuesto_ejercido",
    "gaceta_numero", "gaceta_fecha", "enlace",
)  # fmt: skip


def regla(request: HttpRequest, regla: ReglaOperacion) -> dict[str, Any]:
    """`regla` viene de `regla_publica`, con sus secciones ya traídas."""
    ruta = reverse("programas:programa_ejercicio", args=[regla.programa.slug, regla.ejercicio])
    return {
        **{campo: getattr(regla, campo) for campo in _IGUALES},
        "id": id_de_regla(regla),
        "programa": regla.programa.clave,
        "vigente": regla.estado in EN_EL_PORTAL,
        "estado": regla.estado,
        "rige_desde": regla.vigente_desde,
        "dependencia": regla.dependencia,
        "que_es": regla.resumen,
        "derechos": list(regla.derechos.all()),
        "grupos": list(regla.grupos.all()),
        "alcaldias": list(regla.alcaldias.all()),
        "apoyos": list(regla.apoyos.all()),
        "requisitos": list(regla.requisitos.all()),
        "poblaciones": list(regla.poblaciones.all()),
        "metas": list(regla.metas.all()),
        "fuentes": list(regla.fuentes.all()),
        "compatibilidades": [_compatibilidad(c) for c in regla.compatibilidades.all()],
        "numerales": _numerales(regla),
        "actualizado": regla.actualizado_en,
        "pagina": absoluta(request, f"{ruta}?version={regla.version}"),
    }


def _compatibilidad(compatibilidad: Any) -> dict[str, Any]:
    otro = compatibilidad.programa
    return {
        "clase": compatibilidad.clase,
        "programa": otro.clave if otro else None,
        "nombre": otro.nombre if otro else compatibilidad.nombre,
        "condicion": compatibilidad.condicion,
    }


def _numerales(regla: ReglaOperacion) -> list[dict[str, str]]:
    return [
        {"numeral": t.apartado.numeral, "titulo": t.apartado.nombre, "texto": t.texto}
        for t in regla.textos.select_related("apartado")
    ]


def programa(request: HttpRequest, ultima: ReglaOperacion) -> dict[str, Any]:
    suyo = ultima.programa
    llave = (suyo.pk, ultima.ejercicio)
    hoy = ventanas_de([llave]).get(llave, Ventana())
    publicadas = ReglaOperacion.objects.filter(programa=suyo).publicadas().order_by("-ejercicio")
    convocatorias = Convocatoria.objects.filter(programa=suyo).select_related("programa")
    return {
        "clave": suyo.clave,
        "nombre": ultima.nombre,
        "tipo": suyo.tipo,
        "dependencia": ultima.dependencia,
        "otros_nombres": suyo.otros_nombres,
        "estado": hoy.estado,
        "estado_texto": hoy.texto,
        "reglas": [_breve(request, r) for r in publicadas.select_related("programa")],
        "regla": regla(request, ultima),
        "convocatorias": [convocatoria(c) for c in convocatorias.order_by("-abre", "pk")],
        "entregas": list(FechaDeEntrega.objects.filter(programa=suyo).order_by("-desde", "pk")),
        "centros": _centros(suyo),
        "pagina": pagina_de_programa(request, suyo),
    }


def _breve(request: HttpRequest, regla: ReglaOperacion) -> dict[str, Any]:
    identidad = id_de_regla(regla)
    return {
        "id": identidad,
        "ejercicio": regla.ejercicio,
        "api": de_la_api(request, "reglas", identidad),
    }


def _centros(programa: Programa) -> list[str]:
    sedes = Sede.objects.filter(programa=programa).order_by("centro__clave").distinct()
    return list(sedes.values_list("centro__clave", flat=True))


def convocatoria(convocatoria: Convocatoria) -> dict[str, Any]:
    """`convocatoria` trae ya su programa."""
    iguales = (
        "id", "ejercicio", "nombre", "abre", "cierra", "modo", "cupo", "como", "enlace",
        "es_demostracion",
    )  # fmt: skip
    return {
        **{campo: getattr(convocatoria, campo) for campo in iguales},
        "programa": convocatoria.programa.clave,
        "programa_nombre": convocatoria.programa.nombre,
        "estado": convocatoria.estado(timezone.now()),
    }
