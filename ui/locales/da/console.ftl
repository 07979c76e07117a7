# Words of the console screens.
console-title = Carrot-konsol
console-user = Brugernavn
console-password = Adgangskode
console-scheme-system = Auto

# Places
console-nav-today = I dag
console-nav-review = Gennemsyn
console-nav-people = Personer
console-nav-sales = Salg
console-nav-claims = Indberetninger
console-nav-visits = Besøg
console-nav-products = Varer
console-nav-devices = Enheder
console-nav-money = Penge
console-nav-audit = Revisionslog

# Lists
console-page = { $first }–{ $last } af { $all }
console-page-before = Forrige side
console-page-after = Næste side
console-nobody = Ingen
console-by = af { $name }
console-all-roles = Alle roller
console-all-states = Alle tilstande
console-all-outlets = Alle butikker
console-all-categories = Alle kategorier
console-all-devices = Alle slags
console-name = Navn
console-role = Rolle
console-outlet = Butik
console-person = Person
console-cashier = Kassemedarbejder
console-seller = Sælger
console-buyer = Køber
console-merchandiser = Merchandiser
console-product = Vare
console-category = Kategori
console-when = Hvornår
console-amount = Beløb
console-points = Point
console-points-both = Køber / sælger
console-state = Tilstand
console-kind = Slags
console-last = Seneste aktivitet
console-spendable = Til rådighed
console-code = Kode
console-phone = Telefon
console-email = E-mail
console-clawback = Skyldes efter tilbageførsler
console-devices = Enheder
console-history = Historik
console-history-none = Der er ikke sket noget endnu
console-history-none-text = Salg, indberetninger og besøg vises her med deres begrundelser.

# Today
console-today-sub = Programmet på ét blik
console-issued = Udstedt i dag
console-issued-note = { $points } på 31 dage
console-active = Aktive denne uge
console-active-unit = af { $all } personer
console-active-note = Har gjort noget de seneste 7 dage
console-liability = Skyldes til personer
console-liability-note = heraf afventer { $points }
console-exposure = Højst i fare offline
console-exposure-note = { $points } tabt indtil nu
console-series = { $name }, de seneste 31 dage
console-chart-title = Udstedte point pr. dag
console-chart-label = Udstedte point pr. dag, { $points } på 31 dage
console-chart-last = { $points } i dag
console-waiting = Venter på dig
console-waiting-none = Intet venter
console-waiting-none-text = Billeder, lav beholdning og tavse enheder vises her.
console-waiting-reviews =
    { $count ->
        [one] { $count } sag til gennemsyn
       *[other] { $count } sager til gennemsyn
    }
console-waiting-reviews-sub = ældste { $since } · { $points }
console-waiting-parked =
    { $count ->
        [one] { $count } kommando er lagt til side
       *[other] { $count } kommandoer er lagt til side
    }
console-waiting-parked-sub = Et menneske skal afgøre det · ældste { $since }
console-waiting-stock = { $name }: { $left } tilbage
console-waiting-stock-sub = Denne belønning slipper snart op
console-waiting-silent = { $name } er tavs
console-waiting-silent-sub = sidst hørt fra { $since } · lån { $points }

# Review
console-review-sub = Se, sammenlign, afgør.
console-review-open =
    { $count ->
        [one] { $count } åben
       *[other] { $count } åbne
    }
console-review-none = Alt er afgjort
console-review-none-text = Nye besøg og indberetninger vises her, når de kommer.
console-review-own = Det handler om dig: en anden afgør det.
console-review-waits = Et billede er stadig på vej. Det kan godkendes, når det er her.
console-approve = Godkend
console-refuse = Afvis
console-approved = Godkendt: { $points } til { $name }
console-refused = Afvist: { $name } kan læse hvorfor
console-refuse-title = Afvis dette?
console-refuse-text = { $name } får ikke { $points }. Det kan ikke fortrydes.
console-refuse-reason = Hvorfor, med ord til personen
console-checklist = Tjekliste
console-note = Bemærkning
console-evidence = Beviser
console-reasons = Hvorfor
console-photo = Billede { $number } af { $all }
console-photos = Billeder
console-photo-missing = Billedet er ikke kommet
console-photo-missing-text = Telefonen sender det, når den har godt netværk.

# People
console-people-search = Navn, kode, telefon eller e-mail
console-people-none = Ingen deltager endnu
console-people-none-text = Importér personer, eller lad dem tilmelde sig med en kode.

# Sales, claims, visits
console-sales-search = Navn eller salg
console-sales-none = Ingen salg endnu
console-sales-none-text = De vises, så snart en terminal har sendt dem.
console-void = Annulleret
console-lines = Linjer
console-typed-amount = Indtastet beløb
console-sale-id = Salg
console-awards = Tildelte point
console-awards-none = Ingen fik point.
console-what-happened = Hvad der skete
console-claims-search = Sælger, kode eller kvittering
console-claims-none = Ingen indberetninger endnu
console-claims-none-text = Sælgere laver dem med telefonen, også uden netværk.
console-visits-search = Merchandiser eller butik
console-visits-none = Ingen besøg endnu
console-visits-none-text = De vises, når en merchandiser har afsluttet et.
console-in-order = { $good } af { $all } i orden
console-there = På stedet

# Products
console-products-search = Navn, mærke eller kode
console-products-none = Prislisten er tom
console-products-none-text = Importér varer for at give point for dem.
console-price = Pris
console-buyer-points = Point til køber
console-seller-points = Point til sælger
console-version = Siden version
console-version-now = Version { $version } gælder
console-changes =
    { $count ->
        [one] { $count } ændring
       *[other] { $count } ændringer
    }
console-discard = Kassér
console-preview = Forhåndsvis
console-publish = Udgiv
console-preview-title =
    { $count ->
        [one] { $count } vare ændres med version { $version }
       *[other] { $count } varer ændres med version { $version }
    }
console-published =
    { $count ->
        [one] Version { $version } er udgivet: { $count } vare ændret
       *[other] Version { $version } er udgivet: { $count } varer ændret
    }

# Devices and enrolment
console-devices-search = Enhedens navn
console-devices-none = Ingen enheder endnu
console-devices-none-text = Lav en kode ovenfor, og scan den med den nye enhed.
console-device = Enhed
console-belongs = Hører til
console-seen = Sidst hørt fra
console-commands = Kommandoer
console-silent = Tavs
console-revoke = Spær
console-revoke-title = Spær { $name }?
console-revoke-text = Den kan ikke længere sælge, indløse eller synkronisere. Det, den ikke har sendt, venter på et menneske. Det kan ikke fortrydes: tilmeld den igen for at bruge den.
console-revoked = { $name } er spærret
console-enrol = Tilmeld en enhed
console-enrol-sub = Hver kode giver én enhed og gælder i ti minutter.
console-enrol-new = Ny kode
console-enrol-title = Scan dette med den nye enhed
console-enrol-qr = Tilmeldingskode
console-enrol-text = Koden som tekst
console-enrol-left = Gælder i { $time }
console-enrol-over = Koden er udløbet: lav en ny
console-copy = Kopiér
console-copied = Kopieret
console-copy-failed = Kopiering blev ikke tilladt: markér teksten, og kopiér den

# Money
console-money-sub = Hvad der skyldes, er bundet og er tabt, i point
console-held = Bundet i lån
console-held-note = { $points } af budgettet er frie
console-loss = Tabt offline
console-loss-note = Endnu ikke afskrevet
console-redeemed = Indløst
console-redeemed-note = af { $points } udstedt i alt
console-leases = Lån
console-leases-none = Intet lån er ude
console-leases-none-text = En terminal beder om et for at kunne indløse uden netværk.
console-lease-held = Bundet
console-lease-of = { $held } af { $granted }
console-lease-filled = Fyldt op
console-lease-until = Indløser til
console-lease-stale = Skal forbinde
console-lease-fresh = I brug

# Audit log
console-audit-sub = Intet bliver nogensinde taget ud
console-action = Handling
console-actor = Hvem
console-subject = Til hvad
console-server = Serveren
console-action-price-list-publish = Prisliste udgivet
console-action-session-begin = Logget ind
console-action-session-end = Logget ud
console-action-participant-view = Så på en person
console-action-device-enrol = Enhed tilmeldt
console-action-device-revoke = Enhed spærret
console-action-enrolment-create = Tilmeldingskode lavet
console-action-enrolment-issue = Tilmeldingskode udleveret
console-action-programme-create = Program oprettet
console-action-import-write = Filer importeret
console-action-admin-password = Adgangskode givet
console-action-server-restore = Gendannet fra sikkerhedskopi
console-action-review-decide = Gennemsyn afgjort

# Members of open sets
console-role-seller = Sælger
console-role-cashier = Kassemedarbejder
console-role-buyer = Køber
console-role-merchandiser = Merchandiser
console-role-owner = Butiksejer
console-role-purchaser = Indkøber
console-role-manager = Leder
console-role-approver = Godkender
console-device-terminal = Terminal
console-device-phone = Telefon
console-device-status-active = I brug
console-device-status-revoked = Spærret
console-state-active = Bekræftet
console-state-pending = Afventer
console-state-review = Til gennemsyn
console-state-rejected = Afvist
console-state-reversed = Tilbageført
console-state-approved = Godkendt
console-state-refused = Afslået
console-state-accepted = Accepteret
console-state-parked = Lagt til side
console-state-revoked = Spærret
console-review-visit = Besøg
console-review-claim = Indberetning
console-activity-sale = Salg
console-activity-claim = Indberetning
console-activity-visit = Besøg
console-activity-quiz = Lektion
console-activity-redeem = Belønning
console-activity-opening = Åbningssaldo
console-evidence-till = Kasse
console-evidence-code = Kode fra æsken
console-evidence-receipt = Kvittering
console-command-sale-record = Salg
console-command-sale-void = Annullering
console-command-claim-submit = Indberetning
console-command-review-decide = Afgørelse
console-category-machine = Maskiner
console-category-beans = Bønner
console-category-capsules = Kapsler
console-category-accessories = Tilbehør
console-category-cups = Kopper
console-category-syrups = Sirupper
console-category-filters = Filtre

# Refusals that only the console meets
error-login-wrong = Brugernavn eller adgangskode er forkert
    .remedy = Indtast begge igen. Efter fem forkerte forsøg skal du vente.
error-login-locked = For mange forkerte adgangskoder
    .remedy = Prøv igen om { $minutes } min, eller spørg en leder.
error-awaits-photo = Et billede er ikke kommet endnu
    .remedy = Vent, til telefonen har sendt det, eller afvis med en begrundelse.
error-review-closed = Nogen har allerede afgjort dette
    .remedy = Fortsæt med den næste.
error-review-unknown = Denne sag findes ikke
    .remedy = Indlæs listen igen.
error-price-list-changed = En anden har udgivet imens
    .remedy = Se på de nyere point, og udgiv igen.
error-nothing-to-publish = Alle varer har allerede disse point
    .remedy = Ret først nogle point.
error-participant-unknown = Denne person er ikke i programmet
    .remedy = Søg efter personens navn.
error-sale-unknown = Dette salg kendes ikke her
    .remedy = Det er måske ikke sendt endnu. Søg efter butik og dag.
console-review-event = Målt hændelse
console-activity-event = Målt hændelse
console-activity-referral = Anbefaling
console-activity-quiet = Velkommen tilbage
console-activity-anniversary = Årsdag
console-state-confirmed = Bekræftet af et stærkere bevis
console-state-overridden = Kassen angav en anden
console-evidence-photo = Foto
console-evidence-statement = Sælgerens ord
console-command-referral-accept = Anbefaling
console-command-event-record = Målt hændelse
console-action-event-record = Målt hændelse registreret
console-event-title = Registrér en hændelse
console-event-name = Hændelse
console-event-value = Hvor meget
console-event-record = Registrér
console-event-done = Registreret. Point: { $points }
