from programas.models.atencion import Convocatoria, FechaDeEntrega, Sede
from programas.models.catalogos import (
    Apartado,
    AplicaA,
    DerechoSocial,
    Exigencia,
    GrupoPrioritario,
    Leyenda,
    Sinonimo,
    TipoDeApoyo,
)
from programas.models.cifras import Apoyo, MetaFisica, Poblacion
from programas.models.ficha import FichaPublica, Vocabulario
from programas.models.opciones import AccesoSimultaneo, Residencia, Sexo
from programas.models.programa import Programa, TipoDePrograma
from programas.models.regla import ReglaOperacion
from programas.models.secciones import (
    Alineacion,
    Compatibilidad,
    Fuente,
    Requisito,
    TextoApartado,
)

__all__ = [
    "AccesoSimultaneo",
    "Alineacion",
    "Apartado",
    "AplicaA",
    "Apoyo",
    "Compatibilidad",
    "Convocatoria",
    "DerechoSocial",
    "Exigencia",
    "FechaDeEntrega",
    "FichaPublica",
    "Fuente",
    "GrupoPrioritario",
    "Leyenda",
    "MetaFisica",
    "Vocabulario",
    "Poblacion",
    "Programa",
    "ReglaOperacion",
    "Requisito",
    "Residencia",
    "Sede",
    "Sexo",
    "Sinonimo",
    "TextoApartado",
    "TipoDeApoyo",
    "TipoDePrograma",
]
