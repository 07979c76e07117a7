# Words of the terminal screens.

# First contact.
terminal-title = Carrot terminal
terminal-queue-safe = Unsent work is kept on this terminal
terminal-lost = The program behind this screen does not answer. What is saved is safe; please start it again.
terminal-not-a-till = This device is not a till
terminal-not-a-till-text = It is enrolled as a phone. Open the phone’s screens, or enrol a terminal of its own.

# Enrolment.
terminal-enrol-title = Enrol this terminal
terminal-enrol-text = An operator makes an enrolment code in the console. Scan it here, paste it, or choose a picture of it.
terminal-enrol-code = Enrolment code
terminal-enrol-hint = Each code enrols one device, once.
terminal-enrol-name = Name of this terminal
terminal-enrol-name-first = Till 1
terminal-enrol-go = Enrol

# Sign-in and sign-out.
terminal-sign-in = Who is at the till?
terminal-cashier = Cashier
terminal-other-cashier = Somebody else
terminal-no-cashiers = No cashiers here yet
terminal-no-cashiers-text = An operator adds people to this outlet in the console. Then fetch them here.
terminal-pin = PIN
terminal-pin-of = PIN of { $name }
terminal-pin-locked-until = Locked until { $time }
terminal-leave-title = Sign out { $name }?
terminal-leave-text = Everything has been sent. The next cashier can sign in.
terminal-leave-waits =
    { $count ->
        [one] { $count } entry has not been sent yet
       *[other] { $count } entries have not been sent yet
    }
terminal-leave-waits-text = They stay safe on this terminal and go out by themselves once there is a network. Better wait a moment, if you can.
terminal-leave-sale = The sale on the screen is not finished and would be lost
terminal-leave-stay = Stay
terminal-leave-anyway = Sign out all the same

# The sale.
terminal-sale = Sale
terminal-scan-next = Scan or type the next item
terminal-scan-short = Scan or type
terminal-scan-file = Read a picture
terminal-basket = Basket
terminal-basket-empty = Ready for the next buyer
terminal-basket-empty-text = Scan an item or the buyer’s code. A name, a number or an amount can be typed too.
terminal-col-pieces = Pcs
terminal-col-item = Item
terminal-col-each = Each
terminal-col-sum = Sum
terminal-line-amount = Amount without an item
terminal-line-unit = own code read
terminal-line-buyer = buyer { $points }
terminal-line-seller = seller { $points }
terminal-line-none = no points on this one
terminal-count-lines =
    { $count ->
        [one] { $count } line
       *[other] { $count } lines
    }
terminal-count-pieces =
    { $count ->
        [one] { $count } piece
       *[other] { $count } pieces
    }
terminal-receipt-noted = receipt noted
terminal-to-pay = To pay
terminal-people = People and points
terminal-finish = Finish sale
terminal-next-sale = Next sale

# The keys.
terminal-keys = Keys
terminal-key-item = Find item
terminal-key-buyer = Buyer
terminal-key-seller = Seller
terminal-key-void = Undo last
terminal-key-amount = Amount
terminal-key-quantity = Quantity
terminal-key-remove = Remove line
terminal-key-clear = Clear
terminal-key-redeem = Redeem
terminal-removed = Line removed
terminal-cleared = Sale cleared

# What the scan line says.
terminal-say-added = { $item }: { $count }
terminal-say-amount = { $amount } added
terminal-say-buyer = Buyer: { $name }
terminal-say-finished = Recorded
terminal-say-voided = Undone
terminal-say-full = A sale has room for 20 lines. Finish it first.
terminal-say-nothing = Nothing to finish yet
terminal-say-one-piece = This line stays at one piece
terminal-say-reading = Reading
terminal-say-receipt = Receipt noted: { $amount }
terminal-say-unit-twice = This piece is in the sale already
terminal-say-which-product = Which item is this code from?

# Buyer and seller.
terminal-buyer-empty = No buyer yet
terminal-buyer-empty-sub = Scan their code, or find them by number
terminal-buyer-unnamed = Buyer without a name
terminal-buyer-proven = Code shown
terminal-buyer-earns = Can earn
terminal-buyer-remove = Remove the buyer
terminal-buyer-title = Who is buying?
terminal-buyer-text = Scan the code on their phone or their card at any time. Or type the phone number.
terminal-buyer-label = Phone number, card or code
terminal-buyer-go = Find
terminal-balance-unknown = Balance not known here
terminal-balance-unsent = { $points } not sent yet
terminal-balance-later = The new balance is known once this has been sent.
terminal-seller-empty = No seller chosen
terminal-seller-empty-sub = Choose who sold this
terminal-seller-shift = Seller, kept for this shift
terminal-seller-title = Who sold this?
terminal-seller-text = The choice stays for the next sales, until it is changed or the cashier signs out.
terminal-seller-none = No sellers here yet
terminal-seller-nobody = No seller
terminal-role-seller = Seller
terminal-role-cashier = Cashier
terminal-role-owner = Owner
terminal-nobody = Nobody

# Both pots.
terminal-pots = Points of this sale
terminal-pot-buyer = Buyer
terminal-pot-seller = Seller
terminal-pot-empty = Appears with the first item
terminal-pot-none = No points on these items
terminal-discount = Discount: { $name } ({ $rate }), − { $amount }
terminal-pot-no-buyer = Without a buyer nobody collects these
terminal-pot-no-seller = Without a seller nobody earns these
terminal-sum-line = { $item }: { $sum } = { $points }
terminal-sum-amount = { $amount }: { $each } for each { $step } = { $points }

# Done.
terminal-done-title = Sale recorded
terminal-done-balance = New balance:
terminal-done-no-buyer = This sale had no buyer.
terminal-done-confirmed = Confirmed by the server
terminal-done-waits = Waits for the network
terminal-done-waits-text = It is safe here and goes out by itself.
terminal-done-next = The next scan starts the next sale.

# Find an item, enter amounts and quantities.
terminal-item-title = Find an item
terminal-item-label = Part of the name or the number
terminal-item-orphan = Choose or scan the item that { $code } belongs to
terminal-item-none = No item found
terminal-item-none-text = Try fewer letters, or enter the amount instead.
terminal-item-no-price = no price here
terminal-amount-title = Enter an amount
terminal-amount-text = For goods that are not in the list.
terminal-amount-label = Amount
terminal-amount-go = Add
terminal-price-title = Price of { $item }
terminal-price-text = The list has no price for it here. Enter what one piece costs.
terminal-quantity-title = How many?
terminal-quantity-label = Pieces
terminal-quantity-less = One less
terminal-quantity-more = One more
terminal-quantity-range = From 1 to { $max }
terminal-quantity-go = Set

# Undo the last sale, and the list of sales.
terminal-void-title = Undo the last sale?
terminal-void-text = Both amounts of points are taken back. The sale stays in the list, marked as undone.
terminal-void-unseen = The last sale of this terminal.
terminal-void-nothing = There is nothing to undo
terminal-void-nothing-text = The last sale is undone already, or there was none.
terminal-void-keep = Keep it
terminal-void-go = Undo the sale
terminal-void-done = Sale undone
terminal-void-waits = Sale undone here; it is sent with the network
terminal-sales-title = Sales of today
terminal-sales-empty = No sales yet
terminal-sales-empty-text = The sales of the last 24 hours appear here.
terminal-sale-buyer = Buyer { $name } { $points }
terminal-sale-seller = Seller { $name } { $points }
terminal-sale-void = Undone
terminal-sale-sent = Sent
terminal-sale-waits = Waits

# Redeem.
terminal-redeem-title = Redeem a reward
terminal-proof-ask = Ask the buyer to show the changing code on their phone, and scan it.
terminal-proof-why = { $name } was found by number or card. That is enough to earn, not to spend.
terminal-proof-scan = Scan the changing code
terminal-rewards-none = No rewards at this till
terminal-rewards-none-text = The programme has no reward that a cashier hands over.
terminal-reward-and-cash = { $points } and { $cash }
terminal-reward-left =
    { $count ->
        [one] { $count } left
       *[other] { $count } left
    }
terminal-reward-gone = Out of stock
terminal-reward-enough = Balance covers it
terminal-reward-short = { $points } missing
terminal-reward-short-some = Not enough
terminal-reward-unknown = Balance not known
terminal-reward-covered = Works offline
terminal-reward-online = Needs the network
terminal-redeem-choose = Choose a reward
terminal-redeem-go = Redeem for { $cost }
terminal-redeem-give = Hand it over
terminal-redeem-wait = Do not hand it over yet
terminal-redeem-refused = Do not hand it over
terminal-redeem-confirmed-text = The server has booked it.
terminal-redeem-lease-text = There is no network, and this terminal’s lease covers it. It is booked with the next contact.
terminal-redeem-wait-text = The server was asked and has not answered yet. Look at the queue, or try again in a moment.
terminal-redeem-refused-text = Nothing was taken from the balance.

# Queue and lease.
terminal-queue-title = Queue and network
terminal-queue-none = Everything has been sent
terminal-queue-waits =
    { $count ->
        [one] { $count } entry waits to be sent
       *[other] { $count } entries wait to be sent
    }
terminal-queue-oldest = The oldest: { $when }
terminal-queue-last = Last contact: { $when }
terminal-queue-never = No contact with the server yet
terminal-queue-empty = Nothing waits
terminal-queue-empty-text = Sales, returns and rewards of this terminal appear here with the server’s answer.
terminal-sync-now = Send and fetch now
terminal-syncing = Talking to the server
terminal-synced = Sent: { $sent }. Received: { $received }.
terminal-synced-rejected = Rejected: { $count }.
terminal-item-queued = Waits
terminal-item-sending = On its way
terminal-item-accepted = Accepted
terminal-item-blocked = Stopped
terminal-did-sale-record = A sale
terminal-did-sale-void = A sale undone
terminal-did-reward-redeem = A reward redeemed
terminal-did-lease-request = A lease asked for
terminal-did-lease-return = A part of the lease given back
terminal-did-claim-submit = A claim
terminal-did-visit-record = A visit
terminal-did-quiz-submit = Answers to a lesson
terminal-did-goal-set = A wish
terminal-did-review-decide = A decision
terminal-did-other = Entry: { $kind }
terminal-lease-title = Lease for redeeming offline
terminal-lease-of = of { $granted }
terminal-lease-exposure = { $points } not booked yet
terminal-lease-until = Good until { $when }
terminal-lease-stale = The lease is too old; connect once to renew it
terminal-lease-none = This terminal has no lease: without a network it can record sales, but not redeem.
terminal-lease-wish = Points wished for
terminal-lease-ask = Ask for it
terminal-lease-back = Give it back
terminal-lease-text = The server decides how much this terminal may hand out offline.

# Camera, sounds and settings.
terminal-camera-title = Camera
terminal-camera-starting = Starting the camera
terminal-camera-aim = Hold the code flat and let it fill the picture.
terminal-camera-pick = Which camera
terminal-camera-first = The first one there is
terminal-camera-number = Camera { $number }
terminal-camera-try = Try it
terminal-camera-stop = Stop
terminal-camera-read = Read: { $text }
terminal-camera-none = No camera found
terminal-camera-none-text = Connect one, or allow it in the system. The scanner, pictures and typing work without it.
terminal-camera-again = Look again
terminal-sound-text = One tone for done, one for wrong. Wrong always shows on the screen too.
terminal-sound-done = Done
terminal-sound-wrong = Wrong
terminal-volume = Volume
terminal-about-server = Server
terminal-about-sync = Last contact
terminal-never = Never

# What a code reader refuses.
error-code-not-ours = This code says nothing to this programme
    .remedy = Scan the code of the item or of the buyer. Or find the item by its name.
error-code-damaged = This code cannot be read as it should
    .remedy = Scan it again, or scan the other code on the package.
error-bad-length = This number has too few or too many digits
    .remedy = Compare it with the label and enter it again, or scan it.
error-cyrillic-layout = The scanner types Cyrillic letters
    .remedy = Switch the keyboard layout to Latin and scan again.
error-compressed-link = This code uses a short form that is not supported
    .remedy = Scan the other code on the package, or type the number.
error-deadline = Reading the picture took too long
    .remedy = Choose a smaller picture that shows only the code.
error-camera-failed = The camera stopped
    .remedy = Check its cable and try again, or read a picture.
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
error-bad-enrolment-code = This is not an enrolment code
    .remedy = Copy the whole code from the console, or scan it there.
error-device-in-use = Another program has this device’s data open
    .remedy = Close the other window and try again.
error-keyring-unavailable = The system’s key store does not answer
    .remedy = Unlock it or sign in to the system again. Unsent work is kept.
error-outbox-unreadable = The file with unsent work cannot be read
    .remedy = Do not delete it. Call support: it may be repaired.
error-storage-failed = This device could not save its data
    .remedy = Check that the disk has room and may be written to, then try again.
error-protocol-error = The server’s answer was not understood
    .remedy = Check the server’s address, or update the program. Unsent work is kept.
error-server-error = The server has a fault
    .remedy = Work goes on here; it is sent again by itself.
error-too-many-attempts = Too many tries in a short time
    .remedy = Wait a minute and try again.
error-busy = Too much is going on at the moment
    .remedy = Wait a moment and try again.

# Several programmes at one till
terminal-programmes = Programmes of this till
terminal-programmes-text = The scan line takes the codes of all of them. Each has its own sign-in, points and queue.
terminal-programmes-sale = Finish or clear the sale first
terminal-programme-switch = Change programme
terminal-programme-person = Signed in: { $name }
terminal-programme-nobody = Nobody is signed in
terminal-programme-no-lease = No lease
terminal-programme-now = Now { $name }
terminal-programme-waits-pin = A code waits for this programme. Sign in, and it is taken.
terminal-join-text = Scan the enrolment code that the other maker gave you, paste it, or choose a picture of it. The programmes that are here stay.
terminal-other-title = This code belongs to { $name }
terminal-other-switch = Change to { $name }
terminal-other-sale =
    { $name }: { $count ->
        [one] { $count } line is not finished
       *[other] { $count } lines are not finished
    }
terminal-other-text = This sale keeps its programme. Finish it first; the next one is { $name }.
terminal-other-finish = Finish this sale
terminal-other-next = Recorded. Next: { $name }
terminal-resting-title = Left on this till
terminal-leave-programme-text = This till serves the programme no more. All others stay. It can come back here at any time.
terminal-leave-programme-keeps = Or leave now: what waits stays safe on this till and goes out when the programme comes back.
terminal-leave-programme-lease = This till still holds a lease of { $points }. Give it back first, else it stays put aside for it.
