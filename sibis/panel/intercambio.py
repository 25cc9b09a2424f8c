"""Catálogos y listas cortas en archivo, de ida y vuelta: el mismo que se descarga se corrige y se sube.

django-import-export compara y valida; leer el archivo, escribir las celdas y guardar son nuestros: su
lector de hojas es openpyxl y su manera de quitar fórmulas borra un «=» de los datos.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.instance_loaders import CachedInstanceLoader
from import_export.results import Result, RowResult
from tablib import Dataset

from sibis.archivos.models import Archivo
from sibis.archivos.servicios import almacen
from sibis.nucleo import libro, tabular
from sibis.nucleo.errores import ArchivoIlegible
from sibis.nucleo.normalizacion import clave_comparable
from sibis.panel import celdas
from sibis.panel.previa import Cambio, Previa
from sibis.panel.textos import en_texto
from sibis.vigencia.carga import en_palabras
from sibis.vigencia.restricciones import con_mensajes

LIMITES = tabular.Limites(tamano=2_000_000, filas=5_000, columnas=60, caracteres_por_celda=20_000)


@dataclass(frozen=True, slots=True)
class Leido:
    datos: Dataset
    filas: list[int] = field(default_factory=list)
    ignoradas: tuple[str, ...] = ()
    como: str = ""


def campos_de(lista: ModelAdmin) -> tuple[str, ...]:
    """Los que la lista declara; vacío si ese modelo no se intercambia."""
    return tuple(getattr(lista, "columnas_de_intercambio", ()) or ())


def clave_de(lista: ModelAdmin) -> str:
    return str(getattr(lista, "clave_de_intercambio", "clave"))


def titulos(lista: ModelAdmin) -> dict[str, str]:
    """Campo → encabezado, como se lee en el panel."""
    return {c: str(_campo(lista, c).verbose_name) for c in campos_de(lista)}


def _campo(lista: ModelAdmin, nombre: str) -> models.Field:
    campo = lista.model._meta.get_field(nombre)
    if not isinstance(campo, models.Field):
        raise FieldDoesNotExist(nombre)
    return campo


def renglones(lista: ModelAdmin, objetos: models.QuerySet) -> Iterator[list[str]]:
    """El catálogo entero, con su encabezado, para corregirlo y volver a subirlo."""
    yield list(titulos(lista).values())
    escribir = {c: celdas.escritor(_campo(lista, c)) for c in campos_de(lista)}
    for objeto in objetos.iterator(500):
        yield [escribir[c](objeto) for c in campos_de(lista)]


def leer(archivo: Archivo, lista: ModelAdmin) -> Leido:
    """El archivo guardado como tabla de texto. Levanta ArchivoIlegible, con qué hacer."""
    with tempfile.TemporaryDirectory(prefix="intercambio-") as carpeta:
        ruta = Path(carpeta) / "archivo"
        with almacen().open(archivo.ruta, "rb") as guardado:
            ruta.write_bytes(guardado.read(LIMITES.tamano + 1))
        if "spreadsheetml" in archivo.tipo:
            hoja = Path(carpeta) / "hoja.csv"
            libro.a_csv(ruta, hoja)
            ruta = hoja
        return _tabla(ruta, lista)


def _tabla(ruta: Path, lista: ModelAdmin) -> Leido:
    conocidos = {
        clave_comparable(nombre): campo
        for campo, titulo in titulos(lista).items()
        for nombre in (campo, titulo)
    }
    tabla = tabular.abrir(
        ruta,
        cuantas_reconoce=lambda fila: sum(clave_comparable(c) in conocidos for c in fila),
        limites=LIMITES,
    )
    lugares: dict[str, int] = {}
    ignoradas = []
    for lugar, titulo in enumerate(tabla.informe.encabezado):
        campo = conocidos.get(clave_comparable(titulo))
        if campo is None or campo in lugares:
            ignoradas.append(titulo)
        else:
            lugares[campo] = lugar
    if clave_de(lista) not in lugares:
        raise ArchivoIlegible(
            _("Falta la columna «%(clave)s», que dice de qué renglón se trata. No se cargó nada.")
            % {"clave": titulos(lista)[clave_de(lista)]}
        )
    datos, filas = Dataset(headers=list(lugares)), []
    for fila in tabla:
        datos.append(
            [
                celdas.sin_comilla(fila.valores[i]) if i < len(fila.valores) else ""
                for i in lugares.values()
            ]
        )
        filas.append(fila.numero)
    return Leido(datos, filas, tuple(t for t in ignoradas if t.strip()), _como(tabla))


def _como(tabla: tabular.Tabla) -> str:
    return _("Encabezado en la fila %(fila)s; %(columnas)s columnas.") % {
        "fila": tabla.informe.fila_encabezado,
        "columnas": len(tabla.informe.encabezado),
    }


class Recurso(resources.ModelResource):
    """Lo que todos comparten. Sin `escribir`, valida y compara y no guarda ningún renglón."""

    request: HttpRequest
    lista: ModelAdmin
    escribir: bool

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        self.vistas: set[str] = set()

    def before_import_row(self, row: dict[str, str], **kwargs: Any) -> None:
        clave = row.get(clave_de(self.lista), "")
        if not clave:
            raise ValidationError(_("Falta la clave."))
        if clave in self.vistas:
            raise ValidationError(_("La clave «%(clave)s» se repite.") % {"clave": clave[:60]})
        self.vistas.add(clave)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Lo mismo que en su página: la facultad sobre ese renglón y lo que el modelo exige."""
        super().validate_instance(instance, import_validation_errors, validate_unique)
        existe = instance.pk is not None
        permite = (
            self.lista.has_change_permission(self.request, instance)
            if existe
            else self.lista.has_add_permission(self.request)
        )
        if not permite:
            raise ValidationError(_("Tu función no permite cambiar este renglón."))

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """En su punto de guardado: lo que la base rechaza en uno no ensucia a los demás."""
        if not self.escribir:
            return
        guardar = getattr(self.lista, "guardar_de_intercambio", None)
        with con_mensajes(), transaction.atomic():
            if guardar is None:
                instance.save()
            else:
                guardar(instance, por=self.request.user)


def _recurso(lista: ModelAdmin, request: HttpRequest, *, escribir: bool) -> Recurso:
    """Un recurso para ese modelo, con nuestras celdas y nuestros mensajes."""
    declarados: dict[str, Any] = {
        c: fields.Field(
            attribute=c,
            column_name=c,
            widget=celdas.lector(_campo(lista, c)),
            saves_null_values=True,
        )
        for c in campos_de(lista)
    }
    meta = type(
        "Meta",
        (),
        {
            "model": lista.model,
            "fields": campos_de(lista),
            "import_id_fields": (clave_de(lista),),
            "instance_loader_class": CachedInstanceLoader,
            "skip_unchanged": True,
            "report_skipped": True,
            "clean_model_instances": True,
            "store_instance": True,
            "skip_html_diff": True,
            "use_transactions": True,
        },
    )
    clase = type("RecursoDe" + lista.model.__name__, (Recurso,), {**declarados, "Meta": meta})
    recurso = clase()
    recurso.lista, recurso.request, recurso.escribir = lista, request, escribir
    return recurso


def previsualizar(request: HttpRequest, lista: ModelAdmin, archivo: Archivo) -> Previa:
    leido = leer(archivo, lista)
    resultado = _recurso(lista, request, escribir=False).import_data(
        leido.datos, dry_run=True, raise_errors=False
    )
    return _previa(lista, leido, resultado)


def aplicar(request: HttpRequest, lista: ModelAdmin, archivo: Archivo) -> Previa:
    """Todo o nada: con un renglón malo la transacción se deshace y se dice cuál es."""
    leido = leer(archivo, lista)
    with transaction.atomic():
        resultado = _recurso(lista, request, escribir=True).import_data(
            leido.datos,
            raise_errors=False,
            use_transactions=True,
            rollback_on_validation_errors=True,
        )
        previa = _previa(lista, leido, resultado)
        if previa.errores:
            transaction.set_rollback(True)
    return previa


def _previa(lista: ModelAdmin, leido: Leido, resultado: Result) -> Previa:
    """`has_errors` no basta: los errores de fuera de renglón y los de validación van aparte."""
    errores = [(0, _dicho(lista, e.error)) for e in resultado.base_errors]
    altas, cambios, iguales = [], [], 0
    for fila, renglon in zip(leido.filas, resultado.rows, strict=False):
        if renglon.errors:
            errores += [(fila, _dicho(lista, e.error)) for e in renglon.errors]
        elif renglon.validation_error:
            errores.append((fila, _dicho(lista, renglon.validation_error)))
        elif renglon.import_type == RowResult.IMPORT_TYPE_NEW:
            altas.append(Cambio(fila, _nombre(lista, renglon.instance), es_alta=True))
        elif renglon.import_type == RowResult.IMPORT_TYPE_UPDATE:
            cambios.append(_cambio(lista, fila, renglon, leido.datos.headers))
        else:
            iguales += 1
    return Previa(
        tuple(altas), tuple(cambios), iguales, tuple(errores), leido.ignoradas, leido.como
    )


def _nombre(lista: ModelAdmin, objeto: Any) -> str:
    clave, nombre = en_texto(getattr(objeto, clave_de(lista))), str(objeto)
    return nombre if clave == nombre else f"{clave} · {nombre}"


def _cambio(lista: ModelAdmin, fila: int, renglon: RowResult, traidos: Sequence[str]) -> Cambio:
    campos = []
    for nombre in traidos:
        escribir = celdas.escritor(_campo(lista, nombre))
        antes, despues = escribir(renglon.original), escribir(renglon.instance)
        if antes != despues:
            campos.append((titulos(lista)[nombre], antes, despues))
    return Cambio(fila, _nombre(lista, renglon.instance), es_alta=False, campos=tuple(campos))


def _dicho(lista: ModelAdmin, error: Exception) -> str:
    """En palabras y con el título de la columna; lo que no se esperaba, sin traza."""
    if isinstance(error, ValidationError):
        if not hasattr(error, "message_dict"):
            return en_palabras(error)
        conocidos = titulos(lista)
        return " ".join(
            f"{conocidos[c].capitalize()}: {' '.join(m)}" if c in conocidos else " ".join(m)
            for c, m in error.message_dict.items()
        )
    dicho = getattr(error, "mensaje", "")
    return dicho or _("No se pudo leer este renglón. Revisa sus celdas.")
