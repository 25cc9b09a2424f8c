"""Las secciones en que se escribe una regla, en su orden. Sus campos llevan las claves del retrato."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programas.models import Apartado, AplicaA, ReglaOperacion

CAPITULO = "capitulo-"  # «capitulo-rop-3»: la sección donde se escribe el capítulo 3


@dataclass(frozen=True, slots=True)
class SeccionDeCaptura:
    """Una página del formulario. Un capítulo del documento trae sus numerales en `apartados`."""

    clave: str
    titulo: str | Promise
    grupo: str | Promise
    campos: tuple[str, ...]
    apartados: tuple[Apartado, ...] = ()

    @property
    def es_capitulo(self) -> bool:
        return bool(self.apartados)


_IDENTIDAD = _("Qué es y para quién")
_ENTREGA = _("Qué se entrega y cuánto cuesta")
_ACCESO = _("Cómo se pide")
_SUSTENTO = _("En qué se apoya")
_DOCUMENTO = _("El texto del documento")
_VERSION = _("Esta versión")

_FIJAS = (
    SeccionDeCaptura(
        "modificacion", _("Qué modifica"), _VERSION, ("razon_de_la_version", "vigente_desde")
    ),
    SeccionDeCaptura(
        "nombre",
        _("Nombre y responsable"),
        _IDENTIDAD,
        ("nombre", "clave_oficial", "unidad_responsable"),
    ),
    SeccionDeCaptura(
        "que-es",
        _("Qué es y para quién"),
        _IDENTIDAD,
        ("resumen", "a_quien", "objetivo", "derechos", "grupos"),
    ),
    SeccionDeCaptura(
        "para-quien",
        _("Quién puede recibirlo"),
        _IDENTIDAD,
        ("edad", "sexo", "residencia", "residencia_detalle", "alcaldias"),
    ),
    SeccionDeCaptura("apoyos", _("Apoyos"), _ENTREGA, ("apoyos",)),
    SeccionDeCaptura(
        "poblaciones",
        _("Poblaciones"),
        _ENTREGA,
        ("poblacion-potencial", "poblacion-objetivo", "poblacion-beneficiaria"),
    ),
    SeccionDeCaptura(
        "metas",
        _("Metas físicas"),
        _ENTREGA,
        ("metas", "facilitadores_total", "facilitadores_monto"),
    ),
    SeccionDeCaptura(
        "dinero",
        _("Presupuesto"),
        _ENTREGA,
        (
            *("presupuesto_aprobado", "presupuesto_trimestres"),
            *("presupuesto_fuente", "presupuesto_ejercido"),
        ),
    ),
    SeccionDeCaptura(
        "requisitos", _("Requisitos y documentos"), _ACCESO, ("requisitos", "documentos")
    ),
    SeccionDeCaptura(
        "acceso",
        _("Acceso y quejas"),
        _ACCESO,
        ("como_solicitar", "acceso_simultaneo", "compatibilidades", "queja", "notas"),
    ),
    SeccionDeCaptura("alineaciones", _("Alineación"), _SUSTENTO, ("alineaciones",)),
    SeccionDeCaptura("fuentes", _("Fuentes"), _SUSTENTO, ("fuentes", "enlace")),
)
# Una acción social es más corta: sin calendario ni facilitadoras, y con fechas en lugar de año.
_DE_ACCION = {
    "metas": SeccionDeCaptura("metas", _("Metas físicas"), _ENTREGA, ("metas",)),
    "dinero": SeccionDeCaptura(
        "dinero",
        _("Presupuesto y fechas"),
        _ENTREGA,
        ("fecha_inicio", "fecha_fin", "presupuesto_aprobado", "presupuesto_fuente"),
    ),
}
_SOLO_DE_PROGRAMA = {"alineaciones"}

TITULOS: dict[str, str | Promise] = {s.clave: s.titulo for s in _FIJAS}


def secciones_de(regla: ReglaOperacion) -> tuple[SeccionDeCaptura, ...]:
    """Todas las de esa regla, en su orden. Una consulta."""
    es_accion = regla.programa.es_accion
    fijas = (
        _DE_ACCION.get(s.clave, s) if es_accion else s
        for s in _FIJAS
        if not (es_accion and s.clave in _SOLO_DE_PROGRAMA)
        and (s.clave != "modificacion" or regla.es_modificacion)
    )
    return (*fijas, *_capitulos(regla))


def apartados_de(regla: ReglaOperacion) -> list[Apartado]:
    """Los numerales que hoy se piden para su tipo, y los que ya tienen texto aunque se cerraran."""
    tipos = [regla.programa.tipo, AplicaA.AMBOS]
    vigentes = Apartado.objects.vigentes().filter(aplica_a__in=tipos)
    suyos = Q(pk__in=vigentes.values("pk")) | Q(pk__in=regla.textos.values("apartado"))
    return list(Apartado.objects.filter(suyos))


def _capitulos(regla: ReglaOperacion) -> list[SeccionDeCaptura]:
    """Cada numeral en la sección de su capítulo; uno sin capítulo hace la suya."""
    juntos: dict[str, list[Apartado]] = {}
    for apartado in apartados_de(regla):
        juntos.setdefault(apartado.numeral.split(".")[0], []).append(apartado)
    return [
        SeccionDeCaptura(
            f"{CAPITULO}{suyos[0].clave}",
            str(suyos[0]),
            _DOCUMENTO,
            tuple(a.clave for a in suyos),
            tuple(suyos),
        )
        for suyos in juntos.values()
    ]


def seccion(regla: ReglaOperacion, clave: str) -> SeccionDeCaptura | None:
    return next((s for s in secciones_de(regla) if s.clave == clave), None)


def vecinas(
    todas: tuple[SeccionDeCaptura, ...], clave: str
) -> tuple[SeccionDeCaptura | None, SeccionDeCaptura | None]:
    """(la anterior, la siguiente)."""
    claves = [s.clave for s in todas]
    lugar = claves.index(clave)
    antes = todas[lugar - 1] if lugar else None
    return antes, (todas[lugar + 1] if lugar + 1 < len(todas) else None)
