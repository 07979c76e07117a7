# Ord til konsollens koder og serier.
console-nav-codes = Koder
console-codes-sub = Det, der er trykt i og på varerne
console-series-one = Serie
console-series-all = Serier
console-series-new = Ny serie
console-series-none = Ingen serier endnu
console-series-none-text = Lav en: koderne trykkes på eller i varerne, og sælgere registrerer med dem.
console-series-made = Lavet
console-series-ends = Koderne gælder til
console-series-kind-typed = Koder til indtastning
console-series-kind-typed-text = Tilfældige koder til indersiden af æsker: scannes eller tastes, kun serveren kender dem.
console-series-kind-signed = Signerede koder
console-series-kind-signed-text = Firkantede koder, som en telefon kan bevise ægte uden netværk; kasser og paller har deres egne.
console-series-kind-serial = Serienumre
console-series-kind-serial-text = De serienumre, der allerede står på varerne ved siden af produktets nummer.
console-series-code = Seriens navn
console-series-code-hint = Små latinske bogstaver, cifre og bindestreger
console-series-make = Lav serien
console-series-making = Koderne laves
console-series-progress = { $made } af { $all }
console-series-halted = Stoppet ved { $made } af { $all }. Disse koder findes; resten kan laves når som helst.
console-series-unfinished = Koder lavet indtil nu
console-series-resume = Lav resten
console-series-stopped = Serien er ugyldig: koderne giver intet.
console-series-wrong-code = Brug 1 til 40 små latinske bogstaver, cifre og bindestreger
console-series-wrong-product = Vælg produktet
console-series-wrong-pieces = Et helt tal fra 1 til { $most }
console-series-wrong-carton = Et helt tal, mindst 2
console-series-wrong-pallet = Et helt antal kasser, talt i stykker
console-series-wrong-first = Et helt tal
console-serial-first = Første serienummer
console-carton-holds = Stykker i en kasse
console-pallet-holds = Stykker på en palle
console-level-hint = Lad stå tomt, hvis der ingen er
console-levels = Rummer
console-level-unit = Stykke
console-level-carton = Kasse
console-level-pallet = Palle
console-level-of = { $level } med { $count }
console-product-choose = Vælg et produkt
console-pieces = Stykker
console-pieces-bar = Hvad der blev af dem
console-pieces-here = Ikke afsendt
console-pieces-away = Afsendt, ikke scannet
console-pieces-printed = Trykt
console-pieces-shipped = Afsendt
console-pieces-scanned = Scannet
console-pieces-returned = Kommet retur
console-pieces-void = Ugyldige
console-pieces-scanned-of = { $scanned } af { $all } scannet
console-pieces-in =
    { $count ->
        [one] { $count } stykke
       *[other] { $count } stykker
    }
console-stage-printed = Trykt
console-stage-shipped = Afsendt
console-stage-void = Ugyldig
console-part-whole = Hele serien
console-part-level = Hvilke
console-part-first = Fra nummer
console-part-count = Hvor mange
console-part-wrong = Numrene går fra 1 til { $most }
console-ship = Afsend
console-ship-to = Sendt til
console-ship-anywhere = Intet bestemt salgssted
console-ship-go = Afsend
console-ship-text =
    { $count ->
        [one] { $pieces } stykke regnes som afsendt. Indtil da venter en registrering på et menneske.
       *[other] { $pieces } stykker regnes som afsendt. Indtil da venter en registrering på et menneske.
    }
console-shipped =
    { $count ->
        [one] { $count } stykke er afsendt
       *[other] { $count } stykker er afsendt
    }
console-stop = Gør ugyldig
console-stop-one = Én enkelt kode
console-stop-one-hint = Lad stå tomt for hele serien
console-stop-reason = Hvorfor, til revisionsloggen
console-stop-sure = Se efter en gang til
console-stop-text =
    { $count ->
        [one] { $pieces } stykke af { $series } giver ikke længere noget. Det kan ikke fortrydes.
       *[other] { $pieces } stykker af { $series } giver ikke længere noget. Det kan ikke fortrydes.
    }
console-stop-why = Årsag: { $reason }
console-stop-type = Skriv “{ $series }” for at bekræfte
console-stop-go = Gør endeligt ugyldig
console-stopped = Gjort ugyldig
console-stopped-but =
    { $claimed ->
        [one] Gjort ugyldig; { $claimed }, som nogen havde registreret, bliver, som den er
       *[other] Gjort ugyldig; { $claimed }, som nogen havde registreret, bliver, som de er
    }
console-sheet = Udskriv etiketter
console-sheet-go = Hent PDF
console-sheet-columns = Etiketter på tværs
console-sheet-rows = Etiketter nedad
console-sheet-most = Højst { $most }
console-sheet-pages =
    { $count ->
        [one] { $labels } etiketter på { $pages } side
       *[other] { $labels } etiketter på { $pages } sider
    }
console-sheet-preview = A4-side med { $columns } etiketter på tværs og { $rows } nedad
console-sheet-done = Etiketterne er klar
console-export = Eksportér
console-export-go = Hent filen
console-export-warning = Filen indeholder selve koderne: den, der har den, kan registrere med dem. Revisionsloggen noterer, hvem der tog den.
console-export-understood = Jeg opbevarer den sikkert og sletter den efter tryk
console-export-done = Filen er klar
console-code-find = Slå en kode op
console-code-hint = Scan den med en læser, eller skriv den
console-code-none = Hvad der blev af en kode
console-code-none-text = Dens tilstand, kassen og pallen, den ligger i, og alle, der har vist den.
console-code-kind-typed = Kode til indtastning
console-code-kind-place = Plads i en serie
console-code-kind-logistic = Palle eller kasse med SSCC
console-code-state-printed = Trykt
console-code-state-shipped = Afsendt
console-code-state-claimed = Registreret
console-code-state-void = Ugyldig
console-code-state-canary = Aldrig trykt
console-code-places = Hvor den er
console-place = { $level } { $number }
console-place-returned = har været retur
console-claimed-by = Registreret af
console-return = Den kom retur
console-return-go = Tag retur
console-return-text = Pointene tages tilbage, og den kan sælges og registreres igen.
console-return-reason = Hvorfor
console-return-done = Taget tilbage: { $points }
console-action-series-make = Serie lavet
console-action-series-ship = Serie afsendt
console-action-series-void = Serie gjort ugyldig
console-action-series-void-reason = Hvorfor den blev gjort ugyldig
console-action-series-sheet = Etiketter udskrevet
console-action-series-export = Koder eksporteret
console-action-code-void = Kode gjort ugyldig
console-command-unit-return = Returnering
