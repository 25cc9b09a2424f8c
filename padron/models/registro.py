"""El registro: la aparición de alguien en un padrón. Inmutable; vive en una tabla partida por año.

La tabla la hace la migración a mano (particiones, CHECK e índices): aquí solo se dice cómo se lee.
Nada se escribe por el ORM: entra por COPY (padron/importacion) y se vuelve padrón al aplicarse su carga.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from padron.estados import EstadoCarga
from padron.models.carga import Carga
from padron.models.opciones import TipoDePersona
from padron.models.resguardos import RESGUARDOS_DE_REGISTRO
from programas.models import Programa
from sibis.cuentas.models import Dependencia
from sibis.cuentas.permisos import Ambito

# id = carga * FILAS_POR_CARGA + fila: quien reanuda una carga escribe los mismos renglones.
FILAS_POR_CARGA = 4_194_304


class RegistroQuerySet(models.QuerySet["Registro"]):
    def vigentes(self) -> RegistroQuerySet:
        """Los de cargas aplicadas; los de una carga sustituida se conservan y no cuentan."""
        return self.filter(carga__estado=EstadoCarga.APLICADA)

    def del_ambito(self, ambito: Ambito) -> RegistroQuerySet:
        return self.filter(ambito.filtro())


def _texto(etiqueta: object, **opciones: object) -> models.TextField:
    return models.TextField(etiqueta, null=True, blank=True, **opciones)


def _sin_llave(modelo: type[models.Model], etiqueta: object) -> models.ForeignKey:
    """La llave la guarda su carga; revisarla otra vez en cada renglón costaría la mitad del tiempo."""
    return models.ForeignKey(
        modelo,
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="registros",
        verbose_name=etiqueta,
    )


@pgtrigger.register(*RESGUARDOS_DE_REGISTRO)
class Registro(models.Model):
    """Un renglón aceptado. Vacío es «no se dijo»."""

    id = models.BigIntegerField("ID", primary_key=True)
    ejercicio = models.SmallIntegerField(_("ejercicio"))
    carga = _sin_llave(Carga, _("carga"))
    programa = _sin_llave(Programa, _("programa"))
    dependencia = _sin_llave(Dependencia, _("dependencia"))
    fila = models.IntegerField(_("fila del archivo"))
    folio = _texto(_("folio"))
    tipo_persona = models.TextField(_("tipo de persona"), choices=TipoDePersona)
    curp = _texto("CURP")
    nombres = _texto(_("nombres"))
    primer_apellido = _texto(_("primer apellido"))
    segundo_apellido = _texto(_("segundo apellido"))
    denominacion = _texto(_("denominación"))
    fecha_nacimiento = models.DateField(_("fecha de nacimiento"), null=True, blank=True)
    edad_meses = models.SmallIntegerField(_("edad en meses"), null=True, blank=True)
    sexo = _texto(_("sexo"))
    entidad_nacimiento = _texto(_("entidad de nacimiento"))
    alcaldia = _texto(_("alcaldía"))
    colonia = _texto(_("colonia"))
    codigo_postal = _texto(_("código postal"))
    domicilio = _texto(_("domicilio"))
    telefono = _texto(_("teléfono"))
    correo = _texto(_("correo"))
    clabe = _texto(_("cuenta CLABE"))
    tutor_curp = _texto(_("CURP de quien tutela"))
    tutor_nombre = _texto(_("nombre de quien tutela"))
    apoyo = _texto(_("apoyo"))
    monto = models.DecimalField(_("monto"), max_digits=14, decimal_places=2, null=True, blank=True)
    fecha_apoyo = models.DateField(_("fecha del apoyo"), null=True, blank=True)
    ministracion = models.SmallIntegerField(_("ministración"), null=True, blank=True)
    perfil = models.JSONField(_("perfil"), null=True, blank=True)
    con_aviso = models.BooleanField(_("con aviso"), default=False)

    objects = RegistroQuerySet.as_manager()

    class Meta:
        verbose_name = _("registro del padrón")
        verbose_name_plural = _("registros del padrón")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.carga_id}: {self.fila}"
