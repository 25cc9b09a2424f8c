"""La carga de un corte: se lee, se suma, se copia y se coteja en una sola transacción.

Entra entero o no entra: medio presupuesto es un presupuesto falso. El mismo archivo otra vez no
cambia nada; uno corregido sustituye al anterior, que conserva sus sumas.
"""

from __future__ import annotations

import datetime
import hashlib
import resource
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Count, Max, Sum

from presupuesto import proyeccion
from presupuesto.importacion import propuestas, unidades
from presupuesto.importacion.disposiciones import (
    CLAVES,
    MONTOS,
    Formato,
    cuantas_reconoce,
    exigir_montos,
    formato_de,
)
from presupuesto.importacion.importes import a_centavos
from presupuesto.importacion.informe import InformeDeEgresos
from presupuesto.importacion.lectores import LECTORES, LecturaPorPrograma
from presupuesto.importacion.lectura import Lectura
from presupuesto.models import CorteDeEgresos, DescripcionDeClave, Disposicion, Momento
from sibis.bitacora.registro import registrar
from sibis.cuentas.models import Usuario
from sibis.nucleo import tabular
from sibis.nucleo.errores import ArchivoIlegible

LIMITES = tabular.Limites(tamano=3_000_000_000, filas=4_000_000, caracteres_por_celda=20_000)
TROZO = 1 << 18
_FIN = {"aprobado": (1, 1), "t1": (3, 31), "t2": (6, 30), "t3": (9, 30)}
FUENTES = {
    Disposicion.EGRESOS: (
        "Secretaría de Administración y Finanzas, datos abiertos de egresos",
        "https://datos.cdmx.gob.mx/dataset/presupuesto-de-egresos",
    ),
    Disposicion.POR_PROGRAMA: (
        "Recopilación pública por programa presupuestario, de la Cuenta Pública y del "
        "Presupuesto de Egresos de la Ciudad de México",
        "",
    ),
    Disposicion.NOMBRADOS: (
        "Recopilación pública de programas con nombre y monto, del Proyecto y el Decreto de "
        "Presupuesto de Egresos de la Ciudad de México",
        "",
    ),
}


class _Rechazado(Exception):
    """Deshace la transacción cuando hay filas malas; el informe ya las nombra."""


@dataclass(frozen=True, slots=True)
class Encargo:
    """Qué archivo es de qué corte, y de parte de quién."""

    ruta: Path
    ejercicio: int
    momento: str
    por: Usuario | None = None
    fuente: str = ""
    fuente_url: str = ""
    es_demostracion: bool = False

    @property
    def fecha(self) -> datetime.date:
        return datetime.date(self.ejercicio, *_FIN.get(self.momento, (12, 31)))

    def fuente_de(self, disposicion: Disposicion) -> tuple[str, str]:
        return (self.fuente, self.fuente_url) if self.fuente else FUENTES[disposicion]


def cargar(encargo: Encargo) -> InformeDeEgresos:
    """Carga el archivo y cuenta lo que hizo. Levanta ArchivoIlegible; entonces no cambió nada."""
    inicio = time.monotonic()
    informe = InformeDeEgresos(f"{encargo.ejercicio}-{encargo.momento}", encargo.ruta.name)
    tabla = tabular.abrir(encargo.ruta, cuantas_reconoce=cuantas_reconoce, limites=LIMITES)
    formato = formato_de(tabla.informe.encabezado)
    mapeo = formato.plantilla.mapear(tabla.informe.encabezado)
    exigir_montos(tuple(mapeo.lugares), encargo.momento)
    informe.disposicion = formato.clave
    informe.codificacion = tabla.informe.codificacion
    informe.fila_encabezado = tabla.informe.fila_encabezado
    informe.columnas = mapeo.reconocidas
    informe.columnas_ignoradas = mapeo.ignoradas
    informe.columnas_faltantes = [
        c.titulo for c in formato.plantilla.columnas if c.identificador not in mapeo.lugares
    ]
    informe.sha256 = _huella(encargo.ruta)
    lectura = LECTORES[formato.clave](tabla, mapeo, ejercicio=encargo.ejercicio, informe=informe)
    try:
        with transaction.atomic():
            _cargar(encargo, formato, lectura)
    except _Rechazado:
        informe.resultado = "rechazado"
    informe.segundos = time.monotonic() - inicio
    informe.memoria_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return informe


def _cargar(encargo: Encargo, formato: Formato, lectura: Lectura) -> None:
    informe = lectura.informe
    _esperar_turno(informe.corte)
    vigente = (
        CorteDeEgresos.objects.vigentes()
        .filter(ejercicio=encargo.ejercicio, momento=encargo.momento, disposicion=formato.clave)
        .first()
    )
    if vigente is not None and vigente.sha256 == informe.sha256:
        informe.resultado, informe.filas = "sin_cambio", vigente.filas
        informe.totales = _totales(vigente)
        return
    numero = _siguiente_numero()
    _copiar(lectura, numero)
    _anotar_lo_general(lectura)
    informe.totales = {m.removeprefix("monto_"): lectura.sumas[m] for m in MONTOS}
    if informe.con_error:
        raise _Rechazado
    if not informe.filas:
        raise ArchivoIlegible(
            f"{encargo.ruta.name} no trae renglones de {encargo.ejercicio}. No se cargó nada."
        )
    if vigente is not None:
        _sustituir(vigente)
    corte = _dar_de_alta(numero, encargo, formato, lectura)
    _derivar(corte, lectura)
    informe.resultado = "cargado"
    registrar(
        "egresos.cargados",
        corte,
        por=encargo.por,
        corte=corte.clave,
        renglones=corte.filas,
        sha256=corte.sha256,
        sustituye=vigente.pk if vigente else None,
    )


def _esperar_turno(corte: str) -> None:
    """Dos cargas del mismo corte a la vez van una detrás de otra."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"egresos {corte}"])


def _siguiente_numero() -> int:
    """El del corte se aparta antes: su renglón se escribe al final, cuando ya se saben las sumas."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('presupuesto_cortedeegresos', 'id'))")
        return int(cursor.fetchone()[0])


def _copiar(lectura: Lectura, numero: int) -> None:
    columnas = ", ".join(("corte_id", "fila", *CLAVES, *MONTOS))
    orden = f"COPY presupuesto_renglondeegresos ({columnas}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(orden) as copia:
        pendientes: list[str] = []
        cabe = TROZO
        for linea in lectura.lineas(numero):
            pendientes.append(linea)
            cabe -= len(linea)
            if cabe < 0:
                copia.write("".join(pendientes))
                pendientes, cabe = [], TROZO
        copia.write("".join(pendientes))


def _anotar_lo_general(lectura: Lectura) -> None:
    informe = lectura.informe
    informe.notas.append(lectura.tabla.informe.en_palabras())
    if informe.columnas_ignoradas:
        informe.notas.append(f"Columnas que no se usaron: {', '.join(informe.columnas_ignoradas)}.")
    if informe.columnas_faltantes:
        informe.notas.append(f"Columnas que no trae: {', '.join(informe.columnas_faltantes)}.")
    if lectura.redondeadas:
        informe.notas.append(
            f"{lectura.redondeadas:,} importes traían más de dos decimales; se guardaron en centavos."
        )
    for monto in MONTOS:
        exacta, suma = a_centavos(lectura.exactas[monto]), lectura.sumas[monto]
        if suma is not None and exacta != suma:
            informe.notas.append(
                f"{monto}: redondear cada renglón movió la suma {suma - exacta:,.2f} pesos."
            )
    if isinstance(lectura, LecturaPorPrograma) and lectura.de_otros_anios:
        informe.notas.append(
            f"{lectura.de_otros_anios:,} renglones son de otros años: no se cargan."
        )


def _totales(corte: CorteDeEgresos) -> dict[str, Decimal | None]:
    return {
        "aprobado": corte.total_aprobado,
        "modificado": corte.total_modificado,
        "ejercido": corte.total_ejercido,
    }


def _sustituir(vigente: CorteDeEgresos) -> None:
    """Se queda su renglón con sus sumas; sus claves se van para no guardarlas dos veces."""
    vigente.renglones.all().delete()
    vigente.resumen.all().delete()
    vigente.descripciones.all().delete()
    vigente.estado = CorteDeEgresos.Estado.SUSTITUIDO
    vigente.save(update_fields=["estado"])


def _dar_de_alta(
    numero: int, encargo: Encargo, formato: Formato, lectura: Lectura
) -> CorteDeEgresos:
    fuente, url = encargo.fuente_de(formato.clave)
    corte = CorteDeEgresos(
        pk=numero,
        ejercicio=encargo.ejercicio,
        momento=Momento(encargo.momento),
        disposicion=formato.clave,
        archivo=encargo.ruta.name[:255],
        sha256=lectura.informe.sha256,
        codificacion=lectura.informe.codificacion,
        filas=lectura.informe.filas,
        total_aprobado=lectura.sumas["monto_aprobado"],
        total_modificado=lectura.sumas["monto_modificado"],
        total_ejercido=lectura.sumas["monto_ejercido"],
        fuente=fuente,
        fuente_url=url,
        fecha_corte=encargo.fecha,
        es_demostracion=encargo.es_demostracion,
        responsable=encargo.por,
    )
    corte.save(force_insert=True)
    return corte


def _derivar(corte: CorteDeEgresos, lectura: Lectura) -> None:
    """Descripciones, resumen, unidades, propuestas y montos; y que el resumen cuadre."""
    DescripcionDeClave.objects.bulk_create(
        (
            DescripcionDeClave(corte=corte, clasificador=c, clave=clave, descripcion=texto)
            for (c, clave), texto in lectura.descripciones.items()
            if texto
        ),
        batch_size=2_000,
    )
    proyeccion.resumir(corte)
    unidades.completar(corte)
    proyeccion.refrescar()
    if propuestas.proponer(corte):
        proyeccion.refrescar()
    exigir_que_cuadre(corte)


def exigir_que_cuadre(corte: CorteDeEgresos) -> None:
    """Lo que leen las páginas suma lo mismo que el archivo. Levanta ArchivoIlegible si no."""
    suma = corte.resumen.aggregate(
        aprobado=Sum("aprobado"), modificado=Sum("modificado"), ejercido=Sum("ejercido")
    )
    dichos = {m: t for m, t in _totales(corte).items() if t}
    if {m: t for m, t in suma.items() if t} != dichos:
        raise ArchivoIlegible("El resumen no suma lo mismo que el archivo. No se cargó nada.")
    if corte.pk in proyeccion.totales_que_no_cuadran():
        raise ArchivoIlegible("Los totales no suman lo mismo que el resumen. No se cargó nada.")


def descuadres() -> list[str]:
    """Cortes vigentes cuyos renglones, resumen o totales ya no suman lo que deben."""
    hallados = []
    sin_totales = proyeccion.totales_que_no_cuadran()
    for corte in CorteDeEgresos.objects.vigentes():
        if corte.pk in sin_totales:
            hallados.append(f"{corte.clave}: los totales no son la suma del resumen.")
        for que, sufijo in (("renglones", "monto_"), ("resumen", "")):
            suma = getattr(corte, que).aggregate(
                **{m: Sum(f"{sufijo}{m}") for m in _totales(corte)},
                filas=Count("pk") if que == "renglones" else Sum("filas"),
                ultima=Max("pk"),
            )
            malos = [m for m, t in _totales(corte).items() if (suma[m] or 0) != (t or 0)]
            if malos or (suma["filas"] or 0) != corte.filas:
                hallados.append(
                    f"{corte.clave}: los {que} no cuadran ({', '.join(malos) or 'filas'})."
                )
    return hallados


def _huella(ruta: Path) -> str:
    with ruta.open("rb") as archivo:
        return hashlib.file_digest(archivo, "sha256").hexdigest()
