"""Addresses of the efforts."""

from django.urls import path

from pejl_hub.efforts import partviews, views

app_name = "efforts"
urlpatterns = [
    path("", views.show_efforts, name="efforts"),
    path("fremdrift/", views.show_progress, name="progress"),
    path("nyt/<slug:goal>/", views.begin, name="begin"),
    path("<int:number>/", views.show_effort, name="effort"),
    path("<int:number>/ret/", views.rename, name="rename"),
    path("<int:number>/aktiviteter/ny/", partviews.find_activities, name="find"),
    path("<int:number>/bilag/ny/", partviews.add_paper, name="add_paper"),
    path("<int:number>/bilag/<int:key>/", partviews.download, name="paper"),
    path("<int:number>/milepaele/<int:key>/udskyd/", partviews.move, name="move"),
    path("<int:number>/<slug:slug>/ny/", partviews.edit, name="new"),
    path("<int:number>/<slug:slug>/<int:key>/", partviews.edit, name="edit"),
    path("<int:number>/<slug:slug>/<int:key>/fjern/", partviews.remove, name="remove"),
]
