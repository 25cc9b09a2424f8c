"""bin/sibis importar_egresos ARCHIVO --corte AAAA-aprobado|AAAA-tN|AAAA-cp: un corte del presupuesto."""

import json
import re
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from presupuesto.importacion.egresos import Encargo, cargar
from presupuesto.importacion.informe import InformeDeEgresos
from sibis.bitacora.registro import Via, por_via
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import ArchivoIlegible

CORTE = re.compile(r"(20\d\d)-(aprobado|t[1-4]|cp)", re.ASCII)


class Command(BaseCommand):
    help = (
        "Carga un corte de egresos con sus sumas de control; repetirlo no cambia nada. "
        "0 quedó cargado; 1 hay filas malas y no entró ninguna; 2 no se pudo leer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archivo", type=Path)
        parser.add_argument("--corte", required=True, help="2024-aprobado, 2024-t2, 2024-cp")
        parser.add_argument("--json", type=Path, metavar="SALIDA")
        parser.add_argument("--por", default="", metavar="USUARIO")
        parser.add_argument("--fuente", default="")
        parser.add_argument("--fuente-url", default="")

    def handle(self, *args: str, archivo: Path, corte: str, **opciones: str) -> None:
        partes = CORTE.fullmatch(corte.strip().lower())
        if partes is None:
            raise CommandError(
                _("El corte se escribe como 2024-aprobado, 2024-t2 o 2024-cp."), returncode=2
            )
        encargo = Encargo(
            archivo,
            int(partes[1]),
            partes[2],
            por=self._quien(opciones["por"]),
            fuente=opciones["fuente"],
            fuente_url=opciones["fuente_url"],
        )
        try:
            with por_via(Via.ORDEN):
                informe = cargar(encargo)
        except ArchivoIlegible as error:
            self.stderr.write(self.style.ERROR(str(error)))
            raise SystemExit(2) from error
        self._contar(informe, opciones["json"])
        raise SystemExit(informe.codigo_de_salida)

    def _contar(self, informe: InformeDeEgresos, salida: str | Path | None) -> None:
        for linea in informe.lineas():
            self.stdout.write(linea)
        if salida:
            texto = json.dumps(informe.como_json(), ensure_ascii=False, indent=1)
            Path(salida).write_text(texto + "\n", encoding="utf-8")

    @staticmethod
    def _quien(usuario: str) -> Usuario | None:
        if not usuario:
            return None
        hallado = Usuario.objects.filter(username=usuario).first()
        if hallado is None:
            raise CommandError(
                _("No hay una cuenta «%(u)s». No se cargó nada.") % {"u": usuario}, returncode=2
            )
        return hallado
