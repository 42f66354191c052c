"""Addresses of the room."""

from django.urls import path

from pejl_hub.programmes.views import participations, rounds

app_name = "programmes"
urlpatterns = [
    path("", rounds.show_rounds, name="rounds"),
    path("nyt/", rounds.edit_programme, name="new_programme"),
    path("<int:number>/", rounds.show_programme, name="programme"),
    path("<int:number>/ret/", rounds.edit_programme, name="edit_programme"),
    path("<int:number>/runde/", rounds.new_round, name="new_round"),
    path("runder/<int:number>/", rounds.show_round, name="round"),
    path("runder/<int:number>/ret/", rounds.edit_round, name="edit_round"),
    path("deltagelser/ny/", participations.new, name="new_participation"),
    path("deltagelser/<int:number>/", participations.show, name="participation"),
    path("deltagelser/<int:number>/ret/", participations.edit, name="correct"),
    path("deltagelser/<int:number>/fortryd/", participations.undo, name="undo"),
    path("deltagelser/<int:number>/<slug:to>/", participations.move_on, name="move"),
]
