### What has not reached the hotel: why, and the ways out.

attention-title = Zu klären
attention-needs = Zu klären
attention-waits = Wartet auf das Senden
attention-waits-lead = Hier ist nichts zu tun: Das wird von selbst gesendet.
attention-clear = Nichts ist zu klären
attention-clear-lead = Hier erscheinen Änderungen, die das Hotel ablehnt oder die einer Änderung aus dem Team widersprechen.
attention-failed = Die Liste kann nicht gezeigt werden
attention-retry = Erneut versuchen
attention-edit = Bearbeiten
attention-open = Öffnen
attention-answer = Wählen
attention-restore = Neu anlegen
attention-drop = Meine Änderungen verwerfen
attention-drop-title = Ihre Änderungen verwerfen?
attention-discard = Verwerfen
attention-discard-title = Diese Änderung verwerfen?
attention-discard-confirm = Verwerfen
attention-discard-loses = Verloren geht:
attention-mine = Ja, das ist meins
attention-mine-of = Ja, „{ $title }“ ist meins
attention-not-mine = Nein, anlegen
attention-send-again = Noch einmal senden
attention-send-again-title = Noch einmal senden?
attention-send-again-risk = Es ist nicht bekannt, ob es schon beim Hotel ist. Wenn ja, kommt es doppelt an.
attention-discard-risk = Es ist nicht bekannt, ob es schon beim Hotel ist. Wenn ja, bleibt es dort.
attention-tried =
    { $count ->
        [one] { $count } Versuch
       *[other] { $count } Versuche
    }
attention-changed-at = geändert { $time }
attention-next-try = nächster Versuch { $wait }

question-make_again-yes = Neu anlegen
question-make_again-no = So lassen
question-make_again-title = So lassen, wie es beim Hotel ist?
question-make_again-confirm = So lassen
question-remove_changed-yes = Trotzdem entfernen
question-remove_changed-no = Behalten
question-remove_changed-title = Trotzdem entfernen?
question-remove_changed-confirm = Entfernen
question-remove_again-yes = Noch einmal entfernen
question-remove_again-no = Behalten
question-remove_again-title = Noch einmal entfernen?
question-remove_again-confirm = Entfernen
question-choose_picture-yes = Erneut versuchen
question-choose_picture-no = Ohne Bild lassen
question-choose_picture-title = Ohne Bild lassen?
question-choose_picture-confirm = Ohne Bild lassen

intent-state-waiting = Wartet
intent-state-in_flight = Unterwegs
intent-state-unclear = Prüft, ob es angekommen ist
intent-state-conflict = Konflikt
intent-state-attention = Zu klären

intent-kind-create = Neu
intent-kind-edit = Änderung
intent-kind-set_picture = Bild
intent-kind-delete = Löschen
intent-kind-add_image = Neues Bild
intent-kind-move_image = Bild verschoben
intent-kind-remove_image = Bild entfernt
intent-kind-say = Nachricht
intent-kind-unreadable = Unlesbarer Eintrag

conflict-title = Sie und jemand aus dem Team haben das geändert
conflict-mine = Von Ihnen
conflict-theirs = Aus dem Team
conflict-use-mine = Meins verwenden
conflict-use-theirs = Das andere verwenden
conflict-write = Anderes schreiben
conflict-use = Das verwenden
conflict-settled-mine = Sie haben Ihres behalten.
conflict-settled-theirs = Sie haben das andere übernommen.
conflict-settled-edit = Sie haben etwas Drittes geschrieben.
conflict-no-picture = Kein Bild
conflict-their-picture = Das andere Bild ist unterwegs
conflict-mine-was = Ihres
conflict-theirs-was = Das andere
conflict-edit-was = Ihr dritter Text
conflict-use-mine-after-all = Doch meins verwenden
conflict-use-theirs-after-all = Doch das andere verwenden
conflict-use-edit-after-all = Doch den dritten Text verwenden

export-one = Exportieren
export-one-of = „{ $title }“ als Datei exportieren
export-all = Alles als Datei exportieren
export-written =
    { $count ->
        [one] { $count } Eintrag geschrieben nach
       *[other] { $count } Einträge geschrieben nach
    }
