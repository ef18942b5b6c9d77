"""Addresses of the register of smelters, tasks about them, and mines."""

from django.urls import path

from minerals.web import (
    mine_list,
    smelter_list,
    smelter_page,
    smelter_records,
    task_list,
    task_page,
)

urlpatterns = [
    path("smelters/", smelter_list.smelter_list, name="smelter-list"),
    path("smelters/export/", smelter_list.smelter_export, name="smelter-export"),
    path("smelters/countries/", smelter_list.smelter_countries, name="smelter-countries"),
    path("smelters/<str:cid>/", smelter_page.smelter_detail, name="smelter-detail"),
    path("smelters/<str:cid>/notes/", smelter_records.note_add, name="smelter-note-add"),
    path(
        "smelters/<str:cid>/certificates/",
        smelter_records.certificate_add,
        name="smelter-certificate-add",
    ),
    path(
        "smelter-notes/<int:pk>/withdraw/",
        smelter_records.note_withdraw,
        name="smelter-note-withdraw",
    ),
    path(
        "smelter-certificates/<int:pk>/verify/",
        smelter_records.certificate_verify,
        name="smelter-certificate-verify",
    ),
    path(
        "smelter-certificates/<int:pk>/withdraw/",
        smelter_records.certificate_withdraw,
        name="smelter-certificate-withdraw",
    ),
    path("smelter-tasks/", task_list.task_list, name="task-list"),
    path("smelter-tasks/export/", task_list.task_export, name="task-export"),
    path("smelter-tasks/close/", task_list.task_close_many, name="task-close-many"),
    path("smelter-tasks/<int:pk>/", task_page.task_detail, name="task-detail"),
    path("smelter-tasks/<int:pk>/close/", task_page.task_close, name="task-close"),
    path("mines/", mine_list.mine_list, name="mine-list"),
    path("mines/export/", mine_list.mine_export, name="mine-export"),
]
