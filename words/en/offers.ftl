### The list of offers.

offers-title = Offers
offers-new = New offer
offers-search = Search offers
offers-search-hint = Search (press /)
offers-order = Order
offers-all = All
offers-filter = Show only
offers-layout = Layout
offers-cards = Cards
offers-list = List
offers-count =
    { $count ->
        [one] { $count } offer
       *[other] { $count } offers
    }
offers-as-of = As of { $time }
offers-as-of-hint = The hotel cannot be reached now. This is what was last read, with your own changes.
offers-not-live = Live updates are interrupted. The list is read again as soon as they are back.
offers-loading = Reading offers from the hotel…
offers-empty = No offers yet
offers-empty-lead = What you create here shows on the hotel’s page.
offers-no-match = Nothing matches
offers-no-match-lead = No offer has these words and states.
offers-clear-filter = Show all offers
offers-not-read = The offers have not been read yet
offers-not-read-lead = The hotel cannot be reached. They show here as soon as it can.
offers-failed = The offers cannot be shown
offers-moved = “{ $title }” is now number { $place } of { $total }.
offers-moves-only = Offers can be moved in the order “As guests see it”.
offers-no-picture = No picture
offers-picture-coming = Picture is on its way
offers-stop-upload = Stop
offers-always = No end date
offers-from = From { $day }
offers-until = Until { $day }
offers-uploading = Uploading the picture: { $percent } %
offers-storing = The hotel is storing the picture

offers-choose = Choose “{ $name }”
offers-choose-hint = Choose for a change of several (X); with Shift all from the last chosen one
offers-choose-all = Choose all { $count }
offers-choose-none = Choose none
offers-chosen =
    { $count ->
        [one] { $count } chosen
       *[other] { $count } chosen
    }
offers-chosen-changes = Changes of the chosen offers
offers-show-many = Show
offers-hide-many = Hide
offers-move-many = Move dates…
offers-delete-many = Delete
offers-shown-many =
    { $count ->
        [one] { $count } offer is shown to guests.
       *[other] { $count } offers are shown to guests.
    }
offers-hidden-many =
    { $count ->
        [one] { $count } offer is hidden.
       *[other] { $count } offers are hidden.
    }
offers-moved-many =
    { $count ->
        [one] The dates of { $count } offer are moved.
       *[other] The dates of { $count } offers are moved.
    }
offers-same-many = The chosen offers are like that already.
offers-undo-left =
    { $count ->
        [one] { $count } offer was changed since, and stays as it is.
       *[other] { $count } offers were changed since, and stay as they are.
    }
offers-move-days-title =
    { $count ->
        [one] Move the dates of { $count } offer
       *[other] Move the dates of { $count } offers
    }
offers-move-days = Days
offers-move-days-way = Direction
offers-move-days-later = later
offers-move-days-earlier = earlier
offers-move-days-lead = The first and the last day move together. An open end stays open.
offers-move-days-wrong = Type a number of days from 1 to { $most }.
offers-move-days-do = Move

offers-file = Import or export
offers-file-title = Offers as a file
offers-file-too-large = The file { $name } is larger than 8 MB, and so no list of offers.
offers-export = Export
offers-export-lead = All offers as you see them now, with changes that still wait. The file is written to your downloads.
offers-export-csv = For a spreadsheet (CSV)
offers-export-json = For programs (JSON)
offers-export-written =
    { $count ->
        [one] { $count } offer is in
       *[other] { $count } offers are in
    }
offers-import = Import
offers-import-lead = A file like that of the export. You see what it does before anything changes; pictures are not imported.
offers-import-choose = Choose a file…
offers-import-as-new = As new offers, also from another hotel
offers-import-plan = { $new } new, { $changed } changed, { $unchanged } the same.
offers-import-passed-over =
    { $count ->
        [one] { $count } entry of the file is about something else and is left out.
       *[other] { $count } entries of the file are about something else and are left out.
    }
offers-import-wrong = Nothing was imported. Correct these rows of the file, and choose it again.
offers-import-rows = Plan of the import
offers-import-row = Row
offers-import-effect = Effect
offers-import-offer = Offer
offers-import-fields = Changed columns
offers-import-new = new
offers-import-changed = changed
offers-import-do =
    { $count ->
        [0] Import
        [one] Import { $count } offer
       *[other] Import { $count } offers
    }
offers-imported =
    { $count ->
        [one] { $count } offer is imported.
       *[other] { $count } offers are imported.
    }

offer-state-live = Live
offer-state-unsent = Live once sent
offer-state-scheduled = Scheduled
offer-state-expired = Expired
offer-state-hidden = Hidden

offer-order-hotel = As guests see it
offer-order-title = Title
offer-order-ends_first = Ends first
offer-order-newest = Newest first

sync-mark-waiting = Waiting
sync-mark-conflict = Conflict
sync-mark-attention = Needs attention

offers-move-up = Move up
offers-move-down = Move down
offers-move-first = Move to the top
offers-move-last = Move to the bottom

offer-note-ends_soon = Ends soon
offer-note-starts_soon = Starts soon
offer-note-no_picture = Live without a picture
offer-note-changed = Changed by a colleague
offer-note-ends-in =
    { $count ->
        [0] Ends today
        [one] Ends tomorrow
       *[other] Ends in { $count } days
    }
offer-note-starts-in =
    { $count ->
        [0] Starts today
        [one] Starts tomorrow
       *[other] Starts in { $count } days
    }
