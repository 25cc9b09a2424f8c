"""Lo que dice un recibo, listo para imprimirse: todo sale de su constancia, nada se vuelve a contar."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from padron.consultas.periodos import en_palabras
from padron.models import Recibo
from sibis.documentos import qr


@dataclass(frozen=True, slots=True)
class Acto:
    """Quién respondió por un paso, con qué cuenta y en qué función."""

    que: str
    cuenta: str
    funcion: str
    en: datetime.datetime


@dataclass(frozen=True, slots=True)
class Cotejada:
    """Una cifra de control: lo que se declaró y lo que hay. Vacío es que no se declaró."""

    que: str
    declarado: Any
    inscrito: Any
    es_dinero: bool = False


@dataclass(frozen=True, slots=True)
class ReciboEscrito:
    folio: str
    carga: str
    dependencia: str
    programa: str
    ejercicio: int
    periodo: str
    regla: str
    version: int
    emitido_en: datetime.datetime
    recibido_en: datetime.datetime
    fue_tecleada: bool
    bytes: int
    renglones: dict[str, int]
    personas: int
    monto: str | None
    cifras: tuple[Cotejada, ...]
    actos: tuple[Acto, ...]
    sustituye: str
    sha256_del_archivo: str
    sha256_de_registros: str
    sha256: str
    comprobaciones: str
    url: str
    qr: str


def direccion_publica(recibo: Recibo) -> str:
    """La que se imprime y se cita: completa y en español."""
    with translation.override(settings.LANGUAGE_CODE):
        return settings.URL_PUBLICA + reverse("padron:recibo", args=[recibo.folio])


def escrito(recibo: Recibo) -> ReciboEscrito:
    dicho = recibo.constancia
    url = direccion_publica(recibo)
    return ReciboEscrito(
        folio=recibo.folio,
        carga=dicho["carga"],
        dependencia=dicho["dependencia"]["nombre"],
        programa=dicho["programa"]["nombre"],
        ejercicio=dicho["ejercicio"],
        periodo=en_palabras(dicho["periodo"]),
        regla=dicho["regla"]["clave"],
        version=dicho["revision"]["regla_version"],
        emitido_en=recibo.emitido_en,
        recibido_en=datetime.datetime.fromisoformat(dicho["entrega"]["recibida_en"]),
        fue_tecleada=dicho["entrega"]["origen"] == "formulario",
        bytes=dicho["entrega"]["bytes"],
        renglones=dicho["renglones"],
        personas=dicho["personas"],
        monto=dicho["monto"],
        cifras=_cifras(dicho),
        actos=actos_de(dicho),
        sustituye=(dicho["sustituye"] or {}).get("recibo", ""),
        sha256_del_archivo=dicho["entrega"]["sha256"],
        sha256_de_registros=dicho["registros"]["sha256"],
        sha256=recibo.sha256,
        comprobaciones=dicho["revision"]["comprobaciones"],
        url=url,
        qr=qr.como_imagen(url),
    )


def _cifras(dicho: dict[str, Any]) -> tuple[Cotejada, ...]:
    declarado, sexo = dicho["declarado"], dicho["sexo"]
    return (
        Cotejada(_("Renglones"), declarado["renglones"], dicho["renglones"]["inscritos"]),
        Cotejada(_("Monto"), declarado["monto"], dicho["monto"], es_dinero=True),
        Cotejada(_("Mujeres"), declarado["mujeres"], sexo["mujeres"]),
        Cotejada(_("Hombres"), declarado["hombres"], sexo["hombres"]),
        Cotejada(_("Otro, o no se dijo"), None, sexo["otro"]),
    )


def actos_de(dicho: dict[str, Any]) -> tuple[Acto, ...]:
    dados = ((_("Cargó"), dicho["cargada"]), (_("Confirmó"), dicho["confirmada"]))
    return tuple(
        Acto(que, acto["cuenta"], acto["funcion"], datetime.datetime.fromisoformat(acto["en"]))
        for que, acto in dados
        if acto
    )
