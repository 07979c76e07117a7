# Why an amount is what it is, and why it still waits. `.detail` is shown when its numbers are known.
reason-server-decides-code = The server decides about this code
reason-server-checks-lesson = The server checks whether the seller passed the lesson
reason-awaits-review = A manager looks at it first
reason-awaits-return-window = Confirmed when the goods can no longer be returned
    .detail = Confirmed after { $until }, when the goods can no longer be returned
reason-awaits-photo = The photo is still on its way
reason-awaits-sync = Sends by itself when there is a network
reason-per-unit = Points for each piece
    .detail = { $count } × { $each } for each piece
reason-per-amount = Points for the amount paid
    .detail = { $each } for each { $step } of { $amount }
reason-multiplier = Counts more than usual
    .detail = Multiplied by { $factor }
reason-campaign = Part of a campaign
    .detail = Campaign: { $name }
reason-capped = The limit is reached
    .detail =
        { $by ->
            [budget] Cut by { $cut }: the budget was enough for only { $left }
            [liability] Cut by { $cut }: the programme could give only { $left }
           *[limit] Cut by { $cut }: the limit let only { $left } through
        }
reason-no-rule = No rule gives points for this
reason-recorded-offline = Recorded offline
reason-lease-covers = Covered by this terminal’s lease
    .detail = Covered by this terminal’s lease, { $left } left
reason-allowance-covers = Covered by this terminal’s allowance
reason-offline-loss = The programme bears the difference
reason-attached-to-existing = Added to a sale that is already known
reason-first-accepted-wins = Somebody else’s report was accepted first
reason-adjusted = Adjusted by a manager
    .detail = Adjusted by a manager: { $note }
reason-server-marks-answers = The server checks the answers
reason-server-resolves-member = The server finds out who the member is
reason-task = Points for a task
reason-lesson = Points for a lesson
reason-reported-late = The claim arrived more than three days after the sale; a manager looks at it
reason-receipt-of-other-outlet = The receipt is from another outlet; a manager looks at it
reason-above-limit = More points than one sale may earn; a manager looks at it

# Steps of the arithmetic.
reason-percent = Points for a share of the amount
    .detail = { $share } of { $amount } as points worth { $worth } each
reason-fixed = Points given once
    .detail = { $each }, given once
reason-every = Points each time a count is full
    .detail = { $each } each time the count passes another { $nth }: it went from { $before } to { $after }
reason-per-measure = Points for the measured value
    .detail = { $each } for each { $step } of { $value }
reason-boost = Multiplies points that are booked separately
    .detail = { $base } that are booked separately count × { $factor }; the difference is added here
reason-level = Points for a recommendation
    .detail = { $share } of { $of }, for level { $level } of the recommendations
reason-part = A share of the points
    .detail = A share of { $share } of { $of }
reason-staff-part = A share of the staff’s points
    .detail =
        { $people ->
            [one] { $of } for { $people } employee: { $own } of { $all } shares
           *[other] { $of } split among { $people } employees: { $own } of { $all } shares
        }
reason-discount = A discount
    .detail = { $share } off, which is { $amount }

# Why a rule gave nothing.
reason-not-yet = It has not begun yet
    .detail = It begins on { $starts }
reason-over = It is over
    .detail = It has been over since { $ends }
reason-limit-reached = Its limit is reached
reason-budget-spent = Its budget is spent
reason-liability-reached = As many points are outstanding as the programme allows
reason-better-rule = Another rule gives more
    .detail = The rule “{ $rule }” gives more
reason-no-rate = No value of a point is set for this currency
reason-below-step = It is less than one full step
reason-nobody-there = There is nobody who could receive it
reason-not-met = One of its conditions does not hold
reason-not-met-product = It is for other products
    .detail = It is for other products than { $name }
reason-not-met-brand = It is for other brands
    .detail = It is for other brands than { $found }
reason-not-met-category = It is for other categories
    .detail = It is for other categories than { $found }
reason-not-met-outlet = It is for other outlets
    .detail = It is for other outlets than { $found }
reason-not-met-partner = It is for outlets of other partners
    .detail = It is for outlets of other partners than { $found }
reason-not-met-country = It is for other countries
    .detail = It is for other countries than { $found }
reason-not-met-city = It is for other cities
    .detail = It is for other cities than { $found }
reason-not-met-role = It is for other roles
    .detail =
        { $found ->
            [seller] It is not for sellers
            [cashier] It is not for cashiers
            [buyer] It is not for buyers
            [merchandiser] It is not for merchandisers
            [owner] It is not for shop owners
            [purchaser] It is not for purchasers
            [manager] It is not for managers
           *[other] It is for other roles than { $found }
        }
reason-not-met-segment = It is for other groups of people
    .detail = It is for other groups of people than { $found }
reason-not-met-evidence = It is for sales that are reported in another way
    .detail =
        { $found ->
            [till] It is not for sales that a till reports
            [code] It is not for sales that are claimed with a code
            [receipt] It is not for sales that are claimed with a receipt
           *[other] It is for sales that are reported in another way than { $found }
        }
reason-not-met-currency = It is for another currency
    .detail = It is for another currency than { $found }
reason-not-met-weekday = It is for other days of the week
    .detail =
        { $found ->
            [1] It does not hold on Mondays
            [2] It does not hold on Tuesdays
            [3] It does not hold on Wednesdays
            [4] It does not hold on Thursdays
            [5] It does not hold on Fridays
            [6] It does not hold on Saturdays
           *[7] It does not hold on Sundays
        }
reason-not-met-minute = It is for other times of the day
    .detail = It does not hold at { $time }
reason-not-met-amount = It is for other amounts of an item
    .detail = It is for other amounts of an item than { $money }
reason-not-met-quantity = It is for other quantities
    .detail =
        { $pieces ->
            [one] It is for other quantities than { $count } piece
           *[other] It is for other quantities than { $count } pieces
        }
reason-not-met-basket = It is for other totals
    .detail = It is for other totals than { $money }
reason-not-met-value = It is for other measured values
    .detail = It is for other measured values than { $found }
reason-not-met-tally = The count so far does not fit
    .detail = The count so far is { $found }, which does not fit
reason-not-met-lesson = It depends on a lesson
    .detail =
        { $found ->
            [true] It is for those who have not passed a lesson
           *[false] A lesson has to be passed first
        }
reason-not-met-tier = It is for another tier
    .detail = It is for another tier than { $found }
reason-not-met-referred = It depends on who was recommended
    .detail =
        { $found ->
            [true] It is for people whom nobody recommended
           *[false] It is for people whom somebody recommended
        }

# What an award waits for, and what became of it.
reason-server-checks-person = The server checks role and group of the person
reason-server-checks-outlet = The server checks the outlet
reason-server-checks-tally = The server checks what was counted before
reason-server-checks-tier = The server checks the person’s tier
reason-server-checks-referral = The server checks who recommended whom
reason-server-checks-limit = The server checks how much of the limit is left
reason-server-checks-budget = The server checks how much of the budget is left
reason-server-checks-liability = The server checks how many points are outstanding
reason-server-checks-staff = The server checks who owns the outlet and who works there
reason-awaits-payment = Confirmed when the invoice is paid
    .detail = Confirmed when invoice { $invoice } is paid in full, if that is before { $until }
reason-awaits-next-month = Confirmed next month
    .detail = Confirmed on { $until }
reason-awaits-till = Confirmed when the till reports the sale
    .detail = Confirmed when the till reports the sale, if that is before { $until }
reason-awaits-code = The code from the box is needed for the points
reason-till-named-another = The till named somebody else as the seller
reason-above-sell-in = More is claimed than came to the outlet; a manager looks at it
    .detail =
        { $claimed ->
            [one] { $claimed } piece is claimed, but only { $shipped } came to the outlet; a manager looks at it
           *[other] { $claimed } pieces are claimed, but only { $shipped } came to the outlet; a manager looks at it
        }
reason-not-employed-there = This person is not known at the outlet; a manager looks at it
reason-paid-back = A part was kept back for an earlier return
    .detail = Kept back for an earlier return: { $points }
reason-lapsed = Nothing came of it: what it waited for did not happen in time
reason-expired = The points have expired
reason-server-finds-sale = The server looks for the sale
reason-returned = The goods were returned
reason-receipt-cancelled = The receipt was cancelled
reason-paid-late = The invoice was paid after its time; the points have lapsed
reason-awaits-sale = The sale of this invoice is not recorded yet
reason-invoice-of-other-sale = This invoice number belongs to another sale
reason-currency-mismatch = The invoice is in another currency than the sale

# The headings of an award’s arithmetic.
why-line = Item { $number }
why-event = As a whole
why-total = Together
why-price-list = Price list
why-award =
    { $number ->
        [one] { $who }: { $number } point
       *[other] { $who }: { $number } points
    }
why-nothing = Nobody earns points
why-not-rules = Rules that gave nothing
why-notes = Also to be known

# Who earns something by their part in an event.
who-buyer = Buyer
who-seller = Seller
who-actor = Recorded by
who-owner = Owner of the shop
who-shop = The shop’s pot
who-staff = Staff
who-referrer = Recommended by
# Codes of a series, and receipts that a tax service is asked about.
reason-code-not-shipped = The code is not reported as sent out yet; a manager looks at it
reason-code-of-other-outlet = The code belongs to another outlet; a manager looks at it
reason-awaits-verification = The receipt is being checked
    .detail =
        { $why ->
            [queue] The receipt waits for its turn with the tax service
            [pending] The tax service is looking for the receipt; it is asked again on { $next }
            [not_yet] The tax service does not have the receipt yet; it is asked again on { $next }
            [quota] Enough receipts were asked about for now; this one follows on { $next }
            [unreachable] The tax service cannot be reached; it is asked again on { $next }
           *[other] The tax service is checking the receipt
        }
reason-receipt-unanswered = The tax service gives no answer; a manager looks at the receipt
reason-receipt-verified = The tax service knows the receipt
reason-cashier-differs = The receipt names another cashier
reason-product-not-on-receipt = No product of the programme was recognised on the receipt; a manager looks at it
reason-many-wrong-codes = Many wrong codes were sent shortly before; a manager looks at it
    .detail =
        { $codes ->
            [one] { $codes } wrong code within an hour
           *[other] { $codes } wrong codes within an hour
        }
reason-canary-code = A code was sent that was never printed
    .detail = The code { $code } of series { $series } was never printed: no label shows it, so it was guessed or taken from a list
reason-photo-alike = The photo resembles an earlier one; a manager compares them
    .detail = The photo resembles one of { $at }; a manager compares them
reason-many-reports = More was reported within an hour than anybody does
    .detail = { $reports } reports within an hour
reason-far-apart = Two reports came from places further apart than anybody travels
    .detail = { $km } km apart within { $minutes } minutes
reason-clock-moved = The clock of a device says what cannot be
    .detail = The clock was { $minutes } minutes from what is possible
reason-device-copied = Two copies of a device were found
    .detail = They part at number { $seq }: only the history that came first counts
reason-voucher-covers = Covered by the member’s voucher
reason-voucher-used-twice = A voucher was used twice; the proof is kept
    .detail =
        { $by ->
            [phone] The phone signed twice: the member pays; the programme bears { $points }
           *[till] A terminal booked the same answer twice: the programme bears { $points }
        }
