"""What an ERP pushes: suppliers by their code, and spend."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_
from django_filters.rest_framework import CharFilter, FilterSet, NumberFilter
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core.api.errors import error_body
from core.api.schema import refusals
from core.errors import InvalidInput
from suppliers import policies
from suppliers.api.serializers import SupplierInputSerializer, SupplierSerializer
from suppliers.excel.import_cells import spend_of_texts, whole_year
from suppliers.models import AnnualSpend, Supplier
from suppliers.rules.import_problems import text_of_problem
from suppliers.rules.master_data import SupplierInput
from suppliers.selectors.links import seen_by
from suppliers.selectors.suppliers import supplier_with_code
from suppliers.services.push import put_supplier
from suppliers.services.spend import InvalidItems, SpendItem, push_spend, remove_spend, set_spend

_LONGEST = 20_000


class AmountSerializer(serializers.Serializer[Any]):
    amount = serializers.CharField(max_length=60, help_text="A number as text: 1250000.00.")


class SpendItemSerializer(AmountSerializer):
    supplier = serializers.CharField(max_length=_LONGEST, allow_blank=True)
    year = serializers.CharField(max_length=20)
    currency = serializers.CharField(max_length=20)


class SpendSerializer(serializers.ModelSerializer[AnnualSpend]):
    supplier = serializers.CharField(source="supplier.code", read_only=True)

    class Meta:
        model = AnnualSpend
        fields = ["supplier", "year", "currency", "amount", "updated_at"]
        read_only_fields = fields


class PushedSerializer(serializers.Serializer[Any]):
    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()


class SupplierByCodeView(APIView):
    token_scope = "suppliers"

    @extend_schema(
        summary="Create or change the supplier with this code",
        description=(
            "Fields that are left out stay as they are. Idempotent: the same request again "
            "changes nothing and leaves no entry in the trail. 201 when it was created, 200 "
            "otherwise."
        ),
        request=SupplierInputSerializer(partial=True),
        responses={200: SupplierSerializer, 201: SupplierSerializer, **refusals(400, 403, 409)},
    )
    def put(self, request: Request, code: str) -> Response:
        actor = cast(User, request.user)
        policies.require_manage_suppliers(actor)
        given = request.data if isinstance(request.data, dict) else {}

        def input_for(current: Supplier | None) -> SupplierInput:
            stored = current.code if current is not None else code.strip()
            wanted = SupplierInputSerializer(
                data={**given, "code": stored}, partial=current is not None
            )
            wanted.is_valid(raise_exception=True)
            return wanted.to_input(seen_by(actor, current) if current else None)

        supplier, created = put_supplier(actor, code.strip(), input_for)
        known = seen_by(actor, supplier)
        answer = SupplierSerializer(known, context={"request": request}).data
        return Response(answer, status=status.HTTP_201_CREATED if created else status.HTTP_200_OK)


class SupplierSpendView(APIView):
    token_scope = "spend"

    @extend_schema(
        summary="Record the spend of a year in a currency",
        request=AmountSerializer,
        responses={200: SpendSerializer, 201: SpendSerializer, **refusals(400, 403, 404)},
    )
    def put(self, request: Request, code: str, year: str, currency: str) -> Response:
        wanted = AmountSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        actor = cast(User, request.user)
        supplier = supplier_with_code(actor, code)
        data = spend_of_texts(year, currency, wanted.validated_data["amount"])
        spend, created = set_spend(actor, supplier.pk, data)
        answer = SpendSerializer(spend).data
        return Response(answer, status=status.HTTP_201_CREATED if created else status.HTTP_200_OK)

    @extend_schema(
        summary="Remove the spend of a year in a currency",
        description="For what was recorded by mistake; the timeline keeps the amount.",
        responses={204: None, **refusals(403, 404, 409)},
    )
    def delete(self, request: Request, code: str, year: str, currency: str) -> Response:
        actor = cast(User, request.user)
        supplier = supplier_with_code(actor, code)
        remove_spend(actor, supplier.pk, whole_year(year) or 0, currency)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SpendFilter(FilterSet):  # type: ignore[misc]
    """``supplier`` and ``currency`` are codes."""

    supplier = CharFilter(field_name="supplier__code", lookup_expr="iexact")
    currency = CharFilter(field_name="currency", lookup_expr="iexact")
    year = NumberFilter(field_name="year", min_value=1990, max_value=2200)

    class Meta:
        model = AnnualSpend
        fields: list[str] = []


@extend_schema_view(
    get=extend_schema(
        summary="Spend per supplier, year and currency",
        responses={200: SpendSerializer, **refusals(400, 403)},
    )
)
class SpendView(generics.ListAPIView[AnnualSpend]):
    """For the company's own people: what is bought is not the supplier's programs' business."""

    token_scope = "spend"
    queryset = AnnualSpend.objects.none()
    serializer_class = SpendSerializer
    filterset_class = SpendFilter

    def get_queryset(self) -> QuerySet[AnnualSpend]:
        if getattr(self, "swagger_fake_view", False):
            return AnnualSpend.objects.none()
        actor = cast(User, self.request.user)
        policies.require_view_suppliers(actor)
        seen = AnnualSpend.objects.visible_to(actor).select_related("supplier")
        return seen.order_by("supplier__code", "-year", "currency")

    @extend_schema(
        filters=False,
        summary="Record the spend of many suppliers, all or nothing",
        description="At most 1,000 items. `fields` of an error names them as `0.amount`.",
        request=SpendItemSerializer(many=True),
        responses={200: PushedSerializer, **refusals(400, 403)},
    )
    def post(self, request: Request) -> Response:
        policies.require_manage_suppliers(cast(User, request.user))
        wanted = SpendItemSerializer(data=request.data, many=True)
        if not isinstance(request.data, list):
            raise InvalidInput("not_a_list", N_("Send a list of items."))
        if not wanted.is_valid():
            return _refused_items(_of_serializer(wanted.errors))
        items = [
            SpendItem(
                item["supplier"], spend_of_texts(item["year"], item["currency"], item["amount"])
            )
            for item in wanted.validated_data
        ]
        try:
            pushed = push_spend(cast(User, request.user), items)
        except InvalidItems as error:
            return _refused_items(_in_words(error))
        return Response(PushedSerializer(pushed).data)


def _of_serializer(errors: Any) -> dict[str, list[str]]:
    """The framework names items by their place, in a list or, where one is no object at all, in
    a mapping."""
    places = errors.items() if isinstance(errors, dict) else enumerate(errors)
    return {
        f"{place}.{field}": [str(word) for word in words]
        for place, wrong in places
        for field, words in (wrong.items() if isinstance(wrong, dict) else [("item", wrong)])
    }


def _in_words(error: InvalidItems) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for place, problems in error.problems.items():
        for problem in problems:
            message = gettext(text_of_problem(problem.code).message) % dict(problem.params)
            fields.setdefault(f"{place}.{problem.field}", []).append(message)
    return fields


def _refused_items(fields: dict[str, list[str]]) -> Response:
    message = gettext("Some items cannot be stored; nothing was changed.")
    return Response(error_body("invalid_items", message, fields), status=400)
