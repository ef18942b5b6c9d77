"""``/api/v1/suppliers/{id}/timeline/``: the stream of the supplier's page."""

from __future__ import annotations

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.models import ActivityEntry
from portal.selectors.timeline import (
    GROUPS,
    OTHER,
    TimelineLine,
    TimelineWish,
    timeline_entries,
    timeline_lines,
)
from suppliers.policies import require_view_suppliers
from suppliers.selectors.suppliers import supplier_for

SYSTEM = "system"
GROUP_CODES = [group.code for group in (*GROUPS, OTHER)]


class TimelineQuerySerializer(serializers.Serializer[Any]):
    group = serializers.ChoiceField(choices=GROUP_CODES, required=False)
    person = serializers.RegexField(
        rf"^([0-9]{{1,18}}|{SYSTEM})\Z",
        required=False,
        help_text=f"Key of an account, or {SYSTEM}.",
    )
    since = serializers.DateField(required=False, help_text="The first day.")
    until = serializers.DateField(required=False, help_text="The last day.")

    def wish(self) -> TimelineWish:
        return TimelineWish(**self.validated_data)


class EventSerializer(serializers.Serializer[Any]):
    """Words are in the language asked for; ``verb`` is a code. ``actor``: key of the account, null
    for the system; ``detail``: from what to what; ``about``: the thing, where it is not the
    supplier itself."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    actor = serializers.IntegerField(allow_null=True)
    who = serializers.CharField()
    group = serializers.CharField(help_text=", ".join(GROUP_CODES))
    verb = serializers.CharField()
    what = serializers.CharField()
    detail = serializers.CharField()
    why = serializers.CharField()
    about = serializers.CharField()
    url = serializers.CharField()


class TimelineView(generics.GenericAPIView[ActivityEntry]):
    """For the company's own people."""

    queryset = ActivityEntry.objects.none()
    serializer_class = EventSerializer

    @extend_schema(
        operation_id="suppliers_timeline_list",
        summary="Everything that happened to a supplier, newest first",
        parameters=[TimelineQuerySerializer],
        responses={200: EventSerializer(many=True), **refusals(400, 403, 404)},
    )
    def get(self, request: Request, supplier_id: int) -> Response:
        actor = cast(User, request.user)
        require_view_suppliers(actor)
        supplier = supplier_for(actor, supplier_id)
        asked = TimelineQuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = timeline_entries(actor, supplier, asked.wish())
        page = list(self.paginate_queryset(found) or ())
        pairs = zip(page, timeline_lines(actor, page), strict=True)
        rows = [_event(entry, line) for entry, line in pairs]
        return self.get_paginated_response(EventSerializer(rows, many=True).data)


def _event(entry: ActivityEntry, line: TimelineLine) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "at": line.at,
        "actor": entry.actor_id,
        "who": line.who,
        "group": line.group.code,
        "verb": entry.verb,
        "what": line.what,
        "detail": line.detail,
        "why": line.why,
        "about": line.about,
        "url": line.url,
    }
