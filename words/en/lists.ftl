### Lists of records that their table draws. $kind is the resource; what stands under `other` serves any of them.

list-new =
    { $kind ->
        [room_type] New room type
       *[other] New entry
    }
list-search =
    { $kind ->
        [room_type] Search room types
       *[other] Search the list
    }
list-search-hint = Search (press /)
list-list =
    { $kind ->
        [room_type] Room types in the hotel’s order
       *[other] The list in the hotel’s order
    }
list-count =
    { $kind ->
        [room_type]
            { $count ->
                [one] { $count } room type
               *[other] { $count } room types
            }
       *[other]
            { $count ->
                [one] { $count } entry
               *[other] { $count } entries
            }
    }
list-loading =
    { $kind ->
        [room_type] Reading room types from the hotel…
       *[other] Reading the list from the hotel…
    }
list-empty =
    { $kind ->
        [room_type] No room types yet
       *[other] Nothing here yet
    }
list-empty-lead =
    { $kind ->
        [room_type] What you create here shows on the hotel’s page.
       *[other] What you create here goes to the hotel.
    }
list-no-match = Nothing matches
list-no-match-lead =
    { $kind ->
        [room_type] No room type has these words.
       *[other] No entry has these words.
    }
list-clear-search =
    { $kind ->
        [room_type] Show all room types
       *[other] Show all entries
    }
list-not-read =
    { $kind ->
        [room_type] The room types have not been read yet
       *[other] The list has not been read yet
    }
list-not-read-lead = The hotel cannot be reached. They show here as soon as it can.
list-failed =
    { $kind ->
        [room_type] The room types cannot be shown
       *[other] The list cannot be shown
    }
list-untitled =
    { $kind ->
        [offer] Untitled offer
        [room_type] Untitled room type
       *[other] Untitled entry
    }
record-row-from = from { $price }
record-row-guests =
    { $count ->
        [one] { $count } guest
       *[other] { $count } guests
    }
list-edit = Edit { $name }
list-view = View { $name }
list-view-short = View
list-remove = Delete { $name }
list-duplicate = Duplicate { $name }
list-undo-delete = Undo the deletion of { $name }
list-move = Move { $name }
list-move-hint = Drag it, or press Alt and an arrow key
list-moves-only =
    { $kind ->
        [room_type] Room types can be moved while all of them are shown.
       *[other] Entries can be moved while all of them are shown.
    }
list-moves-not =
    { $kind ->
        [room_type] Room types cannot be moved here.
       *[other] Entries cannot be moved here.
    }
list-new-title =
    { $kind ->
        [offer] New offer
        [room_type] New room type
       *[other] New entry
    }
list-edit-title =
    { $kind ->
        [offer] Edit offer
        [room_type] Edit room type
       *[other] Edit entry
    }
list-view-title =
    { $kind ->
        [offer] Offer
        [room_type] Room type
       *[other] Entry
    }
list-create =
    { $kind ->
        [offer] Create offer
        [room_type] Create room type
       *[other] Create entry
    }
list-delete =
    { $kind ->
        [offer] Delete offer
        [room_type] Delete room type
       *[other] Delete entry
    }
list-reading =
    { $kind ->
        [offer] Reading the offer…
        [room_type] Reading the room type…
       *[other] Reading the entry…
    }
list-gone =
    { $kind ->
        [offer] This offer is no longer there
        [room_type] This room type is no longer there
       *[other] This entry is no longer there
    }
