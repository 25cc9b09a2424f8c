"""Lo publicado no cambia: ni desde el sistema, ni con update(), ni con SQL a mano."""

from __future__ import annotations

from itertools import product

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from programas.estados import FLUJO_REGLA, EstadoRegla
from programas.models import ReglaOperacion
from tests.fabricas import programas as f
from tests.fabricas.territorio import AlcaldiaFactory

pytestmark = pytest.mark.django_db

E = EstadoRegla
YA_PUBLICAS = ("publicada", "sustituida")
# Lo único que se mueve en una publicada: su estado, cuando otra la sustituye.
LIBRES = {"id", "estado", "edicion", "actualizado_en"}
CAMPOS = [c.attname for c in ReglaOperacion._meta.concrete_fields if c.name not in LIBRES]
SALTOS = [par for par in product(E, E) if par[0] != par[1] and par not in FLUJO_REGLA.pares()]
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


def publica(rasgo: str = "publicada", **valores):
    return f.ReglaFactory(**{rasgo: True}, **valores)


def niega(acto, *, dice: str = "") -> None:
    with pytest.raises(DatabaseError, match=dice), transaction.atomic():
        acto()


def un_valor_distinto(campo: str):
    """Una expresión SQL que da otra cosa, sirva o no: el disparador mira antes que nadie."""
    tipo = ReglaOperacion._meta.get_field(campo.removesuffix("_id")).get_internal_type()
    if tipo in {"CharField", "TextField", "URLField"}:
        return "otro"
    if tipo in {"DateField", "DateTimeField"}:
        return "2001-01-01"
    if tipo == "ArrayField":
        return [] if campo == "notas" else [1, 2, 3, 4]
    return 77


@pytest.mark.parametrize("rasgo", YA_PUBLICAS)
@pytest.mark.parametrize("campo", CAMPOS)
def test_update_de_un_campo_de_una_regla_que_fue_publica_se_niega(rasgo, campo):
    regla = publica(rasgo, notas=["una"])
    nuevo = regla.publicado_por_id + 1 if campo.endswith("_por_id") else un_valor_distinto(campo)

    niega(lambda: ReglaOperacion.objects.filter(pk=regla.pk).update(**{campo: nuevo}))


def test_update_a_una_publicada_lo_dice_en_palabras():
    regla = publica()

    niega(
        lambda: ReglaOperacion.objects.filter(pk=regla.pk).update(resumen="x"),
        dice="ya se publicó y no cambia. Abre una versión nueva",
    )


def test_sql_a_mano_sobre_una_publicada_se_niega():
    regla = publica(presupuesto_aprobado=1)

    def a_mano():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE programas_reglaoperacion SET presupuesto_aprobado = 2 WHERE id = %s",
                [regla.pk],
            )

    niega(a_mano, dice="ya se publicó")


def test_save_completo_de_una_publicada_sin_cambios_no_estorba():
    regla = publica()
    regla.refresh_from_db()
    regla.save()


@pytest.mark.parametrize("rasgo", ["enviada", "observada", "validada", "retirada"])
def test_lo_que_no_es_publico_todavia_se_puede_corregir_por_dentro(rasgo):
    regla = f.ReglaFactory(**{rasgo: True})

    ReglaOperacion.objects.filter(pk=regla.pk).update(resumen="corregido")


@pytest.mark.parametrize("rasgo", YA_PUBLICAS)
@pytest.mark.parametrize("seccion", sorted(f.SECCIONES))
class TestSecciones:
    def test_agregar_un_renglon_se_niega(self, rasgo, seccion):
        regla = publica(rasgo)

        niega(lambda: f.SECCIONES[seccion](regla=regla), dice="Abre una versión nueva")
        assert getattr(regla, seccion).count() == 0

    def test_cambiar_un_renglon_se_niega(self, rasgo, seccion):
        regla = publica(rasgo, **{seccion: [{}]})

        niega(lambda: getattr(regla, seccion).update(**TEXTOS_NUEVOS[seccion]))

    def test_borrar_un_renglon_se_niega(self, rasgo, seccion):
        regla = publica(rasgo, **{seccion: [{}]})

        niega(lambda: getattr(regla, seccion).all().delete())
        niega(lambda: getattr(regla, seccion).get().delete())
        assert getattr(regla, seccion).count() == 1

    def test_llevarse_un_renglon_a_otra_regla_se_niega(self, rasgo, seccion):
        regla, otra = publica(rasgo, **{seccion: [{}]}), f.ReglaFactory()

        niega(lambda: getattr(regla, seccion).update(regla=otra))
        assert getattr(regla, seccion).count() == 1

    def test_traer_un_renglon_de_un_borrador_se_niega(self, rasgo, seccion):
        regla, renglon = publica(rasgo), f.SECCIONES[seccion]()

        niega(lambda: type(renglon).objects.filter(pk=renglon.pk).update(regla=regla))


@pytest.mark.parametrize("seccion", sorted(f.SECCIONES))
def test_en_borrador_las_secciones_se_agregan_cambian_y_borran(seccion):
    renglon = f.SECCIONES[seccion]()

    type(renglon).objects.filter(pk=renglon.pk).update(**TEXTOS_NUEVOS[seccion])
    renglon.delete()


@pytest.mark.parametrize("rasgo", YA_PUBLICAS)
@pytest.mark.parametrize(
    ("lista", "fabrica"),
    [
        ("derechos", f.DerechoSocialFactory),
        ("grupos", f.GrupoPrioritarioFactory),
        ("alcaldias", AlcaldiaFactory),
    ],
)
class TestListas:
    """Los derechos, los grupos y el territorio también son lo que se publicó."""

    def test_agregar_se_niega(self, rasgo, lista, fabrica):
        regla = publica(rasgo)

        niega(lambda: getattr(regla, lista).add(fabrica()), dice="ya se publicó")

    def test_quitar_se_niega(self, rasgo, lista, fabrica):
        regla = publica(rasgo, **{lista: [fabrica()]})

        niega(lambda: getattr(regla, lista).clear(), dice="ya se publicó")
        assert getattr(regla, lista).count() == 1


class TestEstados:
    @pytest.mark.parametrize(("desde", "hacia"), SALTOS)
    def test_un_salto_que_no_esta_en_la_tabla_se_niega_aun_con_update(self, desde, hacia):
        regla = f.ReglaFactory(
            estado=desde,
            gaceta_numero="1",
            gaceta_fecha="2025-01-31",
            validado_por=f.UsuarioFactory(),
        )

        niega(lambda: ReglaOperacion.objects.filter(pk=regla.pk).update(estado=hacia))

        regla.refresh_from_db()
        assert regla.estado == desde

    @pytest.mark.parametrize(("desde", "hacia"), FLUJO_REGLA.pares())
    def test_lo_que_esta_en_la_tabla_pasa(self, desde, hacia):
        regla = f.ReglaFactory(
            estado=desde,
            gaceta_numero="1",
            gaceta_fecha="2025-01-31",
            validado_por=f.UsuarioFactory(),
        )

        assert ReglaOperacion.objects.filter(pk=regla.pk).update(estado=hacia) == 1

    def test_un_estado_inventado_se_niega(self):
        regla = f.ReglaFactory()

        niega(lambda: ReglaOperacion.objects.filter(pk=regla.pk).update(estado="listo"))


class TestBorrar:
    @pytest.mark.parametrize("rasgo", YA_PUBLICAS)
    def test_una_regla_que_fue_publica_no_se_borra(self, rasgo):
        regla = publica(rasgo)

        niega(regla.delete)
        niega(lambda: ReglaOperacion.objects.filter(pk=regla.pk).delete())
        assert ReglaOperacion.objects.filter(pk=regla.pk).exists()

    def test_un_borrador_si_se_borra_con_todo_y_secciones(self):
        regla = f.ReglaFactory(completa=True)
        regla.delete()

        with pytest.raises(ObjectDoesNotExist):
            regla.refresh_from_db()


class TestHistoria:
    def test_un_cambio_con_update_deja_su_antes_y_despues(self):
        regla = f.ReglaFactory(resumen="uno")
        ReglaOperacion.objects.filter(pk=regla.pk).update(resumen="dos")

        vistos = list(regla.events.order_by("pgh_id").values_list("pgh_label", "resumen"))
        assert vistos == [("insert", "uno"), ("update", "dos")]

    def test_lo_borrado_queda_escrito(self):
        renglon = f.ApoyoFactory()
        llave, eventos = renglon.pk, renglon.events.model
        renglon.delete()

        assert eventos.objects.filter(pgh_obj_id=llave, pgh_label="delete").count() == 1

    def test_guardar_sin_cambios_no_ensucia_la_historia(self):
        regla = f.ReglaFactory()
        ReglaOperacion.objects.filter(pk=regla.pk).update(nombre=F("nombre"))

        assert regla.events.count() == 1
