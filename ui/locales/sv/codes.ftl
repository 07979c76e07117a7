# Ord för konsolens koder och serier.
console-nav-codes = Koder
console-codes-sub = Det som är tryckt i och på varorna
console-series-one = Serie
console-series-all = Serier
console-series-new = Ny serie
console-series-none = Inga serier än
console-series-none-text = Skapa en: koderna trycks på eller i varorna och säljare registrerar med dem.
console-series-made = Skapad
console-series-ends = Koderna gäller till
console-series-kind-typed = Koder att skriva in
console-series-kind-typed-text = Slumpade koder för insidan av kartonger: skannas eller skrivs in, bara servern känner dem.
console-series-kind-signed = Signerade koder
console-series-kind-signed-text = Fyrkantiga koder som en telefon kan bevisa äkta utan nät; kartonger och pallar har egna.
console-series-kind-serial = Serienummer
console-series-kind-serial-text = Serienumren som redan finns på varorna bredvid produktens nummer.
console-series-code = Seriens namn
console-series-code-hint = Små latinska bokstäver, siffror och bindestreck
console-series-make = Skapa serien
console-series-making = Koderna skapas
console-series-progress = { $made } av { $all }
console-series-halted = Stoppad vid { $made } av { $all }. De koderna finns; resten kan skapas när som helst.
console-series-unfinished = Koder skapade hittills
console-series-resume = Skapa resten
console-series-stopped = Serien är ogiltig: koderna ger ingenting.
console-series-wrong-code = Använd 1 till 40 små latinska bokstäver, siffror och bindestreck
console-series-wrong-product = Välj produkten
console-series-wrong-pieces = Ett heltal från 1 till { $most }
console-series-wrong-carton = Ett heltal, minst 2
console-series-wrong-pallet = Ett helt antal kartonger, räknat i exemplar
console-series-wrong-first = Ett heltal
console-serial-first = Första serienummer
console-carton-holds = Exemplar i en kartong
console-pallet-holds = Exemplar på en pall
console-level-hint = Lämna tomt om det inte finns någon
console-levels = Rymmer
console-level-unit = Exemplar
console-level-carton = Kartong
console-level-pallet = Pall
console-level-of = { $level } med { $count }
console-product-choose = Välj en produkt
console-pieces = Exemplar
console-pieces-bar = Vad det blev av dem
console-pieces-here = Inte utskickade
console-pieces-away = Utskickade, inte skannade
console-pieces-printed = Tryckta
console-pieces-shipped = Utskickade
console-pieces-scanned = Skannade
console-pieces-returned = Kom tillbaka
console-pieces-void = Ogiltiga
console-pieces-scanned-of = { $scanned } av { $all } skannade
console-pieces-in =
    { $count ->
        [one] { $count } exemplar
       *[other] { $count } exemplar
    }
console-stage-printed = Tryckt
console-stage-shipped = Utskickad
console-stage-void = Ogiltig
console-part-whole = Hela serien
console-part-level = Vilka
console-part-first = Från nummer
console-part-count = Hur många
console-part-wrong = Numren går från 1 till { $most }
console-ship = Skicka ut
console-ship-to = Skickad till
console-ship-anywhere = Inget särskilt försäljningsställe
console-ship-go = Skicka ut
console-ship-text =
    { $count ->
        [one] { $pieces } exemplar räknas som utskickat. Till dess väntar en registrering på en människa.
       *[other] { $pieces } exemplar räknas som utskickade. Till dess väntar en registrering på en människa.
    }
console-shipped =
    { $count ->
        [one] { $count } exemplar är utskickat
       *[other] { $count } exemplar är utskickade
    }
console-stop = Gör ogiltig
console-stop-one = En enda kod
console-stop-one-hint = Lämna tomt för hela serien
console-stop-reason = Varför, för granskningsloggen
console-stop-sure = Titta en gång till
console-stop-text =
    { $count ->
        [one] { $pieces } exemplar av { $series } ger inte längre något. Det går inte att ångra.
       *[other] { $pieces } exemplar av { $series } ger inte längre något. Det går inte att ångra.
    }
console-stop-why = Skäl: { $reason }
console-stop-type = Skriv ”{ $series }” för att bekräfta
console-stop-go = Gör ogiltig för gott
console-stopped = Gjord ogiltig
console-stopped-but =
    { $claimed ->
        [one] Gjord ogiltig; { $claimed } som någon hade registrerat förblir som den är
       *[other] Gjord ogiltig; { $claimed } som någon hade registrerat förblir som de är
    }
console-sheet = Skriv ut etiketter
console-sheet-go = Hämta PDF
console-sheet-columns = Etiketter i bredd
console-sheet-rows = Etiketter i höjd
console-sheet-most = Högst { $most }
console-sheet-pages =
    { $count ->
        [one] { $labels } etiketter på { $pages } sida
       *[other] { $labels } etiketter på { $pages } sidor
    }
console-sheet-preview = A4-sida med { $columns } etiketter i bredd och { $rows } i höjd
console-sheet-done = Etiketterna är klara
console-export = Exportera
console-export-go = Hämta filen
console-export-warning = Filen innehåller själva koderna: den som har den kan registrera med dem. Granskningsloggen noterar vem som tog den.
console-export-understood = Jag förvarar den säkert och raderar den efter tryckningen
console-export-done = Filen är klar
console-code-find = Slå upp en kod
console-code-hint = Skanna den med en läsare eller skriv den
console-code-none = Vad det blev av en kod
console-code-none-text = Dess tillstånd, kartongen och pallen den ligger i, och alla som har visat den.
console-code-kind-typed = Kod att skriva in
console-code-kind-place = Plats i en serie
console-code-kind-logistic = Pall eller låda med SSCC
console-code-state-printed = Tryckt
console-code-state-shipped = Utskickad
console-code-state-claimed = Registrerad
console-code-state-void = Ogiltig
console-code-state-canary = Aldrig tryckt
console-code-places = Var den finns
console-place = { $level } { $number }
console-place-returned = har kommit tillbaka förut
console-claimed-by = Registrerad av
console-return = Den kom tillbaka
console-return-go = Ta tillbaka
console-return-text = Poängen tas tillbaka, och den kan säljas och registreras igen.
console-return-reason = Varför
console-return-done = Taget tillbaka: { $points }
console-action-series-make = Serie skapad
console-action-series-ship = Serie utskickad
console-action-series-void = Serie gjord ogiltig
console-action-series-void-reason = Varför den gjordes ogiltig
console-action-series-sheet = Etiketter utskrivna
console-action-series-export = Koder exporterade
console-action-code-void = Kod gjord ogiltig
console-command-unit-return = Retur
