"""The addresses of a draft."""

from django.urls import path

from pejl_hub.drafting.views import draft, entries

app_name = "drafting"
urlpatterns = [
    path("", draft.drafts, name="drafts"),
    path("naeste-aar/<int:pk>/", draft.next_year, name="next_year"),
    path("<int:pk>/", draft.show, name="draft"),
    path("<int:pk>/maal/nyt/", entries.goal, name="new_goal"),
    path("<int:pk>/maal/<slug:key>/", entries.goal, name="goal"),
    path("<int:pk>/klausul/ny/", entries.clause, name="new_clause"),
    path("<int:pk>/klausul/<str:key>/", entries.clause, name="clause"),
    path("<int:pk>/opgave/ny/", entries.duty, name="new_duty"),
    path("<int:pk>/opgave/<slug:key>/", entries.duty, name="duty"),
    path("<int:pk>/mindstetal/", entries.minimum, name="minimum"),
    path("<int:pk>/fjern/<slug:part>/<str:key>/", entries.remove, name="remove"),
    path("<int:pk>/gemt/<int:number>/", draft.restore, name="restore"),
    path("<int:pk>/beslutninger/", draft.decisions, name="decisions"),
    path("<int:pk>/beslutninger/<int:number>/", draft.answer, name="answer"),
]
