# What colleagues did and guests wrote: messages, the history, and `deskctl activity`.

## What a colleague did to it. $entity is an `entity-called` of nouns.ftl.
activity-made = Vom Team hinzugefügt: { $entity }.
activity-changed = Vom Team geändert: { $entity }.
activity-removed = Vom Team entfernt: { $entity }.
activity-removed-here = Von Ihnen entfernt: { $entity }.
activity-picture-changed = Bild vom Team geändert: { $entity }.
activity-hotel-picture-changed = Jemand aus dem Team hat ein Bild des Hotels geändert.
activity-picture-taken-out = Jemand aus dem Team hat ein Bild entfernt, das von Ihnen stammt: { $entity }.

## Duty.
activity-on-duty = { $name } hat den Dienst begonnen.
activity-off-duty = { $name } hat den Dienst beendet.
activity-somebody-on-duty = Jemand aus dem Team hat den Dienst begonnen.
activity-somebody-off-duty = Jemand aus dem Team hat den Dienst beendet.
activity-clocked-in-elsewhere = Sie wurden an anderer Stelle eingestempelt.
activity-clocked-out-elsewhere = Sie wurden an anderer Stelle ausgestempelt.

## Guests. $text is the guest's own.
activity-guest-wrote = Ein Gast: „{ $text }“
activity-guest-sent-file = Ein Gast hat eine Datei gesendet.
activity-room-wrote = Gast in Zimmer { $room }: „{ $text }“
activity-room-sent-file = Gast in Zimmer { $room } hat eine Datei gesendet.
