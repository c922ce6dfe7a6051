### What colleagues do and guests write: messages, the list of them, and how a person is notified.

activity-bell-open = Aktivität
activity-bell-open-new = Aktivität, { $count } neu
activity-bell-quiet = Nicht stören bis { $time }

toast-region = Meldungen
toast-times = { $text } ({ $count }-mal)
toast-open = Öffnen
toast-show = Anzeigen
toast-show-all = Alle anzeigen
toast-put-back = Zurückholen
toast-putting-back =
    { $about ->
        [gallery] Das Bild kommt zurück in die Galerie.
       *[other] Der Eintrag wird neu angelegt, so wie er war.
    }
toast-deleted-many =
    { $count ->
        [one] { $count } Angebot ist gelöscht.
       *[other] { $count } Angebote sind gelöscht.
    }
toast-deleted-left =
    { $count ->
        [one] { $count } Angebot war schon gelöscht. Seine Aktivität kann es neu anlegen.
       *[other] { $count } Angebote waren schon gelöscht. Ihre Aktivitäten können sie neu anlegen.
    }
toast-deleted = „{ $title }“ ist gelöscht.
toast-guests = { $messages }, die neueste: { $newest }
toast-meanwhile = „Nicht stören“ ist beendet. Inzwischen: { $activity }

activity-title = Aktivität
activity-search = Aktivität durchsuchen
activity-search-hint = Suchen
activity-filter = Nur anzeigen
activity-all = Alle
activity-new = Neu
activity-today = Heute
activity-yesterday = Gestern
activity-older = Ältere laden
activity-loading-older = Ältere werden geladen …
activity-empty = Noch nichts Neues
activity-empty-lead = Was das Team ändert und was Gäste schreiben, erscheint hier.
activity-no-match = Keine Treffer
activity-no-match-lead = Kein Eintrag passt zu Suche und Filter.
activity-show-all = Alle Einträge anzeigen
activity-failed = Die Liste kann nicht angezeigt werden
activity-changes =
    { $count ->
        [one] { $count } Änderung vom Team: { $parts }
       *[other] { $count } Änderungen vom Team: { $parts }
    }
activity-guests-and-colleagues = { $guests } und { $colleagues }
activity-count =
    { $count ->
        [one] { $count } Eintrag
       *[other] { $count } Einträge
    }
activity-count-or-more = { $count } oder mehr Einträge

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
       *[other] { $count }-mal Erscheinungsbild
    }
activity-sum-team =
    { $count ->
        [one] { $count } Dienstwechsel
       *[other] { $count } Dienstwechsel
    }

do-not-disturb-title = Nicht stören
do-not-disturb-off = Meldungen über Team und Gäste werden angezeigt.
do-not-disturb-until = Nicht stören bis
do-not-disturb-lead = Bis dahin gibt es keine Meldungen über Team und Gäste und keine Töne. Diese Liste zeigt weiterhin alles.
do-not-disturb-half-hour = 30 Minuten
do-not-disturb-hour = 1 Stunde
do-not-disturb-until-morning = Bis { $time }
do-not-disturb-until-tomorrow = Bis morgen, { $time }
do-not-disturb-end = Jetzt beenden

sounds-title = Töne
sounds-lead = Ein kurzer Ton, wenn ein Gast schreibt oder das Team etwas ändert.
sounds-guest-lead = Für Gäste gibt es einen eigenen Ton.
sounds-repeats = Ton alle 30 Sekunden wiederholen, bis die Nachricht des Gastes gelesen ist
sounds-try-them = Töne anhören
sounds-try-colleague = Team
sounds-try-guest = Gästenachricht
sounds-silent = Dieser PC hat keinen Ton ausgegeben. Prüfen Sie die Lautstärke und den Lautsprecher.
