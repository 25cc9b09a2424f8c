"""La plantilla que se publica: un libro por programa y ejercicio, y su forma en CSV.

Los mismos hechos dan los mismos bytes: por eso se puede guardar por contenido y comparar con la de antes.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
from dataclasses import replace
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from padron.validacion.ejemplos import fila_de_ejemplo
from padron.validacion.formato import Campo, campos
from padron.validacion.limites_de_celda import (
    DE_DINERO,
    DE_FECHA,
    DE_TEXTO,
    ayuda,
    en_palabras,
    limite,
)
from padron.validacion.regla import Regla

FILAS = 10_000
HOJA, GUIA, CATALOGOS = "Padrón", "Cómo llenarlo", "Catálogos"
EDICION = 1  # sube si cambia cómo se hace la plantilla: lo guardado por contenido deja de valer
_ANTIGUO = datetime.datetime(2000, 1, 1)  # noqa: DTZ001  (una fecha fija: los mismos bytes cada vez)
_TINTA, _GUINDA, _TENUE, _LINEA = "#1C1A19", "#621132", "#F2ECE2", "#DDD5C9"


def huella(regla: Regla) -> str:
    """De qué depende la plantilla, en una llave. No depende del día ni del catálogo de colonias."""
    hechos = json.dumps([EDICION, _sin_dia(regla).a_json()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(hechos.encode()).hexdigest()


def nombre_de_archivo(regla: Regla, extension: str) -> str:
    return f"plantilla-padron-{regla.clave.lower()}-{regla.ejercicio}.{extension}"


def en_csv(regla: Regla) -> bytes:
    """Solo el encabezado, como lo abre bien una hoja de cálculo en español."""
    salida = io.StringIO()
    csv.writer(salida, lineterminator="\r\n").writerow(c.titulo for c in campos(regla))
    return salida.getvalue().encode("utf-8-sig")


def en_xlsx(regla: Regla) -> bytes:
    """El libro entero: «Padrón» para llenar, «Cómo llenarlo» y «Catálogos»."""
    salida = io.BytesIO()
    libro = xlsxwriter.Workbook(
        salida, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    _Plantilla(libro, _sin_dia(regla)).escribir()
    libro.close()
    return salida.getvalue()


def _sin_dia(regla: Regla) -> Regla:
    """El año entero ya pasó y no hay catálogo de colonias: nada cambia de un día a otro."""
    return replace(regla, hoy=f"{regla.ejercicio}-12-31", colonias=())


class _Plantilla:
    def __init__(self, libro: xlsxwriter.Workbook, regla: Regla) -> None:
        self.libro, self.regla, self.campos = libro, regla, campos(regla)
        self.ejemplo = fila_de_ejemplo(regla)
        self.rangos: dict[str, str] = {}
        base = {"font_name": "Calibri", "font_size": 11, "font_color": _TINTA, "valign": "top"}
        self.formatos: dict[str, Format] = {
            nombre: libro.add_format({**base, **propio}) for nombre, propio in _FORMATOS.items()
        }

    def escribir(self) -> None:
        self.libro.set_properties(
            {
                "title": f"Padrón de «{self.regla.nombre}», {self.regla.ejercicio}",
                "subject": "Plantilla para entregar un padrón de beneficiarios",
                "created": _ANTIGUO,
            }
        )
        hojas = {n: self.libro.add_worksheet(n) for n in (HOJA, GUIA, CATALOGOS)}
        self._catalogos(hojas[CATALOGOS])
        self._padron(hojas[HOJA])
        self._guia(hojas[GUIA])
        hojas[HOJA].activate()

    # --- Padrón

    def _padron(self, hoja: Worksheet) -> None:
        hoja.freeze_panes(1, 0)
        hoja.set_row(0, 32)
        hoja.repeat_rows(0)
        hoja.set_landscape()
        for lugar, campo in enumerate(self.campos):
            nombre = campo.columna.identificador
            hoja.set_column(lugar, lugar, _ancho(campo), self._de_celda(nombre))
            como = "obligatorio" if campo.es_obligatorio else "encabezado"
            hoja.write_string(0, lugar, campo.encabezado, self.formatos[como])
            hoja.write_comment(0, lugar, self._nota(campo), {"x_scale": 2, "y_scale": 1.4})
            hoja.data_validation(
                1, lugar, FILAS, lugar, limite(campo, self.regla, self.rangos.get(nombre, ""))
            )

    def _de_celda(self, nombre: str) -> Format:
        if nombre in DE_TEXTO:
            return self.formatos["texto"]
        if nombre in DE_FECHA:
            return self.formatos["fecha"]
        return self.formatos["dinero" if nombre in DE_DINERO else "celda"]

    def _nota(self, campo: Campo) -> str:
        ejemplo = self.ejemplo[campo.columna.identificador]
        return ayuda(campo, self.regla) + (f"\nEjemplo: {ejemplo}" if ejemplo else "")

    # --- Cómo llenarlo

    def _guia(self, hoja: Worksheet) -> None:
        for lugar, ancho in enumerate((30, 13, 58, 34, 44, 34)):
            hoja.set_column(lugar, lugar, ancho)
        hoja.write_string(
            0, 0, f"{self.regla.nombre}, {self.regla.ejercicio}", self.formatos["titulo"]
        )
        fila = 1
        for oracion in (*_INSTRUCCIONES, *self._de_la_politica()):
            hoja.merge_range(fila, 0, fila, 5, oracion, self.formatos["parrafo"])
            fila += 1
        fila += 1
        for lugar, rotulo in enumerate(_ROTULOS):
            hoja.write_string(fila, lugar, rotulo, self.formatos["encabezado"])
        hoja.repeat_rows(fila)
        hoja.set_landscape()
        hoja.fit_to_pages(1, 0)
        for n, campo in enumerate(self.campos, start=fila + 1):
            for lugar, texto in enumerate(self._de_guia(campo)):
                hoja.write_string(n, lugar, texto, self.formatos["parrafo"])

    def _de_guia(self, campo: Campo) -> tuple[str, ...]:
        columna = campo.columna
        que_es = f"{columna.ayuda} {en_palabras(columna.identificador, self.regla)}".strip()
        if campo.opciones:
            que_es = f"{que_es} Se elige de la lista.".strip()
        obligatoria = (
            "Sí" if campo.es_obligatorio else "En el formato" if campo.recomendada else "No"
        )
        return (
            campo.titulo,
            obligatoria,
            que_es or "Como esté en tu registro; vacía si no se sabe.",
            self.ejemplo[columna.identificador],
            campo.porque or ("El formato del ejercicio la incluye." if campo.recomendada else ""),
            campo.norma,
        )

    def _de_la_politica(self) -> tuple[str, ...]:
        if self.regla.admite_parcial:
            return ("Las filas sin errores pueden entrar mientras se corrigen las demás.",)
        return ("Este padrón entra completo: mientras una fila tenga un error, ninguna entra.",)

    # --- Catálogos

    def _catalogos(self, hoja: Worksheet) -> None:
        for lugar, campo in enumerate(c for c in self.campos if c.opciones):
            hoja.set_column(lugar, lugar, max(24, *(len(o) + 2 for o in campo.opciones)))
            hoja.write_string(0, lugar, f"Lista: {campo.titulo}", self.formatos["encabezado"])
            for n, opcion in enumerate(campo.opciones, start=1):
                hoja.write_string(n, lugar, opcion, self.formatos["celda"])
            letra = xlsxwriter.utility.xl_col_to_name(lugar, col_abs=True)
            self.rangos[campo.columna.identificador] = (
                f"='{CATALOGOS}'!{letra}$2:{letra}${len(campo.opciones) + 1}"
            )
        hoja.freeze_panes(1, 0)


_INSTRUCCIONES = (
    "Escribe una persona por renglón en la hoja «Padrón», desde el renglón 2. No cambies los títulos; "
    "puedes quitar las columnas que no sean obligatorias.",
    "Lo que lleva asterisco (*) es obligatorio. Lo que no se sepa se deja vacío: no se inventa.",
    "Al pegar desde otra hoja usa «pegar solo valores»; si no, se pierden las listas y los formatos.",
    "Las personas de los ejemplos son inventadas.",
)
_ROTULOS = (
    "Título de la columna",
    "¿Obligatoria?",
    "Qué se escribe",
    "Cómo se ve un ejemplo",
    "Por qué se pide",
    "Dónde lo dice",
)
_BORDE: dict[str, Any] = {"bottom": 1, "bottom_color": _LINEA}
_FORMATOS: dict[str, dict[str, Any]] = {
    "obligatorio": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": _GUINDA,
        "text_wrap": True,
        "valign": "vcenter",
    },
    "encabezado": {
        "bold": True,
        "bg_color": _TENUE,
        "text_wrap": True,
        "valign": "vcenter",
        **_BORDE,
    },
    "celda": {},
    "texto": {"num_format": "@"},
    "fecha": {"num_format": "dd/mm/yyyy", "align": "left"},
    "dinero": {"num_format": "#,##0.00"},
    "titulo": {"bold": True, "font_size": 14},
    "parrafo": {"text_wrap": True},
}


def _ancho(campo: Campo) -> int:
    return max(12, min(34, max(len(campo.encabezado), len(campo.columna.ejemplo)) + 3))
