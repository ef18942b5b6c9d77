"""People and sites as JSON: the same reads and services as the pages."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django_filters.rest_framework import CharFilter, FilterSet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.schema import refusals
from core.errors import NotFound
from core.numbers import KEY_PATTERN
from suppliers import policies
from suppliers.enums import ContactRole
from suppliers.models import Site, SupplierContact
from suppliers.rules.related_data import ContactInput, SiteInput, site_values
from suppliers.selectors.import_records import SITE_FIELDS
from suppliers.selectors.suppliers import supplier_with_code
from suppliers.services.contacts import FIELDS as CONTACT_FIELDS
from suppliers.services.contacts import remove_contact, save_contact
from suppliers.services.sites import remove_site, save_site


class SupplierCodeSerializer(serializers.Serializer[Any]):
    supplier = serializers.CharField(
        source="supplier.code", max_length=40, help_text="The supplier's code."
    )


class ContactSerializer(SupplierCodeSerializer):
    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(max_length=150)
    email = serializers.CharField(max_length=254, allow_blank=True, default="")
    phone = serializers.CharField(max_length=40, allow_blank=True, default="")
    title = serializers.CharField(max_length=120, allow_blank=True, default="")
    role = serializers.CharField(
        max_length=20, default=ContactRole.OTHER, help_text=", ".join(ContactRole.values)
    )
    language = serializers.CharField(max_length=10, allow_blank=True, default="")
    is_primary = serializers.BooleanField(default=False)
    may_sign = serializers.BooleanField(default=False)
    has_account = serializers.SerializerMethodField()

    def get_has_account(self, contact: SupplierContact) -> bool:
        return contact.user_id is not None


class SiteSerializer(SupplierCodeSerializer):
    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(max_length=40)
    name = serializers.CharField(max_length=255)
    local_name = serializers.CharField(max_length=255, allow_blank=True, default="")
    country = serializers.CharField(max_length=2, allow_blank=True, default="")
    region = serializers.CharField(max_length=80, allow_blank=True, default="")
    city = serializers.CharField(max_length=80, allow_blank=True, default="")
    address = serializers.CharField(max_length=255, allow_blank=True, default="")
    is_active = serializers.BooleanField(default=True)
    closed_on = serializers.DateField(
        default=None,
        allow_null=True,
        help_text="The day of closing; today where a site is closed without one.",
    )


class BySupplier(FilterSet):  # type: ignore[misc]
    supplier = CharFilter(field_name="supplier__code", lookup_expr="iexact")


class RelatedViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Any]):
    """Rows that belong to suppliers: list, one, create, change, delete."""

    token_scope = "suppliers"
    filterset_class = BySupplier
    lookup_value_regex = KEY_PATTERN

    @property
    def actor(self) -> User:
        return cast(User, self.request.user)

    def found(self, key: str) -> Any:
        row = self.get_queryset().filter(pk=int(key)).first()
        if row is None:
            raise NotFound(self.missing[0], self.missing[1])
        return row

    def given(self, request: Request, current: Any = None) -> dict[str, Any]:
        serializer = self.get_serializer(current, data=request.data, partial=current is not None)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    missing = ("not_found", "There is no such thing, or you may not see it.")


@extend_schema_view(list=extend_schema(summary="People of suppliers"))
class ContactViewSet(RelatedViewSet):
    serializer_class = ContactSerializer
    queryset = SupplierContact.objects.none()

    def get_queryset(self) -> QuerySet[SupplierContact]:
        if getattr(self, "swagger_fake_view", False):
            return SupplierContact.objects.none()
        rows = SupplierContact.objects.visible_to(self.actor).select_related("supplier")
        return rows.order_by("supplier__code", "pk")

    @extend_schema(summary="One person", responses={200: ContactSerializer, **refusals(404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self.get_serializer(self.found(pk)).data)

    @extend_schema(
        summary="Add a person", responses={201: ContactSerializer, **refusals(400, 403, 404)}
    )
    def create(self, request: Request) -> Response:
        policies.require_manage_suppliers(self.actor)
        data = self.given(request)
        supplier = supplier_with_code(self.actor, data.pop("supplier")["code"])
        saved = save_contact(self.actor, supplier.pk, ContactInput(**data))
        return Response(self.get_serializer(saved).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Change a person",
        responses={200: ContactSerializer, **refusals(400, 403, 404)},
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        current = self.found(pk)
        data = self.given(request, current)
        data.pop("supplier", None)
        known = {name: getattr(current, name) for name in CONTACT_FIELDS}
        saved = save_contact(
            self.actor, current.supplier_id, ContactInput(**{**known, **data}), current.pk
        )
        return Response(self.get_serializer(saved).data)

    @extend_schema(summary="Remove a person", responses={204: None, **refusals(403, 404)})
    def destroy(self, request: Request, pk: str) -> Response:
        current = self.found(pk)
        remove_contact(self.actor, current.supplier_id, current.pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema_view(list=extend_schema(summary="Sites of suppliers"))
class SiteViewSet(RelatedViewSet):
    serializer_class = SiteSerializer
    queryset = Site.objects.none()

    def get_queryset(self) -> QuerySet[Site]:
        if getattr(self, "swagger_fake_view", False):
            return Site.objects.none()
        rows = Site.objects.visible_to(self.actor).select_related("supplier")
        return rows.order_by("supplier__code", "code")

    @extend_schema(summary="One site", responses={200: SiteSerializer, **refusals(404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(self.get_serializer(self.found(pk)).data)

    @extend_schema(summary="Add a site", responses={201: SiteSerializer, **refusals(400, 403, 404)})
    def create(self, request: Request) -> Response:
        policies.require_manage_suppliers(self.actor)
        data = self.given(request)
        supplier = supplier_with_code(self.actor, data.pop("supplier")["code"])
        saved = save_site(self.actor, supplier.pk, SiteInput(**data))
        return Response(self.get_serializer(saved).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Change a site", responses={200: SiteSerializer, **refusals(400, 403, 404)}
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        current = self.found(pk)
        data = self.given(request, current)
        data.pop("supplier", None)
        known = {name: getattr(current, name) for name in SITE_FIELDS}
        known["country"] = str(current.country or "")
        saved = save_site(
            self.actor, current.supplier_id, SiteInput(**site_values(known, data)), current.pk
        )
        return Response(self.get_serializer(saved).data)

    @extend_schema(summary="Remove a site", responses={204: None, **refusals(403, 404, 409)})
    def destroy(self, request: Request, pk: str) -> Response:
        current = self.found(pk)
        remove_site(self.actor, current.supplier_id, current.pk)
        return Response(status=status.HTTP_204_NO_CONTENT)
