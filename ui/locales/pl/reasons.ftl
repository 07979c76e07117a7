# Why an amount is what it is, and why it still waits. `.detail` is shown when its numbers are known.
reason-server-decides-code = O tym kodzie zdecyduje serwer
reason-server-checks-lesson = Serwer sprawdzi, czy sprzedawca zaliczył lekcję
reason-awaits-review = Najpierw obejrzy to kierownik
reason-awaits-return-window = Potwierdzenie po upływie czasu na zwrot
    .detail = Potwierdzenie po { $until }, gdy minie czas na zwrot
reason-awaits-photo = Zdjęcie jest jeszcze w drodze
reason-awaits-sync = Wyśle się samo, gdy będzie sieć
reason-per-unit = Punkty za każdą sztukę
    .detail = { $count } × { $each } za sztukę
reason-per-amount = Punkty za zapłaconą kwotę
    .detail = { $each } za każde { $step } z { $amount }
reason-multiplier = Liczy się więcej niż zwykle
    .detail = Pomnożone przez { $factor }
reason-campaign = Część kampanii
    .detail = Kampania: { $name }
reason-capped = Limit został osiągnięty
    .detail =
        { $by ->
            [budget] Zmniejszone o { $cut }: budżet wystarczył tylko na { $left }
            [liability] Zmniejszone o { $cut }: program mógł dać tylko { $left }
           *[limit] Zmniejszone o { $cut }: limit pozwolił tylko na { $left }
        }
reason-no-rule = Żadna reguła nie daje za to punktów
reason-recorded-offline = Zapisane offline
reason-lease-covers = Pokryte z limitu offline terminala
    .detail = Pokryte z limitu offline terminala, zostało { $left }
reason-allowance-covers = Pokryte z kwoty bez pokrycia terminala
reason-offline-loss = Różnicę pokrywa program
reason-attached-to-existing = Dołączone do znanej już sprzedaży
reason-first-accepted-wins = Wcześniej przyjęto zgłoszenie innej osoby
reason-adjusted = Skorygowane przez kierownika
    .detail = Skorygowane przez kierownika: { $note }
reason-server-marks-answers = Odpowiedzi sprawdzi serwer
reason-server-resolves-member = Serwer ustali, kim jest uczestnik
reason-task = Punkty za zadanie
reason-lesson = Punkty za lekcję
reason-reported-late = Zgłoszenie przyszło ponad trzy dni po sprzedaży; obejrzy je kierownik
reason-receipt-of-other-outlet = Paragon jest z innego punktu; obejrzy go kierownik
reason-above-limit = Więcej punktów, niż może dać jedna sprzedaż; obejrzy to kierownik

# Steps of the arithmetic.
reason-percent = Punkty za część kwoty
    .detail = { $share } z { $amount } w punktach wartych po { $worth }
reason-fixed = Punkty przyznane jednorazowo
    .detail = { $each }, jednorazowo
reason-every = Punkty za każde zapełnienie licznika
    .detail = { $each } za każdym razem, gdy licznik przekroczy kolejne { $nth }: wzrósł z { $before } do { $after }
reason-per-measure = Punkty za zmierzoną wartość
    .detail = { $each } za każde { $step } z { $value }
reason-boost = Mnoży punkty zaksięgowane osobno
    .detail = Punkty zaksięgowane osobno ({ $base }) liczą się × { $factor }; różnica jest dodana tutaj
reason-level = Punkty za polecenie
    .detail = { $share } z { $of } za poziom { $level } poleceń
reason-part = Udział w punktach
    .detail = Udział { $share } z { $of }
reason-staff-part = Udział w punktach personelu
    .detail =
        { $people ->
            [one] { $of } dla { $people } pracownika; udziały: { $own } z { $all }
            [few] { $of } podzielone między { $people } pracowników; udziały: { $own } z { $all }
            [many] { $of } podzielone między { $people } pracowników; udziały: { $own } z { $all }
           *[other] { $of } podzielone między { $people } pracownika; udziały: { $own } z { $all }
        }
reason-discount = Rabat
    .detail = { $share } rabatu, czyli { $amount }

# Why a rule gave nothing.
reason-not-yet = Jeszcze się nie zaczęło
    .detail = Zaczyna się { $starts }
reason-over = Już się skończyło
    .detail = Skończyło się { $ends }
reason-limit-reached = Limit został wyczerpany
reason-budget-spent = Budżet został wyczerpany
reason-liability-reached = Wydano tyle punktów, na ile pozwala program
reason-better-rule = Inna reguła daje więcej
    .detail = Reguła „{ $rule }” daje więcej
reason-no-rate = Nie ustalono wartości punktu w tej walucie
reason-below-step = To mniej niż jeden pełny próg
reason-nobody-there = Nie ma nikogo, kto mógłby to dostać
reason-not-met = Jeden z warunków nie jest spełniony
reason-not-met-product = Dotyczy innych towarów
    .detail = Dotyczy innych towarów niż { $name }
reason-not-met-brand = Dotyczy innych marek
    .detail = Dotyczy innych marek niż { $found }
reason-not-met-category = Dotyczy innych kategorii
    .detail = Dotyczy innych kategorii niż { $found }
reason-not-met-outlet = Dotyczy innych punktów
    .detail = Dotyczy innych punktów niż { $found }
reason-not-met-partner = Dotyczy punktów innych partnerów
    .detail = Dotyczy punktów innych partnerów niż { $found }
reason-not-met-country = Dotyczy innych krajów
    .detail = Dotyczy innych krajów niż { $found }
reason-not-met-city = Dotyczy innych miast
    .detail = Dotyczy innych miast niż { $found }
reason-not-met-role = Dotyczy innych ról
    .detail =
        { $found ->
            [seller] Nie dotyczy sprzedawców
            [cashier] Nie dotyczy kasjerów
            [buyer] Nie dotyczy kupujących
            [merchandiser] Nie dotyczy merchandiserów
            [owner] Nie dotyczy właścicieli sklepów
            [purchaser] Nie dotyczy zaopatrzeniowców
            [manager] Nie dotyczy kierowników
           *[other] Dotyczy innych ról niż { $found }
        }
reason-not-met-segment = Dotyczy innych grup osób
    .detail = Dotyczy innych grup osób niż { $found }
reason-not-met-evidence = Dotyczy sprzedaży zgłoszonej w inny sposób
    .detail =
        { $found ->
            [till] Nie dotyczy sprzedaży zgłoszonej przez kasę
            [code] Nie dotyczy sprzedaży zgłoszonej kodem
            [receipt] Nie dotyczy sprzedaży zgłoszonej paragonem
           *[other] Dotyczy sprzedaży zgłoszonej w inny sposób niż { $found }
        }
reason-not-met-currency = Dotyczy innej waluty
    .detail = Dotyczy innej waluty niż { $found }
reason-not-met-weekday = Dotyczy innych dni tygodnia
    .detail =
        { $found ->
            [1] Nie obowiązuje w poniedziałki
            [2] Nie obowiązuje we wtorki
            [3] Nie obowiązuje w środy
            [4] Nie obowiązuje w czwartki
            [5] Nie obowiązuje w piątki
            [6] Nie obowiązuje w soboty
           *[7] Nie obowiązuje w niedziele
        }
reason-not-met-minute = Dotyczy innych pór dnia
    .detail = Nie obowiązuje o godzinie { $time }
reason-not-met-amount = Dotyczy innych kwot za towar
    .detail = Dotyczy innych kwot za towar niż { $money }
reason-not-met-quantity = Dotyczy innych ilości
    .detail =
        { $pieces ->
            [one] Dotyczy innych ilości niż { $count } sztuka
            [few] Dotyczy innych ilości niż { $count } sztuki
            [many] Dotyczy innych ilości niż { $count } sztuk
           *[other] Dotyczy innych ilości niż { $count } sztuki
        }
reason-not-met-basket = Dotyczy innych sum
    .detail = Dotyczy innych sum niż { $money }
reason-not-met-value = Dotyczy innych zmierzonych wartości
    .detail = Dotyczy innych zmierzonych wartości niż { $found }
reason-not-met-tally = Dotychczasowy stan licznika nie pasuje
    .detail = Licznik wskazuje dotąd { $found } i to nie pasuje
reason-not-met-lesson = Zależy to od lekcji
    .detail =
        { $found ->
            [true] Dotyczy osób, które nie zaliczyły lekcji
           *[false] Najpierw trzeba zaliczyć lekcję
        }
reason-not-met-tier = Dotyczy innego poziomu
    .detail = Dotyczy innego poziomu niż { $found }
reason-not-met-referred = Zależy to od tego, kto został polecony
    .detail =
        { $found ->
            [true] Dotyczy osób, których nikt nie polecił
           *[false] Dotyczy osób, które ktoś polecił
        }

# What an award waits for, and what became of it.
reason-server-checks-person = Serwer sprawdzi rolę i grupę tej osoby
reason-server-checks-outlet = Serwer sprawdzi punkt
reason-server-checks-tally = Serwer sprawdzi, co policzono wcześniej
reason-server-checks-tier = Serwer sprawdzi poziom tej osoby
reason-server-checks-referral = Serwer sprawdzi, kto kogo polecił
reason-server-checks-limit = Serwer sprawdzi, ile zostało z limitu
reason-server-checks-budget = Serwer sprawdzi, ile zostało z budżetu
reason-server-checks-liability = Serwer sprawdzi, ile punktów jest w obiegu
reason-server-checks-staff = Serwer sprawdzi, kto jest właścicielem punktu i kto w nim pracuje
reason-awaits-payment = Potwierdzenie po opłaceniu faktury
    .detail = Potwierdzenie po opłaceniu całej faktury { $invoice }, jeśli nastąpi to przed { $until }
reason-awaits-next-month = Potwierdzenie w przyszłym miesiącu
    .detail = Potwierdzenie { $until }
reason-awaits-till = Potwierdzenie, gdy kasa zgłosi sprzedaż
    .detail = Potwierdzenie, gdy kasa zgłosi sprzedaż, jeśli nastąpi to przed { $until }
reason-awaits-code = Do punktów potrzebny jest kod z pudełka
reason-till-named-another = Kasa wskazała innego sprzedawcę
reason-above-sell-in = Zgłoszono więcej, niż dostarczono do punktu; obejrzy to kierownik
    .detail =
        { $claimed ->
            [one] Zgłoszono { $claimed } sztukę, a do punktu dostarczono tylko { $shipped }; obejrzy to kierownik
            [few] Zgłoszono { $claimed } sztuki, a do punktu dostarczono tylko { $shipped }; obejrzy to kierownik
            [many] Zgłoszono { $claimed } sztuk, a do punktu dostarczono tylko { $shipped }; obejrzy to kierownik
           *[other] Zgłoszono { $claimed } sztuki, a do punktu dostarczono tylko { $shipped }; obejrzy to kierownik
        }
reason-not-employed-there = Ten punkt nie zna tej osoby; obejrzy to kierownik
reason-paid-back = Część zatrzymano na poczet wcześniejszego zwrotu
    .detail = Zatrzymano na poczet wcześniejszego zwrotu: { $points }
reason-lapsed = Punkty przepadły: to, na co czekały, nie stało się na czas
reason-expired = Punkty straciły ważność
reason-server-finds-sale = Serwer szuka tej sprzedaży
reason-returned = Towar został zwrócony
reason-receipt-cancelled = Paragon anulowano
reason-paid-late = Fakturę zapłacono po terminie; punkty przepadły
reason-awaits-sale = Sprzedaż z tej faktury nie jest jeszcze zapisana
reason-invoice-of-other-sale = Ten numer faktury należy do innej sprzedaży
reason-currency-mismatch = Faktura jest w innej walucie niż sprzedaż

# The headings of an award’s arithmetic.
why-line = Pozycja { $number }
why-event = Za całość
why-total = Razem
why-price-list = Cennik
why-award =
    { $number ->
        [one] { $who }: { $number } punkt
        [few] { $who }: { $number } punkty
        [many] { $who }: { $number } punktów
       *[other] { $who }: { $number } punktu
    }
why-nothing = Nikt nie zdobywa punktów
why-not-rules = Reguły, które nic nie dały
why-notes = Ponadto

# Who earns something by their part in an event.
who-buyer = Kupujący
who-seller = Sprzedawca
who-actor = Zapisujący
who-owner = Właściciel sklepu
who-shop = Pula sklepu
who-staff = Personel
who-referrer = Polecający
# Kody serii i paragony, o które pytany jest urząd skarbowy.
reason-code-not-shipped = Kodu nie zgłoszono jeszcze jako wysłanego; sprawdzi to kierownik
reason-code-of-other-outlet = Kod należy do innego punktu; sprawdzi to kierownik
reason-awaits-verification = Paragon jest sprawdzany
    .detail =
        { $why ->
            [queue] Paragon czeka na swoją kolej w urzędzie skarbowym
            [pending] Urząd skarbowy szuka paragonu; kolejne pytanie { $next }
            [not_yet] Urząd skarbowy nie ma jeszcze paragonu; kolejne pytanie { $next }
            [quota] Na razie zapytano o dość paragonów; ten będzie następny { $next }
            [unreachable] Nie można połączyć się z urzędem skarbowym; kolejna próba { $next }
           *[other] Urząd skarbowy sprawdza paragon
        }
reason-receipt-unanswered = Urząd skarbowy nie odpowiada; paragon sprawdzi kierownik
reason-receipt-verified = Urząd skarbowy zna ten paragon
reason-cashier-differs = Na paragonie jest inny kasjer
reason-product-not-on-receipt = Nie rozpoznano na paragonie żadnego produktu programu; sprawdzi to kierownik
reason-many-wrong-codes = Krótko przedtem wysłano wiele błędnych kodów; sprawdzi to kierownik
    .detail =
        { $codes ->
            [one] { $codes } błędny kod w ciągu godziny
            [few] { $codes } błędne kody w ciągu godziny
           *[other] { $codes } błędnych kodów w ciągu godziny
        }
reason-canary-code = Wysłano kod, którego nigdy nie wydrukowano
    .detail = Kodu { $code } z serii { $series } nigdy nie wydrukowano: nie ma go na żadnej etykiecie, więc ktoś go zgadł albo wziął z listy
reason-photo-alike = Zdjęcie przypomina wcześniejsze; porówna je kierownik
    .detail = Zdjęcie przypomina inne, z { $at }; porówna je kierownik
reason-many-reports = W ciągu godziny zgłoszono więcej, niż ktokolwiek zdąży
    .detail = Zgłoszenia w ciągu godziny: { $reports }
reason-far-apart = Dwa zgłoszenia przyszły z miejsc zbyt odległych, by zdążyć dojechać
    .detail = Odległość { $km } km, odstęp { $minutes } min
reason-clock-moved = Zegar urządzenia pokazuje czas, który jest niemożliwy
    .detail = Zegar różnił się o { $minutes } min od tego, co możliwe
reason-device-copied = Znaleziono dwie kopie urządzenia
    .detail = Rozchodzą się od numeru { $seq }: liczy się tylko historia, która była pierwsza
reason-voucher-covers = Pokryte voucherem uczestnika
reason-voucher-used-twice = Voucher użyto dwa razy; dowód zachowano
    .detail =
        { $by ->
            [phone] Telefon podpisał dwa razy: płaci uczestnik; program ponosi { $points }
           *[till] Terminal zaksięgował tę samą odpowiedź dwa razy: program ponosi { $points }
        }
