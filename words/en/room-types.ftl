### The room types.

room-types-title = Room types
room-types-new = New room type
room-types-search = Search room types
room-types-search-hint = Search (press /)
room-types-list = Room types in the hotel’s order
room-types-count =
    { $count ->
        [one] { $count } room type
       *[other] { $count } room types
    }
room-types-loading = Reading room types from the hotel…
room-types-empty = No room types yet
room-types-empty-lead = What you create here shows on the hotel’s page.
room-types-no-match = Nothing matches
room-types-no-match-lead = No room type has these words.
room-types-clear-search = Show all room types
room-types-not-read = The room types have not been read yet
room-types-not-read-lead = The hotel cannot be reached. They show here as soon as it can.
room-types-failed = The room types cannot be shown
room-types-untitled = Untitled room type
room-types-from = from { $price }
room-types-guests =
    { $count ->
        [one] { $count } guest
       *[other] { $count } guests
    }
room-types-edit = Edit { $name }
room-types-view = View { $name }
room-types-view-short = View
room-types-remove = Delete { $name }
room-types-move-hint = Drag the row, or press Alt and an arrow key
room-types-moves-only = Room types can be moved while all of them are shown.
room-types-moves-not = Room types cannot be moved here.
room-types-new-title = New room type
room-types-edit-title = Edit room type
room-types-view-title = Room type
room-types-create = Create room type
room-types-delete = Delete room type
room-types-reading = Reading the room type…
room-types-gone = This room type is no longer there
