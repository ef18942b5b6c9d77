"""Settings: one file, everything that differs between places comes from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import environment, schedule

# Forms, admin and querysets may then be written with the type they hold.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environment.text("VAR_DIR") or BASE_DIR / "var")
ENVIRONMENT = environment.environment_name()
PRODUCTION = ENVIRONMENT == environment.PRODUCTION

DEBUG = environment.flag("DEBUG", default=False)
DEMO_MODE = environment.flag("DEMO_MODE", default=False)
SECRET_KEY = environment.secret_key(VAR_DIR, production=PRODUCTION)
# Former keys, newest first: sessions and seals of signatures made with them stay good.
SECRET_KEY_FALLBACKS = environment.names("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = environment.allowed_hosts(production=PRODUCTION)
CSRF_TRUSTED_ORIGINS = environment.names("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "portal",
    "surveys",
    "minerals",
    "audits",
    "training",
    "suppliers",
    "accounts",
    "core",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "django_countries",
    "django_celery_beat",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # First, so that answers of the others, errors and redirects, have these headers too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.PlainRequestMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInRequiredMiddleware",
    "accounts.middleware.PreferredLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "portal.context.page",
            ],
            "builtins": ["core.templatetags.core_ui"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data ---------------------------------------------------------------------------------------
DATABASES = {"default": environment.database(VAR_DIR)}
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT") or VAR_DIR / "files")
# Uploads are served through views that check permissions, never from an address of their own.
MEDIA_URL = ""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static" if PRODUCTION else None  # collected in production only
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION

# --- Broker, tasks, cache -----------------------------------------------------------------------
REDIS_URL = environment.redis_url()
CELERY_BROKER_URL = f"{REDIS_URL}/0" if REDIS_URL else "memory://localhost//"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 300, "unacked_restore_interval": 10, "unacked_restore_throttle": 1}
    if REDIS_URL
    else {}
)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# What became of the work is in our own job, so Celery keeps no result.
CELERY_TASK_IGNORE_RESULT = True
# Below the visibility timeout, or a long task would be delivered twice.
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 220
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = schedule.BEAT_SCHEDULE
JOB_TASKS = schedule.JOB_TASKS
JOB_GIVE_UP_TASKS = schedule.JOB_GIVE_UP_TASKS
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"{REDIS_URL}/1",
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# Which records a person may read news about; core itself knows no business records.
NOTIFICATIONS_KNOWN = "suppliers.selectors.recipients.suppliers_known_to"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
# Administrators give and change addresses; nobody confirms one by a link.
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ALLOW_UNVERIFIED_EMAIL = True
ACCOUNT_LOGOUT_ON_GET = False
# Who chooses a password by a link goes on signed in; a second factor is asked all the same.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Clocks of phones differ by some seconds.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Supplier Responsibility"
SESSION_COOKIE_AGE = 60 * 60 * 12

# The buyer, as documents name it.
COMPANY_NAME = environment.text("COMPANY_NAME", "Example Electronics Ltd.")
COMPANY_LOCAL_NAME = environment.text("COMPANY_LOCAL_NAME", "示例电子有限公司")

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = environment.text("TIME_ZONE", "Asia/Shanghai")
COUNTRIES_OVERRIDE = {
    "HK": _("Hong Kong SAR, China"),
    "MO": _("Macao SAR, China"),
    "TW": _("Taiwan, Province of China"),
}

# --- Mail ---------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "portal@localhost")
EMAIL_BACKEND = environment.text(
    "EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else "core.mail_folder.FolderBackend",
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=False)
# A row is locked while its mail is handed over.
EMAIL_TIMEOUT = 10
# Who writes letters to people outside: by the first word of their kind.
LETTER_WRITERS = {"survey": "surveys.services.letters.SurveyLetters"}
# How people of suppliers without an account are reached.
SUPPLIER_GUESTS = "surveys.services.guests.SurveyGuests"
# What one person outside gets at most in seven days, from all parts together.
MAILS_PER_WEEK = environment.number("MAILS_PER_WEEK", 3, least=1)
# How many files one address may have checked without an account.
CHECKS_PER_HOUR = environment.number("CHECKS_PER_HOUR", 10, least=1)
# After this time nobody is still handing a mail over: EMAIL_TIMEOUT, several times.
MAIL_LEASE_SECONDS = environment.number("MAIL_LEASE_SECONDS", 120, least=1)
# Whom suppliers without a buyer can write to.
SUPPLIER_HELP_EMAIL = environment.text("SUPPLIER_HELP_EMAIL")
# What links in mails begin with.
PORTAL_URL = environment.site_address("PORTAL_URL", "http://localhost:8000")

# --- Safety -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = environment.number("SECURE_HSTS_SECONDS", 31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if environment.flag("BEHIND_PROXY", default=True):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        # Otherwise all people behind the proxy would share one limit of sign-in attempts.
        ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXY_COUNT", 1)

# --- Uploads ------------------------------------------------------------------------------------
UPLOAD_MAX_BYTES = environment.number("UPLOAD_MAX_MB", 25, least=1) * 1024 * 1024
UPLOAD_MAX_ARCHIVE_BYTES = environment.number("UPLOAD_MAX_ARCHIVE_MB", 150, least=1) * 1024 * 1024
UPLOAD_MAX_MEMBERS = environment.number("UPLOAD_MAX_MEMBERS", 300, least=1)
READER_TIMEOUT_SECONDS = environment.number("READER_TIMEOUT_SECONDS", 30, least=1)
READER_MEMORY_MB = environment.number("READER_MEMORY_MB", 700, least=100)
IMPORT_MAX_ROWS = environment.number("IMPORT_MAX_ROWS", 60_000, least=1)
IMPORT_KEEP_DAYS = environment.number("IMPORT_KEEP_DAYS", 30, least=1)
IMPORT_UNDO_DAYS = environment.number("IMPORT_UNDO_DAYS", 365, least=1)
DATA_UPLOAD_MAX_NUMBER_FILES = UPLOAD_MAX_MEMBERS
UPLOAD_MAX_REQUEST_BYTES = environment.number("UPLOAD_MAX_REQUEST_MB", 300, least=1) * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["core.web.upload_handler.BoundedUploadHandler"]

# --- API ----------------------------------------------------------------------------------------
API_USER_PER_MINUTE = environment.number("API_USER_PER_MINUTE", 600, least=1)
API_TOKEN_PER_MINUTE = environment.number("API_TOKEN_PER_MINUTE", 300, least=1)
API_UPLOADS_PER_MINUTE = environment.number("API_UPLOADS_PER_MINUTE", 60, least=1)
API_PERMISSIONS = [
    "rest_framework.permissions.IsAuthenticated",
    "accounts.api.permissions.WithinTokenScope",
]
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PARSER_CLASSES": [
        "core.api.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_PERMISSION_CLASSES": API_PERMISSIONS,
    "DEFAULT_THROTTLE_CLASSES": [
        "accounts.api.throttles.UserRate",
        "accounts.api.throttles.TokenRate",
        "accounts.api.throttles.UploadRate",
    ],
    "DEFAULT_PAGINATION_CLASS": "core.api.pagination.PageNumberPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "core.api.errors.handle_exception",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Supplier Responsibility API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": API_PERMISSIONS,
    "SWAGGER_UI_DIST": "SIDECAR",
    # Two hundred operations at once are slow to draw and nothing to read.
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "docExpansion": "none", "filter": True},
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    # Names of choices that several answers share; otherwise they get a number.
    "ENUM_NAME_OVERRIDES": {
        "ApprovalKindEnum": "suppliers.enums.ApprovalKind",
        "ApprovalStateEnum": "suppliers.enums.ApprovalState",
        "DeclarationSourceEnum": "minerals.enums.Source",
        "DeclarationStatusEnum": "minerals.enums.DeclarationStatus",
        "GateKindEnum": "suppliers.enums.GateKind",
        "ImportKindEnum": "suppliers.enums.ImportKind",
        "ImportStateEnum": "suppliers.enums.ImportState",
        "JobStateEnum": "core.models.job.JobState",
        "ClarificationStateEnum": "minerals.enums.ClarificationState",
        "FindingDecisionKindEnum": "minerals.enums.FindingDecisionKind",
        "SmelterTaskClosedAsEnum": "minerals.api.smelter_serializers.CLOSED_AS",
        "MeasureKindEnum": "minerals.enums.MeasureKind",
        "MeasureStateEnum": "minerals.enums.MeasureState",
        "MitigationStateEnum": "minerals.enums.MitigationState",
        "RiskEventKindEnum": "minerals.enums.RiskEventKind",
        "SmelterTaskStateEnum": "minerals.enums.TaskState",
        "CountryListKindEnum": "minerals.enums.CountryListKind",
        "PolicyStateEnum": "minerals.enums.PolicyState",
        "MatchDecisionKindEnum": "minerals.enums.DecisionKind",
        "QualificationStateEnum": "suppliers.enums.QualificationState",
        "ReasonCodeEnum": "suppliers.enums.ReasonCode",
        "RiskLevelEnum": "minerals.enums.RiskLevel",
        "SmelterListSourceEnum": "minerals.enums.ListSource",
        "SmelterListStateEnum": "minerals.enums.ListState",
        "SmelterStatusEnum": "minerals.enums.SmelterStatus",
        "SupplierStatusEnum": "suppliers.enums.SupplierStatus",
    },
}

# --- Logs ---------------------------------------------------------------------------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "WARNING")},
}
