# Words that every screen shares.
yes = Yes
no = No
undo = Undo
close = Close
cancel = Cancel
back = Back
save = Save
next = Next
done = Done
menu = Menu
search = Search
busy = Working
loading = Loading
try-again = Try again
understood = Understood
language = Language
sign-in = Sign in
sign-out = Sign out
settings = Settings
keypad = Number keys
erase = Erase
pin-filled = { $filled } of { $length } digits entered
scan-camera = Scan with the camera
sounds = Sounds
scheme = Light or dark
scheme-system = As the system
scheme-light = Light
scheme-dark = Dark

state-done = Done
state-waiting = Waiting
state-wrong = Rejected
state-review = In review
state-none = None

points-pending = Pending
points-confirmed = Confirmed
points-void = Void

badge-online = Online
badge-offline = Offline
badge-offline-since = Offline since { $time }
badge-stuck = Not sending
badge-waiting =
    { $count ->
        [one] { $count } waiting
       *[other] { $count } waiting
    }
badge-lease = Lease left: { $left }

photo-saved = Saved here
photo-sent = Sent
photo-not-sent = Not sent yet
photo-take = Take photo
photo-retake = Retake

check-open = Not answered yet
check-yes = Yes
check-wrong = Not in order
check-fixed = Fixed during the visit
check-mark-fixed = Fixed

table-filter = Filter
table-count = { $shown } of { $all }
table-empty = Nothing here yet
table-none-found = Nothing matches the filter
table-clear = Clear the filter
table-more = Show more ({ $count } left)

connect-loading = Connecting
connect-device = Getting this device ready
connect-server = Reaching the server
connect-ready = Connected
