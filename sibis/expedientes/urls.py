"""La historia de cada objeto, dentro del panel y con su puerta."""

from django.contrib import admin
from django.urls import path

from sibis.expedientes import views

app_name = "historia"

urlpatterns = [
    path("<str:modelo>/<str:pk>/", admin.site.admin_view(views.historia), name="objeto"),
]
