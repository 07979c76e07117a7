# Why an amount is what it is, and why it still waits. `.detail` is shown when its numbers are known.
reason-server-decides-code = Servern avgör den här koden
reason-server-checks-lesson = Servern kontrollerar om säljaren har klarat lektionen
reason-awaits-review = En chef tittar på det först
reason-awaits-return-window = Bekräftas när varan inte längre kan returneras
    .detail = Bekräftas efter { $until }, när varan inte längre kan returneras
reason-awaits-photo = Fotot är fortfarande på väg
reason-awaits-sync = Skickas av sig självt när det finns nät
reason-per-unit = Poäng för varje styck
    .detail = { $count } × { $each } per styck
reason-per-amount = Poäng för betalt belopp
    .detail = { $each } för varje { $step } av { $amount }
reason-multiplier = Räknas mer än vanligt
    .detail = Multiplicerat med { $factor }
reason-campaign = Ingår i en kampanj
    .detail = Kampanj: { $name }
reason-capped = Gränsen är nådd
    .detail =
        { $by ->
            [budget] Minskat med { $cut }: budgeten räckte bara till { $left }
            [liability] Minskat med { $cut }: programmet kunde bara ge { $left }
           *[limit] Minskat med { $cut }: gränsen släppte bara igenom { $left }
        }
reason-no-rule = Ingen regel ger poäng för detta
reason-recorded-offline = Registrerat frånkopplat
reason-lease-covers = Täcks av terminalens offlineram
    .detail = Täcks av terminalens offlineram, { $left } kvar
reason-allowance-covers = Täcks av terminalens belopp
reason-offline-loss = Programmet står för skillnaden
reason-attached-to-existing = Tillagt till en redan känd försäljning
reason-first-accepted-wins = Någon annans registrering godkändes först
reason-adjusted = Justerat av en chef
    .detail = Justerat av en chef: { $note }
reason-server-marks-answers = Servern rättar svaren
reason-server-resolves-member = Servern tar reda på vem medlemmen är
reason-task = Poäng för en uppgift
reason-lesson = Poäng för en lektion
reason-reported-late = Anmälan kom mer än tre dagar efter köpet; en chef tittar på den
reason-receipt-of-other-outlet = Kvittot är från ett annat ställe; en chef tittar på det
reason-above-limit = Fler poäng än ett köp får ge; en chef tittar på det

# Steps of the arithmetic.
reason-percent = Poäng för en del av beloppet
    .detail = { $share } av { $amount } som poäng värda { $worth } styck
reason-fixed = Poäng som ges en gång
    .detail = { $each }, ges en gång
reason-every = Poäng varje gång räknaren är full
    .detail = { $each } varje gång räknaren passerar ytterligare { $nth }: den gick från { $before } till { $after }
reason-per-measure = Poäng för det uppmätta värdet
    .detail = { $each } för varje { $step } av { $value }
reason-boost = Multiplicerar poäng som bokförs för sig
    .detail = { $base } som bokförs för sig räknas × { $factor }; skillnaden läggs till här
reason-level = Poäng för en rekommendation
    .detail = { $share } av { $of } för nivå { $level } av rekommendationerna
reason-part = En andel av poängen
    .detail = En andel på { $share } av { $of }
reason-staff-part = En andel av personalens poäng
    .detail =
        { $people ->
            [one] { $of } till { $people } anställd: { $own } av { $all } andelar
           *[other] { $of } delat mellan { $people } anställda: { $own } av { $all } andelar
        }
reason-discount = En rabatt
    .detail = { $share } rabatt, det är { $amount }

# Why a rule gave nothing.
reason-not-yet = Det har inte börjat än
    .detail = Det börjar { $starts }
reason-over = Det är slut
    .detail = Det har varit slut sedan { $ends }
reason-limit-reached = Gränsen för det är nådd
reason-budget-spent = Budgeten för det är slut
reason-liability-reached = Så många poäng som programmet tillåter är redan utestående
reason-better-rule = En annan regel ger mer
    .detail = Regeln ”{ $rule }” ger mer
reason-no-rate = Inget poängvärde är satt för den här valutan
reason-below-step = Det är mindre än ett helt steg
reason-nobody-there = Det finns ingen som kan få det
reason-not-met = Ett av villkoren är inte uppfyllt
reason-not-met-product = Det gäller andra varor
    .detail = Det gäller andra varor än { $name }
reason-not-met-brand = Det gäller andra märken
    .detail = Det gäller andra märken än { $found }
reason-not-met-category = Det gäller andra kategorier
    .detail = Det gäller andra kategorier än { $found }
reason-not-met-outlet = Det gäller andra butiker
    .detail = Det gäller andra butiker än { $found }
reason-not-met-partner = Det gäller andra partners butiker
    .detail = Det gäller butiker hos andra partner än { $found }
reason-not-met-country = Det gäller andra länder
    .detail = Det gäller andra länder än { $found }
reason-not-met-city = Det gäller andra städer
    .detail = Det gäller andra städer än { $found }
reason-not-met-role = Det gäller andra roller
    .detail =
        { $found ->
            [seller] Det gäller inte säljare
            [cashier] Det gäller inte kassörer
            [buyer] Det gäller inte köpare
            [merchandiser] Det gäller inte merchandisers
            [owner] Det gäller inte butiksägare
            [purchaser] Det gäller inte inköpare
            [manager] Det gäller inte chefer
           *[other] Det gäller andra roller än { $found }
        }
reason-not-met-segment = Det gäller andra grupper av personer
    .detail = Det gäller andra grupper av personer än { $found }
reason-not-met-evidence = Det gäller köp som rapporteras på annat sätt
    .detail =
        { $found ->
            [till] Det gäller inte köp som en kassa rapporterar
            [code] Det gäller inte köp som anmäls med en kod
            [receipt] Det gäller inte köp som anmäls med ett kvitto
           *[other] Det gäller köp som rapporteras på annat sätt än { $found }
        }
reason-not-met-currency = Det gäller en annan valuta
    .detail = Det gäller en annan valuta än { $found }
reason-not-met-weekday = Det gäller andra veckodagar
    .detail =
        { $found ->
            [1] Det gäller inte på måndagar
            [2] Det gäller inte på tisdagar
            [3] Det gäller inte på onsdagar
            [4] Det gäller inte på torsdagar
            [5] Det gäller inte på fredagar
            [6] Det gäller inte på lördagar
           *[7] Det gäller inte på söndagar
        }
reason-not-met-minute = Det gäller andra tider på dagen
    .detail = Det gäller inte klockan { $time }
reason-not-met-amount = Det gäller andra belopp för en vara
    .detail = Det gäller andra belopp för en vara än { $money }
reason-not-met-quantity = Det gäller andra mängder
    .detail =
        { $pieces ->
            [one] Det gäller andra mängder än { $count } styck
           *[other] Det gäller andra mängder än { $count } stycken
        }
reason-not-met-basket = Det gäller andra totalbelopp
    .detail = Det gäller andra totalbelopp än { $money }
reason-not-met-value = Det gäller andra uppmätta värden
    .detail = Det gäller andra uppmätta värden än { $found }
reason-not-met-tally = Det som har räknats hittills passar inte
    .detail = Hittills har { $found } räknats, och det passar inte
reason-not-met-lesson = Det beror på en lektion
    .detail =
        { $found ->
            [true] Det gäller dem som inte har klarat en lektion
           *[false] En lektion måste klaras först
        }
reason-not-met-tier = Det gäller en annan nivå
    .detail = Det gäller en annan nivå än { $found }
reason-not-met-referred = Det beror på vem som har blivit rekommenderad
    .detail =
        { $found ->
            [true] Det gäller personer som ingen har rekommenderat
           *[false] Det gäller personer som någon har rekommenderat
        }

# What an award waits for, and what became of it.
reason-server-checks-person = Servern kontrollerar personens roll och grupp
reason-server-checks-outlet = Servern kontrollerar butiken
reason-server-checks-tally = Servern kontrollerar vad som har räknats tidigare
reason-server-checks-tier = Servern kontrollerar personens nivå
reason-server-checks-referral = Servern kontrollerar vem som har rekommenderat vem
reason-server-checks-limit = Servern kontrollerar hur mycket som är kvar av gränsen
reason-server-checks-budget = Servern kontrollerar hur mycket som är kvar av budgeten
reason-server-checks-liability = Servern kontrollerar hur många poäng som är utestående
reason-server-checks-staff = Servern kontrollerar vem som äger butiken och vilka som arbetar där
reason-awaits-payment = Bekräftas när fakturan är betald
    .detail = Bekräftas när faktura { $invoice } är helt betald, om det sker före { $until }
reason-awaits-next-month = Bekräftas nästa månad
    .detail = Bekräftas { $until }
reason-awaits-till = Bekräftas när kassan rapporterar köpet
    .detail = Bekräftas när kassan rapporterar köpet, om det sker före { $until }
reason-awaits-code = Koden från kartongen behövs för poängen
reason-till-named-another = Kassan angav någon annan som säljare
reason-above-sell-in = Mer har anmälts än vad som levererats till butiken; en chef tittar på det
    .detail =
        { $claimed ->
            [one] { $claimed } styck har anmälts, men bara { $shipped } har levererats till butiken; en chef tittar på det
           *[other] { $claimed } stycken har anmälts, men bara { $shipped } har levererats till butiken; en chef tittar på det
        }
reason-not-employed-there = Personen är inte känd i butiken; en chef tittar på det
reason-paid-back = En del hölls inne för en tidigare retur
    .detail = Innehållet för en tidigare retur: { $points }
reason-lapsed = Det blev inget av det: det som väntades hände inte i tid
reason-expired = Poängen har gått ut
reason-server-finds-sale = Servern letar upp köpet
reason-returned = Varorna har returnerats
reason-receipt-cancelled = Kvittot är makulerat
reason-paid-late = Fakturan betalades efter fristen; poängen har fallit bort
reason-awaits-sale = Fakturans köp är inte registrerat ännu
reason-invoice-of-other-sale = Det här fakturanumret hör till ett annat köp
reason-currency-mismatch = Fakturan är i en annan valuta än köpet

# The headings of an award’s arithmetic.
why-line = Vara { $number }
why-event = Som helhet
why-total = Totalt
why-price-list = Prislista
why-award =
    { $number ->
        [one] { $who }: { $number } poäng
       *[other] { $who }: { $number } poäng
    }
why-nothing = Ingen får poäng
why-not-rules = Regler som inte gav något
why-notes = Dessutom

# Who earns something by their part in an event.
who-buyer = Köpare
who-seller = Säljare
who-actor = Registrerat av
who-owner = Butikens ägare
who-shop = Butikens pott
who-staff = Personal
who-referrer = Rekommenderad av
# Koder i en serie och kvitton som skattetjänsten tillfrågas om.
reason-code-not-shipped = Koden är ännu inte rapporterad som utskickad; en chef tittar på den
reason-code-of-other-outlet = Koden hör till ett annat försäljningsställe; en chef tittar på den
reason-awaits-verification = Kvittot kontrolleras
    .detail =
        { $why ->
            [queue] Kvittot väntar på sin tur hos skattetjänsten
            [pending] Skattetjänsten letar efter kvittot; ny fråga { $next }
            [not_yet] Skattetjänsten har inte kvittot ännu; ny fråga { $next }
            [quota] Tillräckligt många kvitton har frågats om för nu; det här följer { $next }
            [unreachable] Skattetjänsten kan inte nås; ny fråga { $next }
           *[other] Skattetjänsten kontrollerar kvittot
        }
reason-receipt-unanswered = Skattetjänsten svarar inte; en chef tittar på kvittot
reason-receipt-verified = Skattetjänsten känner till kvittot
reason-cashier-differs = Kvittot nämner en annan kassör
reason-product-not-on-receipt = Ingen av programmets produkter kändes igen på kvittot; en chef tittar på det
reason-many-wrong-codes = Många felaktiga koder skickades strax innan; en chef tittar på det
    .detail =
        { $codes ->
            [one] { $codes } felaktig kod inom en timme
           *[other] { $codes } felaktiga koder inom en timme
        }
reason-canary-code = En kod skickades som aldrig har tryckts
    .detail = Koden { $code } i serien { $series } har aldrig tryckts: den står inte på någon etikett, så den är gissad eller tagen ur en lista
reason-photo-alike = Fotot liknar ett tidigare; en chef jämför dem
    .detail = Fotot liknar ett från { $at }; en chef jämför dem
reason-many-reports = Mer rapporterades på en timme än någon hinner
    .detail = { $reports } rapporter på en timme
reason-far-apart = Två rapporter kom från platser längre ifrån varandra än någon hinner resa
    .detail = { $km } km ifrån varandra på { $minutes } minuter
reason-clock-moved = En enhets klocka säger något som inte kan stämma
    .detail = Klockan var { $minutes } minuter från det möjliga
reason-device-copied = Två kopior av en enhet hittades
    .detail = De skiljs åt vid nummer { $seq }: bara historiken som kom först räknas
reason-voucher-covers = Täcks av medlemmens värdebevis
reason-voucher-used-twice = Ett värdebevis användes två gånger; underlaget är sparat
    .detail =
        { $by ->
            [phone] Telefonen skrev under två gånger: medlemmen betalar; programmet bär { $points }
           *[till] En terminal bokförde samma svar två gånger: programmet bär { $points }
        }
