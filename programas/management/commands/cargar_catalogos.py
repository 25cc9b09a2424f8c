"""bin/sibis cargar_catalogos: todo lo que el sistema trae puesto, por clave."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from programas import proyeccion
from programas.importacion import catalogos, direcciones, historico_del_catalogo, programas
from sibis.agenda.importacion import obligaciones
from sibis.bitacora.registro import Via, por_via
from sibis.calendario import importacion as calendario_de_dias
from sibis.cuentas.importacion.dependencias import cargar_dependencias
from sibis.mensajes.carga import cargar_plazos
from sibis.nucleo.errores import ArchivoIlegible
from sibis.revision.importacion import plazos as plazos_de_revision
from sibis.territorio.importacion.centros import cargar_tipos_de_centro
from sibis.territorio.importacion.limites import cargar_alcaldias
from sibis.vigencia.carga import InformeDeCarga

DATOS = Path(settings.RAIZ) / "programas" / "datos"
DEPENDENCIAS = Path(settings.RAIZ) / "sibis" / "cuentas" / "datos" / "dependencias.json"


class Command(BaseCommand):
    help = (
        "Carga dependencias, alcaldías, catálogos y el catálogo de programas; repetirlo no duplica."
    )

    def handle(self, *args: str, **opciones: object) -> None:
        try:
            with por_via(Via.ORDEN):
                informes = self._cargar()
        except ArchivoIlegible as error:
            self.stderr.write(self.style.ERROR(str(error)))
            raise SystemExit(2) from error
        for linea in (linea for informe in informes for linea in informe.lineas()):
            self.stdout.write(linea)
        fichas = proyeccion.proyectar()
        direcciones.apuntar_las_citadas()
        self.stdout.write(
            _("Portal: %(fichas)s reglas publicadas listas para buscarse.") % {"fichas": fichas}
        )
        raise SystemExit(max(informe.codigo_de_salida for informe in informes))

    @staticmethod
    def _cargar() -> list[InformeDeCarga]:
        return [
            cargar_alcaldias(),
            cargar_tipos_de_centro(),
            cargar_dependencias(DEPENDENCIAS),
            *calendario_de_dias.cargar(),
            obligaciones.cargar(),
            plazos_de_revision.cargar_plazos(),
            *catalogos.cargar(DATOS / "catalogos.json"),
            programas.cargar(DATOS / "programas.json"),
            historico_del_catalogo.derivar(),
            cargar_plazos(),
        ]
