# What colleagues did and guests wrote: messages, the history, and `deskctl activity`.

## What a colleague did to it. $entity is an `entity-called` of nouns.ftl.
activity-made = A colleague added { $entity }.
activity-changed = A colleague changed { $entity }.
activity-removed = A colleague removed { $entity }.
activity-removed-here = You removed { $entity }.
activity-picture-changed = A colleague changed the picture of { $entity }.
activity-hotel-picture-changed = A colleague changed a picture of the hotel.
activity-picture-taken-out = A colleague removed a picture that you put into { $entity }.

## Duty.
activity-on-duty = { $name } came on duty.
activity-off-duty = { $name } went off duty.
activity-somebody-on-duty = A colleague came on duty.
activity-somebody-off-duty = A colleague went off duty.
activity-clocked-in-elsewhere = You were clocked in elsewhere.
activity-clocked-out-elsewhere = You were clocked out elsewhere.

## Guests. $text is the guest's own.
activity-guest-wrote = A guest: “{ $text }”
activity-guest-sent-file = A guest sent a file.
activity-room-wrote = Guest in room { $room }: “{ $text }”
activity-room-sent-file = Guest in room { $room } sent a file.
