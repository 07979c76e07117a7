# Words of the console screens.
console-title = Carrot console
console-user = User name
console-password = Password
console-scheme-system = Auto

# Places
console-nav-today = Today
console-nav-review = Review
console-nav-people = People
console-nav-sales = Sales
console-nav-claims = Claims
console-nav-visits = Visits
console-nav-products = Products
console-nav-rules = Rules
console-nav-devices = Devices
console-nav-money = Money
console-nav-audit = Audit log

# Lists
console-page = { $first }–{ $last } of { $all }
console-page-before = Previous page
console-page-after = Next page
console-nobody = Nobody
console-by = by { $name }
console-all-roles = All roles
console-all-states = All states
console-all-outlets = All outlets
console-all-categories = All categories
console-all-devices = All kinds
console-name = Name
console-role = Role
console-outlet = Outlet
console-person = Person
console-cashier = Cashier
console-seller = Seller
console-buyer = Buyer
console-merchandiser = Merchandiser
console-product = Product
console-category = Category
console-when = When
console-amount = Amount
console-points = Points
console-points-both = Buyer / seller
console-state = State
console-kind = Kind
console-last = Last activity
console-spendable = Spendable
console-code = Code
console-phone = Phone
console-email = E-mail
console-clawback = Owed after reversals
console-devices = Devices
console-history = History
console-history-none = Nothing has happened yet
console-history-none-text = Sales, claims and visits appear here with their reasons.

# Today
console-today-sub = The programme at a glance
console-issued = Issued today
console-issued-note = { $points } in 31 days
console-active = Active this week
console-active-unit = of { $all } people
console-active-note = Did something in the last 7 days
console-liability = Owed to people
console-liability-note = { $points } of it pending
console-exposure = At risk offline, at most
console-exposure-note = { $points } lost so far
console-series = { $name }, the last 31 days
console-chart-title = Points issued per day
console-chart-label = Points issued per day, { $points } in 31 days
console-chart-last = { $points } today
console-waiting = Waiting for you
console-waiting-none = Nothing waits
console-waiting-none-text = Photos, low stock and silent devices show up here.
console-waiting-reviews =
    { $count ->
        [one] { $count } thing to review
       *[other] { $count } things to review
    }
console-waiting-reviews-sub = oldest { $since } · { $points }
console-waiting-parked =
    { $count ->
        [one] { $count } command was set aside
       *[other] { $count } commands were set aside
    }
console-waiting-parked-sub = A person has to decide · oldest { $since }
console-waiting-stock = { $name }: { $left } left
console-waiting-stock-sub = This reward runs out soon
console-waiting-silent = { $name } is silent
console-waiting-silent-sub = last heard of { $since } · lease { $points }

# Review
console-review-sub = Look, compare, decide.
console-review-open =
    { $count ->
        [one] { $count } open
       *[other] { $count } open
    }
console-review-none = All is decided
console-review-none-text = New visits and claims appear here as they arrive.
console-review-own = This is about you: somebody else decides.
console-review-waits = A photo is still on its way. It can be approved once it is here.
console-approve = Approve
console-refuse = Refuse
console-approved = Approved: { $points } for { $name }
console-refused = Refused: { $name } reads why
console-refuse-title = Refuse this?
console-refuse-text = { $name } does not get { $points }. This cannot be undone.
console-refuse-reason = Why, in words for the person
console-checklist = Checklist
console-note = Remark
console-evidence = Evidence
console-reasons = Why
console-photo = Photo { $number } of { $all }
console-photos = Photos
console-photo-missing = The photo has not arrived
console-photo-missing-text = The phone sends it when it has a good network.

# People
console-people-search = Name, code, phone or e-mail
console-people-none = Nobody takes part yet
console-people-none-text = Import people, or let them join by a code.

# Sales, claims, visits
console-sales-search = Name or sale
console-sales-none = No sales yet
console-sales-none-text = They appear as soon as a terminal has sent them.
console-void = Cancelled
console-lines = Lines
console-typed-amount = Typed amount
console-sale-id = Sale
console-awards = Awards
console-awards-none = Nobody was credited.
console-what-happened = What happened
console-claims-search = Seller, code or receipt
console-claims-none = No claims yet
console-claims-none-text = Sellers make them with their phones, also without a network.
console-visits-search = Merchandiser or outlet
console-visits-none = No visits yet
console-visits-none-text = They appear once a merchandiser has closed one.
console-in-order = { $good } of { $all } in order
console-there = There

# Products
console-products-search = Name, brand or code
console-products-none = The price list is empty
console-products-none-text = Import products to give points for them.
console-price = Price
console-buyer-points = Buyer points
console-seller-points = Seller points
console-version = Since version
console-version-now = Version { $version } is in force
console-changes =
    { $count ->
        [one] { $count } change
       *[other] { $count } changes
    }
console-discard = Discard
console-preview = Preview
console-publish = Publish
console-preview-title =
    { $count ->
        [one] { $count } product changes with version { $version }
       *[other] { $count } products change with version { $version }
    }
console-published =
    { $count ->
        [one] Version { $version } is out: { $count } product changed
       *[other] Version { $version } is out: { $count } products changed
    }

# Rules
console-rules-now = In force
console-rules-draft = Draft
console-rules-versions = Versions
console-rules-none = No rules yet
console-rules-none-text = Products give what the price list says.
console-rule-when = When
console-rule-if = Only if
console-rule-gives = Gives
console-rule-to = To
console-rule-time = In force
console-rule-from = from { $at }
console-rule-until = until { $at }
console-rule-limits = At most
console-rule-budget = From budget

# What rules say
console-trigger-sale = A sale
console-trigger-payment = A payment
console-trigger-joined = Somebody joins
console-trigger-event = Measured: { $name }
console-trigger-quiet =
    { $days ->
        [one] { $days } day without a purchase
       *[other] { $days } days without a purchase
    }
console-trigger-anniversary =
    { $days ->
        [one] { $days } day after joining
       *[other] { $days } days after joining
    }
console-effect-per-unit = { $points } for each piece
console-effect-per-amount = { $points } for each full { $amount }
console-effect-percent = { $rate } of the amount as points
console-effect-discount = { $rate } off the price
console-rate-banded = { $low } to { $high } ({ $field })
console-effect-multiply = { $times } times what the line earns
console-effect-fixed = { $points } once
console-effect-every = { $points } each time { $tally } passes a multiple of { $nth }
console-effect-per-measure = { $points } for each full { $step } measured
console-effect-levels = { $effect }; of that up the chain of recommendations: { $shares }
console-cond-is = { $field }: { $values }
console-cond-absent = { $field }: none
console-cond-between = { $field }: { $from } to under { $to }
console-cond-from = { $field }: at least { $from }
console-cond-under = { $field }: under { $to }
console-cond-not = not ({ $cond })
console-cond-lesson = lesson { $name } passed
console-cond-tier = at least step { $step } of { $ladder }
console-cond-referred = was recommended
console-cond-not-referred = was not recommended
console-field-product = product
console-field-brand = brand
console-field-category = category
console-field-outlet = outlet
console-field-partner = partner
console-field-country = country
console-field-city = city
console-field-role = role
console-field-segment = segment
console-field-evidence = evidence
console-field-currency = currency
console-field-quantity = pieces
console-field-amount = amount
console-field-basket = basket
console-field-value = value
console-field-weekday = weekday
console-field-minute = time of day
console-who-buyer = Buyer
console-who-seller = Seller
console-who-actor = Whoever recorded it
console-who-owner = Shop owner
console-who-shop = The shop’s pot
console-who-staff = Everybody who works there
console-who-referrer = Whoever recommended them
console-per-person = for one person
console-per-outlet = for one outlet
console-per-partner = for one partner
console-per-rule = for all together
console-within-day = a day
console-within-week = a week
console-within-month = a month
console-within-year = a year
console-within-ever = in all
console-within-days =
    { $days ->
        [one] in { $days } day
       *[other] in { $days } days
    }
console-limit-points = { $points } { $per } { $within }
console-limit-times =
    { $count ->
        [one] { $count } time { $per } { $within }
       *[other] { $count } times { $per } { $within }
    }

# A draft of the rules
console-draft-text = The rule set, as JSON
console-draft-none = Open a file, paste a rule set, or start from the rules in force.
console-draft-open = Open a file
console-draft-copy = Start from the rules in force
console-draft-check = Check
console-draft-good =
    { $count ->
        [one] Version { $version } can be published: { $count } rule
       *[other] Version { $version } can be published: { $count } rules
    }
console-draft-problems =
    { $count ->
        [one] { $count } problem was found
       *[other] { $count } problems were found
    }
console-draft-version = The draft says version { $version }, but version { $next } comes next
console-draft-jump = Line { $line }
console-draft-refused = Must be changed
console-draft-warning = Warning
console-draft-note = Why, for the list of versions
console-draft-publish-title = Publish version { $version }?
console-draft-publish-text = It is in force at once. Devices get it the next time they connect. Budgets are put aside.
console-draft-published = Version { $version } is in force
console-versions-none = Nothing was published here yet
console-versions-none-text = Each publication of rules or of the price list appears here.
console-version-rules =
    { $count ->
        [one] { $count } rule
       *[other] { $count } rules
    }
console-version-prices = Price list

# Replay of a draft
console-replay = Replay over the past
console-replay-run = Replay over the past
console-replay-progress = { $taken } of { $total }
console-replay-cancelled = The replay was cancelled.
console-replay-failed = The replay failed on the server. Try again; if it fails again, look at the server’s log.
console-replay-of =
    { $count ->
        [one] Version { $version } over { $count } event, { $from } to { $to }
       *[other] Version { $version } over { $count } events, { $from } to { $to }
    }
console-replay-now = by the rules in force { $points }
console-replay-cost = Cost
console-replay-cost-note = Tax and contributions included
console-replay-discounts = and { $amount } in discounts
console-replay-gain = People who get more
console-replay-lose = { $lose } get less, { $stay } the same
console-replay-top = Goes to the top 1%
console-replay-day = Highest day: { $points }, { $name }
console-replay-rules = By rule
console-replay-roles = By part in the sale
console-replay-months = By month
console-replay-outlets = By outlet
console-replay-others = All others
console-replay-nowhere = Without an outlet
console-replay-winners = Gain most
console-replay-losers = Lose most
console-replay-spread = How the changes spread
console-replay-spread-sub = So many people have at most this change
console-replay-part = { $part } of people
console-replay-budgets = Budgets
console-replay-budget = { $left } of { $all } left
console-replay-exhausted = used up on { $date }
console-replay-bounds = Bounds that were met
console-replay-bound = cut: { $cut } · nothing left: { $refused }
console-bound-limit = limit
console-bound-budget = budget
console-bound-liability = owed at most
console-price-list = Price list

# Devices and enrolment
console-devices-search = Device name
console-devices-none = No devices yet
console-devices-none-text = Make a code above and scan it with the new device.
console-device = Device
console-belongs = Belongs to
console-seen = Last heard of
console-commands = Commands
console-silent = Silent
console-revoke = Revoke
console-revoke-title = Revoke { $name }?
console-revoke-text = It can no longer sell, redeem or sync. What it has not sent yet waits for a person. This cannot be undone: to use it again, enrol it anew.
console-revoked = { $name } is revoked
console-enrol = Enrol a device
console-enrol-sub = Each code makes one device and holds for ten minutes.
console-enrol-new = New code
console-enrol-title = Scan this with the new device
console-enrol-qr = Enrolment code
console-enrol-text = The code as text
console-enrol-left = Valid for { $time }
console-enrol-over = This code has expired: make a new one
console-copy = Copy
console-copied = Copied
console-copy-failed = Copying was not allowed: mark the text and copy it

# Money
console-money-sub = What is owed, held and lost, in points
console-held = Held by leases
console-held-note = { $points } of the budget are free
console-loss = Lost offline
console-loss-note = Not written off yet
console-redeemed = Redeemed
console-redeemed-note = of { $points } ever issued
console-leases = Leases
console-leases-none = No lease is out
console-leases-none-text = A terminal asks for one so that it can redeem without a network.
console-lease-held = Held
console-lease-of = { $held } of { $granted }
console-lease-filled = Filled
console-lease-until = Redeems until
console-lease-stale = Must connect
console-lease-fresh = In use

# Audit log
console-audit-sub = Nothing is ever taken out of it
console-action = Action
console-actor = Who
console-subject = To what
console-server = The server
console-action-price-list-publish = Price list published
console-action-rules-publish = Rules published
console-action-session-begin = Signed in
console-action-session-end = Signed out
console-action-participant-view = Looked at a person
console-action-device-enrol = Device enrolled
console-action-device-revoke = Device revoked
console-action-enrolment-create = Enrolment code made
console-action-enrolment-issue = Enrolment code given out
console-action-programme-create = Programme made
console-action-import-write = Files imported
console-action-admin-password = Password given
console-action-server-restore = Restored from a back-up
console-action-review-decide = Review decided

# Members of open sets
console-role-seller = Seller
console-role-cashier = Cashier
console-role-buyer = Buyer
console-role-merchandiser = Merchandiser
console-role-owner = Shop owner
console-role-purchaser = Purchaser
console-role-manager = Manager
console-role-approver = Approver
console-device-terminal = Terminal
console-device-phone = Phone
console-device-status-active = In use
console-device-status-revoked = Revoked
console-state-active = Confirmed
console-state-pending = Pending
console-state-review = In review
console-state-rejected = Rejected
console-state-reversed = Reversed
console-state-approved = Approved
console-state-refused = Refused
console-state-accepted = Accepted
console-state-parked = Set aside
console-state-revoked = Revoked
console-review-visit = Visit
console-review-claim = Claim
console-activity-sale = Sale
console-activity-claim = Claim
console-activity-visit = Visit
console-activity-quiz = Lesson
console-activity-redeem = Reward
console-activity-opening = Opening balance
console-evidence-till = Till
console-evidence-code = Code from the box
console-evidence-receipt = Receipt
console-command-sale-record = Sale
console-command-sale-void = Cancellation
console-command-claim-submit = Claim
console-command-review-decide = Decision
console-category-machine = Machines
console-category-beans = Beans
console-category-capsules = Capsules
console-category-accessories = Accessories
console-category-cups = Cups
console-category-syrups = Syrups
console-category-filters = Filters

# Refusals that only the console meets
error-login-wrong = User name or password is wrong
    .remedy = Enter both again. After five wrong tries you have to wait.
error-login-locked = Too many wrong passwords
    .remedy = Try again in { $minutes } min, or ask a manager for help.
error-awaits-photo = A photo has not arrived yet
    .remedy = Wait until the phone has sent it, or refuse with a reason.
error-review-closed = Somebody has decided this already
    .remedy = Go on with the next one.
error-review-unknown = This review does not exist
    .remedy = Load the list again.
error-price-list-changed = Somebody else has published in between
    .remedy = Look at the newer points, then publish again.
error-nothing-to-publish = Every product has these points already
    .remedy = Change some points first.
error-participant-unknown = This person is not in the programme
    .remedy = Search for them by name.
error-sale-unknown = This sale is not known here
    .remedy = It may not have been sent yet. Search for it by outlet and day.
console-review-event = Measured event
console-review-signal = Signal
console-signal-seen = Seen
console-signal-closed = Signal closed
console-activity-event = Measured event
console-activity-referral = Recommendation
console-activity-quiet = Welcome back
console-activity-anniversary = Anniversary
console-state-confirmed = Confirmed by stronger evidence
console-state-overridden = The till named another
console-evidence-photo = Photo
console-evidence-statement = The seller's word
console-command-referral-accept = Recommendation
console-command-event-record = Measured event
console-action-event-record = Measured event recorded
console-event-title = Record an event
console-event-name = Event
console-event-value = How much
console-event-record = Record
console-event-done = Recorded. Points: { $points }
error-rules-refused = The draft cannot be published as it is
    .remedy = Check it: each problem says what helps.
error-rules-changed = The version does not follow the one in force: { $version }
    .remedy = Load the rules again and carry your changes over.
error-budget-below-spent = Of the budget { $budget } { $spent } points are spent already
    .remedy = Give it at least that much.
error-replay-running = Another replay goes on
    .remedy = Wait until it ends, or cancel it.
