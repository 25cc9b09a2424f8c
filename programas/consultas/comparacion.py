"""Qué cambió de un año a otro, o de una versión a otra, dicho como lo leería cualquiera."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from programas.consultas.cambios_de_datos import de_apoyos, de_numero, de_valor
from programas.consultas.publicas import reglas_para_leer
from programas.estados import EN_EL_PORTAL, FUERON_PUBLICOS
from programas.models import Convocatoria, Poblacion, ReglaOperacion, Requisito
from sibis.documentos.escrito import ancla_de
from sibis.formatos.fechas import fecha_larga
from sibis.nucleo.diferencias import Cambio, de_lista, de_texto, si_se_dice


@dataclass(frozen=True, slots=True)
class Seccion:
    ancla: str
    titulo: str
    cambios: tuple[Cambio, ...]


@dataclass(frozen=True, slots=True)
class Comparacion:
    """`antes` falta cuando no hay con qué comparar."""

    antes: ReglaOperacion | None
    ahora: ReglaOperacion
    secciones: tuple[Seccion, ...]
    otras: tuple[tuple[str, str], ...]  # (qué se compararía, dirección)

    @property
    def entre_versiones(self) -> bool:
        return self.antes is not None and self.antes.ejercicio == self.ahora.ejercicio

    @property
    def total(self) -> int:
        """Sin contar lo que solo una de las dos fuentes dice: de eso no se sabe si cambió."""
        return sum(c.se_sabe for seccion in self.secciones for c in seccion.cambios)

    @property
    def url_antes(self) -> str:
        return f"{self.antes.get_absolute_url()}?version={self.antes.version}" if self.antes else ""

    @property
    def url_ahora(self) -> str:
        return f"{self.ahora.get_absolute_url()}?version={self.ahora.version}"


def regla_anterior(regla: ReglaOperacion) -> ReglaOperacion | None:
    """La publicada del ejercicio que sigue hacia atrás; si no hay, la versión anterior del mismo."""
    del_programa = reglas_para_leer().filter(programa=regla.programa)
    del_anio_anterior = del_programa.filter(
        ejercicio__lt=regla.ejercicio, estado__in=EN_EL_PORTAL
    ).first()
    return (
        del_anio_anterior
        or del_programa.filter(
            ejercicio=regla.ejercicio, version__lt=regla.version, estado__in=FUERON_PUBLICOS
        ).first()
    )


def comparar(antes: ReglaOperacion | None, ahora: ReglaOperacion) -> Comparacion:
    """Sección por sección; las que no cambiaron no aparecen."""
    secciones = _secciones(antes, ahora) if antes is not None else []
    dichas = tuple(
        Seccion(ancla, titulo, tuple(cambios)) for ancla, titulo, cambios in secciones if cambios
    )
    return Comparacion(antes, ahora, dichas, _otras(antes, ahora))


def _secciones(
    antes: ReglaOperacion, ahora: ReglaOperacion
) -> Iterable[tuple[str, str, list[Cambio]]]:
    return [
        ("general", _("Qué es y quién lo da"), _general(antes, ahora)),
        ("apoyos", _("Qué recibes"), de_apoyos(antes, ahora)),
        ("para-quien", _("Para quién"), _para_quien(antes, ahora)),
        ("requisitos", _("Qué necesitas"), _requisitos(antes, ahora)),
        ("fechas", _("Cuándo y cómo"), _fechas(antes, ahora)),
        ("con-otro", _("¿Con otro apoyo?"), _con_otro(antes, ahora)),
        ("metas", _("Metas y presupuesto"), _cuentas(antes, ahora)),
        ("quejas", _("Quejas"), de_texto(antes.queja, ahora.queja)),
        *_numerales(antes, ahora),
    ]


def _general(antes: ReglaOperacion, ahora: ReglaOperacion) -> list[Cambio]:
    return [
        *de_valor(_("Nombre"), antes.nombre, ahora.nombre),
        *de_valor(
            _("Dependencia"), antes.dependencia.nombre_actual, ahora.dependencia.nombre_actual
        ),
        *de_valor(_("Área responsable"), antes.unidad_responsable, ahora.unidad_responsable),
        *de_texto(antes.resumen, ahora.resumen, titulo=_("Qué es")),
        *de_texto(antes.objetivo, ahora.objetivo, titulo=_("Objetivo")),
    ]


def _para_quien(antes: ReglaOperacion, ahora: ReglaOperacion) -> list[Cambio]:
    def territorio(regla: ReglaOperacion) -> list[str]:
        return [a.nombre for a in regla.alcaldias.all()]

    return [
        *de_texto(antes.a_quien, ahora.a_quien, titulo=_("A quién va dirigido")),
        *de_valor(_("Edad"), antes.edad_texto, ahora.edad_texto),
        *de_valor(
            _("Sexo"),
            antes.get_sexo_display() if antes.sexo else _("mujeres y hombres"),
            ahora.get_sexo_display() if ahora.sexo else _("mujeres y hombres"),
        ),
        *de_valor(
            _("Residencia"),
            str(antes.get_residencia_display()),
            str(ahora.get_residencia_display()),
        ),
        *de_lista(territorio(antes), territorio(ahora)),
    ]


def _requisitos(antes: ReglaOperacion, ahora: ReglaOperacion) -> list[Cambio]:
    def textos(regla: ReglaOperacion, clase: str) -> list[str]:
        return [r.texto for r in regla.requisitos.all() if r.clase == clase]

    cambios = [
        cambio
        for clase in Requisito.Clase.values
        for cambio in de_lista(textos(antes, clase), textos(ahora, clase))
    ]
    return si_se_dice(antes.requisitos.all(), ahora.requisitos.all(), cambios)


def _ventanas(regla: ReglaOperacion) -> dict[str, str]:
    return {
        c.nombre: _de_ventana(c)
        for c in Convocatoria.objects.filter(programa=regla.programa, ejercicio=regla.ejercicio)
    }


def _de_ventana(ventana: Convocatoria) -> str:
    datos = {"abre": fecha_larga(timezone.localdate(ventana.abre))}
    if ventana.cierra is None:
        return _("desde el %(abre)s") % datos
    datos["cierra"] = fecha_larga(timezone.localdate(ventana.cierra))
    return _("del %(abre)s al %(cierra)s") % datos


def _fechas(antes: ReglaOperacion, ahora: ReglaOperacion) -> list[Cambio]:
    def dia(fecha: object) -> str:
        return fecha_larga(fecha) if fecha else ""  # type: ignore[arg-type]

    cambios = [
        *de_valor(_("Empieza"), dia(antes.fecha_inicio), dia(ahora.fecha_inicio)),
        *de_valor(_("Termina"), dia(antes.fecha_fin), dia(ahora.fecha_fin)),
        *de_texto(antes.como_solicitar, ahora.como_solicitar, titulo=_("Cómo se pide")),
    ]
    if antes.ejercicio == ahora.ejercicio:
        return cambios  # las ventanas son del año, no de la versión
    viejas, nuevas = _ventanas(antes), _ventanas(ahora)
    for nombre in dict.fromkeys([*nuevas, *viejas]):
        cambios += de_valor(nombre, viejas.get(nombre, ""), nuevas.get(nombre, ""))
    return cambios


def _con_otro(antes: ReglaOperacion, ahora: ReglaOperacion) -> list[Cambio]:
    def otros(regla: ReglaOperacion) -> list[str]:
        return [
            f"{c.get_clase_display()}: {c.programa or c.nombre} {c.condicion}".strip()
            for c in regla.compatibilidades.all()
        ]

    return [
        *de_valor(
            _("¿Se puede tener junto con otro?"),
            str(antes.get_acceso_simultaneo_display()),
            str(ahora.get_acceso_simultaneo_display()),
        ),
        *de_lista(otros(antes), otros(ahora)),
    ]


def _cuentas(antes: ReglaOperacion, ahora: ReglaOperacion) -> list[Cambio]:
    cambios = de_numero(
        _("Presupuesto aprobado"),
        antes.presupuesto_aprobado,
        ahora.presupuesto_aprobado,
        en_pesos=True,
    )
    metas_antes = {m.unidad: m.cantidad for m in antes.metas.all()}
    metas_ahora = {m.unidad: m.cantidad for m in ahora.metas.all()}
    for unidad in dict.fromkeys([*metas_ahora, *metas_antes]):
        que = _("Meta de %(unidad)s") % {"unidad": unidad}
        cambios += de_numero(que, metas_antes.get(unidad), metas_ahora.get(unidad))
    viejas = {p.clase: p.total for p in antes.poblaciones.all()}
    nuevas = {p.clase: p.total for p in ahora.poblaciones.all()}
    for clase in Poblacion.Clase:
        cambios += de_numero(str(clase.label).capitalize(), viejas.get(clase), nuevas.get(clase))
    return cambios


def _numerales(antes: ReglaOperacion, ahora: ReglaOperacion) -> list[tuple[str, str, list[Cambio]]]:
    """El texto de cada numeral, palabra por palabra."""

    def textos(regla: ReglaOperacion) -> dict[str, tuple[str, str, str]]:
        return {
            t.apartado.clave: (t.apartado.numeral, t.apartado.nombre, t.texto)
            for t in regla.textos.select_related("apartado").order_by("apartado__orden")
        }

    viejos, nuevos = textos(antes), textos(ahora)
    secciones = []
    for clave in dict.fromkeys([*nuevos, *viejos]):
        numeral, nombre, _texto = nuevos.get(clave) or viejos[clave]
        viejo, nuevo = viejos.get(clave, ("", "", ""))[2], nuevos.get(clave, ("", "", ""))[2]
        secciones.append((ancla_de(numeral), f"{numeral} {nombre}", de_texto(viejo, nuevo)))
    return secciones


def _otras(antes: ReglaOperacion | None, ahora: ReglaOperacion) -> tuple[tuple[str, str], ...]:
    """Las demás versiones públicas del mismo año, con las que también se puede comparar."""
    ruta = reverse("programas:cambios", args=[ahora.programa.slug, ahora.ejercicio])
    hermanas = ahora.programa.reglas.filter(
        ejercicio=ahora.ejercicio, estado__in=FUERON_PUBLICOS
    ).exclude(pk__in=[r.pk for r in (antes, ahora) if r is not None])
    versiones = hermanas.order_by("version").values_list("version", flat=True)
    return tuple(
        (
            _("De la versión %(una)s a la %(otra)s") % {"una": v, "otra": ahora.version},
            f"{ruta}?version={ahora.version}&contra={v}",
        )
        for v in versiones
        if v < ahora.version
    )
