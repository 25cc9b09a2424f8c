"""La página de un programa en un ejercicio, armada desde su regla publicada."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from programas.consultas import redaccion
from programas.consultas.apartados import Apartado, apartados_de
from programas.consultas.publicas import dependencia_entonces, ejercicios_de, vigente_de
from programas.consultas.publicas import regla_publica as regla_publica
from programas.consultas.renglones import (
    Cifra,
    Dinero,
    RenglonApoyo,
    RenglonConvocatoria,
    dinero,
    renglon_apoyo,
    renglon_convocatoria,
    renglon_meta,
)
from programas.consultas.resultados import url_de_programa
from programas.consultas.sedes import sedes_de
from programas.consultas.ventanas import Plazo, Ventana, ventana
from programas.consultas.versiones import VersionPublica, versiones_de
from programas.models import (
    AccesoSimultaneo,
    Compatibilidad,
    Convocatoria,
    FechaDeEntrega,
    Fuente,
    Leyenda,
    Poblacion,
    Programa,
    ReglaOperacion,
    Residencia,
    Sede,
)
from sibis.formatos.fechas import fecha_larga


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
    vigente: ReglaOperacion | None = None  # la que sustituyó a esta, si ya la sustituyeron
    con_version: bool = False  # se pidió una versión exacta: sus enlaces llevan a esa misma
    dia: datetime.date | None = None  # se pidió la que regía ese día
    versiones: tuple[VersionPublica, ...] = ()  # las del ejercicio, si hubo más de una

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
    def direccion(self) -> str:
        """La que se da a los buscadores: una por año, y la corta para el más reciente."""
        return url_de_programa(self.programa, None if self.es_ultima else self.regla.ejercicio)

    @property
    def tiene_reglas(self) -> bool:
        """¿Hay con qué armar el documento? El texto de los numerales, o lo que va en ellos.

        El nombre y la dependencia solos no son reglas: no se manda a nadie a una página hueca.
        """
        regla = self.regla
        secciones = (self.apoyos, self.requisitos, self.documentos, self.metas, self.poblaciones)
        return self.tiene_texto or any(secciones) or bool(regla.objetivo or self.presupuesto)

    @property
    def es_de_fuentes_publicas(self) -> bool:
        """Lo reunió el catálogo desde Gacetas y notas: no es el documento que firmó la dependencia."""
        return self.regla.origen == ReglaOperacion.Origen.CATALOGO

    def _url(self, nombre: str) -> str:
        ruta = reverse(f"programas:{nombre}", args=[self.programa.slug, self.regla.ejercicio])
        return f"{ruta}?version={self.regla.version}" if self.con_version else ruta

    @property
    def url_reglas(self) -> str:
        return self._url("reglas") if self.tiene_reglas else ""

    @property
    def descargas(self) -> tuple[tuple[str, str, str], ...]:
        """(qué es, formato, dirección) de lo que se puede llevar."""
        hay = [(_("Ficha para imprimir"), "PDF", self._url("ficha_pdf"))]
        if self.tiene_reglas:
            hay += [
                (_("Reglas de operación"), "PDF", self._url("reglas_pdf")),
                (_("Reglas de operación"), "Word", self._url("reglas_docx")),
            ]
        if self.convocatorias or self.entregas:
            hay.append((_("Fechas para tu calendario"), "iCalendar", self._url("calendario_ics")))
        return tuple(hay)

    @property
    def anio_anterior(self) -> int | None:
        """El ejercicio publicado que sigue hacia atrás, con el cual se compara este."""
        return next((a for a, _url, _es in self.ejercicios if a < self.regla.ejercicio), None)

    @property
    def url_cambios(self) -> str:
        return self._url("cambios") if self.anio_anterior or self.regla.version > 1 else ""

    @property
    def proxima(self) -> RenglonConvocatoria | None:
        """La siguiente ventana, cuando hoy está cerrado."""
        ahora = timezone.now()
        futuras = (c for c in self.convocatorias if c.abre > ahora)
        return next(futuras, None) if self.estado == "cerrado" else None

    @property
    def proxima_texto(self) -> str:
        """«del 4 de marzo al 3 de abril de 2026»; vacío si no hay una por venir."""
        if self.proxima is None:
            return ""
        datos = {"abre": fecha_larga(timezone.localdate(self.proxima.abre))}
        if self.proxima.cierra is None:
            return _("desde el %(abre)s") % datos
        datos["cierra"] = fecha_larga(timezone.localdate(self.proxima.cierra))
        return _("del %(abre)s al %(cierra)s") % datos

    @property
    def url_sustitucion(self) -> str:
        """Qué cambió de esta versión, ya sustituida, a la vigente."""
        if self.vigente is None:
            return ""
        ruta = reverse("programas:cambios", args=[self.programa.slug, self.regla.ejercicio])
        return f"{ruta}?version={self.vigente.version}&contra={self.regla.version}"

    @property
    def fuentes_de_poblaciones(self) -> tuple[Fuente, ...]:
        """Cada una una vez; la población que no dice la suya salió de la general."""
        general = self.fuentes[0] if self.fuentes else None
        propias = (p.fuente or general for p in self.poblaciones)
        return tuple(dict.fromkeys(f for f in propias if f is not None))

    @property
    def fuentes_de_apoyos(self) -> tuple[Fuente, ...]:
        return tuple(dict.fromkeys(a.fuente for a in self.apoyos if a.fuente is not None))

    @property
    def fuentes_de_metas(self) -> tuple[Fuente, ...]:
        del_dinero = (self.presupuesto.fuente,) if self.presupuesto else ()
        todas = (*del_dinero, *(m.fuente for m in self.metas))
        return tuple(dict.fromkeys(f for f in todas if f is not None))

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
            _("del %(dia)s") % {"dia": fecha_larga(regla.gaceta_fecha)}
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


def _lo_capturado(regla: ReglaOperacion, general: Fuente | None) -> dict[str, Any]:
    """Las listas de la regla, cada una como se lee."""
    requisitos, apoyos = regla.requisitos.all(), regla.apoyos.all()
    return {
        "apoyos": tuple(renglon_apoyo(a, general) for a in apoyos),
        "que_recibes": redaccion.que_recibes(apoyos),
        "requisitos": tuple(r for r in requisitos if r.clase == r.Clase.CONDICION),
        "documentos": tuple(r for r in requisitos if r.clase == r.Clase.DOCUMENTO),
        "poblaciones": tuple(regla.poblaciones.all()),
        "metas": tuple(renglon_meta(m, general) for m in regla.metas.all()),
        "compatibilidades": tuple(regla.compatibilidades.all()),
    }


def ficha(
    regla: ReglaOperacion,
    *,
    con_version: bool = False,
    con_apartados: bool = True,
    dia: datetime.date | None = None,
) -> Ficha:
    """Desde una regla de `publicas`. Los apartados ajenos solo los pinta la página, no el documento."""
    programa, ahora = regla.programa, timezone.now()
    fuentes = tuple(regla.fuentes.all())
    general = fuentes[0] if fuentes else None
    del_anio = {"programa": programa, "ejercicio": regla.ejercicio}
    convocatorias = tuple(Convocatoria.objects.filter(**del_anio))
    plazos = [Plazo(c.abre, c.cierra, c.modo, c.es_demostracion) for c in convocatorias]
    sedes, sedes_total = sedes_de(programa, regla.ejercicio)
    ejercicios = ejercicios_de(regla)
    return Ficha(
        regla=regla,
        ventana=ventana(plazos, ahora),
        dependencia=regla.dependencia.nombre_actual,
        dependencia_entonces=dependencia_entonces(regla),
        ejercicios=ejercicios,
        es_ultima=not ejercicios or ejercicios[0][0] == regla.ejercicio,
        **_lo_capturado(regla, general),
        convocatorias=tuple(renglon_convocatoria(c, ahora) for c in convocatorias),
        entregas=tuple(FechaDeEntrega.objects.filter(**del_anio)),
        sedes=sedes,
        sedes_total=sedes_total,
        presupuesto=dinero(regla, general),
        fuentes=fuentes,
        leyenda=Leyenda.objects.vigentes().order_by("orden").first(),
        tiene_texto=regla.con_texto,
        apartados=apartados_de(regla) if con_apartados else (),
        vigente=vigente_de(regla),
        con_version=con_version,
        dia=dia,
        versiones=versiones_de(regla) if con_apartados else (),
    )
