"""Words that appear inside findings and are translated on their own.

A parameter named in ``TRANSLATED_PARAMS`` holds a message id; whoever shows a finding translates
it before filling it in.
"""

from __future__ import annotations

from collections.abc import Mapping

from minerals.rules.marks import N_

TRANSLATED_PARAMS = frozenset({"field", "mineral", "metal", "listed_metal"})

FIELD_LABELS: Mapping[str, str] = {
    "company_name": N_("company name"),
    "scope": N_("declaration scope"),
    "scope_description": N_("description of the scope"),
    "unique_id": N_("company ID"),
    "unique_id_authority": N_("authority of the company ID"),
    "address": N_("address"),
    "contact_name": N_("contact name"),
    "contact_email": N_("contact e-mail"),
    "contact_phone": N_("contact phone"),
    "authorizer_name": N_("authoriser name"),
    "authorizer_title": N_("authoriser title"),
    "authorizer_email": N_("authoriser e-mail"),
    "authorizer_phone": N_("authoriser phone"),
    "effective_date": N_("effective date"),
}

WHOLE_COMPANY = N_("whole company")

MINERAL_LABELS: Mapping[str, str] = {
    "Aluminum": N_("Aluminum"),
    "Chromium": N_("Chromium"),
    "Cobalt": N_("Cobalt"),
    "Copper": N_("Copper"),
    "Gold": N_("Gold"),
    "Graphite": N_("Graphite"),
    "Iridium": N_("Iridium"),
    "Lime": N_("Lime"),
    "Lithium": N_("Lithium"),
    "Manganese": N_("Manganese"),
    "Mica": N_("Mica"),
    "Nickel": N_("Nickel"),
    "Palladium": N_("Palladium"),
    "Platinum": N_("Platinum"),
    "Rare Earth Elements": N_("Rare Earth Elements"),
    "Rhodium": N_("Rhodium"),
    "Ruthenium": N_("Ruthenium"),
    "Silver": N_("Silver"),
    "Soda Ash": N_("Soda Ash"),
    "Tantalum": N_("Tantalum"),
    "Tin": N_("Tin"),
    "Tungsten": N_("Tungsten"),
    "Zinc": N_("Zinc"),
}
