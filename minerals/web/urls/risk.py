"""Addresses of the risk of suppliers, its policy and the lists of countries."""

from django.urls import path

from minerals.web import country_lists, risk_list, risk_policy, risk_supplier

ONE = "risk/suppliers/<int:supplier_id>/"
LEVEL = "risk/levels/<int:override_id>/"
DRAFT = "risk/policy/draft/"

urlpatterns = [
    path("risk/", risk_list.risk_list, name="risk-list"),
    path("risk/export/", risk_list.risk_export, name="risk-export"),
    path(ONE, risk_supplier.risk_supplier, name="risk-supplier"),
    path(f"{ONE}export/", risk_supplier.risk_history_export, name="risk-history-export"),
    path(f"{ONE}event/", risk_supplier.risk_event_record, name="risk-event-record"),
    path(f"{ONE}level/", risk_supplier.risk_level, name="risk-level"),
    path("risk/events/<int:event_id>/end/", risk_supplier.risk_event_end, name="risk-event-end"),
    path(LEVEL, risk_supplier.risk_override_detail, name="risk-override-detail"),
    path(f"{LEVEL}decide/", risk_supplier.risk_override_decide, name="risk-override-decide"),
    path(f"{LEVEL}end/", risk_supplier.risk_override_end, name="risk-override-end"),
    path("risk/policy/", risk_policy.policy, name="policy"),
    path("risk/policy/<int:number>/", risk_policy.policy_detail, name="policy-detail"),
    path(DRAFT, risk_policy.policy_draft_edit, name="policy-draft"),
    path(f"{DRAFT}start/", risk_policy.policy_draft_start, name="policy-draft-start"),
    path(f"{DRAFT}drop/", risk_policy.policy_draft_drop, name="policy-draft-drop"),
    path(f"{DRAFT}effect/", risk_policy.policy_effect, name="policy-effect"),
    path(f"{DRAFT}effect/export/", risk_policy.policy_effect_export, name="policy-effect-export"),
    path(f"{DRAFT}publish/", risk_policy.policy_publish, name="policy-publish"),
    path("risk/countries/", country_lists.country_list, name="country-list"),
    path("risk/countries/export/", country_lists.country_export, name="country-export"),
    path("risk/countries/add/", country_lists.country_add, name="country-add"),
    path("risk/countries/<int:listing_id>/end/", country_lists.country_end, name="country-end"),
]
