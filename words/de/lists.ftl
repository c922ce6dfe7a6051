### Lists of records that their table draws. $kind is the resource; what stands under `other` serves any of them.

list-new =
    { $kind ->
        [room_type] Neuer Zimmertyp
       *[other] Neuer Eintrag
    }
list-search =
    { $kind ->
        [room_type] Zimmertypen durchsuchen
       *[other] Liste durchsuchen
    }
list-search-hint = Suchen (Taste /)
list-list =
    { $kind ->
        [room_type] Zimmertypen in der Reihenfolge des Hotels
       *[other] Liste in der Reihenfolge des Hotels
    }
list-count =
    { $kind ->
        [room_type]
            { $count ->
                [one] { $count } Zimmertyp
               *[other] { $count } Zimmertypen
            }
       *[other]
            { $count ->
                [one] { $count } Eintrag
               *[other] { $count } Einträge
            }
    }
list-loading =
    { $kind ->
        [room_type] Zimmertypen werden vom Hotel gelesen …
       *[other] Liste wird vom Hotel gelesen …
    }
list-empty =
    { $kind ->
        [room_type] Noch keine Zimmertypen
       *[other] Noch keine Einträge
    }
list-empty-lead =
    { $kind ->
        [room_type] Was Sie hier anlegen, erscheint auf der Seite des Hotels.
       *[other] Was Sie hier anlegen, wird an das Hotel gesendet.
    }
list-no-match = Keine Treffer
list-no-match-lead =
    { $kind ->
        [room_type] Kein Zimmertyp enthält diese Wörter.
       *[other] Kein Eintrag enthält diese Wörter.
    }
list-clear-search =
    { $kind ->
        [room_type] Alle Zimmertypen anzeigen
       *[other] Alle Einträge anzeigen
    }
list-not-read =
    { $kind ->
        [room_type] Die Zimmertypen wurden noch nicht gelesen
       *[other] Die Liste wurde noch nicht gelesen
    }
list-not-read-lead = Das Hotel ist nicht erreichbar. Sobald es wieder erreichbar ist, erscheinen sie hier.
list-failed =
    { $kind ->
        [room_type] Die Zimmertypen können nicht angezeigt werden
       *[other] Die Liste kann nicht angezeigt werden
    }
list-untitled =
    { $kind ->
        [offer] Angebot ohne Titel
        [room_type] Zimmertyp ohne Namen
       *[other] Eintrag ohne Titel
    }
record-row-from = ab { $price }
record-row-guests =
    { $count ->
        [one] { $count } Gast
       *[other] { $count } Gäste
    }
list-edit = Bearbeiten: { $name }
list-view = Ansehen: { $name }
list-view-short = Ansehen
list-remove = Löschen: { $name }
list-duplicate = Duplizieren: { $name }
list-undo-delete = Löschen rückgängig machen: { $name }
list-move = Verschieben: { $name }
list-move-hint = Ziehen, oder Alt und eine Pfeiltaste drücken
list-moves-only =
    { $kind ->
        [room_type] Zimmertypen lassen sich nur verschieben, wenn alle angezeigt werden.
       *[other] Einträge lassen sich nur verschieben, wenn alle angezeigt werden.
    }
list-moves-not =
    { $kind ->
        [room_type] Zimmertypen lassen sich hier nicht verschieben.
       *[other] Einträge lassen sich hier nicht verschieben.
    }
list-new-title =
    { $kind ->
        [offer] Neues Angebot
        [room_type] Neuer Zimmertyp
       *[other] Neuer Eintrag
    }
list-edit-title =
    { $kind ->
        [offer] Angebot bearbeiten
        [room_type] Zimmertyp bearbeiten
       *[other] Eintrag bearbeiten
    }
list-view-title =
    { $kind ->
        [offer] Angebot
        [room_type] Zimmertyp
       *[other] Eintrag
    }
list-create =
    { $kind ->
        [offer] Angebot anlegen
        [room_type] Zimmertyp anlegen
       *[other] Eintrag anlegen
    }
list-delete =
    { $kind ->
        [offer] Angebot löschen
        [room_type] Zimmertyp löschen
       *[other] Eintrag löschen
    }
list-reading =
    { $kind ->
        [offer] Angebot wird gelesen …
        [room_type] Zimmertyp wird gelesen …
       *[other] Eintrag wird gelesen …
    }
list-gone =
    { $kind ->
        [offer] Dieses Angebot gibt es nicht mehr
        [room_type] Diesen Zimmertyp gibt es nicht mehr
       *[other] Diesen Eintrag gibt es nicht mehr
    }
