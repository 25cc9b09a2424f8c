"""Documentos inventados del archivo histórico, con su PDF, para probar la búsqueda por dentro."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from programas.importacion.texto_de_documentos import indexar, leer, olvidar
from programas.models import ClaseDeDocumento, Documento
from programas.models.documento import TIPOS_ADMITIDOS, clave_de
from sibis.archivos import servicios as archivos
from sibis.demo.azar import azar
from sibis.demo.catalogo import EnPortal
from sibis.demo.pdf_sencillo import pdf
from sibis.demo.sincronia import Balance

_LIMITE = 1_000_000
_AVISO = "Documento inventado para la demostración: ningún dato es real."
_ALCALDIAS = (
    "Azcapotzalco",
    "Coyoacán",
    "Gustavo A. Madero",
    "Iztapalapa",
    "Tláhuac",
    "Xochimilco",
)


@dataclass(frozen=True, slots=True)
class _Modelo:
    """Qué clase de documento, de hace cuántos años, y qué dice cada página."""

    clase: ClaseDeDocumento
    titulo: str
    anio: int
    resumen: str
    paginas: tuple[tuple[str, ...], ...]


_MODELOS = (
    _Modelo(
        ClaseDeDocumento.PADRON,
        "Padrón publicado por alcaldía: {programa}",
        2014,
        "Cuántas personas recibieron el apoyo en cada alcaldía, sin nombres.",
        (
            ("Padrón de personas beneficiarias", "{programa}", "Ejercicio {anio}", _AVISO),
            ("Personas por alcaldía", "{tabla}", "Los nombres se consultan en la Gaceta."),
        ),
    ),
    _Modelo(
        ClaseDeDocumento.EVALUACION_INTERNA,
        "Evaluación interna: {programa}",
        2015,
        "Qué funcionó y qué no, según la propia dependencia.",
        (
            ("Evaluación interna {anio}", "{programa}", _AVISO),
            (
                "Metodología",
                "Se revisaron expedientes y se entrevistó a personas usuarias.",
                "La muestra cubrió seis demarcaciones.",
            ),
            (
                "Hallazgos y recomendaciones",
                "El tiempo de espera bajó de cuarenta a dieciocho días hábiles.",
                "Se recomienda simplificar la cédula de solicitud y abrir ventanillas vespertinas.",
                "Falta accesibilidad en tres módulos de atención.",
            ),
        ),
    ),
    _Modelo(
        ClaseDeDocumento.CONVOCATORIA,
        "Convocatoria: {programa}",
        2017,
        "Fechas, lugares y requisitos de aquella convocatoria.",
        (
            ("Convocatoria {anio}", "{programa}", _AVISO),
            (
                "Requisitos",
                "Vivir en la ciudad, identificación vigente y comprobante de domicilio.",
                "El registro se hizo por la primera letra del apellido.",
            ),
        ),
    ),
    _Modelo(
        ClaseDeDocumento.PADRON,
        "Padrón publicado por alcaldía: {programa}",
        2018,
        "Cuántas personas recibieron el apoyo en cada alcaldía, sin nombres.",
        (
            ("Padrón de personas beneficiarias", "{programa}", "Ejercicio {anio}", _AVISO),
            ("Personas por alcaldía", "{tabla}"),
        ),
    ),
    _Modelo(
        ClaseDeDocumento.INFORME,
        "Informe de resultados: {programa}",
        2021,
        "Avance de metas y gasto del año, contado en pocas páginas.",
        (
            ("Informe de resultados {anio}", "{programa}", _AVISO),
            (
                "Avance de metas",
                "Durante la contingencia sanitaria la entrega se hizo en el domicilio.",
                "Se alcanzó el noventa y tres por ciento de la meta física.",
            ),
        ),
    ),
    _Modelo(
        ClaseDeDocumento.OTRO,
        "Acta digitalizada del comité: {programa}",
        2016,
        "Una imagen sin texto: se encuentra por su título.",
        ((), ()),
    ),
)


def sembrar(programas: list[EnPortal], *, semilla: int) -> Balance:
    """Uno de cada modelo, sobre programas del catálogo. Repetirla no cambia nada."""
    elegidos = sorted(programas, key=lambda p: azar(semilla, "documento", p.clave).random())
    resultados = [
        _sembrar(modelo, programa, semilla)
        for modelo, programa in zip(_MODELOS, elegidos, strict=False)
    ]
    return Balance(
        "documentos", *(resultados.count(que) for que in ("altas", "cambios", "iguales"))
    )


@transaction.atomic
def _sembrar(modelo: _Modelo, programa: EnPortal, semilla: int) -> str:
    clave = clave_de("demostración", modelo.clase, modelo.anio)
    documento = Documento.objects.filter(clave=clave).first() or Documento(
        clave=clave, es_demostracion=True
    )
    nuevo = documento.pk is None
    contenido = pdf(
        [list(_renglones(p, modelo, programa, semilla)) for p in modelo.paginas],
        titulo=_relleno(modelo.titulo, modelo, programa),
    )
    archivo = archivos.guardar(
        io.BytesIO(contenido), por=None, limite=_LIMITE, tipos=TIPOS_ADMITIDOS
    )
    valores = {
        "clase": modelo.clase.value,
        "titulo": _relleno(modelo.titulo, modelo, programa)[:300],
        "ejercicio": modelo.anio,
        "programa": programa.programa,
        "dependencia": programa.programa.dependencia,
        "resumen": f"{modelo.resumen} {_AVISO}",
        "fuente": "Demostración",
        "anio_publicacion": modelo.anio + 1,
        "origen": Documento.Origen.MANIFIESTO.value,
    }
    cambio = [c for c, v in valores.items() if getattr(documento, c) != v]
    if not cambio and documento.archivo_id == archivo.pk:
        return "iguales"
    for campo, valor in valores.items():
        setattr(documento, campo, valor)
    if documento.archivo_id != archivo.pk:
        documento.cambiar_archivo(archivo)
    documento.clean()
    documento.save()
    olvidar(documento)
    leer(documento)
    indexar([documento.pk])
    return "altas" if nuevo else "cambios"


def _relleno(texto: str, modelo: _Modelo, programa: EnPortal) -> str:
    return texto.replace("{programa}", programa.programa.nombre).replace("{anio}", str(modelo.anio))


def _renglones(
    pagina: tuple[str, ...], modelo: _Modelo, programa: EnPortal, semilla: int
) -> Iterator[str]:
    dado = azar(semilla, "documento", modelo.clase, modelo.anio)
    for renglon in pagina:
        if renglon == "{tabla}":
            yield from (f"{nombre}: {dado.randint(120, 4800):,} personas" for nombre in _ALCALDIAS)
        else:
            yield _relleno(renglon, modelo, programa)
