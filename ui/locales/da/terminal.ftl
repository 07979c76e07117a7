# Words of the terminal screens.

# First contact.
terminal-title = Carrot-terminal
terminal-queue-safe = Usendt arbejde ligger trygt på terminalen
terminal-lost = Programmet bag skærmen svarer ikke. Det gemte er i sikkerhed; start det igen.
terminal-not-a-till = Denne enhed er ikke en kasse
terminal-not-a-till-text = Den er tilmeldt som telefon. Åbn telefonens skærme, eller tilmeld en terminal for sig.

# Enrolment.
terminal-enrol-title = Tilmeld terminalen
terminal-enrol-text = En operatør laver en tilmeldingskode i konsollen. Scan den her, indsæt den, eller vælg et billede af den.
terminal-enrol-code = Tilmeldingskode
terminal-enrol-hint = Hver kode tilmelder én enhed, én gang.
terminal-enrol-name = Terminalens navn
terminal-enrol-name-first = Kasse 1
terminal-enrol-go = Tilmeld

# Sign-in and sign-out.
terminal-sign-in = Hvem står ved kassen?
terminal-cashier = Kasseekspedient
terminal-other-cashier = En anden
terminal-no-cashiers = Ingen kasseekspedienter her endnu
terminal-no-cashiers-text = En operatør føjer folk til butikken i konsollen. Hent dem derefter her.
terminal-pin = PIN-kode
terminal-pin-of = PIN-kode for { $name }
terminal-pin-locked-until = Låst til kl. { $time }
terminal-leave-title = Log { $name } ud?
terminal-leave-text = Alt er sendt. Den næste kan logge ind.
terminal-leave-waits =
    { $count ->
        [one] { $count } post er ikke sendt endnu
       *[other] { $count } poster er ikke sendt endnu
    }
terminal-leave-waits-text = De ligger trygt på terminalen og sendes af sig selv, når der er net. Vent helst et øjeblik.
terminal-leave-sale = Salget på skærmen er ikke afsluttet og vil gå tabt
terminal-leave-stay = Bliv
terminal-leave-anyway = Log ud alligevel

# The sale.
terminal-sale = Salg
terminal-scan-next = Scan eller tast næste vare
terminal-scan-short = Scan/tast
terminal-scan-file = Læs et billede
terminal-basket = Kurv
terminal-basket-empty = Klar til næste køber
terminal-basket-empty-text = Scan en vare eller køberens kode. Et navn, et nummer eller et beløb kan også tastes.
terminal-col-pieces = Antal
terminal-col-item = Vare
terminal-col-each = Stk.
terminal-col-sum = Sum
terminal-line-amount = Beløb uden vare
terminal-line-unit = egen kode læst
terminal-line-buyer = køber { $points }
terminal-line-seller = sælger { $points }
terminal-line-none = ingen point på denne
terminal-count-lines =
    { $count ->
        [one] { $count } linje
       *[other] { $count } linjer
    }
terminal-count-pieces =
    { $count ->
        [one] { $count } stk.
       *[other] { $count } stk.
    }
terminal-receipt-noted = bon noteret
terminal-to-pay = At betale
terminal-people = Personer og point
terminal-finish = Afslut salg
terminal-next-sale = Næste salg

# The keys.
terminal-keys = Taster
terminal-key-item = Find vare
terminal-key-buyer = Køber
terminal-key-seller = Sælger
terminal-key-void = Fortryd sidste
terminal-key-amount = Beløb
terminal-key-quantity = Antal
terminal-key-remove = Fjern linje
terminal-key-clear = Ryd
terminal-key-redeem = Indløs
terminal-removed = Linjen er fjernet
terminal-cleared = Salget er ryddet

# What the scan line says.
terminal-say-added = { $item }: { $count }
terminal-say-amount = { $amount } tilføjet
terminal-say-buyer = Køber: { $name }
terminal-say-finished = Registreret
terminal-say-voided = Fortrudt
terminal-say-full = Et salg har plads til 20 linjer. Afslut det først.
terminal-say-nothing = Intet at afslutte endnu
terminal-say-one-piece = Denne linje er altid ét stykke
terminal-say-reading = Læser
terminal-say-receipt = Bon noteret: { $amount }
terminal-say-unit-twice = Dette stykke er allerede i salget
terminal-say-which-product = Hvilken vare hører koden til?

# Buyer and seller.
terminal-buyer-empty = Ingen køber endnu
terminal-buyer-empty-sub = Scan koden, eller find køberen med nummer
terminal-buyer-unnamed = Køber uden navn
terminal-buyer-proven = Kode vist
terminal-buyer-earns = Kan optjene
terminal-buyer-remove = Fjern køberen
terminal-buyer-title = Hvem køber?
terminal-buyer-text = Scan koden på telefonen eller kortet når som helst. Eller tast telefonnummeret.
terminal-buyer-label = Telefonnummer, kort eller kode
terminal-buyer-go = Find
terminal-balance-unknown = Saldo ukendt her
terminal-balance-unsent = { $points } ikke sendt endnu
terminal-balance-later = Den nye saldo kendes, når dette er sendt.
terminal-seller-empty = Ingen sælger valgt
terminal-seller-empty-sub = Vælg, hvem der har solgt
terminal-seller-shift = Sælger, huskes på vagten
terminal-seller-title = Hvem solgte?
terminal-seller-text = Valget gælder de næste salg, til det ændres, eller der logges ud.
terminal-seller-none = Ingen sælgere her endnu
terminal-seller-nobody = Ingen sælger
terminal-role-seller = Sælger
terminal-role-cashier = Kasseekspedient
terminal-role-owner = Ejer
terminal-nobody = Ingen

# Both pots.
terminal-pots = Point for dette salg
terminal-pot-buyer = Køber
terminal-pot-seller = Sælger
terminal-pot-empty = Vises med den første vare
terminal-pot-none = Ingen point på disse varer
terminal-discount = Rabat: { $name } ({ $rate }), − { $amount }
terminal-pot-no-buyer = Uden køber er der ingen at give til
terminal-pot-no-seller = Uden sælger er der ingen at give til
terminal-sum-line = { $item }: { $sum } = { $points }
terminal-sum-amount = { $amount }: { $each } for hver { $step } = { $points }

# Done.
terminal-done-title = Salget er registreret
terminal-done-balance = Ny saldo:
terminal-done-no-buyer = Salget havde ingen køber.
terminal-done-confirmed = Bekræftet af serveren
terminal-done-waits = Venter på net
terminal-done-waits-text = Det ligger trygt her og sendes af sig selv.
terminal-done-next = Næste scanning starter næste salg.

# Find an item, enter amounts and quantities.
terminal-item-title = Find en vare
terminal-item-label = En del af navnet eller nummeret
terminal-item-orphan = Vælg eller scan varen, som { $code } hører til
terminal-item-none = Ingen vare fundet
terminal-item-none-text = Prøv færre bogstaver, eller tast beløbet i stedet.
terminal-item-no-price = ingen pris her
terminal-amount-title = Tast et beløb
terminal-amount-text = Til varer, der ikke er på listen.
terminal-amount-label = Beløb
terminal-amount-go = Tilføj
terminal-price-title = Pris på { $item }
terminal-price-text = Listen har ingen pris her. Tast, hvad ét stykke koster.
terminal-quantity-title = Hvor mange?
terminal-quantity-label = Antal
terminal-quantity-less = Én mindre
terminal-quantity-more = Én mere
terminal-quantity-range = Fra 1 til { $max }
terminal-quantity-go = Sæt

# Undo the last sale, and the list of sales.
terminal-void-title = Fortryd det sidste salg?
terminal-void-text = Begge pointbeløb tages tilbage. Salget bliver på listen, mærket som fortrudt.
terminal-void-unseen = Terminalens sidste salg.
terminal-void-nothing = Der er intet at fortryde
terminal-void-nothing-text = Det sidste salg er allerede fortrudt, eller der var intet.
terminal-void-keep = Behold det
terminal-void-go = Fortryd salget
terminal-void-done = Salget er fortrudt
terminal-void-waits = Salget er fortrudt her; det sendes, når der er net
terminal-sales-title = Dagens salg
terminal-sales-empty = Ingen salg endnu
terminal-sales-empty-text = Salg fra de sidste 24 timer vises her.
terminal-sale-buyer = Køber { $name } { $points }
terminal-sale-seller = Sælger { $name } { $points }
terminal-sale-void = Fortrudt
terminal-sale-sent = Sendt
terminal-sale-waits = Venter

# Redeem.
terminal-redeem-title = Indløs en præmie
terminal-proof-ask = Bed køberen vise den skiftende kode på telefonen, og scan den.
terminal-proof-why = { $name } blev fundet med nummer eller kort. Det er nok til at optjene, ikke til at bruge.
terminal-proof-scan = Scan den skiftende kode
terminal-rewards-none = Ingen præmier ved denne kasse
terminal-rewards-none-text = Programmet har ingen præmie, som udleveres ved kassen.
terminal-reward-and-cash = { $points } og { $cash }
terminal-reward-left =
    { $count ->
        [one] { $count } tilbage
       *[other] { $count } tilbage
    }
terminal-reward-gone = Udsolgt
terminal-reward-enough = Saldoen dækker
terminal-reward-short = mangler { $points }
terminal-reward-short-some = Ikke nok
terminal-reward-unknown = Saldo ukendt
terminal-reward-covered = Virker offline
terminal-reward-online = Kræver net
terminal-redeem-choose = Vælg en præmie
terminal-redeem-go = Indløs for { $cost }
terminal-redeem-give = Udlever den
terminal-redeem-wait = Udlever den ikke endnu
terminal-redeem-refused = Udlever den ikke
terminal-redeem-confirmed-text = Serveren har bogført det.
terminal-redeem-lease-text = Der er ikke net, men terminalens offlineramme dækker. Det bogføres ved næste kontakt.
terminal-redeem-wait-text = Serveren er spurgt, men har ikke svaret endnu. Se i køen, eller prøv igen om lidt.
terminal-redeem-refused-text = Der er ikke trukket noget fra saldoen.

# Queue and lease.
terminal-queue-title = Kø og net
terminal-queue-none = Alt er sendt
terminal-queue-waits =
    { $count ->
        [one] { $count } post venter på at blive sendt
       *[other] { $count } poster venter på at blive sendt
    }
terminal-queue-oldest = Den ældste: { $when }
terminal-queue-last = Seneste kontakt: { $when }
terminal-queue-never = Ingen kontakt med serveren endnu
terminal-queue-empty = Intet venter
terminal-queue-empty-text = Terminalens salg, fortrydelser og præmier vises her med serverens svar.
terminal-sync-now = Send og hent nu
terminal-syncing = Taler med serveren
terminal-synced = Sendt: { $sent }. Modtaget: { $received }.
terminal-synced-rejected = Afvist: { $count }.
terminal-item-queued = Venter
terminal-item-sending = På vej
terminal-item-accepted = Godtaget
terminal-item-blocked = Stoppet
terminal-did-sale-record = Et salg
terminal-did-sale-void = Et salg fortrudt
terminal-did-reward-redeem = En præmie indløst
terminal-did-lease-request = En offlineramme ønsket
terminal-did-lease-return = En del af offlinerammen givet tilbage
terminal-did-claim-submit = En anmeldelse
terminal-did-visit-record = Et besøg
terminal-did-quiz-submit = Svar på en lektion
terminal-did-goal-set = Et ønske
terminal-did-review-decide = En afgørelse
terminal-did-other = Post: { $kind }
terminal-lease-title = Offlineramme til indløsning
terminal-lease-of = af { $granted }
terminal-lease-exposure = { $points } ikke bogført endnu
terminal-lease-until = Gælder til { $when }
terminal-lease-stale = Offlinerammen er for gammel; forbind én gang for at forny den
terminal-lease-none = Terminalen har ingen offlineramme: uden net kan den registrere salg, men ikke indløse.
terminal-lease-wish = Ønskede point
terminal-lease-ask = Bed om det
terminal-lease-back = Giv den tilbage
terminal-lease-text = Serveren afgør, hvor meget terminalen må udlevere offline.

# Camera, sounds and settings.
terminal-camera-title = Kamera
terminal-camera-starting = Starter kameraet
terminal-camera-aim = Hold koden fladt, og lad den fylde billedet.
terminal-camera-pick = Hvilket kamera
terminal-camera-first = Det første, der er
terminal-camera-number = Kamera { $number }
terminal-camera-try = Prøv det
terminal-camera-stop = Stop
terminal-camera-read = Læst: { $text }
terminal-camera-none = Intet kamera fundet
terminal-camera-none-text = Tilslut et, eller tillad det i systemet. Scanner, billeder og tastatur virker uden.
terminal-camera-again = Se efter igen
terminal-sound-text = Én tone for udført, én for fejl. Fejl vises altid også på skærmen.
terminal-sound-done = Udført
terminal-sound-wrong = Fejl
terminal-volume = Lydstyrke
terminal-about-server = Server
terminal-about-sync = Seneste kontakt
terminal-never = Aldrig

# What a code reader refuses.
error-code-not-ours = Koden siger ikke programmet noget
    .remedy = Scan varens eller køberens kode. Eller find varen på navnet.
error-code-damaged = Koden kan ikke læses, som den skal
    .remedy = Scan den igen, eller scan den anden kode på pakken.
error-bad-length = Nummeret har for få eller for mange cifre
    .remedy = Sammenlign med etiketten, og tast det igen, eller scan det.
error-cyrillic-layout = Scanneren skriver kyrilliske bogstaver
    .remedy = Skift tastaturet til latinske bogstaver, og scan igen.
error-compressed-link = Koden bruger en kort form, som ikke understøttes
    .remedy = Scan den anden kode på pakken, eller tast nummeret.
error-deadline = Det tog for lang tid at læse billedet
    .remedy = Vælg et mindre billede, der kun viser koden.
error-camera-failed = Kameraet stoppede
    .remedy = Tjek kablet, og prøv igen, eller læs et billede.
error-empty = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-too-long = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-too-short = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-bad-character = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-unknown-ai = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-duplicate-ai = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-qualifier-order = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-bad-date = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-leading-separator = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-double-separator = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-literal-separator = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-parenthesis = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-missing-field = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-duplicate-field = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-bad-operation = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-bad-escape = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-bad-programme = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-negative = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }
error-out-of-range = { error-code-damaged }
    .remedy = { error-code-damaged.remedy }

# What the core of a device refuses.
error-bad-enrolment-code = Dette er ikke en tilmeldingskode
    .remedy = Kopiér hele koden fra konsollen, eller scan den der.
error-device-in-use = Et andet program har enhedens data åbne
    .remedy = Luk det andet vindue, og prøv igen.
error-keyring-unavailable = Systemets nøglelager svarer ikke
    .remedy = Lås det op, eller log ind i systemet igen. Usendt arbejde er gemt.
error-outbox-unreadable = Filen med usendt arbejde kan ikke læses
    .remedy = Slet den ikke. Ring til support: den kan måske reddes.
error-storage-failed = Enheden kunne ikke gemme sine data
    .remedy = Se efter, om disken har plads og kan skrives til, og prøv igen.
error-protocol-error = Serverens svar kunne ikke forstås
    .remedy = Tjek serverens adresse, eller opdatér programmet. Usendt arbejde er gemt.
error-server-error = Serveren har en fejl
    .remedy = Arbejdet går videre her; det sendes igen af sig selv.
error-too-many-attempts = For mange forsøg på kort tid
    .remedy = Vent et minut, og prøv igen.
error-busy = Der er for meget i gang lige nu
    .remedy = Vent et øjeblik, og prøv igen.

# Flere programmer på én kasse
terminal-programmes = Kassens programmer
terminal-programmes-text = Scannefeltet tager koder fra dem alle. Hvert program har sit eget login, sine egne point og sin egen kø.
terminal-programmes-sale = Afslut eller ryd salget først
terminal-programme-switch = Skift program
terminal-programme-person = Logget ind: { $name }
terminal-programme-nobody = Ingen er logget ind
terminal-programme-no-lease = Ingen offlineramme
terminal-programme-now = Nu { $name }
terminal-programme-waits-pin = En kode venter i dette program. Log ind, så tages den.
terminal-join-text = Scan den tilmeldingskode, du har fået af den anden producent, indsæt den, eller vælg et billede af den. De programmer, der er her, bliver.
terminal-other-title = Koden hører til { $name }
terminal-other-switch = Skift til { $name }
terminal-other-sale =
    { $name }: { $count ->
        [one] { $count } linje er ikke afsluttet
       *[other] { $count } linjer er ikke afsluttet
    }
terminal-other-text = Salget beholder sit program. Afslut det først; det næste er { $name }.
terminal-other-finish = Afslut dette salg
terminal-other-next = Registreret. Nu følger { $name }
terminal-resting-title = Forladt på denne kasse
terminal-leave-programme-text = Kassen betjener ikke programmet mere. Alle andre bliver. Det kan altid komme tilbage hertil.
terminal-leave-programme-keeps = Eller forlad nu: det, der venter, ligger trygt på kassen og sendes, når programmet kommer tilbage.
terminal-leave-programme-lease = Kassen har stadig en offlineramme på { $points }. Giv den tilbage først, ellers bliver den ved med at være sat af.
