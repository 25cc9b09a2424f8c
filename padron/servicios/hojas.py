"""La hoja corregida: recibirla, ver qué cambiaría y aplicarlo. El archivo se conserva tal como llegó."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from padron.consultas.filas import Contexto
from padron.importacion import hoja_corregida
from padron.importacion.hoja_corregida import Leida
from padron.models import Carga, HojaCorregida
from padron.servicios.correcciones import (
    LARGO_DE_CELDA,
    Celda,
    apartar_para_corregir,
    escribir_celdas,
)
from padron.servicios.en_marcha import revisar_de_nuevo
from padron.servicios.exigencias import anotar
from sibis.archivos import servicios as archivos
from sibis.cuentas.models import Usuario
from sibis.nucleo.errores import EdicionConcurrente, ErrorDeNegocio


@transaction.atomic
def recibir(carga: Carga, contenido: BinaryIO, *, por: Usuario) -> HojaCorregida:
    """La guarda y comprueba que se pueda leer y sea de esta carga. Levanta ArchivoIlegible."""
    contexto = apartar_para_corregir(carga, por=por)
    archivo = archivos.guardar(contenido, por=por, limite=hoja_corregida.LIMITES.archivo)
    hoja = HojaCorregida.objects.create(carga=contexto.carga, archivo=archivo, por=por)
    previa_de(contexto, hoja)
    anotar("carga.hoja_subida", contexto.carga, por=por, sha256=archivo.sha256)
    return hoja


def previa_de(contexto: Contexto, hoja: HojaCorregida) -> Leida:
    """Qué cambiaría. Se vuelve a leer: lo de hace rato pudo cambiar."""
    leida = Leida()
    with _en_csv(hoja) as ruta:
        for _lote in hoja_corregida.leer(contexto, ruta, leida):
            pass
    return leida


@transaction.atomic
def aplicar(carga: Carga, hoja: HojaCorregida, *, por: Usuario, en_cola: bool = True) -> Leida:
    """Anota las celdas cambiadas y revisa de nuevo la carga. Lo que no procede se queda como está."""
    contexto = apartar_para_corregir(carga, por=por)
    apartada = HojaCorregida.objects.select_for_update(of=("self",)).get(pk=hoja.pk)
    if apartada.aplicada_en is not None:
        raise EdicionConcurrente(_("Esa hoja ya se aplicó. No se hizo nada otra vez."))
    leida = Leida()
    with _en_csv(apartada) as ruta:
        for cambiadas in hoja_corregida.leer(contexto, ruta, leida):
            celdas = [
                Celda(c.fila.fila, c.lugar, c.fila.crudo(c.lugar), c.nuevo[:LARGO_DE_CELDA])
                for c in cambiadas
            ]
            escribir_celdas(contexto.carga, celdas, por=por)
    if not leida.celdas:
        raise ErrorDeNegocio(_("La hoja dice lo mismo que la carga: no hay nada que cambiar."))
    apartada.aplicada_en, apartada.celdas = timezone.now(), leida.celdas
    apartada.save(update_fields=["aplicada_en", "celdas"])
    anotar(
        "carga.hoja_aplicada",
        contexto.carga,
        por=por,
        celdas=leida.celdas,
        filas=leida.filas,
        negadas=leida.cuantas_negadas,
    )
    revisar_de_nuevo(carga, por=por, en_cola=en_cola)
    return leida


@contextmanager
def _en_csv(hoja: HojaCorregida) -> Iterator[Path]:
    """En una carpeta privada que se borra al terminar."""
    with tempfile.TemporaryDirectory(prefix="sibis-hoja-") as carpeta:
        trabajo = Path(carpeta)
        ruta = trabajo / "subida"
        with archivos.abrir(hoja.archivo) as original, ruta.open("wb") as copia:
            for trozo in original.chunks(1 << 20):
                copia.write(trozo)
        yield hoja_corregida.a_csv(ruta, trabajo)
