"""Cargas, pasadas y registros mínimos y válidos; cada rasgo con nombre es un estado al que se llega por la tabla."""

from __future__ import annotations

from typing import Any

import factory
from django.db import connection
from django.utils import timezone

from padron import models as m
from padron.estados import EstadoCarga as E
from padron.estados import EstadoPasada
from padron.estados_de_captura import EstadoCaptura
from tests.fabricas.archivos import ArchivoFactory
from tests.fabricas.cuentas import DependenciaFactory, UsuarioFactory
from tests.fabricas.programas import ProgramaFactory, ReglaFactory

# Por dónde se llega a cada estado.
CAMINOS: dict[str, tuple[str, ...]] = {
    E.RECIBIDA: (),
    E.POR_MAPEAR: (E.POR_MAPEAR,),
    E.EN_PROCESO: (E.EN_PROCESO,),
    E.PAUSADA: (E.EN_PROCESO, E.PAUSADA),
    E.POR_REVISAR: (E.EN_PROCESO, E.POR_REVISAR),
    E.POR_CONFIRMAR: (E.EN_PROCESO, E.POR_REVISAR, E.POR_CONFIRMAR),
    E.APLICADA: (E.EN_PROCESO, E.POR_REVISAR, E.APLICADA),
    E.SUSTITUIDA: (E.EN_PROCESO, E.POR_REVISAR, E.APLICADA, E.SUSTITUIDA),
    E.ILEGIBLE: (E.ILEGIBLE,),
    E.CANCELADA: (E.CANCELADA,),
}


class CargaFactory(factory.django.DjangoModelFactory):
    """`CargaFactory(estado="aplicada")` llega por su camino, con quien la confirma.

    Para correrla de verdad, con archivo y pasadas, se usa `recibir` (tests/padron/carga).
    """

    class Meta:
        model = m.Carga

    class Params:
        aplicada = factory.Trait(estado=E.APLICADA)
        por_revisar = factory.Trait(estado=E.POR_REVISAR)
        por_confirmar = factory.Trait(estado=E.POR_CONFIRMAR)

    regla = factory.SubFactory(ReglaFactory, publicada=True)
    programa = factory.SelfAttribute("regla.programa")
    ejercicio = factory.SelfAttribute("regla.ejercicio")
    dependencia = factory.SelfAttribute("regla.dependencia")
    consecutivo = factory.Sequence(lambda n: 500_000 + n)
    folio = factory.LazyAttribute(lambda c: f"P-{c.ejercicio}-{c.consecutivo:06d}")
    archivo = factory.SubFactory(ArchivoFactory)
    nombre_del_archivo = "padron.csv"
    cargada_por = factory.SubFactory(UsuarioFactory)
    estado = E.RECIBIDA

    @classmethod
    def _create(cls, model_class: type, *args: Any, **valores: Any) -> m.Carga:
        destino = E(valores.pop("estado"))
        carga = super()._create(model_class, *args, estado=E.RECIBIDA, **valores)
        for estado in CAMINOS[destino]:
            carga.estado = estado
            for campo, valor in _lo_que_pide(estado, carga).items():
                setattr(carga, campo, valor)
            carga.save()
        return carga


def _lo_que_pide(estado: str, carga: m.Carga) -> dict[str, Any]:
    ahora = timezone.now()
    if estado == E.POR_CONFIRMAR:
        return {"presentada_por": carga.cargada_por, "presentada_en": ahora}
    if estado == E.APLICADA:
        return {"aplicada_por": UsuarioFactory(), "aplicada_en": ahora}
    if estado == E.CANCELADA:
        return {"cancelada_por": carga.cargada_por, "cancelada_en": ahora}
    return {"error": "No es una tabla."} if estado == E.ILEGIBLE else {}


class PasadaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Pasada

    class Params:
        terminada = factory.Trait(
            estado=EstadoPasada.TERMINADA, terminada_en=factory.LazyFunction(timezone.now)
        )

    carga = factory.SubFactory(CargaFactory)
    regla = factory.SelfAttribute("carga.regla")
    numero = factory.Sequence(lambda n: n % 30_000 + 1)


class TramoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Tramo

    pasada = factory.SubFactory(PasadaFactory)
    clase = m.Tramo.Clase.REGISTROS
    numero = factory.Sequence(lambda n: n)


class HallazgoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Hallazgo

    pasada = factory.SubFactory(PasadaFactory)
    fila = factory.Sequence(lambda n: n + 2)
    columna = "curp"
    codigo = "curp_forma"
    severidad = m.Severidad.BLOQUEA


class FilaEnEsperaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.FilaEnEspera

    pasada = factory.SubFactory(PasadaFactory)
    fila = factory.Sequence(lambda n: n + 2)
    bloqueada = True
    celdas = factory.LazyFunction(lambda: ["1", "", "x"])


class RecetaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Receta

    dependencia = factory.SubFactory(DependenciaFactory)
    columna = "fecha_nacimiento"
    codigo = "fecha_anio_corto"
    forma = factory.Sequence(lambda n: f"forma-{n}")
    transformacion = "siglo_xx"
    creada_por = factory.SubFactory(UsuarioFactory)


class CorreccionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Correccion

    carga = factory.SubFactory(CargaFactory, por_revisar=True)
    fila = factory.Sequence(lambda n: n + 2)
    lugar = 1
    crudo = "x"
    nuevo = "y"
    por = factory.SubFactory(UsuarioFactory)


class MapeoRecordadoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.MapeoRecordado

    dependencia = factory.SubFactory(DependenciaFactory)
    huella = factory.Sequence(lambda n: f"{n:064x}")
    encabezado = factory.LazyFunction(lambda: ["CURP", "NOMBRE"])
    mapeo = factory.LazyFunction(lambda: {"curp": 0, "nombre_completo": 1})
    confirmado_por = factory.SubFactory(UsuarioFactory)


class DisposicionDePadronFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.DisposicionDePadron

    programa = factory.SubFactory(ProgramaFactory)
    ejercicio = 2025


class ColumnaDePadronFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.ColumnaDePadron

    clave = factory.Sequence(lambda n: f"columna-{n}")
    identificador = factory.Sequence(lambda n: f"columna_{n}")
    nombre = "Columna"


class RegistroFactory(factory.django.DjangoModelFactory):
    """Directo al padrón, en la partición de las cargas chicas: `RegistroFactory(carga=…, curp=…)`."""

    class Meta:
        model = m.Registro

    carga = factory.SubFactory(CargaFactory, aplicada=True)
    ejercicio = factory.SelfAttribute("carga.ejercicio")
    programa = factory.SelfAttribute("carga.programa")
    dependencia = factory.SelfAttribute("carga.dependencia")
    fila = factory.Sequence(lambda n: n % 1_000_000 + 2)
    id = factory.LazyAttribute(lambda r: r.carga.pk * m.FILAS_POR_CARGA + r.fila)
    tipo_persona = m.TipoDePersona.PERSONA

    @classmethod
    def _create(cls, model_class: type, *args: Any, **valores: Any) -> m.Registro:
        with connection.cursor() as cursor:
            cursor.execute("SELECT padron_registro_del_ejercicio(%s)", [valores["ejercicio"]])
        return model_class.objects.create(**valores)


class DescarteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Descarte

    carga = factory.SubFactory(CargaFactory, por_revisar=True)
    fila = factory.Sequence(lambda n: n + 2)
    motivo = "Viene repetida."
    por = factory.SubFactory(UsuarioFactory)


class HojaCorregidaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.HojaCorregida

    carga = factory.SubFactory(CargaFactory, por_revisar=True)
    archivo = factory.SubFactory(ArchivoFactory)
    por = factory.SubFactory(UsuarioFactory)


class CapturaFactory(factory.django.DjangoModelFactory):
    """`CapturaFactory(entregada=True)` llega con su carga; sus renglones se ponen antes de entregarla."""

    class Meta:
        model = m.Captura
        exclude = ("regla",)

    class Params:
        descartada = factory.Trait(
            estado=EstadoCaptura.DESCARTADA,
            descartada_por=factory.SelfAttribute("creada_por"),
            descartada_en=factory.LazyFunction(timezone.now),
        )
        entregada = factory.Trait(
            estado=EstadoCaptura.ENTREGADA,
            carga=factory.SubFactory(CargaFactory),
            entregada_por=factory.SelfAttribute("creada_por"),
            entregada_en=factory.LazyFunction(timezone.now),
        )

    regla = factory.SubFactory(ReglaFactory, publicada=True)
    programa = factory.SelfAttribute("regla.programa")
    ejercicio = factory.SelfAttribute("regla.ejercicio")
    dependencia = factory.SelfAttribute("regla.dependencia")
    creada_por = factory.SubFactory(UsuarioFactory)
    tocada_por = factory.SelfAttribute("creada_por")


class RenglonCapturadoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.RenglonCapturado

    captura = factory.SubFactory(CapturaFactory)
    orden = factory.Sequence(lambda n: n + 1)
    celdas = factory.LazyFunction(lambda: {"nombres": "Rosa", "primer_apellido": "Rojas"})
    editado_por = factory.SelfAttribute("captura.creada_por")
