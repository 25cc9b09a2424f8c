"""Programas y reglas mínimos y válidos; cada rasgo con nombre es un estado al que se llega por la tabla."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone

from programas import models as m
from programas import proyeccion
from programas.estados import EstadoRegla as E
from tests.fabricas.busqueda import ConsultaSinResultadoFactory as ConsultaSinResultadoFactory
from tests.fabricas.busqueda import RevisionDelPortalFactory as RevisionDelPortalFactory
from tests.fabricas.busqueda import VocabularioFactory as VocabularioFactory
from tests.fabricas.camino_de_regla import firmar
from tests.fabricas.camino_de_regla import llevar as llevar
from tests.fabricas.catalogos import ApartadoFactory as ApartadoFactory
from tests.fabricas.catalogos import AyudaDeCampoFactory as AyudaDeCampoFactory
from tests.fabricas.catalogos import DerechoSocialFactory as DerechoSocialFactory
from tests.fabricas.catalogos import ExigenciaFactory as ExigenciaFactory
from tests.fabricas.catalogos import GrupoPrioritarioFactory as GrupoPrioritarioFactory
from tests.fabricas.catalogos import LeyendaFactory as LeyendaFactory
from tests.fabricas.catalogos import SinonimoFactory as SinonimoFactory
from tests.fabricas.catalogos import TipoDeApoyoFactory as TipoDeApoyoFactory
from tests.fabricas.cuentas import DependenciaFactory
from tests.fabricas.territorio import CentroFactory


class ProgramaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Programa

    class Params:
        accion = factory.Trait(tipo="accion")

    clave = factory.Sequence(lambda n: f"programa-{n}")
    slug = factory.SelfAttribute("clave")
    nombre = factory.LazyAttribute(lambda p: p.clave.replace("-", " ").capitalize())
    tipo = "programa"
    dependencia = factory.SubFactory(DependenciaFactory)


class DireccionAnteriorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.DireccionAnterior

    valor = factory.Sequence(lambda n: f"direccion-de-antes-{n}")
    programa = factory.SubFactory(ProgramaFactory)


class ReglaFactory(factory.django.DjangoModelFactory):
    """`ReglaFactory(publicada=True, apoyos=[{"monto_minimo": 600}], alcaldias=[iztapalapa])`.

    Las secciones se dan como listas de valores; se escriben antes de publicar, como en la vida.
    """

    class Meta:
        model = m.ReglaOperacion

    class Params:
        completa = factory.Trait(
            resumen="Da dinero para la escuela.",
            a_quien="Niñas y niños de primaria.",
            objetivo="Que nadie deje la escuela.",
            unidad_responsable="Dirección de Becas",
            residencia="ciudad",
            queja="En la contraloría interna.",
            presupuesto_aprobado=Decimal("1000000.00"),
            requisitos=[{"texto": "Vivir en la ciudad"}],
            apoyos=[{"monto_minimo": Decimal(600)}],
            metas=[{"cantidad": 10, "unidad": "personas"}],
            poblaciones=[{"clase": "objetivo", "total": 100}],
        )
        enviada = factory.Trait(estado=E.ENVIADO)
        en_revision = factory.Trait(estado=E.EN_REVISION)
        observada = factory.Trait(estado=E.OBSERVADO)
        validada = factory.Trait(estado=E.VALIDADO)
        en_dictamen = factory.Trait(estado=E.EN_DICTAMEN)
        aprobada = factory.Trait(estado=E.APROBADO)
        publicada = factory.Trait(estado=E.PUBLICADO)
        suspendida = factory.Trait(estado=E.SUSPENDIDO)
        cerrada = factory.Trait(estado=E.CERRADO)
        sustituida = factory.Trait(estado=E.SUSTITUIDO, gaceta_numero="1233")
        retirada = factory.Trait(estado=E.RETIRADO)

    programa = factory.SubFactory(ProgramaFactory)
    ejercicio = 2025
    nombre = factory.SelfAttribute("programa.nombre")
    dependencia = factory.SelfAttribute("programa.dependencia")
    estado = E.BORRADOR

    @classmethod
    def _create(cls, model_class: type, *args: Any, **valores: Any) -> m.ReglaOperacion:
        destino = E(valores.pop("estado"))
        muchos = {c: valores.pop(c, ()) for c in ("derechos", "grupos", "alcaldias")}
        secciones = {nombre: valores.pop(nombre, ()) for nombre in SECCIONES}
        firmar(destino, valores)
        regla = super()._create(model_class, *args, estado=E.BORRADOR, **valores)
        for campo, objetos in muchos.items():
            getattr(regla, campo).set(objetos)
        for nombre, renglones in secciones.items():
            for renglon in renglones:
                SECCIONES[nombre](regla=regla, **renglon)
        return llevar(regla, destino)


class _Seccion(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    regla = factory.SubFactory(ReglaFactory)


class FuenteFactory(_Seccion):
    class Meta:
        model = m.Fuente

    clave = factory.Sequence(lambda n: f"f{n}")
    texto = "Gaceta Oficial"
    clase = "gaceta"


class RequisitoFactory(_Seccion):
    class Meta:
        model = m.Requisito

    class Params:
        documento = factory.Trait(clase="documento", texto="Acta de nacimiento")

    texto = "Vivir en la ciudad"


class CompatibilidadFactory(_Seccion):
    class Meta:
        model = m.Compatibilidad

    clase = "incompatible"
    nombre = "Beca de otro gobierno"


class AlineacionFactory(_Seccion):
    class Meta:
        model = m.Alineacion

    instrumento = "Objetivos de Desarrollo Sostenible"
    texto = "Fin de la pobreza"


class TextoApartadoFactory(_Seccion):
    class Meta:
        model = m.TextoApartado

    apartado = factory.SubFactory(ApartadoFactory)
    texto = "Lo que dice el numeral."


class ApoyoFactory(_Seccion):
    class Meta:
        model = m.Apoyo

    class Params:
        en_especie = factory.Trait(monto_minimo=None, descripcion="Una despensa")
        para_facilitadoras = factory.Trait(para="facilitadoras")

    tipo = factory.SubFactory(TipoDeApoyoFactory)
    monto_minimo = Decimal("600.00")
    periodicidad = "mensual"


class PoblacionFactory(_Seccion):
    class Meta:
        model = m.Poblacion

    clase = "objetivo"
    total = 100


class MetaFisicaFactory(_Seccion):
    class Meta:
        model = m.MetaFisica

    cantidad = 10
    unidad = "personas"


SECCIONES: dict[str, type[_Seccion]] = {
    "fuentes": FuenteFactory,
    "requisitos": RequisitoFactory,
    "apoyos": ApoyoFactory,
    "poblaciones": PoblacionFactory,
    "metas": MetaFisicaFactory,
    "compatibilidades": CompatibilidadFactory,
    "alineaciones": AlineacionFactory,
    "textos": TextoApartadoFactory,
}


class ConvocatoriaFactory(factory.django.DjangoModelFactory):
    """Abierta ahora mismo; los rasgos la corren en el tiempo o le cambian el modo."""

    class Meta:
        model = m.Convocatoria

    class Params:
        vencida = factory.Trait(dias=-30)
        futura = factory.Trait(dias=30)
        pausada = factory.Trait(modo="pausada")
        lista_de_espera = factory.Trait(modo="lista_de_espera")
        demostracion = factory.Trait(es_demostracion=True)
        dias = 0

    programa = factory.SubFactory(ProgramaFactory)
    ejercicio = 2025
    nombre = "Convocatoria general"
    abre = factory.LazyAttribute(lambda c: timezone.now() + datetime.timedelta(days=c.dias - 5))
    cierra = factory.LazyAttribute(lambda c: c.abre + datetime.timedelta(days=10))


class FechaDeEntregaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.FechaDeEntrega

    programa = factory.SubFactory(ProgramaFactory)
    ejercicio = 2025
    concepto = "Depósito en la tarjeta"
    desde = datetime.date(2025, 3, 1)


class SedeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Sede

    programa = factory.SubFactory(ProgramaFactory)
    ejercicio = 2025
    centro = factory.SubFactory(CentroFactory)


def en_portal(**valores: Any) -> m.ReglaOperacion:
    """Una regla publicada y ya buscable."""
    regla = ReglaFactory(publicada=True, **valores)
    proyeccion.proyectar(regla.programa)
    return regla


class FichaPublicaFactory(factory.django.DjangoModelFactory):
    """Las fichas salen de la proyección, nunca a mano: la fábrica publica y proyecta."""

    class Meta:
        model = m.FichaPublica

    @classmethod
    def _create(cls, model_class: type, *args: Any, **valores: Any) -> m.FichaPublica:
        return en_portal(**valores).ficha
