# Words of the terminal screens.

# First contact.
terminal-title = Carrot-terminal
terminal-queue-safe = Osänt arbete ligger tryggt på terminalen
terminal-lost = Programmet bakom skärmen svarar inte. Det som är sparat är tryggt; starta om det.
terminal-not-a-till = Den här enheten är ingen kassa
terminal-not-a-till-text = Den är registrerad som telefon. Öppna telefonens skärmar eller registrera en egen terminal.

# Enrolment.
terminal-enrol-title = Registrera terminalen
terminal-enrol-text = En operatör skapar en registreringskod i konsolen. Skanna den här, klistra in den eller välj en bild av den.
terminal-enrol-code = Registreringskod
terminal-enrol-hint = Varje kod registrerar en enhet, en gång.
terminal-enrol-name = Terminalens namn
terminal-enrol-name-first = Kassa 1
terminal-enrol-go = Registrera

# Sign-in and sign-out.
terminal-sign-in = Vem står vid kassan?
terminal-cashier = Kassör
terminal-other-cashier = Någon annan
terminal-no-cashiers = Inga kassörer här än
terminal-no-cashiers-text = En operatör lägger till personer för butiken i konsolen. Hämta dem sedan hit.
terminal-pin = PIN-kod
terminal-pin-of = PIN-kod för { $name }
terminal-pin-locked-until = Låst till { $time }
terminal-leave-title = Logga ut { $name }?
terminal-leave-text = Allt är skickat. Nästa kassör kan logga in.
terminal-leave-waits =
    { $count ->
        [one] { $count } post har inte skickats än
       *[other] { $count } poster har inte skickats än
    }
terminal-leave-waits-text = De ligger tryggt på terminalen och skickas av sig själva när det finns nät. Vänta helst en stund.
terminal-leave-sale = Försäljningen på skärmen är inte avslutad och går förlorad
terminal-leave-stay = Stanna
terminal-leave-anyway = Logga ut ändå

# The sale.
terminal-sale = Försäljning
terminal-scan-next = Skanna eller skriv nästa vara
terminal-scan-short = Skanna/skriv
terminal-scan-file = Läs en bild
terminal-basket = Varukorg
terminal-basket-empty = Redo för nästa köpare
terminal-basket-empty-text = Skanna en vara eller köparens kod. Ett namn, ett nummer eller ett belopp går också att skriva.
terminal-col-pieces = Antal
terminal-col-item = Vara
terminal-col-each = Styck
terminal-col-sum = Summa
terminal-line-amount = Belopp utan vara
terminal-line-unit = egen kod läst
terminal-line-buyer = köpare { $points }
terminal-line-seller = säljare { $points }
terminal-line-none = inga poäng på den här
terminal-count-lines =
    { $count ->
        [one] { $count } rad
       *[other] { $count } rader
    }
terminal-count-pieces =
    { $count ->
        [one] { $count } st.
       *[other] { $count } st.
    }
terminal-receipt-noted = kvitto noterat
terminal-to-pay = Att betala
terminal-people = Personer och poäng
terminal-finish = Avsluta köp
terminal-next-sale = Nästa köp

# The keys.
terminal-keys = Tangenter
terminal-key-item = Sök vara
terminal-key-buyer = Köpare
terminal-key-seller = Säljare
terminal-key-void = Ångra senaste
terminal-key-amount = Belopp
terminal-key-quantity = Antal
terminal-key-remove = Ta bort rad
terminal-key-clear = Rensa
terminal-key-redeem = Lös in
terminal-removed = Raden är borttagen
terminal-cleared = Köpet är rensat

# What the scan line says.
terminal-say-added = { $item }: { $count }
terminal-say-amount = { $amount } tillagt
terminal-say-buyer = Köpare: { $name }
terminal-say-finished = Registrerat
terminal-say-voided = Ångrat
terminal-say-full = Ett köp rymmer 20 rader. Avsluta det först.
terminal-say-nothing = Inget att avsluta än
terminal-say-one-piece = Den här raden är alltid ett stycke
terminal-say-reading = Läser
terminal-say-receipt = Kvitto noterat: { $amount }
terminal-say-unit-twice = Det här exemplaret finns redan i köpet
terminal-say-which-product = Vilken vara hör koden till?

# Buyer and seller.
terminal-buyer-empty = Ingen köpare än
terminal-buyer-empty-sub = Skanna koden eller sök på nummer
terminal-buyer-unnamed = Köpare utan namn
terminal-buyer-proven = Kod visad
terminal-buyer-earns = Kan samla
terminal-buyer-remove = Ta bort köparen
terminal-buyer-title = Vem köper?
terminal-buyer-text = Skanna koden på telefonen eller kortet när som helst. Eller skriv telefonnumret.
terminal-buyer-label = Telefonnummer, kort eller kod
terminal-buyer-go = Sök
terminal-balance-unknown = Saldot är okänt här
terminal-balance-unsent = { $points } inte skickat än
terminal-balance-later = Det nya saldot blir känt när detta har skickats.
terminal-seller-empty = Ingen säljare vald
terminal-seller-empty-sub = Välj vem som sålde
terminal-seller-shift = Säljare, sparas under passet
terminal-seller-title = Vem sålde?
terminal-seller-text = Valet gäller kommande köp tills det ändras eller kassören loggar ut.
terminal-seller-none = Inga säljare här än
terminal-seller-nobody = Ingen säljare
terminal-role-seller = Säljare
terminal-role-cashier = Kassör
terminal-role-owner = Ägare
terminal-nobody = Ingen

# Both pots.
terminal-pots = Poäng för köpet
terminal-pot-buyer = Köpare
terminal-pot-seller = Säljare
terminal-pot-empty = Visas med första varan
terminal-pot-none = Inga poäng på de här varorna
terminal-discount = Rabatt: { $name } ({ $rate }), − { $amount }
terminal-pot-no-buyer = Utan köpare får ingen dem
terminal-pot-no-seller = Utan säljare får ingen dem
terminal-sum-line = { $item }: { $sum } = { $points }
terminal-sum-amount = { $amount }: { $each } för varje { $step } = { $points }

# Done.
terminal-done-title = Köpet är registrerat
terminal-done-balance = Nytt saldo:
terminal-done-no-buyer = Köpet hade ingen köpare.
terminal-done-confirmed = Bekräftat av servern
terminal-done-waits = Väntar på nät
terminal-done-waits-text = Det är tryggt här och skickas av sig självt.
terminal-done-next = Nästa skanning startar nästa köp.

# Find an item, enter amounts and quantities.
terminal-item-title = Sök en vara
terminal-item-label = Del av namnet eller numret
terminal-item-orphan = Välj eller skanna varan som { $code } hör till
terminal-item-none = Ingen vara hittades
terminal-item-none-text = Prova färre bokstäver eller skriv beloppet i stället.
terminal-item-no-price = inget pris här
terminal-amount-title = Skriv ett belopp
terminal-amount-text = För varor som inte finns i listan.
terminal-amount-label = Belopp
terminal-amount-go = Lägg till
terminal-price-title = Pris för { $item }
terminal-price-text = Listan har inget pris här. Skriv vad ett stycke kostar.
terminal-quantity-title = Hur många?
terminal-quantity-label = Antal
terminal-quantity-less = En färre
terminal-quantity-more = En till
terminal-quantity-range = Från 1 till { $max }
terminal-quantity-go = Ange

# Undo the last sale, and the list of sales.
terminal-void-title = Ångra senaste köpet?
terminal-void-text = Båda poängsummorna tas tillbaka. Köpet står kvar i listan, märkt som ångrat.
terminal-void-unseen = Terminalens senaste köp.
terminal-void-nothing = Det finns inget att ångra
terminal-void-nothing-text = Senaste köpet är redan ångrat, eller så fanns inget.
terminal-void-keep = Behåll det
terminal-void-go = Ångra köpet
terminal-void-done = Köpet är ångrat
terminal-void-waits = Köpet är ångrat här; det skickas när det finns nät
terminal-sales-title = Dagens köp
terminal-sales-empty = Inga köp än
terminal-sales-empty-text = Köp från de senaste 24 timmarna visas här.
terminal-sale-buyer = Köpare { $name } { $points }
terminal-sale-seller = Säljare { $name } { $points }
terminal-sale-void = Ångrat
terminal-sale-sent = Skickat
terminal-sale-waits = Väntar

# Redeem.
terminal-redeem-title = Lös in en belöning
terminal-proof-ask = Be köparen visa den växlande koden på telefonen och skanna den.
terminal-proof-why = { $name } hittades via nummer eller kort. Det räcker för att samla, inte för att lösa in.
terminal-proof-scan = Skanna den växlande koden
terminal-rewards-none = Inga belöningar vid kassan
terminal-rewards-none-text = Programmet har ingen belöning som lämnas ut i kassan.
terminal-reward-and-cash = { $points } och { $cash }
terminal-reward-left =
    { $count ->
        [one] { $count } kvar
       *[other] { $count } kvar
    }
terminal-reward-gone = Slut
terminal-reward-enough = Saldot räcker
terminal-reward-short = { $points } saknas
terminal-reward-short-some = Räcker inte
terminal-reward-unknown = Okänt saldo
terminal-reward-covered = Fungerar utan nät
terminal-reward-online = Kräver nät
terminal-redeem-choose = Välj en belöning
terminal-redeem-go = Lös in för { $cost }
terminal-redeem-give = Lämna ut den
terminal-redeem-wait = Lämna inte ut den än
terminal-redeem-refused = Lämna inte ut den
terminal-redeem-confirmed-text = Servern har bokfört det.
terminal-redeem-lease-text = Nätet är borta, men terminalens offlineram täcker det. Det bokförs vid nästa kontakt.
terminal-redeem-wait-text = Servern är tillfrågad men har inte svarat än. Se kön eller försök igen om en stund.
terminal-redeem-refused-text = Inget har dragits från saldot.

# Queue and lease.
terminal-queue-title = Kö och nät
terminal-queue-none = Allt är skickat
terminal-queue-waits =
    { $count ->
        [one] { $count } post väntar på att skickas
       *[other] { $count } poster väntar på att skickas
    }
terminal-queue-oldest = Den äldsta: { $when }
terminal-queue-last = Senaste kontakt: { $when }
terminal-queue-never = Ingen kontakt med servern än
terminal-queue-empty = Inget väntar
terminal-queue-empty-text = Terminalens köp, ångringar och belöningar visas här med serverns svar.
terminal-sync-now = Skicka och hämta nu
terminal-syncing = Talar med servern
terminal-synced = Skickat: { $sent }. Mottaget: { $received }.
terminal-synced-rejected = Avvisat: { $count }.
terminal-item-queued = Väntar
terminal-item-sending = På väg
terminal-item-accepted = Godtaget
terminal-item-blocked = Stoppat
terminal-did-sale-record = Ett köp
terminal-did-sale-void = Ett ångrat köp
terminal-did-reward-redeem = En inlöst belöning
terminal-did-lease-request = En begärd offlineram
terminal-did-lease-return = En del av offlineramen lämnad tillbaka
terminal-did-claim-submit = En anmälan
terminal-did-visit-record = Ett besök
terminal-did-quiz-submit = Svar på en lektion
terminal-did-goal-set = En önskan
terminal-did-review-decide = Ett beslut
terminal-did-other = Post: { $kind }
terminal-lease-title = Offlineram för inlösen
terminal-lease-of = av { $granted }
terminal-lease-exposure = { $points } inte bokfört än
terminal-lease-until = Gäller till { $when }
terminal-lease-stale = Offlineramen är för gammal; anslut en gång för att förnya den
terminal-lease-none = Terminalen har ingen offlineram: utan nät kan den registrera köp men inte lösa in.
terminal-lease-wish = Önskade poäng
terminal-lease-ask = Begär
terminal-lease-back = Lämna tillbaka
terminal-lease-text = Servern avgör hur mycket terminalen får lämna ut utan nät.

# Camera, sounds and settings.
terminal-camera-title = Kamera
terminal-camera-starting = Startar kameran
terminal-camera-aim = Håll koden plant och låt den fylla bilden.
terminal-camera-pick = Vilken kamera
terminal-camera-first = Den första som finns
terminal-camera-number = Kamera { $number }
terminal-camera-try = Prova den
terminal-camera-stop = Stoppa
terminal-camera-read = Läst: { $text }
terminal-camera-none = Ingen kamera hittades
terminal-camera-none-text = Anslut en eller tillåt den i systemet. Skanner, bilder och tangentbord fungerar utan.
terminal-camera-again = Leta igen
terminal-sound-text = En ton för klart, en för fel. Fel visas alltid på skärmen också.
terminal-sound-done = Klart
terminal-sound-wrong = Fel
terminal-volume = Volym
terminal-about-server = Server
terminal-about-sync = Senaste kontakt
terminal-never = Aldrig

# What a code reader refuses.
error-code-not-ours = Koden säger inte programmet något
    .remedy = Skanna varans eller köparens kod. Eller sök varan på namnet.
error-code-damaged = Koden går inte att läsa som den ska
    .remedy = Skanna den igen eller skanna den andra koden på förpackningen.
error-bad-length = Numret har för få eller för många siffror
    .remedy = Jämför med etiketten och skriv det igen, eller skanna det.
error-cyrillic-layout = Skannern skriver kyrilliska bokstäver
    .remedy = Byt tangentbordet till latinska bokstäver och skanna igen.
error-compressed-link = Koden använder en kortform som inte stöds
    .remedy = Skanna den andra koden på förpackningen eller skriv numret.
error-deadline = Det tog för lång tid att läsa bilden
    .remedy = Välj en mindre bild som bara visar koden.
error-camera-failed = Kameran stannade
    .remedy = Kontrollera kabeln och försök igen, eller läs en bild.
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
error-bad-enrolment-code = Det här är ingen registreringskod
    .remedy = Kopiera hela koden från konsolen eller skanna den där.
error-device-in-use = Ett annat program har enhetens data öppna
    .remedy = Stäng det andra fönstret och försök igen.
error-keyring-unavailable = Systemets nyckellager svarar inte
    .remedy = Lås upp det eller logga in i systemet igen. Osänt arbete är sparat.
error-outbox-unreadable = Filen med osänt arbete går inte att läsa
    .remedy = Radera den inte. Ring supporten: den kan kanske räddas.
error-storage-failed = Enheten kunde inte spara sina data
    .remedy = Kontrollera att disken har plats och går att skriva till, och försök igen.
error-protocol-error = Serverns svar gick inte att förstå
    .remedy = Kontrollera serverns adress eller uppdatera programmet. Osänt arbete är sparat.
error-server-error = Servern har ett fel
    .remedy = Arbetet fortsätter här; det skickas om av sig självt.
error-too-many-attempts = För många försök på kort tid
    .remedy = Vänta en minut och försök igen.
error-busy = Det är för mycket på gång just nu
    .remedy = Vänta en stund och försök igen.

# Flera program i en kassa
terminal-programmes = Kassans program
terminal-programmes-text = Skanningsfältet tar emot koder från alla. Varje program har sin egen inloggning, sina egna poäng och sin egen kö.
terminal-programmes-sale = Avsluta eller rensa köpet först
terminal-programme-switch = Byt program
terminal-programme-person = Inloggad: { $name }
terminal-programme-nobody = Ingen är inloggad
terminal-programme-no-lease = Ingen offlineram
terminal-programme-now = Nu { $name }
terminal-programme-waits-pin = En kod väntar i det här programmet. Logga in så tas den emot.
terminal-join-text = Skanna registreringskoden från den andra tillverkaren, klistra in den eller välj en bild av den. Programmen som redan finns här är kvar.
terminal-other-title = Koden hör till { $name }
terminal-other-switch = Byt till { $name }
terminal-other-sale =
    { $name }: { $count ->
        [one] { $count } rad är inte avslutad
       *[other] { $count } rader är inte avslutade
    }
terminal-other-text = Köpet behåller sitt program. Avsluta det först; nästa är { $name }.
terminal-other-finish = Avsluta det här köpet
terminal-other-next = Registrerat. Sedan { $name }
terminal-resting-title = Lämnade på den här kassan
terminal-leave-programme-text = Kassan betjänar inte programmet längre. Alla andra är kvar. Det kan när som helst komma tillbaka hit.
terminal-leave-programme-keeps = Eller lämna nu: det som väntar ligger tryggt på kassan och skickas när programmet kommer tillbaka.
terminal-leave-programme-lease = Kassan har fortfarande en offlineram på { $points }. Lämna tillbaka den först, annars förblir den avsatt.
