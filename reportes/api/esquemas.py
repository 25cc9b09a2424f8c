"""Qué contesta la API. Los nombres son contrato: se agregan, no se cambian ni se quitan."""

from __future__ import annotations

import datetime
from decimal import Decimal

from ninja import Schema
from pydantic import Field


class Nombrado(Schema):
    clave: str
    nombre: str


class ProgramaEnLista(Schema):
    clave: str = Field(description="No cambia con los años.")
    nombre: str
    tipo: str
    dependencia: str
    ejercicio: int = Field(description="Año de las reglas que se muestran.")
    ejercicios: list[int] = Field(description="Años con reglas publicadas, del último al primero.")
    estado: str = Field(description="abierto, pausado, lista_de_espera o cerrado, hoy.")
    estado_texto: str
    que_recibes: str
    para_quien: str
    es_demostracion: bool = Field(description="Hay datos inventados para enseñar el sistema.")
    pagina: str
    api: str


class Apoyo(Schema):
    modalidad: str
    tipo: Nombrado
    descripcion: str
    monto_minimo: Decimal | None
    monto_maximo: Decimal | None
    base: str
    periodicidad: str
    ministraciones: int | None
    personas: int | None
    para: str


class Requisito(Schema):
    clase: str
    numeral: str
    texto: str


class Poblacion(Schema):
    clase: str
    total: int | None
    mujeres: int | None
    hombres: int | None
    edad_min_meses: int | None
    edad_max_meses: int | None
    territorio: str
    descripcion: str


class Meta(Schema):
    cantidad: int
    unidad: str
    descripcion: str


class Fuente(Schema):
    clave: str
    texto: str
    url: str
    fecha: datetime.date | None
    clase: str


class Compatibilidad(Schema):
    clase: str
    programa: str | None = Field(description="Clave, si el otro programa está aquí.")
    nombre: str
    condicion: str


class Numeral(Schema):
    numeral: str
    titulo: str
    texto: str


class Regla(Schema):
    """Una versión publicada de las reglas de un programa en un año. Vacío: la fuente no lo dice."""

    id: str = Field(description="programa.ejercicio.version")
    programa: str
    nombre: str
    ejercicio: int
    version: int
    vigente: bool = Field(
        description="false: otra versión la sustituyó, o se publicó y todavía no rige."
    )
    estado: str = Field(description="publicado, suspendido, cerrado, sustituido o por_regir.")
    rige_desde: datetime.date | None = Field(description="null: desde su Gaceta.")
    clave_oficial: str
    dependencia: Nombrado
    unidad_responsable: str
    que_es: str
    a_quien: str
    objetivo: str
    derechos: list[Nombrado]
    grupos: list[Nombrado]
    alcaldias: list[Nombrado] = Field(description="Vacía: toda la ciudad.")
    edad_min_meses: int | None
    edad_max_meses: int | None
    sexo: str
    residencia: str
    residencia_detalle: str
    como_solicitar: str
    acceso_simultaneo: str
    queja: str
    apoyos: list[Apoyo]
    requisitos: list[Requisito]
    poblaciones: list[Poblacion]
    metas: list[Meta]
    compatibilidades: list[Compatibilidad]
    presupuesto_aprobado: Decimal | None
    presupuesto_ejercido: Decimal | None
    gaceta_numero: str
    gaceta_fecha: datetime.date | None
    enlace: str
    fuentes: list[Fuente]
    numerales: list[Numeral] = Field(description="El texto de las reglas, si ya se capturó.")
    actualizado: datetime.datetime
    pagina: str


class Convocatoria(Schema):
    id: int
    programa: str
    programa_nombre: str
    ejercicio: int
    nombre: str
    estado: str
    abre: datetime.datetime
    cierra: datetime.datetime | None = Field(description="null: sin fecha de cierre.")
    modo: str
    cupo: int | None
    como: str
    enlace: str
    es_demostracion: bool


class Entrega(Schema):
    concepto: str
    ejercicio: int
    desde: datetime.date
    hasta: datetime.date | None
    lugar: str
    es_demostracion: bool


class ReglaBreve(Schema):
    id: str
    ejercicio: int
    api: str


class Programa(Schema):
    """Un programa, con sus reglas más recientes y su calendario."""

    clave: str
    nombre: str
    tipo: str
    dependencia: Nombrado
    otros_nombres: list[str]
    estado: str
    estado_texto: str
    reglas: list[ReglaBreve] = Field(description="Una por año, de la última a la primera.")
    regla: Regla
    convocatorias: list[Convocatoria]
    entregas: list[Entrega]
    centros: list[str] = Field(description="Claves de los centros donde se pide o se recibe.")
    pagina: str


class Punto(Schema):
    type: str = "Point"
    coordinates: list[float] = Field(description="Longitud y latitud (WGS 84).")


class PropiedadesDeCentro(Schema):
    clave: str
    nombre: str
    tipo: Nombrado
    direccion: str
    colonia: str
    alcaldia: Nombrado | None
    horario: str
    telefono: str
    servicios: list[str]
    accesibilidad: str
    capacidad: int | None
    fuente: str
    fecha_corte: datetime.date | None
    es_demostracion: bool
    pagina: str


class Centro(Schema):
    type: str = "Feature"
    id: str
    geometry: Punto
    properties: PropiedadesDeCentro


class Centros(Schema):
    """Una FeatureCollection (RFC 7946) que también es una lista de la API."""

    type: str = "FeatureCollection"
    features: list[Centro]
    resultados: list[Centro] = Field(description="Los mismos que `features`.")
    siguiente: str | None
    total: int
