# Words of redeeming without a network: till, phone and console.

# Redeeming at the till without a network
offline-redeem-by-phone = Värdebevis, eller köparens telefon saknar nät
offline-redeem-by-code = Skanna den växlande koden i stället
offline-redeem-how = Välj belöningen. Köparens telefon godkänner den sedan, utan nät.
offline-covers-both = Terminalens offlineram täcker { $left } till. Ett värdebevis för terminalen täcker sina egna poäng därutöver.
offline-covers-voucher = Terminalen har ingen offlineram kvar. Bara ett värdebevis för just den kan tas emot.
offline-reward-voucher = Bara med värdebevis
offline-question-show = Visa koden för { $cost }
offline-question-picture = Kod till köparens telefon
offline-question-step-show = Köparen skannar koden med telefonen och godkänner.
offline-question-step-scan = Skanna koden som telefonen sedan visar.
offline-answer-scan = Skanna telefonens svar
offline-question-left = Gäller i { $time }
offline-question-over = Koden är för gammal. Visa en ny.
offline-question-why = Varken terminalen eller telefonen behöver nät för det.
offline-question-new = Visa en ny kod
offline-choose-again = Välj en belöning
offline-with-voucher-text = Köparens värdebevis täcker det. Det bokförs vid nästa kontakt.

# The phone: spending at a till without a network
offline-spend-title = När kassan saknar nät
offline-spend-text = Skanna koden på kassans skärm och visa ditt svar. Ingen av er behöver nät.
offline-answer-open = Skanna kassans kod
offline-answer-title = Betala i kassan
offline-answer-help = Kassören visar en kod för din belöning. Skanna den här.
offline-answer-type = Skriv kassans kod
offline-answer-offline = Det fungerar utan nät.
offline-agree-title = Godkänner du?
offline-agree-where = Hos
offline-till-unknown = En kassa som telefonen inte känner till än
offline-agree-voucher = Ditt värdebevis på { $points } betalar
offline-agree-rest = De övriga { $points } kommer tillbaka till dig vid kassans nästa kontakt.
offline-agree-lease = Kassan lägger ut tills den har nät igen; då dras poängen från ditt saldo.
offline-agree-check = Godkänn bara om det är det du får med dig.
offline-agree-go = Jag godkänner
offline-agree-not = Nej, tillbaka
offline-show-title = Ditt svar
offline-answer-picture = Ditt svar som bild
offline-show-text = Visa det för kassören
offline-show-voucher = Ditt värdebevis är nu använt för just den här belöningen. Samma kassa kan skanna svaret igen.
offline-show-lease = Svaret gäller bara den här belöningen i den här kassan.

# Vouchers on the phone
offline-vouchers-title = Mina värdebevis
offline-vouchers-text = Poäng avsatta för en kassa. Du kan använda dem där även när ingen har nät.
offline-vouchers-none = Inget öppet värdebevis
offline-vouchers-none-text = Gör ett medan du har nät, innan du åker dit det saknas.
offline-vouchers-past = Använda och återlämnade
offline-voucher-new = Sätt av poäng
offline-voucher-on-its-way = På väg
offline-voucher-ready = Klart, även utan nät
offline-voucher-shown = Använt i ett svar
offline-voucher-cancelled = Makulerat; kommer tillbaka
offline-voucher-returning = Utgånget; kommer tillbaka
offline-voucher-spent = Använt
offline-voucher-returned = Återlämnat
offline-voucher-disputed = Granskas
offline-voucher-for = Bara för: { $reward }
offline-voucher-any = För vilken belöning som helst i den här kassan
offline-voucher-until = Kan användas till { $when }
offline-voucher-comes-back = Det som inte används kommer tillbaka av sig självt så snart kassan haft kontakt efter det.
offline-voucher-shown-text = Om kassan tog ditt svar är det använt vid dess nästa kontakt; annars kommer det tillbaka av sig självt.
offline-voucher-spent-all = Allt användes.
offline-voucher-spent-part = { $spent } använda, { $back } kom tillbaka
offline-voucher-returned-text = Det användes inte; poängen är dina igen.
offline-voucher-disputed-text = Det användes mer än en gång. En chef tittar på underlaget.
offline-voucher-till = I vilken kassa
offline-voucher-reward = Till vad
offline-voucher-any-reward = Valfri belöning
offline-voucher-points = Hur många poäng
offline-voucher-life = Hur länge
offline-life-hours =
    { $count ->
        [one] { $count } timme
       *[other] { $count } timmar
    }
offline-life-days =
    { $count ->
        [one] { $count } dag
       *[other] { $count } dagar
    }
offline-voucher-have = Du har { $points } att använda.
offline-voucher-needs-network = Att sätta av poäng kräver nät nu. Att använda dem senare gör det inte.
offline-voucher-make = Sätt av dem
offline-voucher-make-of = Sätt av { $points }
offline-voucher-made = Poängen är avsatta
offline-tills-none = Ingen kassa tar emot värdebevis än
offline-tills-none-text = Listan över kassor kommer vid nästa utbyte med servern.

# The console: what can be lost without a network
console-nav-offline = Utan nät
offline-sub = Vad som kan förloras när terminaler löser in utan nät, känt i förväg
offline-now = Kan förloras nu
offline-now-note =
    { $count ->
        [one] hela { $count } öppet lån
       *[other] { $count } öppna lån tillsammans
    }
offline-now-both-note = Öppna ramar, och det som tillåts utan ram
offline-free = Fritt i offlinebudgeten
offline-free-note = Inget lån kan växa utöver det
offline-bound-title = Värsta fallet
offline-bound-sub = Om varje terminal tog fullt lån, tappade nätet och bara mötte personer utan poäng
offline-bound-terminals =
    { $count ->
        [one] { $count } aktiv terminal, lån på högst { $each }
       *[other] { $count } aktiva terminaler, lån på högst { $each } var
    }
offline-bound-budget = Bundet i lån nu, och fritt i budgeten: mer kan inte lånas ut
offline-bound-vouchers = Värdebevis: medlemmarnas egna poäng, dragna i förväg
offline-bound-worst = Högst
offline-bound-by-terminals = Antalet terminaler och lånets storlek bestämmer den. Ändra storleken i reglerna.
offline-bound-by-budget = Offlinebudgeten tar slut före terminalerna.
offline-tills-title = Terminal för terminal
offline-tills-empty = Ingen terminal än
offline-lease-held = Lån
offline-till-revoked = Spärrad
offline-till-none = Inget lån

# The queue
offline-next-try = Försöker igen om { $time }
offline-trying = Försöker nu
offline-item-network = Väntar på nätet
offline-item-turn = Skickas när det blir dess tur
offline-item-behind = Väntar bakom den som stoppades
offline-export = Lämna över som fil
offline-export-text = Om enheten inte kan skicka längre: filen innehåller allt som inte skickats, låst med en kod. Det som väntar här finns också kvar.
offline-exported =
    { $count ->
        [one] Filen innehåller { $count } post och bilder: { $photos }
       *[other] Filen innehåller { $count } poster och bilder: { $photos }
    }
offline-export-file = Filen
offline-export-secret = Koden som öppnar den
offline-export-once = Skriv ner den nu: den visas en gång och sparas ingenstans.

# Leaving a programme on a phone
offline-leave-title = Lämna { $name }
offline-leave-text = Telefonen visar inte programmet längre. Dina poäng är fortfarande dina; en registreringskod tar dig tillbaka.
offline-unsent =
    { $count ->
        [one] Inte skickat än: { $count } post, bilder: { $photos }
       *[other] Inte skickat än: { $count } poster, bilder: { $photos }
    }
offline-unsent-oldest = Det äldsta: { $when }
offline-send-first = Skicka det först
offline-leave-keeps = Eller lämna nu: det som väntar ligger tryggt på telefonen och skickas när du kommer tillbaka.
offline-leave-keep = Lämna och behåll det som väntar
offline-leave-go = Lämna programmet
offline-resting-title = Lämnade på den här telefonen
offline-resting-waiting = Något i det är inte skickat än
offline-resting-sent = Allt i det är skickat
offline-resume = Kom tillbaka

# A refused answer
offline-scan-again = Skanna igen
offline-answer-garbled = Det är inte ett helt svar från en telefon
offline-answer-garbled-remedy = Skanna telefonens svar igen, lugnt och rakt uppifrån.
console-signal-voucher-used-twice = Ett värdebevis använt två gånger
offline-bound-copied = En kopierad terminal eller telefon kunde använda ett värdebevis igen. Det upptäcks vid första kontakten, kostar högst värdebeviset, hur ofta det än sker, och tas ur samma budget.
phone-kind-voucher = Avsatta poäng
phone-queue-kind-voucher-request = Avsatta poäng

# The console: vouchers used twice, leases given up
offline-vouchers-aside = Avsatt i värdebevis
offline-vouchers-aside-note = Medlemmarnas egna poäng
offline-till-given-up = Lån avskrivet
offline-write-off = Skriv av lånet
offline-write-off-title = Skriva av lånet för { $name }?
offline-write-off-text = Gör det bara om terminalen aldrig hör av sig igen. Den håller { $points }. Det den rapporterar senare väntar på en person, och den kan inte längre lösa in utan nät.
offline-write-off-lost = Räknas som förlorat
offline-write-off-lost-hint = Alla { $points } om fältet är tomt; resten går tillbaka till budgeten
offline-write-off-range = Ett heltal från 0 till { $points }
offline-write-off-reason = Varför
offline-written-off = Lånet är avskrivet; förlorat: { $points }
offline-twice-title = Värdebevis använda två gånger
offline-twice-sub = Båda användningarna är signerade; tillsammans visar de vem som gjorde det
offline-proof-of = Värdebevis { $voucher } för { $terminal }
offline-use = Användning { $number }
offline-use-first = Den rätta
offline-use-phone = Telefonen signerade igen
offline-use-till = En terminal bokförde samma svar igen
offline-use-covered = Betalt av värdebeviset
offline-use-taken = Taget från medlemmen: { $points }
offline-use-owed = Medlemmens skuld: { $points }
offline-use-loss = Bärs av programmet: { $points }
offline-use-texts = De signerade texterna
offline-use-challenge = Kassan frågade
offline-use-answer = Telefonen svarade

# When a claim was made
offline-made-between = Gjort mellan { $from } och { $until }, bevisat
offline-made-after = Gjort efter { $from }, bevisat; slutet kommer vid nästa kontakt

# A code that several programmes take
offline-which-programme = Vilket program?
offline-which-programme-text = Mer än ett av dina program tar emot koden. Välj det som den gäller.
offline-programme-current = Öppet nu

# Short words of the console's table
offline-write-off-short = Skriv av

# Offline rights that shrink with time
offline-lease-shrinks = Utan nät får mindre av den användas från { $when }
offline-lease-why = Det som får lösas in utan nät krymper med tiden sedan senaste kontakten. Ett utbyte med servern återställer det.

# Points lost under a lease
console-signal-offline-loss = Poäng förlorade offline
offline-clear = Klarera förlusten
offline-clear-title = Klarera förlusten på { $name }?
offline-clear-text = { $points } gick förlorade och lånas inte ut till terminalen igen. Klarera när du vet varför det hände.
offline-clear-reason = Vad du fann
offline-cleared = Klarerat: terminalen kan fylla på sitt lån
offline-bound-cleared = Varje terminal förlorar högst ett lån. Det förlorade lånas inte ut igen förrän en chef klarerar det.
# Kopierade terminaler
console-signal-device-copied = Två kopior av en enhet
offline-covers-frozen = Två kopior av terminalen har hittats, så dess ram täcker inget. Bara ett värdebevis utställt till den kan tas.
offline-bound-honest = Terminaler som ingen har mixtrat med
offline-bound-copies = Kopierade terminaler därtill: de värdebevis som är ute nu; varje nytt värdebevis lägger till sina poäng
offline-till-frozen = Två kopior
offline-fork-title = Två kopior av { $name }
offline-fork-sub = Hittad { $when } · { $place } · de skiljs åt vid nummer { $number }
offline-fork-recorded = Kopian som kom först
offline-fork-beside = Den andra kopian
offline-fork-counts = Räknas
offline-fork-counts-not = Utan verkan
offline-fork-sums =
    { $count ->
        [one] { $count } post; säger att den lämnade ut { $points }
       *[other] { $count } poster; säger att den lämnade ut { $points }
    }
offline-fork-head = Nyast: nummer { $number }, { $link }…
offline-fork-steps = Vad den säger
offline-fork-bound = Någon har kopierat terminalen med dess nyckel eller återställt den till en gammal kopia. Dess ram är fryst: högst { $points } av den kan ännu gå förlorad.
offline-fork-revoke = Vägen ut: återkalla den under Enheter, anslut terminalen på nytt och skriv sedan av den gamla ramen här.
offline-fork-write-off = Den är återkallad. Skriv av dess ram nedan och ange hur mycket av den som gick förlorat.
offline-fork-settled = Dess rättigheter är borttagna och dess ram är avskriven: inget mer kan gå förlorat genom den.
console-key-line = Nyckel gjord { $when } · serverns nycklar { $version }
console-trust-old = Den känner ännu inte till serverns nyaste nycklar
# Inlösen utan ram
offline-allowance-title = Inlösen utan ram
offline-allowance-sub = För platser som ingen ram når: varje terminal får lämna ut så mycket, och det medlemmar saknar går förlorat
offline-allowance-text = Varje aktiv terminal får lämna ut belöningar utan nät upp till detta, och inga poäng läggs undan för det. Det medlemmar då saknar tas ur offlinebudgeten.
offline-allowance-each = Poäng för varje terminal
offline-allowance-bound =
    { $count ->
        [one] Allt som kan gå förlorat utöver ramen, med { $count } aktiv terminal
       *[other] Allt som kan gå förlorat utöver ramarna, med { $count } aktiva terminaler
    }
offline-allowance-new = En terminal som ansluts senare får inget av det förrän du bekräftar den nya gränsen.
offline-allowance-lost = Det en terminal förlorar dras från vad den ännu kan förlora, även en kopierad. Bekräftar du igen gäller hela beloppet igen.
offline-allowance-reason = Varför
offline-allowance-on = Slå på: högst { $points }
offline-allowance-on-none = Slå på
offline-allowance-off = Slå av
offline-allowance-open = Slå på…
offline-allowance-change = Ändra…
offline-allowance-is-on = Påslaget: högst { $points } kan gå förlorat
offline-allowance-is-off = Avslaget; det som lämnats ut tidigare gäller fortfarande
offline-allowance-state-on = På
offline-allowance-state-off = Av
offline-allowance-now =
    { $count ->
        [one] { $count } terminal, { $each }: högst { $bound }.
       *[other] { $count } terminaler, { $each } var: högst { $bound }.
    }
offline-allowance-by = Bekräftat av { $who }, { $when }.
offline-allowance-none = Av. Bara ramar och värdebevis löser in utan nät.
offline-allowance-left = Kan ännu gå förlorat: { $points }.
offline-bound-allowance = Inlösen utan ram: vad terminalerna ännu kan förlora
terminal-redeem-allowance-text = Det finns inget nät, och terminalens belopp täcker det. Det bokförs vid nästa kontakt.
offline-covers-allowance = Utan nät får terminalen lämna ut { $left } till. Ett värdebevis för terminalen täcker dessutom sina egna poäng.
# Öppna värdebevis
offline-open-title = Öppna värdebevis
offline-open-sub = Poäng som medlemmar lagt undan; makulera dem från en telefon som är borta eller stulen
offline-open-who = Medlem
offline-open-till = För vilken terminal
offline-open-points = Poäng
offline-open-until = Till
offline-open-none = Inget öppet värdebevis
offline-open-none-text = Medlemmar lägger undan poäng på sin telefon.
offline-open-cancel = Makulera
offline-open-cancelled = Makulerat; terminalen har inte hört om det
offline-cancel-title = Makulera värdebeviset från { $name }?
offline-cancel-text = { $till } nekar det så snart den har haft kontakt. Då går poängen av sig själva tillbaka till medlemmen.
offline-cancel-bound = Till dess kan det ännu användas: { $points }.
offline-cancel-reason = Varför
offline-cancel-go = Makulera värdebeviset
offline-cancel-done = Makulerat; poängen går tillbaka när terminalen har haft kontakt
# Arbete från en tidigare registrering
offline-left-title = Inte skickat under den gamla registreringen
offline-left-text = Välj vad som ska räknas. Det skickas som nytt arbete, och servern låter det räknas en gång, även om det gamla ändå kommer fram.
offline-left-unreadable =
    { $count ->
        [one] { $count } tidigare kö kan inte läsas: nyckeln är borta. Mappen finns kvar.
       *[other] { $count } tidigare köer kan inte läsas: nycklarna är borta. Mapparna finns kvar.
    }
offline-left-issue = Utfärda igen
offline-left-all = Utfärda alla igen: { $count }
offline-left-issued = Utfärdat igen
offline-left-bound = Utlånat eller bevisat bara för den gamla registreringen: visa det för en chef
offline-left-foreign = Från en annan person eller butik
offline-left-too-often = Utfärdat igen för ofta: visa det för en chef
offline-again-title = Registrera enheten igen
offline-again-text = Den kan inte skicka mer under sin gamla registrering. Det oskickade finns kvar här; efteråt väljer du vad som utfärdas igen.
offline-again-code = Ny registreringskod
offline-again-go = Registrera igen
terminal-certificate-ended = Terminalen har varit utan kontakt för länge
terminal-certificate-ended-text = Ingen kan logga in förrän den har varit ansluten en gång. Det sålda är tryggt och skickas.
console-review-device = Enhet { $device }
console-review-device-of = Enhet { $device } hos { $name }
