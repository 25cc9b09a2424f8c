"""Lo publicado no cambia: ni desde el sistema, ni con update(), ni con SQL a mano."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from programas.estados import FLUJO_REGLA, EstadoRegla
from programas.models import ReglaOperacion
from tests.fabricas import programas as f
from tests.fabricas.cuentas import UsuarioFactory
from tests.fabricas.expedientes import ExpedienteFactory
from tests.fabricas.territorio import AlcaldiaFactory

pytestmark = pytest.mark.django_db

E = EstadoRegla
YA_PUBLICAS = ("publicada", "sustituida", "suspendida", "cerrada")
YA_SE_PUBLICO = "ya se publicó.*Abre una versión nueva"
# Lo único que se mueve en una publicada: su estado; y su carpeta, que se abre una vez.
LIBRES = {"id", "estado", "edicion", "actualizado_en", "expediente"}
CAMPOS = [c for c in ReglaOperacion._meta.concrete_fields if c.name not in LIBRES]
TEXTOS_NUEVOS = {
    "fuentes": {"texto": "Otra"},
    "requisitos": {"texto": "Otro"},
    "apoyos": {"monto_minimo": 999_999},
    "poblaciones": {"total": 7},
    "metas": {"cantidad": 7},
    "compatibilidades": {"nombre": "Otra"},
    "alineaciones": {"texto": "Otra"},
    "textos": {"texto": "Otro"},
}
LISTAS = {
    "derechos": f.DerechoSocialFactory,
    "grupos": f.GrupoPrioritarioFactory,
    "alcaldias": AlcaldiaFactory,
}


def publica(rasgo: str = "publicada", **valores):
    return f.ReglaFactory(**{rasgo: True}, **valores)


def actualizar(regla: ReglaOperacion, **valores: object) -> int:
    """Como quien no pasa por los servicios."""
    return ReglaOperacion.objects.filter(pk=regla.pk).update(**valores)


def niega(acto: Callable[[], object], *, dice: str | None = YA_SE_PUBLICO) -> None:
    with pytest.raises(DatabaseError, match=dice), transaction.atomic():
        acto()


def un_valor_distinto(campo) -> object:
    """Sirva o no: el disparador mira antes que nadie."""
    tipo = campo.get_internal_type()
    if tipo == "ArrayField":
        return ["otra"] if campo.name == "notas" else [1, 2, 3, 4]
    if tipo in {"DateField", "DateTimeField"}:
        return "2001-01-01T00:00Z"[: 10 if tipo == "DateField" else None]
    return "otro" if tipo in {"CharField", "TextField", "URLField"} else 77


class TestRegla:
    @pytest.mark.parametrize("rasgo", YA_PUBLICAS)
    def test_ningun_campo_de_lo_que_fue_publico_cambia_con_update(self, rasgo):
        regla = publica(rasgo)

        for campo in CAMPOS:
            niega(lambda c=campo: actualizar(regla, **{c.attname: un_valor_distinto(c)}))

    def test_sql_a_mano_sobre_una_publicada_se_niega(self):
        regla = publica(presupuesto_aprobado=1)

        def a_mano():
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE programas_reglaoperacion SET presupuesto_aprobado = 2 WHERE id = %s",
                    [regla.pk],
                )

        niega(a_mano)

    def test_cambiar_el_estado_no_sirve_para_colar_otro_cambio(self):
        niega(lambda: actualizar(publica(), estado=E.SUSTITUIDO, resumen="otro"))

    def test_la_carpeta_se_abre_una_vez_y_ya_no_se_cambia_por_otra(self):
        regla, una, otra = publica(), ExpedienteFactory(), ExpedienteFactory()

        assert actualizar(regla, expediente=una) == 1
        niega(lambda: actualizar(regla, expediente=otra))

    def test_guardar_completa_una_publicada_sin_cambios_no_estorba(self):
        regla = publica()
        regla.refresh_from_db()
        regla.save()

    @pytest.mark.parametrize("rasgo", ["enviada", "observada", "validada", "retirada"])
    def test_lo_que_aun_no_es_publico_no_lo_cuida_este_disparador(self, rasgo):
        assert actualizar(f.ReglaFactory(**{rasgo: True}), resumen="corregido") == 1


@pytest.mark.parametrize("seccion", sorted(f.SECCIONES))
class TestSecciones:
    def test_agregar_un_renglon_a_una_publicada_se_niega(self, seccion):
        regla = publica()

        niega(lambda: f.SECCIONES[seccion](regla=regla))
        assert getattr(regla, seccion).count() == 0

    def test_cambiar_o_borrar_un_renglon_de_una_publicada_se_niega(self, seccion):
        renglones = getattr(publica(**{seccion: [{}]}), seccion)

        niega(lambda: renglones.update(**TEXTOS_NUEVOS[seccion]))
        niega(lambda: renglones.all().delete())
        niega(lambda: renglones.get().delete())
        assert renglones.count() == 1

    def test_cambiar_o_borrar_un_renglon_de_una_sustituida_se_niega(self, seccion):
        renglones = getattr(publica("sustituida", **{seccion: [{}]}), seccion)

        niega(lambda: renglones.update(**TEXTOS_NUEVOS[seccion]))
        niega(lambda: renglones.all().delete())

    def test_llevarse_un_renglon_de_una_publicada_a_otra_regla_se_niega(self, seccion):
        regla, otra = publica(**{seccion: [{}]}), f.ReglaFactory()

        niega(lambda: getattr(regla, seccion).update(regla=otra))

    def test_meter_en_una_publicada_el_renglon_de_un_borrador_se_niega(self, seccion):
        regla, renglon = publica(), f.SECCIONES[seccion]()

        niega(lambda: type(renglon).objects.filter(pk=renglon.pk).update(regla=regla))

    def test_en_borrador_se_cambia_y_se_borra(self, seccion):
        renglon = f.SECCIONES[seccion]()

        assert type(renglon).objects.filter(pk=renglon.pk).update(**TEXTOS_NUEVOS[seccion]) == 1
        renglon.delete()


@pytest.mark.parametrize("lista", sorted(LISTAS))
class TestListas:
    """Los derechos, los grupos y el territorio también son lo que se publicó."""

    def test_agregar_a_una_publicada_se_niega(self, lista):
        niega(lambda: getattr(publica(), lista).add(LISTAS[lista]()))

    @pytest.mark.parametrize("rasgo", YA_PUBLICAS)
    def test_quitar_de_lo_que_fue_publico_se_niega(self, lista, rasgo):
        regla = publica(rasgo, **{lista: [LISTAS[lista]()]})

        niega(lambda: getattr(regla, lista).clear())
        assert getattr(regla, lista).count() == 1

    def test_llevarse_un_renglon_a_un_borrador_se_niega(self, lista):
        regla, otra = publica(**{lista: [LISTAS[lista]()]}), f.ReglaFactory()
        enlaces = getattr(ReglaOperacion, lista).through.objects

        niega(lambda: enlaces.filter(reglaoperacion=regla).update(reglaoperacion=otra))

    def test_en_borrador_se_agrega_y_se_quita(self, lista):
        regla = f.ReglaFactory(**{lista: [LISTAS[lista]()]})
        getattr(regla, lista).clear()

        assert getattr(regla, lista).count() == 0


class TestEstados:
    """El disparador del flujo dice lo mismo que la tabla, para toda pareja de estados."""

    @pytest.fixture
    def en(self):
        def crear(estado):
            firmas = {f"{acto}_por": UsuarioFactory() for acto in ("validado", "aprobado")}
            gaceta = {"gaceta_numero": "1", "gaceta_fecha": "2025-01-31"}
            vigencia = {"vigente_desde": "2025-02-01"}
            return f.ReglaFactory(estado=estado, **firmas, **gaceta, **vigencia)

        return crear

    @pytest.mark.parametrize("desde", list(E))
    def test_un_salto_fuera_de_la_tabla_se_niega_aun_con_update(self, desde, en):
        regla = en(desde)
        saltos = [h for h in E if h != desde and (desde, h) not in FLUJO_REGLA.pares()]

        for hacia in [*saltos, "inventado"]:
            niega(lambda h=hacia: actualizar(regla, estado=h), dice=None)

        regla.refresh_from_db()
        assert regla.estado == desde

    @pytest.mark.parametrize(("desde", "hacia"), FLUJO_REGLA.pares())
    def test_lo_que_esta_en_la_tabla_pasa(self, desde, hacia, en):
        assert actualizar(en(desde), estado=hacia) == 1


class TestBorrar:
    @pytest.mark.parametrize("rasgo", YA_PUBLICAS)
    def test_una_regla_que_fue_publica_no_se_borra(self, rasgo):
        regla = publica(rasgo)

        niega(regla.delete, dice=None)
        niega(lambda: ReglaOperacion.objects.filter(pk=regla.pk).delete(), dice=None)
        assert ReglaOperacion.objects.filter(pk=regla.pk).exists()

    def test_un_borrador_si_se_borra_con_todo_y_secciones(self):
        regla = f.ReglaFactory(completa=True)
        regla.delete()

        with pytest.raises(ObjectDoesNotExist):
            regla.refresh_from_db()


class TestHistoria:
    def test_un_cambio_con_update_deja_su_antes_y_despues(self):
        regla = f.ReglaFactory(resumen="uno")
        actualizar(regla, resumen="dos")

        vistos = list(regla.events.order_by("pgh_id").values_list("pgh_label", "resumen"))
        assert vistos == [("insert", "uno"), ("update", "dos")]

    def test_lo_borrado_queda_escrito(self):
        renglon = f.ApoyoFactory()
        llave, eventos = renglon.pk, renglon.events.model
        renglon.delete()

        assert eventos.objects.filter(pgh_obj_id=llave, pgh_label="delete").count() == 1

    def test_actualizar_sin_cambios_no_ensucia_la_historia(self):
        regla = f.ReglaFactory()
        actualizar(regla, nombre=F("nombre"))

        assert regla.events.count() == 1


@pytest.mark.parametrize(
    "tabla",
    [
        "programas_reglaoperacion",
        "programas_programa",
        "programas_apoyo",
        "programas_fuente",
        "programas_reglaoperacion_derechos",
        "programas_reglaoperacion_alcaldias",
    ],
)
def test_ninguna_orden_vacia_de_golpe_el_registro_de_reglas(tabla):
    publica()

    vaciar = f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {tabla} CASCADE"
    with transaction.atomic(), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="no se vacía"):
            cursor.execute(vaciar)
        transaction.set_rollback(True)
    assert ReglaOperacion.objects.count() == 1
