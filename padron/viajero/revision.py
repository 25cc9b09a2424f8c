"""La regla que viajó, y revisar con ella un archivo de este equipo."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from padron.validacion.archivo import Revisado, revisar_archivo
from padron.validacion.regla import Regla

# La ciudad no cambia de horario desde 2022; en Windows no siempre hay tabla de zonas.
CIUDAD = datetime.timezone(datetime.timedelta(hours=-6))
CONTENIDO = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Viajero:
    """Con qué se revisa: la regla de un programa y ejercicio, y cuándo se empacó."""

    regla: Regla
    empacado: str  # AAAA-MM-DD
    version: str

    @classmethod
    def de(cls, carpeta: Path = CONTENIDO) -> Viajero:
        datos: dict[str, Any] = json.loads((carpeta / "regla.json").read_text(encoding="utf-8"))
        return cls(Regla.de_json(datos["regla"]), datos["empacado"], datos["version"])

    @property
    def de_que(self) -> str:
        return f"{self.regla.nombre}, {self.regla.ejercicio}"

    @property
    def cual(self) -> str:
        dia = datetime.date.fromisoformat(self.empacado)
        return f"SIBIS {self.version}, empacado el {dia:%d/%m/%Y}"

    def revisar(self, ruta: Path, *, trabajo: Path, hoja: str | None = None) -> Revisado:
        """Con el día de hoy en la ciudad. Levanta ArchivoIlegible."""
        hoy = datetime.datetime.now(tz=CIUDAD).date().isoformat()
        return revisar_archivo(ruta, replace(self.regla, hoy=hoy), trabajo=trabajo, hoja=hoja)
