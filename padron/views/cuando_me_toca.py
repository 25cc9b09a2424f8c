"""La página pública «¿Cuándo me toca?»: pregunta una letra, y no guarda nada."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from padron import letras
from padron.consultas.cuando_me_toca import cuando_me_toca
from programas.models import FichaPublica, Programa


@login_not_required
@require_safe
def pagina(request: HttpRequest, slug: str, ejercicio: int) -> HttpResponse:
    """Solo se usa la primera letra de lo escrito: un apellido entero tampoco hace falta."""
    programa = Programa.objects.filter(
        slug=slug, pk__in=FichaPublica.objects.values("programa")
    ).first()
    if programa is None:
        raise Http404(_("No hay un programa con esa dirección."))
    escrito = request.GET.get("letra", "").strip()
    if len(escrito) > 1 or (escrito and letras.letra_escrita(escrito) is None):
        raise BadRequest(_("Escribe una sola letra, de la A a la Z: la primera de tu apellido."))
    vista = cuando_me_toca(programa, ejercicio, letra=letras.letra_escrita(escrito) or "")
    return render(request, "padron/cuando_me_toca.html", {"vista": vista})
