"""The values that a new hub's lists begin with. A hub makes them its own on the lists' page."""

from typing import Any

# list -> (code, Danish, English). Priority areas are stored by the words of the hub's old system.
STARTING: dict[str, tuple[tuple[str, str, str], ...]] = {
    "need": (
        ("start", "Opstart af virksomhed", "Starting a company"),
        ("strategy", "Strategi og forretningsmodel", "Strategy and business model"),
        ("finance", "Finansiering og kapital", "Funding and capital"),
        ("sales", "Salg og marketing", "Sales and marketing"),
        ("export", "Eksport", "Export"),
        ("digital", "Digitalisering og data", "Digitalisation and data"),
        ("green", "Grøn omstilling", "Green transition"),
        ("labour", "Rekruttering og kompetencer", "Recruitment and skills"),
        ("innovation", "Innovation og produktudvikling", "Innovation and product development"),
        ("ownership", "Ejerskifte", "Change of ownership"),
        ("law", "Jura og aftaler", "Law and contracts"),
        ("crisis", "Virksomhed i krise", "Company in crisis"),
        ("other", "Andet", "Other"),
    ),
    "outcome": (
        ("clarified", "Afklaret", "Clarified"),
        ("plan", "Plan lagt", "A plan was made"),
        ("programme", "Søger program eller tilskud", "Applies to a programme or for a grant"),
        ("referred", "Henvist videre", "Referred"),
        ("nothing", "Ikke noget for hubben", "Nothing for the hub"),
    ),
    "next_step": (
        ("none", "Ingen", "None"),
        ("follow_up", "Opfølgning", "Follow-up"),
        ("new_talk", "Ny vejledning", "Another guidance"),
        ("refer", "Henvis til rådgiver", "Refer to an adviser"),
        ("programme", "Hjælp med ansøgning", "Help with an application"),
        ("event", "Inviter til arrangement", "Invite to an event"),
    ),
    "priority_area": (
        ("Bæredygtighed", "Bæredygtighed", "Sustainability"),
        ("Digitalisering", "Digitalisering", "Digitalisation"),
        ("Internationalisering", "Internationalisering", "Internationalisation"),
        ("Iværksætteri", "Iværksætteri", "Entrepreneurship"),
    ),
    "team": (
        ("start", "Iværksætteri", "Entrepreneurship"),
        ("growth", "Vækst", "Growth"),
        ("operation", "Drift", "Operation"),
    ),
    "channel_name": (
        ("LinkedIn", "LinkedIn", "LinkedIn"),
        ("Facebook", "Facebook", "Facebook"),
        ("Instagram", "Instagram", "Instagram"),
        ("Nyhedsbrev", "Nyhedsbrev", "Newsletter"),
    ),
    "referral_reason": (
        ("specialist", "Kræver særlig viden", "Needs special knowledge"),
        ("finance", "Finansiering", "Funding"),
        ("law", "Jura eller revision", "Law or accounting"),
        ("local", "Hører til den lokale erhvervsservice", "Belongs to the local business service"),
        ("national", "Hører til en national ordning", "Belongs to a national scheme"),
        ("other", "Andet", "Other"),
    ),
}


def make_starting_codes(model: type[Any]) -> None:
    """Add the values that are not there; ``model`` is ``Code``, or a migration's view of it."""
    model.objects.bulk_create(
        [
            model(list_name=name, code=code, label_da=danish, label_en=english, position=10 * place)
            for name, values in STARTING.items()
            for place, (code, danish, english) in enumerate(values, start=1)
        ],
        ignore_conflicts=True,
    )
