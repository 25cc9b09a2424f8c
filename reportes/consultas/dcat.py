"""El catálogo en DCAT 3 (JSON-LD): así lo cosechan los portales de datos de otras instituciones."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from reportes.consultas.publicacion import Distribucion, Publicado

_UE = "http://publications.europa.eu/resource/authority"
CONTEXTO = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogo(publicados: tuple[Publicado, ...]) -> dict[str, Any]:
    """Direcciones absolutas, con el nombre público del sitio: el archivo viaja solo."""
    return {
        "@context": CONTEXTO,
        "@id": _absoluta(reverse("reportes:catalogo")),
        "@type": "dcat:Catalog",
        "dcterms:title": _texto(_("Datos abiertos de los programas sociales")),
        "dcterms:description": _texto(
            _("Programas, reglas, apoyos, calendario y lugares de la política social de la ciudad.")
        ),
        "dcterms:publisher": _editor(),
        "dcterms:language": {"@id": f"{_UE}/language/SPA"},
        "dcterms:license": {"@id": settings.DATOS_LICENCIA_URL},
        "dcterms:modified": _momento(max(p.version.modificado for p in publicados)),
        "foaf:homepage": {"@id": _absoluta(reverse("reportes:datos"))},
        "dcat:dataset": [_conjunto(p) for p in publicados],
        "dcat:service": {
            "@id": _absoluta(reverse("reportes:api")),
            "@type": "dcat:DataService",
            "dcterms:title": _texto(_("API de los programas sociales")),
            "dcat:endpointURL": {"@id": _absoluta("/api/v1/")},
            "dcat:endpointDescription": {"@id": _absoluta("/api/v1/openapi.json")},
            "dcat:servesDataset": [{"@id": _absoluta(p.url)} for p in publicados],
        },
    }


def _conjunto(publicado: Publicado) -> dict[str, Any]:
    conjunto = publicado.conjunto
    return {
        "@id": _absoluta(publicado.url),
        "@type": "dcat:Dataset",
        "dcterms:identifier": conjunto.clave,
        "dcterms:title": _texto(str(conjunto.titulo)),
        "dcterms:description": _texto(str(conjunto.descripcion)),
        "dcterms:publisher": _editor(),
        "dcterms:license": {"@id": settings.DATOS_LICENCIA_URL},
        "dcterms:language": {"@id": f"{_UE}/language/SPA"},
        "dcterms:accrualPeriodicity": {"@id": f"{_UE}/frequency/{conjunto.frecuencia}"},
        "dcterms:modified": _momento(publicado.version.modificado),
        "dcterms:bibliographicCitation": publicado.cita,
        "dcat:version": publicado.version.corta,
        "dcat:keyword": [_texto(str(p)) for p in conjunto.palabras],
        "dcat:landingPage": {"@id": _absoluta(publicado.url)},
        "dcat:distribution": [_distribucion(publicado, d) for d in publicado.distribuciones],
    }


def _distribucion(publicado: Publicado, distribucion: Distribucion) -> dict[str, Any]:
    url = _absoluta(distribucion.url)
    descrita: dict[str, Any] = {
        "@id": url,
        "@type": "dcat:Distribution",
        "dcterms:title": _texto(f"{publicado.conjunto.titulo} ({distribucion.nombre})"),
        "dcat:accessURL": {"@id": _absoluta(publicado.url)},
        "dcat:downloadURL": {"@id": url},
        "dcat:mediaType": {
            "@id": f"https://www.iana.org/assignments/media-types/{distribucion.medio}"
        },
        "dcterms:license": {"@id": settings.DATOS_LICENCIA_URL},
        "dcterms:modified": _momento(publicado.version.modificado),
    }
    if distribucion.tamano is not None:
        descrita["dcat:byteSize"] = {
            "@value": str(distribucion.tamano),
            "@type": "xsd:nonNegativeInteger",
        }
    return descrita


def _absoluta(ruta: str) -> str:
    return f"{settings.URL_PUBLICA}{ruta}"


def _texto(texto: str) -> dict[str, str]:
    return {"@value": texto, "@language": "es"}


def _momento(cuando: Any) -> dict[str, str]:
    return {"@value": cuando.isoformat(), "@type": "xsd:dateTime"}


def _editor() -> dict[str, str]:
    return {
        "@id": f"{settings.URL_PUBLICA}/",
        "@type": "foaf:Organization",
        "foaf:name": f"{settings.SIBIS_NOMBRE}, {settings.SIBIS_SUBTITULO}",
    }
