# Words of the console's codes and series.
console-nav-codes = Codes
console-codes-sub = What is printed in and on the goods
console-series-one = Series
console-series-all = Series
console-series-new = New series
console-series-none = No series yet
console-series-none-text = Make one: its codes are printed on or in the goods, and sellers claim with them.
console-series-made = Made
console-series-ends = Codes count until
console-series-kind-typed = Codes to type
console-series-kind-typed-text = Random codes for the inside of boxes: scanned or typed, known to the server alone.
console-series-kind-signed = Signed codes
console-series-kind-signed-text = Square codes that a phone proves genuine without a network; cartons and pallets have their own.
console-series-kind-serial = Serial numbers
console-series-kind-serial-text = The serial numbers that are on the goods already, beside the product’s number.
console-series-code = Name of the series
console-series-code-hint = Small Latin letters, digits and dashes
console-series-make = Make the series
console-series-making = Codes are being made
console-series-progress = { $made } of { $all }
console-series-halted = Stopped at { $made } of { $all }. These codes exist; go on with the rest at any time.
console-series-unfinished = Codes made so far
console-series-resume = Make the rest
console-series-stopped = This series is void: its codes bring nothing.
console-series-wrong-code = Use 1 to 40 small Latin letters, digits and dashes
console-series-wrong-product = Choose the product
console-series-wrong-pieces = A whole number from 1 to { $most }
console-series-wrong-carton = A whole number, at least 2
console-series-wrong-pallet = A whole number of cartons, counted in pieces
console-series-wrong-first = A whole number
console-serial-first = First serial number
console-carton-holds = Pieces in a carton
console-pallet-holds = Pieces on a pallet
console-level-hint = Leave empty if there is none
console-levels = Holds
console-level-unit = Piece
console-level-carton = Carton
console-level-pallet = Pallet
console-level-of = { $level } of { $count }
console-product-choose = Choose a product
console-pieces = Pieces
console-pieces-bar = What became of them
console-pieces-here = Not sent off
console-pieces-away = Sent off, not scanned
console-pieces-printed = Printed
console-pieces-shipped = Sent off
console-pieces-scanned = Scanned
console-pieces-returned = Came back
console-pieces-void = Void
console-pieces-scanned-of = { $scanned } of { $all } scanned
console-pieces-in =
    { $count ->
        [one] { $count } piece
       *[other] { $count } pieces
    }
console-stage-printed = Printed
console-stage-shipped = Sent off
console-stage-void = Void
console-part-whole = The whole series
console-part-level = Which ones
console-part-first = From number
console-part-count = How many
console-part-wrong = Numbers go from 1 to { $most }
console-ship = Send off
console-ship-to = Sent to
console-ship-anywhere = No particular outlet
console-ship-go = Send off
console-ship-text =
    { $count ->
        [one] { $pieces } piece counts as sent off. Until then a claim waits for a person.
       *[other] { $pieces } pieces count as sent off. Until then a claim waits for a person.
    }
console-shipped =
    { $count ->
        [one] { $count } piece is sent off
       *[other] { $count } pieces are sent off
    }
console-stop = Make void
console-stop-one = One single code
console-stop-one-hint = Leave empty for the whole series
console-stop-reason = Why, for the audit log
console-stop-sure = Look once more
console-stop-text =
    { $count ->
        [one] { $pieces } piece of { $series } will bring nothing any more. This cannot be undone.
       *[other] { $pieces } pieces of { $series } will bring nothing any more. This cannot be undone.
    }
console-stop-why = Reason: { $reason }
console-stop-type = Type “{ $series }” to confirm
console-stop-go = Make void for good
console-stopped = Made void
console-stopped-but =
    { $claimed ->
        [one] Made void; { $claimed } that somebody had claimed stays as it is
       *[other] Made void; { $claimed } that somebody had claimed stay as they are
    }
console-sheet = Print labels
console-sheet-go = Get the PDF
console-sheet-columns = Labels across
console-sheet-rows = Labels down
console-sheet-most = At most { $most }
console-sheet-pages =
    { $count ->
        [one] { $labels } labels on { $pages } page
       *[other] { $labels } labels on { $pages } pages
    }
console-sheet-preview = A4 page with { $columns } labels across and { $rows } down
console-sheet-done = The labels are ready
console-export = Export
console-export-go = Get the file
console-export-warning = The file holds the codes themselves: whoever has it can claim with them. The audit log notes who took it.
console-export-understood = I keep it safe and delete it after printing
console-export-done = The file is ready
console-code-find = Look up a code
console-code-hint = Scan it with a reader, or type it
console-code-none = What became of a code
console-code-none-text = Its state, the carton and pallet it is in, and everybody who showed it.
console-code-kind-typed = Code to type
console-code-kind-place = Place in a series
console-code-kind-logistic = Pallet or box with an SSCC
console-code-state-printed = Printed
console-code-state-shipped = Sent off
console-code-state-claimed = Claimed
console-code-state-void = Void
console-code-state-canary = Never printed
console-code-places = Where it is
console-place = { $level } { $number }
console-place-returned = came back before
console-claimed-by = Claimed by
console-return = It came back
console-return-go = Take back
console-return-text = Its points are taken back, and it can be sold and claimed again.
console-return-reason = Why
console-return-done = Taken back: { $points }
console-action-series-make = Series made
console-action-series-ship = Series sent off
console-action-series-void = Series made void
console-action-series-void-reason = Why it was made void
console-action-series-sheet = Labels printed
console-action-series-export = Codes exported
console-action-code-void = Code made void
console-command-unit-return = Return
