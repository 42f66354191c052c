"""Every sentence that a report can say. Figures are filled in; nothing else is made up."""

from collections.abc import Mapping

TEXTS: Mapping[str, Mapping[str, str]] = {
    # What writers put around a document.
    "label.contents": {"da": "Indhold", "en": "Contents"},
    "label.summary": {"da": "Det vigtigste", "en": "What matters"},
    "label.definitions": {"da": "Sådan er der talt", "en": "How it was counted"},
    "label.sources": {"da": "Kilder", "en": "Sources"},
    "label.basis": {"da": "Opgørelsesgrundlag", "en": "What was counted"},
    "label.snapshot": {"da": "Opgørelse", "en": "Snapshot"},
    "label.contract": {"da": "Resultatkontrakt", "en": "Results contract"},
    "label.edition": {"da": "Offentliggjort udgave", "en": "Published edition"},
    "label.as_of": {"da": "Opgjort til og med", "en": "Counted up to and including"},
    "label.code": {"da": "Pejl, version", "en": "Pejl, version"},
    "label.page": {"da": "Side", "en": "Page"},
    "label.of": {"da": "af", "en": "of"},
    "label.clause": {"da": "Klausul", "en": "Clause"},
    "label.figure": {"da": "Figur", "en": "Figure"},
    "label.table": {"da": "Tabel", "en": "Table"},
    "label.contact": {"da": "Kontakt", "en": "Contact"},
    "label.signs": {"da": "Tegnforklaring", "en": "Signs"},
    "label.signs.text": {
        "da": "0 er talt op til nul. – er ikke opgjort. ·· er skjult, fordi tallet er lille eller"
        " ville afsløre et lille tal. [ ] er et mål, der afventer rammeaftalen og ikke bedømmes.",
        "en": "0 was counted and is none. – is not measured. ·· is hidden, for the count is small"
        " or would give a small one away. [ ] is a goal that awaits the framework agreement and"
        " is not scored.",
    },
    "label.to_contents": {"da": "Gå til indholdet", "en": "Skip to the contents"},
    "label.front": {"da": "Forside", "en": "Front page"},
    "label.texts": {"da": "Tekst", "en": "Text"},
    "label.charts": {"da": "Figurer", "en": "Figures"},
    "label.sheets": {"da": "Ark i filen", "en": "Sheets of this file"},
    "label.continued": {"da": "fortsat", "en": "continued"},
    "label.goal": {"da": "Mål", "en": "Goal"},
    "label.definition": {"da": "Definition", "en": "Definition"},
    # Small words.
    "and": {"da": "og", "en": "and"},
    "until": {"da": "Opgjort til og med {day}", "en": "Counted up to and including {day}"},
    "at_least": {"da": "mindst {n}", "en": "at least {n}"},
    "more_than": {"da": "mere end {n}", "en": "more than {n}"},
    "at_most": {"da": "højst {n}", "en": "at most {n}"},
    "less_than": {"da": "mindre end {n}", "en": "less than {n}"},
    "expected_target": {"da": "[{target}]", "en": "[{target}]"},
    "interval": {"da": "{low} til {high}", "en": "{low} to {high}"},
    "hidden": {"da": "··", "en": "··"},
    "few_answers": {"da": "for få svar", "en": "too few answers"},
    "chance": {"da": "{n} pct.", "en": "{n}%"},
    "chance.low": {"da": "under 1 pct.", "en": "under 1%"},
    "chance.high": {"da": "over 99 pct.", "en": "over 99%"},
    "outside": {"da": "Uden for området", "en": "Outside the territory"},
    "unknown": {"da": "Ukendt", "en": "Unknown"},
    "whole": {"da": "Hele Erhvervshuset", "en": "The whole hub"},
    "employees": {"da": "{band} ansatte", "en": "{band} employees"},
    # Titles.
    "monthly.title": {"da": "Månedsstatus", "en": "Monthly status"},
    "status.title": {"da": "Status på resultatkontrakten", "en": "Status of the results contract"},
    "municipality.title": {"da": "Kommunerapport: {place}", "en": "Municipality report: {place}"},
    "annual.title": {"da": "Årsrapport {year}", "en": "Annual report {year}"},
    "kkr.title": {"da": "Status til KKR", "en": "Status for KKR"},
    "board.title": {"da": "Status til bestyrelsen", "en": "Status for the board"},
    "package.title": {
        "da": "Resultatkontrakten til KL og Erhvervsstyrelsen",
        "en": "The results contract for KL and Erhvervsstyrelsen",
    },
    "kind.monthly": {"da": "Månedsstatus", "en": "Monthly status"},
    "kind.status": {"da": "Status på en dato", "en": "Status on a date"},
    "kind.municipality": {"da": "Kommunerapport", "en": "Municipality report"},
    "kind.annual": {"da": "Årsrapport", "en": "Annual report"},
    "kind.kkr": {"da": "Status til KKR", "en": "Status for KKR"},
    "kind.board": {"da": "Status til bestyrelsen", "en": "Status for the board"},
    "kind.package": {
        "da": "Pakke til KL og Erhvervsstyrelsen",
        "en": "Package for KL and Erhvervsstyrelsen",
    },
    # Sections.
    "section.goals": {"da": "Alle mål", "en": "Every goal"},
    "section.ahead": {"da": "Udsigten til årets slutning", "en": "The outlook to the year's end"},
    "section.scores": {"da": "Svar og usikkerhed", "en": "Answers and uncertainty"},
    "section.moved": {"da": "Bevægelser siden {day}", "en": "Movements since {day}"},
    "section.course": {"da": "Året måned for måned", "en": "The year month by month"},
    "section.places": {"da": "Kommunerne", "en": "The municipalities"},
    "section.questions": {
        "da": "Åbne spørgsmål i kontraktens tekst",
        "en": "Open questions in the contract's text",
    },
    "section.comments": {"da": "Bemærkninger", "en": "Comments"},
    "section.efforts": {"da": "Særlige indsatser", "en": "Special efforts"},
    "section.place": {"da": "{place} i tal", "en": "{place} in figures"},
    "section.who": {"da": "Hvem der er hjulpet", "en": "Who was helped"},
    "section.hub": {"da": "Hele Erhvervshuset til sammenligning", "en": "The whole hub beside it"},
    "section.clauses": {"da": "Det, der er lovet", "en": "What was promised"},
    "section.parts": {"da": "Kommunernes opgørelser", "en": "The municipalities' figures"},
    "section.package": {"da": "Hvad pakken indeholder", "en": "What the package holds"},
    "section.amendments": {"da": "Tillæg i kraft", "en": "Amendments in force"},
    # Columns.
    "column.goal": {"da": "Mål", "en": "Goal"},
    "column.value": {"da": "Opgjort", "en": "Measured"},
    "column.target": {"da": "Måltal", "en": "Target"},
    "column.now": {"da": "Forventet nu", "en": "Expected by now"},
    "column.light": {"da": "Status", "en": "Status"},
    "column.mid": {"da": "Bedste skøn", "en": "Best estimate"},
    "column.low80": {"da": "80 pct. fra", "en": "80% from"},
    "column.high80": {"da": "80 pct. til", "en": "80% to"},
    "column.chance": {"da": "Chance for at nå målet", "en": "Chance to meet the target"},
    "column.n": {"da": "Svar (n)", "en": "Answers (n)"},
    "column.low95": {"da": "95 pct. fra", "en": "95% from"},
    "column.high95": {"da": "95 pct. til", "en": "95% to"},
    "column.then": {"da": "Sidst", "en": "Last time"},
    "column.today": {"da": "Nu", "en": "Now"},
    "column.change": {"da": "Ændring", "en": "Change"},
    "column.why": {"da": "Hvorfor", "en": "Why"},
    "column.place": {"da": "Kommune", "en": "Municipality"},
    "column.share": {"da": "Andel af Erhvervshuset", "en": "Share of the hub"},
    "column.hub": {"da": "Hele Erhvervshuset", "en": "The whole hub"},
    "column.segment": {"da": "Segment", "en": "Segment"},
    "column.size": {"da": "Ansatte", "en": "Employees"},
    "column.question": {"da": "Spørgsmål og læsning", "en": "Question and reading"},
    "column.milestone": {"da": "Milepæl", "en": "Milestone"},
    "column.due": {"da": "Frist", "en": "Due"},
    "column.done": {"da": "Nået", "en": "Reached"},
    "column.file": {"da": "Fil", "en": "File"},
    "column.holds": {"da": "Indhold", "en": "Holds"},
    "column.promise": {"da": "Løftet i kontrakten", "en": "The promise in the contract"},
    "column.clause": {"da": "Klausul", "en": "Clause"},
    "column.month": {"da": "Måned", "en": "Month"},
    # Tables and their notes.
    "table.goals": {"da": "{group}", "en": "{group}"},
    "table.ahead": {"da": "Prognose for årets slutning", "en": "Forecast of the year's end"},
    "table.ahead.note": {
        "da": "Prognosen bygger på året indtil nu og på tidligere års måneder. Den falder inden for"
        " intervallet i fire ud af fem tilfælde. Mål uden prognose står ikke i tabellen.",
        "en": "The forecast rests on the year so far and on earlier years' months. It falls within"
        " the interval four times in five. Goals without a forecast are not in the table.",
    },
    "table.scores": {"da": "Svar og usikkerhed", "en": "Answers and uncertainty"},
    "table.scores.note": {
        "da": "Intervallet siger, hvor meget tallet kan skyldes tilfældigheder blandt dem, der har"
        " svaret.",
        "en": "The interval says how much of the figure may be the chance of who answered.",
    },
    "table.moved": {"da": "Bevægelser siden {day}", "en": "Movements since {day}"},
    "table.moved.none": {
        "da": "Ingen tal har flyttet sig siden {day}.",
        "en": "No figure has moved since {day}.",
    },
    "table.services": {"da": "Ydelser efter kommune", "en": "Services by municipality"},
    "table.clients": {
        "da": "Klienter og opsøgende indsats efter kommune",
        "en": "Clients and outreach by municipality",
    },
    "table.places.note": {
        "da": "Kontrakten har ingen måltal for den enkelte kommune, så ingen kommune bedømmes."
        " Unikke klienter og andele kan ikke lægges sammen på tværs af kommuner.",
        "en": "The contract sets no target for a single municipality, so none is judged. Unique"
        " clients and shares cannot be added across municipalities.",
    },
    "table.own": {"da": "{place} og hele Erhvervshuset", "en": "{place} and the whole hub"},
    "table.hub": {"da": "Erhvervshusets mål", "en": "The hub's goals"},
    "table.own.note": {
        "da": "Kontrakten har ingen måltal for den enkelte kommune, så kommunens tal bedømmes ikke."
        " Andelen af Erhvervshuset vises for tal, der kan lægges sammen.",
        "en": "The contract sets no target for a single municipality, so its figures are not"
        " judged. The share of the hub is shown for figures that can be added.",
    },
    "table.segment": {"da": "Efter segment", "en": "By segment"},
    "table.size": {"da": "Efter antal ansatte", "en": "By employees"},
    "table.cells.note": {
        "da": "Unikke klienter kan optræde i flere rækker.",
        "en": "Unique clients may appear in several rows.",
    },
    "table.months": {"da": "{goal} måned for måned", "en": "{goal} month by month"},
    "table.questions": {"da": "Læsningerne side om side", "en": "The readings side by side"},
    "table.questions.note": {
        "da": "Den valgte læsning står først og er den, der tælles efter.",
        "en": "The chosen reading stands first and is the one counted by.",
    },
    "table.milestones": {"da": "Milepæle: {title}", "en": "Milestones: {title}"},
    "table.clauses": {"da": "Løfter og klausuler", "en": "Promises and clauses"},
    "table.package": {"da": "Pakkens filer", "en": "The package's files"},
    # Notes.
    "note.amended": {
        "da": "Kontrakten er ændret fra {since} (besluttet af {who} {decided}): {goals}.",
        "en": "The contract has changed from {since} (decided by {who} on {decided}): {goals}.",
    },
    "note.pending": {
        "da": "{n} mål afventer rammeaftalen. De vises i kantet parentes med det forventede måltal,"
        " måles, hvor de kan, og bedømmes ikke.",
        "en": "{n} goals await the framework agreement. They are shown in square brackets with"
        " the expected target, measured where they can be, and not scored.",
    },
    "note.pending.one": {
        "da": "1 mål afventer rammeaftalen. Det vises i kantet parentes med det forventede måltal,"
        " måles, hvis det kan, og bedømmes ikke.",
        "en": "1 goal awaits the framework agreement. It is shown in square brackets with the"
        " expected target, measured where it can be, and not scored.",
    },
    "note.months": {
        "da": "Kommunens tal vises ikke måned for måned: de fleste måneder er små tal, som kunne"
        " pege på en enkelt klient.",
        "en": "The municipality is not shown by month: most of its months are small counts that"
        " could point to a single client.",
    },
    "note.none": {
        "da": "{place} har ingen registrerede ydelser i perioden.",
        "en": "{place} has no recorded services in the period.",
    },
    "note.hidden": {
        "da": "Små tal er skjult, og det samme er tal, der ville afsløre dem. De er hverken nul"
        " eller manglende.",
        "en": "Small counts are hidden, and so are those that would give them away. They are"
        " neither zero nor missing.",
    },
    "note.no_efforts": {
        "da": "Der er ikke registreret milepæle eller redegørelser for de særlige indsatser.",
        "en": "No milestones or accounts are recorded for the special efforts.",
    },
    "note.package": {
        "da": "Kontraktfilen er den, der tælles efter. Læseudgaven er dannet af filen.",
        "en": "The contract file is what is counted by. The reading copy is made from the file.",
    },
    # Charts.
    "chart.course.alt": {
        "da": "{goal}: {value} ved udgangen af {month}.",
        "en": "{goal}: {value} at the end of {month}.",
    },
    "chart.course.target": {
        "da": " Måltallets sti når {value} ved årets slutning.",
        "en": " The target's path reaches {value} at the year's end.",
    },
    "chart.course.fan": {
        "da": " Prognosen for årets slutning er {low} til {high}.",
        "en": " The forecast of the year's end is {low} to {high}.",
    },
    "chart.measured": {"da": "Opgjort", "en": "Measured"},
    "chart.path": {"da": "Måltallets sti", "en": "The target's path"},
    "chart.fan": {"da": "Prognose, 80 pct.", "en": "Forecast, 80%"},
    "chart.places": {"da": "{goal} efter kommune", "en": "{goal} by municipality"},
    "chart.cells.alt": {
        "da": "{title}. Flest: {most}. Alle tal står i tabellen.",
        "en": "{title}. Most: {most}. Every figure is in the table.",
    },
    "chart.cells.alt.none": {
        "da": "{title}. Der er ingen tal at vise; se tabellen.",
        "en": "{title}. There are no figures to show; see the table.",
    },
    "chart.segment": {"da": "{goal} efter segment", "en": "{goal} by segment"},
    "chart.size": {"da": "{goal} efter antal ansatte", "en": "{goal} by employees"},
    "chart.months": {"da": "{goal} pr. måned", "en": "{goal} each month"},
    "chart.share": {
        "da": "{place}: andel af Erhvervshusets tal",
        "en": "{place}: share of the hub's figures",
    },
    "cell.is": {"da": "{name} ({value})", "en": "{name} ({value})"},
    # Why a figure moved.
    "cause.new": {"da": "nye", "en": "new"},
    "cause.late": {"da": "registreret sent", "en": "recorded late"},
    "cause.withdrawn": {"da": "ikke længere registreret", "en": "no longer on record"},
    "cause.merged": {"da": "anden klient end før", "en": "another client than before"},
    "cause.reclassified": {"da": "omklassificeret", "en": "reclassified"},
    "cause.corrected": {"da": "rettet", "en": "corrected"},
    "cause.follows": {
        "da": "følger af en anden registrering",
        "en": "follows from another record",
    },
    "cause.definition": {"da": "kontrakten tæller anderledes", "en": "counted otherwise"},
    "moved.value": {"da": "{n} {cause}", "en": "{n} {cause}"},
    "moved.answers": {"da": "{n} svar ({cause})", "en": "{n} answers ({cause})"},
    "points": {"da": "{n} pct.point", "en": "{n} pp"},
    "moved.share": {
        "da": "{n} i tælleren og {of} i nævneren ({cause})",
        "en": "{n} above the line and {of} below it ({cause})",
    },
    # The first paragraph.
    "sum.scored": {
        "da": "Pr. {day} bedømmes {n} mål: {lights}.",
        "en": "On {day}, {n} goals are scored: {lights}.",
    },
    "sum.scored.none": {
        "da": "Pr. {day} er der ingen mål, der kan bedømmes.",
        "en": "On {day}, no goal can be scored.",
    },
    "light.reached": {"da": "{n} er nået", "en": "{n} reached"},
    "light.on_track": {"da": "{n} er på sporet", "en": "{n} on track"},
    "light.at_risk": {"da": "{n} er i fare", "en": "{n} at risk"},
    "light.off_track": {"da": "{n} er bagud", "en": "{n} off track"},
    "light.not_reached": {"da": "{n} er ikke nået", "en": "{n} not reached"},
    "light.not_measured": {"da": "{n} er ikke opgjort endnu", "en": "{n} not measured yet"},
    "sum.behind": {
        "da": " Længst fra målet er {goals}.",
        "en": " Furthest from the target: {goals}.",
    },
    "sum.behind.now": {
        "da": "{goal} ({value}, forventet {now} nu)",
        "en": "{goal} ({value}, expected {now} by now)",
    },
    "sum.behind.target": {
        "da": "{goal} ({value}, måltal {target})",
        "en": "{goal} ({value}, target {target})",
    },
    "sum.chance": {
        "da": " Af de {of} mål med en prognose er det mere sandsynligt end ikke, at {n} nås.",
        "en": " Of the {of} goals with a forecast, {n} are more likely than not to be met.",
    },
    "sum.pending": {
        "da": " {n} mål afventer rammeaftalen og bedømmes ikke.",
        "en": " {n} goals await the framework agreement and are not scored.",
    },
    "sum.moved": {
        "da": " Siden {day} har tallene for {n} mål flyttet sig.",
        "en": " Since {day}, the figures of {n} goals have moved.",
    },
    "sum.place": {
        "da": "Til og med {day} er der for {place} opgjort {services}.",
        "en": "Up to and including {day}, the figures of {place} are {services}.",
    },
    "sum.place.none": {
        "da": "Til og med {day} er der ikke registreret ydelser til klienter i {place}.",
        "en": "Up to and including {day}, no services are recorded for clients in {place}.",
    },
    "sum.place.few": {
        "da": "Til og med {day} har klienter i {place} fået så få ydelser, at tallene er skjult.",
        "en": "Up to and including {day}, clients in {place} received so few services that the"
        " figures are hidden.",
    },
    "sum.place.service": {"da": "{goal}: {value}", "en": "{goal}: {value}"},
    "sum.place.hidden": {
        "da": " {n} tal er skjult af hensyn til de enkelte klienter.",
        "en": " {n} figures are hidden for the sake of single clients.",
    },
    "sum.place.share": {
        "da": " I alt er det {value} deltagelser, {share} af Erhvervshusets.",
        "en": " In all that is {value} participations, {share} of the hub's.",
    },
    "sum.place.net": {
        "da": " De er fordelt på {value} forskellige klienter.",
        "en": " They went to {value} different clients.",
    },
    "sum.package": {
        "da": "Kontrakten for {year} har {n} mål; {pending} afventer rammeaftalen.",
        "en": "The contract for {year} has {n} goals; {pending} await the framework agreement.",
    },
    # Comments and efforts.
    "comment.source": {
        "da": "Skrevet af {writer}, godkendt af {approver}",
        "en": "Written by {writer}, approved by {approver}",
    },
    "effort.state": {"da": "Tilstand", "en": "State"},
    "state.on_track": {"da": "På sporet", "en": "On track"},
    "state.at_risk": {"da": "I fare", "en": "At risk"},
    "state.off_track": {"da": "Bagud", "en": "Off track"},
    "state.stopped": {"da": "Stoppet", "en": "Stopped"},
    "state.reached": {"da": "Nået", "en": "Reached"},
    "state.not_told": {"da": "Ingen redegørelse endnu", "en": "No account yet"},
    "effort.because": {"da": "{text} Fordi: {because}", "en": "{text} Because: {because}"},
    "effort.partners": {"da": "Partnere", "en": "Partners"},
    "effort.reached": {"da": "Nåede milepæle", "en": "Milestones reached"},
    "effort.of": {"da": "{done} af {all}", "en": "{done} of {all}"},
    "effort.note": {"da": "{day}: {state}", "en": "{day}: {state}"},
    # Sources.
    "source.contract": {
        "da": "Resultatkontrakten {id} ({file}), kontraktfil med SHA-256 {sha256}.",
        "en": "The results contract {id} ({file}), contract file with SHA-256 {sha256}.",
    },
    "source.hub": {
        "da": "Erhvervshusets egne registreringer: {goals}.",
        "en": "The hub's own records: {goals}.",
    },
    "source.authority": {
        "da": "Opgøres af Erhvervsstyrelsen: {goals}.",
        "en": "Measured by Erhvervsstyrelsen: {goals}.",
    },
    "source.external": {
        "da": "Opgøres af en ekstern part: {goals}.",
        "en": "Measured by an external party: {goals}.",
    },
    "source.reported": {
        "da": "{goal}: oplyst af {source}, kendt fra {day}.",
        "en": "{goal}: reported by {source}, known from {day}.",
    },
    # The package's files.
    "file.contract": {
        "da": "Kontrakten som fil, med alle tillæg",
        "en": "The contract as a file, with every amendment",
    },
    "file.reading": {"da": "Læseudgave af kontrakten", "en": "Reading copy of the contract"},
    "file.source": {"da": "Den vedtagne tekst", "en": "The adopted text"},
    "file.figures": {
        "da": "Tallene i maskinlæsbar form",
        "en": "The figures in machine-readable form",
    },
    "file.csv": {"da": "Tallene som tabel", "en": "The figures as a table"},
    "file.sums": {"da": "Filernes SHA-256", "en": "The files' SHA-256"},
    "file.report": {"da": "Denne oversigt", "en": "This overview"},
}
