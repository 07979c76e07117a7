# Words of the phone screens.
phone-title = Carrot
phone-kept-here = Allt stannar i telefonen tills det är skickat
phone-terminal-title = Den här enheten är en kassa
phone-terminal-text = Dess skärmar finns på terminalens sida. Registrera en telefon för att se poäng och besök här.

phone-tab-home = Hem
phone-tab-today = I dag
phone-tab-code = Min kod
phone-tab-activity = Aktivitet
phone-tab-scan = Skanna
phone-tab-shop = Belöningar
phone-tab-me = Jag

phone-strip-stuck = Sändningen har stannat. Inget är förlorat: se vad du kan göra
phone-strip-offline-waiting =
    { $count ->
        [one] { $count } väntar på nätet; inget är förlorat
       *[other] { $count } väntar på nätet; inget är förlorat
    }
phone-strip-sending =
    { $count ->
        [one] { $count } skickas
       *[other] { $count } skickas
    }
phone-strip-never = Ingen kontakt med servern ännu
phone-strip-offline = Inget nät. Du ser läget från kl. { $time }; du kan arbeta vidare

phone-standing-sending = Sparat här
phone-standing-pending = Väntar
phone-standing-review = Granskas
phone-standing-attached = Tillagt
phone-standing-confirmed = Bekräftat
phone-standing-refused = Nekat
phone-standing-reversed = Återtaget

phone-kind-sale = Försäljning
phone-kind-claim = Anmäld försäljning
phone-kind-visit = Besök
phone-kind-quiz = Lektion
phone-kind-redeem = Belöning
phone-kind-opening = Ingående saldo
phone-kind-event = Uppmätt händelse
phone-kind-referral = Rekommendation
phone-kind-quiet = Välkommen tillbaka
phone-kind-anniversary = Årsdag
phone-kind-other = Post

phone-reason-other = Programmet avgör det här
phone-reason-refused-by-reviewer = En chef nekade: { $reason }
phone-reason-code-of-other-outlet = Koden hör till en annan butik; en chef tittar på det först
phone-reason-answers-wrong =
    { $right ->
        [one] { $right } svar var rätt; alla måste vara det
       *[other] { $right } svar var rätt; alla måste vara det
    }

phone-error-awaits-review = Det är registrerat och en chef avgör det
    .remedy = Du behöver inte göra mer: det står i kön på din sida.
phone-error-line-unknown = Posten finns inte här
    .remedy = Titta i din aktivitet efter nästa kontakt med servern.
phone-error-lesson-unknown = Lektionen finns inte längre
    .remedy = Gå tillbaka: kampanjen kan vara slut.
phone-error-stop-unknown = Stoppet finns inte längre på din rutt
    .remedy = Gå tillbaka till listan över stopp.
phone-error-stop-done = Besöket är redan avslutat
    .remedy = Gå tillbaka till listan och ta nästa stopp.
phone-error-task-unknown = Uppgiften för stoppet finns inte här ännu
    .remedy = Anslut till nätet en gång så att den kan hämtas.
phone-error-bad-enrolment-code = Det här är ingen registreringskod
    .remedy = Kopiera hela koden från konsolen eller skanna den.
phone-error-already-enrolled = Telefonen är redan med i det programmet
    .remedy = Byt till det högst upp på första skärmen.
phone-error-storage-failed = Telefonen kunde inte spara det här
    .remedy = Frigör utrymme och försök igen. Det som sparats tidigare är säkert.
phone-error-protocol-error = Serverns svar gick inte att förstå
    .remedy = Uppdatera programmet eller ge supporten koden nedan.
phone-error-server-error = Servern har ett problem
    .remedy = Försök igen senare. Allt som väntar är sparat.
phone-error-device-in-use = Ett annat fönster har telefonens data öppna
    .remedy = Stäng det andra och försök igen.
phone-error-keyring-unavailable = Systemets nyckellager svarar inte
    .remedy = Lås upp det och starta programmet igen. Osänt arbete är sparat.
phone-error-outbox-unreadable = Listan över osänt arbete kan inte läsas
    .remedy = Ändra inget och ge supporten koden nedan. Filen är orörd.

phone-device-name = Telefon
phone-enrol-title = Gå med i ett program
phone-enrol-text = Du får en kod av din chef eller av programmets operatör. Den fungerar en gång.
phone-enrol-another = Gå med i ett program till
phone-enrol-another-text = Telefonen kan ha flera program. Varje program har sin egen kod och sina egna poäng.
phone-enrol-code = Registreringskod
phone-enrol-hint = Klistra in hela texten
phone-enrol-go = Gå med
phone-from-photo = Från ett foto
phone-camera-off = Stäng av kameran
phone-camera-again = Försök med kameran igen
phone-camera-picture = Kamerans bild
phone-camera-starting = Kameran startar
phone-camera-aim = Håll koden inom ramen

phone-switch = Program och butik
phone-makers = Program
phone-outlets = Var du arbetar nu

phone-balance = Du kan använda
phone-of = av { $count }
phone-progress = { $done } av { $all }
phone-none-pending = Inget väntar
phone-today = I dag { $points }
phone-wish-reached = Du kan få den nu
phone-wish-when-counted = Din så snart de väntande räknas
phone-wish-missing = { $points } kvar
phone-wish-choose = Välj vad du sparar till
phone-scan-sale = Skanna en försäljning
phone-recent = Senaste
phone-all-activity = All aktivitet
phone-recent-none = Inget ännu
phone-recent-none-text = Skanna koden på det du sålt: poängen syns direkt, även utan nät.
phone-activity-none-text = Här kommer det du tjänar och använder att stå.
phone-buyer-none-text = Visa din kod i kassan: dina poäng kommer att stå här.

phone-campaign = Kampanj
phone-campaign-from = Räknas × { $factor } från { $date }
phone-campaign-until = Räknas × { $factor } till och med { $date }
phone-campaign-time = { $from } – { $until }
phone-campaign-together = Sålt tillsammans
phone-campaign-each = { $points } per styck, × { $factor } i kampanjen
phone-campaign-lesson-first = En kort lektion öppnar den för dig
phone-campaign-open = Den räknas för dig
phone-campaign-open-lesson = Lektionen är klar: den räknas för dig
phone-campaign-over = Kampanjen är slut
phone-lesson = Lektion
phone-lesson-start = Starta lektionen
phone-lesson-again = Läs lektionen igen
phone-lesson-worth =
    { $count ->
        [one] { $count } fråga, { $points }
       *[other] { $count } frågor, { $points }
    }
phone-question = Fråga { $number } av { $count }
phone-quiz-open =
    { $count ->
        [one] { $count } fråga är obesvarad
       *[other] { $count } frågor är obesvarade
    }
phone-quiz-submit = Skicka svaren
phone-quiz-passed = Allt rätt: lektionen är godkänd
phone-quiz-waits = Svaren är sparade
phone-quiz-wrong = Alla svar är inte rätt
phone-quiz-passed-before = Du har klarat den här lektionen

phone-scan-title = Skanna
phone-scan-type = Skriv koden
phone-scan-claim = Anmäl
phone-scan-help = Koden finns på garantikortet, inuti kartongen eller på kvittot.
phone-scan-next = Skanna nästa
phone-what-sold = Vad såldes?
phone-receipt-of = Kvitto på { $amount }. Välj varan du sålde.
phone-code-without-product = Koden säger inte vilken vara det är. Välj den.
phone-perhaps-used-title = Redan använd?
phone-perhaps-used = Koden är troligen redan använd. Skicka den om du tror något annat: servern avgör.
phone-send-used = Skicka den ändå
phone-scan-another = Skanna en annan kod
phone-product-search = Namn eller nummer
phone-product-recent = använd nyligen
phone-product-unsure = Jag är inte säker: låt servern ta reda på det
phone-product-none = Varan finns inte
phone-product-none-text = Prova färre bokstäver eller numret under strecken.

phone-result-title = Din anmälan
phone-result-sending = Den är sparad i telefonen och skickas av sig själv.
phone-result-pending = Servern har den; den räknas inte ännu.
phone-result-review = Servern har den; en chef tittar på den.
phone-result-attached = Försäljningen var redan känd. Ditt bevis har lagts till.
phone-result-confirmed = Poängen är dina.
phone-result-refused = Inga poäng för den här.
phone-result-reversed = Poängen har tagits tillbaka.
phone-why = Varför
phone-counted = Så räknades det

phone-filter-all = Alla
phone-filter-waits = Väntar
phone-filter-refused = Nekade
phone-filter-none = Inget av det slaget
phone-line-confirmed = Servern har den
phone-line-here = Än så länge finns den bara i telefonen

phone-shop-how = Visa din kod i kassan, så lämnar kassören ut belöningen.
phone-show-code = Visa min kod
phone-shop-none = Inga belöningar ännu
phone-shop-none-text = De kommer vid nästa kontakt med servern.
phone-within-reach = Det kan du få nu
phone-price-and-cash = { $points } + { $money }
phone-reward-goods = Vara
phone-reward-voucher = Värdebevis
phone-reward-topup = Påfyllning
phone-reward-experience = Upplevelse
phone-reward-partpay = Delbetalning
phone-reward-at-till = I kassan
phone-reward-left =
    { $count ->
        [one] { $count } kvar
       *[other] { $count } kvar
    }
phone-reward-gone = Slut i lager
phone-reward-reach = Dina poäng räcker
phone-reward-missing = { $points } kvar
phone-wish-set = Spara till den
phone-wish-mine = Den sparar du till

phone-role-seller = Säljare
phone-role-cashier = Kassör
phone-role-merchandiser = Merchandiser
phone-role-buyer = Medlem
phone-role-owner = Ägare
phone-me-programme = Program
phone-me-server = Server
phone-me-version = Version
phone-me-last-sync = Senaste kontakt { $time }
phone-sync-now = Skicka och hämta nu
phone-sync-done = Allt är uppdaterat
phone-sync-sent =
    { $count ->
        [one] { $count } skickad
       *[other] { $count } skickade
    }
phone-queue-empty = Allt är skickat
phone-queue-queued = Sparat här; skickas av sig självt när det finns nät
phone-queue-sending = Skickas nu
phone-queue-blocked = Sändningen har stannat här; det är sparat
phone-queue-parked = Servern sparar det tills en chef har beslutat
phone-queue-accepted = Skickat och godkänt
phone-queue-adjusted = Godkänt; servern har fastställt poängen
phone-queue-kind-claim-submit = Anmälan
phone-queue-kind-visit-record = Besök
phone-queue-kind-quiz-submit = Svar på en lektion
phone-queue-kind-goal-set = Önskan
phone-queue-kind-referral-accept = Rekommendation
phone-queue-kind-event-record = Uppmätt händelse
phone-queue-kind-reward-redeem = Belöning
phone-queue-kind-sale-record = Försäljning
phone-queue-kind-sale-void = Ångrad försäljning
phone-uploads-title = Foton på väg
phone-upload-sent = { $sent } av { $size } skickat
phone-upload-next = Skickas härnäst
phone-upload-command = Skickas efter sin rapport
phone-upload-metered = Väntar på wifi: att skicka { $size } nu skulle dra mobildata
phone-upload-battery-low = Väntar på ström: batteriet är lågt
phone-upload-now = Skicka nu ändå

phone-visits-here = Klara här
phone-visits-uploaded = Skickade
phone-of-stops =
    { $count ->
        [one] av { $count } stopp
       *[other] av { $count } stopp
    }
phone-visits-waiting = Resten väntar på nätet
phone-visits-all-sent = Inget väntar
phone-visits-points = { $points } väntar
phone-stops-none = Inga stopp
phone-stops-none-text = Din rutt kommer vid nästa kontakt med servern.
phone-stop-gone = Stoppet finns inte längre på din rutt
phone-day-today = I dag, { $date }
phone-day-tomorrow = I morgon, { $date }
phone-stop-open = Att göra
phone-stop-started = Pågår
phone-stop-waiting = Klar, inte skickad ännu
phone-stop-review = Granskas
phone-stop-approved = Godkänd
phone-stop-refused = Nekad
phone-stop-offline = Inget nät där
phone-visit = Besök
phone-visit-of = Stopp { $number } av { $count }
phone-visit-since = Här sedan { $time }
phone-visit-offline = Här väntas inget nät. Allt sparas i telefonen och skickas senare.
phone-visit-check-in = Jag är här
phone-visit-close = Avsluta besöket
phone-visit-complete = Allt är gjort
phone-visit-needs-photo = Ett foto saknas
phone-visit-needs-answers =
    { $count ->
        [one] { $count } punkt är obesvarad
       *[other] { $count } punkter är obesvarade
    }
phone-check-fix = Kan du rätta till det nu?
phone-visit-note = Anmärkning
phone-visit-photo = Foto av hyllan
phone-visit-photo-needed = Behövs innan du avslutar
phone-visit-photo-free = Om det finns något att visa
phone-photo-choose = Välj ett foto
phone-photo-number = Foto { $number }
phone-photo-gone = Skickat; finns inte längre kvar i telefonen
phone-photo-remove = Ta bort { $title }
phone-visit-found = { $right } av { $count } i ordning
phone-visit-kept = Sparat i telefonen och skickas av sig självt när det finns nät
phone-visit-next = Nästa: { $name }

phone-code-picture = Din kod som bild
phone-code-show = Visa den i kassan
phone-code-changes =
    { $count ->
        [one] Byts om { $count } sekund; fungerar utan nät
       *[other] Byts om { $count } sekunder; fungerar utan nät
    }
# Hur långt en registrering har kommit
phone-steps = Hur långt den har kommit
phone-step-of = Steg { $number } av { $count }
phone-stage-queued = Sparad här
phone-stage-sent = Skickad
phone-stage-checking = Kontrolleras
phone-stage-approved = Godkänd
phone-stage-rejected = Avslagen
phone-stage-credited = Kan användas
phone-stage-paid = Använd

# Flera koder på en bild
phone-several =
    { $count ->
        [one] { $count } kod på bilden
       *[other] { $count } koder på bilden
    }
phone-several-text = Bocka för dem du har sålt. Varje kod registreras för sig.
phone-several-code = Kod från en kartong
phone-several-receipt = Kvitto på { $amount }
phone-several-claim =
    { $count ->
        [one] Registrera { $count } kod
       *[other] Registrera { $count } koder
    }
phone-several-other = En annan bild

# Hyllan
phone-shelf = Produkter på hyllan
phone-shelf-text = Ett foto av hyllan räknar alla produktkoder som går att läsa på det.
phone-shelf-next = Ett foto till läggs till. Rätta antalet där fotot missade något.
phone-shelf-take = Fotografera hyllan
phone-shelf-choose = Räkna från ett foto
phone-shelf-share = Vår andel: { $share }
phone-shelf-own = Vår produkt
phone-shelf-other = En annan produkt
phone-shelf-less = En färre: { $name }
phone-shelf-more = En till: { $name }
phone-error-no-product-code-found = Ingen produktkod hittades på bilden
    .remedy = Ta den närmare och rakt framifrån, så att strecken blir skarpa.
phone-error-shelf-full = Det är för många olika produkter på hyllan
    .remedy = Ta bort de produkter från listan som inte behöver räknas.

# Ett kvitto som foto, och vad en kod står för
phone-receipt-title = Foto av ett kvitto
phone-receipt-none = Ingen fyrkantig kod? Skicka ett foto
phone-receipt-text = Hela kvittot, plant och skarpt. En chef tittar på det.
phone-receipt-picture = Ditt foto av kvittot
phone-receipt-take = Fotografera kvittot
phone-receipt-choose = Välj ett foto
phone-receipt-product = Vad såldes?
phone-receipt-other-product = En annan produkt
phone-receipt-number = Kvittots nummer
phone-receipt-day = Kvittots datum
phone-receipt-total = Summa
phone-receipt-free = Om det går att läsa
phone-receipt-send = Skicka fotot
phone-receipt-earlier = Öppna mina tidigare registreringar
phone-covers-title = Vad den står för
phone-covers-unit = Enstaka exemplar { $number }
phone-covers-carton = Kartong { $number }
phone-covers-pallet = Pall { $number }
phone-covers-other = { $level } { $number }
phone-covers-logistic = Pall eller låda med SSCC
phone-covers-waybill = Fraktsedel { $number }
phone-covers-unknown = Servern vet vad som finns i den och räknar det.
phone-covers-rest = Det som redan registrerats ur den räknas inte.
phone-covers-claim-all = Registrera allt
phone-covers-pieces =
    { $count ->
        [one] { $pieces } exemplar
       *[other] { $pieces } exemplar
    }
phone-covers-claim =
    { $count ->
        [one] Registrera { $pieces } exemplar
       *[other] Registrera { $pieces } exemplar
    }
