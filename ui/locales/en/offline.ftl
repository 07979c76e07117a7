# Words of redeeming without a network: till, phone and console.

# Redeeming at the till without a network
offline-redeem-by-phone = Voucher, or no network on the buyer’s phone
offline-redeem-by-code = Scan the changing code instead
offline-redeem-how = Choose the reward. The buyer’s phone then agrees to it, without a network.
offline-covers-both = This terminal’s lease covers { $left } more. A voucher for this terminal covers its own points besides.
offline-covers-voucher = This terminal has no lease left. Only a voucher made out for it can be taken.
offline-reward-voucher = Only with a voucher
offline-question-show = Show the code for { $cost }
offline-question-picture = Code for the buyer’s phone
offline-question-step-show = The buyer scans this code with their phone and agrees.
offline-question-step-scan = Scan the code that the phone then shows.
offline-answer-scan = Scan the phone’s answer
offline-question-left = Good for { $time }
offline-question-over = This code is too old. Show a new one.
offline-question-why = Neither this terminal nor the phone needs a network for it.
offline-question-new = Show a new code
offline-choose-again = Choose a reward
offline-with-voucher-text = The buyer’s voucher covers it. It is booked with the next contact.

# The phone: spending at a till without a network
offline-spend-title = When the till is offline
offline-spend-text = Scan the code on the till’s screen and show your answer. Neither of you needs a network.
offline-answer-open = Scan the till’s code
offline-answer-title = Pay at the till
offline-answer-help = The cashier shows a code for your reward. Scan it here.
offline-answer-type = Type the till’s code
offline-answer-offline = It works without a network.
offline-agree-title = Do you agree?
offline-agree-where = At
offline-till-unknown = A till that this phone does not know yet
offline-agree-voucher = Your voucher of { $points } pays for it
offline-agree-rest = The other { $points } come back to you with the till’s next contact.
offline-agree-lease = The till lends it until it has a network again; then the points leave your balance.
offline-agree-check = Agree only if this is what you take with you.
offline-agree-go = I agree
offline-agree-not = No, go back
offline-show-title = Your answer
offline-answer-picture = Your answer as a picture
offline-show-text = Show this to the cashier
offline-show-voucher = Your voucher is now used for this one reward. The same till can scan this answer again.
offline-show-lease = The answer is only for this reward at this till.

# Vouchers on the phone
offline-vouchers-title = My vouchers
offline-vouchers-text = Points put aside for one till. You can spend them there when nobody has a network.
offline-vouchers-none = No open voucher
offline-vouchers-none-text = Make one while you have a network, before you go where there is none.
offline-vouchers-past = Used and returned
offline-voucher-new = Put points aside
offline-voucher-on-its-way = On its way
offline-voucher-ready = Ready, also offline
offline-voucher-shown = Used in an answer
offline-voucher-cancelled = Cancelled; comes back
offline-voucher-returning = Over; comes back
offline-voucher-spent = Spent
offline-voucher-returned = Returned
offline-voucher-disputed = Being looked at
offline-voucher-for = Only for: { $reward }
offline-voucher-any = For any reward at this till
offline-voucher-until = Can be used until { $when }
offline-voucher-comes-back = What is not spent comes back by itself, as soon as the till has been in contact after that.
offline-voucher-shown-text = If the till took your answer, it is spent with its next contact; if not, it comes back by itself.
offline-voucher-spent-all = All of it was spent.
offline-voucher-spent-part = { $spent } spent, { $back } came back
offline-voucher-returned-text = It was not used; the points are yours again.
offline-voucher-disputed-text = It was used more than once. A manager looks at the proof.
offline-voucher-till = At which till
offline-voucher-reward = For what
offline-voucher-any-reward = Any reward
offline-voucher-points = How many points
offline-voucher-life = How long
offline-life-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
offline-life-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
offline-voucher-have = You have { $points } to spend.
offline-voucher-needs-network = Putting points aside needs a network now. Spending them later does not.
offline-voucher-make = Put them aside
offline-voucher-make-of = Put { $points } aside
offline-voucher-made = The points are put aside
offline-tills-none = No till takes vouchers yet
offline-tills-none-text = The list of tills comes with the next exchange with the server.

# The console: what can be lost without a network
console-nav-offline = Offline
offline-sub = What can be lost when terminals redeem without a network, known beforehand
offline-now = Can be lost now
offline-now-note =
    { $count ->
        [one] all of { $count } open lease
       *[other] all of { $count } open leases together
    }
offline-now-both-note = Open leases, and what is allowed without escrow
offline-free = Free in the offline budget
offline-free-note = No lease can grow beyond it
offline-bound-title = The worst case
offline-bound-sub = If every terminal took a full lease, lost its network and only met people without points
offline-bound-terminals =
    { $count ->
        [one] { $count } active terminal, a lease of at most { $each }
       *[other] { $count } active terminals, a lease of at most { $each } each
    }
offline-bound-budget = Held by leases now, and free in the budget: more cannot be lent
offline-bound-vouchers = Vouchers: the members’ own points, taken beforehand
offline-bound-worst = At most
offline-bound-by-terminals = The number of terminals and the size of a lease set it. Change the size in the rules.
offline-bound-by-budget = The offline budget ends it before the terminals do.
offline-tills-title = Terminal by terminal
offline-tills-empty = No terminal yet
offline-lease-held = Lease held
offline-till-revoked = Revoked
offline-till-none = No lease

# The queue
offline-next-try = Tries again in { $time }
offline-trying = Trying now
offline-item-network = Waits for the network
offline-item-turn = Goes out in its turn
offline-item-behind = Waits behind the one that was stopped
offline-export = Hand over as a file
offline-export-text = For when this device cannot send any more: the file holds everything that was not sent, locked with a code. What waits here stays as well.
offline-exported =
    { $count ->
        [one] { $count } entry and photos: { $photos } are in the file
       *[other] { $count } entries and photos: { $photos } are in the file
    }
offline-export-file = The file
offline-export-secret = What opens it
offline-export-once = Write it down now: it is shown once and kept nowhere.

# Leaving a programme on a phone
offline-leave-title = Leave { $name }
offline-leave-text = This phone shows the programme no more. Your points stay yours; an enrolment code brings you back.
offline-unsent =
    { $count ->
        [one] Not sent yet: { $count } entry, photos: { $photos }
       *[other] Not sent yet: { $count } entries, photos: { $photos }
    }
offline-unsent-oldest = The oldest: { $when }
offline-send-first = Send it first
offline-leave-keeps = Or leave now: what waits stays safe on this phone and goes out when you come back.
offline-leave-keep = Leave, keep what waits
offline-leave-go = Leave the programme
offline-resting-title = Left on this phone
offline-resting-waiting = Something in it was not sent yet
offline-resting-sent = Everything in it was sent
offline-resume = Come back

# A refused answer
offline-scan-again = Scan again
offline-answer-garbled = This is not a whole answer of a phone
offline-answer-garbled-remedy = Scan the phone’s answer again, slowly and from straight above.
console-signal-voucher-used-twice = A voucher used twice
offline-bound-copied = A copied terminal or phone could use a voucher again. That is found at its first contact, costs at most the voucher however often, and comes out of the same budget.
phone-kind-voucher = Points put aside
phone-queue-kind-voucher-request = Points put aside

# The console: vouchers used twice, leases given up
offline-vouchers-aside = Put aside in vouchers
offline-vouchers-aside-note = The members’ own points
offline-till-given-up = Lease given up
offline-write-off = Give up the lease
offline-write-off-title = Give up the lease of { $name }?
offline-write-off-text = Do this only when the terminal will never report again. It holds { $points }. What it reports later waits for a person, and it cannot redeem without a network any more.
offline-write-off-lost = Counted as lost
offline-write-off-lost-hint = All { $points } when left empty; the rest goes back to the budget
offline-write-off-range = A whole number from 0 to { $points }
offline-write-off-reason = Why
offline-written-off = The lease is given up; lost: { $points }
offline-twice-title = Vouchers used twice
offline-twice-sub = Both uses carry signatures; together they prove who did it
offline-proof-of = Voucher { $voucher } for { $terminal }
offline-use = Use { $number }
offline-use-first = The rightful one
offline-use-phone = The phone signed again
offline-use-till = A terminal booked the same answer again
offline-use-covered = Paid by the voucher
offline-use-taken = Taken from the member: { $points }
offline-use-owed = Owed by the member: { $points }
offline-use-loss = Borne by the programme: { $points }
offline-use-texts = The signed texts
offline-use-challenge = The till asked
offline-use-answer = The phone answered

# When a claim was made
offline-made-between = Made between { $from } and { $until }, proven
offline-made-after = Made after { $from }, proven; the end comes with the next contact

# A code that several programmes take
offline-which-programme = Which programme?
offline-which-programme-text = More than one of your programmes takes this code. Choose the one that it is for.
offline-programme-current = Open now

# Short words of the console's table
offline-write-off-short = Give up

# Offline rights that shrink with time
offline-lease-shrinks = Without a network, less of it may be used from { $when } on
offline-lease-why = What may be redeemed offline shrinks with the time since the last contact. One exchange with the server restores it.

# Points lost under a lease
console-signal-offline-loss = Points lost offline
offline-clear = Clear the loss
offline-clear-title = Clear the loss of { $name }?
offline-clear-text = { $points } were lost and are not lent to this terminal again. Clear it once you know why it happened.
offline-clear-reason = What you found
offline-cleared = Cleared: the terminal may fill up its lease
offline-bound-cleared = Each terminal loses at most one lease. What it lost is not lent again until a manager clears it.
# Copied terminals
console-signal-device-copied = Two copies of a device
offline-covers-frozen = Two copies of this terminal were found, so its lease covers nothing. Only a voucher made out for it can be taken.
offline-bound-honest = Terminals that nobody tampered with
offline-bound-copies = Copied terminals besides: the vouchers that are out now; every new voucher adds its points
offline-till-frozen = Two copies
offline-fork-title = Two copies of { $name }
offline-fork-sub = Found { $when } · { $place } · they part at number { $number }
offline-fork-recorded = The copy that came first
offline-fork-beside = The other copy
offline-fork-counts = Counts
offline-fork-counts-not = No effect
offline-fork-sums =
    { $count ->
        [one] { $count } entry; says it handed over { $points }
       *[other] { $count } entries; says it handed over { $points }
    }
offline-fork-head = Newest: number { $number }, { $link }…
offline-fork-steps = What it says
offline-fork-bound = Somebody copied this terminal with its key, or set it back to an old copy. Its lease is frozen: at most { $points } of it can still be lost.
offline-fork-revoke = Way out: revoke it under Devices, enrol the terminal anew, then give the old lease up here.
offline-fork-write-off = It is revoked. Give its lease up below, and say how much of it was lost.
offline-fork-settled = Its rights are taken away and its lease is given up: nothing can be lost by it any more.
console-key-line = Key made { $when } · server keys { $version }
console-trust-old = It does not know the server’s newest keys yet
# Redeeming without escrow
offline-allowance-title = Redeeming without escrow
offline-allowance-sub = For places that no lease reaches: each terminal may hand out so much, and what members lack is lost
offline-allowance-text = Every active terminal may hand out rewards without a network up to this, and no points are put aside for it. What members then lack comes out of the offline budget.
offline-allowance-each = Points for each terminal
offline-allowance-bound =
    { $count ->
        [one] All that can be lost, besides the lease, with { $count } active terminal
       *[other] All that can be lost, besides the leases, with { $count } active terminals
    }
offline-allowance-new = A terminal that is enrolled later has none of it, until you confirm the new bound.
offline-allowance-lost = What a terminal loses is taken from what it may still lose, also a copied one. Confirming again allows the full amount again.
offline-allowance-reason = Why
offline-allowance-on = Switch on: at most { $points }
offline-allowance-on-none = Switch on
offline-allowance-off = Switch off
offline-allowance-open = Switch on…
offline-allowance-change = Change…
offline-allowance-is-on = Switched on: at most { $points } can be lost
offline-allowance-is-off = Switched off; what was handed out before is still honoured
offline-allowance-state-on = On
offline-allowance-state-off = Off
offline-allowance-now =
    { $count ->
        [one] { $count } terminal, { $each }: at most { $bound }.
       *[other] { $count } terminals, { $each } each: at most { $bound }.
    }
offline-allowance-by = Confirmed by { $who }, { $when }.
offline-allowance-none = Off. Only leases and vouchers redeem without a network.
offline-allowance-left = Can still be lost: { $points }.
offline-bound-allowance = Redeeming without escrow: what the terminals may still lose
terminal-redeem-allowance-text = There is no network, and this terminal’s allowance covers it. It is booked with the next contact.
offline-covers-allowance = Without a network this terminal may hand out { $left } more. A voucher for this terminal covers its own points besides.
# Open vouchers
offline-open-title = Open vouchers
offline-open-sub = Points that members put aside; cancel those of a phone that was lost or stolen
offline-open-who = Member
offline-open-till = For which terminal
offline-open-points = Points
offline-open-until = Until
offline-open-none = No open voucher
offline-open-none-text = Members put points aside on their phone.
offline-open-cancel = Cancel it
offline-open-cancelled = Cancelled; the terminal has not heard of it
offline-cancel-title = Cancel the voucher of { $name }?
offline-cancel-text = { $till } refuses it as soon as it has been in touch. Then the points go back to the member by themselves.
offline-cancel-bound = Until then it can still be used: { $points }.
offline-cancel-reason = Why
offline-cancel-go = Cancel the voucher
offline-cancel-done = Cancelled; the points go back when the terminal has been in touch
# Work of an earlier registration
offline-left-title = Not sent under the old registration
offline-left-text = Choose what is to count. It is sent as new work, and the server lets it count once, even if the old one still arrives.
offline-left-unreadable =
    { $count ->
        [one] { $count } earlier queue cannot be read: its key is gone. Its folder is kept.
       *[other] { $count } earlier queues cannot be read: their keys are gone. Their folders are kept.
    }
offline-left-issue = Issue again
offline-left-all = Issue all again: { $count }
offline-left-issued = Issued again
offline-left-bound = Lent or proven to the old registration alone: show it to a manager
offline-left-foreign = Of another person or outlet
offline-left-too-often = Issued again too often: show it to a manager
offline-again-title = Enrol this device again
offline-again-text = It can send nothing more under its old registration. What was not sent stays here; afterwards you choose what is issued again.
offline-again-code = New enrolment code
offline-again-go = Enrol again
terminal-certificate-ended = This terminal was out of touch too long
terminal-certificate-ended-text = Nobody can sign in until it has been connected once. What was sold is safe and will be sent.
console-review-device = Device { $device }
console-review-device-of = Device { $device } of { $name }
