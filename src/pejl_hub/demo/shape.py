"""What the demo's years look like: every number that decides them, in one place.

Everything is made up. The numbers are chosen so that the overview shows goals that are reached,
on track, at risk and missed, and municipalities from very many records to none.
"""

YEARS = (2022, 2023, 2024)  # where no contract says otherwise
SEED = 20240101

COMPANIES = 5800
COMPANIES_BEFORE = 0.45  # share that was known before the first year
SECOND_RECORD = 0.012  # companies that stand under two record numbers
PEOPLE = 1300
LATER_COMPANY = 0.12  # people who founded a company later

# Each year's number, the contract's year last.
GUIDANCES = (2850, 3150, 3400)
EVENTS = (78, 86, 94)
PARTICIPATIONS = (1850, 2000, 2240)
APPROACHES = (760, 840, 980)
PRESS = (38, 44, 47)

# Activity by month: quiet in July, busy in March, September and November.
SEASON = {1: 8, 2: 9, 3: 11, 4: 8, 5: 9, 6: 8, 7: 2, 8: 7, 9: 11, 10: 10, 11: 11, 12: 6}

# How the clients spread: half of them in the two big cities, a handful on the islands.
MUNICIPALITIES: dict[str, float] = {
    "101": 38, "147": 6, "151": 3, "153": 2, "155": 0.5, "157": 4, "159": 3.5, "161": 1.2,
    "163": 1.4, "165": 1.5, "167": 2, "169": 2.2, "173": 4, "175": 2, "183": 0.8, "185": 1.5,
    "187": 0.4, "190": 1.8, "201": 1.6, "210": 1.9, "217": 3, "219": 2.6, "223": 1.8, "230": 3,
    "240": 1.7, "250": 1.9, "260": 1.3, "270": 2, "400": 1.6,
}  # fmt: skip
OUTSIDE: dict[str, float] = {"265": 0.7, "253": 0.5, "461": 0.4, "751": 0.4}
# Of a municipality that is not named above, by its group in municipalities.csv.
USUAL_IN = {"1": 3, "2": 30, "3": 8, "4": 3, "5": 2}

SEGMENTS = {"Iværksætter": 34, "Vækst": 25, "Drift": 41}
PRE_STARTER = "Før-starter"
SIZES: dict[str, dict[int, float]] = {
    "Iværksætter": {0: 40, 1: 30, 2: 14, 4: 8, 6: 5, 11: 3},
    "Vækst": {2: 10, 4: 12, 6: 20, 9: 16, 14: 16, 26: 14, 60: 8, 140: 3, 230: 1},
    "Drift": {0: 10, 1: 18, 3: 22, 6: 18, 12: 14, 24: 9, 55: 6, 120: 2, 260: 1},
}

AREAS = {"Bæredygtighed": 26, "Digitalisering": 32, "Internationalisering": 18, "Iværksætteri": 24}
GUIDANCE_TYPES = {"Specialiseret": 67, "Orienterende": 33}
GUIDANCE_STATES = {"Gennemført": 87, "Aflyst": 7, "Udeblevet": 4, "Planlagt": 2}
CHANNELS = {"Fysisk": 40, "Virtuel": 38, "Telefon": 22}
MINUTES = {20: 10, 30: 20, 45: 20, 60: 30, 90: 15, 120: 5}
ADVISERS = 24
UNKNOWN_MUNICIPALITY = 0.04
UNKNOWN_SIZE = 0.06
CHANGED_SEGMENT = 0.05

TO_EVALUATION = 0.5
ANSWERED = 0.57
ASKED_ABOUT_REFERRAL = 0.45
REFERRAL_USED = 0.53
SCORES: dict[str, dict[int, float]] = {
    "Iværksætter": {10: 42, 9: 28, 8: 14, 7: 8, 6: 4, 5: 2, 3: 1, 0: 1},
    "Vækst": {10: 48, 9: 30, 8: 12, 7: 5, 6: 2, 5: 1, 3: 1, 0: 1},
    "Drift": {10: 38, 9: 27, 8: 15, 7: 9, 6: 5, 5: 3, 3: 2, 0: 1},
    PRE_STARTER: {10: 40, 9: 28, 8: 16, 7: 9, 6: 4, 5: 2, 0: 1},
}
REFERRED = 0.34
REFERRAL_STATES = {"Sendt": 26, "Accepteret": 36, "Afsluttet": 30, "Afvist": 8}

PROGRAMMES = (
    ("P01", "SMV:Digital", "1", "Ja"),
    ("P02", "SMV:Grøn", "1", "Ja"),
    ("P03", "SMV:Grønne Kompetencer", "1", "Ja"),
    ("P04", "Lokal prøvepulje", "1", "Nej"),
)
PROGRAMME_WEIGHTS = {"P01": 42, "P02": 26, "P03": 24, "P04": 8}
PARTICIPATION_STATES = {
    "Ansøgt": 7, "Tilsagn": 14, "I gang": 20, "Gennemført": 34, "Udbetalt": 13, "Afslag": 8,
    "Annulleret": 4,
}  # fmt: skip
WITH_COMMITMENT = ("Tilsagn", "Gennemført", "Udbetalt")

AT_AN_EVENT = (14, 54)
PROGRAMME_EVENT = {"": 86, "P01": 5, "P02": 4, "P03": 3, "P04": 2}
ATTENDANCE_STATES = {"Deltog": 76, "Udeblev": 13, "Afmeldt": 9, "Tilmeldt": 2}

WITH_LOCAL_SERVICE = 0.8
OUTCOMES = {
    "Vejledning aftalt": 26,
    "Interesseret": 30,
    "Ikke interesseret": 24,
    "Ikke truffet": 20,
}

NEWSLETTER_START = 7400
NEWSLETTER_A_WEEK = (20, 88)
CHANNEL_VIEWS = {"LinkedIn": 36000, "Facebook": 21000, "Instagram": 19500, "Nyhedsbrev": 29500}
