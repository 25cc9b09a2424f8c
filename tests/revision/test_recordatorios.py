"""Los recordatorios de un plazo: a quién, cuándo, y una sola vez."""

from __future__ import annotations

import pytest

from sibis.avisos.models import Aviso
from sibis.cuentas import roles
from sibis.revision import tasks
from tests.fabricas.cuentas import DependenciaFactory, con_rol
from tests.fabricas.revision import AsignacionFactory, PasoFactory, PlazoDeRevisionFactory
from tests.revision.asuntos import en_estado, hace

pytestmark = pytest.mark.django_db


class TestRecordatorios:
    @pytest.fixture
    def validadora(self):
        return con_rol(roles.ValidacionSIBISO, en=DependenciaFactory(clave="SEBIEN"))

    @pytest.fixture(autouse=True)
    def _plazo(self):
        PlazoDeRevisionFactory(dias_habiles=5)

    def de(self, cuenta) -> list[str]:
        return list(Aviso.objects.filter(para=cuenta).values_list("titulo", flat=True))

    def test_con_mas_de_un_dia_no_se_dice_nada(self, validadora):
        en_estado("en_revision", desde=hace(3))

        assert tasks.recordar_plazos() == 0

    def test_cuando_queda_un_dia_se_le_dice_a_quien_lo_tiene_una_sola_vez(self, validadora):
        otra = con_rol(roles.ValidacionSIBISO, en=validadora.adscripciones.get().dependencia)
        regla = en_estado("en_revision", desde=hace(4))
        AsignacionFactory(expediente=regla.expediente, revisor=validadora)

        assert [tasks.recordar_plazos() for _vez in range(3)] == [1, 0, 0]
        assert self.de(validadora) == ["Queda un día hábil para Regla en en_revision"]
        assert self.de(otra) == []

    def test_sin_tomar_se_les_dice_a_todas_las_que_pueden_tomarlo(self, validadora):
        PlazoDeRevisionFactory(estado="enviado", dias_habiles=1)
        otra = con_rol(roles.ValidacionSIBISO, en=validadora.adscripciones.get().dependencia)
        en_estado("enviado", desde=hace(0))
        tasks.recordar_plazos()

        assert self.de(validadora) == self.de(otra) != []

    def test_atrasado_se_escala_a_toda_la_instancia_y_a_nadie_mas(self, validadora, settings):
        settings.REVISION_ESCALA_A_LOS = 2
        otra = con_rol(roles.ValidacionSIBISO, en=validadora.adscripciones.get().dependencia)
        titular = con_rol(roles.TitularQueFirma)
        regla = en_estado("en_revision", desde=hace(6))
        AsignacionFactory(expediente=regla.expediente, revisor=validadora)
        tasks.recordar_plazos()
        assert self.de(validadora) == ["1 día hábil de atraso: Regla en en_revision"]
        assert self.de(otra) == []

        settings.REVISION_ESCALA_A_LOS = 1
        tasks.recordar_plazos()
        assert self.de(otra) == ["1 día hábil de atraso: Regla en en_revision"]
        assert self.de(titular) == []

    def test_tras_dias_sin_trabajador_se_dice_lo_que_sigue_pendiente_y_no_lo_que_paso(
        self, validadora
    ):
        en_estado("en_revision", desde=hace(9))
        tasks.recordar_plazos()

        assert self.de(validadora) == ["4 días hábiles de atraso: Regla en en_revision"]

    def test_quien_lo_tomo_y_ya_no_tiene_la_funcion_no_se_queda_con_el_aviso(self, validadora):
        regla = en_estado("en_revision", desde=hace(6))
        AsignacionFactory(expediente=regla.expediente)
        tasks.recordar_plazos()

        assert self.de(validadora) != []

    def test_una_devolucion_empieza_otra_estancia_y_se_vuelve_a_avisar(self, validadora):
        regla = en_estado("en_revision", desde=hace(6))
        assert tasks.recordar_plazos() == 1

        PasoFactory(expediente=regla.expediente, hacia="observado", dado_en=hace(1))
        PasoFactory(expediente=regla.expediente, hacia="en_revision", dado_en=hace(0))
        assert tasks.recordar_plazos() == 1

    def test_uno_que_no_se_puede_avisar_no_detiene_a_los_demas(self, validadora):
        malo = en_estado("en_revision", desde=hace(6)).expediente
        malo.titulo = "Escribe a ana@ejemplo.mx"
        malo.save()
        en_estado("en_revision", desde=hace(6))

        assert tasks.recordar_plazos() == 1
