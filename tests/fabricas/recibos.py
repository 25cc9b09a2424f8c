"""Recibos de cargas aplicadas, con sus registros en el padrón."""

from __future__ import annotations

from typing import Any

import factory

from padron.models import Recibo
from padron.servicios.recibos import emitir
from tests.fabricas.padron import CargaFactory, RegistroFactory


class ReciboFactory(factory.django.DjangoModelFactory):
    """`ReciboFactory(personas=43)`: una mujer y un hombre por turno, $1,500 cada quien; emitido de verdad."""

    class Meta:
        model = Recibo

    personas = 12
    esperan = 0
    carga = factory.SubFactory(
        CargaFactory,
        estado="aplicada",
        validas=factory.SelfAttribute("..personas"),
        con_error=factory.SelfAttribute("..esperan"),
        filas=factory.LazyAttribute(lambda c: c.validas + c.con_error),
    )

    @classmethod
    def _create(cls, model_class: type, *args: Any, **valores: Any) -> Recibo:
        carga = valores["carga"]
        for n in range(valores["personas"]):
            RegistroFactory(
                carga=carga,
                fila=n + 2,
                folio=f"F-{n:04d}",
                nombres="Ana" if n % 2 else "Íñigo",
                primer_apellido='Peña "Sol"',
                sexo="M" if n % 2 else "H",
                monto="1500.00",
                fecha_apoyo="2025-03-31",
                perfil={"ocupacion": "oficio", "escolaridad": "niñez"} if n % 3 else None,
            )
        return emitir(carga, por=carga.aplicada_por)
