"""Names of countries and regions that our catalogue says better than that of the library."""

from django.utils.translation import gettext_noop as N_

NAMES = (
    N_("American Samoa"),
    N_("Bosnia and Herzegovina"),
    N_("Cocos (Keeling) Islands"),
    N_("Comoros"),
    N_("Dominica"),
    N_("French Guiana"),
    N_("Kyrgyzstan"),
    N_("Liberia"),
    N_("Mali"),
    N_("Nepal"),
    N_("North Macedonia"),
    N_("Samoa"),
    N_("Suriname"),
    N_("Svalbard and Jan Mayen"),
    N_("Tajikistan"),
    N_("Trinidad and Tobago"),
)
