# Words of the phone screens.
phone-title = Carrot
phone-kept-here = Wszystko zostaje w tym telefonie, dopóki nie zostanie wysłane
phone-terminal-title = To urządzenie jest kasą
phone-terminal-text = Jego ekrany są na stronie terminala. Zarejestruj telefon, aby widzieć tu punkty i wizyty.

phone-tab-home = Start
phone-tab-today = Dziś
phone-tab-code = Mój kod
phone-tab-activity = Historia
phone-tab-scan = Skanuj
phone-tab-shop = Nagrody
phone-tab-me = Ja

phone-strip-stuck = Wysyłanie stanęło. Nic nie zginęło: zobacz, co zrobić
phone-strip-offline-waiting =
    { $count ->
        [one] { $count } czeka na sieć; nic nie zginęło
        [few] { $count } czekają na sieć; nic nie zginęło
       *[other] { $count } czeka na sieć; nic nie zginęło
    }
phone-strip-sending =
    { $count ->
        [one] { $count } jest wysyłana
        [few] { $count } są wysyłane
       *[other] { $count } jest wysyłanych
    }
phone-strip-never = Nie było jeszcze połączenia z serwerem
phone-strip-offline = Brak sieci. Dane z { $time }; można pracować dalej

phone-standing-sending = Zapisane tutaj
phone-standing-pending = Oczekuje
phone-standing-review = Sprawdzane
phone-standing-attached = Dołączone
phone-standing-confirmed = Potwierdzone
phone-standing-refused = Odrzucone
phone-standing-reversed = Cofnięte

phone-kind-sale = Sprzedaż
phone-kind-claim = Zgłoszona sprzedaż
phone-kind-visit = Wizyta
phone-kind-quiz = Lekcja
phone-kind-redeem = Nagroda
phone-kind-opening = Saldo początkowe
phone-kind-event = Zmierzone zdarzenie
phone-kind-referral = Polecenie
phone-kind-quiet = Witaj ponownie
phone-kind-anniversary = Rocznica
phone-kind-other = Wpis

phone-reason-other = Zdecyduje o tym program
phone-reason-refused-by-reviewer = Kierownik odrzucił: { $reason }
phone-reason-code-of-other-outlet = Kod należy do innego punktu; najpierw obejrzy to kierownik
phone-reason-answers-wrong =
    { $right ->
        [one] Dobra była { $right } odpowiedź; muszą być wszystkie
        [few] Dobre były { $right } odpowiedzi; muszą być wszystkie
       *[other] Dobrych odpowiedzi: { $right }; muszą być wszystkie
    }

phone-error-awaits-review = Zapisano; zdecyduje o tym kierownik
    .remedy = Nic więcej nie trzeba robić: wpis jest w kolejce na Twojej stronie.
phone-error-line-unknown = Tego wpisu tu nie ma
    .remedy = Poszukaj go w historii po następnym połączeniu z serwerem.
phone-error-lesson-unknown = Tej lekcji już nie ma
    .remedy = Wróć: kampania mogła się skończyć.
phone-error-stop-unknown = Tego przystanku nie ma już na trasie
    .remedy = Wróć do listy przystanków.
phone-error-stop-done = Ta wizyta jest już zamknięta
    .remedy = Wróć do listy i wybierz następny przystanek.
phone-error-task-unknown = Nie ma jeszcze zadania dla tego przystanku
    .remedy = Połącz się raz z siecią, żeby je pobrać.
phone-error-bad-enrolment-code = To nie jest kod rejestracji
    .remedy = Skopiuj cały kod z konsoli albo go zeskanuj.
phone-error-already-enrolled = Ten telefon jest już w tym programie
    .remedy = Przełącz się na niego u góry pierwszego ekranu.
phone-error-storage-failed = Telefon nie mógł tego zapisać
    .remedy = Zwolnij miejsce i spróbuj ponownie. To, co zapisano wcześniej, jest bezpieczne.
phone-error-protocol-error = Nie zrozumiano odpowiedzi serwera
    .remedy = Zaktualizuj program albo podaj wsparciu kod poniżej.
phone-error-server-error = Serwer ma problem
    .remedy = Spróbuj później. Wszystko, co czeka, jest zachowane.
phone-error-device-in-use = Dane telefonu są otwarte w innym oknie
    .remedy = Zamknij tamto okno i spróbuj ponownie.
phone-error-keyring-unavailable = Systemowy magazyn kluczy nie odpowiada
    .remedy = Odblokuj go i uruchom program ponownie. Niewysłana praca jest zachowana.
phone-error-outbox-unreadable = Nie da się odczytać listy niewysłanych
    .remedy = Niczego nie zmieniaj i podaj wsparciu kod poniżej. Plik pozostał nietknięty.

phone-device-name = Telefon
phone-enrol-title = Dołącz do programu
phone-enrol-text = Kod dostaniesz od kierownika albo operatora programu. Działa jeden raz.
phone-enrol-another = Dołącz do innego programu
phone-enrol-another-text = Telefon może mieć kilka programów. Każdy ma własny kod i własne punkty.
phone-enrol-code = Kod rejestracji
phone-enrol-hint = Wklej cały tekst
phone-enrol-go = Dołącz
phone-from-photo = Ze zdjęcia
phone-camera-off = Wyłącz aparat
phone-camera-again = Spróbuj aparatu ponownie
phone-camera-picture = Obraz z aparatu
phone-camera-starting = Aparat się uruchamia
phone-camera-aim = Trzymaj kod w ramce

phone-switch = Program i punkt
phone-makers = Programy
phone-outlets = Gdzie teraz pracujesz

phone-balance = Do wydania
phone-of = z { $count }
phone-progress = { $done } z { $all }
phone-none-pending = Nic nie oczekuje
phone-today = Dziś { $points }
phone-wish-reached = Możesz ją już odebrać
phone-wish-when-counted = Twoja, gdy oczekujące zostaną zaliczone
phone-wish-missing = Brakuje: { $points }
phone-wish-choose = Wybierz, na co zbierasz
phone-scan-sale = Zeskanuj sprzedaż
phone-recent = Ostatnio
phone-all-activity = Cała historia
phone-recent-none = Jeszcze nic
phone-recent-none-text = Zeskanuj kod sprzedanego towaru: punkty widać od razu, także bez sieci.
phone-activity-none-text = Tu będzie to, co zarobisz i wydasz.
phone-buyer-none-text = Pokaż swój kod przy kasie: tu pojawią się punkty.

phone-campaign = Kampania
phone-campaign-from = Liczy się × { $factor } od { $date }
phone-campaign-until = Liczy się × { $factor } do { $date }
phone-campaign-time = { $from } – { $until }
phone-campaign-together = Sprzedane razem
phone-campaign-each = { $points } za sztukę, w kampanii × { $factor }
phone-campaign-lesson-first = Otwiera ją krótka lekcja
phone-campaign-open = Liczy się dla Ciebie
phone-campaign-open-lesson = Lekcja zaliczona: liczy się dla Ciebie
phone-campaign-over = Ta kampania się skończyła
phone-lesson = Lekcja
phone-lesson-start = Zacznij lekcję
phone-lesson-again = Przeczytaj lekcję ponownie
phone-lesson-worth =
    { $count ->
        [one] { $count } pytanie, { $points }
        [few] { $count } pytania, { $points }
       *[other] { $count } pytań, { $points }
    }
phone-question = Pytanie { $number } z { $count }
phone-quiz-open =
    { $count ->
        [one] { $count } pytanie bez odpowiedzi
        [few] { $count } pytania bez odpowiedzi
       *[other] { $count } pytań bez odpowiedzi
    }
phone-quiz-submit = Wyślij odpowiedzi
phone-quiz-passed = Wszystko dobrze: lekcja zaliczona
phone-quiz-waits = Odpowiedzi zapisane
phone-quiz-wrong = Nie wszystkie odpowiedzi są dobre
phone-quiz-passed-before = Ta lekcja jest już zaliczona

phone-scan-title = Skanowanie
phone-scan-type = Wpisz kod
phone-scan-claim = Zgłoś
phone-scan-help = Kod jest na karcie gwarancyjnej, w pudełku albo na paragonie.
phone-scan-next = Zeskanuj następny
phone-what-sold = Co sprzedano?
phone-receipt-of = Paragon na { $amount }. Wybierz sprzedany produkt.
phone-code-without-product = Z kodu nie wynika, jaki to produkt. Wybierz go.
phone-perhaps-used-title = Już użyty?
phone-perhaps-used = Ten kod prawdopodobnie został już użyty. Jeśli uważasz inaczej, wyślij go: rozstrzygnie serwer.
phone-send-used = Wyślij mimo to
phone-scan-another = Zeskanuj inny kod
phone-product-search = Nazwa albo numer
phone-product-recent = ostatnio używany
phone-product-unsure = Nie mam pewności: niech ustali to serwer
phone-product-none = Nie ma takiego produktu
phone-product-none-text = Wpisz mniej liter albo numer spod kresek.

phone-result-title = Twoje zgłoszenie
phone-result-sending = Jest zapisane w telefonie i wyśle się samo.
phone-result-pending = Serwer je ma; jeszcze się nie liczy.
phone-result-review = Serwer je ma; ogląda je kierownik.
phone-result-attached = Ta sprzedaż była już znana. Dołączono Twój dowód.
phone-result-confirmed = Punkty są Twoje.
phone-result-refused = Za to nie ma punktów.
phone-result-reversed = Punkty zostały cofnięte.
phone-why = Dlaczego
phone-counted = Jak to policzono

phone-filter-all = Wszystkie
phone-filter-waits = Czekają
phone-filter-refused = Odrzucone
phone-filter-none = Nic takiego nie ma
phone-line-confirmed = Serwer to ma
phone-line-here = Na razie ma to tylko ten telefon

phone-shop-how = Pokaż swój kod przy kasie, a kasjer wyda nagrodę.
phone-show-code = Pokaż mój kod
phone-shop-none = Nie ma jeszcze nagród
phone-shop-none-text = Pojawią się przy następnym połączeniu z serwerem.
phone-within-reach = To możesz już mieć
phone-price-and-cash = { $points } + { $money }
phone-reward-goods = Towar
phone-reward-voucher = Bon
phone-reward-topup = Doładowanie
phone-reward-experience = Przeżycie
phone-reward-partpay = Częściowa zapłata
phone-reward-at-till = Przy kasie
phone-reward-left =
    { $count ->
        [one] została { $count } sztuka
        [few] zostały { $count } sztuki
       *[other] zostało { $count } sztuk
    }
phone-reward-gone = Brak na stanie
phone-reward-reach = Punktów wystarczy
phone-reward-missing = Brakuje: { $points }
phone-wish-set = Zbieram na to
phone-wish-mine = Na to zbierasz

phone-role-seller = Sprzedawca
phone-role-cashier = Kasjer
phone-role-merchandiser = Merchandiser
phone-role-buyer = Uczestnik
phone-role-owner = Właściciel
phone-me-programme = Program
phone-me-server = Serwer
phone-me-version = Wersja
phone-me-last-sync = Ostatnie połączenie { $time }
phone-sync-now = Wyślij i pobierz teraz
phone-sync-done = Wszystko aktualne
phone-sync-sent =
    { $count ->
        [one] Wysłano { $count }
        [few] Wysłano { $count }
       *[other] Wysłano { $count }
    }
phone-queue-empty = Wszystko wysłane
phone-queue-queued = Zapisane tutaj; wyśle się samo, gdy będzie sieć
phone-queue-sending = Właśnie się wysyła
phone-queue-blocked = Wysyłanie tu stanęło; dane są zachowane
phone-queue-parked = Serwer przechowuje to do decyzji kierownika
phone-queue-accepted = Wysłane i przyjęte
phone-queue-adjusted = Przyjęte; serwer ustalił punkty
phone-queue-kind-claim-submit = Zgłoszenie
phone-queue-kind-visit-record = Wizyta
phone-queue-kind-quiz-submit = Odpowiedzi do lekcji
phone-queue-kind-goal-set = Życzenie
phone-queue-kind-referral-accept = Polecenie
phone-queue-kind-event-record = Zmierzone zdarzenie
phone-queue-kind-reward-redeem = Nagroda
phone-queue-kind-sale-record = Sprzedaż
phone-queue-kind-sale-void = Anulowana sprzedaż
phone-uploads-title = Zdjęcia w drodze
phone-upload-sent = Wysłano { $sent } z { $size }
phone-upload-next = Następne do wysłania
phone-upload-command = Pójdzie po swoim zgłoszeniu
phone-upload-metered = Czeka na Wi-Fi: wysłanie { $size } teraz zużyłoby dane komórkowe
phone-upload-battery-low = Czeka na zasilanie: bateria jest słaba
phone-upload-now = Wyślij mimo to

phone-visits-here = Gotowe tutaj
phone-visits-uploaded = Wysłane
phone-of-stops =
    { $count ->
        [one] z { $count } przystanku
        [few] z { $count } przystanków
       *[other] z { $count } przystanków
    }
phone-visits-waiting = Reszta czeka na sieć
phone-visits-all-sent = Nic nie czeka
phone-visits-points = { $points } – oczekuje
phone-stops-none = Brak przystanków
phone-stops-none-text = Trasa pojawi się przy następnym połączeniu z serwerem.
phone-stop-gone = Tego przystanku nie ma już na trasie
phone-day-today = Dziś, { $date }
phone-day-tomorrow = Jutro, { $date }
phone-stop-open = Do zrobienia
phone-stop-started = W toku
phone-stop-waiting = Gotowe, jeszcze niewysłane
phone-stop-review = Sprawdzane
phone-stop-approved = Przyjęte
phone-stop-refused = Odrzucone
phone-stop-offline = Bez sieci na miejscu
phone-visit = Wizyta
phone-visit-of = Przystanek { $number } z { $count }
phone-visit-since = Na miejscu od { $time }
phone-visit-offline = Tu raczej nie ma sieci. Wszystko zapisze się w telefonie i wyśle później.
phone-visit-check-in = Jestem na miejscu
phone-visit-close = Zamknij wizytę
phone-visit-complete = Wszystko zrobione
phone-visit-needs-photo = Brakuje zdjęcia
phone-visit-needs-answers =
    { $count ->
        [one] { $count } punkt bez odpowiedzi
        [few] { $count } punkty bez odpowiedzi
       *[other] { $count } punktów bez odpowiedzi
    }
phone-check-fix = Możesz to teraz poprawić?
phone-visit-note = Uwaga
phone-visit-photo = Zdjęcie półki
phone-visit-photo-needed = Potrzebne przed zamknięciem
phone-visit-photo-free = Jeśli jest co pokazać
phone-photo-choose = Wybierz zdjęcie
phone-photo-number = Zdjęcie { $number }
phone-photo-gone = Wysłane; nie ma go już w telefonie
phone-photo-remove = Usuń: { $title }
phone-visit-found = W porządku: { $right } z { $count }
phone-visit-kept = Zapisane w telefonie; wyśle się samo, gdy będzie sieć
phone-visit-next = Dalej: { $name }

phone-code-picture = Twój kod jako obraz
phone-code-show = Pokaż to przy kasie
phone-code-changes =
    { $count ->
        [one] Zmieni się za { $count } sekundę; działa bez sieci
        [few] Zmieni się za { $count } sekundy; działa bez sieci
       *[other] Zmieni się za { $count } sekund; działa bez sieci
    }
# Jak daleko jest zgłoszenie
phone-steps = Jak daleko jest
phone-step-of = Krok { $number } z { $count }
phone-stage-queued = Zapisane tutaj
phone-stage-sent = Wysłane
phone-stage-checking = Sprawdzane
phone-stage-approved = Zatwierdzone
phone-stage-rejected = Odrzucone
phone-stage-credited = Do wydania
phone-stage-paid = Wydane

# Kilka kodów na jednym zdjęciu
phone-several =
    { $count ->
        [one] { $count } kod na zdjęciu
        [few] { $count } kody na zdjęciu
       *[other] { $count } kodów na zdjęciu
    }
phone-several-text = Zaznacz te, które sprzedano. Każdy kod zgłaszany jest osobno.
phone-several-code = Kod z opakowania
phone-several-receipt = Paragon na { $amount }
phone-several-claim =
    { $count ->
        [one] Zgłoś { $count } kod
        [few] Zgłoś { $count } kody
       *[other] Zgłoś { $count } kodów
    }
phone-several-other = Inne zdjęcie

# Półka
phone-shelf = Produkty na półce
phone-shelf-text = Zdjęcie półki zlicza wszystkie kody produktów, które da się na nim odczytać.
phone-shelf-next = Kolejne zdjęcie dolicza się do sumy. Popraw liczbę tam, gdzie zdjęcie coś pominęło.
phone-shelf-take = Sfotografuj półkę
phone-shelf-choose = Policz ze zdjęcia
phone-shelf-share = Nasz udział: { $share }
phone-shelf-own = Nasz produkt
phone-shelf-other = Inny produkt
phone-shelf-less = O jeden mniej: { $name }
phone-shelf-more = O jeden więcej: { $name }
phone-error-no-product-code-found = Na zdjęciu nie ma kodu produktu
    .remedy = Zrób je z bliższa i na wprost, aby kreski były ostre.
phone-error-shelf-full = Na tej półce jest zbyt wiele różnych produktów
    .remedy = Usuń z listy produkty, których nie trzeba liczyć.

# Paragon jako zdjęcie i co oznacza jeden kod
phone-receipt-title = Zdjęcie paragonu
phone-receipt-none = Brak kwadratowego kodu? Wyślij zdjęcie
phone-receipt-text = Cały paragon, płasko i ostro. Sprawdzi go kierownik.
phone-receipt-picture = Zdjęcie paragonu
phone-receipt-take = Sfotografuj paragon
phone-receipt-choose = Wybierz zdjęcie
phone-receipt-product = Co sprzedano?
phone-receipt-other-product = Inny produkt
phone-receipt-number = Numer paragonu
phone-receipt-day = Data paragonu
phone-receipt-total = Suma
phone-receipt-free = Jeśli da się odczytać
phone-receipt-send = Wyślij zdjęcie
phone-receipt-earlier = Otwórz moje wcześniejsze zgłoszenia
phone-covers-title = Co oznacza
phone-covers-unit = Pojedyncza sztuka { $number }
phone-covers-carton = Karton { $number }
phone-covers-pallet = Paleta { $number }
phone-covers-other = { $level } { $number }
phone-covers-logistic = Paleta lub karton z numerem SSCC
phone-covers-waybill = List przewozowy { $number }
phone-covers-unknown = Serwer wie, co w niej jest, i to policzy.
phone-covers-rest = To, co już z niej zgłoszono, nie liczy się ponownie.
phone-covers-claim-all = Zgłoś całość
phone-covers-pieces =
    { $count ->
        [one] { $pieces } sztuka
        [few] { $pieces } sztuki
       *[other] { $pieces } sztuk
    }
phone-covers-claim =
    { $count ->
        [one] Zgłoś { $pieces } sztukę
        [few] Zgłoś { $pieces } sztuki
       *[other] Zgłoś { $pieces } sztuk
    }
