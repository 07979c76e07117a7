# Words of the phone screens.
phone-title = Carrot
phone-kept-here = Everything stays on this phone until it is sent
phone-terminal-title = This device is a till
phone-terminal-text = Its screens are on the terminal page. Enrol a phone to see points and visits here.

phone-tab-home = Home
phone-tab-today = Today
phone-tab-code = My code
phone-tab-activity = Activity
phone-tab-scan = Scan
phone-tab-shop = Rewards
phone-tab-me = Me

phone-strip-stuck = Sending has stopped. Nothing is lost: see what to do
phone-strip-offline-waiting =
    { $count ->
        [one] { $count } waits for the network; nothing is lost
       *[other] { $count } wait for the network; nothing is lost
    }
phone-strip-sending =
    { $count ->
        [one] { $count } is being sent
       *[other] { $count } are being sent
    }
phone-strip-never = No exchange with the server yet
phone-strip-offline = No network. What you see is from { $time }; you can go on working

phone-standing-sending = Saved here
phone-standing-pending = Pending
phone-standing-review = In review
phone-standing-attached = Attached
phone-standing-confirmed = Confirmed
phone-standing-refused = Refused
phone-standing-reversed = Taken back

phone-kind-sale = Sale
phone-kind-claim = Claimed sale
phone-kind-visit = Visit
phone-kind-quiz = Lesson
phone-kind-redeem = Reward
phone-kind-opening = Opening balance
phone-kind-event = Measured event
phone-kind-referral = Recommendation
phone-kind-quiet = Welcome back
phone-kind-anniversary = Anniversary
phone-kind-other = Entry

phone-reason-other = The programme decides about this
phone-reason-refused-by-reviewer = A manager refused it: { $reason }
phone-reason-code-of-other-outlet = The code belongs to another outlet; a manager looks at it first
phone-reason-answers-wrong =
    { $right ->
        [one] { $right } answer was right; all must be
       *[other] { $right } answers were right; all must be
    }

phone-error-awaits-review = It is recorded, and a manager decides about it
    .remedy = Nothing more to do: it stands in the queue on your page.
phone-error-line-unknown = This entry is not here
    .remedy = Look for it in your activity after the next exchange with the server.
phone-error-lesson-unknown = This lesson is no longer here
    .remedy = Go back: the campaign may be over.
phone-error-stop-unknown = This stop is no longer on your route
    .remedy = Go back to the list of stops.
phone-error-stop-done = This visit is closed already
    .remedy = Go back to the list of stops and take the next one.
phone-error-task-unknown = The task of this stop is not here yet
    .remedy = Connect to the network once so that it can be fetched.
phone-error-bad-enrolment-code = This is not an enrolment code
    .remedy = Copy the whole code from the console, or scan it.
phone-error-already-enrolled = This phone is in that programme already
    .remedy = Switch to it at the top of the first screen.
phone-error-storage-failed = The phone could not write this down
    .remedy = Free some space and try again. What was saved before is safe.
phone-error-protocol-error = The server’s answer was not understood
    .remedy = Update the program, or tell support the code below.
phone-error-server-error = The server has a problem
    .remedy = Try again later. Everything that waits is kept.
phone-error-device-in-use = Another window has this phone’s data open
    .remedy = Close the other one, then try again.
phone-error-keyring-unavailable = The system’s key store does not answer
    .remedy = Unlock it, then start the program again. Unsent work is kept.
phone-error-outbox-unreadable = The list of unsent work cannot be read
    .remedy = Change nothing and tell support the code below. The file was left as it is.

phone-device-name = Phone
phone-enrol-title = Join a programme
phone-enrol-text = You get a code from your manager or the programme’s operator. It works once.
phone-enrol-another = Join another programme
phone-enrol-another-text = This phone can hold several programmes. Each one has its own code and its own points.
phone-enrol-code = Enrolment code
phone-enrol-hint = Paste the whole text
phone-enrol-go = Join
phone-from-photo = From a photo
phone-camera-off = Turn the camera off
phone-camera-again = Try the camera again
phone-camera-picture = Picture of the camera
phone-camera-starting = The camera is starting
phone-camera-aim = Hold the code inside the frame

phone-switch = Programme and outlet
phone-makers = Programmes
phone-outlets = Where you work now

phone-balance = Yours to spend
phone-of = of { $count }
phone-progress = { $done } of { $all }
phone-none-pending = Nothing pending
phone-today = Today { $points }
phone-wish-reached = You can have it now
phone-wish-when-counted = Yours as soon as the pending ones count
phone-wish-missing = { $points } to go
phone-wish-choose = Choose what you save for
phone-scan-sale = Scan a sale
phone-recent = Lately
phone-all-activity = All activity
phone-recent-none = Nothing yet
phone-recent-none-text = Scan the code of what you sold: the points show at once, without a network too.
phone-activity-none-text = What you earn and what you spend will stand here.
phone-buyer-none-text = Show your code at the till: your points will stand here.

phone-campaign = Campaign
phone-campaign-from = Counts × { $factor } from { $date }
phone-campaign-until = Counts × { $factor } until { $date }
phone-campaign-time = { $from } – { $until }
phone-campaign-together = Sold together
phone-campaign-each = { $points } each, × { $factor } in the campaign
phone-campaign-lesson-first = A short lesson opens it for you
phone-campaign-open = It counts for you
phone-campaign-open-lesson = Lesson passed: it counts for you
phone-campaign-over = This campaign is over
phone-lesson = Lesson
phone-lesson-start = Start the lesson
phone-lesson-again = Read the lesson again
phone-lesson-worth =
    { $count ->
        [one] { $count } question, { $points }
       *[other] { $count } questions, { $points }
    }
phone-question = Question { $number } of { $count }
phone-quiz-open =
    { $count ->
        [one] { $count } question is open
       *[other] { $count } questions are open
    }
phone-quiz-submit = Send the answers
phone-quiz-passed = All right: lesson passed
phone-quiz-waits = Answers saved
phone-quiz-wrong = Not all answers are right
phone-quiz-passed-before = You have passed this lesson

phone-scan-title = Scan
phone-scan-type = Type the code
phone-scan-claim = Claim
phone-scan-help = The code is on the warranty card, inside the box or on the receipt.
phone-scan-next = Scan the next one
phone-what-sold = What was sold?
phone-receipt-of = Receipt of { $amount }. Choose the product you sold.
phone-code-without-product = The code does not say which product it is. Choose it.
phone-perhaps-used-title = Already used?
phone-perhaps-used = This code was probably used already. If you think it was not, send it: the server decides.
phone-send-used = Send it all the same
phone-scan-another = Scan another code
phone-product-search = Name or number
phone-product-recent = used lately
phone-product-unsure = I am not sure: let the server find out
phone-product-none = No such product
phone-product-none-text = Try fewer letters, or the number under the bars.

phone-result-title = Your claim
phone-result-sending = It is saved on this phone and sent by itself.
phone-result-pending = The server has it; it does not count yet.
phone-result-review = The server has it; a manager looks at it.
phone-result-attached = This sale was known already. Your proof was added to it.
phone-result-confirmed = The points are yours.
phone-result-refused = No points for this one.
phone-result-reversed = The points were taken back.
phone-why = Why
phone-counted = How it was counted

phone-filter-all = All
phone-filter-waits = Waiting
phone-filter-refused = Refused
phone-filter-none = Nothing of this kind
phone-line-confirmed = The server has it
phone-line-here = So far only this phone has it

phone-shop-how = Show your code at the till, and the cashier hands the reward over.
phone-show-code = Show my code
phone-shop-none = No rewards yet
phone-shop-none-text = They come with the next exchange with the server.
phone-within-reach = You can have now
phone-price-and-cash = { $points } + { $money }
phone-reward-goods = Goods
phone-reward-voucher = Voucher
phone-reward-topup = Top-up
phone-reward-experience = Experience
phone-reward-partpay = Part payment
phone-reward-at-till = At the till
phone-reward-left =
    { $count ->
        [one] { $count } left
       *[other] { $count } left
    }
phone-reward-gone = Out of stock
phone-reward-reach = Your points reach
phone-reward-missing = { $points } to go
phone-wish-set = Save for this
phone-wish-mine = You save for this

phone-role-seller = Seller
phone-role-cashier = Cashier
phone-role-merchandiser = Merchandiser
phone-role-buyer = Member
phone-role-owner = Owner
phone-me-programme = Programme
phone-me-server = Server
phone-me-version = Version
phone-me-last-sync = Last exchange { $time }
phone-sync-now = Send and fetch now
phone-sync-done = Everything is up to date
phone-sync-sent =
    { $count ->
        [one] { $count } sent
       *[other] { $count } sent
    }
phone-queue-empty = Everything has been sent
phone-queue-queued = Saved here; sent by itself when there is a network
phone-queue-sending = Being sent now
phone-queue-blocked = Sending has stopped here; it is kept
phone-queue-parked = The server keeps it until a manager has decided
phone-queue-accepted = Sent and accepted
phone-queue-adjusted = Accepted; the server has settled the points
phone-queue-kind-claim-submit = Claim
phone-queue-kind-visit-record = Visit
phone-queue-kind-quiz-submit = Answers of a lesson
phone-queue-kind-goal-set = Wish
phone-queue-kind-referral-accept = Recommendation
phone-queue-kind-event-record = Measured event
phone-queue-kind-reward-redeem = Reward
phone-queue-kind-sale-record = Sale
phone-queue-kind-sale-void = Cancelled sale
phone-uploads-title = Photos on their way
phone-upload-sent = { $sent } of { $size } sent
phone-upload-next = Goes next
phone-upload-command = Goes after its report
phone-upload-metered = Waits for Wi-Fi: sending { $size } now would use mobile data
phone-upload-battery-low = Waits for power: the battery is low
phone-upload-now = Send now anyway

phone-visits-here = Finished here
phone-visits-uploaded = Uploaded
phone-of-stops =
    { $count ->
        [one] of { $count } stop
       *[other] of { $count } stops
    }
phone-visits-waiting = The rest waits for the network
phone-visits-all-sent = Nothing waits
phone-visits-points = { $points } pending
phone-stops-none = No stops
phone-stops-none-text = Your route comes with the next exchange with the server.
phone-stop-gone = This stop is no longer on your route
phone-day-today = Today, { $date }
phone-day-tomorrow = Tomorrow, { $date }
phone-stop-open = To do
phone-stop-started = Under way
phone-stop-waiting = Finished, not sent yet
phone-stop-review = In review
phone-stop-approved = Approved
phone-stop-refused = Refused
phone-stop-offline = No network there
phone-visit = Visit
phone-visit-of = Stop { $number } of { $count }
phone-visit-since = Here since { $time }
phone-visit-offline = No network is expected here. All is saved on this phone and sent later.
phone-visit-check-in = I am here
phone-visit-close = Close the visit
phone-visit-complete = Everything is done
phone-visit-needs-photo = A photo is missing
phone-visit-needs-answers =
    { $count ->
        [one] { $count } question is not answered
       *[other] { $count } questions are not answered
    }
phone-check-fix = Can you put it right now?
phone-visit-note = Remark
phone-visit-photo = Photo of the shelf
phone-visit-photo-needed = Needed before you close
phone-visit-photo-free = If there is something to show
phone-photo-choose = Choose photo
phone-photo-number = Photo { $number }
phone-photo-gone = Sent; no longer kept on this phone
phone-photo-remove = Remove { $title }
phone-visit-found = { $right } of { $count } in order
phone-visit-kept = Kept on this phone and sent by itself when there is a network
phone-visit-next = Next: { $name }

phone-code-picture = Your code as a picture
phone-code-show = Show this at the till
phone-code-changes =
    { $count ->
        [one] Changes in { $count } second; works without a network
       *[other] Changes in { $count } seconds; works without a network
    }
# How far a claim has come
phone-steps = How far it has come
phone-step-of = Step { $number } of { $count }
phone-stage-queued = Saved here
phone-stage-sent = Sent
phone-stage-checking = Being checked
phone-stage-approved = Approved
phone-stage-rejected = Refused
phone-stage-credited = Yours to spend
phone-stage-paid = Spent

# Several codes in one picture
phone-several =
    { $count ->
        [one] { $count } code in the picture
       *[other] { $count } codes in the picture
    }
phone-several-text = Tick those that you sold. Each one is claimed by itself.
phone-several-code = Code from a box
phone-several-receipt = Receipt of { $amount }
phone-several-claim =
    { $count ->
        [one] Claim { $count } code
       *[other] Claim { $count } codes
    }
phone-several-other = Another picture

# The shelf
phone-shelf = Products on the shelf
phone-shelf-text = A photo of the shelf counts every product code that can be read in it.
phone-shelf-next = Another photo adds to the count. Put it right where the photo missed something.
phone-shelf-take = Photograph the shelf
phone-shelf-choose = Count from a photo
phone-shelf-share = Our share: { $share }
phone-shelf-own = Our product
phone-shelf-other = Another product
phone-shelf-less = One less: { $name }
phone-shelf-more = One more: { $name }
phone-error-no-product-code-found = No product code was found in the picture
    .remedy = Take it from closer and straight from the front, so that the bars are sharp.
phone-error-shelf-full = There are too many different products on this shelf
    .remedy = Take products off the list that need not be counted.

# A receipt as a photo, and what one code stands for
phone-receipt-title = Photo of a receipt
phone-receipt-none = No square code? Send a photo
phone-receipt-text = The whole receipt, flat and sharp. A manager looks at it.
phone-receipt-picture = Your photo of the receipt
phone-receipt-take = Photograph the receipt
phone-receipt-choose = Choose a photo
phone-receipt-product = What was sold?
phone-receipt-other-product = Another product
phone-receipt-number = Number of the receipt
phone-receipt-day = Date of the receipt
phone-receipt-total = Total
phone-receipt-free = If it can be read
phone-receipt-send = Send the photo
phone-receipt-earlier = Open my earlier claims
phone-covers-title = What it stands for
phone-covers-unit = Single piece { $number }
phone-covers-carton = Carton { $number }
phone-covers-pallet = Pallet { $number }
phone-covers-other = { $level } { $number }
phone-covers-logistic = Pallet or box with an SSCC
phone-covers-waybill = Waybill { $number }
phone-covers-unknown = The server knows what is in it and counts it.
phone-covers-rest = What was claimed from it before is left out.
phone-covers-claim-all = Claim all of it
phone-covers-pieces =
    { $count ->
        [one] { $pieces } piece
       *[other] { $pieces } pieces
    }
phone-covers-claim =
    { $count ->
        [one] Claim { $pieces } piece
       *[other] Claim { $pieces } pieces
    }
