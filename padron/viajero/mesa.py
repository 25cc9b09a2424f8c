"""Lo que la página tiene entre manos: un archivo a la vez, en una carpeta privada que al final se borra."""

from __future__ import annotations

import shutil
import tempfile
import threading
from dataclasses import dataclass, field
from io import BufferedIOBase
from pathlib import Path

from padron.validacion import plantilla, por_corregir
from padron.validacion.archivo import Revisado, escribir_json
from padron.viajero.informe_html import informe
from padron.viajero.recepcion import recibir
from padron.viajero.revision import Viajero

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Mesa:
    """`revisado` es de lo último que se pudo leer."""

    viajero: Viajero
    carpeta: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="validador-")))
    archivo: Path | None = None
    revisado: Revisado | None = None
    turno: threading.Lock = field(default_factory=threading.Lock)

    def recibir_y_revisar(self, entrada: BufferedIOBase, *, tipo: str, largo: int) -> None:
        """Uno a la vez: dos a la par pedirían el doble de memoria. Levanta ArchivoIlegible."""
        with self.turno:
            self._vaciar()
            llegada = self.carpeta / "llegada"
            llegada.mkdir(mode=0o700)
            self.archivo = recibir(entrada, tipo=tipo, largo=largo, carpeta=llegada)
            self._revisar(None)

    def otra_hoja(self, hoja: str) -> None:
        with self.turno:
            if self.archivo is not None:
                self._revisar(hoja)

    def _revisar(self, hoja: str | None) -> None:
        assert self.archivo is not None  # noqa: S101
        trabajo = self.carpeta / "trabajo"
        shutil.rmtree(trabajo, ignore_errors=True)
        self.revisado = None
        self.revisado = self.viajero.revisar(self.archivo, trabajo=trabajo, hoja=hoja)

    def descarga(self, cual: str) -> tuple[Path, str, str] | None:
        """Dónde quedó, qué es y cómo se llama; None si no hay."""
        if cual == "plantilla.xlsx":
            regla = self.viajero.regla
            ruta = self.carpeta / cual
            ruta.write_bytes(plantilla.en_xlsx(regla))
            return ruta, XLSX, plantilla.nombre_de_archivo(regla, "xlsx")
        with self.turno:
            if self.revisado is None or cual not in _DESCARGAS:
                return None
            tipo, extension = _DESCARGAS[cual]
            ruta = self.carpeta / "trabajo" / cual
            self._escribir(self.revisado, cual, ruta)
            base = Path(self.revisado.lectura.archivo).stem
            return ruta, tipo, f"{base}-{extension}"

    def _escribir(self, revisado: Revisado, cual: str, ruta: Path) -> None:
        if cual == "informe.json":
            escribir_json(ruta, revisado)
        elif cual == "informe.html":
            ruta.write_text(informe(self.viajero, revisado), encoding="utf-8", newline="\n")
        else:
            por_corregir.escribir(ruta, revisado)

    def _vaciar(self) -> None:
        self.archivo = self.revisado = None
        for dentro in self.carpeta.iterdir():
            if dentro.is_dir():
                shutil.rmtree(dentro, ignore_errors=True)
            else:
                dentro.unlink(missing_ok=True)

    def levantar(self) -> None:
        """Nada de la persona se queda en el equipo."""
        shutil.rmtree(self.carpeta, ignore_errors=True)


_DESCARGAS = {
    "informe.json": ("application/json", "informe.json"),
    "informe.html": ("text/html; charset=utf-8", "informe.html"),
    "por-corregir.xlsx": (XLSX, "por-corregir.xlsx"),
}
