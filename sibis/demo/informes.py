"""Informes trimestrales en distintos pasos, por los mismos servicios que usa el personal."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from presupuesto.consultas.informe import oficial_de
from presupuesto.estados import REVISION
from presupuesto.materia import INFORME
from presupuesto.models import InformeDeAvance, RenglonDeAvance
from presupuesto.servicios import evidencias, informes, revision_de_informes
from programas.models import ReglaOperacion
from sibis.cuentas.models import Usuario
from sibis.demo import cuentas
from sibis.demo.azar import azar
from sibis.demo.cuentas import CuentaDeDemo
from sibis.demo.pdf_sencillo import pdf
from sibis.demo.sincronia import Balance
from sibis.revision.models import PuntoDeCotejo
from sibis.revision.servicios.cotejos import cotejar
from sibis.revision.servicios.observaciones import observar

Personal = Mapping[str, Usuario]
_CENTAVO = Decimal("0.01")
_PARTE = {1: Decimal("0.2"), 2: Decimal("0.46"), 3: Decimal("0.73"), 4: Decimal(1)}
_OBSERVACION = (
    "Demostración: la explicación repite el número. Di qué lo causó y qué se hará con lo que faltó."
)


@dataclass(frozen=True, slots=True)
class _Guion:
    """De qué programa, de qué año (contado desde éste) y hasta qué paso llega."""

    programa: str
    enlace: CuentaDeDemo
    titular: CuentaDeDemo | None
    hace: int
    trimestre: int
    hasta: str = "borrador"


_DE_IZTAPALAPA = (cuentas.ENLACE_IZTAPALAPA, cuentas.TITULAR_IZTAPALAPA)
_DE_STYFE = (cuentas.ENLACE_STYFE, cuentas.TITULAR_STYFE)
_GUIONES = (
    _Guion("economia-social", *_DE_STYFE, 1, 3, "aprobado"),
    _Guion("economia-social", *_DE_STYFE, 1, 4, "aprobado"),
    _Guion("iztapalas-jefas", *_DE_IZTAPALAPA, 1, 3, "enviado"),
    _Guion("iztapalas-jefas", *_DE_IZTAPALAPA, 1, 4, "observado"),
    _Guion("entrale-con-los-atletas", cuentas.ENLACE_CUAUHTEMOC, None, 1, 4),
)


def sembrar(*, semilla: int, hoy: datetime.date) -> Balance:
    """Abre los que falten. Uno que ya exista, en el estado que lo haya dejado alguien, se respeta."""
    personal = cuentas.de_la_base()
    altas = iguales = 0
    for guion in _GUIONES:
        ejercicio = hoy.year - guion.hace
        regla = (
            ReglaOperacion.objects.publicadas()
            .filter(programa__clave=guion.programa, ejercicio=ejercicio, metas__cantidad__gt=0)
            .select_related("programa", "dependencia")
            .first()
        )
        if regla is None:
            continue
        ya = InformeDeAvance.objects.filter(
            programa=regla.programa, ejercicio=ejercicio, trimestre=guion.trimestre
        )
        if ya.exists():
            iguales += 1
            continue
        _representar(guion, regla, personal, semilla=semilla)
        altas += 1
    return Balance("informes trimestrales", altas, 0, iguales)


def _representar(guion: _Guion, regla: ReglaOperacion, personal: Personal, *, semilla: int) -> None:
    enlace = personal[guion.enlace.usuario]
    informe = informes.abrir(
        regla.programa, ejercicio=regla.ejercicio, trimestre=guion.trimestre, por=enlace
    )
    if guion.titular is None:
        InformeDeAvance.objects.filter(pk=informe.pk).update(es_demostracion=True)
        return
    _escribir(informe, por=enlace, semilla=semilla)
    informe = revision_de_informes.enviar(informe, por=personal[guion.titular.usuario])
    if guion.hasta == "enviado":
        return
    valida = personal[cuentas.VALIDA.usuario]
    informe = revision_de_informes.tomar(informe, por=valida)
    if guion.hasta == "observado":
        observar(INFORME, informe, por=valida, campo="meta-1-explicacion", texto=_OBSERVACION)
        revision_de_informes.observar(informe, por=valida)
        return
    puntos = PuntoDeCotejo.objects.de(INFORME.clase, REVISION, variante=informe.programa.tipo)
    cotejar(INFORME, informe, por=valida, respuestas={p.pk: ("si", "") for p in puntos})
    revision_de_informes.aprobar(informe, por=valida)


def _escribir(informe: InformeDeAvance, *, por: Usuario, semilla: int) -> None:
    """Cifras inventadas que cuadran entre sí; lo que se aparta lleva su explicación."""
    ritmo = Decimal(
        str(round(azar(semilla, "informe", informe.programa.clave).uniform(0.84, 0.97), 3))
    )

    def guardar() -> None:
        for renglon in informe.renglones.all():
            _poner_meta(renglon, informe, ritmo)
        _poner_dinero(informe, ritmo)

    informes.guardar(informe, edicion=informe.edicion, por=por, escribir=guardar)
    for renglon in informe.renglones.all():
        hoja = ["Demostración: evidencia inventada", f"Meta {renglon.orden}: {renglon.unidad}"]
        evidencias.adjuntar(
            informe,
            contenido=io.BytesIO(pdf([hoja], titulo="Evidencia de demostración")),
            descripcion=f"Demostración: acta de entrega de la meta {renglon.orden}",
            renglon=renglon,
            por=por,
        )


def _poner_meta(renglon: RenglonDeAvance, informe: InformeDeAvance, ritmo: Decimal) -> None:
    renglon.programada = Decimal(round(renglon.meta_vigente * _PARTE[informe.trimestre]))
    renglon.alcanzada = Decimal(round(renglon.programada * ritmo))
    renglon.explicacion = (
        "Demostración: dos convocatorias se abrieron un mes después de lo previsto; lo que faltó se "
        "entrega con la siguiente."
    )
    renglon.save()


def _poner_dinero(informe: InformeDeAvance, ritmo: Decimal) -> None:
    oficial = oficial_de(informe)
    dicho = oficial.montos if oficial is not None else None
    original = informe.presupuesto_original or (dicho.aprobado if dicho else None)
    original = original or Decimal(90_000_000)
    modificado = (dicho.modificado if dicho else None) or original
    programado = (modificado * _PARTE[informe.trimestre]).quantize(_CENTAVO)
    ejercido = (dicho.ejercido if dicho else None) or (programado * ritmo).quantize(_CENTAVO)
    personas = sum(int(r.alcanzada or 0) for r in informe.renglones.filter(orden=1))
    InformeDeAvance.objects.filter(pk=informe.pk).update(
        presupuesto_original=original,
        presupuesto_modificado=modificado,
        presupuesto_programado=programado,
        presupuesto_devengado=ejercido,
        presupuesto_ejercido=ejercido,
        explicacion_del_gasto="Demostración: el gasto siguió el ritmo de las convocatorias.",
        personas=personas,
        mujeres=personas * 3 // 4,
        hombres=personas - personas * 3 // 4,
        otro_sexo=0,
        es_demostracion=True,
    )
