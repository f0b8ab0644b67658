"""The OpenAPI description of the `.json` twins, made from the table of addresses."""

import re
from typing import Any

from detente.web.parameters import LIST, Parameter
from detente.web.routes import ADDRESSES, Address

_PART = re.compile(r"\{(\w+)(?::path)?\}")
_REFUSALS = {
    "400": "What was asked cannot be used.",
    "401": "The token is missing.",
    "404": "There is no such thing, or the record cannot answer.",
    "414": "The address is too long.",
    "421": "The host is not one of the server's names.",
    "503": "Busy, or the store cannot be read.",
    "504": "Cut off: it took too long.",
}


def describe_twins(version: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document.

    Args:
        version: Of detente.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "detente",
            "version": version,
            "description": "The `.json` twins of the pages of `detente serve`: read-only, the same objects as "
            "`--format json` gives on the command line.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {_PART.sub(r"{\1}", item.twin): {"get": _operation(item)} for item in ADDRESSES if item.twinned},
        "components": {"schemas": {"Error": _ERROR}},
    }


_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "message"],
            "properties": {"status": {"type": "integer"}, "message": {"type": "string"}},
        }
    },
}


def _operation(item: Address) -> dict[str, Any]:
    moved = {"307": {"description": "The page lies at the address with the codes of the two sides."}}
    parts = _PART.findall(item.path)
    return {
        "operationId": item.twin.strip("/").replace("/", "_").translate(str.maketrans("", "", "{}:")),
        "summary": item.about,
        "parameters": [_part(name) for name in parts] + [_asked(one) for one in item.parameters],
        "responses": {
            "200": {
                "description": item.about,
                "content": {"application/json": {"schema": _object(item)}},
            },
            **(moved if "a" in parts else {}),
            **{
                status: {
                    "description": words,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
                }
                for status, words in _REFUSALS.items()
            },
        },
    }


def _object(item: Address) -> dict[str, Any]:
    return {"type": "object", "required": list(item.holds)}


def _part(name: str) -> dict[str, Any]:
    examples = {"a": "RUS", "b": "JPN"}
    found: dict[str, Any] = {
        "name": name,
        "in": "path",
        "required": True,
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    }
    return {**found, "example": examples[name]} if name in examples else found


def _asked(item: Parameter) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {
        "flag": {"type": "string", "enum": ["0", "1"]},
        "number": {"type": "integer", "minimum": 0, "maximum": 9_999_999},
    }
    plain: dict[str, Any] = {
        "type": "string",
        "pattern": item.pattern,
        "maxLength": 400 if item.pattern == LIST else 80,
    }
    schema = kinds.get(item.kind) or ({"type": "string", "enum": list(item.choices)} if item.choices else plain)
    schema = (
        {**schema, "default": int(item.default) if item.kind == "number" else item.default} if item.default else schema
    )
    return {
        "name": item.name,
        "in": "query",
        "required": item.required,
        "description": item.about,
        "schema": schema,
    }
