# Words of the console screens.
console-title = Konsola Carrot
console-user = Nazwa użytkownika
console-password = Hasło
console-scheme-system = Auto

# Places
console-nav-today = Dzisiaj
console-nav-review = Do oceny
console-nav-people = Osoby
console-nav-sales = Sprzedaż
console-nav-claims = Zgłoszenia
console-nav-visits = Wizyty
console-nav-products = Produkty
console-nav-rules = Reguły
console-nav-devices = Urządzenia
console-nav-money = Finanse
console-nav-audit = Dziennik zdarzeń

# Lists
console-page = { $first }–{ $last } z { $all }
console-page-before = Poprzednia strona
console-page-after = Następna strona
console-nobody = Nikt
console-by = przez: { $name }
console-all-roles = Wszystkie role
console-all-states = Wszystkie stany
console-all-outlets = Wszystkie punkty
console-all-categories = Wszystkie kategorie
console-all-devices = Wszystkie rodzaje
console-name = Imię i nazwisko
console-role = Rola
console-outlet = Punkt sprzedaży
console-person = Osoba
console-cashier = Kasjer
console-seller = Sprzedawca
console-buyer = Kupujący
console-merchandiser = Merchandiser
console-product = Produkt
console-category = Kategoria
console-when = Kiedy
console-amount = Kwota
console-points = Punkty
console-points-both = Kupujący / sprzedawca
console-state = Stan
console-kind = Rodzaj
console-last = Ostatnia aktywność
console-spendable = Do wydania
console-code = Kod
console-phone = Telefon
console-email = E-mail
console-clawback = Do zwrotu po korektach
console-devices = Urządzenia
console-history = Historia
console-history-none = Jeszcze nic się nie wydarzyło
console-history-none-text = Tu pojawi się sprzedaż, zgłoszenia i wizyty wraz z uzasadnieniem.

# Today
console-today-sub = Program w skrócie
console-issued = Przyznane dzisiaj
console-issued-note = { $points } w ciągu 31 dni
console-active = Aktywni w tym tygodniu
console-active-unit = z { $all } osób
console-active-note = Działali w ostatnich 7 dniach
console-liability = Należne uczestnikom
console-liability-note = w tym oczekuje { $points }
console-exposure = Ryzyko offline, najwyżej
console-exposure-note = dotąd utracono { $points }
console-series = { $name }, ostatnie 31 dni
console-chart-title = Punkty przyznane dziennie
console-chart-label = Punkty przyznane dziennie, { $points } w ciągu 31 dni
console-chart-last = { $points } dzisiaj
console-waiting = Czeka na Ciebie
console-waiting-none = Nic nie czeka
console-waiting-none-text = Tu pojawią się zdjęcia, niskie stany i milczące urządzenia.
console-waiting-reviews =
    { $count ->
        [one] { $count } sprawa do oceny
        [few] { $count } sprawy do oceny
       *[other] { $count } spraw do oceny
    }
console-waiting-reviews-sub = najstarsza { $since } · { $points }
console-waiting-parked =
    { $count ->
        [one] { $count } polecenie odłożone
        [few] { $count } polecenia odłożone
       *[other] { $count } poleceń odłożonych
    }
console-waiting-parked-sub = Musi zdecydować człowiek · najstarsze { $since }
console-waiting-stock = { $name }: zostało { $left }
console-waiting-stock-sub = Ta nagroda wkrótce się skończy
console-waiting-silent = { $name } milczy
console-waiting-silent-sub = ostatni kontakt { $since } · limit { $points }

# Review
console-review-sub = Obejrzyj, porównaj, zdecyduj.
console-review-open =
    { $count ->
        [one] { $count } otwarta
        [few] { $count } otwarte
       *[other] { $count } otwartych
    }
console-review-none = Wszystko rozstrzygnięte
console-review-none-text = Nowe wizyty i zgłoszenia pojawią się tutaj.
console-review-own = To dotyczy Ciebie: decyduje ktoś inny.
console-review-waits = Zdjęcie jest jeszcze w drodze. Zatwierdzisz, gdy dotrze.
console-approve = Zatwierdź
console-refuse = Odrzuć
console-approved = Zatwierdzono: { $points } – { $name }
console-refused = Odrzucono: { $name } przeczyta powód
console-refuse-title = Odrzucić?
console-refuse-text = { $name } nie dostanie { $points }. Tego nie można cofnąć.
console-refuse-reason = Dlaczego, słowami dla tej osoby
console-checklist = Lista kontrolna
console-note = Uwaga
console-evidence = Dowody
console-reasons = Dlaczego
console-photo = Zdjęcie { $number } z { $all }
console-photos = Zdjęcia
console-photo-missing = Zdjęcie jeszcze nie dotarło
console-photo-missing-text = Telefon wyśle je przy dobrej sieci.

# People
console-people-search = Nazwisko, kod, telefon lub e-mail
console-people-none = Nikt jeszcze nie uczestniczy
console-people-none-text = Zaimportuj osoby lub pozwól im dołączyć kodem.

# Sales, claims, visits
console-sales-search = Nazwisko lub sprzedaż
console-sales-none = Brak sprzedaży
console-sales-none-text = Pojawią się, gdy terminal je wyśle.
console-void = Anulowana
console-lines = Pozycje
console-typed-amount = Wpisana kwota
console-sale-id = Sprzedaż
console-awards = Przyznane punkty
console-awards-none = Nikt nie dostał punktów.
console-what-happened = Co się wydarzyło
console-claims-search = Sprzedawca, kod lub paragon
console-claims-none = Brak zgłoszeń
console-claims-none-text = Sprzedawcy robią je telefonem, także bez sieci.
console-visits-search = Merchandiser lub punkt
console-visits-none = Brak wizyt
console-visits-none-text = Pojawią się, gdy merchandiser zamknie wizytę.
console-in-order = { $good } z { $all } w porządku
console-there = Na miejscu

# Products
console-products-search = Nazwa, marka lub kod
console-products-none = Cennik jest pusty
console-products-none-text = Zaimportuj produkty, aby przyznawać za nie punkty.
console-price = Cena
console-buyer-points = Punkty kupującego
console-seller-points = Punkty sprzedawcy
console-version = Od wersji
console-version-now = Obowiązuje wersja { $version }
console-changes =
    { $count ->
        [one] { $count } zmiana
        [few] { $count } zmiany
       *[other] { $count } zmian
    }
console-discard = Odrzuć zmiany
console-preview = Podgląd
console-publish = Opublikuj
console-preview-title =
    { $count ->
        [one] { $count } produkt zmieni się w wersji { $version }
        [few] { $count } produkty zmienią się w wersji { $version }
       *[other] { $count } produktów zmieni się w wersji { $version }
    }
console-published =
    { $count ->
        [one] Wersja { $version } opublikowana: zmieniono { $count } produkt
        [few] Wersja { $version } opublikowana: zmieniono { $count } produkty
       *[other] Wersja { $version } opublikowana: zmieniono { $count } produktów
    }

# Rules
console-rules-now = Obowiązujące
console-rules-draft = Projekt
console-rules-versions = Wersje
console-rules-none = Nie ma jeszcze reguł
console-rules-none-text = Produkty dają tyle, ile mówi cennik.
console-rule-when = Kiedy
console-rule-if = Tylko jeśli
console-rule-gives = Daje
console-rule-to = Komu
console-rule-time = Obowiązuje
console-rule-from = od { $at }
console-rule-until = do { $at }
console-rule-limits = Najwyżej
console-rule-budget = Z budżetu

# What rules say
console-trigger-sale = Sprzedaż
console-trigger-payment = Płatność
console-trigger-joined = Ktoś dołącza
console-trigger-event = Zmierzono: { $name }
console-trigger-quiet =
    { $days ->
        [one] { $days } dzień bez zakupu
        [few] { $days } dni bez zakupu
       *[other] { $days } dni bez zakupu
    }
console-trigger-anniversary =
    { $days ->
        [one] { $days } dzień po dołączeniu
        [few] { $days } dni po dołączeniu
       *[other] { $days } dni po dołączeniu
    }
console-effect-per-unit = { $points } za każdą sztukę
console-effect-per-amount = { $points } za każde pełne { $amount }
console-effect-percent = { $rate } kwoty w punktach
console-effect-discount = { $rate } rabatu
console-rate-banded = od { $low } do { $high } ({ $field })
console-effect-multiply = { $times } razy tyle, ile daje pozycja
console-effect-fixed = { $points } jednorazowo
console-effect-every = { $points } za każdym razem, gdy { $tally } przekracza wielokrotność { $nth }
console-effect-per-measure = { $points } za każde pełne { $step } pomiaru
console-effect-levels = { $effect }; z tego w górę łańcucha poleceń: { $shares }
console-cond-is = { $field }: { $values }
console-cond-absent = { $field }: brak
console-cond-between = { $field }: od { $from } do poniżej { $to }
console-cond-from = { $field }: co najmniej { $from }
console-cond-under = { $field }: poniżej { $to }
console-cond-not = nie ({ $cond })
console-cond-lesson = lekcja { $name } zaliczona
console-cond-tier = co najmniej stopień { $step } w { $ladder }
console-cond-referred = z polecenia
console-cond-not-referred = bez polecenia
console-field-product = produkt
console-field-brand = marka
console-field-category = kategoria
console-field-outlet = punkt sprzedaży
console-field-partner = partner
console-field-country = kraj
console-field-city = miasto
console-field-role = rola
console-field-segment = segment
console-field-evidence = dowód
console-field-currency = waluta
console-field-quantity = liczba sztuk
console-field-amount = kwota
console-field-basket = koszyk
console-field-value = wartość
console-field-weekday = dzień tygodnia
console-field-minute = pora dnia
console-who-buyer = Kupujący
console-who-seller = Sprzedawca
console-who-actor = Kto zapisał
console-who-owner = Właściciel sklepu
console-who-shop = Pula sklepu
console-who-staff = Wszyscy pracownicy
console-who-referrer = Kto polecił
console-per-person = na osobę
console-per-outlet = na punkt
console-per-partner = na partnera
console-per-rule = dla wszystkich razem
console-within-day = dziennie
console-within-week = tygodniowo
console-within-month = miesięcznie
console-within-year = rocznie
console-within-ever = łącznie
console-within-days =
    { $days ->
        [one] w { $days } dzień
        [few] w { $days } dni
       *[other] w { $days } dni
    }
console-limit-points = { $points } { $per } { $within }
console-limit-times =
    { $count ->
        [one] { $count } raz { $per } { $within }
        [few] { $count } razy { $per } { $within }
       *[other] { $count } razy { $per } { $within }
    }

# A draft of the rules
console-draft-text = Zestaw reguł jako JSON
console-draft-none = Otwórz plik, wklej zestaw reguł albo zacznij od obowiązujących.
console-draft-open = Otwórz plik
console-draft-copy = Zacznij od obowiązujących
console-draft-check = Sprawdź
console-draft-good =
    { $count ->
        [one] Wersję { $version } można opublikować: { $count } reguła
        [few] Wersję { $version } można opublikować: { $count } reguły
       *[other] Wersję { $version } można opublikować: { $count } reguł
    }
console-draft-problems =
    { $count ->
        [one] Znaleziono { $count } problem
        [few] Znaleziono { $count } problemy
       *[other] Znaleziono { $count } problemów
    }
console-draft-version = Projekt podaje wersję { $version }, a następna to { $next }
console-draft-jump = Wiersz { $line }
console-draft-refused = Trzeba zmienić
console-draft-warning = Ostrzeżenie
console-draft-note = Dlaczego, do listy wersji
console-draft-publish-title = Opublikować wersję { $version }?
console-draft-publish-text = Obowiązuje od razu. Urządzenia dostaną ją przy następnym połączeniu. Budżety zostaną odłożone.
console-draft-published = Obowiązuje wersja { $version }
console-versions-none = Nic tu jeszcze nie opublikowano
console-versions-none-text = Pojawi się tu każda publikacja reguł lub cennika.
console-version-rules =
    { $count ->
        [one] { $count } reguła
        [few] { $count } reguły
       *[other] { $count } reguł
    }
console-version-prices = Cennik

# Replay of a draft
console-replay = Odtworzenie przeszłości
console-replay-run = Odtwórz na przeszłości
console-replay-progress = { $taken } z { $total }
console-replay-cancelled = Odtwarzanie przerwano.
console-replay-failed = Odtwarzanie nie powiodło się na serwerze. Spróbuj ponownie; jeśli to nie pomoże, zajrzyj do dziennika serwera.
console-replay-of =
    { $count ->
        [one] Wersja { $version } na { $count } zdarzeniu, od { $from } do { $to }
        [few] Wersja { $version } na { $count } zdarzeniach, od { $from } do { $to }
       *[other] Wersja { $version } na { $count } zdarzeniach, od { $from } do { $to }
    }
console-replay-now = według obowiązujących reguł { $points }
console-replay-cost = Koszt
console-replay-cost-note = Z podatkiem i składkami
console-replay-discounts = i { $amount } rabatów
console-replay-gain = Zyskają
console-replay-lose = { $lose } mniej, { $stay } tyle samo
console-replay-top = Dla najlepszego 1 %
console-replay-day = Najlepszy dzień: { $points }, { $name }
console-replay-rules = Według reguł
console-replay-roles = Według roli
console-replay-months = Według miesięcy
console-replay-outlets = Według punktów
console-replay-others = Wszystkie inne
console-replay-nowhere = Bez punktu
console-replay-winners = Zyskują najwięcej
console-replay-losers = Tracą najwięcej
console-replay-spread = Rozkład zmian
console-replay-spread-sub = Tylu ludzi ma najwyżej taką zmianę
console-replay-part = { $part } ludzi
console-replay-budgets = Budżety
console-replay-budget = zostaje { $left } z { $all }
console-replay-exhausted = wyczerpany { $date }
console-replay-bounds = Osiągnięte granice
console-replay-bound = obcięte: { $cut } · nic nie zostało: { $refused }
console-bound-limit = limit
console-bound-budget = budżet
console-bound-liability = najwyższe zobowiązanie
console-price-list = Cennik

# Devices and enrolment
console-devices-search = Nazwa urządzenia
console-devices-none = Brak urządzeń
console-devices-none-text = Utwórz kod powyżej i zeskanuj go nowym urządzeniem.
console-device = Urządzenie
console-belongs = Należy do
console-seen = Ostatni kontakt
console-commands = Polecenia
console-silent = Milczy
console-revoke = Odbierz dostęp
console-revoke-title = Odebrać dostęp: { $name }?
console-revoke-text = Nie będzie już sprzedawać, wydawać ani synchronizować. To, czego nie wysłało, poczeka na człowieka. Nie można tego cofnąć: aby znów go użyć, zarejestruj je od nowa.
console-revoked = Odebrano dostęp: { $name }
console-enrol = Zarejestruj urządzenie
console-enrol-sub = Każdy kod daje jedno urządzenie i jest ważny dziesięć minut.
console-enrol-new = Nowy kod
console-enrol-title = Zeskanuj nowym urządzeniem
console-enrol-qr = Kod rejestracji
console-enrol-text = Kod jako tekst
console-enrol-left = Ważny jeszcze { $time }
console-enrol-over = Kod wygasł: utwórz nowy
console-copy = Kopiuj
console-copied = Skopiowano
console-copy-failed = Kopiowanie zablokowane: zaznacz tekst i skopiuj

# Money
console-money-sub = Co jest należne, zablokowane i utracone, w punktach
console-held = W limitach terminali
console-held-note = wolne w budżecie: { $points }
console-loss = Utracone offline
console-loss-note = Jeszcze nieodpisane
console-redeemed = Wydane
console-redeemed-note = z { $points } kiedykolwiek przyznanych
console-leases = Limity terminali
console-leases-none = Żaden limit nie jest wydany
console-leases-none-text = Terminal prosi o limit, by wydawać nagrody bez sieci.
console-lease-held = Zablokowane
console-lease-of = { $held } z { $granted }
console-lease-filled = Uzupełniono
console-lease-until = Wydaje do
console-lease-stale = Musi się połączyć
console-lease-fresh = W użyciu

# Audit log
console-audit-sub = Nic nigdy stąd nie znika
console-action = Czynność
console-actor = Kto
console-subject = Czego dotyczy
console-server = Serwer
console-action-price-list-publish = Opublikowano cennik
console-action-rules-publish = Opublikowano reguły
console-action-session-begin = Zalogowanie
console-action-session-end = Wylogowanie
console-action-participant-view = Podgląd osoby
console-action-device-enrol = Zarejestrowano urządzenie
console-action-device-revoke = Odebrano dostęp urządzeniu
console-action-enrolment-create = Utworzono kod rejestracji
console-action-enrolment-issue = Wydano kod rejestracji
console-action-programme-create = Utworzono program
console-action-import-write = Zaimportowano pliki
console-action-admin-password = Nadano hasło
console-action-server-restore = Przywrócono z kopii
console-action-review-decide = Rozstrzygnięto ocenę

# Members of open sets
console-role-seller = Sprzedawca
console-role-cashier = Kasjer
console-role-buyer = Kupujący
console-role-merchandiser = Merchandiser
console-role-owner = Właściciel sklepu
console-role-purchaser = Zaopatrzeniowiec
console-role-manager = Kierownik
console-role-approver = Zatwierdzający
console-device-terminal = Terminal
console-device-phone = Telefon
console-device-status-active = W użyciu
console-device-status-revoked = Bez dostępu
console-state-active = Potwierdzone
console-state-pending = Oczekuje
console-state-review = W ocenie
console-state-rejected = Odrzucone
console-state-reversed = Cofnięte
console-state-approved = Zatwierdzone
console-state-refused = Odrzucone
console-state-accepted = Przyjęte
console-state-parked = Odłożone
console-state-revoked = Bez dostępu
console-review-visit = Wizyta
console-review-claim = Zgłoszenie
console-activity-sale = Sprzedaż
console-activity-claim = Zgłoszenie
console-activity-visit = Wizyta
console-activity-quiz = Lekcja
console-activity-redeem = Nagroda
console-activity-opening = Saldo początkowe
console-evidence-till = Kasa
console-evidence-code = Kod z pudełka
console-evidence-receipt = Paragon
console-command-sale-record = Sprzedaż
console-command-sale-void = Anulowanie
console-command-claim-submit = Zgłoszenie
console-command-review-decide = Decyzja
console-category-machine = Ekspresy
console-category-beans = Kawa ziarnista
console-category-capsules = Kapsułki
console-category-accessories = Akcesoria
console-category-cups = Filiżanki
console-category-syrups = Syropy
console-category-filters = Filtry

# Refusals that only the console meets
error-login-wrong = Błędna nazwa użytkownika lub hasło
    .remedy = Wpisz je ponownie. Po pięciu błędach trzeba poczekać.
error-login-locked = Zbyt wiele błędnych haseł
    .remedy = Spróbuj ponownie za { $minutes } min lub poproś kierownika o pomoc.
error-awaits-photo = Zdjęcie jeszcze nie dotarło
    .remedy = Poczekaj, aż telefon je wyśle, lub odrzuć z uzasadnieniem.
error-review-closed = Ktoś już to rozstrzygnął
    .remedy = Przejdź do następnej sprawy.
error-review-unknown = Tej sprawy nie ma
    .remedy = Wczytaj listę ponownie.
error-price-list-changed = Ktoś opublikował zmiany w międzyczasie
    .remedy = Sprawdź nowe punkty i opublikuj ponownie.
error-nothing-to-publish = Wszystkie produkty mają już te punkty
    .remedy = Najpierw zmień punkty.
error-participant-unknown = Tej osoby nie ma w programie
    .remedy = Wyszukaj ją po nazwisku.
error-sale-unknown = Ta sprzedaż nie jest tu znana
    .remedy = Mogła jeszcze nie zostać wysłana. Szukaj po punkcie i dniu.
console-review-event = Zmierzone zdarzenie
console-review-signal = Sygnał
console-signal-seen = Obejrzane
console-signal-closed = Sygnał zamknięty
console-activity-event = Zmierzone zdarzenie
console-activity-referral = Polecenie
console-activity-quiet = Witaj ponownie
console-activity-anniversary = Rocznica
console-state-confirmed = Potwierdzone mocniejszym dowodem
console-state-overridden = Kasa wskazała kogoś innego
console-evidence-photo = Zdjęcie
console-evidence-statement = Słowo sprzedawcy
console-command-referral-accept = Polecenie
console-command-event-record = Zmierzone zdarzenie
console-action-event-record = Zapisano zmierzone zdarzenie
console-event-title = Zapisz zdarzenie
console-event-name = Zdarzenie
console-event-value = Ile
console-event-record = Zapisz
console-event-done = Zapisano. Punkty: { $points }
error-rules-refused = Projektu nie można tak opublikować
    .remedy = Sprawdź go: przy każdym problemie jest rada.
error-rules-changed = Wersja nie następuje po obowiązującej: { $version }
    .remedy = Wczytaj reguły ponownie i przenieś zmiany.
error-budget-below-spent = Z budżetu { $budget } wydano już { $spent } punktów
    .remedy = Daj mu co najmniej tyle.
error-replay-running = Trwa inne odtwarzanie
    .remedy = Poczekaj, aż się skończy, albo przerwij je.
