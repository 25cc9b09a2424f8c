"""Centros inventados dentro de cada alcaldía; nombre, dirección y teléfono dicen que no existen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from django.contrib.gis.geos import GEOSGeometry, Point
from django.contrib.gis.geos.prepared import PreparedGeometry
from django.utils.text import slugify

from sibis.demo.azar import azar
from sibis.demo.sincronia import Balance, igualar
from sibis.territorio.ciudad import SRID
from sibis.territorio.models import Alcaldia, Centro, TipoDeCentro

FUENTE = "Demostración"
# Lo que hay en toda alcaldía, y de lo que cada una recibe unos cuantos por turno.
_EN_TODAS = (
    "comedor-comunitario",
    "comedor-comunitario",
    "comedor-publico",
    "pilares",
    "pilares",
    "centro-dif",
    "modulo-de-atencion",
)
_POR_TURNO = (
    "comedor-movil",
    "casa-de-la-mujer",
    "ubr",
    "comedor-popular",
    "utopia",
    "luna",
    "cacdi",
    "casa-de-cuidados",
    "albergue",
    "cais",
)
_CUANTOS_POR_TURNO = 4
_UNICOS = {"cvc": "09015"}  # hay uno en la ciudad

_HORARIOS = {
    "comedor-comunitario": ("Lunes a viernes de 13:00 a 16:00", "Lunes a sábado de 12:30 a 15:30"),
    "comedor-publico": ("Lunes a viernes de 10:00 a 17:00",),
    "comedor-movil": ("Lunes a viernes de 12:00 a 15:00, hasta agotar raciones",),
    "comedor-popular": ("Lunes a viernes de 13:00 a 16:00",),
    "albergue": ("Todos los días de 18:00 a 8:00",),
    "cais": ("Todos los días, las 24 horas",),
    "cvc": ("Todos los días, las 24 horas",),
    "pilares": ("Lunes a sábado de 10:00 a 19:00", "Martes a domingo de 9:00 a 18:00"),
    "utopia": ("Martes a domingo de 7:00 a 20:00",),
    "cacdi": ("Lunes a viernes de 7:00 a 16:00",),
}
_HORARIO_DE_OFICINA = ("Lunes a viernes de 9:00 a 18:00", "Lunes a viernes de 9:00 a 15:00")
_SERVICIOS = {
    "comedor-comunitario": ("Comida caliente", "Comida para llevar"),
    "comedor-publico": ("Comida gratuita", "Registro en el lugar"),
    "comedor-movil": ("Comida caliente",),
    "comedor-popular": ("Desayuno", "Comida caliente"),
    "cais": ("Hospedaje", "Alimentos", "Atención médica", "Trabajo social"),
    "cvc": ("Valoración médica", "Trabajo social", "Canalización"),
    "albergue": ("Hospedaje por una noche", "Cena y desayuno"),
    "ubr": ("Terapia física", "Terapia de lenguaje", "Estimulación temprana"),
    "centro-dif": ("Orientación familiar", "Talleres", "Asesoría jurídica"),
    "cacdi": ("Cuidado infantil", "Educación inicial", "Alimentos"),
    "casa-de-cuidados": ("Cuidado de día", "Descanso para quien cuida", "Talleres"),
    "pilares": ("Ciberescuela", "Talleres de oficios", "Deporte", "Cultura"),
    "utopia": ("Alberca", "Deporte", "Cultura", "Servicios de cuidado"),
    "luna": ("Atención psicológica", "Asesoría jurídica", "Trabajo social"),
    "casa-de-la-mujer": ("Talleres", "Asesoría", "Acompañamiento"),
    "modulo-de-atencion": ("Informes", "Recepción de documentos", "Entrega de tarjetas"),
}
_ACCESIBILIDAD = (
    "Entrada a nivel de calle y baño accesible.",
    "Rampa en la entrada; el baño no es accesible.",
    "Un escalón en la entrada; hay quien ayude a subir.",
    "Rampa, baño accesible y señalización en braille.",
    "",
)
_MARGEN = 0.004  # grados hacia dentro del límite: unos 400 metros
_CANDIDATOS = 6  # de cada tanda queda el más lejano de los demás, para que no se encimen


def sembrar(*, semilla: int) -> Balance:
    """Unos once por alcaldía. Los que otra semilla puso en otro punto se mueven; ninguno se borra."""
    tipos = {tipo.clave: tipo for tipo in TipoDeCentro.objects.all()}
    alcaldias = list(Alcaldia.objects.order_by("clave"))
    deseados = [
        centro
        for turno, alcaldia in enumerate(alcaldias)
        for centro in _centros_de(alcaldia, turno, tipos, semilla)
    ]
    return igualar(
        deseados, modelo=Centro, asunto="centros", llave=("clave",), quitar_sobrantes=False
    )


def _claves_de_tipo(alcaldia: Alcaldia, turno: int) -> Iterator[str]:
    yield from _EN_TODAS
    for lugar in range(_CUANTOS_POR_TURNO):
        yield _POR_TURNO[(turno * 3 + lugar) % len(_POR_TURNO)]
    yield from (tipo for tipo, donde in _UNICOS.items() if donde == alcaldia.clave)


def _centros_de(
    alcaldia: Alcaldia, turno: int, tipos: dict[str, TipoDeCentro], semilla: int
) -> Iterator[Centro]:
    dado = azar(semilla, "centros", alcaldia.clave)
    puntos = _puntos_dentro(alcaldia.geometria, dado)
    vistos: Counter[str] = Counter()
    for clave in _claves_de_tipo(alcaldia, turno):
        vistos[clave] += 1
        # El dado y el punto se gastan aunque falte el tipo: los demás no cambian de lugar.
        punto, lugar = next(puntos), vistos[clave]
        detalles = _detalles(clave, dado, alcaldia, numero=sum(vistos.values()))
        if tipo := tipos.get(clave):
            yield _centro(tipo, alcaldia, lugar, punto, detalles)


def _centro(
    tipo: TipoDeCentro, alcaldia: Alcaldia, lugar: int, punto: Point, detalles: dict[str, object]
) -> Centro:
    nombre = f"{tipo.nombre} de demostración {alcaldia.nombre} {lugar}"
    return Centro(
        clave=f"demo-{tipo.clave}-{alcaldia.clave}-{lugar}",
        slug=slugify(nombre),
        nombre=nombre,
        tipo=tipo,
        alcaldia=alcaldia,
        punto=punto,
        fuente=FUENTE,
        es_demostracion=True,
        **detalles,
    )


def _detalles(clave: str, dado: Random, alcaldia: Alcaldia, *, numero: int) -> dict[str, object]:
    orden = int(alcaldia.clave[3:]) * 100 + numero
    return {
        "direccion": f"Calle Inventada {10 * numero + dado.randint(1, 9)}",
        "horario": dado.choice(_HORARIOS.get(clave, _HORARIO_DE_OFICINA)),
        "telefono": f"55 0000 {orden:04d}",
        "servicios": list(_SERVICIOS.get(clave, ())),
        "accesibilidad": dado.choice(_ACCESIBILIDAD),
    }


def _puntos_dentro(geometria: GEOSGeometry, dado: Random) -> Iterator[Point]:
    """Puntos al azar lejos del límite, cada uno apartado de los anteriores."""
    adentro = geometria.buffer(-_MARGEN)
    if adentro.empty:
        adentro = geometria
    preparada, caja, elegidos = adentro.prepared, adentro.extent, []
    while True:
        candidatos = [_uno_dentro(preparada, caja, dado) for _ in range(_CANDIDATOS)]
        elegidos.append(max(candidatos, key=lambda c: _al_mas_cercano(c, elegidos)))
        yield elegidos[-1]


def _uno_dentro(
    preparada: PreparedGeometry, caja: tuple[float, float, float, float], dado: Random
) -> Point:
    oeste, sur, este, norte = caja
    while True:
        lon, lat = round(dado.uniform(oeste, este), 6), round(dado.uniform(sur, norte), 6)
        punto = Point(lon, lat, srid=SRID)
        if preparada.contains(punto):
            return punto


def _al_mas_cercano(punto: Point, otros: list[Point]) -> float:
    return min((punto.distance(otro) for otro in otros), default=0.0)
