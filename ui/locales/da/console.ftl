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
console-nav-rules = Regler
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

# Rules
console-rules-now = Gældende
console-rules-draft = Udkast
console-rules-versions = Versioner
console-rules-none = Ingen regler endnu
console-rules-none-text = Varer giver det, prislisten siger.
console-rule-when = Hvornår
console-rule-if = Kun hvis
console-rule-gives = Giver
console-rule-to = Til
console-rule-time = Gælder
console-rule-from = fra { $at }
console-rule-until = indtil { $at }
console-rule-limits = Højst
console-rule-budget = Fra budget

# What rules say
console-trigger-sale = Et salg
console-trigger-payment = En betaling
console-trigger-joined = Nogen melder sig ind
console-trigger-event = Målt: { $name }
console-trigger-quiet =
    { $days ->
        [one] { $days } dag uden køb
       *[other] { $days } dage uden køb
    }
console-trigger-anniversary =
    { $days ->
        [one] { $days } dag efter indmeldelsen
       *[other] { $days } dage efter indmeldelsen
    }
console-effect-per-unit = { $points } for hvert styk
console-effect-per-amount = { $points } for hver hele { $amount }
console-effect-percent = { $rate } af beløbet som point
console-effect-discount = { $rate } rabat
console-rate-banded = { $low } til { $high } ({ $field })
console-effect-multiply = { $times } gange det, linjen giver
console-effect-fixed = { $points } én gang
console-effect-every = { $points }, hver gang { $tally } passerer et multiplum af { $nth }
console-effect-per-measure = { $points } for hver hele { $step } målt
console-effect-levels = { $effect }; heraf op ad kæden af anbefalinger: { $shares }
console-cond-is = { $field }: { $values }
console-cond-absent = { $field }: ingen
console-cond-between = { $field }: { $from } til under { $to }
console-cond-from = { $field }: mindst { $from }
console-cond-under = { $field }: under { $to }
console-cond-not = ikke ({ $cond })
console-cond-lesson = lektionen { $name } bestået
console-cond-tier = mindst trin { $step } af { $ladder }
console-cond-referred = blev anbefalet
console-cond-not-referred = blev ikke anbefalet
console-field-product = vare
console-field-brand = mærke
console-field-category = kategori
console-field-outlet = butik
console-field-partner = partner
console-field-country = land
console-field-city = by
console-field-role = rolle
console-field-segment = segment
console-field-evidence = dokumentation
console-field-currency = valuta
console-field-quantity = antal
console-field-amount = beløb
console-field-basket = kurv
console-field-value = værdi
console-field-weekday = ugedag
console-field-minute = tidspunkt
console-who-buyer = Køber
console-who-seller = Sælger
console-who-actor = Den, der registrerede
console-who-owner = Butiksejer
console-who-shop = Butikkens pulje
console-who-staff = Alle ansatte dér
console-who-referrer = Den, der anbefalede
console-per-person = pr. person
console-per-outlet = pr. butik
console-per-partner = pr. partner
console-per-rule = for alle tilsammen
console-within-day = om dagen
console-within-week = om ugen
console-within-month = om måneden
console-within-year = om året
console-within-ever = i alt
console-within-days =
    { $days ->
        [one] på { $days } dag
       *[other] på { $days } dage
    }
console-limit-points = { $points } { $per } { $within }
console-limit-times =
    { $count ->
        [one] { $count } gang { $per } { $within }
       *[other] { $count } gange { $per } { $within }
    }

# A draft of the rules
console-draft-text = Regelsættet som JSON
console-draft-none = Åbn en fil, indsæt et regelsæt, eller begynd med de gældende regler.
console-draft-open = Åbn fil
console-draft-copy = Begynd med de gældende
console-draft-check = Kontrollér
console-draft-good =
    { $count ->
        [one] Version { $version } kan udgives: { $count } regel
       *[other] Version { $version } kan udgives: { $count } regler
    }
console-draft-problems =
    { $count ->
        [one] { $count } problem fundet
       *[other] { $count } problemer fundet
    }
console-draft-version = Udkastet siger version { $version }, men den næste er version { $next }
console-draft-jump = Linje { $line }
console-draft-refused = Skal ændres
console-draft-warning = Advarsel
console-draft-note = Hvorfor, til listen over versioner
console-draft-publish-title = Udgiv version { $version }?
console-draft-publish-text = Den gælder straks. Enheder får den, næste gang de har forbindelse. Budgetter sættes til side.
console-draft-published = Version { $version } gælder nu
console-versions-none = Intet er udgivet her endnu
console-versions-none-text = Hver udgivelse af regler eller prisliste vises her.
console-version-rules =
    { $count ->
        [one] { $count } regel
       *[other] { $count } regler
    }
console-version-prices = Prisliste

# Replay of a draft
console-replay = Afspilning over fortiden
console-replay-run = Afspil over fortiden
console-replay-progress = { $taken } af { $total }
console-replay-cancelled = Afspilningen blev afbrudt.
console-replay-failed = Afspilningen mislykkedes på serveren. Prøv igen; se i serverens log, hvis det sker igen.
console-replay-of =
    { $count ->
        [one] Version { $version } over { $count } hændelse, { $from } til { $to }
       *[other] Version { $version } over { $count } hændelser, { $from } til { $to }
    }
console-replay-now = efter de gældende regler { $points }
console-replay-cost = Omkostning
console-replay-cost-note = Inkl. skat og bidrag
console-replay-discounts = og { $amount } i rabatter
console-replay-gain = Får mere
console-replay-lose = { $lose } får mindre, { $stay } det samme
console-replay-top = Går til den øverste 1 %
console-replay-day = Højeste dag: { $points }, { $name }
console-replay-rules = Efter regel
console-replay-roles = Efter rolle i salget
console-replay-months = Efter måned
console-replay-outlets = Efter butik
console-replay-others = Alle andre
console-replay-nowhere = Uden butik
console-replay-winners = Vinder mest
console-replay-losers = Taber mest
console-replay-spread = Sådan fordeler ændringerne sig
console-replay-spread-sub = Så mange har højst denne ændring
console-replay-part = { $part } af alle
console-replay-budgets = Budgetter
console-replay-budget = { $left } af { $all } tilbage
console-replay-exhausted = opbrugt { $date }
console-replay-bounds = Grænser, der blev nået
console-replay-bound = beskåret: { $cut } · intet tilbage: { $refused }
console-bound-limit = grænse
console-bound-budget = budget
console-bound-liability = højst skyldigt
console-price-list = Prisliste

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
console-action-rules-publish = Regler udgivet
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
console-review-signal = Signal
console-signal-seen = Set
console-signal-closed = Signalet er lukket
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
error-rules-refused = Udkastet kan ikke udgives, som det er
    .remedy = Kontrollér det: hvert problem siger, hvad der hjælper.
error-rules-changed = Versionen følger ikke efter den gældende: { $version }
    .remedy = Hent reglerne igen, og overfør dine ændringer.
error-budget-below-spent = Af budgettet { $budget } er { $spent } point allerede brugt
    .remedy = Giv det mindst så meget.
error-replay-running = En anden afspilning er i gang
    .remedy = Vent, til den slutter, eller afbryd den.
