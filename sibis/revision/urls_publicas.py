"""Los dictámenes de lo publicado, que cualquiera lee y comprueba sin cuenta."""

from django.urls import path

from sibis.revision.urls import Folio as Folio  # registra «folio»
from sibis.revision.views import dictamenes

app_name = "dictamenes"

urlpatterns = [
    path("dictamenes/<folio:folio>/", dictamenes.pagina, name="pagina"),
    path("dictamenes/<folio:folio>.pdf", dictamenes.pdf, name="pdf"),
]
