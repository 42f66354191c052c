"""Addresses of the contract's life."""

from django.urls import path

from pejl_hub.agreements import views

app_name = "agreements"
urlpatterns = [
    path("", views.show_life, name="life"),
    path("fil/", views.take_in, name="take_in"),
    path("optag/", views.take_up_file, name="take_up"),
    path("dokument/<int:pk>/", views.download, name="document"),
    path("<int:pk>/trin/<slug:kind>/", views.step, name="step"),
    path("<int:pk>/forskel/", views.compare_versions, name="compare"),
    path("<int:pk>/afproev/", views.show_rehearsal, name="rehearse"),
    path("<int:pk>/tillaeg/", views.amend, name="amend"),
]
