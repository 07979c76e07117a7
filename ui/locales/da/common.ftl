# Words that every screen shares.
yes = Ja
no = Nej
undo = Fortryd
close = Luk
cancel = Annuller
back = Tilbage
save = Gem
next = Næste
done = Færdig
menu = Menu
search = Søg
busy = Arbejder
loading = Henter
try-again = Prøv igen
understood = Forstået
language = Sprog
sign-in = Log ind
sign-out = Log ud
settings = Indstillinger
keypad = Taltaster
erase = Slet
pin-filled = { $filled } af { $length } cifre indtastet
scan-camera = Scan med kameraet
sounds = Lyde
scheme = Lys eller mørk
scheme-system = Som systemet
scheme-light = Lys
scheme-dark = Mørk

state-done = Færdig
state-waiting = Venter
state-wrong = Afvist
state-review = Til gennemsyn
state-none = Ingen

points-pending = Afventer
points-confirmed = Bekræftet
points-void = Annulleret

badge-online = Online
badge-offline = Offline
badge-offline-since = Offline siden { $time }
badge-stuck = Sender ikke
badge-waiting =
    { $count ->
        [one] { $count } venter
       *[other] { $count } venter
    }
badge-lease = Kan indløses offline: { $left }

photo-saved = Gemt her
photo-sent = Sendt
photo-not-sent = Ikke sendt endnu
photo-take = Tag foto
photo-retake = Tag om

check-open = Ikke besvaret endnu
check-yes = Ja
check-wrong = Ikke i orden
check-fixed = Rettet under besøget
check-mark-fixed = Rettet

table-filter = Filtrer
table-count = { $shown } af { $all }
table-empty = Intet her endnu
table-none-found = Intet passer til filteret
table-clear = Ryd filteret
table-more = Vis flere ({ $count } tilbage)

connect-loading = Forbinder
connect-device = Gør enheden klar
connect-server = Kontakter serveren
connect-ready = Forbundet
