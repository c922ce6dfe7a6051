### What colleagues do and guests write: messages, the list of them, and how a person is notified.

activity-bell-open = Neuigkeiten
activity-bell-open-new = Neuigkeiten, { $count } neu
activity-bell-quiet = Nicht stören bis { $time }

toast-region = Meldungen
toast-times = { $text } ({ $count }-mal)
toast-open = Öffnen
toast-show = Zeigen
toast-show-all = Alle zeigen
toast-put-back = Zurückholen
toast-putting-back =
    { $about ->
        [gallery] Das Bild kommt zurück in die Galerie.
       *[other] Es wird neu angelegt, so wie es war.
    }
toast-deleted = „{ $title }“ ist gelöscht.
toast-guests = { $messages }, die neueste: { $newest }
toast-meanwhile = „Nicht stören“ ist beendet. Inzwischen: { $activity }

activity-title = Neuigkeiten
activity-search = Neuigkeiten durchsuchen
activity-search-hint = Suchen
activity-filter = Nur zeigen
activity-all = Alle
activity-new = Neu
activity-today = Heute
activity-yesterday = Gestern
activity-older = Ältere laden
activity-loading-older = Ältere werden geladen …
activity-empty = Noch nichts
activity-empty-lead = Hier erscheint, was das Team ändert und Gäste schreiben.
activity-no-match = Keine Treffer
activity-no-match-lead = Kein Eintrag hat diese Wörter und Arten.
activity-show-all = Alle Einträge zeigen
activity-failed = Die Liste kann nicht gezeigt werden
activity-changes =
    { $count ->
        [one] { $count } Änderung im Team: { $parts }
       *[other] { $count } Änderungen im Team: { $parts }
    }
activity-guests-and-colleagues = { $guests } und { $colleagues }
activity-count =
    { $count ->
        [one] { $count } Eintrag
       *[other] { $count } Einträge
    }
activity-count-or-more = { $count } Einträge oder mehr

activity-group-guests = Gäste
activity-group-offers = Angebote
activity-group-pictures = Bilder
activity-group-rooms = Zimmertypen
activity-group-branding = Erscheinungsbild
activity-group-team = Team

activity-sum-guests =
    { $count ->
        [one] { $count } Gästenachricht
       *[other] { $count } Gästenachrichten
    }
activity-sum-offers =
    { $count ->
        [one] { $count } Angebot
       *[other] { $count } Angebote
    }
activity-sum-pictures =
    { $count ->
        [one] { $count } Bildänderung
       *[other] { $count } Bildänderungen
    }
activity-sum-rooms =
    { $count ->
        [one] { $count } Zimmertyp
       *[other] { $count } Zimmertypen
    }
activity-sum-branding =
    { $count ->
        [one] Erscheinungsbild
       *[other] Erscheinungsbild { $count }-mal
    }
activity-sum-team =
    { $count ->
        [one] { $count } Dienständerung
       *[other] { $count } Dienständerungen
    }

do-not-disturb-title = Nicht stören
do-not-disturb-off = Meldungen über Team und Gäste werden gezeigt.
do-not-disturb-until = Nicht stören bis
do-not-disturb-lead = Bis dahin keine Meldungen über Team und Gäste und keine Töne. Diese Liste zeigt weiter alles.
do-not-disturb-half-hour = 30 Minuten
do-not-disturb-hour = 1 Stunde
do-not-disturb-until-morning = Bis { $time }
do-not-disturb-until-tomorrow = Bis morgen, { $time }
do-not-disturb-end = Jetzt beenden

sounds-title = Töne
sounds-lead = Ein kurzer Ton, wenn ein Gast schreibt oder das Team etwas ändert.
sounds-guest-lead = Gäste haben einen eigenen Ton.
sounds-repeats = Ton alle 30 Sekunden wiederholen, bis die Nachricht des Gastes gelesen ist
sounds-try-them = Töne anhören
sounds-try-colleague = Team
sounds-try-guest = Gästenachricht
sounds-silent = Dieser PC gab keinen Ton von sich. Prüfen Sie Lautstärke und Lautsprecher.
