"""Programas inventados de punta a punta, para que se vea cada bloque de una página completa.

Nada del catálogo real se toca: estos llevan la marca en el nombre y en su clave.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from programas.models import (
    Convocatoria,
    DerechoSocial,
    FechaDeEntrega,
    Programa,
    ReglaOperacion,
)
from programas.servicios import captura, publicacion
from sibis.cuentas.models import Dependencia, Usuario
from sibis.demo import cuentas
from sibis.demo.calendario import al_abrir, al_cerrar, en, habil
from sibis.demo.camino import hasta_aprobar
from sibis.demo.guiones import EJEMPLOS, PREFIJO, Ejemplo
from sibis.demo.secciones import campos, numerales, secciones
from sibis.demo.sincronia import Balance


def sembrar(*, hoy: datetime.date) -> Balance:
    """Crea los que falten, por los mismos servicios que usaría el personal."""
    personal = cuentas.de_la_base()
    altas = 0
    for ejemplo in EJEMPLOS:
        if Programa.objects.filter(clave=ejemplo.clave).exists():
            continue
        _crear(ejemplo, personal, hoy)
        altas += 1
    return Balance("programas de ejemplo", altas, 0, len(EJEMPLOS) - altas)


def _crear(ejemplo: Ejemplo, personal: Mapping[str, Usuario], hoy: datetime.date) -> None:
    dependencia = Dependencia.objects.get(clave=ejemplo.enlace.dependencia)
    programa = Programa.objects.create(
        clave=ejemplo.clave,
        slug=ejemplo.direccion_anterior or ejemplo.clave,
        nombre=ejemplo.nombre,
        tipo=ejemplo.tipo,
        dependencia=dependencia,
    )
    if ejemplo.direccion_anterior:  # cambió de dirección: la de antes sigue llevando aquí
        programa.slug = ejemplo.clave
        programa.save(update_fields=["slug"])
    enlace = personal[ejemplo.enlace.usuario]
    for ejercicio in (hoy.year - 1, hoy.year):
        regla = captura.iniciar(
            programa,
            ejercicio=ejercicio,
            nombre=ejemplo.nombre,
            dependencia=dependencia,
            por=enlace,
        )
        _escribir(regla, ejemplo, personal, hoy)
        _publicar(regla, ejemplo, personal, hoy, numero=1000 + ejercicio % 100)
    if ejemplo.con_otra_version:
        _otra_version(programa, ejemplo, personal, hoy)


def _otra_version(
    programa: Programa, ejemplo: Ejemplo, personal: Mapping[str, Usuario], hoy: datetime.date
) -> None:
    """Una modificación a mitad del año: así se ve una versión ya sustituida."""
    publicada = programa.reglas.publicadas().order_by("-ejercicio")[0]
    enlace = personal[ejemplo.enlace.usuario]
    nueva = captura.nueva_version(publicada, por=enlace)

    def escribir() -> None:
        nueva.presupuesto_aprobado = (nueva.presupuesto_aprobado or Decimal(0)) * Decimal("1.1")
        nueva.presupuesto_trimestres = None
        nueva.razon_de_la_version = "Se amplía el presupuesto y aumenta la meta. Demostración."
        nueva.vigente_desde = min(hoy, datetime.date(nueva.ejercicio, 3, 1))
        nueva.save()
        nueva.metas.update(cantidad=ejemplo.personas + 200)
        nueva.textos.filter(apartado__clave="rop-14").update(
            texto="Un comité vecinal, elegido en asamblea, opina sobre las fechas y los lugares de "
            "entrega y acompaña la evaluación."
        )

    captura.guardar(nueva, edicion=nueva.edicion, por=enlace, escribir=escribir)
    _publicar(nueva, ejemplo, personal, hoy, numero=2000)


def _publicar(
    regla: ReglaOperacion,
    ejemplo: Ejemplo,
    personal: Mapping[str, Usuario],
    hoy: datetime.date,
    *,
    numero: int,
) -> None:
    hasta_aprobar(regla, titular=personal[ejemplo.titular.usuario], personal=personal)
    publicacion.publicar(
        regla,
        por=personal[cuentas.VALIDA.usuario],
        gaceta_numero=str(numero),
        gaceta_fecha=min(hoy, datetime.date(regla.ejercicio, 1, 31)),
        coplade_acuerdo=""
        if ejemplo.tipo == "accion"
        else f"COPLADE/SO/I/{numero}/{regla.ejercicio}",
    )


def _escribir(
    regla: ReglaOperacion, ejemplo: Ejemplo, personal: Mapping[str, Usuario], hoy: datetime.date
) -> None:
    es_de_antes = regla.ejercicio < hoy.year

    def escribir() -> None:
        for campo, valor in campos(regla, ejemplo, es_de_antes).items():
            setattr(regla, campo, valor)
        regla.save()
        regla.derechos.set(DerechoSocial.objects.filter(clave__in=ejemplo.derechos))
        for seccion in secciones(regla, ejemplo, es_de_antes, hoy):
            seccion.save()
        numerales(regla, ejemplo, es_de_antes)

    enlace = personal[ejemplo.enlace.usuario]
    captura.guardar(regla, edicion=regla.edicion, por=enlace, escribir=escribir)


def ventanas(hoy: datetime.date) -> list[Convocatoria]:
    """La del año pasado, ya cerrada, y la de este: abierta, en espera o por abrir."""
    return [
        convocatoria
        for ejemplo in EJEMPLOS
        if (programa := Programa.objects.filter(clave=ejemplo.clave).first()) is not None
        for convocatoria in (
            _ventana(programa, hoy.year - 1, hoy - datetime.timedelta(days=330), 40),
            _ventana(programa, hoy.year, en(hoy, ejemplo.abre_en), 60, modo=ejemplo.modo),
        )
    ]


def _ventana(
    programa: Programa,
    ejercicio: int,
    desde: datetime.date,
    dias: int,
    *,
    modo: str = Convocatoria.Modo.NORMAL,
) -> Convocatoria:
    return Convocatoria(
        programa=programa,
        ejercicio=ejercicio,
        nombre="Convocatoria general",
        abre=al_abrir(habil(desde)),
        cierra=al_cerrar(habil(en(desde, dias))),
        modo=modo,
        como="En línea o en el módulo. Convocatoria inventada para la demostración.",
        es_demostracion=True,
    )


def entregas(hoy: datetime.date) -> list[FechaDeEntrega]:
    return [
        FechaDeEntrega(
            programa=programa,
            ejercicio=hoy.year,
            concepto=f"Entrega {numero} de 3",
            desde=habil(en(hoy, dias)),
            hasta=habil(en(hoy, dias + 4)),
            lugar="En los módulos del programa",
            es_demostracion=True,
        )
        for programa in Programa.objects.filter(clave__startswith=PREFIJO)
        for numero, dias in enumerate((12, 42, 72), 1)
    ]
