"""The address of a campaign's page."""

from django.urls import path

from pejl_hub.desk.campaigns import views

app_name = "campaigns"
urlpatterns = [path("<int:campaign_id>/", views.show_campaign, name="campaign")]
