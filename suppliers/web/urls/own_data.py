"""A supplier's own data, and the changes that wait for our people."""

from django.urls import path

from suppliers.web import data_changes, own_data

urlpatterns = [
    path("own/data/", own_data.own_data, name="own-data"),
    path("own/data/company/", own_data.own_company, name="own-company"),
    path("own/data/people/new/", own_data.own_person, name="own-person-new"),
    path("own/data/people/<int:contact_id>/", own_data.own_person, name="own-person"),
    path(
        "own/data/people/<int:contact_id>/gone/", own_data.own_person_gone, name="own-person-gone"
    ),
    path(
        "own/data/changes/<int:change_id>/withdraw/",
        own_data.own_withdraw,
        name="own-change-withdraw",
    ),
    path("changes/", data_changes.change_list, name="data-change-list"),
    path("changes/<int:change_id>/", data_changes.change_detail, name="data-change"),
    path(
        "changes/<int:change_id>/approve/", data_changes.change_approve, name="data-change-approve"
    ),
    path(
        "changes/<int:change_id>/decline/", data_changes.change_decline, name="data-change-decline"
    ),
]
