"""Carga del catálogo de programas: alta o cambio por clave, año por año, sin tocar lo capturado."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from programas.estados import EN_CURSO, EN_EL_PORTAL, FLUJO_REGLA, EstadoRegla
from programas.importacion.renglon import Lector
from programas.importacion.secciones import AnioLeido, Referencias, escribir_secciones, leer_regla
from programas.materia import REGLA
from programas.models import Programa, ReglaOperacion, TipoDePrograma
from sibis.bitacora.registro import registrar
from sibis.nucleo.errores import ArchivoIlegible
from sibis.revision.servicios.expediente import expediente_de
from sibis.vigencia.carga import InformeDeCarga, alta_o_cambio, en_palabras, leer_json
from sibis.vigencia.huellas import con_huellas
from sibis.vigencia.restricciones import con_mensajes, validar

ORIGEN = ReglaOperacion.Origen
_IDENTIDAD = {"nombre", "dependencia", "otros_nombres"}
_DEL_PANEL = ("nombre", "tipo", "dependencia", "otros_nombres", "palabras_clave")


@dataclass(slots=True)
class ProgramaLeido:
    """Un renglón del archivo sin errores de forma, aún sin escribir."""

    numero: int
    renglon: Mapping[str, Any]
    valores: dict[str, Any]
    anios: list[AnioLeido]


@dataclass(slots=True)
class Cargador:
    """Una corrida: primero existen todos los programas, luego sus reglas pueden citarse entre sí."""

    informe: InformeDeCarga
    referencias: Referencias
    programas: dict[str, Programa]
    con_captura: set[str]

    @classmethod
    def preparar(cls) -> Cargador:
        return cls(
            informe=InformeDeCarga("Programas y acciones sociales"),
            referencias=Referencias.traer(),
            programas={p.clave: p for p in Programa.objects.all()},
            con_captura=set(
                ReglaOperacion.objects.publicadas()
                .filter(origen=ORIGEN.CAPTURA)
                .values_list("programa__clave", flat=True)
            ),
        )

    def leer(self, numero: int, renglon: Any) -> ProgramaLeido | None:
        """El renglón con sus tipos, o None y en el informe todo lo que está mal."""
        if not isinstance(renglon, dict):
            self.informe.rechazar(numero, "No es un objeto con clave, nombre y ejercicios.")
            return None
        errores: list[str] = []
        lector = Lector(renglon, str(renglon.get("clave") or "sin clave"), errores)
        valores = self._valores(lector)
        anios = [
            leer_regla(anio, lector, self.referencias) for anio in lector.lista_de("ejercicios")
        ]
        _exigir_anios_distintos([a.valores["ejercicio"] for a in anios], lector)
        if errores:
            self.informe.rechazar(numero, " ".join(dict.fromkeys(errores)))
            return None
        return ProgramaLeido(numero, renglon, valores, anios)

    def _valores(self, lector: Lector) -> dict[str, Any]:
        clave = lector.obligatorio("clave")
        conocido = self.programas.get(clave)
        return {
            "clave": clave,
            "slug": conocido.slug if conocido else clave,
            "nombre": lector.obligatorio("nombre"),
            "tipo": lector.opcion("tipo", TipoDePrograma.values, "") or lector.obligatorio("tipo"),
            "dependencia": self.referencias.dependencia(lector, "dependencia"),
            "otros_nombres": lector.textos("otros_nombres"),
            "palabras_clave": lector.textos("palabras_clave"),
        }

    def escribir(self, leidos: list[ProgramaLeido]) -> None:
        """Cada programa entra con todos sus años o no entra."""
        resultados = {leido.numero: self._programa(leido) for leido in leidos}
        for leido in leidos:
            resultado = resultados[leido.numero]
            if resultado is not None:
                self._reglas(leido, resultado)

    def _programa(self, leido: ProgramaLeido) -> str | None:
        clave, valores = leido.valores["clave"], leido.valores
        if clave in self.con_captura:  # cómo se llama y quién lo opera lo dice ya lo publicado
            valores = {c: v for c, v in valores.items() if c not in _IDENTIDAD}
        try:
            conocido = self.programas.get(clave)
            self.programas[clave], resultado = alta_o_cambio(
                conocido, Programa, con_huellas(conocido, valores, _DEL_PANEL)
            )
        except ValidationError as error:
            self.informe.rechazar(leido.numero, f"{clave}: {en_palabras(error)}")
            return None
        return resultado

    def _reglas(self, leido: ProgramaLeido, resultado: str) -> None:
        programa = self.programas[leido.valores["clave"]]
        try:
            with con_mensajes(), transaction.atomic():
                cambios = [self._regla(programa, anio, leido.renglon) for anio in leido.anios]
        except ValidationError as error:
            self.informe.rechazar(leido.numero, f"{programa.clave}: {en_palabras(error)}")
            if resultado == "altas":
                self._deshacer_alta(leido.numero, programa)
            return
        self.informe.contar("cambios" if resultado == "iguales" and any(cambios) else resultado)

    def _deshacer_alta(self, numero: int, programa: Programa) -> None:
        try:
            programa.delete()
        except ProtectedError:
            self.informe.avisar(
                numero,
                f"{programa.clave}: queda dado de alta y sin reglas porque otro programa del archivo lo cita.",
            )

    def _regla(self, programa: Programa, anio: AnioLeido, renglon: Mapping[str, Any]) -> bool:
        """Publica la regla del año si es nueva o cambió. Lo que capturó una dependencia manda."""
        huella = _huella(anio.original, renglon)
        reglas = programa.reglas.filter(ejercicio=anio.valores["ejercicio"])
        if reglas.filter(
            origen=ORIGEN.CAPTURA,
            estado__in={*EN_CURSO, *EN_EL_PORTAL, EstadoRegla.POR_REGIR},
        ).exists():
            return False
        publicada = reglas.publicadas().first()
        if publicada is not None and (
            publicada.huella_catalogo == huella or publicada.estado == EstadoRegla.CERRADO
        ):
            return False
        ultima = reglas.order_by("-version").values_list("version", flat=True).first() or 0
        regla = ReglaOperacion(
            programa=programa,
            version=ultima + 1,
            origen=ORIGEN.CATALOGO,
            huella_catalogo=huella,
            **anio.valores,
        )
        validar(regla)
        if publicada is not None:
            self._mover(publicada, "sustituir")
        regla.save()
        expediente_de(REGLA, regla)
        escribir_secciones(regla, anio)
        self._mover(regla, "incorporar")
        return True

    @staticmethod
    def _mover(regla: ReglaOperacion, transicion: str) -> None:
        """La carga también pasa por la tabla de transiciones; quien la corre es el sistema."""
        regla.estado = FLUJO_REGLA.exigir(transicion, estado=regla.estado).hacia
        regla.save(update_fields=["estado"])
        registrar(
            f"regla.{transicion}",
            regla,
            por=None,
            dependencia=regla.dependencia.clave,
            ejercicio=regla.ejercicio,
            version=regla.version,
        )


def _exigir_anios_distintos(anios: list[Any], lector: Lector) -> None:
    if not anios:
        lector.errores.append(f"{lector.lugar}: no trae ningún ejercicio.")
    repetidos = sorted({a for a in anios if a and anios.count(a) > 1})
    lector.errores.extend(f"{lector.lugar}: el ejercicio {a} se repite." for a in repetidos)


def _huella(anio: Mapping[str, Any], renglon: Mapping[str, Any]) -> str:
    """Cambia si cambia el año o lo que el programa le hereda."""
    heredado = {k: renglon.get(k) for k in ("nombre", "dependencia", "derechos", "grupos")}
    canon = json.dumps([anio, heredado], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canon.encode(errors="surrogatepass")).hexdigest()


def cargar(ruta: Path) -> InformeDeCarga:
    """Carga el archivo. Levanta ArchivoIlegible si no es una lista JSON de programas."""
    renglones = leer_json(ruta)
    if not isinstance(renglones, list):
        raise ArchivoIlegible(f"{ruta.name}: se esperaba una lista de programas. No se cargó nada.")
    cargador = Cargador.preparar()
    leidos = []
    vistos: set[str] = set()
    for numero, renglon in enumerate(renglones, 1):
        leido = cargador.leer(numero, renglon)
        if leido is None:
            continue
        if leido.valores["clave"] in vistos:
            cargador.informe.rechazar(
                numero, f"La clave «{leido.valores['clave']}» se repite en el archivo."
            )
            continue
        vistos.add(leido.valores["clave"])
        leidos.append(leido)
    cargador.escribir(leidos)
    return cargador.informe
