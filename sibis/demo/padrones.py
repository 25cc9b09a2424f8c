"""Unas cuantas cargas de padrón, cada una en otro momento. Las personas son inventadas."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from padron.consultas.regla import hechos_de
from padron.estados import EstadoCarga
from padron.importacion import avance
from padron.models import Carga, DisposicionDePadron
from padron.servicios import cargas, decisiones, en_marcha
from padron.validacion.motor import CifrasDeControl
from padron.validacion.regla import Regla
from programas.models import ReglaOperacion
from sibis.cuentas.models import Usuario
from sibis.demo import cuentas
from sibis.demo.cuentas import CuentaDeDemo
from sibis.demo.personas import Persona, inventar
from sibis.demo.sincronia import Balance
from sibis.nucleo.edades import edad_en_meses
from sibis.territorio.models import Alcaldia

Personal = Mapping[str, Usuario]
_TITULOS = (
    "FOLIO",
    "CURP",
    "NOMBRES",
    "PRIMER APELLIDO",
    "SEGUNDO APELLIDO",
    "FECHA DE NACIMIENTO",
)
_TITULOS += ("SEXO", "ALCALDÍA", "APOYO", "MONTO")
# Los que nadie reconoce por su nombre: esa carga se queda preguntando.
_OTROS_TITULOS = (
    "ID",
    "CLAVE",
    "NOM",
    "AP 1",
    "AP 2",
    "F NAC",
    "S",
    "DEMARCACIÓN",
    "QUÉ",
    "CANTIDAD",
)


@dataclass(frozen=True, slots=True)
class _Guion:
    """De qué programa y quién la entrega; cuántos renglones, cuántos mal, y hasta dónde llega."""

    programa: str
    enlace: CuentaDeDemo
    titular: CuentaDeDemo | None
    renglones: int
    mal: int
    hasta: str


_GUIONES = (
    _Guion("seguro-de-desempleo", cuentas.ENLACE_STYFE, cuentas.TITULAR_STYFE, 60, 0, "aplicada"),
    _Guion(
        "iztapalas-jefas",
        cuentas.ENLACE_IZTAPALAPA,
        cuentas.TITULAR_IZTAPALAPA,
        90,
        4,
        "por_confirmar",
    ),
    _Guion(
        "mujeres-construyendo-el-futuro", cuentas.ENLACE_IZTAPALAPA, None, 120, 40, "por_revisar"
    ),
    _Guion("entrale-con-los-atletas", cuentas.ENLACE_CUAUHTEMOC, None, 40, 6, "por_mapear"),
)


def sembrar(*, semilla: int, hoy: datetime.date) -> Balance:
    """Entrega las que falten, con los servicios de siempre. Si un programa ya tiene una, se respeta."""
    personal = cuentas.de_la_base()
    altas = iguales = 0
    for guion in _GUIONES:
        regla = _regla(guion.programa, hoy)
        if regla is None:
            continue
        if Carga.objects.filter(programa=regla.programa, ejercicio=regla.ejercicio).exists():
            iguales += 1
            continue
        _representar(guion, regla, personal, semilla=semilla)
        altas += 1
    return Balance("cargas de padrón", altas, 0, iguales)


def _regla(programa: str, hoy: datetime.date) -> ReglaOperacion | None:
    """La publicada del año pasado, que es el padrón que toca entregar; si no la hay, la de éste."""
    return (
        ReglaOperacion.objects.publicadas()
        .filter(programa__clave=programa, ejercicio__in=(hoy.year - 1, hoy.year))
        .select_related("programa", "dependencia")
        .order_by("ejercicio")
        .first()
    )


def _representar(guion: _Guion, regla: ReglaOperacion, personal: Personal, *, semilla: int) -> None:
    DisposicionDePadron.objects.get_or_create(programa=regla.programa, ejercicio=regla.ejercicio)
    enlace = personal[guion.enlace.usuario]
    carga = cargas.recibir(
        io.BytesIO(_archivo(guion, regla, semilla)),
        nombre=f"demostracion-{guion.programa}.csv",
        programa=regla.programa,
        ejercicio=regla.ejercicio,
        cifras=CifrasDeControl(filas=guion.renglones),
        por=enlace,
        en_cola=False,
    )
    _revisar(carga)
    if carga.estado == EstadoCarga.POR_MAPEAR and guion.hasta != "por_mapear":
        en_marcha.confirmar_mapeo(
            carga, mapeo=carga.lectura["propuesta"]["lugares"], por=enlace, en_cola=False
        )
        _revisar(carga)
    if carga.estado != EstadoCarga.POR_REVISAR or not carga.validas:
        return
    if guion.hasta in ("por_confirmar", "aplicada"):
        carga = decisiones.presentar(carga, por=enlace)
    if guion.hasta == "aplicada" and guion.titular is not None:
        decisiones.aplicar(carga, por=personal[guion.titular.usuario])


def _revisar(carga: Carga) -> None:
    """Aquí mismo: son pocos renglones y al terminar de sembrar ya están listas."""
    avance.avanzar(carga.pasadas.latest("numero").pk, segundos=60)
    carga.refresh_from_db()


def _archivo(guion: _Guion, regla: ReglaOperacion, semilla: int) -> bytes:
    hechos = hechos_de(regla)
    salida = io.StringIO()
    escritor = csv.writer(salida)
    escritor.writerow(_OTROS_TITULOS if guion.hasta == "por_mapear" else _TITULOS)
    for numero, persona in enumerate(_personas(guion, hechos, semilla), start=1):
        renglon = _renglon(numero, persona, hechos)
        escritor.writerow(_descompuesto(renglon, numero) if numero <= guion.mal else renglon)
    return salida.getvalue().encode()


def _personas(guion: _Guion, hechos: Regla, semilla: int) -> Iterator[Persona]:
    """Las que la regla admite, sin repetir."""
    vistas: set[str] = set()
    numero = 0
    while len(vistas) < guion.renglones:
        persona = inventar(semilla, "padron", guion.programa, numero)
        numero += 1
        if persona.curp in vistas or not (_admite(hechos, persona) or numero > 5_000):
            continue
        vistas.add(persona.curp)
        yield persona


def _admite(hechos: Regla, persona: Persona) -> bool:
    edad = edad_en_meses(persona.nacimiento, al=datetime.date(hechos.ejercicio, 1, 1))
    return (
        hechos.sexo in ("", persona.sexo)
        and edad >= (hechos.edad_min_meses or 0)
        and edad <= (hechos.edad_max_meses or 1_500)
    )


def _renglon(numero: int, persona: Persona, hechos: Regla) -> list[str]:
    apoyo = hechos.apoyos[0] if hechos.apoyos else None
    clave = hechos.alcaldias[0] if hechos.alcaldias else "09007"
    alcaldia = Alcaldia.objects.filter(clave=clave).values_list("nombre", flat=True).first()
    return [
        f"D-{numero:04}",
        persona.curp,
        persona.nombres,
        persona.primer_apellido,
        persona.segundo_apellido,
        f"{persona.nacimiento:%d/%m/%Y}",
        persona.sexo,
        alcaldia or "Iztapalapa",
        apoyo.nombre if apoyo else "Apoyo económico",
        str(apoyo.maximo if apoyo and apoyo.maximo is not None else "1500.00"),
    ]


def _descompuesto(renglon: list[str], numero: int) -> list[str]:
    """Como suele llegar: un dígito cambiado, la fecha con dos cifras, la alcaldía mal escrita."""
    mal = list(renglon)
    if numero % 4 == 0:
        mal[1] = mal[1][:-1] + str((int(mal[1][-1]) + 1) % 10)
    elif numero % 4 == 1:
        mal[5] = mal[5][:6] + "1899"
    elif numero % 4 == 2:
        mal[7] = "Itzapalap"
    else:
        mal[9] = "2.900"
    return mal
