# Words of the terminal screens.

# First contact.
terminal-title = Terminal Carrot
terminal-queue-safe = Niewysłane dane są bezpieczne na tym terminalu
terminal-lost = Program obsługujący ten ekran nie odpowiada. Zapisane dane są bezpieczne; uruchom go ponownie.
terminal-not-a-till = To urządzenie nie jest kasą
terminal-not-a-till-text = Jest zarejestrowane jako telefon. Otwórz ekrany telefonu albo zarejestruj osobny terminal.

# Enrolment.
terminal-enrol-title = Zarejestruj terminal
terminal-enrol-text = Operator tworzy kod rejestracji w konsoli. Zeskanuj go tutaj, wklej albo wybierz jego zdjęcie.
terminal-enrol-code = Kod rejestracji
terminal-enrol-hint = Każdy kod rejestruje jedno urządzenie, jeden raz.
terminal-enrol-name = Nazwa terminala
terminal-enrol-name-first = Kasa 1
terminal-enrol-go = Zarejestruj

# Sign-in and sign-out.
terminal-sign-in = Kto jest przy kasie?
terminal-cashier = Kasjer
terminal-other-cashier = Ktoś inny
terminal-no-cashiers = Nie ma tu jeszcze kasjerów
terminal-no-cashiers-text = Operator dodaje osoby do tego punktu w konsoli. Potem pobierz je tutaj.
terminal-pin = PIN
terminal-pin-of = PIN: { $name }
terminal-pin-locked-until = Zablokowane do { $time }
terminal-leave-title = Wylogować: { $name }?
terminal-leave-text = Wszystko zostało wysłane. Może zalogować się następna osoba.
terminal-leave-waits =
    { $count ->
        [one] { $count } wpis nie został jeszcze wysłany
        [few] { $count } wpisy nie zostały jeszcze wysłane
       *[other] { $count } wpisów nie zostało jeszcze wysłanych
    }
terminal-leave-waits-text = Są bezpieczne na terminalu i wyślą się same, gdy wróci sieć. Jeśli możesz, poczekaj chwilę.
terminal-leave-sale = Sprzedaż na ekranie nie jest zakończona i przepadnie
terminal-leave-stay = Zostań
terminal-leave-anyway = Wyloguj mimo to

# The sale.
terminal-sale = Sprzedaż
terminal-scan-next = Zeskanuj lub wpisz towar
terminal-scan-short = Skanuj/wpisz
terminal-scan-file = Odczytaj ze zdjęcia
terminal-basket = Koszyk
terminal-basket-empty = Gotowe na następną osobę
terminal-basket-empty-text = Zeskanuj towar lub kod kupującego. Możesz też wpisać nazwę, numer albo kwotę.
terminal-col-pieces = Szt.
terminal-col-item = Towar
terminal-col-each = Cena
terminal-col-sum = Suma
terminal-line-amount = Kwota bez towaru
terminal-line-unit = odczytano kod sztuki
terminal-line-buyer = kupujący { $points }
terminal-line-seller = sprzedawca { $points }
terminal-line-none = bez punktów
terminal-count-lines =
    { $count ->
        [one] { $count } pozycja
        [few] { $count } pozycje
       *[other] { $count } pozycji
    }
terminal-count-pieces =
    { $count ->
        [one] { $count } sztuka
        [few] { $count } sztuki
       *[other] { $count } sztuk
    }
terminal-receipt-noted = paragon zapisany
terminal-to-pay = Do zapłaty
terminal-people = Osoby i punkty
terminal-finish = Zakończ sprzedaż
terminal-next-sale = Następna sprzedaż

# The keys.
terminal-keys = Klawisze
terminal-key-item = Szukaj
terminal-key-buyer = Kupujący
terminal-key-seller = Sprzedawca
terminal-key-void = Cofnij ostatnią
terminal-key-amount = Kwota
terminal-key-quantity = Ilość
terminal-key-remove = Usuń pozycję
terminal-key-clear = Wyczyść
terminal-key-redeem = Odbierz
terminal-removed = Pozycja usunięta
terminal-cleared = Sprzedaż wyczyszczona

# What the scan line says.
terminal-say-added = { $item }: { $count }
terminal-say-amount = Dodano { $amount }
terminal-say-buyer = Kupujący: { $name }
terminal-say-finished = Zapisano
terminal-say-voided = Cofnięto
terminal-say-full = Sprzedaż mieści 20 pozycji. Najpierw ją zakończ.
terminal-say-nothing = Nie ma jeszcze czego kończyć
terminal-say-one-piece = Ta pozycja to zawsze jedna sztuka
terminal-say-reading = Odczytuję
terminal-say-receipt = Zapisano paragon: { $amount }
terminal-say-unit-twice = Ta sztuka jest już w tej sprzedaży
terminal-say-which-product = Z jakiego towaru jest ten kod?

# Buyer and seller.
terminal-buyer-empty = Brak kupującego
terminal-buyer-empty-sub = Zeskanuj kod albo znajdź po numerze
terminal-buyer-unnamed = Kupujący bez nazwiska
terminal-buyer-proven = Kod okazany
terminal-buyer-earns = Może zbierać
terminal-buyer-remove = Usuń kupującego
terminal-buyer-title = Kto kupuje?
terminal-buyer-text = Zeskanuj kod z telefonu albo kartę. Możesz też wpisać numer telefonu.
terminal-buyer-label = Numer telefonu, karta lub kod
terminal-buyer-go = Znajdź
terminal-balance-unknown = Saldo tu nieznane
terminal-balance-unsent = { $points } jeszcze nie wysłano
terminal-balance-later = Nowe saldo będzie znane po wysłaniu.
terminal-seller-empty = Nie wybrano sprzedawcy
terminal-seller-empty-sub = Wybierz, kto sprzedał
terminal-seller-shift = Sprzedawca, na tę zmianę
terminal-seller-title = Kto sprzedał?
terminal-seller-text = Wybór pozostaje na kolejne sprzedaże, do zmiany lub wylogowania.
terminal-seller-none = Nie ma tu jeszcze sprzedawców
terminal-seller-nobody = Bez sprzedawcy
terminal-role-seller = Sprzedawca
terminal-role-cashier = Kasjer
terminal-role-owner = Właściciel
terminal-nobody = Nikt

# Both pots.
terminal-pots = Punkty za tę sprzedaż
terminal-pot-buyer = Kupujący
terminal-pot-seller = Sprzedawca
terminal-pot-empty = Pojawi się z pierwszym towarem
terminal-pot-none = Te towary nie dają punktów
terminal-discount = Rabat: { $name } ({ $rate }), − { $amount }
terminal-pot-no-buyer = Bez kupującego nikt ich nie zbierze
terminal-pot-no-seller = Bez sprzedawcy nikt ich nie dostanie
terminal-sum-line = { $item }: { $sum } = { $points }
terminal-sum-amount = { $amount }: { $each } za każde { $step } = { $points }

# Done.
terminal-done-title = Sprzedaż zapisana
terminal-done-balance = Nowe saldo:
terminal-done-no-buyer = Ta sprzedaż była bez kupującego.
terminal-done-confirmed = Potwierdzone przez serwer
terminal-done-waits = Czeka na sieć
terminal-done-waits-text = Jest tu bezpieczna i wyśle się sama.
terminal-done-next = Następny skan zacznie nową sprzedaż.

# Find an item, enter amounts and quantities.
terminal-item-title = Znajdź towar
terminal-item-label = Część nazwy lub numeru
terminal-item-orphan = Wybierz lub zeskanuj towar, do którego należy { $code }
terminal-item-none = Nie znaleziono towaru
terminal-item-none-text = Wpisz mniej liter albo podaj kwotę.
terminal-item-no-price = brak ceny
terminal-amount-title = Podaj kwotę
terminal-amount-text = Dla towarów spoza listy.
terminal-amount-label = Kwota
terminal-amount-go = Dodaj
terminal-price-title = Cena: { $item }
terminal-price-text = Lista nie ma tu ceny. Podaj cenę jednej sztuki.
terminal-quantity-title = Ile sztuk?
terminal-quantity-label = Sztuki
terminal-quantity-less = O jedną mniej
terminal-quantity-more = O jedną więcej
terminal-quantity-range = Od 1 do { $max }
terminal-quantity-go = Ustaw

# Undo the last sale, and the list of sales.
terminal-void-title = Cofnąć ostatnią sprzedaż?
terminal-void-text = Punkty obu stron zostaną cofnięte. Sprzedaż zostanie na liście jako cofnięta.
terminal-void-unseen = Ostatnia sprzedaż na tym terminalu.
terminal-void-nothing = Nie ma czego cofać
terminal-void-nothing-text = Ostatnia sprzedaż jest już cofnięta albo jej nie było.
terminal-void-keep = Zostaw
terminal-void-go = Cofnij sprzedaż
terminal-void-done = Sprzedaż cofnięta
terminal-void-waits = Sprzedaż cofnięta tutaj; wyśle się, gdy będzie sieć
terminal-sales-title = Dzisiejsze sprzedaże
terminal-sales-empty = Jeszcze bez sprzedaży
terminal-sales-empty-text = Tu pojawią się sprzedaże z ostatnich 24 godzin.
terminal-sale-buyer = Kupujący { $name } { $points }
terminal-sale-seller = Sprzedawca { $name } { $points }
terminal-sale-void = Cofnięta
terminal-sale-sent = Wysłana
terminal-sale-waits = Czeka

# Redeem.
terminal-redeem-title = Odbiór nagrody
terminal-proof-ask = Poproś kupującego o zmienny kod z telefonu i zeskanuj go.
terminal-proof-why = { $name }: znaleziono po numerze lub karcie. To wystarcza do zbierania, nie do wydawania.
terminal-proof-scan = Zeskanuj zmienny kod
terminal-rewards-none = Brak nagród przy tej kasie
terminal-rewards-none-text = Program nie ma nagród wydawanych przez kasjera.
terminal-reward-and-cash = { $points } i { $cash }
terminal-reward-left =
    { $count ->
        [one] została { $count }
        [few] zostały { $count }
       *[other] zostało { $count }
    }
terminal-reward-gone = Brak
terminal-reward-enough = Saldo wystarcza
terminal-reward-short = brakuje { $points }
terminal-reward-short-some = Za mało
terminal-reward-unknown = Saldo nieznane
terminal-reward-covered = Działa offline
terminal-reward-online = Wymaga sieci
terminal-redeem-choose = Wybierz nagrodę
terminal-redeem-go = Odbierz za { $cost }
terminal-redeem-give = Wydaj nagrodę
terminal-redeem-wait = Jeszcze nie wydawaj
terminal-redeem-refused = Nie wydawaj nagrody
terminal-redeem-confirmed-text = Serwer to zaksięgował.
terminal-redeem-lease-text = Nie ma sieci, ale limit offline terminala to pokrywa. Zaksięguje się przy następnym połączeniu.
terminal-redeem-wait-text = Serwer dostał pytanie, ale jeszcze nie odpowiedział. Zajrzyj do kolejki lub spróbuj za chwilę.
terminal-redeem-refused-text = Z salda nic nie pobrano.

# Queue and lease.
terminal-queue-title = Kolejka i sieć
terminal-queue-none = Wszystko wysłane
terminal-queue-waits =
    { $count ->
        [one] { $count } wpis czeka na wysłanie
        [few] { $count } wpisy czekają na wysłanie
       *[other] { $count } wpisów czeka na wysłanie
    }
terminal-queue-oldest = Najstarszy: { $when }
terminal-queue-last = Ostatni kontakt: { $when }
terminal-queue-never = Jeszcze bez kontaktu z serwerem
terminal-queue-empty = Nic nie czeka
terminal-queue-empty-text = Tu pojawią się sprzedaże, cofnięcia i nagrody z tego terminala z odpowiedzią serwera.
terminal-sync-now = Wyślij i pobierz teraz
terminal-syncing = Łączę się z serwerem
terminal-synced = Wysłano: { $sent }. Odebrano: { $received }.
terminal-synced-rejected = Odrzucono: { $count }.
terminal-item-queued = Czeka
terminal-item-sending = W drodze
terminal-item-accepted = Przyjęto
terminal-item-blocked = Wstrzymano
terminal-did-sale-record = Sprzedaż
terminal-did-sale-void = Cofnięta sprzedaż
terminal-did-reward-redeem = Odebrana nagroda
terminal-did-lease-request = Prośba o limit offline
terminal-did-lease-return = Zwrot części limitu offline
terminal-did-claim-submit = Zgłoszenie
terminal-did-visit-record = Wizyta
terminal-did-quiz-submit = Odpowiedzi do lekcji
terminal-did-goal-set = Życzenie
terminal-did-review-decide = Decyzja
terminal-did-other = Wpis: { $kind }
terminal-lease-title = Limit nagród offline
terminal-lease-of = z { $granted }
terminal-lease-exposure = { $points } jeszcze niezaksięgowane
terminal-lease-until = Ważny do { $when }
terminal-lease-stale = Limit offline jest zbyt stary; połącz się raz, aby go odnowić
terminal-lease-none = Terminal nie ma limitu offline: bez sieci zapisuje sprzedaże, ale nie wydaje nagród.
terminal-lease-wish = Ile punktów
terminal-lease-ask = Poproś
terminal-lease-back = Zwróć
terminal-lease-text = Serwer decyduje, ile terminal może wydać offline.

# Camera, sounds and settings.
terminal-camera-title = Kamera
terminal-camera-starting = Uruchamiam kamerę
terminal-camera-aim = Trzymaj kod płasko, tak by wypełnił obraz.
terminal-camera-pick = Która kamera
terminal-camera-first = Pierwsza dostępna
terminal-camera-number = Kamera { $number }
terminal-camera-try = Wypróbuj
terminal-camera-stop = Zatrzymaj
terminal-camera-read = Odczytano: { $text }
terminal-camera-none = Nie znaleziono kamery
terminal-camera-none-text = Podłącz ją lub zezwól na nią w systemie. Czytnik, zdjęcia i klawiatura działają bez niej.
terminal-camera-again = Szukaj ponownie
terminal-sound-text = Jeden dźwięk: gotowe, drugi: błąd. Błąd zawsze widać też na ekranie.
terminal-sound-done = Gotowe
terminal-sound-wrong = Błąd
terminal-volume = Głośność
terminal-about-server = Serwer
terminal-about-sync = Ostatni kontakt
terminal-never = Nigdy

# What a code reader refuses.
error-code-not-ours = Ten kod nic nie mówi temu programowi
    .remedy = Zeskanuj kod towaru albo kupującego. Możesz też znaleźć towar po nazwie.
error-code-damaged = Tego kodu nie da się poprawnie odczytać
    .remedy = Zeskanuj ponownie albo użyj drugiego kodu na opakowaniu.
error-bad-length = Ten numer ma za mało lub za dużo cyfr
    .remedy = Porównaj z etykietą i wpisz ponownie albo zeskanuj.
error-cyrillic-layout = Czytnik wpisuje litery cyrylicy
    .remedy = Przełącz klawiaturę na łacińską i zeskanuj ponownie.
error-compressed-link = Ten kod ma skróconą postać, która nie jest obsługiwana
    .remedy = Zeskanuj drugi kod na opakowaniu albo wpisz numer.
error-deadline = Odczyt zdjęcia trwał zbyt długo
    .remedy = Wybierz mniejsze zdjęcie, na którym jest tylko kod.
error-camera-failed = Kamera przestała działać
    .remedy = Sprawdź przewód i spróbuj ponownie albo użyj zdjęcia.
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
error-bad-enrolment-code = To nie jest kod rejestracji
    .remedy = Skopiuj cały kod z konsoli albo zeskanuj go tam.
error-device-in-use = Inny program ma otwarte dane tego urządzenia
    .remedy = Zamknij drugie okno i spróbuj ponownie.
error-keyring-unavailable = Systemowy magazyn kluczy nie odpowiada
    .remedy = Odblokuj go lub zaloguj się ponownie do systemu. Niewysłane dane są zachowane.
error-outbox-unreadable = Nie można odczytać pliku z niewysłanymi danymi
    .remedy = Nie usuwaj go. Zadzwoń do pomocy: może da się go naprawić.
error-storage-failed = Urządzenie nie mogło zapisać danych
    .remedy = Sprawdź, czy na dysku jest miejsce i prawo zapisu, i spróbuj ponownie.
error-protocol-error = Nie udało się zrozumieć odpowiedzi serwera
    .remedy = Sprawdź adres serwera albo zaktualizuj program. Niewysłane dane są zachowane.
error-server-error = Serwer ma usterkę
    .remedy = Praca trwa tutaj; dane wyślą się ponownie same.
error-too-many-attempts = Za dużo prób w krótkim czasie
    .remedy = Poczekaj minutę i spróbuj ponownie.
error-busy = W tej chwili dzieje się zbyt dużo
    .remedy = Poczekaj chwilę i spróbuj ponownie.

# Kilka programów na jednej kasie
terminal-programmes = Programy tej kasy
terminal-programmes-text = Pole skanowania przyjmuje kody ich wszystkich. Każdy program ma własne logowanie, punkty i kolejkę.
terminal-programmes-sale = Najpierw zakończ lub wyczyść sprzedaż
terminal-programme-switch = Zmień program
terminal-programme-person = Zalogowano: { $name }
terminal-programme-nobody = Nikt nie jest zalogowany
terminal-programme-no-lease = Brak limitu offline
terminal-programme-now = Teraz { $name }
terminal-programme-waits-pin = Kod czeka w tym programie. Zaloguj się, a zostanie przyjęty.
terminal-join-text = Zeskanuj kod rejestracji od drugiego producenta, wklej go albo wybierz jego zdjęcie. Programy, które już tu są, pozostaną.
terminal-other-title = Ten kod należy do programu { $name }
terminal-other-switch = Zmień na { $name }
terminal-other-sale =
    { $name }: { $count ->
        [one] { $count } pozycja jest niezakończona
        [few] { $count } pozycje są niezakończone
       *[other] { $count } pozycji jest niezakończonych
    }
terminal-other-text = Ta sprzedaż zachowuje swój program. Najpierw ją zakończ; następna będzie w { $name }.
terminal-other-finish = Zakończ tę sprzedaż
terminal-other-next = Zapisano. Następnie { $name }
terminal-resting-title = Opuszczone na tej kasie
terminal-leave-programme-text = Kasa przestanie obsługiwać program. Wszystkie inne pozostaną. W każdej chwili może tu wrócić.
terminal-leave-programme-keeps = Albo wyjdź teraz: to, co czeka, zostanie bezpiecznie na kasie i wyśle się po powrocie programu.
terminal-leave-programme-lease = Kasa ma jeszcze limit offline: { $points }. Najpierw go zwróć, inaczej pozostanie dla niej odłożony.
