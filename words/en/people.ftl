### The people of one computer: the lock, the switch from one to another, and the handover.

people-open = People at this desk
people-title = At this desk
people-here = here now
people-add = Sign in another person
people-lock = Lock
people-switch-title = Go on as { $name }
people-switch-title-hidden = Who are you?
people-pin = PIN
people-pin-lead = Type your PIN.
people-password-lead = Type the password of your HotelMate staff account. It needs a connection to the hotel.
people-why-unset = You have not chosen a PIN yet.
people-why-spent = The PIN was wrong five times.
people-why-unavailable = This computer has no key store that could keep a PIN.
people-use-password = Use the password
people-go = Go on
people-checking = Checking…
people-work =
    { $count ->
        [0] nothing waits
        [one] { $count } change waits
       *[other] { $count } changes wait
    }
people-attention =
    { $count ->
        [one] { $count } needs attention
       *[other] { $count } need attention
    }
people-unread = { $count } new
people-uncounted = What waits cannot be counted

lock-title = This desk is locked
lock-lead = What waits is still sent. Choose who you are.
lock-person = Go on as { $initials }

handover-title = Handover
handover-first = You are here for the first time.
handover-since = You were here last { $time }.
handover-nothing-new = Nothing new happened.
handover-unread =
    { $count ->
        [one] { $count } thing is new
       *[other] { $count } things are new
    }, { $changes ->
        [0] none of them a change by a colleague.
        [one] { $changes } of them a change by a colleague.
       *[other] { $changes } of them changes by colleagues.
    }
handover-failed =
    { $count ->
        [one] { $count } change of yours failed.
       *[other] { $count } changes of yours failed.
    }
handover-conflicts =
    { $count ->
        [one] { $count } change of yours conflicts with a colleague’s.
       *[other] { $count } changes of yours conflict with those of colleagues.
    }
handover-waiting =
    { $count ->
        [one] { $count } change of yours waits to be sent.
       *[other] { $count } changes of yours wait to be sent.
    }
handover-on-duty = You are on duty since { $time }.
handover-off-duty = You are not on duty.
handover-others-none = Nothing of other people waits on this computer.
handover-others = { $name }: { $waiting } waiting, { $attention ->
    [0] none needs
    [one] { $attention } needs
   *[other] { $attention } need
    } attention.
handover-pin-lead = Choose a PIN of four to eight digits. With it you lock this desk and come back, also without a network.
handover-pin = New PIN
handover-pin-save = Save PIN
handover-pin-unavailable = This computer has no key store, so there is no PIN here: the password is needed to come back.
handover-close = Got it
