# Words of redeeming without a network: till, phone and console.

# Redeeming at the till without a network
offline-redeem-by-phone = Bevis, eller køberens telefon er uden net
offline-redeem-by-code = Scan den skiftende kode i stedet
offline-redeem-how = Vælg præmien. Køberens telefon siger så ja til den, uden net.
offline-covers-both = Terminalens offlineramme dækker { $left } endnu. Et bevis til denne terminal dækker sine egne point derudover.
offline-covers-voucher = Terminalen har ingen offlineramme tilbage. Kun et bevis til netop den kan bruges.
offline-reward-voucher = Kun med bevis
offline-question-show = Vis koden til { $cost }
offline-question-picture = Kode til køberens telefon
offline-question-step-show = Køberen scanner koden med telefonen og siger ja.
offline-question-step-scan = Scan den kode, som telefonen så viser.
offline-answer-scan = Scan telefonens svar
offline-question-left = Gælder i { $time }
offline-question-over = Koden er for gammel. Vis en ny.
offline-question-why = Hverken terminalen eller telefonen behøver net til det.
offline-question-new = Vis en ny kode
offline-choose-again = Vælg en præmie
offline-with-voucher-text = Køberens bevis dækker. Det bogføres ved næste kontakt.

# The phone: spending at a till without a network
offline-spend-title = Når kassen er uden net
offline-spend-text = Scan koden på kassens skærm, og vis dit svar. Ingen af jer behøver net.
offline-answer-open = Scan kassens kode
offline-answer-title = Betal ved kassen
offline-answer-help = Kassereren viser en kode til din præmie. Scan den her.
offline-answer-type = Tast kassens kode
offline-answer-offline = Det virker uden net.
offline-agree-title = Siger du ja?
offline-agree-where = Hos
offline-till-unknown = En kasse, som telefonen ikke kender endnu
offline-agree-voucher = Dit bevis på { $points } betaler
offline-agree-rest = De øvrige { $points } kommer tilbage til dig ved kassens næste kontakt.
offline-agree-lease = Kassen lægger ud, til den har net igen; så trækkes pointene fra din saldo.
offline-agree-check = Sig kun ja, hvis det er det, du får med.
offline-agree-go = Ja, det er rigtigt
offline-agree-not = Nej, tilbage
offline-show-title = Dit svar
offline-answer-picture = Dit svar som billede
offline-show-text = Vis det til kassereren
offline-show-voucher = Dit bevis er nu brugt til netop denne præmie. Samme kasse kan scanne svaret igen.
offline-show-lease = Svaret gælder kun denne præmie ved denne kasse.

# Vouchers on the phone
offline-vouchers-title = Mine beviser
offline-vouchers-text = Point lagt til side til én kasse. Du kan bruge dem der, selv om ingen har net.
offline-vouchers-none = Intet åbent bevis
offline-vouchers-none-text = Lav et, mens du har net, før du tager et sted hen uden.
offline-vouchers-past = Brugt og kommet retur
offline-voucher-new = Læg point til side
offline-voucher-on-its-way = På vej
offline-voucher-ready = Klar, også uden net
offline-voucher-shown = Brugt i et svar
offline-voucher-cancelled = Annulleret; kommer tilbage
offline-voucher-returning = Udløbet; kommer retur
offline-voucher-spent = Brugt
offline-voucher-returned = Kommet retur
offline-voucher-disputed = Undersøges
offline-voucher-for = Kun til: { $reward }
offline-voucher-any = Til enhver præmie ved denne kasse
offline-voucher-until = Kan bruges til { $when }
offline-voucher-comes-back = Det, du ikke bruger, kommer retur af sig selv, så snart kassen har haft kontakt derefter.
offline-voucher-shown-text = Hvis kassen tog dit svar, er det brugt ved dens næste kontakt; ellers kommer det retur af sig selv.
offline-voucher-spent-all = Det hele blev brugt.
offline-voucher-spent-part = { $spent } brugt, { $back } kom retur
offline-voucher-returned-text = Det blev ikke brugt; pointene er dine igen.
offline-voucher-disputed-text = Det blev brugt mere end én gang. En leder ser på beviset for det.
offline-voucher-till = Ved hvilken kasse
offline-voucher-reward = Til hvad
offline-voucher-any-reward = Enhver præmie
offline-voucher-points = Hvor mange point
offline-voucher-life = Hvor længe
offline-life-hours =
    { $count ->
        [one] { $count } time
       *[other] { $count } timer
    }
offline-life-days =
    { $count ->
        [one] { $count } dag
       *[other] { $count } dage
    }
offline-voucher-have = Du har { $points } at bruge af.
offline-voucher-needs-network = At lægge point til side kræver net nu. At bruge dem senere gør ikke.
offline-voucher-make = Læg dem til side
offline-voucher-make-of = Læg { $points } til side
offline-voucher-made = Pointene er lagt til side
offline-tills-none = Ingen kasse tager imod beviser endnu
offline-tills-none-text = Listen over kasser kommer med næste udveksling med serveren.

# The console: what can be lost without a network
console-nav-offline = Uden net
offline-sub = Hvad der kan tabes, når terminaler indløser uden net, kendt på forhånd
offline-now = Kan tabes nu
offline-now-note =
    { $count ->
        [one] hele { $count } åbent lån
       *[other] { $count } åbne lån tilsammen
    }
offline-now-both-note = Åbne rammer, og hvad der er tilladt uden ramme
offline-free = Frit i offlinebudgettet
offline-free-note = Intet lån kan vokse ud over det
offline-bound-title = Det værste tilfælde
offline-bound-sub = Hvis hver terminal tog fuldt lån, mistede nettet og kun mødte folk uden point
offline-bound-terminals =
    { $count ->
        [one] { $count } aktiv terminal, lån på højst { $each }
       *[other] { $count } aktive terminaler, lån på højst { $each } hver
    }
offline-bound-budget = Bundet i lån nu, og frit i budgettet: mere kan ikke udlånes
offline-bound-vouchers = Beviser: medlemmernes egne point, trukket på forhånd
offline-bound-worst = Højst
offline-bound-by-terminals = Antallet af terminaler og lånets størrelse sætter den. Ret størrelsen i reglerne.
offline-bound-by-budget = Offlinebudgettet sætter stopperen før terminalerne.
offline-tills-title = Terminal for terminal
offline-tills-empty = Ingen terminal endnu
offline-lease-held = Lån
offline-till-revoked = Spærret
offline-till-none = Intet lån

# The queue
offline-next-try = Prøver igen om { $time }
offline-trying = Prøver nu
offline-item-network = Venter på nettet
offline-item-turn = Sendes, når det bliver dens tur
offline-item-behind = Venter bag den, der blev stoppet
offline-export = Aflever som fil
offline-export-text = Hvis enheden ikke kan sende mere: filen rummer alt, hvad der ikke er sendt, låst med en kode. Det, der venter her, bliver også.
offline-exported =
    { $count ->
        [one] Filen rummer { $count } post og billeder: { $photos }
       *[other] Filen rummer { $count } poster og billeder: { $photos }
    }
offline-export-file = Filen
offline-export-secret = Koden, der åbner den
offline-export-once = Skriv den ned nu: den vises én gang og gemmes ingen steder.

# Leaving a programme on a phone
offline-leave-title = Forlad { $name }
offline-leave-text = Telefonen viser ikke programmet mere. Dine point er stadig dine; en tilmeldingskode bringer dig tilbage.
offline-unsent =
    { $count ->
        [one] Endnu ikke sendt: { $count } post, billeder: { $photos }
       *[other] Endnu ikke sendt: { $count } poster, billeder: { $photos }
    }
offline-unsent-oldest = Det ældste: { $when }
offline-send-first = Send det først
offline-leave-keeps = Eller forlad nu: det, der venter, ligger trygt på telefonen og sendes, når du kommer tilbage.
offline-leave-keep = Forlad, og behold det ventende
offline-leave-go = Forlad programmet
offline-resting-title = Forladt på denne telefon
offline-resting-waiting = Noget i det er endnu ikke sendt
offline-resting-sent = Alt i det er sendt
offline-resume = Kom tilbage

# A refused answer
offline-scan-again = Scan igen
offline-answer-garbled = Det er ikke et helt svar fra en telefon
offline-answer-garbled-remedy = Scan telefonens svar igen, roligt og lige ovenfra.
console-signal-voucher-used-twice = Et bevis brugt to gange
offline-bound-copied = En kopieret terminal eller telefon kunne bruge et bevis igen. Det opdages ved første kontakt, koster højst beviset, uanset hvor ofte, og tages af samme budget.
phone-kind-voucher = Point lagt til side
phone-queue-kind-voucher-request = Point lagt til side

# The console: vouchers used twice, leases given up
offline-vouchers-aside = Lagt til side i beviser
offline-vouchers-aside-note = Medlemmernes egne point
offline-till-given-up = Lån opgivet
offline-write-off = Opgiv lånet
offline-write-off-title = Opgiv lånet for { $name }?
offline-write-off-text = Gør det kun, når terminalen aldrig melder sig igen. Den holder { $points }. Det, den melder senere, venter på en person, og den kan ikke længere indløse uden net.
offline-write-off-lost = Regnes for tabt
offline-write-off-lost-hint = Alle { $points }, hvis feltet er tomt; resten går tilbage til budgettet
offline-write-off-range = Et helt tal fra 0 til { $points }
offline-write-off-reason = Hvorfor
offline-written-off = Lånet er opgivet; tabt: { $points }
offline-twice-title = Beviser brugt to gange
offline-twice-sub = Begge brug er underskrevet; tilsammen beviser de, hvem der gjorde det
offline-proof-of = Bevis { $voucher } til { $terminal }
offline-use = Brug { $number }
offline-use-first = Den retmæssige
offline-use-phone = Telefonen skrev under igen
offline-use-till = En terminal bogførte samme svar igen
offline-use-covered = Betalt af beviset
offline-use-taken = Taget fra medlemmet: { $points }
offline-use-owed = Skyldes af medlemmet: { $points }
offline-use-loss = Båret af programmet: { $points }
offline-use-texts = De underskrevne tekster
offline-use-challenge = Kassen spurgte
offline-use-answer = Telefonen svarede

# When a claim was made
offline-made-between = Lavet mellem { $from } og { $until }, bevist
offline-made-after = Lavet efter { $from }, bevist; slutningen kommer ved næste kontakt

# A code that several programmes take
offline-which-programme = Hvilket program?
offline-which-programme-text = Mere end ét af dine programmer tager imod koden. Vælg det, den er til.
offline-programme-current = Åbent nu

# Short words of the console's table
offline-write-off-short = Opgiv

# Offline rights that shrink with time
offline-lease-shrinks = Uden net må der bruges mindre af den fra { $when }
offline-lease-why = Det, der må indløses uden net, skrumper med tiden siden sidste kontakt. Én udveksling med serveren genopretter det.

# Points lost under a lease
console-signal-offline-loss = Point tabt offline
offline-clear = Klarér tabet
offline-clear-title = Klarér tabet på { $name }?
offline-clear-text = { $points } gik tabt og lånes ikke ud til terminalen igen. Klarér det, når du ved, hvorfor det skete.
offline-clear-reason = Hvad du fandt
offline-cleared = Klareret: terminalen kan fylde sit lån op
offline-bound-cleared = Hver terminal taber højst ét lån. Det tabte lånes ikke ud igen, før en leder klarerer det.
# Kopierede terminaler
console-signal-device-copied = To kopier af en enhed
offline-covers-frozen = Der er fundet to kopier af terminalen, så dens ramme dækker intet. Kun et bevis udstedt til den kan tages.
offline-bound-honest = Terminaler, som ingen har pillet ved
offline-bound-copies = Kopierede terminaler derudover: de beviser, der er ude nu; hvert nyt bevis lægger sine point til
offline-till-frozen = To kopier
offline-fork-title = To kopier af { $name }
offline-fork-sub = Fundet { $when } · { $place } · de skilles ved nummer { $number }
offline-fork-recorded = Kopien, der kom først
offline-fork-beside = Den anden kopi
offline-fork-counts = Tæller
offline-fork-counts-not = Uden virkning
offline-fork-sums =
    { $count ->
        [one] { $count } post; siger, at den udleverede { $points }
       *[other] { $count } poster; siger, at den udleverede { $points }
    }
offline-fork-head = Nyeste: nummer { $number }, { $link }…
offline-fork-steps = Hvad den siger
offline-fork-bound = Nogen har kopieret terminalen med dens nøgle eller sat den tilbage til en gammel kopi. Dens ramme er frosset: højst { $points } af den kan endnu gå tabt.
offline-fork-revoke = Vejen ud: tilbagekald den under Enheder, tilmeld terminalen på ny, og opgiv så den gamle ramme her.
offline-fork-write-off = Den er tilbagekaldt. Opgiv dens ramme nedenfor, og sig, hvor meget af den der gik tabt.
offline-fork-settled = Dens rettigheder er taget, og dens ramme er opgivet: intet mere kan gå tabt ved den.
console-key-line = Nøgle lavet { $when } · serverens nøgler { $version }
console-trust-old = Den kender endnu ikke serverens nyeste nøgler
# Indløsning uden ramme
offline-allowance-title = Indløsning uden ramme
offline-allowance-sub = Til steder, som ingen ramme når: hver terminal må udlevere så meget, og hvad medlemmerne mangler, er tabt
offline-allowance-text = Hver aktiv terminal må udlevere præmier uden netværk op til dette, og ingen point sættes til side. Hvad medlemmerne så mangler, tages af offlinebudgettet.
offline-allowance-each = Point til hver terminal
offline-allowance-bound =
    { $count ->
        [one] Alt, der kan gå tabt ud over rammen, med { $count } aktiv terminal
       *[other] Alt, der kan gå tabt ud over rammerne, med { $count } aktive terminaler
    }
offline-allowance-new = En terminal, der tilmeldes senere, får intet af det, før du bekræfter den nye grænse.
offline-allowance-lost = Hvad en terminal taber, trækkes fra det, den endnu kan tabe, også en kopieret. Bekræfter du igen, gælder hele beløbet igen.
offline-allowance-reason = Hvorfor
offline-allowance-on = Slå til: højst { $points }
offline-allowance-on-none = Slå til
offline-allowance-off = Slå fra
offline-allowance-open = Slå til…
offline-allowance-change = Ret…
offline-allowance-is-on = Slået til: højst { $points } kan gå tabt
offline-allowance-is-off = Slået fra; hvad der er udleveret før, gælder stadig
offline-allowance-state-on = Til
offline-allowance-state-off = Fra
offline-allowance-now =
    { $count ->
        [one] { $count } terminal, { $each }: højst { $bound }.
       *[other] { $count } terminaler, { $each } hver: højst { $bound }.
    }
offline-allowance-by = Bekræftet af { $who }, { $when }.
offline-allowance-none = Fra. Kun rammer og beviser indløser uden netværk.
offline-allowance-left = Kan endnu gå tabt: { $points }.
offline-bound-allowance = Indløsning uden ramme: hvad terminalerne endnu kan tabe
terminal-redeem-allowance-text = Der er intet netværk, og terminalens rådighedsbeløb dækker det. Det bogføres ved næste kontakt.
offline-covers-allowance = Uden netværk må terminalen udlevere { $left } mere. Et bevis til terminalen dækker desuden sine egne point.
# Åbne beviser
offline-open-title = Åbne beviser
offline-open-sub = Point, som medlemmer har sat til side; annuller dem fra en telefon, der er mistet eller stjålet
offline-open-who = Medlem
offline-open-till = Til hvilken terminal
offline-open-points = Point
offline-open-until = Indtil
offline-open-none = Intet åbent bevis
offline-open-none-text = Medlemmer sætter point til side på deres telefon.
offline-open-cancel = Annuller
offline-open-cancelled = Annulleret; terminalen har ikke hørt om det
offline-cancel-title = Annullere beviset fra { $name }?
offline-cancel-text = { $till } afviser det, så snart den har haft kontakt. Så går pointene af sig selv tilbage til medlemmet.
offline-cancel-bound = Indtil da kan det stadig bruges: { $points }.
offline-cancel-reason = Hvorfor
offline-cancel-go = Annuller beviset
offline-cancel-done = Annulleret; pointene går tilbage, når terminalen har haft kontakt
# Arbejde fra en tidligere tilmelding
offline-left-title = Ikke sendt under den gamle tilmelding
offline-left-text = Vælg, hvad der skal tælle. Det sendes som nyt arbejde, og serveren lader det tælle én gang, også hvis det gamle stadig når frem.
offline-left-unreadable =
    { $count ->
        [one] { $count } tidligere kø kan ikke læses: nøglen er væk. Mappen bliver.
       *[other] { $count } tidligere køer kan ikke læses: nøglerne er væk. Mapperne bliver.
    }
offline-left-issue = Udsted igen
offline-left-all = Udsted alle igen: { $count }
offline-left-issued = Udstedt igen
offline-left-bound = Lånt eller bevist for den gamle tilmelding alene: vis det til en leder
offline-left-foreign = Fra en anden person eller butik
offline-left-too-often = Udstedt igen for ofte: vis det til en leder
offline-again-title = Tilmeld enheden igen
offline-again-text = Den kan ikke sende mere under sin gamle tilmelding. Det usendte bliver her; bagefter vælger du, hvad der udstedes igen.
offline-again-code = Ny tilmeldingskode
offline-again-go = Tilmeld igen
terminal-certificate-ended = Terminalen har været uden kontakt for længe
terminal-certificate-ended-text = Ingen kan logge ind, før den har været forbundet én gang. Det solgte er sikkert og bliver sendt.
console-review-device = Enhed { $device }
console-review-device-of = Enhed { $device } hos { $name }
