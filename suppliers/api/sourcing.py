"""May we buy this from them? For programs: one question by GET, many by POST."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core.api.schema import refusals
from suppliers.enums import SourcingOutcome
from suppliers.rules.sourcing_facts import Reason
from suppliers.selectors.sourcing import (
    MOST_AT_ONCE,
    SourcingQuestion,
    SourcingResult,
    SourcingRow,
    check_sourcing,
)
from suppliers.selectors.sourcing_words import reason_text

PURPOSES = ("order", "new_category")


class SourcingQuestionSerializer(serializers.Serializer[Any]):
    category = serializers.CharField(
        max_length=30, required=False, allow_blank=True, default="", help_text="A code."
    )
    site = serializers.CharField(
        max_length=40, required=False, allow_blank=True, default="", help_text="A code."
    )
    on = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="Today without one."
    )
    purpose = serializers.ChoiceField(choices=PURPOSES, required=False, default="order")

    def to_question(self) -> SourcingQuestion:
        given = self.validated_data
        return SourcingQuestion(given["category"], given["site"], given["on"], given["purpose"])


class OneSourcingQuestionSerializer(SourcingQuestionSerializer):
    supplier = serializers.CharField(max_length=40, help_text="A code.")


class ManySourcingQuestionSerializer(SourcingQuestionSerializer):
    suppliers = serializers.ListField(
        child=serializers.CharField(max_length=40, allow_blank=True),
        help_text=f"Codes, at most {MOST_AT_ONCE}.",
    )


class SourcingReasonSerializer(serializers.Serializer[Any]):
    """``weight``: blocks (no waiver helps), waivable, supports or note."""

    code = serializers.CharField(help_text="Stable; never renamed.")
    weight = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    params = serializers.DictField(child=serializers.CharField())
    text = serializers.CharField(help_text="For people, in the language asked for.")


class SourcingAnswerSerializer(serializers.Serializer[Any]):
    """``name`` is empty for a code that does not exist or is outside what the caller sees."""

    supplier = serializers.CharField()
    name = serializers.CharField()
    outcome = serializers.ChoiceField(choices=SourcingOutcome.choices)
    exact = serializers.BooleanField(
        help_text="False where the answer depends on a category or site that was not asked for; "
        "the reasons name those it holds for."
    )
    reasons = SourcingReasonSerializer(many=True)


class OneSourcingAnswerSerializer(SourcingAnswerSerializer):
    on = serializers.DateField()
    category = serializers.CharField()
    site = serializers.CharField()


class ManySourcingAnswersSerializer(serializers.Serializer[Any]):
    on = serializers.DateField()
    category = serializers.CharField()
    site = serializers.CharField()
    answers = SourcingAnswerSerializer(many=True)


class SourcingCheckView(APIView):
    # A list of codes is too long for an address: asking by POST reads, too.
    token_reads_only = True

    @extend_schema(
        summary="Sourcing check for one supplier",
        parameters=[OneSourcingQuestionSerializer],
        responses={200: OneSourcingAnswerSerializer, **refusals(400, 403)},
    )
    def get(self, request: Request) -> Response:
        wanted = OneSourcingQuestionSerializer(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        codes = [wanted.validated_data["supplier"]]
        result = check_sourcing(cast(User, request.user), codes, wanted.to_question())
        return Response({**_answer(result.rows[0]), **_asked(result)})

    @extend_schema(
        summary="Sourcing check for a list of suppliers",
        request=ManySourcingQuestionSerializer,
        responses={200: ManySourcingAnswersSerializer, **refusals(400, 403)},
    )
    def post(self, request: Request) -> Response:
        wanted = ManySourcingQuestionSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        codes = wanted.validated_data["suppliers"]
        result = check_sourcing(cast(User, request.user), codes, wanted.to_question())
        return Response({**_asked(result), "answers": [_answer(row) for row in result.rows]})


def _asked(result: SourcingResult) -> dict[str, Any]:
    category = result.category.code if result.category else ""
    return {"on": result.on, "category": category, "site": result.site}


def _answer(row: SourcingRow) -> dict[str, Any]:
    return {
        "supplier": row.supplier.code if row.supplier else row.code,
        "name": row.supplier.name if row.supplier else "",
        "outcome": row.answer.outcome,
        "exact": row.answer.is_exact,
        "reasons": [_reason(reason) for reason in row.answer.reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "weight": reason.weight,
        "since": reason.since,
        "params": {name: _plain(value) for name, value in reason.params.items()},
        "text": reason_text(reason),
    }


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
