"""Qué programas inventados hay y en qué se distinguen: lo que `ejemplos.py` representa."""

from __future__ import annotations

from dataclasses import dataclass

from programas.models import Convocatoria
from sibis.demo import cuentas
from sibis.demo.cuentas import MARCA, CuentaDeDemo

PREFIJO = "demo-"


@dataclass(frozen=True, slots=True)
class Ejemplo:
    """Lo que distingue a cada uno; lo demás es común."""

    clave: str
    nombre: str
    tipo: str
    enlace: CuentaDeDemo
    titular: CuentaDeDemo
    apoyo: str
    monto: int | None
    que: str
    quien: str
    resumen: str
    personas: int
    edades: tuple[int, int | None]
    derechos: tuple[str, ...]
    modo: str = Convocatoria.Modo.NORMAL
    abre_en: int = -20
    direccion_anterior: str = ""
    con_otra_version: bool = False


_DE_STYFE = {"enlace": cuentas.ENLACE_STYFE, "titular": cuentas.TITULAR_STYFE}
_DE_IZTAPALAPA = {"enlace": cuentas.ENLACE_IZTAPALAPA, "titular": cuentas.TITULAR_IZTAPALAPA}
EJEMPLOS = (
    Ejemplo(
        clave="demo-taller-y-oficio",
        nombre=f"Taller y Oficio {MARCA}",
        tipo="programa",
        **_DE_STYFE,
        apoyo="transferencia",
        monto=2_400,
        que="aprender un oficio",
        quien="Las personas sin empleo de 18 a 59 años",
        resumen="Dinero cada mes mientras aprendes un oficio, y herramienta para empezar.",
        personas=1_800,
        edades=(216, 719),
        derechos=("trabajo",),
        direccion_anterior="demo-oficios-para-todas",
        con_otra_version=True,
    ),
    Ejemplo(
        clave="demo-huertos-de-mi-barrio",
        nombre=f"Huertos de mi Barrio {MARCA}",
        tipo="programa",
        **_DE_IZTAPALAPA,
        apoyo="proyecto-colectivo",
        monto=38_000,
        que="producir alimentos cerca de casa",
        quien="Los grupos vecinales de cinco personas o más",
        resumen="Dinero y asesoría para que un grupo de vecinas y vecinos abra un huerto.",
        personas=90,
        edades=(216, None),
        derechos=("alimentacion", "medio-ambiente"),
        modo=Convocatoria.Modo.LISTA_DE_ESPERA,
    ),
    Ejemplo(
        clave="demo-abrigo-de-invierno",
        nombre=f"Abrigo de Invierno {MARCA}",
        tipo="accion",
        **_DE_IZTAPALAPA,
        apoyo="especie",
        monto=None,
        que="pasar el invierno con abrigo",
        quien="Las personas que viven en las zonas más frías",
        resumen="Cobijas, chamarras y bebidas calientes en las colonias más frías.",
        personas=6_000,
        edades=(0, None),
        derechos=("proteccion-social",),
        abre_en=25,
    ),
)
