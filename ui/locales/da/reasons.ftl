# Why an amount is what it is, and why it still waits. `.detail` is shown when its numbers are known.
reason-server-decides-code = Serveren afgør denne kode
reason-server-checks-lesson = Serveren tjekker, om sælgeren har bestået lektionen
reason-awaits-review = En leder ser på det først
reason-awaits-return-window = Bekræftes, når varen ikke længere kan returneres
    .detail = Bekræftes efter { $until }, når varen ikke længere kan returneres
reason-awaits-photo = Fotoet er stadig på vej
reason-awaits-sync = Sendes af sig selv, når der er netværk
reason-per-unit = Point for hvert stykke
    .detail = { $count } × { $each } pr. stykke
reason-per-amount = Point for det betalte beløb
    .detail = { $each } for hver { $step } af { $amount }
reason-multiplier = Tæller mere end normalt
    .detail = Ganget med { $factor }
reason-campaign = Del af en kampagne
    .detail = Kampagne: { $name }
reason-capped = Grænsen er nået
    .detail =
        { $by ->
            [budget] Skåret ned med { $cut }: budgettet rakte kun til { $left }
            [liability] Skåret ned med { $cut }: programmet kunne kun give { $left }
           *[limit] Skåret ned med { $cut }: grænsen lod kun { $left } komme igennem
        }
reason-no-rule = Ingen regel giver point for dette
reason-recorded-offline = Registreret offline
reason-lease-covers = Dækket af terminalens offlineramme
    .detail = Dækket af terminalens offlineramme, { $left } tilbage
reason-allowance-covers = Dækket af terminalens rådighedsbeløb
reason-offline-loss = Programmet dækker forskellen
reason-attached-to-existing = Føjet til et salg, der allerede er kendt
reason-first-accepted-wins = En andens registrering blev godkendt først
reason-adjusted = Justeret af en leder
    .detail = Justeret af en leder: { $note }
reason-server-marks-answers = Serveren retter svarene
reason-server-resolves-member = Serveren finder ud af, hvem medlemmet er
reason-task = Point for en opgave
reason-lesson = Point for en lektion
reason-reported-late = Anmeldelsen kom mere end tre dage efter salget; en leder ser på den
reason-receipt-of-other-outlet = Bonen er fra et andet sted; en leder ser på den
reason-above-limit = Flere point end ét salg må give; en leder ser på det

# Steps of the arithmetic.
reason-percent = Point for en del af beløbet
    .detail = { $share } af { $amount } som point til en værdi af { $worth } stykket
reason-fixed = Point givet én gang
    .detail = { $each }, givet én gang
reason-every = Point, hver gang tælleren er fuld
    .detail = { $each }, hver gang tælleren passerer { $nth } mere: den gik fra { $before } til { $after }
reason-per-measure = Point for den målte værdi
    .detail = { $each } for hver { $step } af { $value }
reason-boost = Ganger point, der er bogført for sig
    .detail = { $base }, der er bogført for sig, tæller × { $factor }; forskellen lægges til her
reason-level = Point for en anbefaling
    .detail = { $share } af { $of } for niveau { $level } af anbefalingerne
reason-part = En andel af pointene
    .detail = En andel på { $share } af { $of }
reason-staff-part = En andel af personalets point
    .detail =
        { $people ->
            [one] { $of } til { $people } medarbejder: { $own } af { $all } andele
           *[other] { $of } delt mellem { $people } medarbejdere: { $own } af { $all } andele
        }
reason-discount = En rabat
    .detail = { $share } rabat, det er { $amount }

# Why a rule gave nothing.
reason-not-yet = Det er ikke begyndt endnu
    .detail = Det begynder { $starts }
reason-over = Det er slut
    .detail = Det har været slut siden { $ends }
reason-limit-reached = Grænsen for det er nået
reason-budget-spent = Budgettet til det er brugt
reason-liability-reached = Der er så mange point udestående, som programmet tillader
reason-better-rule = En anden regel giver mere
    .detail = Reglen “{ $rule }” giver mere
reason-no-rate = Der er ikke fastsat en pointværdi i denne valuta
reason-below-step = Det er mindre end et helt trin
reason-nobody-there = Der er ingen, der kan få det
reason-not-met = En af betingelserne er ikke opfyldt
reason-not-met-product = Det gælder andre varer
    .detail = Det gælder andre varer end { $name }
reason-not-met-brand = Det gælder andre mærker
    .detail = Det gælder andre mærker end { $found }
reason-not-met-category = Det gælder andre kategorier
    .detail = Det gælder andre kategorier end { $found }
reason-not-met-outlet = Det gælder andre butikker
    .detail = Det gælder andre butikker end { $found }
reason-not-met-partner = Det gælder andre partneres butikker
    .detail = Det gælder butikker hos andre partnere end { $found }
reason-not-met-country = Det gælder andre lande
    .detail = Det gælder andre lande end { $found }
reason-not-met-city = Det gælder andre byer
    .detail = Det gælder andre byer end { $found }
reason-not-met-role = Det gælder andre roller
    .detail =
        { $found ->
            [seller] Det gælder ikke sælgere
            [cashier] Det gælder ikke kasserere
            [buyer] Det gælder ikke købere
            [merchandiser] Det gælder ikke merchandisere
            [owner] Det gælder ikke butiksejere
            [purchaser] Det gælder ikke indkøbere
            [manager] Det gælder ikke ledere
           *[other] Det gælder andre roller end { $found }
        }
reason-not-met-segment = Det gælder andre grupper af personer
    .detail = Det gælder andre grupper af personer end { $found }
reason-not-met-evidence = Det gælder salg, der er indberettet på en anden måde
    .detail =
        { $found ->
            [till] Det gælder ikke salg, som en kasse indberetter
            [code] Det gælder ikke salg, der er anmeldt med en kode
            [receipt] Det gælder ikke salg, der er anmeldt med en bon
           *[other] Det gælder salg, der er indberettet på en anden måde end { $found }
        }
reason-not-met-currency = Det gælder en anden valuta
    .detail = Det gælder en anden valuta end { $found }
reason-not-met-weekday = Det gælder andre ugedage
    .detail =
        { $found ->
            [1] Det gælder ikke om mandagen
            [2] Det gælder ikke om tirsdagen
            [3] Det gælder ikke om onsdagen
            [4] Det gælder ikke om torsdagen
            [5] Det gælder ikke om fredagen
            [6] Det gælder ikke om lørdagen
           *[7] Det gælder ikke om søndagen
        }
reason-not-met-minute = Det gælder andre tider på dagen
    .detail = Det gælder ikke klokken { $time }
reason-not-met-amount = Det gælder andre beløb for en vare
    .detail = Det gælder andre beløb for en vare end { $money }
reason-not-met-quantity = Det gælder andre mængder
    .detail =
        { $pieces ->
            [one] Det gælder andre mængder end { $count } stykke
           *[other] Det gælder andre mængder end { $count } stykker
        }
reason-not-met-basket = Det gælder andre samlede beløb
    .detail = Det gælder andre samlede beløb end { $money }
reason-not-met-value = Det gælder andre målte værdier
    .detail = Det gælder andre målte værdier end { $found }
reason-not-met-tally = Det, der er talt hidtil, passer ikke
    .detail = Der er talt { $found } hidtil, og det passer ikke
reason-not-met-lesson = Det afhænger af en lektion
    .detail =
        { $found ->
            [true] Det gælder dem, der ikke har bestået en lektion
           *[false] En lektion skal bestås først
        }
reason-not-met-tier = Det gælder et andet trin
    .detail = Det gælder et andet trin end { $found }
reason-not-met-referred = Det afhænger af, hvem der er blevet anbefalet
    .detail =
        { $found ->
            [true] Det gælder personer, som ingen har anbefalet
           *[false] Det gælder personer, som nogen har anbefalet
        }

# What an award waits for, and what became of it.
reason-server-checks-person = Serveren tjekker personens rolle og gruppe
reason-server-checks-outlet = Serveren tjekker butikken
reason-server-checks-tally = Serveren tjekker, hvad der er talt før
reason-server-checks-tier = Serveren tjekker personens trin
reason-server-checks-referral = Serveren tjekker, hvem der har anbefalet hvem
reason-server-checks-limit = Serveren tjekker, hvor meget der er tilbage af grænsen
reason-server-checks-budget = Serveren tjekker, hvor meget der er tilbage af budgettet
reason-server-checks-liability = Serveren tjekker, hvor mange point der er udestående
reason-server-checks-staff = Serveren tjekker, hvem der ejer butikken, og hvem der arbejder der
reason-awaits-payment = Bekræftes, når fakturaen er betalt
    .detail = Bekræftes, når faktura { $invoice } er betalt fuldt ud, hvis det sker før { $until }
reason-awaits-next-month = Bekræftes i næste måned
    .detail = Bekræftes { $until }
reason-awaits-till = Bekræftes, når kassen indberetter salget
    .detail = Bekræftes, når kassen indberetter salget, hvis det sker før { $until }
reason-awaits-code = Koden fra æsken skal til for at give point
reason-till-named-another = Kassen angav en anden som sælger
reason-above-sell-in = Der er anmeldt mere, end butikken har fået leveret; en leder ser på det
    .detail =
        { $claimed ->
            [one] { $claimed } stykke er anmeldt, men butikken har kun fået { $shipped } leveret; en leder ser på det
           *[other] { $claimed } stykker er anmeldt, men butikken har kun fået { $shipped } leveret; en leder ser på det
        }
reason-not-employed-there = Personen er ikke kendt i butikken; en leder ser på det
reason-paid-back = En del er tilbageholdt for en tidligere returnering
    .detail = Tilbageholdt for en tidligere returnering: { $points }
reason-lapsed = Det blev ikke til noget: det, der blev ventet på, skete ikke i tide
reason-expired = Pointene er udløbet
reason-server-finds-sale = Serveren finder salget
reason-returned = Varerne er returneret
reason-receipt-cancelled = Kvitteringen er annulleret
reason-paid-late = Fakturaen blev betalt efter fristen; pointene er bortfaldet
reason-awaits-sale = Fakturaens salg er ikke registreret endnu
reason-invoice-of-other-sale = Dette fakturanummer hører til et andet salg
reason-currency-mismatch = Fakturaen er i en anden valuta end salget

# The headings of an award’s arithmetic.
why-line = Vare { $number }
why-event = Som helhed
why-total = I alt
why-price-list = Prisliste
why-award =
    { $number ->
        [one] { $who }: { $number } point
       *[other] { $who }: { $number } point
    }
why-nothing = Ingen optjener point
why-not-rules = Regler, der ikke gav noget
why-notes = Desuden

# Who earns something by their part in an event.
who-buyer = Køber
who-seller = Sælger
who-actor = Registreret af
who-owner = Butikkens ejer
who-shop = Butikkens pulje
who-staff = Personale
who-referrer = Anbefalet af
# Koder i en serie og kvitteringer, som skattevæsenet spørges om.
reason-code-not-shipped = Koden er endnu ikke meldt afsendt; en leder ser på den
reason-code-of-other-outlet = Koden hører til et andet salgssted; en leder ser på den
reason-awaits-verification = Kvitteringen bliver kontrolleret
    .detail =
        { $why ->
            [queue] Kvitteringen venter på sin tur hos skattevæsenet
            [pending] Skattevæsenet leder efter kvitteringen; der spørges igen { $next }
            [not_yet] Skattevæsenet har ikke kvitteringen endnu; der spørges igen { $next }
            [quota] Der er spurgt om nok kvitteringer for nu; denne følger { $next }
            [unreachable] Skattevæsenet kan ikke nås; der spørges igen { $next }
           *[other] Skattevæsenet kontrollerer kvitteringen
        }
reason-receipt-unanswered = Skattevæsenet svarer ikke; en leder ser på kvitteringen
reason-receipt-verified = Skattevæsenet kender kvitteringen
reason-cashier-differs = Kvitteringen nævner en anden ekspedient
reason-product-not-on-receipt = Intet produkt fra programmet blev genkendt på kvitteringen; en leder ser på den
reason-many-wrong-codes = Der blev sendt mange forkerte koder kort forinden; en leder ser på det
    .detail =
        { $codes ->
            [one] { $codes } forkert kode inden for en time
           *[other] { $codes } forkerte koder inden for en time
        }
reason-canary-code = Der blev sendt en kode, som aldrig er trykt
    .detail = Koden { $code } i serie { $series } er aldrig trykt: den står ikke på nogen etiket, så den er gættet eller taget fra en liste
reason-photo-alike = Fotoet ligner et tidligere; en leder sammenligner dem
    .detail = Fotoet ligner et fra { $at }; en leder sammenligner dem
reason-many-reports = Der blev meldt mere på en time, end nogen når
    .detail = { $reports } meldinger på en time
reason-far-apart = To meldinger kom fra steder, der ligger længere fra hinanden, end nogen når at rejse
    .detail = { $km } km fra hinanden på { $minutes } minutter
reason-clock-moved = En enheds ur siger noget, der ikke kan passe
    .detail = Uret var { $minutes } minutter fra det mulige
reason-device-copied = To kopier af en enhed blev fundet
    .detail = De skilles ved nummer { $seq }: kun historien, der kom først, tæller
reason-voucher-covers = Dækket af medlemmets bevis
reason-voucher-used-twice = Et bevis blev brugt to gange; beviset for det er gemt
    .detail =
        { $by ->
            [phone] Telefonen skrev under to gange: medlemmet betaler; programmet bærer { $points }
           *[till] En terminal bogførte det samme svar to gange: programmet bærer { $points }
        }
