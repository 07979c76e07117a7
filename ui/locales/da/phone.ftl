# Words of the phone screens.
phone-title = Carrot
phone-kept-here = Alt bliver på telefonen, indtil det er sendt
phone-terminal-title = Denne enhed er en kasse
phone-terminal-text = Dens skærme ligger på terminalens side. Tilmeld en telefon for at se point og besøg her.

phone-tab-home = Hjem
phone-tab-today = I dag
phone-tab-code = Min kode
phone-tab-activity = Aktivitet
phone-tab-scan = Scan
phone-tab-shop = Præmier
phone-tab-me = Mig

phone-strip-stuck = Afsendelsen er stoppet. Intet er tabt: se, hvad du kan gøre
phone-strip-offline-waiting =
    { $count ->
        [one] { $count } venter på netværk; intet er tabt
       *[other] { $count } venter på netværk; intet er tabt
    }
phone-strip-sending =
    { $count ->
        [one] { $count } bliver sendt
       *[other] { $count } bliver sendt
    }
phone-strip-never = Ingen forbindelse med serveren endnu
phone-strip-offline = Intet netværk. Du ser tal fra kl. { $time }; du kan arbejde videre

phone-standing-sending = Gemt her
phone-standing-pending = Afventer
phone-standing-review = Til godkendelse
phone-standing-attached = Tilføjet
phone-standing-confirmed = Bekræftet
phone-standing-refused = Afvist
phone-standing-reversed = Taget tilbage

phone-kind-sale = Salg
phone-kind-claim = Registreret salg
phone-kind-visit = Besøg
phone-kind-quiz = Lektion
phone-kind-redeem = Præmie
phone-kind-opening = Startsaldo
phone-kind-event = Målt hændelse
phone-kind-referral = Anbefaling
phone-kind-quiet = Velkommen tilbage
phone-kind-anniversary = Årsdag
phone-kind-other = Post

phone-reason-other = Programmet afgør det
phone-reason-refused-by-reviewer = En leder afviste det: { $reason }
phone-reason-code-of-other-outlet = Koden hører til en anden butik; en leder ser på det først
phone-reason-answers-wrong =
    { $right ->
        [one] { $right } svar var rigtigt; alle skal være det
       *[other] { $right } svar var rigtige; alle skal være det
    }

phone-error-awaits-review = Det er registreret, og en leder afgør det
    .remedy = Du skal ikke gøre mere: det står i køen på din side.
phone-error-line-unknown = Posten findes ikke her
    .remedy = Kig i din aktivitet efter næste forbindelse med serveren.
phone-error-lesson-unknown = Lektionen findes ikke længere
    .remedy = Gå tilbage: kampagnen er måske slut.
phone-error-stop-unknown = Dette stop er ikke længere på din rute
    .remedy = Gå tilbage til listen over stop.
phone-error-stop-done = Besøget er allerede afsluttet
    .remedy = Gå tilbage til listen, og tag det næste stop.
phone-error-task-unknown = Opgaven for dette stop er her ikke endnu
    .remedy = Gå på nettet én gang, så den kan hentes.
phone-error-bad-enrolment-code = Det er ikke en tilmeldingskode
    .remedy = Kopiér hele koden fra konsollen, eller scan den.
phone-error-already-enrolled = Telefonen er allerede med i det program
    .remedy = Skift til det øverst på den første skærm.
phone-error-storage-failed = Telefonen kunne ikke gemme det
    .remedy = Frigør plads, og prøv igen. Det, der var gemt, er i sikkerhed.
phone-error-protocol-error = Serverens svar kunne ikke forstås
    .remedy = Opdatér programmet, eller giv supporten koden nedenfor.
phone-error-server-error = Serveren har et problem
    .remedy = Prøv igen senere. Alt, der venter, er gemt.
phone-error-device-in-use = Et andet vindue har telefonens data åbne
    .remedy = Luk det andet, og prøv igen.
phone-error-keyring-unavailable = Systemets nøglelager svarer ikke
    .remedy = Lås det op, og start programmet igen. Usendt arbejde er gemt.
phone-error-outbox-unreadable = Listen over usendt arbejde kan ikke læses
    .remedy = Lad alt være, og giv supporten koden nedenfor. Filen er ikke rørt.

phone-device-name = Telefon
phone-enrol-title = Bliv en del af et program
phone-enrol-text = Du får en kode af din leder eller af programmets operatør. Den virker én gang.
phone-enrol-another = Tilføj endnu et program
phone-enrol-another-text = Telefonen kan have flere programmer. Hvert har sin egen kode og sine egne point.
phone-enrol-code = Tilmeldingskode
phone-enrol-hint = Indsæt hele teksten
phone-enrol-go = Tilmeld
phone-from-photo = Fra et foto
phone-camera-off = Sluk kameraet
phone-camera-again = Prøv kameraet igen
phone-camera-picture = Kameraets billede
phone-camera-starting = Kameraet starter
phone-camera-aim = Hold koden inden for rammen

phone-switch = Program og butik
phone-makers = Programmer
phone-outlets = Hvor du arbejder nu

phone-balance = Du kan bruge
phone-of = af { $count }
phone-progress = { $done } af { $all }
phone-none-pending = Intet afventer
phone-today = I dag { $points }
phone-wish-reached = Du kan få den nu
phone-wish-when-counted = Din, så snart de afventende tæller
phone-wish-missing = { $points } tilbage
phone-wish-choose = Vælg, hvad du sparer op til
phone-scan-sale = Scan et salg
phone-recent = Seneste
phone-all-activity = Al aktivitet
phone-recent-none = Intet endnu
phone-recent-none-text = Scan koden på det, du har solgt: pointene vises straks, også uden netværk.
phone-activity-none-text = Her kommer det, du tjener og bruger.
phone-buyer-none-text = Vis din kode ved kassen: dine point kommer til at stå her.

phone-campaign = Kampagne
phone-campaign-from = Tæller × { $factor } fra { $date }
phone-campaign-until = Tæller × { $factor } til og med { $date }
phone-campaign-time = { $from } – { $until }
phone-campaign-together = Solgt sammen
phone-campaign-each = { $points } pr. stk., × { $factor } i kampagnen
phone-campaign-lesson-first = En kort lektion åbner den for dig
phone-campaign-open = Den tæller for dig
phone-campaign-open-lesson = Lektionen er bestået: den tæller for dig
phone-campaign-over = Kampagnen er slut
phone-lesson = Lektion
phone-lesson-start = Start lektionen
phone-lesson-again = Læs lektionen igen
phone-lesson-worth =
    { $count ->
        [one] { $count } spørgsmål, { $points }
       *[other] { $count } spørgsmål, { $points }
    }
phone-question = Spørgsmål { $number } af { $count }
phone-quiz-open =
    { $count ->
        [one] { $count } spørgsmål mangler
       *[other] { $count } spørgsmål mangler
    }
phone-quiz-submit = Send svarene
phone-quiz-passed = Alt rigtigt: lektionen er bestået
phone-quiz-waits = Svarene er gemt
phone-quiz-wrong = Ikke alle svar er rigtige
phone-quiz-passed-before = Du har bestået denne lektion

phone-scan-title = Scan
phone-scan-type = Skriv koden
phone-scan-claim = Registrér
phone-scan-help = Koden står på garantikortet, inde i æsken eller på bonen.
phone-scan-next = Scan den næste
phone-what-sold = Hvad blev solgt?
phone-receipt-of = Bon på { $amount }. Vælg den vare, du solgte.
phone-code-without-product = Koden siger ikke, hvilken vare det er. Vælg den.
phone-perhaps-used-title = Allerede brugt?
phone-perhaps-used = Koden er sandsynligvis allerede brugt. Send den, hvis du mener noget andet: serveren afgør det.
phone-send-used = Send den alligevel
phone-scan-another = Scan en anden kode
phone-product-search = Navn eller nummer
phone-product-recent = brugt for nylig
phone-product-unsure = Jeg er ikke sikker: lad serveren finde ud af det
phone-product-none = Varen findes ikke
phone-product-none-text = Prøv med færre bogstaver eller nummeret under stregerne.

phone-result-title = Din registrering
phone-result-sending = Den er gemt på telefonen og sendes af sig selv.
phone-result-pending = Serveren har den; den tæller ikke endnu.
phone-result-review = Serveren har den; en leder ser på den.
phone-result-attached = Salget var allerede kendt. Dit bevis er føjet til.
phone-result-confirmed = Pointene er dine.
phone-result-refused = Ingen point for denne.
phone-result-reversed = Pointene er taget tilbage.
phone-why = Hvorfor
phone-counted = Sådan er det regnet

phone-filter-all = Alle
phone-filter-waits = Venter
phone-filter-refused = Afvist
phone-filter-none = Intet af den slags
phone-line-confirmed = Serveren har den
phone-line-here = Indtil videre har kun denne telefon den

phone-shop-how = Vis din kode ved kassen, så udleverer kassereren præmien.
phone-show-code = Vis min kode
phone-shop-none = Ingen præmier endnu
phone-shop-none-text = De kommer ved næste forbindelse med serveren.
phone-within-reach = Det kan du få nu
phone-price-and-cash = { $points } + { $money }
phone-reward-goods = Vare
phone-reward-voucher = Værdibevis
phone-reward-topup = Optankning
phone-reward-experience = Oplevelse
phone-reward-partpay = Delbetaling
phone-reward-at-till = Ved kassen
phone-reward-left =
    { $count ->
        [one] { $count } tilbage
       *[other] { $count } tilbage
    }
phone-reward-gone = Udsolgt
phone-reward-reach = Du har point nok
phone-reward-missing = { $points } tilbage
phone-wish-set = Spar op til den
phone-wish-mine = Den sparer du op til

phone-role-seller = Sælger
phone-role-cashier = Kasserer
phone-role-merchandiser = Merchandiser
phone-role-buyer = Medlem
phone-role-owner = Ejer
phone-me-programme = Program
phone-me-server = Server
phone-me-version = Version
phone-me-last-sync = Sidste forbindelse { $time }
phone-sync-now = Send og hent nu
phone-sync-done = Alt er opdateret
phone-sync-sent =
    { $count ->
        [one] { $count } sendt
       *[other] { $count } sendt
    }
phone-queue-empty = Alt er sendt
phone-queue-queued = Gemt her; sendes af sig selv, når der er netværk
phone-queue-sending = Bliver sendt nu
phone-queue-blocked = Afsendelsen er stoppet her; det er gemt
phone-queue-parked = Serveren gemmer det, til en leder har besluttet
phone-queue-accepted = Sendt og godkendt
phone-queue-adjusted = Godkendt; serveren har afgjort pointene
phone-queue-kind-claim-submit = Registrering
phone-queue-kind-visit-record = Besøg
phone-queue-kind-quiz-submit = Svar på en lektion
phone-queue-kind-goal-set = Ønske
phone-queue-kind-referral-accept = Anbefaling
phone-queue-kind-event-record = Målt hændelse
phone-queue-kind-reward-redeem = Præmie
phone-queue-kind-sale-record = Salg
phone-queue-kind-sale-void = Annulleret salg
phone-uploads-title = Fotos på vej
phone-upload-sent = { $sent } af { $size } sendt
phone-upload-next = Sendes som det næste
phone-upload-command = Sendes efter sin rapport
phone-upload-metered = Venter på wi-fi: at sende { $size } nu ville bruge mobildata
phone-upload-battery-low = Venter på strøm: batteriet er lavt
phone-upload-now = Send nu alligevel

phone-visits-here = Færdige her
phone-visits-uploaded = Sendt
phone-of-stops =
    { $count ->
        [one] af { $count } stop
       *[other] af { $count } stop
    }
phone-visits-waiting = Resten venter på netværk
phone-visits-all-sent = Intet venter
phone-visits-points = { $points } afventer
phone-stops-none = Ingen stop
phone-stops-none-text = Din rute kommer ved næste forbindelse med serveren.
phone-stop-gone = Dette stop er ikke længere på din rute
phone-day-today = I dag, { $date }
phone-day-tomorrow = I morgen, { $date }
phone-stop-open = Mangler
phone-stop-started = I gang
phone-stop-waiting = Færdig, ikke sendt endnu
phone-stop-review = Til godkendelse
phone-stop-approved = Godkendt
phone-stop-refused = Afvist
phone-stop-offline = Intet netværk der
phone-visit = Besøg
phone-visit-of = Stop { $number } af { $count }
phone-visit-since = Her siden { $time }
phone-visit-offline = Her ventes intet netværk. Alt gemmes på telefonen og sendes senere.
phone-visit-check-in = Jeg er her
phone-visit-close = Afslut besøget
phone-visit-complete = Alt er gjort
phone-visit-needs-photo = Der mangler et foto
phone-visit-needs-answers =
    { $count ->
        [one] { $count } punkt er ikke besvaret
       *[other] { $count } punkter er ikke besvaret
    }
phone-check-fix = Kan du rette det nu?
phone-visit-note = Bemærkning
phone-visit-photo = Foto af hylden
phone-visit-photo-needed = Skal tages, før du afslutter
phone-visit-photo-free = Hvis der er noget at vise
phone-photo-choose = Vælg et foto
phone-photo-number = Foto { $number }
phone-photo-gone = Sendt; gemmes ikke længere på telefonen
phone-photo-remove = Fjern { $title }
phone-visit-found = { $right } af { $count } i orden
phone-visit-kept = Gemt på telefonen og sendes af sig selv, når der er netværk
phone-visit-next = Næste: { $name }

phone-code-picture = Din kode som billede
phone-code-show = Vis den ved kassen
phone-code-changes =
    { $count ->
        [one] Skifter om { $count } sekund; virker uden netværk
       *[other] Skifter om { $count } sekunder; virker uden netværk
    }
# Hvor langt en registrering er kommet
phone-steps = Hvor langt den er kommet
phone-step-of = Trin { $number } af { $count }
phone-stage-queued = Gemt her
phone-stage-sent = Sendt
phone-stage-checking = Kontrolleres
phone-stage-approved = Godkendt
phone-stage-rejected = Afvist
phone-stage-credited = Kan bruges
phone-stage-paid = Brugt

# Flere koder på ét billede
phone-several =
    { $count ->
        [one] { $count } kode på billedet
       *[other] { $count } koder på billedet
    }
phone-several-text = Sæt flueben ved dem, du har solgt. Hver kode registreres for sig.
phone-several-code = Kode fra en æske
phone-several-receipt = Kvittering på { $amount }
phone-several-claim =
    { $count ->
        [one] Registrér { $count } kode
       *[other] Registrér { $count } koder
    }
phone-several-other = Et andet billede

# Hylden
phone-shelf = Produkter på hylden
phone-shelf-text = Et foto af hylden tæller alle produktkoder, der kan læses på det.
phone-shelf-next = Et foto mere lægges til. Ret tallet, hvor fotoet overså noget.
phone-shelf-take = Fotografér hylden
phone-shelf-choose = Tæl ud fra et foto
phone-shelf-share = Vores andel: { $share }
phone-shelf-own = Vores produkt
phone-shelf-other = Et andet produkt
phone-shelf-less = Én færre: { $name }
phone-shelf-more = Én mere: { $name }
phone-error-no-product-code-found = Der blev ikke fundet nogen produktkode på billedet
    .remedy = Tag det tættere på og lige forfra, så stregerne er skarpe.
phone-error-shelf-full = Der er for mange forskellige produkter på hylden
    .remedy = Fjern de produkter fra listen, der ikke skal tælles.

# En kvittering som foto, og hvad én kode står for
phone-receipt-title = Foto af en kvittering
phone-receipt-none = Ingen firkantet kode? Send et foto
phone-receipt-text = Hele kvitteringen, fladt og skarpt. En leder ser på den.
phone-receipt-picture = Dit foto af kvitteringen
phone-receipt-take = Fotografér kvitteringen
phone-receipt-choose = Vælg et foto
phone-receipt-product = Hvad blev solgt?
phone-receipt-other-product = Et andet produkt
phone-receipt-number = Kvitteringens nummer
phone-receipt-day = Kvitteringens dato
phone-receipt-total = I alt
phone-receipt-free = Hvis det kan læses
phone-receipt-send = Send fotoet
phone-receipt-earlier = Åbn mine tidligere registreringer
phone-covers-title = Hvad den står for
phone-covers-unit = Enkelt stykke { $number }
phone-covers-carton = Kasse { $number }
phone-covers-pallet = Palle { $number }
phone-covers-other = { $level } { $number }
phone-covers-logistic = Palle eller kasse med SSCC
phone-covers-waybill = Fragtbrev { $number }
phone-covers-unknown = Serveren ved, hvad der er i den, og tæller det.
phone-covers-rest = Det, der tidligere er registreret fra den, regnes ikke med.
phone-covers-claim-all = Registrér det hele
phone-covers-pieces =
    { $count ->
        [one] { $pieces } stykke
       *[other] { $pieces } stykker
    }
phone-covers-claim =
    { $count ->
        [one] Registrér { $pieces } stykke
       *[other] Registrér { $pieces } stykker
    }
