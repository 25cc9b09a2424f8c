"""El otro par de bench/paginas.py: lo menos que puede costar una vista de Django. Sin base ni plantilla."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path


def sola(request: HttpRequest) -> HttpResponse:
    return HttpResponse("bien")


urlpatterns = [re_path("", sola)]
if not settings.configured:
    settings.configure(
        SECRET_KEY="de-banco",  # noqa: S106
        ROOT_URLCONF="bench._vista_sola",
        ALLOWED_HOSTS=["127.0.0.1"],
    )
application = get_wsgi_application()
