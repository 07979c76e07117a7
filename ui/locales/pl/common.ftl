# Words that every screen shares.
yes = Tak
no = Nie
undo = Cofnij
close = Zamknij
cancel = Anuluj
back = Wstecz
save = Zapisz
next = Dalej
done = Gotowe
menu = Menu
search = Szukaj
busy = Trwa praca
loading = Wczytywanie
try-again = Spróbuj ponownie
understood = Rozumiem
language = Język
sign-in = Zaloguj się
sign-out = Wyloguj się
settings = Ustawienia
keypad = Klawisze cyfr
erase = Usuń
pin-filled = Wpisano cyfry: { $filled } z { $length }
scan-camera = Skanuj aparatem
sounds = Dźwięki
scheme = Jasny lub ciemny
scheme-system = Jak w systemie
scheme-light = Jasny
scheme-dark = Ciemny

state-done = Gotowe
state-waiting = Czeka
state-wrong = Odrzucone
state-review = Do sprawdzenia
state-none = Brak

points-pending = Oczekuje
points-confirmed = Potwierdzone
points-void = Anulowane

badge-online = Online
badge-offline = Offline
badge-offline-since = Offline od { $time }
badge-stuck = Nie wysyła
badge-waiting =
    { $count ->
        [one] { $count } czeka
        [few] { $count } czekają
       *[other] { $count } czeka
    }
badge-lease = Limit offline: { $left }

photo-saved = Zapisane tutaj
photo-sent = Wysłane
photo-not-sent = Jeszcze niewysłane
photo-take = Zrób zdjęcie
photo-retake = Powtórz

check-open = Jeszcze bez odpowiedzi
check-yes = Tak
check-wrong = Nie w porządku
check-fixed = Poprawione podczas wizyty
check-mark-fixed = Poprawione

table-filter = Filtruj
table-count = { $shown } z { $all }
table-empty = Jeszcze nic tu nie ma
table-none-found = Nic nie pasuje do filtra
table-clear = Wyczyść filtr
table-more = Pokaż więcej (zostało { $count })

connect-loading = Łączenie
connect-device = Przygotowuję urządzenie
connect-server = Łączę się z serwerem
connect-ready = Połączono
