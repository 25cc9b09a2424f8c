"""Un programa con regla publicada, quien carga sus padrones y quien los confirma."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from padron.importacion import avance, escribir, indexar
from padron.models import Carga
from padron.servicios import cargas, en_marcha
from sibis.cuentas import roles
from tests.fabricas.cuentas import con_rol
from tests.fabricas.programas import ReglaFactory
from tests.padron.carga.archivos import padron


@pytest.fixture(autouse=True)
def _carpeta_de_trabajo(settings, tmp_path):
    settings.PADRON_TRABAJO = tmp_path / "trabajo"


@pytest.fixture
def en_disco(settings, tmp_path, monkeypatch):
    """El otro proceso ve los mismos archivos; y todo va por dos conexiones, como lo grande."""
    settings.STORAGES = settings.STORAGES | {
        "archivos": {
            "BACKEND": "sibis.archivos.almacen.AlmacenEnDisco",
            "OPTIONS": {"location": str(tmp_path / "archivos")},
        }
    }
    settings.PADRON_PARTICION_DESDE = 1_000
    monkeypatch.setattr(escribir, "EN_PARALELO", 0)
    monkeypatch.setattr(indexar, "EN_PARALELO", 0)
    return tmp_path / "archivos"


@pytest.fixture
def casa() -> SimpleNamespace:
    """La regla, su programa y su gente."""
    regla = ReglaFactory(publicada=True)
    return SimpleNamespace(
        regla=regla,
        programa=regla.programa,
        dependencia=regla.dependencia,
        enlace=con_rol(roles.EnlaceDeDependencia, en=regla.dependencia),
        titular=con_rol(roles.TitularQueFirma, en=regla.dependencia),
    )


def entregar(casa: SimpleNamespace, contenido: bytes, **otros: Any) -> Carga:
    """Recibe sin tocar la cola."""
    valores = {
        "nombre": "padrón 2025.csv",
        "programa": casa.programa,
        "ejercicio": casa.regla.ejercicio,
        "por": casa.enlace,
        "en_cola": False,
    }
    return cargas.recibir(io.BytesIO(contenido), **(valores | otros))


def correr(carga: Carga) -> Carga:
    """Todos sus pasos, con el mapeo que se propone."""
    for _vez in range(12):
        carga.refresh_from_db()
        if carga.estado == "por_mapear":
            en_marcha.confirmar_mapeo(
                carga,
                mapeo=carga.lectura["propuesta"]["lugares"],
                por=carga.cargada_por,
                en_cola=False,
            )
        elif carga.estado not in {"recibida", "en_proceso"}:
            break
        else:
            avance.avanzar(carga.pasadas.order_by("-numero")[0].pk, segundos=60)
    carga.refresh_from_db()
    return carga


def revisada(casa: SimpleNamespace, cuantas: int = 20, *, malas: int = 0, **otros: Any) -> Carga:
    semilla = otros.pop("semilla", 1)
    return correr(entregar(casa, padron(cuantas, semilla=semilla, malas=malas), **otros))


def volcado(tabla: str = "padron_registro", **donde: int) -> str:
    """La huella de los registros en orden, sin la llave de la carga: dos cargas iguales se ven iguales."""
    columnas = (
        "fila, folio, tipo_persona, curp, nombres, primer_apellido, segundo_apellido, "
        "fecha_nacimiento, edad_meses, sexo, alcaldia, monto, con_aviso, programa_id, dependencia_id"
    )
    filtro = " AND ".join(f"{c} = {v}" for c, v in donde.items()) or "true"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) || ':' || md5(coalesce(string_agg(md5(r::text), '' ORDER BY fila), '')) "
            f"FROM (SELECT {columnas} FROM {tabla} WHERE {filtro}) r"
        )
        return cursor.fetchone()[0]
