from programas.models.atencion import Convocatoria, FechaDeEntrega, Sede
from programas.models.captura import BorradorDeSeccion, CampoRevisado, EdicionDeSeccion
from programas.models.catalogos import (
    Apartado,
    AplicaA,
    AyudaDeCampo,
    DerechoSocial,
    Exigencia,
    GrupoPrioritario,
    Leyenda,
    Sinonimo,
    TipoDeApoyo,
)
from programas.models.cifras import Apoyo, MetaFisica, Poblacion
from programas.models.documento import (
    ClaseDeDocumento,
    Documento,
    EstadoDeTexto,
    PaginaDeDocumento,
)
from programas.models.enlace import Enlace
from programas.models.ficha import FichaPublica, RevisionDelPortal, Vocabulario
from programas.models.opciones import AccesoSimultaneo, ClaseDeVersion, Residencia, Sexo
from programas.models.programa import DireccionAnterior, Programa, TipoDePrograma
from programas.models.regla import ReglaOperacion
from programas.models.secciones import (
    Alineacion,
    Compatibilidad,
    Fuente,
    Requisito,
    TextoApartado,
)
from programas.models.sin_resultado import ConsultaSinResultado

__all__ = [
    "AccesoSimultaneo",
    "Alineacion",
    "Apartado",
    "AplicaA",
    "Apoyo",
    "AyudaDeCampo",
    "BorradorDeSeccion",
    "CampoRevisado",
    "Compatibilidad",
    "ClaseDeDocumento",
    "ClaseDeVersion",
    "ConsultaSinResultado",
    "Convocatoria",
    "DerechoSocial",
    "DireccionAnterior",
    "Documento",
    "EdicionDeSeccion",
    "Enlace",
    "EstadoDeTexto",
    "Exigencia",
    "FechaDeEntrega",
    "FichaPublica",
    "Fuente",
    "GrupoPrioritario",
    "Leyenda",
    "MetaFisica",
    "Vocabulario",
    "PaginaDeDocumento",
    "Poblacion",
    "Programa",
    "ReglaOperacion",
    "Requisito",
    "Residencia",
    "RevisionDelPortal",
    "Sede",
    "Sexo",
    "Sinonimo",
    "TextoApartado",
    "TipoDeApoyo",
    "TipoDePrograma",
]
