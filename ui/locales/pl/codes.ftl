# Słowa konsoli: kody i serie.
console-nav-codes = Kody
console-codes-sub = To, co wydrukowano w towarach i na nich
console-series-one = Seria
console-series-all = Serie
console-series-new = Nowa seria
console-series-none = Nie ma jeszcze serii
console-series-none-text = Utwórz serię: jej kody drukuje się na towarach lub w środku, a sprzedawcy nimi zgłaszają.
console-series-made = Utworzono
console-series-ends = Kody liczą się do
console-series-kind-typed = Kody do wpisania
console-series-kind-typed-text = Losowe kody do wnętrza opakowań: skanowane lub wpisywane, zna je tylko serwer.
console-series-kind-signed = Kody podpisane
console-series-kind-signed-text = Kwadratowe kody, których autentyczność telefon potwierdza bez sieci; kartony i palety mają własne.
console-series-kind-serial = Numery seryjne
console-series-kind-serial-text = Numery seryjne, które już są na towarach obok numeru produktu.
console-series-code = Nazwa serii
console-series-code-hint = Małe litery łacińskie, cyfry i myślniki
console-series-make = Utwórz serię
console-series-making = Tworzenie kodów
console-series-progress = { $made } z { $all }
console-series-halted = Zatrzymano na { $made } z { $all }. Te kody istnieją; resztę można utworzyć w każdej chwili.
console-series-unfinished = Utworzone dotąd kody
console-series-resume = Utwórz resztę
console-series-stopped = Ta seria jest nieważna: jej kody nic nie dają.
console-series-wrong-code = Od 1 do 40 małych liter łacińskich, cyfr i myślników
console-series-wrong-product = Wybierz produkt
console-series-wrong-pieces = Liczba całkowita od 1 do { $most }
console-series-wrong-carton = Liczba całkowita, co najmniej 2
console-series-wrong-pallet = Całkowita liczba kartonów, liczona w sztukach
console-series-wrong-first = Liczba całkowita
console-serial-first = Pierwszy numer seryjny
console-carton-holds = Sztuk w kartonie
console-pallet-holds = Sztuk na palecie
console-level-hint = Zostaw puste, jeśli ich nie ma
console-levels = Zawiera
console-level-unit = Sztuka
console-level-carton = Karton
console-level-pallet = Paleta
console-level-of = { $level } po { $count }
console-product-choose = Wybierz produkt
console-pieces = Sztuki
console-pieces-bar = Co się z nimi stało
console-pieces-here = Niewysłane
console-pieces-away = Wysłane, niezeskanowane
console-pieces-printed = Wydrukowane
console-pieces-shipped = Wysłane
console-pieces-scanned = Zeskanowane
console-pieces-returned = Zwrócone
console-pieces-void = Nieważne
console-pieces-scanned-of = Zeskanowano { $scanned } z { $all }
console-pieces-in =
    { $count ->
        [one] { $count } sztuka
        [few] { $count } sztuki
       *[other] { $count } sztuk
    }
console-stage-printed = Wydrukowana
console-stage-shipped = Wysłana
console-stage-void = Nieważna
console-part-whole = Cała seria
console-part-level = Które
console-part-first = Od numeru
console-part-count = Ile
console-part-wrong = Numery są od 1 do { $most }
console-ship = Wyślij
console-ship-to = Wysłano do
console-ship-anywhere = Bez określonego punktu
console-ship-go = Wyślij
console-ship-text =
    { $count ->
        [one] { $pieces } sztuka liczy się jako wysłana. Do tego czasu zgłoszenie czeka na człowieka.
        [few] { $pieces } sztuki liczą się jako wysłane. Do tego czasu zgłoszenie czeka na człowieka.
       *[other] { $pieces } sztuk liczy się jako wysłane. Do tego czasu zgłoszenie czeka na człowieka.
    }
console-shipped =
    { $count ->
        [one] Wysłano { $count } sztukę
        [few] Wysłano { $count } sztuki
       *[other] Wysłano { $count } sztuk
    }
console-stop = Unieważnij
console-stop-one = Jeden kod
console-stop-one-hint = Zostaw puste dla całej serii
console-stop-reason = Dlaczego, do dziennika
console-stop-sure = Spójrz jeszcze raz
console-stop-text =
    { $count ->
        [one] { $pieces } sztuka z { $series } nic już nie da. Tego nie da się cofnąć.
        [few] { $pieces } sztuki z { $series } nic już nie dadzą. Tego nie da się cofnąć.
       *[other] { $pieces } sztuk z { $series } nic już nie da. Tego nie da się cofnąć.
    }
console-stop-why = Powód: { $reason }
console-stop-type = Wpisz „{ $series }”, aby potwierdzić
console-stop-go = Unieważnij na stałe
console-stopped = Unieważniono
console-stopped-but =
    { $claimed ->
        [one] Unieważniono; { $claimed } już zgłoszona pozostaje bez zmian
        [few] Unieważniono; { $claimed } już zgłoszone pozostają bez zmian
       *[other] Unieważniono; { $claimed } już zgłoszonych pozostaje bez zmian
    }
console-sheet = Drukuj etykiety
console-sheet-go = Pobierz PDF
console-sheet-columns = Etykiet w poziomie
console-sheet-rows = Etykiet w pionie
console-sheet-most = Najwyżej { $most }
console-sheet-pages =
    { $count ->
        [one] Etykiet: { $labels } na { $pages } stronie
        [few] Etykiet: { $labels } na { $pages } stronach
       *[other] Etykiet: { $labels } na { $pages } stronach
    }
console-sheet-preview = Strona A4: { $columns } etykiet w poziomie i { $rows } w pionie
console-sheet-done = Etykiety są gotowe
console-export = Eksport
console-export-go = Pobierz plik
console-export-warning = Plik zawiera same kody: kto go ma, może nimi zgłaszać. Dziennik zapisuje, kto go pobrał.
console-export-understood = Przechowam go bezpiecznie i usunę po wydruku
console-export-done = Plik jest gotowy
console-code-find = Sprawdź kod
console-code-hint = Zeskanuj go czytnikiem albo wpisz
console-code-none = Co się stało z kodem
console-code-none-text = Jego stan, karton i paleta, w których jest, oraz każdy, kto go pokazał.
console-code-kind-typed = Kod do wpisania
console-code-kind-place = Miejsce w serii
console-code-kind-logistic = Paleta lub karton z numerem SSCC
console-code-state-printed = Wydrukowany
console-code-state-shipped = Wysłany
console-code-state-claimed = Zgłoszony
console-code-state-void = Nieważny
console-code-state-canary = Nigdy niedrukowany
console-code-places = Gdzie jest
console-place = { $level } { $number }
console-place-returned = wcześniej wrócił
console-claimed-by = Zgłoszony przez
console-return = Towar wrócił
console-return-go = Przyjmij zwrot
console-return-text = Punkty zostaną cofnięte, a towar można znów sprzedać i zgłosić.
console-return-reason = Dlaczego
console-return-done = Cofnięto: { $points }
console-action-series-make = Utworzono serię
console-action-series-ship = Wysłano serię
console-action-series-void = Unieważniono serię
console-action-series-void-reason = Powód unieważnienia
console-action-series-sheet = Wydrukowano etykiety
console-action-series-export = Wyeksportowano kody
console-action-code-void = Unieważniono kod
console-command-unit-return = Zwrot
