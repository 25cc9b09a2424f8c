"""Alta o cambio por clave, con un informe que nombra cada renglón malo."""

import json

import pytest
from django.core.exceptions import ValidationError

from programas.models import DerechoSocial
from sibis.nucleo.errores import ArchivoIlegible
from sibis.vigencia.carga import InformeDeCarga, en_palabras, leer_json, upsert

FILAS = [
    (1, {"clave": "salud", "nombre": "Salud", "orden": 1}),
    (2, {"clave": "educacion", "nombre": "Educación", "orden": 2}),
]


def cargar(filas):
    informe = InformeDeCarga("Derechos")
    return upsert(DerechoSocial, filas, informe=informe), informe


def cuentas(informe):
    return informe.altas, informe.cambios, informe.iguales, len(informe.rechazos)


class TestUpsert:
    pytestmark = pytest.mark.django_db

    def test_la_primera_vez_da_de_alta(self):
        cargados, informe = cargar(FILAS)

        assert cuentas(informe) == (2, 0, 0, 0)
        assert sorted(cargados) == ["educacion", "salud"]
        assert DerechoSocial.objects.get(clave="salud").nombre == "Salud"

    def test_repetir_no_cambia_nada(self, django_assert_num_queries):
        cargar(FILAS)
        with django_assert_num_queries(1):  # una lectura, ninguna escritura
            _, informe = cargar(FILAS)

        assert cuentas(informe) == (0, 0, 2, 0)

    def test_lo_distinto_cambia_y_conserva_su_identidad(self):
        antes, _ = cargar(FILAS)
        despues, informe = cargar([(1, {"clave": "salud", "nombre": "Derecho a la salud"})])

        assert cuentas(informe) == (0, 1, 0, 0)
        assert despues["salud"].pk == antes["salud"].pk
        assert DerechoSocial.objects.get(clave="salud").orden == 1  # lo que no vino, no se toca

    def test_lo_que_no_viene_se_queda(self):
        cargar(FILAS)
        cargar(FILAS[:1])

        assert DerechoSocial.objects.count() == 2

    def test_un_renglon_malo_se_nombra_y_los_buenos_entran(self):
        _, informe = cargar(
            [
                (1, {"clave": "Salud Mal", "nombre": "", "orden": "primero"}),
                (2, {"clave": "salud", "nombre": "Salud"}),
                (3, {"nombre": "Sin clave"}),
            ]
        )

        assert cuentas(informe) == (1, 0, 0, 2)
        filas = dict(informe.rechazos)
        assert set(filas) == {1, 3}
        assert all(campo in filas[1] for campo in ("clave:", "nombre:", "orden:"))  # todo a la vez

    def test_una_clave_repetida_en_el_archivo_se_rechaza_con_su_fila(self):
        _, informe = cargar([*FILAS, (3, {"clave": "salud", "nombre": "Otra salud"})])

        assert informe.rechazos == [(3, "La clave «salud» se repite en el archivo.")]
        assert DerechoSocial.objects.get(clave="salud").nombre == "Salud"

    def test_una_clave_rechazada_puede_venir_bien_mas_abajo(self):
        _, informe = cargar(
            [(1, {"clave": "salud", "nombre": ""}), (2, {"clave": "salud", "nombre": "Salud"})]
        )

        assert cuentas(informe) == (1, 0, 0, 1)


class TestInforme:
    def test_sin_rechazos_sale_con_cero(self):
        informe = InformeDeCarga("Centros")
        informe.avisar(3, "Se reparó.")

        assert informe.codigo_de_salida == 0

    def test_con_rechazos_sale_con_uno(self):
        informe = InformeDeCarga("Centros")
        informe.rechazar(7, "Falta la clave.")

        assert informe.codigo_de_salida == 1

    def test_lineas_dicen_cuantos_y_cada_fila_con_su_porque(self):
        informe = InformeDeCarga("Centros", altas=2, notas=["Leído como UTF-8."])
        informe.contar("iguales")
        informe.rechazar(7, "Falta la clave.")
        informe.avisar(9, "Se reparó.")

        assert informe.lineas() == [
            "Centros: 2 altas, 0 cambios, 1 sin cambio, 1 rechazados.",
            "  Leído como UTF-8.",
            "  fila 7: rechazada. Falta la clave.",
            "  fila 9: aviso. Se reparó.",
        ]


class TestLeerJson:
    def test_bueno_con_o_sin_marca_utf8(self, tmp_path):
        for marca in (b"", b"\xef\xbb\xbf"):
            ruta = tmp_path / "bien.json"
            ruta.write_bytes(marca + json.dumps(["ñ"], ensure_ascii=False).encode())
            assert leer_json(ruta) == ["ñ"]

    @pytest.mark.parametrize(
        ("contenido", "dice"),
        [
            (b'{"a": 1,\n "b": }', "línea 2, columna 7"),
            (b"", "línea 1, columna 1"),
            ("ñ".encode("latin-1"), "no es texto UTF-8"),
            (b"PK\x03\x04\xff\xfe", "no es texto UTF-8"),
            (b"[" * 100_000, "no es JSON válido"),
            (b"[" + b"9" * 5_000 + b"]", "no es JSON válido"),
        ],
        ids=["coma", "vacio", "latin1", "zip", "demasiado-anidado", "numero-enorme"],
    )
    def test_lo_que_no_es_json_dice_que_paso_y_que_no_se_cargo(self, tmp_path, contenido, dice):
        ruta = tmp_path / "mal.json"
        ruta.write_bytes(contenido)

        with pytest.raises(ArchivoIlegible, match=dice) as error:
            leer_json(ruta)
        assert "mal.json" in str(error.value)
        assert str(tmp_path) not in str(error.value)  # el nombre basta: la ruta dice de más

    def test_lo_que_no_existe_o_es_carpeta(self, tmp_path):
        with pytest.raises(ArchivoIlegible, match="No existe el archivo nada.json"):
            leer_json(tmp_path / "nada.json")
        with pytest.raises(ArchivoIlegible, match="No se pudo leer"):
            leer_json(tmp_path)


def test_en_palabras_junta_los_mensajes_por_campo():
    error = ValidationError({"nombre": ["Falta."], "__all__": ["Al revés."]})

    assert en_palabras(error) == "nombre: Falta. Al revés."


def test_en_palabras_de_un_mensaje_suelto():
    assert en_palabras(ValidationError("Falta.")) == "Falta."
