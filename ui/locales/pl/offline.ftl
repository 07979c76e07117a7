# Words of redeeming without a network: till, phone and console.

# Redeeming at the till without a network
offline-redeem-by-phone = Voucher albo telefon kupującego bez sieci
offline-redeem-by-code = Zeskanuj zmienny kod
offline-redeem-how = Wybierz nagrodę. Telefon kupującego potwierdzi ją potem bez sieci.
offline-covers-both = Limit offline terminala pokryje jeszcze { $left }. Voucher na ten terminal pokrywa dodatkowo własne punkty.
offline-covers-voucher = Terminal nie ma już limitu offline. Można przyjąć tylko voucher wystawiony na niego.
offline-reward-voucher = Tylko z voucherem
offline-question-show = Pokaż kod na { $cost }
offline-question-picture = Kod dla telefonu kupującego
offline-question-step-show = Kupujący skanuje ten kod telefonem i potwierdza.
offline-question-step-scan = Zeskanuj kod, który pokaże telefon.
offline-answer-scan = Zeskanuj odpowiedź telefonu
offline-question-left = Ważny jeszcze { $time }
offline-question-over = Ten kod jest za stary. Pokaż nowy.
offline-question-why = Ani terminal, ani telefon nie potrzebują do tego sieci.
offline-question-new = Pokaż nowy kod
offline-choose-again = Wybierz nagrodę
offline-with-voucher-text = Voucher kupującego to pokrywa. Zaksięguje się przy następnym połączeniu.

# The phone: spending at a till without a network
offline-spend-title = Gdy kasa nie ma sieci
offline-spend-text = Zeskanuj kod z ekranu kasy i pokaż odpowiedź. Sieć nie jest potrzebna.
offline-answer-open = Zeskanuj kod kasy
offline-answer-title = Zapłać w kasie
offline-answer-help = Kasjer pokaże kod Twojej nagrody. Zeskanuj go tutaj.
offline-answer-type = Wpisz kod kasy
offline-answer-offline = Działa bez sieci.
offline-agree-title = Zgadzasz się?
offline-agree-where = Gdzie:
offline-till-unknown = Kasa, której ten telefon jeszcze nie zna
offline-agree-voucher = Zapłaci Twój voucher na { $points }
offline-agree-rest = Pozostałe { $points } wróci do Ciebie przy następnym połączeniu kasy.
offline-agree-lease = Kasa zaliczkuje to do powrotu sieci; wtedy punkty zejdą z Twojego salda.
offline-agree-check = Potwierdź tylko, jeśli to właśnie odbierasz.
offline-agree-go = Zgadzam się
offline-agree-not = Nie, wróć
offline-show-title = Twoja odpowiedź
offline-answer-picture = Twoja odpowiedź jako obraz
offline-show-text = Pokaż to kasjerowi
offline-show-voucher = Voucher jest teraz użyty na tę jedną nagrodę. Ta sama kasa może zeskanować odpowiedź ponownie.
offline-show-lease = Odpowiedź dotyczy tylko tej nagrody w tej kasie.

# Vouchers on the phone
offline-vouchers-title = Moje vouchery
offline-vouchers-text = Punkty odłożone dla jednej kasy. Wydasz je tam, nawet gdy nikt nie ma sieci.
offline-vouchers-none = Brak otwartych voucherów
offline-vouchers-none-text = Zrób go, póki masz sieć, zanim ruszysz tam, gdzie jej nie ma.
offline-vouchers-past = Wykorzystane i zwrócone
offline-voucher-new = Odłóż punkty
offline-voucher-on-its-way = W drodze
offline-voucher-ready = Gotowy, także offline
offline-voucher-shown = Użyty w odpowiedzi
offline-voucher-cancelled = Anulowany; punkty wrócą
offline-voucher-returning = Po terminie; wraca
offline-voucher-spent = Wykorzystany
offline-voucher-returned = Zwrócony
offline-voucher-disputed = Sprawdzany
offline-voucher-for = Tylko na: { $reward }
offline-voucher-any = Na dowolną nagrodę w tej kasie
offline-voucher-until = Można użyć do: { $when }
offline-voucher-comes-back = Czego nie wydasz, wróci samo, gdy tylko kasa się potem połączy.
offline-voucher-shown-text = Jeśli kasa przyjęła odpowiedź, rozliczy się przy jej następnym połączeniu; jeśli nie, wróci sam.
offline-voucher-spent-all = Wykorzystano w całości.
offline-voucher-spent-part = Wydano { $spent }, wróciło { $back }
offline-voucher-returned-text = Nie został użyty; punkty znów są Twoje.
offline-voucher-disputed-text = Użyto go więcej niż raz. Dowód sprawdza kierownik.
offline-voucher-till = W której kasie
offline-voucher-reward = Na co
offline-voucher-any-reward = Dowolna nagroda
offline-voucher-points = Ile punktów
offline-voucher-life = Na jak długo
offline-life-hours =
    { $count ->
        [one] { $count } godzina
        [few] { $count } godziny
       *[other] { $count } godzin
    }
offline-life-days =
    { $count ->
        [one] { $count } dzień
        [few] { $count } dni
       *[other] { $count } dni
    }
offline-voucher-have = Masz do wydania { $points }.
offline-voucher-needs-network = Odłożenie punktów wymaga teraz sieci. Wydanie ich później – nie.
offline-voucher-make = Odłóż je
offline-voucher-make-of = Odłóż { $points }
offline-voucher-made = Punkty zostały odłożone
offline-tills-none = Żadna kasa nie przyjmuje jeszcze voucherów
offline-tills-none-text = Lista kas przyjdzie przy następnej wymianie z serwerem.

# The console: what can be lost without a network
console-nav-offline = Offline
offline-sub = Ile można stracić, gdy terminale wydają nagrody bez sieci – znane z góry
offline-now = Można stracić teraz
offline-now-note =
    { $count ->
        [one] cały { $count } otwarty limit
        [few] { $count } otwarte limity razem
       *[other] { $count } otwartych limitów razem
    }
offline-now-both-note = Otwarte limity i to, co dozwolone bez pokrycia
offline-free = Wolne w budżecie offline
offline-free-note = Żaden limit nie przekroczy tej kwoty
offline-bound-title = Najgorszy przypadek
offline-bound-sub = Gdyby każdy terminal wziął pełny limit, stracił sieć i obsługiwał tylko osoby bez punktów
offline-bound-terminals =
    { $count ->
        [one] { $count } aktywny terminal, limit najwyżej { $each }
        [few] { $count } aktywne terminale, limit najwyżej { $each } każdy
       *[other] { $count } aktywnych terminali, limit najwyżej { $each } każdy
    }
offline-bound-budget = W limitach teraz i wolne w budżecie: więcej wydać się nie da
offline-bound-vouchers = Vouchery: własne punkty uczestników, pobrane z góry
offline-bound-worst = Najwyżej
offline-bound-by-terminals = Decyduje liczba terminali i wielkość limitu. Wielkość zmienisz w regułach.
offline-bound-by-budget = Wcześniej niż terminale kończy się budżet offline.
offline-tills-title = Terminal po terminalu
offline-tills-empty = Nie ma jeszcze terminali
offline-lease-held = Limit
offline-till-revoked = Wycofany
offline-till-none = Bez limitu

# The queue
offline-next-try = Kolejna próba za { $time }
offline-trying = Próbuje teraz
offline-item-network = Czeka na sieć
offline-item-turn = Wyśle się w swojej kolejności
offline-item-behind = Czeka za zatrzymanym wpisem
offline-export = Przekaż jako plik
offline-export-text = Gdy urządzenie nie może już wysyłać: plik zawiera wszystko, co niewysłane, zamknięte kodem. To, co tu czeka, też zostaje.
offline-exported =
    { $count ->
        [one] W pliku: { $count } wpis, zdjęcia: { $photos }
        [few] W pliku: { $count } wpisy, zdjęcia: { $photos }
       *[other] W pliku: { $count } wpisów, zdjęcia: { $photos }
    }
offline-export-file = Plik
offline-export-secret = Kod, który go otwiera
offline-export-once = Zapisz go teraz: pokazujemy go raz i nigdzie nie przechowujemy.

# Leaving a programme on a phone
offline-leave-title = Opuść { $name }
offline-leave-text = Telefon przestanie pokazywać program. Punkty pozostają Twoje; wrócisz z kodem rejestracji.
offline-unsent =
    { $count ->
        [one] Jeszcze niewysłane: { $count } wpis, zdjęcia: { $photos }
        [few] Jeszcze niewysłane: { $count } wpisy, zdjęcia: { $photos }
       *[other] Jeszcze niewysłane: { $count } wpisów, zdjęcia: { $photos }
    }
offline-unsent-oldest = Najstarsze: { $when }
offline-send-first = Najpierw wyślij
offline-leave-keeps = Albo wyjdź teraz: to, co czeka, zostanie bezpiecznie na telefonie i wyśle się po Twoim powrocie.
offline-leave-keep = Wyjdź, zachowaj oczekujące
offline-leave-go = Opuść program
offline-resting-title = Opuszczone na tym telefonie
offline-resting-waiting = Coś nie zostało jeszcze wysłane
offline-resting-sent = Wszystko zostało wysłane
offline-resume = Wróć

# A refused answer
offline-scan-again = Zeskanuj ponownie
offline-answer-garbled = To nie jest pełna odpowiedź telefonu
offline-answer-garbled-remedy = Zeskanuj odpowiedź telefonu jeszcze raz, powoli i na wprost.
console-signal-voucher-used-twice = Voucher użyty dwa razy
offline-bound-copied = Skopiowany terminal lub telefon mógłby użyć vouchera ponownie. Wykryje to pierwszy kontakt; koszt to najwyżej voucher, ilekroć to zrobi, z tego samego budżetu.
phone-kind-voucher = Odłożone punkty
phone-queue-kind-voucher-request = Odłożone punkty

# The console: vouchers used twice, leases given up
offline-vouchers-aside = Odłożone w voucherach
offline-vouchers-aside-note = Własne punkty uczestników
offline-till-given-up = Limit odpisany
offline-write-off = Odpisz limit
offline-write-off-title = Odpisać limit: { $name }?
offline-write-off-text = Tylko gdy terminal już nigdy się nie zgłosi. Ma { $points }. To, co zgłosi później, poczeka na decyzję człowieka, a bez sieci niczego już nie wyda.
offline-write-off-lost = Uznane za utracone
offline-write-off-lost-hint = Puste pole: całe { $points }; reszta wraca do budżetu
offline-write-off-range = Liczba całkowita od 0 do { $points }
offline-write-off-reason = Dlaczego
offline-written-off = Limit odpisany; strata: { $points }
offline-twice-title = Vouchery użyte dwa razy
offline-twice-sub = Oba użycia są podpisane; razem dowodzą, kto to zrobił
offline-proof-of = Voucher { $voucher } dla: { $terminal }
offline-use = Użycie { $number }
offline-use-first = Prawowite
offline-use-phone = Telefon podpisał ponownie
offline-use-till = Terminal zaksięgował tę samą odpowiedź ponownie
offline-use-covered = Zapłacone voucherem
offline-use-taken = Pobrane od uczestnika: { $points }
offline-use-owed = Dług uczestnika: { $points }
offline-use-loss = Koszt programu: { $points }
offline-use-texts = Podpisane teksty
offline-use-challenge = Kasa zapytała
offline-use-answer = Telefon odpowiedział

# When a claim was made
offline-made-between = Zrobione między { $from } a { $until }, udowodnione
offline-made-after = Zrobione po { $from }, udowodnione; koniec poznamy przy następnym połączeniu

# A code that several programmes take
offline-which-programme = Który program?
offline-which-programme-text = Ten kod przyjmuje więcej niż jeden z Twoich programów. Wybierz właściwy.
offline-programme-current = Teraz otwarty

# Short words of the console's table
offline-write-off-short = Odpisz

# Offline rights that shrink with time
offline-lease-shrinks = Bez sieci od { $when } można użyć mniej
offline-lease-why = Ile można wydać bez sieci, maleje z czasem od ostatniego połączenia. Przywraca to jedna wymiana z serwerem.

# Points lost under a lease
console-signal-offline-loss = Punkty stracone offline
offline-clear = Rozlicz stratę
offline-clear-title = Rozliczyć stratę: { $name }?
offline-clear-text = Stracono: { $points }. Ten terminal nie dostanie ich ponownie. Rozlicz stratę, gdy znasz przyczynę.
offline-clear-reason = Co ustalono
offline-cleared = Rozliczono: terminal może uzupełnić limit
offline-bound-cleared = Każdy terminal straci najwyżej jeden limit. Strata nie wraca do limitu, dopóki kierownik jej nie rozliczy.
# Skopiowane terminale
console-signal-device-copied = Dwie kopie urządzenia
offline-covers-frozen = Znaleziono dwie kopie tego terminala, więc jego limit nic nie pokrywa. Można przyjąć tylko voucher wystawiony na niego.
offline-bound-honest = Terminale, przy których nikt nie manipulował
offline-bound-copies = Skopiowane terminale ponadto: vouchery wydane teraz; każdy nowy voucher dodaje swoje punkty
offline-till-frozen = Dwie kopie
offline-fork-title = Dwie kopie: { $name }
offline-fork-sub = Znaleziono { $when } · { $place } · rozchodzą się od numeru { $number }
offline-fork-recorded = Kopia, która była pierwsza
offline-fork-beside = Druga kopia
offline-fork-counts = Liczy się
offline-fork-counts-not = Bez skutku
offline-fork-sums =
    { $count ->
        [one] { $count } wpis; podaje, że wydał { $points }
        [few] { $count } wpisy; podają, że wydały { $points }
        [many] { $count } wpisów; podają, że wydały { $points }
       *[other] { $count } wpisu; podają, że wydały { $points }
    }
offline-fork-head = Najnowszy: numer { $number }, { $link }…
offline-fork-steps = Co podaje
offline-fork-bound = Ktoś skopiował terminal z jego kluczem albo cofnął go do starej kopii. Jego limit jest zamrożony: można stracić jeszcze najwyżej { $points }.
offline-fork-revoke = Wyjście: unieważnij go w części Urządzenia, zarejestruj terminal na nowo, a potem odpisz tutaj stary limit.
offline-fork-write-off = Jest unieważniony. Odpisz poniżej jego limit i podaj, ile z niego stracono.
offline-fork-settled = Odebrano mu uprawnienia i odpisano jego limit: nic więcej nie można przez niego stracić.
console-key-line = Klucz: { $when } · klucze serwera { $version }
console-trust-old = Nie zna jeszcze najnowszych kluczy serwera
# Wydawanie bez pokrycia
offline-allowance-title = Wydawanie bez pokrycia
offline-allowance-sub = Dla miejsc, do których nie dociera limit: każdy terminal może wydać tyle, a czego brakuje uczestnikom, jest stracone
offline-allowance-text = Każdy aktywny terminal może wydawać nagrody bez sieci do tej kwoty i nie odkłada się na to punktów. Czego wtedy brakuje uczestnikom, pokrywa budżet offline.
offline-allowance-each = Punkty na każdy terminal
offline-allowance-bound =
    { $count ->
        [one] Wszystko, co można stracić poza limitem, przy { $count } aktywnym terminalu
        [few] Wszystko, co można stracić poza limitami, przy { $count } aktywnych terminalach
        [many] Wszystko, co można stracić poza limitami, przy { $count } aktywnych terminalach
       *[other] Wszystko, co można stracić poza limitami, przy { $count } aktywnego terminala
    }
offline-allowance-new = Terminal zarejestrowany później nie ma nic z tego, dopóki nie potwierdzisz nowej granicy.
offline-allowance-lost = Co terminal straci, odejmuje się od tego, co może jeszcze stracić, także skopiowany. Ponowne potwierdzenie znów pozwala na całość.
offline-allowance-reason = Dlaczego
offline-allowance-on = Włącz: najwyżej { $points }
offline-allowance-on-none = Włącz
offline-allowance-off = Wyłącz
offline-allowance-open = Włącz…
offline-allowance-change = Zmień…
offline-allowance-is-on = Włączone: stracić można najwyżej { $points }
offline-allowance-is-off = Wyłączone; co wydano wcześniej, nadal się liczy
offline-allowance-state-on = Włączone
offline-allowance-state-off = Wyłączone
offline-allowance-now =
    { $count ->
        [one] { $count } terminal, { $each }: najwyżej { $bound }.
        [few] { $count } terminale po { $each }: najwyżej { $bound }.
        [many] { $count } terminali po { $each }: najwyżej { $bound }.
       *[other] { $count } terminala po { $each }: najwyżej { $bound }.
    }
offline-allowance-by = Potwierdzono: { $who }, { $when }.
offline-allowance-none = Wyłączone. Bez sieci wydają tylko limity i vouchery.
offline-allowance-left = Można jeszcze stracić: { $points }.
offline-bound-allowance = Wydawanie bez pokrycia: co terminale mogą jeszcze stracić
terminal-redeem-allowance-text = Nie ma sieci, a kwota bez pokrycia tego terminala to obejmuje. Zaksięguje to następny kontakt.
offline-covers-allowance = Bez sieci terminal może wydać jeszcze { $left }. Voucher na ten terminal pokrywa ponadto własne punkty.
# Otwarte vouchery
offline-open-title = Otwarte vouchery
offline-open-sub = Punkty odłożone przez uczestników; anuluj vouchery ze zgubionego lub skradzionego telefonu
offline-open-who = Uczestnik
offline-open-till = Na który terminal
offline-open-points = Punkty
offline-open-until = Do
offline-open-none = Brak otwartych voucherów
offline-open-none-text = Uczestnicy odkładają punkty w telefonie.
offline-open-cancel = Anuluj go
offline-open-cancelled = Anulowany; terminal jeszcze o tym nie wie
offline-cancel-title = Anulować voucher: { $name }?
offline-cancel-text = { $till } odmówi, gdy tylko nawiąże łączność. Wtedy punkty same wrócą do uczestnika.
offline-cancel-bound = Do tego czasu można go jeszcze użyć: { $points }.
offline-cancel-reason = Dlaczego
offline-cancel-go = Anuluj voucher
offline-cancel-done = Anulowano; punkty wrócą, gdy terminal nawiąże łączność
# Praca z wcześniejszej rejestracji
offline-left-title = Niewysłane ze starej rejestracji
offline-left-text = Wybierz, co ma się liczyć. Zostanie wysłane jako nowe, a serwer zaliczy to raz, nawet jeśli stare jeszcze dotrze.
offline-left-unreadable =
    { $count ->
        [one] Nie można odczytać { $count } wcześniejszej kolejki: brak klucza. Folder pozostaje.
        [few] Nie można odczytać { $count } wcześniejszych kolejek: brak kluczy. Foldery pozostają.
       *[other] Nie można odczytać { $count } wcześniejszych kolejek: brak kluczy. Foldery pozostają.
    }
offline-left-issue = Wystaw ponownie
offline-left-all = Wystaw wszystkie ponownie: { $count }
offline-left-issued = Wystawiono ponownie
offline-left-bound = Pożyczone lub dowiedzione tylko starej rejestracji: pokaż kierownikowi
offline-left-foreign = Innej osoby lub innego sklepu
offline-left-too-often = Wystawiano zbyt często: pokaż kierownikowi
offline-again-title = Zarejestruj urządzenie ponownie
offline-again-text = Ze starej rejestracji nie wyśle już nic. Niewysłane zostaje tutaj; potem wybierzesz, co wystawić ponownie.
offline-again-code = Nowy kod rejestracji
offline-again-go = Zarejestruj ponownie
terminal-certificate-ended = Terminal był zbyt długo bez łączności
terminal-certificate-ended-text = Nikt się nie zaloguje, dopóki raz się nie połączy. Sprzedaż jest bezpieczna i zostanie wysłana.
console-review-device = Urządzenie { $device }
console-review-device-of = Urządzenie { $device }, osoba: { $name }
