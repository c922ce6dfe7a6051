### What was typed before and not saved.

drafts-title = Noch nicht gespeichert
drafts-pictures =
    { $count ->
        [one] { $count } Bild für die Galerie
       *[other] { $count } Bilder für die Galerie
    }
drafts-lead = Ihre Eingaben sind noch nicht gespeichert.
drafts-lead-here = Ihre früheren Eingaben hier sind noch nicht gespeichert.
drafts-lead-new = Begonnen, aber noch nicht gespeichert.
drafts-lead-pictures = Ausgewählt, aber noch nicht hinzugefügt.
drafts-gone = Der Eintrag wurde gelöscht. Aus Ihren Eingaben kann ein neuer werden.
drafts-gone-gallery = Die Galerie wurde gelöscht.
drafts-gone-conversation = Die Unterhaltung gibt es nicht mehr.
drafts-resume = Fortsetzen, Stand { $time }
drafts-resume-of = Fortsetzen, Stand { $time }: { $name }
drafts-discard = Verwerfen
drafts-discard-of = Verwerfen: { $name }
drafts-discarded = Ihre Eingaben sind verworfen.
drafts-more = { $count } weitere
drafts-unreadable = Diese Eingaben stammen von einer anderen Version des Programms und lassen sich nicht fortsetzen.
drafts-no-gallery = Die Galerie gibt es nicht mehr, deshalb lassen sich die Bilder nicht hinzufügen.
drafts-sign-out-typed = Nicht gespeichert, Stand { $time }.
drafts-sign-out-loses = Ihre Eingaben gehen verloren.

draft-new-offer = Neues Angebot
draft-new-room_type = Neuer Zimmertyp
draft-new-staff = Neue Person im Team
draft-new-branding = Erscheinungsbild
draft-new-gallery = Galerie
draft-new-conversation = Nachricht an einen Gast
draft-untitled-offer = Angebot
draft-untitled-room_type = Zimmertyp
draft-untitled-branding = Erscheinungsbild
draft-untitled-gallery = Galerie
draft-untitled-staff = Person aus dem Team
draft-untitled-conversation = Nachricht an einen Gast
draft-named = { $kind }: { $title }
