"""El apartado «Avísame» de la página de un programa."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from programas.consultas.apartados import Apartado
from programas.models import ReglaOperacion


def avisame(regla: ReglaOperacion) -> Apartado:
    consulta = urlencode({"programa": regla.programa.slug})
    return Apartado(
        ancla="avisame",
        titulo=_("Que no se te pase"),
        plantilla="ciudadania/_avisame.html",
        datos={
            "url_avisos": f"{reverse('ciudadania:avisos')}?{consulta}",
            "url_calendario": f"{reverse('ciudadania:calendario')}?{consulta}",
        },
    )
