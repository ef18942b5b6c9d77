"""``/api/v1/country-listings/``: the dated lists of countries."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.numbers import KEY_PATTERN
from minerals.filters.risk import ListingFilter
from minerals.models import CountryListing
from minerals.policies import risk as policies
from minerals.selectors.country_lists import listings
from minerals.services.country_lists import ListingInput, add_listing, end_listing
from suppliers.api.requests import actor_of, valid


class CountryListingSerializer(serializers.ModelSerializer[CountryListing]):
    """``valid_until`` is null for an entry without an end."""

    country = serializers.CharField(source="country_code")
    changed_by = serializers.CharField(source="changed_by.name", default="")
    source = serializers.CharField()  # type: ignore[assignment]  # a field of that name

    class Meta:
        model = CountryListing
        fields = [
            "id",
            "kind",
            "country",
            "region",
            "valid_from",
            "valid_until",
            "source",
            "changed_by",
        ]
        read_only_fields = fields


class CountryListingInputSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166, two letters.")
    region = serializers.CharField(allow_blank=True, default="", required=False)
    valid_from = serializers.DateField()
    source = serializers.CharField(  # type: ignore[assignment]  # a field of that name
        allow_blank=True, default="", required=False
    )


class CountryListingEndSerializer(serializers.Serializer[Any]):
    valid_until = serializers.DateField(help_text="The last day on the list.")


@extend_schema_view(
    list=extend_schema(
        summary="Entries of the lists of countries",
        responses={200: CountryListingSerializer, **refusals(400, 403)},
    )
)
class CountryListingViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[CountryListing]):
    """Covered countries, conflict-affected and high-risk areas, transit countries. Entries end;
    none is deleted."""

    token_scope = "assessments"
    queryset = CountryListing.objects.none()
    serializer_class = CountryListingSerializer
    filterset_class = ListingFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[CountryListing]:
        if getattr(self, "swagger_fake_view", False):
            return CountryListing.objects.none()
        policies.require_view_risk(cast(User, self.request.user))
        return listings()

    @extend_schema(
        summary="Put a country on a list",
        request=CountryListingInputSerializer,
        responses={201: CountryListingSerializer, **refusals(400, 403, 409)},
    )
    def create(self, request: Request) -> Response:
        policies.require_edit_countries(actor_of(request))
        given = valid(CountryListingInputSerializer(data=request.data)).validated_data
        listing = add_listing(actor_of(request), ListingInput(**given))
        return Response(CountryListingSerializer(listing).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="End an entry",
        request=CountryListingEndSerializer,
        responses={200: CountryListingSerializer, **refusals(400, 403, 404)},
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        policies.require_edit_countries(actor_of(request))
        last_day = valid(CountryListingEndSerializer(data=request.data)).validated_data[
            "valid_until"
        ]
        return Response(
            CountryListingSerializer(end_listing(actor_of(request), int(pk), last_day)).data
        )
