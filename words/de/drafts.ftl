### What was typed before and not saved.

drafts-title = Noch nicht gespeichert
drafts-pictures =
    { $count ->
        [one] { $count } Bild für die Galerie
       *[other] { $count } Bilder für die Galerie
    }
drafts-lead = Sie haben hier getippt und nicht gespeichert.
drafts-lead-here = Sie haben hier zuvor getippt und nicht gespeichert.
drafts-lead-new = Sie haben das begonnen und nicht gespeichert.
drafts-lead-pictures = Sie haben das gewählt und nicht hinzugefügt.
drafts-gone = Es wurde gelöscht. Aus dem Getippten kann etwas Neues werden.
drafts-gone-gallery = Die Galerie wurde gelöscht.
drafts-gone-conversation = Die Unterhaltung gibt es nicht mehr.
drafts-resume = Dort weitermachen, { $time }
drafts-resume-of = Dort weitermachen, { $time }: { $name }
drafts-discard = Verwerfen
drafts-discard-of = Verwerfen: { $name }
drafts-discarded = Das Getippte ist verworfen.
drafts-more = { $count } weitere
drafts-unreadable = Das wurde in einer anderen Version des Programms getippt und kann nicht fortgesetzt werden.
drafts-no-gallery = Die Galerie gibt es nicht mehr, die Bilder können nicht hinzugefügt werden.
drafts-sign-out-typed = { $time } getippt und nicht gespeichert.
drafts-sign-out-loses = Das Getippte geht verloren.

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
