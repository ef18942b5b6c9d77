"""One's own account, and the pages of the sign-in library."""

from __future__ import annotations

from tests.permissions.table import CAST, Row, who

SIGNED_IN = who(rest=200)
CHANGED = who(rest=302)
OWN_ONLY = who(rest=404, csr_specialist=302)
EVERYBODY = dict.fromkeys(CAST, 200)
STRANGERS = who(anonymous=200, rest=302)
NOT_ENROLLED = who(rest=404)
MOVED = dict.fromkeys(CAST, 302)

ROWS = (
    Row("accounts:profile", "GET", SIGNED_IN),
    Row("accounts:profile", "POST", CHANGED, data={"name": "Another Name"}),
    Row("accounts:token-list", "GET", SIGNED_IN),
    Row("accounts:token-create", "POST", SIGNED_IN, data={"days": 5, "access": "all"}),
    Row("accounts:token-revoke", "POST", OWN_ONLY, ("token",)),
    Row("set_language", "POST", MOVED, data={"language": "en"}),
    Row("account_signup", "GET", EVERYBODY),
    Row("account_email", "GET", MOVED),
    Row("account_login", "GET", STRANGERS),
    Row("account_logout", "GET", who(anonymous=302, rest=200)),
    Row("account_inactive", "GET", EVERYBODY),
    Row("account_change_password", "GET", SIGNED_IN),
    Row("account_set_password", "GET", MOVED),
    Row("account_reset_password", "GET", EVERYBODY),
    Row("account_reset_password_done", "GET", EVERYBODY),
    Row("account_reset_password_from_key_done", "GET", EVERYBODY),
    Row("account_reset_password_from_key", "GET", EVERYBODY, ("a", "b-c")),
    Row("account_reauthenticate", "GET", SIGNED_IN),
    Row("account_email_verification_sent", "GET", EVERYBODY),
    Row("account_confirm_email", "GET", EVERYBODY, ("abc",)),
    Row("account_confirm_login_code", "GET", MOVED),
    Row("mfa_index", "GET", SIGNED_IN),
    Row("mfa_authenticate", "GET", MOVED),
    Row("mfa_reauthenticate", "GET", MOVED),
    Row("mfa_activate_totp", "GET", MOVED),
    Row("mfa_deactivate_totp", "GET", NOT_ENROLLED),
    Row("mfa_view_recovery_codes", "GET", NOT_ENROLLED),
    Row("mfa_generate_recovery_codes", "GET", MOVED),
    Row("mfa_download_recovery_codes", "GET", NOT_ENROLLED),
)
