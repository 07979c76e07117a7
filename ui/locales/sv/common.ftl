# Words that every screen shares.
yes = Ja
no = Nej
undo = Ångra
close = Stäng
cancel = Avbryt
back = Tillbaka
save = Spara
next = Nästa
done = Klart
menu = Meny
search = Sök
busy = Arbetar
loading = Hämtar
try-again = Försök igen
understood = Uppfattat
language = Språk
sign-in = Logga in
sign-out = Logga ut
settings = Inställningar
keypad = Siffertangenter
erase = Radera
pin-filled = { $filled } av { $length } siffror angivna
scan-camera = Skanna med kameran
sounds = Ljud
scheme = Ljust eller mörkt
scheme-system = Som systemet
scheme-light = Ljust
scheme-dark = Mörkt

state-done = Klart
state-waiting = Väntar
state-wrong = Avvisat
state-review = Granskas
state-none = Ingen

points-pending = Väntande
points-confirmed = Bekräftade
points-void = Annullerade

badge-online = Uppkopplad
badge-offline = Frånkopplad
badge-offline-since = Frånkopplad sedan { $time }
badge-stuck = Skickar inte
badge-waiting =
    { $count ->
        [one] { $count } väntar
       *[other] { $count } väntar
    }
badge-lease = Kan lösas in frånkopplat: { $left }

photo-saved = Sparat här
photo-sent = Skickat
photo-not-sent = Inte skickat än
photo-take = Ta foto
photo-retake = Ta om

check-open = Inte besvarad än
check-yes = Ja
check-wrong = Inte i ordning
check-fixed = Åtgärdat under besöket
check-mark-fixed = Åtgärdat

table-filter = Filtrera
table-count = { $shown } av { $all }
table-empty = Inget här än
table-none-found = Inget matchar filtret
table-clear = Rensa filtret
table-more = Visa fler ({ $count } kvar)

connect-loading = Ansluter
connect-device = Gör enheten redo
connect-server = Kontaktar servern
connect-ready = Ansluten
