### The list of offers.

offers-title = Angebote
offers-new = Neues Angebot
offers-search = Angebote durchsuchen
offers-search-hint = Suchen (Taste /)
offers-order = Reihenfolge
offers-all = Alle
offers-filter = Nur anzeigen
offers-layout = Ansicht
offers-cards = Karten
offers-list = Liste
offers-count =
    { $count ->
        [one] { $count } Angebot
       *[other] { $count } Angebote
    }
offers-as-of = Stand: { $time }
offers-as-of-hint = Das Hotel ist gerade nicht erreichbar. Sie sehen den Stand vom letzten Lesen mit Ihren eigenen Änderungen.
offers-not-live = Die Live-Aktualisierung ist unterbrochen. Sobald sie wieder läuft, wird die Liste neu gelesen.
offers-loading = Angebote werden vom Hotel gelesen …
offers-empty = Noch keine Angebote
offers-empty-lead = Was Sie hier anlegen, erscheint auf der Seite des Hotels.
offers-no-match = Keine Treffer
offers-no-match-lead = Kein Angebot passt zu Suche und Filter.
offers-clear-filter = Alle Angebote anzeigen
offers-not-read = Die Angebote wurden noch nicht gelesen
offers-not-read-lead = Das Hotel ist nicht erreichbar. Sobald es wieder erreichbar ist, erscheinen sie hier.
offers-failed = Die Angebote können nicht angezeigt werden
offers-moved = „{ $title }“ ist jetzt Nummer { $place } von { $total }.
offers-moves-only = Angebote lassen sich nur in der Reihenfolge „Wie Gäste sie sehen“ verschieben.
offers-no-picture = Kein Bild
offers-picture-coming = Bild ist unterwegs
offers-stop-upload = Anhalten
offers-always = Unbefristet
offers-from = Ab { $day }
offers-until = Bis { $day }
offers-uploading = Bild wird hochgeladen: { $percent } %
offers-storing = Das Hotel speichert das Bild

offers-choose = „{ $name }“ auswählen
offers-choose-hint = Für eine gemeinsame Änderung auswählen (X); mit Umschalt alle ab dem zuletzt gewählten
offers-choose-all = Alle { $count } auswählen
offers-choose-none = Auswahl aufheben
offers-chosen =
    { $count ->
        [one] { $count } ausgewählt
       *[other] { $count } ausgewählt
    }
offers-chosen-changes = Änderungen der ausgewählten Angebote
offers-show-many = Anzeigen
offers-hide-many = Verbergen
offers-move-many = Daten verschieben …
offers-delete-many = Löschen
offers-shown-many =
    { $count ->
        [one] { $count } Angebot ist für Gäste sichtbar.
       *[other] { $count } Angebote sind für Gäste sichtbar.
    }
offers-hidden-many =
    { $count ->
        [one] { $count } Angebot ist verborgen.
       *[other] { $count } Angebote sind verborgen.
    }
offers-moved-many =
    { $count ->
        [one] Die Daten von { $count } Angebot sind verschoben.
       *[other] Die Daten von { $count } Angeboten sind verschoben.
    }
offers-same-many = Die ausgewählten Angebote sind schon so.
offers-undo-left =
    { $count ->
        [one] { $count } Angebot wurde seither geändert und bleibt, wie es ist.
       *[other] { $count } Angebote wurden seither geändert und bleiben, wie sie sind.
    }
offers-move-days-title =
    { $count ->
        [one] Daten von { $count } Angebot verschieben
       *[other] Daten von { $count } Angeboten verschieben
    }
offers-move-days = Tage
offers-move-days-way = Richtung
offers-move-days-later = später
offers-move-days-earlier = früher
offers-move-days-lead = Erster und letzter Tag verschieben sich gemeinsam. Ein offenes Ende bleibt offen.
offers-move-days-wrong = Geben Sie eine Zahl von Tagen von 1 bis { $most } ein.
offers-move-days-do = Verschieben

offers-file = Einlesen oder ausgeben
offers-file-title = Angebote als Datei
offers-file-too-large = Die Datei { $name } ist größer als 8 MB und damit keine Liste von Angeboten.
offers-export = Ausgeben
offers-export-lead = Alle Angebote, wie Sie sie jetzt sehen, mit noch wartenden Änderungen. Die Datei kommt in Ihre Downloads.
offers-export-csv = Für Tabellen (CSV)
offers-export-json = Für Programme (JSON)
offers-export-written =
    { $count ->
        [one] { $count } Angebot steht in
       *[other] { $count } Angebote stehen in
    }
offers-import = Einlesen
offers-import-lead = Eine Datei wie die der Ausgabe. Sie sehen vor jeder Änderung, was geschieht; Bilder werden nicht eingelesen.
offers-import-choose = Datei wählen …
offers-import-as-new = Als neue Angebote, auch von einem anderen Hotel
offers-import-plan = { $new } neu, { $changed } geändert, { $unchanged } unverändert.
offers-import-passed-over =
    { $count ->
        [one] { $count } Eintrag der Datei betrifft anderes und wird ausgelassen.
       *[other] { $count } Einträge der Datei betreffen anderes und werden ausgelassen.
    }
offers-import-wrong = Nichts wurde eingelesen. Berichtigen Sie diese Zeilen der Datei und wählen Sie sie neu.
offers-import-rows = Plan des Einlesens
offers-import-row = Zeile
offers-import-effect = Wirkung
offers-import-offer = Angebot
offers-import-fields = Geänderte Spalten
offers-import-new = neu
offers-import-changed = geändert
offers-import-do =
    { $count ->
        [0] Einlesen
        [one] { $count } Angebot einlesen
       *[other] { $count } Angebote einlesen
    }
offers-imported =
    { $count ->
        [one] { $count } Angebot ist eingelesen.
       *[other] { $count } Angebote sind eingelesen.
    }

offer-state-live = Aktiv
offer-state-unsent = Aktiv nach Senden
offer-state-scheduled = Geplant
offer-state-expired = Abgelaufen
offer-state-hidden = Verborgen

offer-order-hotel = Wie Gäste sie sehen
offer-order-title = Titel
offer-order-ends_first = Enddatum
offer-order-newest = Neueste zuerst

sync-mark-waiting = Wartet
sync-mark-conflict = Konflikt
sync-mark-attention = Zu klären

offers-move-up = Nach oben
offers-move-down = Nach unten
offers-move-first = Ganz nach oben
offers-move-last = Ganz nach unten

offer-note-ends_soon = Endet bald
offer-note-starts_soon = Beginnt bald
offer-note-no_picture = Aktiv ohne Bild
offer-note-changed = Im Team geändert
offer-note-ends-in =
    { $count ->
        [0] Endet heute
        [one] Endet morgen
       *[other] Endet in { $count } Tagen
    }
offer-note-starts-in =
    { $count ->
        [0] Beginnt heute
        [one] Beginnt morgen
       *[other] Beginnt in { $count } Tagen
    }
