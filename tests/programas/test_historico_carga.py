"""El manifiesto del archivo histórico: lo bueno entra, lo malo se nombra con su fila."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest
from django.core.management import call_command

from programas.importacion import historico
from programas.models import Documento
from sibis.archivos.models import Archivo
from sibis.demo.pdf_sencillo import pdf
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory

pytestmark = pytest.mark.django_db

TITULOS = (
    "Título",
    "Clase",
    "Año",
    "Fecha",
    "Programa",
    "Dependencia",
    "Archivo",
    "Enlace",
    "Fuente",
)
BUENA = ("Evaluación", "evaluación interna", "2015", "30/06/2016", "", "", "a.pdf", "", "Gaceta")


@pytest.fixture
def carpeta(tmp_path: Path) -> Path:
    (tmp_path / "a.pdf").write_bytes(pdf([["Evaluación de prueba"]]))
    (tmp_path / "b.pdf").write_bytes(pdf([["Otro documento"]]))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.pdf").write_bytes(pdf([["Tercero en una carpeta"]]))
    return tmp_path


def manifiesto(carpeta: Path, *filas: tuple[str, ...], titulos=TITULOS) -> Path:
    ruta = carpeta / "manifiesto.csv"
    with ruta.open("w", newline="", encoding="utf-8") as archivo:
        csv.writer(archivo).writerows([titulos, *filas])
    return ruta


def con(**cambios: str) -> tuple[str, ...]:
    valores = dict(zip(TITULOS, BUENA, strict=True)) | cambios
    return tuple(valores[t] for t in TITULOS)


def correr(*args: object) -> int:
    with pytest.raises(SystemExit) as salida:
        call_command("cargar_archivo", *map(str, args))
    return int(salida.value.code)


def test_una_fila_buena_entra_con_su_archivo(carpeta, capsys):
    sebien = DependenciaFactory(clave="SEBIEN")
    f.ProgramaFactory(clave="mi-beca", dependencia=sebien)

    ruta = manifiesto(carpeta, con(Programa="mi-beca"), con(Título="Otra", Archivo="sub/c.pdf"))
    assert correr(ruta, "--json", carpeta / "informe.json") == 0

    documento = Documento.objects.get(titulo="Evaluación")
    assert (documento.clase, documento.ejercicio) == ("evaluacion_interna", 2015)
    assert (str(documento.fecha), documento.anio_publicacion) == ("2016-06-30", 2016)
    assert documento.dependencia == sebien
    assert documento.texto_estado == "listo"  # en las pruebas el timbre contesta al momento
    informe = json.loads((carpeta / "informe.json").read_text())
    assert (informe["altas"], informe["rechazados"]) == (2, [])
    assert "2 altas" in capsys.readouterr().out


def test_repetirla_no_duplica_ni_cambia_direcciones(carpeta):
    ruta = manifiesto(carpeta, BUENA, con(Título="Otra", Archivo="b.pdf"))
    historico.cargar(ruta)
    antes = list(Documento.objects.order_by("pk").values_list("clave", "archivo__sha256"))

    informe = historico.cargar(ruta)
    assert (informe.altas, informe.cambios, informe.iguales) == (0, 0, 2)
    assert list(Documento.objects.order_by("pk").values_list("clave", "archivo__sha256")) == antes


def test_cortada_a_la_mitad_y_repetida_da_lo_mismo_que_de_una_vez(carpeta):
    """La clave sale de lo que el documento es: el orden o la corrida no la cambian."""
    filas = [con(Título=f"Doc {n}", Archivo="a.pdf" if n % 2 else "b.pdf") for n in range(6)]
    historico.cargar(manifiesto(carpeta, *filas[:3]))
    historico.cargar(manifiesto(carpeta, *filas))
    cortada = set(Documento.objects.values_list("clave", "titulo", "archivo__sha256"))
    Documento.objects.all().delete()

    historico.cargar(manifiesto(carpeta, *filas))
    assert set(Documento.objects.values_list("clave", "titulo", "archivo__sha256")) == cortada
    assert Archivo.objects.count() == 2


def test_un_archivo_corregido_cambia_el_documento_y_no_su_direccion(carpeta):
    ruta = manifiesto(carpeta, BUENA)
    historico.cargar(ruta)
    antes = Documento.objects.get()
    (carpeta / "a.pdf").write_bytes(pdf([["Versión corregida"]]))

    assert historico.cargar(ruta).cambios == 1
    ahora = Documento.objects.get()
    assert ahora.clave == antes.clave
    assert ahora.archivo != antes.archivo


def test_todos_los_errores_de_una_fila_salen_juntos(carpeta):
    mala = con(
        Clase="volante", Año="99", Programa="nadie", Archivo="no-esta.pdf", Enlace="javascript:1"
    )
    informe = historico.cargar(manifiesto(carpeta, mala, con(Título="Buena")))

    ((fila, motivo),) = informe.rechazos
    assert fila == 2
    for dicho in ("volante", "99", "nadie", "no-esta.pdf", "javascript"):
        assert dicho in motivo, motivo
    assert [d.titulo for d in Documento.objects.all()] == ["Buena"]


@pytest.mark.parametrize(
    ("archivo", "dice"),
    [
        ("../fuera.pdf", "sale de la carpeta"),
        ("sub/../../fuera.pdf", "sale de la carpeta"),
        ("/etc/hostname", "sale de la carpeta"),
        ("sub\\c.pdf", "no se admite"),
        ("enlace.pdf", "enlace que sale"),
        ("sub", "no es un archivo"),
        ("tubo", "no es un archivo"),
        ("falta.pdf", "No está"),
        ("x" * 400 + ".pdf", "No se puede abrir"),
        ("pagina.html", "no es de un tipo"),
        ("pagina.pdf", "se llama PDF y no lo es"),
        ("nota.PDF", "se llama PDF y no lo es"),
        ("vacio.pdf", "vacío"),
        ("vueltas", "No se puede abrir"),
    ],
)
def test_un_archivo_que_no_debe_entrar_se_nombra(archivo, dice, carpeta):
    (carpeta.parent / "fuera.pdf").write_bytes(pdf([["Secreto de afuera"]]))
    (carpeta / "enlace.pdf").symlink_to(carpeta.parent / "fuera.pdf")
    (carpeta / "vueltas").symlink_to(carpeta / "vueltas")
    for pagina in ("pagina.html", "pagina.pdf"):
        (carpeta / pagina).write_bytes(b"<!doctype html><script>1</script>")
    (carpeta / "nota.PDF").write_text("Solo es texto.")
    (carpeta / "vacio.pdf").write_bytes(b"")
    os.mkfifo(carpeta / "tubo")

    informe = historico.cargar(manifiesto(carpeta, con(Archivo=archivo)))
    ((_fila, motivo),) = informe.rechazos
    assert dice in motivo
    assert not Documento.objects.exists()
    assert not Archivo.objects.exists()


def test_uno_de_dos_gigas_se_rechaza_sin_leerlo(carpeta, settings):
    with (carpeta / "enorme.pdf").open("wb") as enorme:
        enorme.write(b"%PDF-1.7\n")
        enorme.truncate(2_000_000_000)

    informe = historico.cargar(manifiesto(carpeta, con(Archivo="enorme.pdf"), con(Título="Buena")))
    assert "pesa 2,000 MB y el máximo es 200 MB" in informe.rechazos[0][1]
    assert informe.altas == 1


def test_el_mismo_archivo_en_dos_filas_se_guarda_una_vez_y_se_avisa(carpeta):
    informe = historico.cargar(
        manifiesto(carpeta, BUENA, con(Título="Otra regla del mismo número"))
    )

    assert Archivo.objects.count() == 1
    assert Documento.objects.count() == 2
    assert informe.avisos == [(3, "Trae el mismo archivo que la fila 2: se guardó una vez.")]


def test_la_misma_fila_dos_veces_se_rechaza(carpeta):
    informe = historico.cargar(manifiesto(carpeta, BUENA, BUENA))
    assert informe.rechazos == [(3, "Repite el documento de la fila 2.")]


def test_puede_no_traer_archivo_pero_si_decir_de_donde_sale(carpeta):
    sin_nada = con(Archivo="", Fuente="")
    informe = historico.cargar(manifiesto(carpeta, con(Archivo="", Título="Con fuente"), sin_nada))
    assert informe.altas == 1
    assert "de dónde sale" in informe.rechazos[0][1]


def test_solo_el_anio_de_publicacion_basta(carpeta):
    historico.cargar(manifiesto(carpeta, con(Año="", Fecha="2014")))
    documento = Documento.objects.get()
    assert (documento.fecha, documento.anio_publicacion, documento.ejercicio) == (None, 2014, 2014)


def test_la_dependencia_se_reconoce_por_cualquiera_de_sus_nombres(carpeta):
    dependencia = DependenciaFactory(
        clave="SEBIEN", nombre="Secretaría de Bienestar", denominacion=False
    )

    dependencia.denominaciones.create(nombre="Secretaría de Desarrollo Social", siglas="SEDESO")

    historico.cargar(manifiesto(carpeta, con(Dependencia="sedeso")))
    assert Documento.objects.get().dependencia == dependencia


@pytest.mark.parametrize("dicho", ["Gustavo A. Madero", "delegación gustavo a madero", "GAM"])
def test_un_nombre_abreviado_se_entiende_y_se_dice_como(dicho, carpeta):
    gam = DependenciaFactory(clave="A5", nombre="Alcaldía Gustavo A. Madero", siglas="GAM")
    informe = historico.cargar(manifiesto(carpeta, con(Dependencia=dicho)))

    assert Documento.objects.get().dependencia == gam
    avisado = [motivo for _fila, motivo in informe.avisos]
    assert avisado == ([] if dicho == "GAM" else [f"«{dicho}» se tomó como {gam.nombre}."])


def test_un_nombre_que_les_queda_a_dos_no_se_adivina(carpeta):
    DependenciaFactory(nombre="Secretaría de Desarrollo Económico")
    DependenciaFactory(nombre="Secretaría de Desarrollo Urbano")
    informe = historico.cargar(
        manifiesto(
            carpeta,
            con(Dependencia="Secretaría de Desarrollo"),
            con(Dependencia="Secretaria de Desarollo Urbano"),
            con(Dependencia="Instituto"),
        )
    )
    primera, segunda, tercera = [motivo for _fila, motivo in informe.rechazos]
    assert "No hay una dependencia «Secretaría de Desarrollo»" in primera
    assert "¿Es «Secretaría de Desarrollo Urbano»?" in segunda
    assert "¿Es" not in tercera
    assert not Documento.objects.exists()


class TestSinColumnaDeClase:
    TITULOS, FILA = TITULOS[:1] + TITULOS[2:], BUENA[:1] + BUENA[2:]

    def test_la_dice_la_orden(self, carpeta):
        ruta = manifiesto(carpeta, self.FILA, titulos=self.TITULOS)
        assert correr(ruta, "--clase", "informe") == 0
        assert Documento.objects.get().clase == "informe"

    def test_sin_decirla_se_explica_y_no_entra_nada(self, carpeta, capsys):
        assert correr(manifiesto(carpeta, self.FILA, titulos=self.TITULOS)) == 2
        assert "--clase" in capsys.readouterr().err
        assert not Documento.objects.exists()

    def test_la_fila_manda_sobre_la_orden(self, carpeta):
        filas = con(Clase="padrón publicado"), con(Clase="", Título="Otra")
        assert correr(manifiesto(carpeta, *filas), "--clase", "informe") == 0
        assert sorted(Documento.objects.values_list("clase", flat=True)) == ["informe", "padron"]


@pytest.mark.parametrize("dicho", ["ND", "n/d", "No disponible", "-"])
def test_un_enlace_que_no_hay_es_vacio(dicho, carpeta):
    historico.cargar(manifiesto(carpeta, con(Enlace=dicho)))
    assert Documento.objects.get().enlace == ""


def test_lo_corregido_en_el_panel_se_queda(carpeta):
    ruta = manifiesto(carpeta, BUENA)
    historico.cargar(ruta)
    Documento.objects.update(origen="panel", resumen="Lo escribió una persona")

    informe = historico.cargar(ruta)
    assert informe.iguales == 1
    assert "panel" in informe.avisos[0][1]
    assert Documento.objects.get().resumen == "Lo escribió una persona"


@pytest.mark.parametrize(
    "contenido", [b"", b"PK\x03\x04", b"nada,que,ver\n1,2,3\n", "Título\nSin clase\n".encode()]
)
def test_un_manifiesto_ilegible_sale_con_2_y_no_carga_nada(contenido, tmp_path, capsys):
    ruta = tmp_path / "m.csv"
    ruta.write_bytes(contenido)
    assert correr(ruta) == 2
    assert capsys.readouterr().err
    assert not Documento.objects.exists()


def test_sin_manifiesto_o_sin_carpeta_sale_con_2(carpeta, capsys):
    assert correr(carpeta / "no.csv") == 2
    assert correr(manifiesto(carpeta, BUENA), "--carpeta", carpeta / "no") == 2


def test_con_filas_malas_sale_con_1(carpeta):
    assert correr(manifiesto(carpeta, BUENA, con(Título=""))) == 1
