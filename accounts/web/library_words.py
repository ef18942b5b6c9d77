"""Texts of the sign-in library and of Django that our catalogue words in our own terms.

A translation of the project goes before that of a library; naming a text here keeps it in the
project's catalogue.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_
from django.utils.translation import ngettext_lazy

SIGN_IN = (
    N_("Two-Factor Authentication"),
    N_("A new set of Two-Factor Authentication recovery codes has been generated."),
    N_("Authenticator code"),
    N_("Email"),
    N_("Enter your password:"),
    N_("Incorrect password."),
    N_("Please contact us if you have any trouble resetting your password."),
    N_("Use authenticator app or code"),
    N_(
        "Your account is protected by two-factor authentication. "
        "Please enter an authenticator code:"
    ),
)
PASSWORDS = (
    N_("Your old password was entered incorrectly. Please enter it again."),
    N_("Your password can’t be a commonly used password."),
    N_("Your password can’t be entirely numeric."),
    N_("Your password can’t be too similar to your other personal information."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
)
