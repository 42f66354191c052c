"""The interface's description: every answer that an operation can give stands in it."""

from typing import Any

from ninja import NinjaAPI

JSON, PROBLEM = "application/json", "application/problem+json"
# Asked of every operation before its own code is reached, whatever it declares itself.
MAY_BE_ANSWERED = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    429: "Too Many Requests",
}


class Described(NinjaAPI):
    """Names the media type of refusals, and the refusals that are everybody's."""

    def get_openapi_schema(self, **given: Any) -> Any:
        """OpenAPI; refusals are problems (RFC 9457), and none is left out."""
        schema = super().get_openapi_schema(**given)
        for methods in schema["paths"].values():
            for operation in methods.values():
                _tell_refusals(operation["responses"])
        return schema


def _tell_refusals(responses: dict[Any, Any]) -> None:
    problem = next(
        answer["content"] for status, answer in responses.items() if int(status) >= 400
    ).copy()
    problem = {PROBLEM: next(iter(problem.values()))}
    for status, words in MAY_BE_ANSWERED.items():
        responses.setdefault(status, {"description": words})
    for status, answer in responses.items():
        if int(status) >= 400:
            answer["content"] = problem
