# What the desk says beside what it shows.

duty-forgotten = On duty since { $time } on { $day }. Was the clock-out forgotten? Nothing is changed by itself.
duty-forgotten-yesterday = On duty since { $time } yesterday. Was the clock-out forgotten? Nothing is changed by itself.
duty-forgotten-today = On duty since { $time } today. Was the clock-out forgotten? Nothing is changed by itself.
duty-not-pressed-later = Try again when the network is back. A clock is never pressed later by itself.
branding-strange = This program does not know how this hotel’s server describes the hotel, so it can only show it.
picture-small = This picture is small. On a big display it looks soft.

## What the hotel's server does not have, or not for this person. $part is one of the parts, $noun what it is called.
capability-forbidden =
    { $part ->
        [part_gallery_changes] You are not allowed to change the { $noun } of this hotel.
        [part_clock] You are not allowed to use the { $noun } of this hotel.
       *[other] You are not allowed to see the { $noun } of this hotel.
    }
capability-absent =
    { $part ->
        [part_gallery_changes] This program does not know how this hotel’s server keeps its { $noun }, so it can only show it.
        [part_clock] This hotel’s server has no { $noun } for this program.
       *[other] This hotel’s server has no { $noun }.
    }
capability-other-form = This hotel’s server keeps its { $noun } in a form that this program cannot read yet.
capability-read-only = This program can only show { $many }.
capability-no-captions = This hotel’s server has no captions.
capability-no-removal = On this hotel’s server, nobody can remove a single picture from a gallery.

## What became of a press of the clock button. $clock is “in” or “out”.
duty-not-reported = This hotel’s server does not report who is on duty.
duty-unclear =
    { $clock ->
        [in] It is not clear whether the hotel clocked you in. Look at the button, and press it again if it is wrong.
       *[out] It is not clear whether the hotel clocked you out. Look at the button, and press it again if it is wrong.
    }
duty-not-taken =
    { $clock ->
        [in] You were not clocked in: the hotel’s server says that it has no clock. Try again in a minute.
       *[out] You were not clocked out: the hotel’s server says that it has no clock. Try again in a minute.
    }
duty-no-open-log = You were not clocked out: the hotel’s server has no open clock log of yours. Ask a manager.
duty-needs-approval = You are clocked in without a planned shift. A manager may have to approve it.
duty-lapsed =
    { $clock ->
        [in] You were not clocked in: the hotel could not be reached for 10 minutes.
       *[out] You were not clocked out: the hotel could not be reached for 10 minutes.
    }
duty-refused =
    { $clock ->
        [in] You were not clocked in: { $cause }
       *[out] You were not clocked out: { $cause }
    }

## The guest chat.
chat-kept-until-exit = The texts of guests are kept on this computer only until the program ends, because the key store cannot keep their key: { $cause }.
chat-no-key-store = the sign-in comes from DESK_TOKEN, which takes the place of the key store
quick-replies-open = the placeholder that begins with “{ $text }” has no end
quick-replies-no-value = “{ $name }” is not in [values]
