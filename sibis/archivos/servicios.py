"""Guardar y abrir por huella. Es lo único que escribe en el almacén."""

from __future__ import annotations

import errno
import hashlib
import tempfile
from collections.abc import Collection
from typing import IO, Any, BinaryIO

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import connection, transaction
from django.utils.translation import gettext as _

from sibis.archivos.models import PERMISO_DE_BORRAR, Archivo, ruta_de
from sibis.archivos.tipos import tipo_de
from sibis.bitacora.registro import Persona, registrar
from sibis.nucleo.errores import ErrorDeNegocio

ALIAS = "archivos"
TROZO = 1 << 20
_SIN_LUGAR = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class ArchivoMuyGrande(ErrorDeNegocio):
    """Pasa del límite; se dejó de leer en cuanto se supo."""


class TipoNoAdmitido(ErrorDeNegocio):
    """El contenido no es de los que ese lugar recibe."""


class SinEspacio(ErrorDeNegocio):
    """El disco está lleno: no quedó nada a medias."""


class ArchivoPerdido(ErrorDeNegocio):
    """El registro está y el contenido no: hay que recuperarlo de un respaldo."""


def almacen() -> Storage:
    return storages[ALIAS]


@transaction.atomic
def guardar(
    flujo: BinaryIO, *, por: Persona | None, limite: int, tipos: Collection[str] | None = None
) -> Archivo:
    """Guarda lo que trae `flujo`, a trozos, hasta `limite` bytes. El mismo contenido es un solo archivo.

    Levanta ArchivoMuyGrande, TipoNoAdmitido o SinEspacio, y entonces no queda nada. Si la
    transacción de quien llama se deshace, el contenido queda suelto y lo quita `depurar_archivos`.
    """
    try:
        with tempfile.TemporaryFile() as provisional:
            sha256, cuantos = _copiar(flujo, provisional, limite)
            tipo = tipo_de(provisional)
            if tipos is not None and tipo not in tipos:
                raise TipoNoAdmitido(_("El contenido no es de un tipo que se reciba aquí."))
            return _registrado(provisional, sha256=sha256, cuantos=cuantos, tipo=tipo, por=por)
    except OSError as error:
        if error.errno not in _SIN_LUGAR:
            raise
        raise SinEspacio(
            _(
                "No hay espacio para guardar el archivo. No quedó nada a medias: avisa a quien "
                "opera el sistema y vuelve a intentarlo."
            )
        ) from error


def _copiar(flujo: BinaryIO, destino: IO[bytes], limite: int) -> tuple[str, int]:
    huella, cuantos = hashlib.sha256(), 0
    while trozo := flujo.read(TROZO):
        cuantos += len(trozo)
        if cuantos > limite:
            raise ArchivoMuyGrande(
                _("El archivo pasa de %(mb)s MB, que es el máximo.") % {"mb": limite // 1_000_000}
            )
        huella.update(trozo)
        destino.write(trozo)
    if not cuantos:
        raise TipoNoAdmitido(_("El archivo está vacío."))
    destino.flush()
    return huella.hexdigest(), cuantos


def _registrado(
    contenido: IO[bytes], *, sha256: str, cuantos: int, tipo: str, por: Persona | None
) -> Archivo:
    """Quien guarda y quien depura la misma huella se esperan uno al otro."""
    apartar(sha256)
    conocido = Archivo.objects.filter(sha256=sha256).first()
    if conocido is not None and almacen().exists(conocido.ruta):
        return conocido
    contenido.seek(0)
    almacen().save(ruta_de(sha256), File(contenido))
    if conocido is not None:  # el contenido se había perdido y acaba de volver
        return conocido
    archivo = Archivo.objects.create(sha256=sha256, bytes=cuantos, tipo=tipo)
    registrar("archivo.guardado", archivo, por=por, sha256=sha256, bytes=cuantos)
    return archivo


def apartar(sha256: str) -> None:
    """Un turno por huella, hasta que termine la transacción."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sha256])


def abrir(archivo: Archivo) -> File:
    """Para leerlo a trozos; quien lo abre lo cierra. Levanta ArchivoPerdido si el contenido no está."""
    try:
        return almacen().open(archivo.ruta, "rb")
    except FileNotFoundError as error:
        raise ArchivoPerdido(
            _("El archivo está registrado y su contenido no se encuentra.")
        ) from error


def quitar(archivo: Archivo) -> bool:
    """Borra renglón y contenido si nada lo cita; falso si algo lo usa. Va dentro de una transacción."""
    apartar(archivo.sha256)
    if esta_en_uso(archivo):
        return False
    with connection.cursor() as cursor:
        # Si alguien lo cita en este momento, falla aquí y no después de perder el contenido.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config(%s, 'si', true)", [PERMISO_DE_BORRAR])
        cursor.execute("DELETE FROM archivos_archivo WHERE id = %s", [archivo.pk])
        cursor.execute("SELECT set_config(%s, '', true)", [PERMISO_DE_BORRAR])
    registrar("archivo.depurado", archivo, por=None, sha256=archivo.sha256)
    almacen().delete(archivo.ruta)
    return True


def esta_en_uso(archivo: Archivo) -> bool:
    """¿Algún modelo lo cita? Las llaves las dice Django: nadie tiene que anotarse."""
    relaciones: list[Any] = [
        r for r in Archivo._meta.get_fields(include_hidden=True) if r.one_to_many
    ]
    llaves = [r for r in relaciones if r.field.db_constraint]  # la historia no retiene archivos
    return any(
        llave.related_model._base_manager.filter(**{llave.field.name: archivo}).exists()
        for llave in llaves
    )
