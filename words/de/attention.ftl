### What has not reached the hotel: why, and the ways out.

attention-title = Zu klären
attention-needs = Zu klären
attention-waits = Wartet auf das Senden
attention-waits-lead = Hier ist nichts zu tun: Es wird von selbst gesendet.
attention-clear = Nichts zu klären
attention-clear-lead = Hier erscheinen Änderungen, die das Hotel ablehnt, und Konflikte mit Änderungen aus dem Team.
attention-failed = Die Liste kann nicht angezeigt werden
attention-retry = Erneut versuchen
attention-edit = Bearbeiten
attention-open = Öffnen
attention-answer = Auswählen
attention-restore = Neu anlegen
attention-drop = Meine Änderungen verwerfen
attention-drop-title = Ihre Änderungen verwerfen?
attention-discard = Verwerfen
attention-discard-title = Diese Änderung verwerfen?
attention-discard-confirm = Verwerfen
attention-discard-loses = Folge:
attention-mine = Ja, das ist er
attention-mine-of = Ja, es ist „{ $title }“
attention-not-mine = Nein, neu anlegen
attention-send-again = Noch einmal senden
attention-send-again-title = Noch einmal senden?
attention-send-again-risk = Es ist nicht bekannt, ob es schon beim Hotel ist. Wenn ja, kommt es doppelt an.
attention-discard-risk = Es ist nicht bekannt, ob es schon beim Hotel ist. Wenn ja, bleibt es dort.
attention-tried =
    { $count ->
        [one] { $count }-mal versucht
       *[other] { $count }-mal versucht
    }
attention-changed-at = geändert: { $time }
attention-next-try = nächster Versuch { $wait }

question-make_again-yes = Ja, noch einmal
question-make_again-no = Dabei belassen
question-make_again-title = Beim Stand des Hotels belassen?
question-make_again-confirm = Dabei belassen
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
intent-state-unclear = Ankunft wird geprüft
intent-state-conflict = Konflikt
intent-state-attention = Zu klären

intent-kind-create = Neu
intent-kind-edit = Änderung
intent-kind-set_picture = Bild
intent-kind-delete = Löschung
intent-kind-add_image = Neues Bild
intent-kind-move_image = Bild verschoben
intent-kind-remove_image = Bild entfernt
intent-kind-say = Nachricht
intent-kind-unreadable = Unlesbarer Eintrag

conflict-title = Sie und jemand aus dem Team haben das geändert
conflict-mine = Ihre Fassung
conflict-theirs = Andere Fassung
conflict-use-mine = Meine verwenden
conflict-use-theirs = Andere verwenden
conflict-write = Neue schreiben
conflict-use = Diese verwenden
conflict-settled-mine = Sie haben Ihre Fassung behalten.
conflict-settled-theirs = Sie haben die andere Fassung übernommen.
conflict-settled-edit = Sie haben eine neue Fassung geschrieben.
conflict-no-picture = Kein Bild
conflict-their-picture = Das andere Bild ist unterwegs
conflict-mine-was = Ihre Fassung
conflict-theirs-was = Andere Fassung
conflict-edit-was = Ihre neue Fassung
conflict-use-mine-after-all = Doch meine verwenden
conflict-use-theirs-after-all = Doch die andere verwenden
conflict-use-edit-after-all = Doch die neue verwenden

export-one = Exportieren
export-one-of = „{ $title }“ als Datei exportieren
export-all = Alle als Datei exportieren
export-written =
    { $count ->
        [one] { $count } Eintrag gespeichert in
       *[other] { $count } Einträge gespeichert in
    }
