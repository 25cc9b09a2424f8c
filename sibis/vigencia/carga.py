"""Alta o cambio por clave, con un informe que nombra cada renglón rechazado y su porqué."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from sibis.nucleo.errores import ArchivoIlegible
from sibis.vigencia.restricciones import con_mensajes, validar

M = TypeVar("M", bound=models.Model)


@dataclass
class InformeDeCarga:
    """Cuenta de lo hecho. `rechazos` y `avisos` llevan (fila, motivo); `notas`, lo del archivo entero."""

    asunto: str
    altas: int = 0
    cambios: int = 0
    iguales: int = 0
    rechazos: list[tuple[int, str]] = field(default_factory=list)
    avisos: list[tuple[int, str]] = field(default_factory=list)
    notas: list[str] = field(default_factory=list)

    @property
    def codigo_de_salida(self) -> int:
        """0 todo entró; 1 hubo renglones rechazados (contrato.md §2)."""
        return 1 if self.rechazos else 0

    def rechazar(self, fila: int, motivo: str) -> None:
        self.rechazos.append((fila, motivo))

    def avisar(self, fila: int, motivo: str) -> None:
        self.avisos.append((fila, motivo))

    def contar(self, resultado: str) -> None:
        """Suma uno a `altas`, `cambios` o `iguales`."""
        setattr(self, resultado, getattr(self, resultado) + 1)

    def lineas(self) -> list[str]:
        """El informe como lo lee una persona en la terminal o en el panel."""
        resumen = (
            f"{self.asunto}: {self.altas} altas, {self.cambios} cambios, {self.iguales} sin cambio, "
            f"{len(self.rechazos)} rechazados."
        )
        rechazos = [f"  fila {fila}: rechazada. {motivo}" for fila, motivo in self.rechazos]
        avisos = [f"  fila {fila}: aviso. {motivo}" for fila, motivo in self.avisos]
        return [resumen, *(f"  {nota}" for nota in self.notas), *rechazos, *avisos]


def leer_json(ruta: Path) -> Any:
    """Contenido del archivo. Levanta ArchivoIlegible con la línea donde está el error."""
    try:
        return json.loads(ruta.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise ArchivoIlegible(f"No existe el archivo {ruta.name}. Revisa la ruta.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ArchivoIlegible(
            f"No se pudo leer {ruta.name}: no es texto UTF-8 o no hay permiso."
        ) from error
    except json.JSONDecodeError as error:
        raise ArchivoIlegible(
            f"{ruta.name} no es JSON válido: línea {error.lineno}, columna {error.colno}. "
            "No se cargó nada."
        ) from error
    except (ValueError, RecursionError) as error:  # un número o un anidado que nadie escribe
        raise ArchivoIlegible(
            f"{ruta.name} no es JSON válido: trae un número o un anidado demasiado grande. "
            "No se cargó nada."
        ) from error


def en_palabras(error: ValidationError) -> str:
    """Los mensajes de validación en una sola oración por campo."""
    if hasattr(error, "message_dict"):
        return " ".join(
            f"{campo}: {' '.join(mensajes)}" if campo != "__all__" else " ".join(mensajes)
            for campo, mensajes in error.message_dict.items()
        )
    return " ".join(error.messages)


def alta_o_cambio(
    objeto_o_nada: M | None, modelo: type[M], valores: Mapping[str, Any]
) -> tuple[M, str]:
    """Crea o actualiza solo si algo cambió. Devuelve (objeto, altas|cambios|iguales).

    Levanta ValidationError, también por lo que rechaza la base, con su mensaje.
    """
    objeto = objeto_o_nada or modelo()
    nuevo = objeto.pk is None
    distintos = [c for c, v in valores.items() if nuevo or getattr(objeto, c) != v]
    if not distintos:
        return objeto, "iguales"
    for campo in distintos:
        setattr(objeto, campo, valores[campo])
    validar(objeto)
    with con_mensajes(), transaction.atomic():
        objeto.save()
    return objeto, "altas" if nuevo else "cambios"


def upsert(
    modelo: type[M], filas: Iterable[tuple[int, Mapping[str, Any]]], *, informe: InformeDeCarga
) -> dict[str, M]:
    """Alta o cambio de cada fila por `clave`; una mala no detiene a las demás.

    `filas` son (número de fila, valores del modelo). Devuelve {clave: objeto} de las que entraron.
    """
    conocidos: dict[str, M] = {o.clave: o for o in modelo._default_manager.all()}  # type: ignore[attr-defined]
    cargados: dict[str, M] = {}
    for numero, valores in filas:
        clave = str(valores.get("clave", ""))
        if clave in cargados:
            informe.rechazar(numero, f"La clave «{clave}» se repite en el archivo.")
            continue
        try:
            objeto, resultado = alta_o_cambio(conocidos.get(clave), modelo, valores)
        except ValidationError as error:
            informe.rechazar(numero, en_palabras(error))
            continue
        informe.contar(resultado)
        cargados[clave] = objeto
    return cargados


def altas_por_clave(modelo: type[M], renglones: Iterable[Any]) -> InformeDeCarga:
    """Da de alta los que faltan; los que ya están no se tocan: alguien pudo corregirlos en el panel."""
    informe = InformeDeCarga(str(modelo._meta.verbose_name_plural).capitalize())
    conocidas = set(modelo._default_manager.values_list("clave", flat=True))
    columnas = {campo.name for campo in modelo._meta.concrete_fields} - {"id"}
    for numero, renglon in enumerate(renglones, 1):
        if not isinstance(renglon, Mapping) or set(renglon) - columnas:
            informe.rechazar(numero, "No es un objeto, o trae columnas que no existen.")
        elif renglon.get("clave") in conocidas:
            informe.contar("iguales")
        else:
            try:
                objeto, resultado = alta_o_cambio(None, modelo, renglon)
            except ValidationError as error:
                informe.rechazar(numero, en_palabras(error))
                continue
            conocidas.add(objeto.clave)  # type: ignore[attr-defined]
            informe.contar(resultado)
    return informe
