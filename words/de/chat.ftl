### The chat with guests.

chat-rail =
    { $count ->
        [one] 1 ungelesene Gästenachricht
       *[other] { $count } ungelesene Gästenachrichten
    }
chat-count =
    { $count ->
        [one] 1 Unterhaltung
       *[other] { $count } Unterhaltungen
    }
chat-unread = { $count } ungelesen
chat-list = Unterhaltungen, die neueste Nachricht zuerst
chat-loading = Unterhaltungen werden vom Hotel gelesen …
chat-failed = Der Gästechat kann nicht angezeigt werden
chat-not-read = Die Unterhaltungen wurden noch nicht gelesen
chat-empty = Noch keine Unterhaltungen
chat-empty-lead = Eine Unterhaltung erscheint hier, sobald ein Gast schreibt oder Sie an ein Zimmer schreiben.
chat-room = Zimmer { $room }
chat-name = Zimmer { $room } · { $guest }
chat-guest = Gast
chat-placeholder-guest = Gast
chat-said-guest = Gast: { $text }
chat-said-staff = Hotel: { $text }
chat-said-system = { $text }
chat-draft = Entwurf: { $text }
chat-no-message = Noch keine Nachrichten
chat-waits-soon = Wartet auf Antwort
chat-waits-minutes =
    { $count ->
        [one] Wartet seit 1 Minute
       *[other] Wartet seit { $count } Minuten
    }
chat-waits-hours =
    { $count ->
        [one] Wartet seit 1 Stunde
       *[other] Wartet seit { $count } Stunden
    }
chat-waits-days =
    { $count ->
        [one] Wartet seit 1 Tag
       *[other] Wartet seit { $count } Tagen
    }
chat-waits-in =
    { $name }: { $wait }
chat-waits-more =
    { $count ->
        [one] 1 weiterer Gast wartet auf Antwort
       *[other] { $count } weitere Gäste warten auf Antwort
    }
chat-handler = Letzte Antwort: { $name }
chat-handler-me = Letzte Antwort: Sie
chat-taken-over = Übernommen von { $name }
chat-mute = Zimmer stummschalten
chat-muted = Stummgeschaltet: Neue Nachrichten kommen ohne Ton und ohne Meldung auf diesem PC
chat-own-waiting =
    { $count ->
        [one] 1 Nachricht ist noch nicht beim Hotel
       *[other] { $count } Nachrichten sind noch nicht beim Hotel
    }
chat-own-attention =
    { $count ->
        [one] 1 Nachricht wurde nicht gesendet
       *[other] { $count } Nachrichten wurden nicht gesendet
    }

chat-search = Gästechat durchsuchen
chat-search-hint = Suchen (Taste /)
chat-search-here = Durchsucht Namen, Zimmer und die Texte auf diesem PC. Texte, die nur beim Hotel sind, werden nicht durchsucht.
chat-found = Texte auf diesem PC
chat-no-match = Keine Treffer
chat-no-match-lead = Kein Name, kein Zimmer und kein Text auf diesem PC passt dazu.
chat-clear-search = Alle Unterhaltungen anzeigen

chat-new = Zimmer anschreiben
chat-new-room = Zimmernummer
chat-new-open = Chat öffnen

chat-choose = Wählen Sie eine Unterhaltung
chat-choose-lead = Wählen Sie mit den Pfeiltasten, und drücken Sie Eingabe, um zu antworten.
chat-messages = Nachrichten von { $name }
chat-messages-failed = Die Nachrichten können nicht angezeigt werden
chat-messages-none = Noch keine Nachrichten
chat-older = Ältere Nachrichten werden gelesen …
chat-older-failed = Ältere Nachrichten können nicht gelesen werden
chat-first = Hier beginnt die Unterhaltung
chat-fresh =
    { $count ->
        [one] 1 neue Nachricht
       *[other] { $count } neue Nachrichten
    }
chat-to-end = Zur neuesten Nachricht
chat-new-message = { $name }: { $text }
chat-you = Sie
chat-hotel = Hotel
chat-edited = bearbeitet
chat-deleted = Diese Nachricht wurde gelöscht.
chat-spoken = { $name }, { $time }: { $text }
chat-spoken-state = { $name }, { $time }: { $text }. { $state }
chat-quoted = Antwort an { $name }: { $text }
chat-quoted-away = Antwort auf eine Nachricht, die nicht auf diesem PC ist
chat-reply-to = Auf diese Nachricht antworten
chat-file = { $name }, { $size }
chat-picture = Bild { $name }
chat-file-remove = Datei entfernen
chat-file-sending = Datei wird gesendet: { $percent } %
chat-file-storing = Das Hotel speichert die Datei
chat-file-stop = Anhalten
chat-attach = Dateien anhängen
chat-attach-hint = Bilder oder Dokumente anhängen, je höchstens 50 MB. Sie können sie auch hier ablegen oder ein Bild einfügen. Jede weitere Datei ist eine eigene Nachricht.
chat-file-save = In den Downloads speichern
chat-file-open = Mit anderem Programm öffnen
chat-file-open-hint = Speichert die Datei in den Downloads und öffnet sie dort
chat-file-saved = Gespeichert als
chat-file-unknown = Eine Datei dieser Art könnte ein Programm sein. Fragen Sie Ihre IT, bevor Sie sie öffnen.

message-state-waiting = Wartet auf das Senden
message-state-sending = Unterwegs
message-state-at_hotel = Beim Hotel
message-state-read = Vom Gast gelesen
message-state-attention = Nicht gesendet

chat-discard = Verwerfen
chat-discard-title = Diese Nachricht verwerfen?
chat-discard-lead = Der Gast bekommt sie nicht, und ihr Text geht verloren.
chat-discard-lead-unclear = Falls sie doch schon beim Hotel ist, bekommt der Gast sie trotzdem. Sie wird nicht noch einmal gesendet, und ihr Text geht hier verloren.

chat-write = Nachricht an { $name }
chat-write-hint = Nachricht an den Gast
chat-keys = Eingabe sendet, Umschalt + Eingabe beginnt eine neue Zeile
chat-send = Senden
chat-replying = Antwort an { $name }
chat-reply-cancel = Nicht auf diese Nachricht antworten (Esc)
chat-replies = Textbausteine
chat-replies-hint = Textbaustein suchen
chat-replies-none = Es gibt keine Textbausteine
chat-replies-none-lead = Sie stehen in einer Datei, die Ihre IT anlegen kann.
chat-replies-no-match = Kein passender Textbaustein
chat-emoji = Emoji
chat-emoji-hint = Emoji suchen
chat-emoji-no-match = Kein passendes Emoji

chat-emoji-smile = Lächeln
chat-emoji-grin = Grinsen
chat-emoji-laugh = Lachen
chat-emoji-joy = Freudentränen
chat-emoji-wink = Zwinkern
chat-emoji-blush = Warmes Lächeln
chat-emoji-hearts = Lächeln mit Herzen
chat-emoji-heart_eyes = Herzaugen
chat-emoji-relieved = Erleichtert
chat-emoji-cool = Sonnenbrille
chat-emoji-thinking = Nachdenklich
chat-emoji-surprised = Überrascht
chat-emoji-worried = Besorgt
chat-emoji-sad = Traurig
chat-emoji-crying = Weinen
chat-emoji-sweat = Erleichtert, Schweißtropfen
chat-emoji-sleepy = Müde
chat-emoji-sick = Krank
chat-emoji-party_face = Partygesicht
chat-emoji-thanks = Danke, gefaltete Hände
chat-emoji-thumbs_up = Daumen hoch
chat-emoji-thumbs_down = Daumen runter
chat-emoji-ok = OK-Hand
chat-emoji-clap = Applaus
chat-emoji-wave = Winkende Hand
chat-emoji-muscle = Starker Arm
chat-emoji-point_right = Zeigt nach rechts
chat-emoji-heart = Rotes Herz
chat-emoji-sparkles = Funkeln
chat-emoji-star = Stern
chat-emoji-party = Feier
chat-emoji-balloon = Luftballon
chat-emoji-gift = Geschenk
chat-emoji-cake = Geburtstagskuchen
chat-emoji-flowers = Blumen
chat-emoji-champagne = Anstoßen
chat-emoji-wine = Wein
chat-emoji-beer = Bier
chat-emoji-coffee = Kaffee
chat-emoji-tea = Tee
chat-emoji-breakfast = Frühstück, Spiegelei
chat-emoji-croissant = Croissant
chat-emoji-dinner = Abendessen, Teller
chat-emoji-pizza = Pizza
chat-emoji-salad = Salat
chat-emoji-bed = Bett
chat-emoji-shower = Dusche
chat-emoji-bath = Badewanne
chat-emoji-key = Schlüssel
chat-emoji-bell = Rezeptionsklingel
chat-emoji-luggage = Gepäck
chat-emoji-hotel = Hotel
chat-emoji-taxi = Taxi
chat-emoji-bus = Bus
chat-emoji-car = Auto
chat-emoji-parking = Parkplatz
chat-emoji-plane = Flugzeug
chat-emoji-sun = Sonne
chat-emoji-rain = Regen, Schirm
chat-emoji-clock = Uhr
chat-emoji-phone = Telefon
chat-emoji-check = Häkchen
chat-emoji-warning = Warnung
chat-emoji-question = Fragezeichen

## The question before the program ends and loses texts.
quit-title = Beenden und verlieren, was Gäste noch nicht haben?
quit-lead =
    { $count ->
        [one] Ein Text an einen Gast ist noch nicht gesendet. Der Schlüsselspeicher dieses PCs kann seinen Schlüssel nicht behalten, deshalb endet er mit dem Programm.
       *[other] { $count } Texte an Gäste sind noch nicht gesendet. Der Schlüsselspeicher dieses PCs kann ihren Schlüssel nicht behalten, deshalb enden sie mit dem Programm.
    }
quit-sure = Trotzdem beenden
quit-stay = Bleiben
