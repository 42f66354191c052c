"""The addresses of guidance."""

from django.urls import path

from pejl_hub.guidance import views

app_name = "guidance"
urlpatterns = [
    path("ny/", views.new, name="new"),
    path("klient/", views.client_block, name="client"),
    path("<int:number>/", views.detail, name="detail"),
    path("<int:number>/ret/", views.change, name="edit"),
    path("<int:number>/tilstand/", views.to_state, name="move"),
    path("<int:number>/traek-tilbage/", views.take_back, name="withdraw"),
    path("<int:number>/gaelder-igen/", views.bring_back, name="undo"),
    path("<int:number>/fulgt-op/", views.done, name="done"),
]
