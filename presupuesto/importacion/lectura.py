"""Del archivo a líneas de COPY, fila por fila: se limpia, se suma y se anota lo que está mal.

Las claves se repiten miles de veces, así que cada una se limpia una vez y se recuerda: por eso un
millón de renglones de 63 columnas cabe en poca memoria y en segundos.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from presupuesto.importacion.disposiciones import CLAVES, LARGOS, MONTOS
from presupuesto.importacion.importes import a_centavos, leer_importe
from presupuesto.importacion.informe import InformeDeEgresos
from sibis.nucleo.codificacion import enderezar
from sibis.nucleo.columnas import Mapeo
from sibis.nucleo.errores import ArchivoIlegible
from sibis.nucleo.normalizacion import clave_comparable, limpiar_texto
from sibis.nucleo.tabular import Fila, Tabla

RECORDADAS = 50_000
DESCRIPCIONES = 150_000
_DE_EXCEL = re.compile(r"(\d+)\.0+", re.ASCII)
_TOTAL = re.compile(r"^(gran |sub ?)?total|^suma", re.ASCII)
NULO = "\\N"


class Lectura:
    """Una pasada por el archivo; al terminar tiene las sumas y las descripciones halladas."""

    def __init__(
        self, tabla: Tabla, mapeo: Mapeo, *, ejercicio: int, informe: InformeDeEgresos
    ) -> None:
        self.tabla, self.mapeo, self.informe = tabla, mapeo, informe
        self.ejercicio = str(ejercicio)
        # Sin ningún importe la suma es «no lo dice», que no es cero.
        self.sumas: dict[str, Decimal | None] = dict.fromkeys(MONTOS)
        self.exactas = {m: Decimal(0) for m in MONTOS}
        self.redondeadas = 0
        self.descripciones: dict[tuple[str, str], str] = {}
        self._recuerdos: dict[str, dict[str, str]] = {c: {} for c in CLAVES}
        self._ancho = len(mapeo.encabezado)
        self._montos = tuple((m, mapeo.lugares.get(m)) for m in MONTOS)

    def lineas(self, corte: int) -> Iterator[str]:
        """Lo que COPY escribe. Con la primera fila mala deja de escribir y sigue revisando."""
        for fila in self.tabla:
            linea = self._linea(fila, corte)
            if linea is None:
                continue
            self.informe.filas += 1
            if not self.informe.con_error:
                yield linea

    def _linea(self, fila: Fila, corte: int) -> str | None:
        raise NotImplementedError

    # --- Piezas que comparten las tres clases de archivo

    def error(self, fila: Fila, columna: str, codigo: str, mensaje: str) -> None:
        self.informe.anotar(fila.numero, columna, codigo, mensaje, grave=True)

    def celda(self, fila: Fila, columna: str) -> str:
        lugar = self.mapeo.lugares.get(columna)
        return fila.valores[lugar] if lugar is not None and lugar < len(fila.valores) else ""

    def clave(self, fila: Fila, columna: str, crudo: str) -> str:
        """La clave limpia, en mayúsculas y sin el «.0» de Excel."""
        recuerdo = self._recuerdos[columna]
        if (limpia := recuerdo.get(crudo)) is not None:
            return limpia
        limpia = " ".join(limpiar_texto(crudo).upper().split())
        if hallado := _DE_EXCEL.fullmatch(limpia):
            limpia = hallado[1]
        if len(limpia) > LARGOS[columna] or "\\" in limpia:
            self.error(
                fila,
                columna,
                "clave_imposible",
                f"«{limpia[:40]}» no parece una clave: quizá las columnas están corridas.",
            )
            return ""
        if len(recuerdo) < RECORDADAS and columna != "clave_presupuestaria":
            recuerdo[crudo] = limpia
        return limpia

    def importes(self, fila: Fila) -> list[str]:
        """Los tres importes como los escribe COPY; suma lo mismo que guarda."""
        escritos = []
        for monto, lugar in self._montos:
            crudo = fila.valores[lugar] if lugar is not None and lugar < len(fila.valores) else ""
            try:
                exacto = leer_importe(crudo) if crudo else None
            except ValueError as error:
                self.error(fila, monto, "importe", f"«{crudo.strip()[:40]}» {error}.")
                exacto = None
            if exacto is None:
                escritos.append(NULO)
                continue
            escritos.append(str(self._sumar(monto, exacto)))
        return escritos

    def _sumar(self, monto: str, exacto: Decimal) -> Decimal:
        guardado = a_centavos(exacto)
        self.redondeadas += guardado != exacto
        self.sumas[monto] = (self.sumas[monto] or Decimal(0)) + guardado
        self.exactas[monto] += exacto
        return guardado

    def describir(self, clasificador: str, clave: str, texto: str) -> None:
        """Guarda la primera descripción que traiga algo."""
        llave = (clasificador, clave)
        if not clave or self.descripciones.get(llave):
            return
        self.descripciones[llave] = legible(texto)[:500]
        if len(self.descripciones) > DESCRIPCIONES:
            raise ArchivoIlegible(
                "Hay más de 150,000 claves distintas: quizá las columnas están corridas. "
                "No se cargó nada."
            )

    def es_total(self, fila: Fila) -> bool:
        """«TOTAL» al principio de la fila: sumarlo sería contar todo dos veces."""
        primera = next((c for c in fila.valores if c.strip()), "")
        return _TOTAL.match(clave_comparable(primera)) is not None

    def cotejar_total(self, fila: Fila) -> None:
        """El total del archivo debe ser el de sus renglones; un subtotal solo se omite."""
        self.informe.filas_omitidas += 1
        primera = clave_comparable(next(c for c in fila.valores if c.strip()))
        if primera.startswith("sub"):
            self._aviso(fila, "subtotal", "Es un subtotal: no se suma.")
            return
        for monto, lugar in self._montos:
            crudo = fila.valores[lugar] if lugar is not None and lugar < len(fila.valores) else ""
            try:
                dicho = leer_importe(crudo)
            except ValueError:
                dicho = None
            suma = self.sumas[monto] or Decimal(0)
            if dicho is not None and a_centavos(dicho) != suma:
                mensaje = f"El total dice {dicho:,.2f} y las filas suman {suma:,.2f}."
                self.error(fila, monto, "total_distinto", mensaje)
        self._aviso(fila, "total", "Es el renglón de totales: se cotejó y no se suma.")

    def repite_encabezado(self, fila: Fila) -> bool:
        """Dos archivos pegados traen el encabezado otra vez a la mitad."""
        if tuple(fila.valores[: self._ancho]) != self.mapeo.encabezado:
            return False
        self.informe.filas_omitidas += 1
        self._aviso(fila, "encabezado_repetido", "Repite el encabezado: no es un renglón.")
        return True

    def exigir_ancho(self, fila: Fila) -> bool:
        if any(celda.strip() for celda in fila.valores[self._ancho :]):
            self.error(
                fila,
                "",
                "celdas_de_mas",
                "Tiene más celdas que el encabezado: quizá un texto con comas va sin comillas.",
            )
            return False
        return True

    def exigir_ciclo(self, fila: Fila, ciclo: str) -> bool:
        """Con otro año en la fila, el archivo no es de este corte."""
        dicho = ciclo.strip().removesuffix(".0")
        if dicho and dicho != self.ejercicio:
            self.error(
                fila,
                "ciclo",
                "otro_ejercicio",
                f"Es de {dicho[:10]} y el corte de {self.ejercicio}.",
            )
            return False
        return True

    def _aviso(self, fila: Fila, codigo: str, mensaje: str) -> None:
        self.informe.anotar(fila.numero, "", codigo, mensaje, grave=False)


def escribir(corte: int, fila: int, claves: Mapping[str, str], importes: Sequence[str]) -> str:
    """Una línea de COPY en texto; las claves ya vienen sin tabuladores ni diagonales."""
    return (
        "\t".join((str(corte), str(fila), *(claves.get(c, "") for c in CLAVES), *importes)) + "\n"
    )


def legible(texto: str) -> str:
    """Un renglón sin saltos ni letras mal leídas."""
    return " ".join(limpiar_texto(enderezar(texto)).split())
