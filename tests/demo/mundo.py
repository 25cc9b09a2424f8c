"""Lo que la demostración encuentra ya cargado: límites, dependencias, catálogos y programas."""

import json
import tempfile
from pathlib import Path

from django.conf import settings

from programas import proyeccion
from programas.importacion import catalogos
from programas.models import DerechoSocial, GrupoPrioritario
from sibis.agenda.importacion import obligaciones
from sibis.cuentas.models import Dependencia
from sibis.demo.cuentas import CUENTAS
from sibis.territorio.importacion.centros import cargar_tipos_de_centro
from sibis.territorio.importacion.limites import cargar_alcaldias
from sibis.territorio.models import Alcaldia
from tests.fabricas.cuentas import DependenciaFactory
from tests.fabricas.programas import ProgramaFactory, ReglaFactory, TipoDeApoyoFactory

CATALOGOS = Path(settings.RAIZ) / "programas" / "datos" / "catalogos.json"
# Clave, dependencia, apoyo, y lo que tenga de particular.
DE_NOMBRE = (
    ("iztapalas-jefas", "ALC-09007", "transferencia", {"grupos": "mujeres"}),
    ("mujeres-construyendo-el-futuro", "ALC-09007", "transferencia", {"grupos": "mujeres"}),
    ("entrale-con-los-atletas", "ALC-09015", "transferencia", {"derechos": "deporte"}),
    ("fomento-al-trabajo-digno", "STYFE", "capacitacion", {}),
    ("seguro-de-desempleo", "STYFE", "transferencia", {}),
    ("economia-social", "STYFE", "proyecto-colectivo", {}),
    ("comedores-sociales", "SEBIEN", "servicios", {"derechos": "alimentacion"}),
    ("ponte-pila", "PILARES", "facilitacion", {"derechos": "deporte"}),
    ("alimentos-escolares", "DIF", "especie", {"derechos": "alimentacion"}),
    ("mercomuna", "SAPCI", "vales", {"derechos": "alimentacion"}),
)
CUANTOS_MAS = 24
APOYOS = ("transferencia", "especie", "credito", "proyecto-colectivo", "servicios", "vales")


def cargar() -> None:
    """Rápido: las alcaldías y los catálogos de verdad, y programas mínimos."""
    cargar_alcaldias()
    cargar_tipos_de_centro()
    obligaciones.cargar()
    _catalogos_sin_sinonimos()
    for clave in {c.dependencia for c in CUENTAS} | {d for _, d, _, _ in DE_NOMBRE}:
        DependenciaFactory(clave=clave)
    for clave, dependencia, apoyo, rasgos in DE_NOMBRE:
        _publicar(clave, dependencia, apoyo, **rasgos)
    for numero in range(CUANTOS_MAS):
        _publicar(f"programa-{numero}", "SEBIEN", APOYOS[numero % len(APOYOS)])
    proyeccion.proyectar()


def _catalogos_sin_sinonimos() -> None:
    contenido = json.loads(CATALOGOS.read_text(encoding="utf-8")) | {"sinonimos": []}
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "catalogos.json"
        ruta.write_text(json.dumps(contenido), encoding="utf-8")
        catalogos.cargar(ruta)


def _publicar(
    clave: str, dependencia: str, apoyo: str, *, grupos: str = "", derechos: str = ""
) -> None:
    alcaldia = dependencia.removeprefix("ALC-")
    ReglaFactory(
        publicada=True,
        programa=ProgramaFactory(
            clave=clave, dependencia=Dependencia.objects.get(clave=dependencia)
        ),
        apoyos=[{"tipo": TipoDeApoyoFactory(clave=apoyo)}],
        grupos=GrupoPrioritario.objects.filter(clave=grupos),
        derechos=DerechoSocial.objects.filter(clave=derechos),
        alcaldias=Alcaldia.objects.filter(clave=alcaldia),
    )
