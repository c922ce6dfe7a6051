### The galleries.

gallery-title = Galerie
gallery-choose = Galerien
gallery-unnamed = Galerie
gallery-count =
    { $count ->
        [one] { $count } Bild
       *[other] { $count } Bilder
    }
gallery-add = Bilder hinzufügen
gallery-add-hint = Dateien auswählen, hier ablegen oder ein Bild einfügen
gallery-drop-here = Bilder hier ablegen, um sie am Ende hinzuzufügen
gallery-read-only = Sie können die Galerie ansehen, aber nicht ändern.
gallery-no-removal = Bilder lassen sich nicht entfernen.
gallery-loading = Galerie wird vom Hotel gelesen …
gallery-failed = Die Galerie kann nicht angezeigt werden
gallery-not-read = Die Galerie wurde noch nicht gelesen
gallery-not-read-lead = Das Hotel ist nicht erreichbar. Sobald es wieder erreichbar ist, erscheinen die Bilder hier.
gallery-no-gallery = Das Hotel hat noch keine Galerie
gallery-no-gallery-lead = Sobald auf dem Server des Hotels eine eingerichtet ist, erscheinen ihre Bilder hier.
gallery-empty = Noch keine Bilder
gallery-empty-lead = Wählen Sie Bilder aus, legen Sie sie hier ab, oder fügen Sie eines ein. Gäste sehen sie in dieser Reihenfolge.
gallery-empty-read-only = Was beim Hotel hinzugefügt wird, erscheint hier.
gallery-needs =
    { $count ->
        [one] { $count } Änderung zu klären
       *[other] { $count } Änderungen zu klären
    }
gallery-picture = Bild { $place }
gallery-picture-of = Bild { $place } von { $total }
gallery-coming = Das Bild ist unterwegs
gallery-remove = Entfernen: { $name }
gallery-hero = Als Hauptbild
gallery-hero-of = Als Hauptbild: { $name }
gallery-hero-title = Als Hauptbild verwenden?
gallery-hero-lead = Es ersetzt das bisherige große Bild des Hotels und erscheint unter „Branding“.
gallery-hero-confirm = Als Hauptbild verwenden
gallery-hero-done = Das Hauptbild ist geändert. Sie sehen es unter „Branding“.
gallery-hero-not-read = Das Erscheinungsbild wurde noch nicht vom Hotel gelesen.
gallery-hero-not-read-hint = Versuchen Sie es erneut, sobald das Hotel erreichbar ist.
gallery-caption = Bildunterschrift (optional)
gallery-caption-of = Bildunterschrift zu { $file } (optional)
gallery-captions-now =
    { $count ->
        [one] { $count } Bild wird hinzugefügt. Bildunterschriften sind optional und nur jetzt möglich.
       *[other] { $count } Bilder werden hinzugefügt. Bildunterschriften sind optional und nur jetzt möglich.
    }
gallery-add-these =
    { $count ->
        [one] { $count } Bild hinzufügen
       *[other] { $count } Bilder hinzufügen
    }
gallery-edit-of = Bearbeiten: { $file }
gallery-cancel = Abbrechen
gallery-cancel-of = Abbrechen: { $file }
gallery-drop = Aus Liste entfernen
gallery-drop-of = Aus Liste entfernen: { $file }
gallery-retry-of = Erneut versuchen: { $file }
gallery-pasted = Eingefügtes Bild

gallery-field-image = Bild
gallery-field-caption = Bildunterschrift

addition-state-queued = Wartet
addition-state-preparing = Wird vorbereitet …
addition-state-ready = Bereit
addition-state-adding = Wird hinzugefügt …
addition-state-failed = Nicht hinzugefügt

gallery-move = Verschieben: { $name }
gallery-move-hint = Bild ziehen, oder Alt und eine Pfeiltaste drücken
gallery-move-up = Eins nach vorn
gallery-move-down = Eins nach hinten
gallery-move-first = Ganz nach vorn
gallery-move-last = Ganz nach hinten
