"""Reglas del año que viene en distintos pasos, para que las colas del panel no estén vacías.

Pasan por los mismos servicios que usaría el personal: con sus permisos y su bitácora.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from programas.models import (
    Apartado,
    AplicaA,
    Apoyo,
    Fuente,
    MetaFisica,
    Poblacion,
    Programa,
    ReglaOperacion,
    Requisito,
    Residencia,
    TextoApartado,
    TipoDeApoyo,
)
from programas.servicios import captura, revisados, revision
from sibis.cuentas.models import Usuario
from sibis.demo import camino, cuentas
from sibis.demo.azar import azar
from sibis.demo.cuentas import MARCA, CuentaDeDemo
from sibis.demo.sincronia import Balance

_FUENTE = "DEMO"
_AVISO = "Texto inventado para la demostración."


@dataclass(frozen=True, slots=True)
class _Guion:
    """Qué programa y qué pasos le dan; sin pasos queda a medio escribir."""

    programa: str
    enlace: CuentaDeDemo
    titular: CuentaDeDemo | None = None
    pasos: tuple[str, ...] = ()


_DE_IZTAPALAPA = (cuentas.ENLACE_IZTAPALAPA, cuentas.TITULAR_IZTAPALAPA)
_DE_STYFE = (cuentas.ENLACE_STYFE, cuentas.TITULAR_STYFE)
_GUIONES = (
    _Guion("iztapalas-jefas", *_DE_IZTAPALAPA),
    _Guion("mujeres-construyendo-el-futuro", *_DE_IZTAPALAPA, ("completar", "observar")),
    _Guion("entrale-con-los-atletas", cuentas.ENLACE_CUAUHTEMOC),
    _Guion("fomento-al-trabajo-digno", *_DE_STYFE, ("completar",)),
    _Guion("seguro-de-desempleo", *_DE_STYFE, ("completar", "enviar")),
    _Guion("economia-social", *_DE_STYFE, ("completar", "validar")),
    _Guion("focofess", *_DE_STYFE, ("completar", "aprobar")),
)


def sembrar(*, semilla: int, hoy: datetime.date) -> Balance:
    """Abre las que falten. Una que ya exista, en el estado que la haya dejado alguien, se respeta."""
    personal = cuentas.de_la_base()
    altas = iguales = 0
    for guion in _GUIONES:
        anterior = _publicada(guion.programa)
        if anterior is None:
            continue
        if _ya_abierta(anterior.programa):
            iguales += 1
            continue
        _representar(guion, anterior, personal, semilla=semilla, hoy=hoy)
        altas += 1
    return Balance("reglas en trabajo", altas, 0, iguales)


def _publicada(clave: str) -> ReglaOperacion | None:
    return (
        ReglaOperacion.objects.publicadas()
        .filter(programa__clave=clave)
        .select_related("programa", "dependencia")
        .order_by("-ejercicio")
        .first()
    )


def _ya_abierta(programa: Programa) -> bool:
    """Si alguien ya trabaja una versión, o la de demostración siguió su camino, no se abre otra."""
    if programa.reglas.en_curso().exists():
        return True
    return programa.reglas.filter(nombre__endswith=MARCA).exists()


def _representar(
    guion: _Guion,
    anterior: ReglaOperacion,
    personal: dict[str, Usuario],
    *,
    semilla: int,
    hoy: datetime.date,
) -> None:
    enlace = personal[guion.enlace.usuario]
    ejercicio = max(hoy.year, anterior.ejercicio) + 1
    regla = captura.nueva_version(anterior, por=enlace, ejercicio=ejercicio)

    def escribir() -> None:
        _marcar(regla)
        if "completar" in guion.pasos:
            _completar_campos(regla, semilla=semilla)
            _completar_secciones(regla, semilla=semilla, hoy=hoy)

    captura.guardar(regla, edicion=regla.edicion, por=enlace, escribir=escribir)
    if not guion.pasos:  # a medio revisar: unos campos copiados ya se confirmaron y otros no
        revisados.confirmar(regla, ["a_quien"], por=enlace)
    if guion.titular is not None:
        _encaminar(guion, regla, personal[guion.titular.usuario], personal)


def _encaminar(
    guion: _Guion, regla: ReglaOperacion, titular: Usuario, personal: dict[str, Usuario]
) -> None:
    if "aprobar" in guion.pasos:
        camino.hasta_aprobar(regla, titular=titular, personal=personal)
    elif "validar" in guion.pasos:
        camino.hasta_validar(regla, titular=titular, personal=personal)
    elif "observar" in guion.pasos:
        camino.hasta_revision(regla, titular=titular, personal=personal)
        camino.observarla(regla, personal=personal)
    elif "enviar" in guion.pasos:
        revision.enviar(regla, por=titular)


def _marcar(regla: ReglaOperacion) -> None:
    """El nombre lo dice en cada lista; la nota, en cada página."""
    regla.nombre = f"{regla.nombre} {MARCA}"
    regla.notas = [*regla.notas, f"{_AVISO} No son las reglas de {regla.ejercicio}."]
    regla.save(update_fields=["nombre", "notas", "actualizado_en"])


def _completar_campos(regla: ReglaOperacion, *, semilla: int) -> None:
    """Los que la fuente pública no dice; los que sí, se quedan como estaban."""
    dado = azar(semilla, "regla", regla.programa.clave)
    inventados = {
        "resumen": _AVISO,
        "a_quien": _AVISO,
        "objetivo": f"Que más personas ejerzan el derecho que el programa protege. {_AVISO}",
        "unidad_responsable": f"Dirección de Programas Sociales {MARCA}",
        "como_solicitar": f"Registro en línea o en un módulo de atención. {_AVISO}",
        "queja": (
            "Por escrito o de palabra en la dependencia, en su Órgano Interno de Control o en "
            f"LOCATEL; se responde en quince días hábiles. {_AVISO}"
        ),
    }
    faltan = {campo: texto for campo, texto in inventados.items() if not getattr(regla, campo)}
    if regla.residencia == Residencia.SIN_DATO:
        es_de_alcaldia = regla.alcaldias.exists()
        faltan["residencia"] = Residencia.ALCALDIA if es_de_alcaldia else Residencia.CIUDAD
    if regla.presupuesto_aprobado is None:
        faltan["presupuesto_aprobado"] = Decimal(dado.randint(20, 400)) * 1_000_000
        faltan["presupuesto_fuente"] = _FUENTE
    for campo, valor in faltan.items():
        setattr(regla, campo, valor)
    regla.save(update_fields=[*faltan, "actualizado_en"])


def _completar_secciones(regla: ReglaOperacion, *, semilla: int, hoy: datetime.date) -> None:
    cuantas = 100 * azar(semilla, "meta", regla.programa.clave).randint(8, 90)
    fuente = Fuente.objects.create(
        regla=regla,
        clave=_FUENTE,
        texto="Demostración: cifra inventada",
        fecha=hoy,
        clase=Fuente.Clase.CAPTURA,
        orden=regla.fuentes.count() + 1,
    )
    _completar_poblacion(regla, fuente, cuantas)
    if not regla.metas.exists():
        MetaFisica.objects.create(
            regla=regla, cantidad=cuantas, unidad="personas", descripcion=_AVISO, fuente=fuente
        )
    if not regla.apoyos.exists():
        Apoyo.objects.create(
            regla=regla,
            tipo=TipoDeApoyo.objects.get(clave="transferencia"),
            descripcion=_AVISO,
            fuente=fuente,
        )
    if not regla.requisitos.filter(clase=Requisito.Clase.CONDICION).exists():
        Requisito.objects.create(regla=regla, texto=f"Cumplir con la edad que se pide. {_AVISO}")
    _escribir_apartados(regla)


def _completar_poblacion(regla: ReglaOperacion, fuente: Fuente, cuantas: int) -> None:
    """Quien ya describió su población objetivo sin contarla conserva la descripción."""
    objetivo = regla.poblaciones.filter(clase=Poblacion.Clase.OBJETIVO).first()
    objetivo = objetivo or Poblacion(
        regla=regla, clase=Poblacion.Clase.OBJETIVO, descripcion=_AVISO
    )
    if objetivo.total is None:
        objetivo.total, objetivo.fuente = cuantas * 4, fuente
        objetivo.save()


def _escribir_apartados(regla: ReglaOperacion) -> None:
    """Un texto corto en cada capítulo del documento que no lo tenga."""
    escritos = set(regla.textos.values_list("apartado_id", flat=True))
    aplican = Apartado.objects.vigentes().filter(aplica_a__in=[regla.programa.tipo, AplicaA.AMBOS])
    TextoApartado.objects.bulk_create(
        TextoApartado(regla=regla, apartado=apartado, texto=f"{apartado.nombre}. {_AVISO}")
        for apartado in aplican
        if "." not in apartado.numeral and apartado.pk not in escritos
    )
