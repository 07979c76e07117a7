# Words of the console screens.
console-title = Carrot-konsol
console-user = Användarnamn
console-password = Lösenord
console-scheme-system = Auto

# Places
console-nav-today = I dag
console-nav-review = Granskning
console-nav-people = Personer
console-nav-sales = Försäljning
console-nav-claims = Anmälningar
console-nav-visits = Besök
console-nav-products = Produkter
console-nav-rules = Regler
console-nav-devices = Enheter
console-nav-money = Pengar
console-nav-audit = Granskningslogg

# Lists
console-page = { $first }–{ $last } av { $all }
console-page-before = Föregående sida
console-page-after = Nästa sida
console-nobody = Ingen
console-by = av { $name }
console-all-roles = Alla roller
console-all-states = Alla lägen
console-all-outlets = Alla butiker
console-all-categories = Alla kategorier
console-all-devices = Alla slag
console-name = Namn
console-role = Roll
console-outlet = Butik
console-person = Person
console-cashier = Kassör
console-seller = Säljare
console-buyer = Köpare
console-merchandiser = Merchandiser
console-product = Produkt
console-category = Kategori
console-when = När
console-amount = Belopp
console-points = Poäng
console-points-both = Köpare / säljare
console-state = Läge
console-kind = Slag
console-last = Senaste aktivitet
console-spendable = Att använda
console-code = Kod
console-phone = Telefon
console-email = E-post
console-clawback = Skuld efter återföringar
console-devices = Enheter
console-history = Historik
console-history-none = Inget har hänt ännu
console-history-none-text = Försäljning, anmälningar och besök visas här med sina skäl.

# Today
console-today-sub = Programmet i en blick
console-issued = Utfärdat i dag
console-issued-note = { $points } på 31 dagar
console-active = Aktiva denna vecka
console-active-unit = av { $all } personer
console-active-note = Gjorde något de senaste 7 dagarna
console-liability = Skuld till personer
console-liability-note = varav { $points } väntar
console-exposure = Högst i riskzonen offline
console-exposure-note = { $points } förlorat hittills
console-series = { $name }, de senaste 31 dagarna
console-chart-title = Utfärdade poäng per dag
console-chart-label = Utfärdade poäng per dag, { $points } på 31 dagar
console-chart-last = { $points } i dag
console-waiting = Väntar på dig
console-waiting-none = Inget väntar
console-waiting-none-text = Foton, lågt lager och tysta enheter visas här.
console-waiting-reviews =
    { $count ->
        [one] { $count } sak att granska
       *[other] { $count } saker att granska
    }
console-waiting-reviews-sub = äldst { $since } · { $points }
console-waiting-parked =
    { $count ->
        [one] { $count } kommando är lagt åt sidan
       *[other] { $count } kommandon är lagda åt sidan
    }
console-waiting-parked-sub = En människa måste avgöra · äldst { $since }
console-waiting-stock = { $name }: { $left } kvar
console-waiting-stock-sub = Den här belöningen tar snart slut
console-waiting-silent = { $name } är tyst
console-waiting-silent-sub = hördes senast { $since } · lån { $points }

# Review
console-review-sub = Titta, jämför, avgör.
console-review-open =
    { $count ->
        [one] { $count } öppen
       *[other] { $count } öppna
    }
console-review-none = Allt är avgjort
console-review-none-text = Nya besök och anmälningar visas här när de kommer.
console-review-own = Det gäller dig: någon annan avgör.
console-review-waits = Ett foto är på väg. Det kan godkännas när det är här.
console-approve = Godkänn
console-refuse = Avslå
console-approved = Godkänt: { $points } till { $name }
console-refused = Avslaget: { $name } får läsa varför
console-refuse-title = Avslå detta?
console-refuse-text = { $name } får inte { $points }. Det går inte att ångra.
console-refuse-reason = Varför, med ord till personen
console-checklist = Checklista
console-note = Anmärkning
console-evidence = Bevis
console-reasons = Varför
console-photo = Foto { $number } av { $all }
console-photos = Foton
console-photo-missing = Fotot har inte kommit
console-photo-missing-text = Telefonen skickar det när den har bra nät.

# People
console-people-search = Namn, kod, telefon eller e-post
console-people-none = Ingen deltar ännu
console-people-none-text = Importera personer, eller låt dem gå med via en kod.

# Sales, claims, visits
console-sales-search = Namn eller köp
console-sales-none = Ingen försäljning ännu
console-sales-none-text = De visas så snart en terminal har skickat dem.
console-void = Annullerat
console-lines = Rader
console-typed-amount = Inmatat belopp
console-sale-id = Köp
console-awards = Tilldelade poäng
console-awards-none = Ingen fick poäng.
console-what-happened = Vad som hände
console-claims-search = Säljare, kod eller kvitto
console-claims-none = Inga anmälningar ännu
console-claims-none-text = Säljare gör dem med telefonen, även utan nät.
console-visits-search = Merchandiser eller butik
console-visits-none = Inga besök ännu
console-visits-none-text = De visas när en merchandiser har avslutat ett.
console-in-order = { $good } av { $all } i ordning
console-there = På plats

# Products
console-products-search = Namn, märke eller kod
console-products-none = Prislistan är tom
console-products-none-text = Importera produkter för att ge poäng för dem.
console-price = Pris
console-buyer-points = Poäng till köpare
console-seller-points = Poäng till säljare
console-version = Sedan version
console-version-now = Version { $version } gäller
console-changes =
    { $count ->
        [one] { $count } ändring
       *[other] { $count } ändringar
    }
console-discard = Kasta
console-preview = Förhandsgranska
console-publish = Publicera
console-preview-title =
    { $count ->
        [one] { $count } produkt ändras med version { $version }
       *[other] { $count } produkter ändras med version { $version }
    }
console-published =
    { $count ->
        [one] Version { $version } är publicerad: { $count } produkt ändrad
       *[other] Version { $version } är publicerad: { $count } produkter ändrade
    }

# Rules
console-rules-now = Gällande
console-rules-draft = Utkast
console-rules-versions = Versioner
console-rules-none = Inga regler än
console-rules-none-text = Produkter ger det som prislistan säger.
console-rule-when = När
console-rule-if = Bara om
console-rule-gives = Ger
console-rule-to = Till
console-rule-time = Gäller
console-rule-from = från { $at }
console-rule-until = till { $at }
console-rule-limits = Högst
console-rule-budget = Från budget

# What rules say
console-trigger-sale = En försäljning
console-trigger-payment = En betalning
console-trigger-joined = Någon går med
console-trigger-event = Uppmätt: { $name }
console-trigger-quiet =
    { $days ->
        [one] { $days } dag utan köp
       *[other] { $days } dagar utan köp
    }
console-trigger-anniversary =
    { $days ->
        [one] { $days } dag efter inträdet
       *[other] { $days } dagar efter inträdet
    }
console-effect-per-unit = { $points } för varje styck
console-effect-per-amount = { $points } för varje hel { $amount }
console-effect-percent = { $rate } av beloppet som poäng
console-effect-discount = { $rate } rabatt
console-rate-banded = { $low } till { $high } ({ $field })
console-effect-multiply = { $times } gånger det raden ger
console-effect-fixed = { $points } en gång
console-effect-every = { $points } varje gång { $tally } passerar en multipel av { $nth }
console-effect-per-measure = { $points } för varje hel { $step } uppmätt
console-effect-levels = { $effect }; varav uppåt i rekommendationskedjan: { $shares }
console-cond-is = { $field }: { $values }
console-cond-absent = { $field }: ingen
console-cond-between = { $field }: { $from } till under { $to }
console-cond-from = { $field }: minst { $from }
console-cond-under = { $field }: under { $to }
console-cond-not = inte ({ $cond })
console-cond-lesson = lektionen { $name } godkänd
console-cond-tier = minst steg { $step } av { $ladder }
console-cond-referred = blev rekommenderad
console-cond-not-referred = blev inte rekommenderad
console-field-product = produkt
console-field-brand = märke
console-field-category = kategori
console-field-outlet = butik
console-field-partner = partner
console-field-country = land
console-field-city = ort
console-field-role = roll
console-field-segment = segment
console-field-evidence = underlag
console-field-currency = valuta
console-field-quantity = antal
console-field-amount = belopp
console-field-basket = varukorg
console-field-value = värde
console-field-weekday = veckodag
console-field-minute = tid på dagen
console-who-buyer = Köpare
console-who-seller = Säljare
console-who-actor = Den som registrerade
console-who-owner = Butiksägare
console-who-shop = Butikens pott
console-who-staff = Alla som arbetar där
console-who-referrer = Den som rekommenderade
console-per-person = per person
console-per-outlet = per butik
console-per-partner = per partner
console-per-rule = för alla tillsammans
console-within-day = per dag
console-within-week = per vecka
console-within-month = per månad
console-within-year = per år
console-within-ever = totalt
console-within-days =
    { $days ->
        [one] på { $days } dag
       *[other] på { $days } dagar
    }
console-limit-points = { $points } { $per } { $within }
console-limit-times =
    { $count ->
        [one] { $count } gång { $per } { $within }
       *[other] { $count } gånger { $per } { $within }
    }

# A draft of the rules
console-draft-text = Regeluppsättningen som JSON
console-draft-none = Öppna en fil, klistra in en regeluppsättning eller utgå från de gällande reglerna.
console-draft-open = Öppna fil
console-draft-copy = Utgå från de gällande
console-draft-check = Kontrollera
console-draft-good =
    { $count ->
        [one] Version { $version } kan publiceras: { $count } regel
       *[other] Version { $version } kan publiceras: { $count } regler
    }
console-draft-problems =
    { $count ->
        [one] { $count } problem hittades
       *[other] { $count } problem hittades
    }
console-draft-version = Utkastet säger version { $version }, men nästa är version { $next }
console-draft-jump = Rad { $line }
console-draft-refused = Måste ändras
console-draft-warning = Varning
console-draft-note = Varför, för listan över versioner
console-draft-publish-title = Publicera version { $version }?
console-draft-publish-text = Den gäller genast. Enheter får den nästa gång de ansluter. Budgetar sätts av.
console-draft-published = Version { $version } gäller nu
console-versions-none = Inget har publicerats här än
console-versions-none-text = Varje publicering av regler eller prislista visas här.
console-version-rules =
    { $count ->
        [one] { $count } regel
       *[other] { $count } regler
    }
console-version-prices = Prislista

# Replay of a draft
console-replay = Uppspelning över det förflutna
console-replay-run = Spela upp över det förflutna
console-replay-progress = { $taken } av { $total }
console-replay-cancelled = Uppspelningen avbröts.
console-replay-failed = Uppspelningen misslyckades på servern. Försök igen; titta i serverns logg om det händer igen.
console-replay-of =
    { $count ->
        [one] Version { $version } över { $count } händelse, { $from } till { $to }
       *[other] Version { $version } över { $count } händelser, { $from } till { $to }
    }
console-replay-now = enligt gällande regler { $points }
console-replay-cost = Kostnad
console-replay-cost-note = Inkl. skatt och avgifter
console-replay-discounts = och { $amount } i rabatter
console-replay-gain = Får mer
console-replay-lose = { $lose } får mindre, { $stay } lika mycket
console-replay-top = Går till översta 1 %
console-replay-day = Högsta dag: { $points }, { $name }
console-replay-rules = Per regel
console-replay-roles = Per roll i försäljningen
console-replay-months = Per månad
console-replay-outlets = Per butik
console-replay-others = Alla andra
console-replay-nowhere = Utan butik
console-replay-winners = Vinner mest
console-replay-losers = Förlorar mest
console-replay-spread = Hur ändringarna fördelas
console-replay-spread-sub = Så många har högst denna ändring
console-replay-part = { $part } av alla
console-replay-budgets = Budgetar
console-replay-budget = { $left } av { $all } kvar
console-replay-exhausted = slut { $date }
console-replay-bounds = Gränser som nåddes
console-replay-bound = kapade: { $cut } · inget kvar: { $refused }
console-bound-limit = gräns
console-bound-budget = budget
console-bound-liability = högsta skuld
console-price-list = Prislista

# Devices and enrolment
console-devices-search = Enhetens namn
console-devices-none = Inga enheter ännu
console-devices-none-text = Skapa en kod ovan och skanna den med den nya enheten.
console-device = Enhet
console-belongs = Hör till
console-seen = Hördes senast
console-commands = Kommandon
console-silent = Tyst
console-revoke = Spärra
console-revoke-title = Spärra { $name }?
console-revoke-text = Den kan inte längre sälja, lösa in eller synka. Det som inte är skickat väntar på en människa. Det går inte att ångra: anslut den på nytt för att använda den igen.
console-revoked = { $name } är spärrad
console-enrol = Anslut en enhet
console-enrol-sub = Varje kod ger en enhet och gäller i tio minuter.
console-enrol-new = Ny kod
console-enrol-title = Skanna detta med den nya enheten
console-enrol-qr = Anslutningskod
console-enrol-text = Koden som text
console-enrol-left = Gäller i { $time }
console-enrol-over = Koden har gått ut: skapa en ny
console-copy = Kopiera
console-copied = Kopierat
console-copy-failed = Kopiering tilläts inte: markera texten och kopiera den

# Money
console-money-sub = Vad som är skuld, bundet och förlorat, i poäng
console-held = Bundet i lån
console-held-note = { $points } av budgeten är fria
console-loss = Förlorat offline
console-loss-note = Ännu inte avskrivet
console-redeemed = Inlöst
console-redeemed-note = av { $points } utfärdat totalt
console-leases = Lån
console-leases-none = Inget lån är ute
console-leases-none-text = En terminal ber om ett för att kunna lösa in utan nät.
console-lease-held = Bundet
console-lease-of = { $held } av { $granted }
console-lease-filled = Påfyllt
console-lease-until = Löser in till
console-lease-stale = Måste ansluta
console-lease-fresh = I bruk

# Audit log
console-audit-sub = Inget tas någonsin bort
console-action = Åtgärd
console-actor = Vem
console-subject = Till vad
console-server = Servern
console-action-price-list-publish = Prislista publicerad
console-action-rules-publish = Regler publicerade
console-action-session-begin = Loggade in
console-action-session-end = Loggade ut
console-action-participant-view = Tittade på en person
console-action-device-enrol = Enhet ansluten
console-action-device-revoke = Enhet spärrad
console-action-enrolment-create = Anslutningskod skapad
console-action-enrolment-issue = Anslutningskod utlämnad
console-action-programme-create = Program skapat
console-action-import-write = Filer importerade
console-action-admin-password = Lösenord satt
console-action-server-restore = Återställd från säkerhetskopia
console-action-review-decide = Granskning avgjord

# Members of open sets
console-role-seller = Säljare
console-role-cashier = Kassör
console-role-buyer = Köpare
console-role-merchandiser = Merchandiser
console-role-owner = Butiksägare
console-role-purchaser = Inköpare
console-role-manager = Chef
console-role-approver = Attestant
console-device-terminal = Terminal
console-device-phone = Telefon
console-device-status-active = I bruk
console-device-status-revoked = Spärrad
console-state-active = Bekräftat
console-state-pending = Väntar
console-state-review = Granskas
console-state-rejected = Avvisat
console-state-reversed = Återfört
console-state-approved = Godkänt
console-state-refused = Avslaget
console-state-accepted = Godtaget
console-state-parked = Lagt åt sidan
console-state-revoked = Spärrad
console-review-visit = Besök
console-review-claim = Anmälan
console-activity-sale = Försäljning
console-activity-claim = Anmälan
console-activity-visit = Besök
console-activity-quiz = Lektion
console-activity-redeem = Belöning
console-activity-opening = Ingående saldo
console-evidence-till = Kassa
console-evidence-code = Kod från kartongen
console-evidence-receipt = Kvitto
console-command-sale-record = Försäljning
console-command-sale-void = Annullering
console-command-claim-submit = Anmälan
console-command-review-decide = Beslut
console-category-machine = Maskiner
console-category-beans = Bönor
console-category-capsules = Kapslar
console-category-accessories = Tillbehör
console-category-cups = Koppar
console-category-syrups = Siraper
console-category-filters = Filter

# Refusals that only the console meets
error-login-wrong = Användarnamn eller lösenord är fel
    .remedy = Skriv båda igen. Efter fem fel måste du vänta.
error-login-locked = För många felaktiga lösenord
    .remedy = Försök igen om { $minutes } min, eller fråga en chef.
error-awaits-photo = Ett foto har inte kommit ännu
    .remedy = Vänta tills telefonen har skickat det, eller avslå med ett skäl.
error-review-closed = Någon har redan avgjort detta
    .remedy = Gå vidare till nästa.
error-review-unknown = Det här ärendet finns inte
    .remedy = Läs in listan igen.
error-price-list-changed = Någon annan har publicerat under tiden
    .remedy = Se de nyare poängen och publicera igen.
error-nothing-to-publish = Alla produkter har redan dessa poäng
    .remedy = Ändra några poäng först.
error-participant-unknown = Personen finns inte i programmet
    .remedy = Sök på namnet.
error-sale-unknown = Det här köpet är inte känt här
    .remedy = Det kanske inte är skickat ännu. Sök på butik och dag.
console-review-event = Uppmätt händelse
console-review-signal = Signal
console-signal-seen = Sett
console-signal-closed = Signalen är stängd
console-activity-event = Uppmätt händelse
console-activity-referral = Rekommendation
console-activity-quiet = Välkommen tillbaka
console-activity-anniversary = Årsdag
console-state-confirmed = Bekräftad av starkare bevis
console-state-overridden = Kassan angav en annan
console-evidence-photo = Foto
console-evidence-statement = Säljarens ord
console-command-referral-accept = Rekommendation
console-command-event-record = Uppmätt händelse
console-action-event-record = Uppmätt händelse registrerad
console-event-title = Registrera en händelse
console-event-name = Händelse
console-event-value = Hur mycket
console-event-record = Registrera
console-event-done = Registrerat. Poäng: { $points }
error-rules-refused = Utkastet kan inte publiceras som det är
    .remedy = Kontrollera det: varje problem säger vad som hjälper.
error-rules-changed = Versionen följer inte på den gällande: { $version }
    .remedy = Läs in reglerna igen och för över dina ändringar.
error-budget-below-spent = Av budgeten { $budget } är { $spent } poäng redan förbrukade
    .remedy = Ge den minst så mycket.
error-replay-running = En annan uppspelning pågår
    .remedy = Vänta tills den är klar eller avbryt den.
