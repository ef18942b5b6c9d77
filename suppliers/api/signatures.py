"""``/api/v1/signatures/``: online and on paper, as the pages do."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext_noop as N_
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.web.addresses import client_address
from core.api.schema import refusals
from core.downloads import attachment
from core.errors import InvalidInput
from core.numbers import KEY_PATTERN
from suppliers.api.commitment_serializers import (
    CheckSerializer,
    PaperSerializer,
    RefusalSerializer,
    SignatureSerializer,
    SignSerializer,
)
from suppliers.api.requests import actor_of, valid
from suppliers.filters.commitments import SignatureFilter
from suppliers.models import Signature
from suppliers.policies import commitments as policies
from suppliers.selectors.commitments import signature_for, signatures_for
from suppliers.selectors.signature_files import pdf_name, sealed_signature
from suppliers.selectors.suppliers import supplier_with_code
from suppliers.services.paper_signatures import (
    PaperInput,
    check_paper_signature,
    hand_in_own_scan,
    record_paper_signature,
)
from suppliers.services.signing import Circumstances, revoke_signature, sign_document


@extend_schema_view(
    list=extend_schema(summary="Signatures", responses={200: SignatureSerializer, **refusals(400)})
)
class SignatureViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Signature]):
    """Signatures of the suppliers the caller may see."""

    token_scope = "documents"
    queryset = Signature.objects.none()
    serializer_class = SignatureSerializer
    filterset_class = SignatureFilter
    lookup_value_regex = KEY_PATTERN

    def get_queryset(self) -> QuerySet[Signature]:
        if getattr(self, "swagger_fake_view", False):
            return Signature.objects.none()
        return signatures_for(actor_of(self.request))

    @extend_schema(summary="One signature", responses={200: SignatureSerializer, **refusals(404)})
    def retrieve(self, request: Request, pk: str) -> Response:
        return Response(SignatureSerializer(signature_for(actor_of(request), int(pk))).data)

    @extend_schema(
        summary="Sign a version for the own company, as a contact who may sign",
        request=SignSerializer,
        responses={201: SignatureSerializer, **refusals(400, 403, 404, 409)},
    )
    def create(self, request: Request) -> Response:
        given = valid(SignSerializer(data=request.data))
        agent = " ".join(request.headers.get("User-Agent", "").split())
        address = client_address(request._request)
        signature = sign_document(
            actor_of(request), given.to_input(), Circumstances(address, agent)
        )
        return Response(SignatureSerializer(signature).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Hand in the scan of a document signed on paper",
        description="A contact for the own company, our own people for the supplier named. It "
        "counts once another person has checked it.",
        request={"multipart/form-data": PaperSerializer},
        responses={201: SignatureSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def paper(self, request: Request) -> Response:
        actor = actor_of(request)
        if actor.is_internal:
            policies.require_request_signatures(actor)
        else:
            policies.require_speak_for_company(actor)
        given = valid(PaperSerializer(data=request.data))
        found = _handed_in(actor, given.validated_data["supplier"], given.to_input())
        return Response(SignatureSerializer(found).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="The sealed PDF of an online signature",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **refusals(404)},
    )
    @action(detail=True)
    def pdf(self, request: Request, pk: str) -> FileResponse:
        signature = sealed_signature(actor_of(request), int(pk))
        return attachment(signature.pdf.open("rb"), pdf_name(signature), "pdf")

    @extend_schema(
        summary="Say whether a scan counts, as another person than the one who handed it in",
        request=CheckSerializer,
        responses={200: SignatureSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: str) -> Response:
        given = valid(CheckSerializer(data=request.data)).validated_data
        found = check_paper_signature(
            actor_of(request), int(pk), is_valid=given["valid"], note=given["note"]
        )
        return Response(SignatureSerializer(found).data)

    @extend_schema(
        summary="Revoke a valid signature; the supplier is told why",
        request=RefusalSerializer,
        responses={200: SignatureSerializer, **refusals(400, 403, 404, 409)},
    )
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        given = valid(RefusalSerializer(data=request.data)).validated_data
        found = revoke_signature(actor_of(request), int(pk), given["reason"])
        return Response(SignatureSerializer(found).data)


def _handed_in(actor: User, code: str, data: PaperInput) -> Signature:
    """NotFound for a code the caller may not know, also for a contact who names another company."""
    supplier = supplier_with_code(actor, code) if code.strip() else None
    if not actor.is_internal:
        return hand_in_own_scan(actor, data)
    if supplier is None:
        raise InvalidInput(
            "supplier_missing", N_("Say by its code which supplier signed."), field="supplier"
        )
    return record_paper_signature(actor, supplier.pk, data)
