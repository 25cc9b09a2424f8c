"""Los informes de demostración: uno en cada paso, por los servicios de siempre, y sin repetirse."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from presupuesto.importacion import catalogos
from presupuesto.models import InformeDeAvance
from sibis.bitacora.models import Evento
from sibis.demo import cuentas, informes
from sibis.revision import catalogos as de_revision
from tests.fabricas import programas as f
from tests.fabricas.cuentas import DependenciaFactory

pytestmark = pytest.mark.django_db
ANIO = timezone.localdate().year - 1
METAS = [{"cantidad": 5068, "unidad": "personas"}, {"cantidad": 860, "unidad": "cooperativas"}]


@pytest.fixture(autouse=True)
def mundo():
    catalogos.cargar()
    de_revision.cargar()
    claves = {cuenta.dependencia for cuenta in cuentas.CUENTAS}
    donde = {clave: DependenciaFactory(clave=clave) for clave in claves}
    cuentas.sembrar(semilla=7, anotados={})
    for clave, dependencia in (
        ("economia-social", cuentas.STYFE),
        ("iztapalas-jefas", cuentas.IZTAPALAPA),
        ("entrale-con-los-atletas", cuentas.CUAUHTEMOC),
    ):
        f.ReglaFactory(
            publicada=True,
            completa=True,
            programa__clave=clave,
            programa__dependencia=donde[dependencia],
            ejercicio=ANIO,
            presupuesto_aprobado=Decimal(140_000_000),
            metas=METAS,
        )


def test_queda_uno_en_cada_paso_marcado_y_con_su_autor():
    balance = informes.sembrar(semilla=7, hoy=timezone.localdate())

    hay = InformeDeAvance.objects.values_list("programa__clave", "trimestre", "estado")
    assert set(hay) == {
        ("economia-social", 3, "aprobado"),
        ("economia-social", 4, "aprobado"),
        ("iztapalas-jefas", 3, "enviado"),
        ("iztapalas-jefas", 4, "observado"),
        ("entrale-con-los-atletas", 4, "borrador"),
    }
    assert balance.altas == 5
    assert not InformeDeAvance.objects.filter(es_demostracion=False).exists()
    aprobado = Evento.objects.filter(tipo="informe.aprobar").first()
    assert aprobado.por == cuentas.VALIDA.usuario


def test_repetirlo_respeta_lo_que_alguien_haya_movido():
    hoy = timezone.localdate()
    informes.sembrar(semilla=7, hoy=hoy)
    suyo = InformeDeAvance.objects.get(estado="enviado")
    InformeDeAvance.objects.filter(pk=suyo.pk).update(estado="retirado")

    balance = informes.sembrar(semilla=7, hoy=hoy)

    assert (balance.altas, balance.iguales) == (0, 5)
    assert InformeDeAvance.objects.get(pk=suyo.pk).estado == "retirado"
