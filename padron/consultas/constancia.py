"""Lo que dice un recibo: se arma al aplicarse la carga y ya no cambia.

Forma canónica «sibis-recibo-1»: el JSON de la constancia en UTF-8, con las llaves en orden alfabético,
sin espacios y sin escapar lo que no sea ASCII. Su SHA-256 es la huella del recibo. No trae nada de las
personas inscritas; del personal, la cuenta y la función con que actuó.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from padron.consultas.huella_de_registros import FORMA as FORMA_DE_REGISTROS
from padron.consultas.huella_de_registros import ResumenDeRegistros
from padron.models import Carga
from sibis.cuentas.models import Usuario

FORMA = "sibis-recibo-1"


def folio_de(carga: Carga) -> str:
    """«P-2025-000123» → «R-2025-000123»."""
    return f"R{carga.folio[1:]}"


def constancia_de(carga: Carga, resumen: ResumenDeRegistros) -> dict[str, Any]:
    """La carga llega ya aplicada, dentro de la transacción que la aplica."""
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "forma": FORMA,
            "folio": folio_de(carga),
            "carga": carga.folio,
            "dependencia": {
                "clave": carga.dependencia.clave,
                "nombre": carga.dependencia.nombre_actual,
            },
            "programa": {"clave": carga.programa.clave, "nombre": carga.regla.nombre},
            "ejercicio": carga.ejercicio,
            "periodo": carga.periodo,
            "regla": {"clave": carga.regla.clave_oficial or "", "version": carga.regla.version},
            "entrega": _entrega(carga),
            "renglones": _renglones(carga, resumen),
            "personas": resumen.personas,
            "sexo": {
                "mujeres": resumen.mujeres,
                "hombres": resumen.hombres,
                "otro": resumen.otros,
            },
            "monto": _dinero(resumen.monto),
            "declarado": _declarado(carga),
            "registros": {"forma": FORMA_DE_REGISTROS, "sha256": resumen.sha256},
            "revision": _revision(carga),
            "sustituye": _sustituida(carga),
            "cargada": _acto(carga, carga.cargada_por, carga.recibida_en),
            "confirmada": _acto(carga, carga.aplicada_por, carga.aplicada_en),
        }


def canonica(constancia: dict[str, Any]) -> bytes:
    """Los bytes de los que sale la huella: los mismos aunque la base reordene las llaves."""
    texto = json.dumps(constancia, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return texto.encode()


def huella(constancia: dict[str, Any]) -> str:
    return hashlib.sha256(canonica(constancia)).hexdigest()


def _entrega(carga: Carga) -> dict[str, Any]:
    """Sin el nombre del archivo, que lo puso una persona. Lo tecleado puede no tener archivo."""
    archivo = carga.archivo
    return {
        "origen": carga.origen,
        "sha256": archivo.sha256 if archivo else "",
        "bytes": archivo.bytes if archivo else 0,
        "recibida_en": _momento(carga.recibida_en),
    }


def _renglones(carga: Carga, resumen: ResumenDeRegistros) -> dict[str, int]:
    """Descartados: los que no eran de nadie (totales, notas, encabezados repetidos)."""
    return {
        "recibidos": carga.filas,
        "inscritos": resumen.registros,
        "en_espera": carga.con_error,
        "descartados": max(0, carga.filas - resumen.registros - carga.con_error),
        "con_aviso": carga.con_aviso,
        "celdas_corregidas": carga.correcciones.values("fila", "lugar").distinct().count(),
    }


def _declarado(carga: Carga) -> dict[str, Any]:
    """Lo que la dependencia dijo que traía; None es que no lo dijo."""
    return {
        "renglones": carga.filas_declaradas,
        "monto": _dinero(carga.monto_declarado),
        "mujeres": carga.mujeres_declaradas,
        "hombres": carga.hombres_declarados,
    }


def _revision(carga: Carga) -> dict[str, Any]:
    pasada = carga.pasada
    return {
        "pasada": pasada.numero if pasada else None,
        "regla_version": pasada.regla.version if pasada else carga.regla.version,
        "comprobaciones": pasada.huella_de_comprobaciones if pasada else "",
    }


def _sustituida(carga: Carga) -> dict[str, str] | None:
    if carga.sustituye is None:
        return None
    return {"carga": carga.sustituye.folio, "recibo": folio_de(carga.sustituye)}


def _acto(
    carga: Carga, quien: Usuario | None, cuando: datetime.datetime | None
) -> dict[str, str] | None:
    """Con qué cuenta y en qué función lo hizo, ese día y en esa dependencia."""
    if quien is None or cuando is None:
        return None
    funciones = {
        str(a.get_rol_display())
        for a in quien.adscripciones_vigentes(timezone.localdate(cuando))
        if a.dependencia_id == carga.dependencia_id
    }
    return {
        "cuenta": quien.get_username(),
        "funcion": ", ".join(sorted(funciones)),
        "en": _momento(cuando),
    }


def _momento(cuando: datetime.datetime) -> str:
    return timezone.localtime(cuando).isoformat(timespec="seconds")


def _dinero(monto: Decimal | str | None) -> str | None:
    return None if monto is None else f"{Decimal(monto):.2f}"
