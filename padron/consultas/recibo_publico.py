"""El recibo como lo lee cualquiera: qué dice, si sigue vigente y por cuál se sustituyó."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse

from padron.consultas.alcance import ambito_de_padron
from padron.consultas.periodos import en_palabras
from padron.consultas.privacidad import CifrasPublicas, cifras_publicas
from padron.consultas.recibo_escrito import Acto, actos_de
from padron.models import Recibo
from sibis.cuentas.models import Usuario


@dataclass(frozen=True, slots=True)
class ReciboPublico:
    recibo: Recibo
    dependencia: str
    programa: str
    url_del_programa: str
    ejercicio: int
    periodo: str
    regla: str
    version: int
    recibido_en: datetime.datetime
    fue_tecleada: bool
    cifras: CifrasPublicas
    actos: tuple[Acto, ...]
    sha256_del_archivo: str
    sha256_de_registros: str
    sustituye: str
    sustituido_por: str

    @property
    def es_vigente(self) -> bool:
        return self.recibo.es_vigente


def por_folio(folio: str) -> Recibo | None:
    """El de un programa que está en el portal; los demás, para quien no tiene sesión, no existen."""
    return (
        Recibo.objects.de_programas_publicados()
        .select_related("carga__programa", "archivo")
        .filter(folio=folio)
        .first()
    )


def visible(usuario: Usuario, folio: str) -> Recibo | None:
    """El que esa persona puede bajar en el panel: el de una carga de su ámbito."""
    suyos = Recibo.objects.del_ambito(ambito_de_padron(usuario)).select_related("archivo")
    return suyos.filter(folio=folio).first()


def leer(recibo: Recibo) -> ReciboPublico:
    dicho = recibo.constancia
    cifras = cifras_publicas(dicho)
    return ReciboPublico(
        recibo=recibo,
        dependencia=dicho["dependencia"]["nombre"],
        programa=dicho["programa"]["nombre"],
        url_del_programa=reverse("programas:programa", args=[recibo.carga.programa.slug]),
        ejercicio=dicho["ejercicio"],
        periodo=en_palabras(dicho["periodo"]),
        regla=dicho["regla"]["clave"],
        version=dicho["revision"]["regla_version"],
        recibido_en=datetime.datetime.fromisoformat(dicho["entrega"]["recibida_en"]),
        fue_tecleada=dicho["entrega"]["origen"] == "formulario",
        cifras=cifras,
        actos=actos_de(dicho),
        sha256_del_archivo=dicho["entrega"]["sha256"],
        # De muy pocas personas, quien adivine sus datos los confirmaría con esta huella.
        sha256_de_registros="" if cifras.pocas else dicho["registros"]["sha256"],
        sustituye=_si_es_publico((dicho["sustituye"] or {}).get("recibo", "")),
        sustituido_por=sustituto_de(recibo),
    )


def _si_es_publico(folio: str) -> str:
    return folio if folio and por_folio(folio) is not None else ""


def sustituto_de(recibo: Recibo) -> str:
    """El folio del que vale hoy: lo que sustituyó a este pudo sustituirse a su vez."""
    hallado, carga = "", recibo.carga_id
    while siguiente := (
        Recibo.objects.filter(carga__sustituye=carga).values_list("folio", "carga").first()
    ):
        hallado, carga = siguiente
    return hallado
