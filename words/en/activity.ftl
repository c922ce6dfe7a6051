### What colleagues do and guests write: messages, the list of them, and how a person is notified.

activity-bell-open = What happened
activity-bell-open-new = What happened, { $count } new
activity-bell-quiet = Do not disturb until { $time }

toast-region = Messages
toast-times = { $text } ({ $count } times)
toast-open = Open
toast-show = Show
toast-show-all = Show all
toast-put-back = Put it back
toast-putting-back =
    { $about ->
        [gallery] The picture goes back into the gallery.
       *[other] It is made anew, as it was.
    }
toast-deleted-many =
    { $count ->
        [one] { $count } offer is deleted.
       *[other] { $count } offers are deleted.
    }
toast-deleted-left =
    { $count ->
        [one] { $count } offer had left already. Its activity can create it again.
       *[other] { $count } offers had left already. Their activities can create them again.
    }
toast-deleted = “{ $title }” is deleted.
toast-guests = { $messages }, the newest: { $newest }
toast-meanwhile = Do not disturb has ended. Meanwhile { $activity }

activity-title = What happened
activity-search = Search what happened
activity-search-hint = Search
activity-filter = Show only
activity-all = All
activity-new = New
activity-today = Today
activity-yesterday = Yesterday
activity-older = Load older
activity-loading-older = Loading older…
activity-empty = Nothing yet
activity-empty-lead = What colleagues change and guests write shows here.
activity-no-match = Nothing matches
activity-no-match-lead = No entry has these words and kinds.
activity-show-all = Show all entries
activity-failed = The list cannot be shown
activity-changes =
    { $count ->
        [one] { $count } change by colleagues: { $parts }
       *[other] { $count } changes by colleagues: { $parts }
    }
activity-guests-and-colleagues = { $guests }, and { $colleagues }
activity-count =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    }
activity-count-or-more = { $count } or more entries

activity-group-guests = Guests
activity-group-offers = Offers
activity-group-pictures = Pictures
activity-group-rooms = Room types
activity-group-branding = Branding
activity-group-team = Team

activity-sum-guests =
    { $count ->
        [one] { $count } guest message
       *[other] { $count } guest messages
    }
activity-sum-offers =
    { $count ->
        [one] { $count } offer
       *[other] { $count } offers
    }
activity-sum-pictures =
    { $count ->
        [one] { $count } picture change
       *[other] { $count } picture changes
    }
activity-sum-rooms =
    { $count ->
        [one] { $count } room type
       *[other] { $count } room types
    }
activity-sum-branding =
    { $count ->
        [one] branding
       *[other] branding { $count } times
    }
activity-sum-team =
    { $count ->
        [one] { $count } duty change
       *[other] { $count } duty changes
    }

do-not-disturb-title = Do not disturb
do-not-disturb-off = Messages about colleagues and guests are shown.
do-not-disturb-until = Do not disturb until
do-not-disturb-lead = No messages about colleagues or guests and no sounds until then. This list still shows everything.
do-not-disturb-half-hour = 30 minutes
do-not-disturb-hour = 1 hour
do-not-disturb-until-morning = Until { $time }
do-not-disturb-until-tomorrow = Until tomorrow, { $time }
do-not-disturb-end = End now

sounds-title = Sounds
sounds-lead = A short sound when a guest writes or colleagues change something.
sounds-guest-lead = Guests have a sound of their own.
sounds-repeats = Repeat the sound every 30 seconds until the guest’s message is read
sounds-try-them = Hear the sounds
sounds-try-colleague = Colleagues
sounds-try-guest = Guest message
sounds-silent = This computer let no sound be heard. Look at its volume and its loudspeaker.
