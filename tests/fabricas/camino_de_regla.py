"""Por dónde llega una regla a cada estado, y con qué firmas: la base no deja pasar por otro lado."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from programas import models as m
from programas.estados import FUERON_PUBLICOS
from programas.estados import EstadoRegla as E
from tests.fabricas.cuentas import UsuarioFactory

# Por dónde se llega a cada estado: la base de datos solo deja pasar por aquí.
_HASTA_APROBADO = [E.ENVIADO, E.EN_REVISION, E.VALIDADO, E.EN_DICTAMEN, E.APROBADO]
_CAMINO = {
    E.BORRADOR: [],
    E.ENVIADO: [E.ENVIADO],
    E.EN_REVISION: [E.ENVIADO, E.EN_REVISION],
    E.OBSERVADO: [E.ENVIADO, E.EN_REVISION, E.OBSERVADO],
    E.VALIDADO: [E.ENVIADO, E.EN_REVISION, E.VALIDADO],
    E.EN_DICTAMEN: [E.ENVIADO, E.EN_REVISION, E.VALIDADO, E.EN_DICTAMEN],
    E.OBSERVADO_EN_DICTAMEN: [
        *(E.ENVIADO, E.EN_REVISION, E.VALIDADO, E.EN_DICTAMEN, E.OBSERVADO_EN_DICTAMEN)
    ],
    E.APROBADO: _HASTA_APROBADO,
    E.POR_REGIR: [*_HASTA_APROBADO, E.POR_REGIR],
    E.PUBLICADO: [*_HASTA_APROBADO, E.PUBLICADO],
    E.SUSPENDIDO: [*_HASTA_APROBADO, E.PUBLICADO, E.SUSPENDIDO],
    E.CERRADO: [*_HASTA_APROBADO, E.PUBLICADO, E.CERRADO],
    E.SUSTITUIDO: [*_HASTA_APROBADO, E.PUBLICADO, E.SUSTITUIDO],
    E.RECHAZADO: [E.ENVIADO, E.EN_REVISION, E.RECHAZADO],
    E.RETIRADO: [E.RETIRADO],
}
# Lo que trae una regla por haber llegado hasta ahí; lo que ya se dio a mano se respeta.
_FIRMAS = {
    "enviado": {*E} - {E.BORRADOR, E.RETIRADO},
    "validado": {E.VALIDADO, E.EN_DICTAMEN, E.OBSERVADO_EN_DICTAMEN, E.APROBADO, *FUERON_PUBLICOS},
    "aprobado": {E.APROBADO, *FUERON_PUBLICOS},
    "publicado": set(FUERON_PUBLICOS),
}


_DE_FIRMA = (
    *(f"{acto}_{que}" for acto in _FIRMAS for que in ("en", "por")),
    *("gaceta_numero", "gaceta_fecha", "vigente_desde"),
)


def firmar(destino: E, valores: dict[str, Any]) -> None:
    ahora = timezone.now()
    for acto, estados in _FIRMAS.items():
        if destino in estados:
            valores.setdefault(f"{acto}_por", UsuarioFactory())
        if valores.get(f"{acto}_por"):
            valores.setdefault(f"{acto}_en", ahora)
    if destino in FUERON_PUBLICOS:
        valores.setdefault("gaceta_numero", "1234")
        valores.setdefault("gaceta_fecha", datetime.date(valores["ejercicio"], 1, 31))
    if destino == E.POR_REGIR:
        valores.setdefault("vigente_desde", datetime.date(valores["ejercicio"], 2, 1))


def llevar(regla: m.ReglaOperacion, destino: str) -> m.ReglaOperacion:
    """De borrador a ese estado, por donde la base de datos deja pasar y con sus firmas."""
    firmas = {c: getattr(regla, c) for c in _DE_FIRMA if getattr(regla, c)}
    firmar(E(destino), firmas := {"ejercicio": regla.ejercicio, **firmas})
    m.ReglaOperacion.objects.filter(pk=regla.pk).update(**firmas)
    for estado in _CAMINO[E(destino)]:
        m.ReglaOperacion.objects.filter(pk=regla.pk).update(estado=estado)
    for campo, valor in firmas.items():
        setattr(regla, campo, valor)
    regla.estado = E(destino)
    return regla
