"""Lo que la página dice a los buscadores: un servicio público, según schema.org."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from programas.consultas.ficha import Ficha

# Dentro de un <script> nada se escapa como HTML: estas secuencias no deben aparecer.
_PELIGROSOS = {
    "<": "\\u003C",
    ">": "\\u003E",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def servicio_publico(ficha: Ficha) -> SafeString:
    """JSON-LD de tipo GovernmentService; lo que la fuente no dice, no se pone."""
    datos: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": ficha.nombre,
        "url": f"{settings.URL_PUBLICA}{ficha.direccion}",
        "identifier": ficha.regla.clave_oficial or ficha.programa.clave,
        "description": ficha.regla.resumen or ficha.regla.a_quien,
        "serviceType": str(ficha.programa.get_tipo_display()),
        "provider": {"@type": "GovernmentOrganization", "name": ficha.dependencia},
        "areaServed": _territorio(ficha),
        "audience": _publico(ficha),
        "termsOfService": _absoluta(ficha.url_reglas),
        "inLanguage": "es-MX",
        "isAccessibleForFree": True,
        "dateModified": timezone.localtime(ficha.regla.actualizado_en).isoformat(),
        "hoursAvailable": [_ventana(c) for c in ficha.convocatorias if not c.demostracion],
    }
    texto = json.dumps({k: v for k, v in datos.items() if v}, ensure_ascii=False, indent=1)
    for peligroso, escape in _PELIGROSOS.items():
        texto = texto.replace(peligroso, escape)
    return mark_safe(texto)  # noqa: S308 - escapado arriba: no puede cerrar el <script>


def _absoluta(ruta: str) -> str:
    return f"{settings.URL_PUBLICA}{ruta}" if ruta else ""


def _territorio(ficha: Ficha) -> list[dict[str, str]]:
    nombres = [a.nombre for a in ficha.regla.alcaldias.all()]
    if not nombres:
        return [{"@type": "City", "name": "Ciudad de México"}]
    return [{"@type": "AdministrativeArea", "name": nombre} for nombre in nombres]


def _publico(ficha: Ficha) -> dict[str, str]:
    tipo = ficha.quien or ", ".join(g.nombre for g in ficha.regla.grupos.all())
    return {"@type": "Audience", "audienceType": tipo} if tipo else {}


def _ventana(convocatoria: Any) -> dict[str, str]:
    ventana = {
        "@type": "OpeningHoursSpecification",
        "name": convocatoria.nombre,
        "validFrom": timezone.localtime(convocatoria.abre).isoformat(),
    }
    if convocatoria.cierra:
        ventana["validThrough"] = timezone.localtime(convocatoria.cierra).isoformat()
    return ventana
