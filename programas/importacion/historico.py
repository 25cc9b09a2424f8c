"""Carga del archivo histórico desde un manifiesto: cada renglón entra con su archivo o no entra."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from programas.importacion.archivos_de_manifiesto import abierto, carpeta_de, ubicar
from programas.importacion.dependencias_citadas import DependenciasCitadas, dependencias_citadas
from programas.importacion.plantilla_historico import (
    PLANTILLA,
    PLANTILLA_SIN_CLASE,
    Publicacion,
)
from programas.importacion.texto_de_documentos import indexar, olvidar
from programas.models import Documento, Programa
from programas.models.documento import TIPOS_ADMITIDOS, clave_de
from sibis.archivos import servicios as archivos
from sibis.archivos.models import Archivo
from sibis.archivos.tipos import PDF, tipo_de
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Dependencia
from sibis.nucleo import tabular
from sibis.nucleo.columnas import Lectura
from sibis.nucleo.errores import ArchivoIlegible
from sibis.vigencia.carga import InformeDeCarga, en_palabras
from sibis.vigencia.restricciones import con_mensajes, validar

_TEXTOS = ("resumen", "fuente", "enlace", "gaceta_numero")


@dataclass(slots=True)
class _Carga:
    """Lo que se recuerda mientras se recorre un manifiesto."""

    carpeta: Path
    limite: int
    informe: InformeDeCarga
    clase: str | None
    programas: Mapping[str, Programa]
    dependencias: DependenciasCitadas
    vistas: dict[str, int] = field(default_factory=dict)
    huellas: dict[str, int] = field(default_factory=dict)


def cargar(
    manifiesto: Path, *, carpeta: Path | None = None, clase: str | None = None
) -> InformeDeCarga:
    """Alta o cambio por identidad. Repetirla no duplica, y cortarla a la mitad se repara repitiéndola.

    `clase` es la de las filas que no la dicen. Levanta ArchivoIlegible si el manifiesto o la carpeta no se pueden leer: entonces nada entró.
    """
    plantilla = PLANTILLA if clase is None else PLANTILLA_SIN_CLASE
    tabla = tabular.abrir(manifiesto, cuantas_reconoce=plantilla.cuantas_reconoce)
    if clase is None:
        _exigir_clase(tabla.informe.encabezado)
    mapeo = plantilla.mapear(tabla.informe.encabezado)
    lecturas = [mapeo.leer(fila) for fila in tabla]
    informe = InformeDeCarga("Archivo histórico", notas=[tabla.informe.en_palabras()])
    if mapeo.ignoradas:
        informe.notas.append(f"Columnas que no se usaron: {', '.join(mapeo.ignoradas)}.")
    carga = _Carga(
        carpeta=carpeta_de(carpeta or manifiesto.resolve().parent),
        limite=settings.HISTORICO_LIMITE,
        informe=informe,
        clase=clase,
        programas=_por_clave_o_slug(),
        dependencias=dependencias_citadas(),
    )
    for lectura in lecturas:
        try:
            _cargar_fila(lectura, carga)
        except ValueError as error:
            informe.rechazar(lectura.numero, str(error))
    return informe


def _exigir_clase(encabezado: Sequence[str]) -> None:
    if "clase" not in {PLANTILLA.identificador(titulo) for titulo in encabezado}:
        raise ArchivoIlegible(
            "Falta la columna «Clase». Agrégala, o di con --clase la de todas las filas. "
            "No se cargó nada."
        )


def _por_clave_o_slug() -> dict[str, Programa]:
    programas = list(Programa.objects.select_related("dependencia"))
    return {p.clave: p for p in programas} | {p.slug: p for p in programas}


def _cargar_fila(lectura: Lectura, carga: _Carga) -> None:
    """Levanta ValueError con todo lo que está mal en la fila, junto."""
    errores = list(lectura.errores)
    dichos = lectura.valores
    valores = _valores(dichos, carga, errores)
    dependencia = _dependencia(dichos.get("dependencia"), carga, errores, lectura.numero)
    valores |= {"dependencia": dependencia} if dependencia else {}
    ruta = _ruta(dichos.get("archivo"), carga, errores)
    if errores:
        raise ValueError(" ".join(errores))
    clave = _clave(dichos, valores)
    if antes := carga.vistas.get(clave):
        raise ValueError(f"Repite el documento de la fila {antes}.")
    resultado = _guardar(clave, valores, ruta, carga, lectura.numero)
    carga.vistas[clave] = lectura.numero
    carga.informe.contar(resultado)


def _valores(dichos: Mapping[str, Any], carga: _Carga, errores: list[str]) -> dict[str, Any]:
    """Los del modelo. Una celda vacía borra el dato; una columna ausente, no."""
    valores = {c: dichos[c] or "" for c in _TEXTOS if c in dichos}
    valores |= {c: dichos[c] for c in ("titulo", "clase") if dichos.get(c)}
    if carga.clase is not None:
        valores.setdefault("clase", carga.clase)
    publicado: Publicacion | None = dichos.get("fecha")
    if "fecha" in dichos:
        valores["fecha"] = publicado.fecha if publicado else None
        valores["anio_publicacion"] = publicado.anio if publicado else None
    valores["ejercicio"] = dichos.get("ejercicio") or (publicado.anio if publicado else None)
    if valores["ejercicio"] is None and "no es" not in " ".join(errores):
        errores.append("Falta el año: escribe «Ejercicio» o «Fecha».")
    if programa := dichos.get("programa"):
        valores["programa"] = carga.programas.get(programa.strip().lower())
        if valores["programa"] is None:
            errores.append(f"No hay un programa con clave «{programa[:60]}».")
    return valores


def _dependencia(
    citada: str | None, carga: _Carga, errores: list[str], fila: int
) -> Dependencia | None:
    if not citada:
        return None
    dependencia, interpretada = carga.dependencias.hallar(citada)
    if dependencia is None:
        errores.append(carga.dependencias.queja(citada))
    elif interpretada:
        carga.informe.avisar(fila, f"«{citada[:60]}» se tomó como {dependencia.nombre}.")
    return dependencia


def _ruta(citado: str | None, carga: _Carga, errores: list[str]) -> Path | None:
    if not citado:
        return None
    try:
        return ubicar(citado, carpeta=carga.carpeta, limite=carga.limite)
    except ValueError as error:
        errores.append(str(error))
        return None


def _clave(dichos: Mapping[str, Any], valores: Mapping[str, Any]) -> str:
    """La que da el manifiesto o, si no, lo que hace único a un documento: siempre la misma."""
    if propia := dichos.get("clave"):
        return clave_de("manifiesto", propia)
    de_quien = valores.get("programa") or valores.get("dependencia")
    identidad = (valores["clase"], valores["ejercicio"], valores["titulo"])
    return clave_de(*identidad, de_quien.clave if de_quien else "", valores.get("gaceta_numero"))


@transaction.atomic
def _guardar(
    clave: str, valores: Mapping[str, Any], ruta: Path | None, carga: _Carga, fila: int
) -> str:
    """«altas», «cambios» o «iguales». Levanta ValueError con el motivo, y entonces nada entró."""
    documento = Documento.objects.filter(clave=clave).select_for_update().first()
    if documento is not None and documento.origen == Documento.Origen.PANEL:
        carga.informe.avisar(fila, "Alguien lo corrigió en el panel: se dejó como está.")
        return "iguales"
    nuevo = documento is None
    documento = documento or Documento(clave=clave, origen=Documento.Origen.MANIFIESTO)
    cambio = [c for c, v in valores.items() if nuevo or getattr(documento, c) != v]
    for campo in cambio:
        setattr(documento, campo, valores[campo])
    otro_archivo = ruta is not None and _poner_archivo(documento, ruta, carga, fila)
    if not cambio and not otro_archivo:
        return "iguales"
    _escribir(documento)
    evento = {"documento": documento.clave, "ejercicio": documento.ejercicio}
    registrar(
        "documento.incorporado", documento, por=None, dependencia=documento.dependencia, **evento
    )
    return "altas" if nuevo else "cambios"


def _escribir(documento: Documento) -> None:
    try:
        validar(documento)
        with con_mensajes(), transaction.atomic():
            documento.save()
    except ValidationError as error:
        raise ValueError(en_palabras(error)) from error
    indexar([documento.pk])


def _poner_archivo(documento: Documento, ruta: Path, carga: _Carga, fila: int) -> bool:
    """Guarda el archivo y lo cita; falso si ya era ése. Avisa si otra fila trae el mismo contenido."""
    archivo = _guardado(ruta, carga.limite)
    if antes := carga.huellas.get(archivo.sha256):
        carga.informe.avisar(fila, f"Trae el mismo archivo que la fila {antes}: se guardó una vez.")
    carga.huellas.setdefault(archivo.sha256, fila)
    if documento.archivo_id == archivo.pk:
        return False
    documento.cambiar_archivo(archivo)
    if documento.pk is not None:
        olvidar(documento)
    return True


def _guardado(ruta: Path, limite: int) -> Archivo:
    try:
        with abierto(ruta) as contenido:
            dice_ser_pdf = ruta.suffix.lower() == ".pdf" and ruta.stat().st_size > 0
            if dice_ser_pdf and tipo_de(contenido) != PDF:
                raise ValueError(
                    f"«{ruta.name}» se llama PDF y no lo es: vuelve a descargarlo, o cámbiale la "
                    "terminación por la suya."
                )
            return archivos.guardar(contenido, por=None, limite=limite, tipos=TIPOS_ADMITIDOS)
    except archivos.TipoNoAdmitido as error:
        raise ValueError(f"«{ruta.name}»: {error.mensaje}") from error
    except archivos.ArchivoMuyGrande as error:
        raise ValueError(f"«{ruta.name}»: {error.mensaje}") from error
