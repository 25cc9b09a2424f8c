"""La página de un programa en un ejercicio, armada desde su regla publicada."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from programas.consultas import redaccion
from programas.consultas.apartados import Apartado, apartados_de
from programas.consultas.renglones import (
    Cifra,
    Dinero,
    RenglonApoyo,
    RenglonConvocatoria,
    dinero,
    renglon_apoyo,
    renglon_convocatoria,
)
from programas.consultas.resultados import Ventana, url_de_programa, ventanas_de
from programas.estados import FUERON_PUBLICOS
from programas.models import (
    AccesoSimultaneo,
    Apoyo,
    Compatibilidad,
    Convocatoria,
    FechaDeEntrega,
    Fuente,
    Leyenda,
    MetaFisica,
    Poblacion,
    Programa,
    ReglaOperacion,
    Residencia,
    Sede,
)

SEDES_EN_PAGINA = 12


@dataclass(frozen=True)
class Ficha:
    """Lo que muestra la página; los textos vacíos son datos que la fuente no da."""

    regla: ReglaOperacion
    ventana: Ventana
    dependencia: str
    dependencia_entonces: str
    ejercicios: tuple[tuple[int, str, bool], ...]
    es_ultima: bool
    apoyos: tuple[RenglonApoyo, ...]
    requisitos: tuple
    documentos: tuple
    convocatorias: tuple[RenglonConvocatoria, ...]
    entregas: tuple[FechaDeEntrega, ...]
    sedes: tuple[Sede, ...]
    sedes_total: int
    poblaciones: tuple[Poblacion, ...]
    metas: tuple[Cifra, ...]
    presupuesto: Dinero | None
    compatibilidades: tuple[Compatibilidad, ...]
    fuentes: tuple[Fuente, ...]
    leyenda: Leyenda | None
    que_recibes: str
    tiene_texto: bool
    apartados: tuple[Apartado, ...]

    @property
    def programa(self) -> Programa:
        return self.regla.programa

    @property
    def nombre(self) -> str:
        return self.regla.nombre

    @property
    def estado(self) -> str:
        return self.ventana.estado

    @property
    def estado_texto(self) -> str:
        return self.ventana.texto

    @property
    def permalink(self) -> str:
        ruta = reverse(
            "programas:programa_ejercicio", args=[self.programa.slug, self.regla.ejercicio]
        )
        return f"{ruta}?version={self.regla.version}"

    @property
    def url_reglas(self) -> str:
        """Vacía si nadie ha capturado el texto: no se manda a una página hueca."""
        if not self.tiene_texto:
            return ""
        return reverse("programas:reglas", args=[self.programa.slug, self.regla.ejercicio])

    @property
    def residencia_texto(self) -> str:
        regla = self.regla
        if regla.residencia == Residencia.SIN_DATO:
            return regla.residencia_detalle
        texto = str(regla.get_residencia_display())
        return f"{texto} ({regla.residencia_detalle})" if regla.residencia_detalle else texto

    @property
    def territorio(self) -> str:
        return ", ".join(a.nombre for a in self.regla.alcaldias.all())

    @property
    def acceso_simultaneo_texto(self) -> str:
        """¿Puedo tenerlo junto con otro? Vacío si la fuente no lo dice."""
        return {
            AccesoSimultaneo.SI: _("Sí, es compatible con otros apoyos"),
            AccesoSimultaneo.NO: _("No, excluye a otros apoyos"),
            AccesoSimultaneo.CONDICIONADO: _("Depende del otro apoyo"),
            AccesoSimultaneo.SIN_DATO: "",
        }[AccesoSimultaneo(self.regla.acceso_simultaneo)]

    @property
    def gaceta_texto(self) -> str:
        regla = self.regla
        if not regla.gaceta_numero and not regla.gaceta_fecha:
            return ""
        numero = _("núm. %(n)s") % {"n": regla.gaceta_numero} if regla.gaceta_numero else ""
        fecha = (
            _("del %(dia)s") % {"dia": redaccion.fecha_larga(regla.gaceta_fecha)}
            if regla.gaceta_fecha
            else ""
        )
        return " ".join(filter(None, [_("Gaceta Oficial de la Ciudad de México"), numero, fecha]))

    @property
    def quien(self) -> str:
        """Edad y sexo en una línea corta: «mujeres de 18 a 59 años»."""
        sexo = self.regla.get_sexo_display() if self.regla.sexo else ""
        return " ".join(filter(None, [sexo, self.regla.edad_texto]))

    @property
    def hechos(self) -> tuple[tuple[str, str], ...]:
        """Las cuatro respuestas de arriba; solo las que se conocen."""
        veces = next((a.ministraciones for a in self.apoyos if a.ministraciones), "")
        pares = (
            (_("Qué recibes"), self.que_recibes),
            (_("Cuántas veces"), veces),
            (_("Para quién"), self.quien[:1].upper() + self.quien[1:]),
            (_("Con otro apoyo"), self.acceso_simultaneo_texto),
        )
        return tuple((titulo, valor) for titulo, valor in pares if valor)


def regla_publica(
    programa: Programa, *, ejercicio: int | None = None, version: int | None = None
) -> ReglaOperacion:
    """La publicada de ese año (o la última), o una versión que fue pública. Levanta DoesNotExist."""
    reglas = (
        ReglaOperacion.objects.filter(programa=programa)
        .select_related("programa", "dependencia")
        .prefetch_related(
            "dependencia__denominaciones",
            "alcaldias",
            "derechos",
            "grupos",
            "requisitos",
            "fuentes",
            "poblaciones__fuente",
            "alineaciones",
            Prefetch("compatibilidades", Compatibilidad.objects.select_related("programa")),
            Prefetch("apoyos", Apoyo.objects.select_related("tipo", "fuente")),
            Prefetch("metas", MetaFisica.objects.select_related("fuente")),
        )
        .order_by("-ejercicio", "-version")
    )
    if ejercicio is not None:
        reglas = reglas.filter(ejercicio=ejercicio)
    # Sin ejercicio, la versión es la del último año que la tuvo: «1» hay una por año.
    regla = (
        reglas.publicadas()
        if version is None
        else reglas.filter(version=version, estado__in=FUERON_PUBLICOS)
    ).first()
    if regla is None:
        raise ReglaOperacion.DoesNotExist
    return regla


def _ejercicios(programa: Programa, actual: int) -> tuple[tuple[int, str, bool], ...]:
    anios = (
        ReglaOperacion.objects.filter(programa=programa)
        .publicadas()
        .order_by("-ejercicio")
        .values_list("ejercicio", flat=True)
    )
    return tuple((anio, url_de_programa(programa, anio), anio == actual) for anio in anios)


def _dependencia_entonces(regla: ReglaOperacion) -> str:
    """Cómo se llamaba al terminar ese año; hoy, si el año no ha terminado."""
    dia = min(datetime.date(regla.ejercicio, 12, 31), timezone.localdate())
    entonces = regla.dependencia.denominacion_en(dia)
    return entonces.nombre if entonces else regla.dependencia.nombre_actual


def ficha(regla: ReglaOperacion) -> Ficha:
    """Arma la página desde una regla traída con `regla_publica`."""
    programa, ahora = regla.programa, timezone.now()
    fuentes = tuple(regla.fuentes.all())
    general = fuentes[0] if fuentes else None
    del_anio = {"programa": programa, "ejercicio": regla.ejercicio}
    ventanas = ventanas_de([(programa.pk, regla.ejercicio)])
    sedes = Sede.objects.filter(**del_anio).select_related("centro__alcaldia", "centro__tipo")
    ejercicios = _ejercicios(programa, regla.ejercicio)
    apoyos = regla.apoyos.all()
    requisitos = regla.requisitos.all()
    return Ficha(
        regla=regla,
        ventana=ventanas.get((programa.pk, regla.ejercicio), Ventana()),
        dependencia=regla.dependencia.nombre_actual,
        dependencia_entonces=_dependencia_entonces(regla),
        ejercicios=ejercicios,
        es_ultima=not ejercicios or ejercicios[0][0] == regla.ejercicio,
        apoyos=tuple(renglon_apoyo(a, general) for a in apoyos),
        requisitos=tuple(r for r in requisitos if r.clase == r.Clase.CONDICION),
        documentos=tuple(r for r in requisitos if r.clase == r.Clase.DOCUMENTO),
        convocatorias=tuple(
            renglon_convocatoria(c, ahora) for c in Convocatoria.objects.filter(**del_anio)
        ),
        entregas=tuple(FechaDeEntrega.objects.filter(**del_anio)),
        sedes=tuple(sedes.order_by("centro__nombre")[:SEDES_EN_PAGINA]),
        sedes_total=sedes.count(),
        poblaciones=tuple(regla.poblaciones.all()),
        metas=tuple(
            Cifra(number_format(m.cantidad, force_grouping=True), m.unidad, m.fuente or general)
            for m in regla.metas.all()
        ),
        presupuesto=dinero(regla, general),
        compatibilidades=tuple(regla.compatibilidades.all()),
        fuentes=fuentes,
        leyenda=Leyenda.objects.vigentes().order_by("orden").first(),
        que_recibes=redaccion.que_recibes(apoyos),
        tiene_texto=regla.textos.exists(),
        apartados=apartados_de(regla),
    )
