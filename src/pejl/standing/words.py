"""The words of a printed table, in Danish and English."""

from collections.abc import Mapping

from pejl.standing.result import Light

HEADINGS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "goal": "Mål",
        "value": "Opgjort",
        "target": "Måltal",
        "expected_by_now": "Forventet nu",
        "light": "Status",
    },
    "en": {
        "goal": "Goal",
        "value": "Measured",
        "target": "Target",
        "expected_by_now": "Expected by now",
        "light": "Status",
    },
}

LIGHTS: Mapping[str, Mapping[Light, str]] = {
    "da": {
        Light.REACHED: "Nået",
        Light.ON_TRACK: "På sporet",
        Light.AT_RISK: "I fare",
        Light.OFF_TRACK: "Bagud",
        Light.NOT_REACHED: "Ikke nået",
        Light.PENDING: "Afventer rammeaftalen",
        Light.NOT_MEASURED: "Ikke opgjort endnu",
        Light.NO_TARGET: "Intet måltal",
    },
    "en": {
        Light.REACHED: "Reached",
        Light.ON_TRACK: "On track",
        Light.AT_RISK: "At risk",
        Light.OFF_TRACK: "Off track",
        Light.NOT_REACHED: "Not reached",
        Light.PENDING: "Awaits the framework agreement",
        Light.NOT_MEASURED: "Not measured yet",
        Light.NO_TARGET: "No target",
    },
}
