### Preparing and cutting a picture.

picture-title = Bild bearbeiten
picture-edit = Bild bearbeiten
picture-alt = Das Bild, das bearbeitet wird
picture-turn-left = Nach links drehen
picture-turn-right = Nach rechts drehen
picture-frame = Der verwendete Ausschnitt. Die Pfeiltasten verschieben ihn, mit Umschalt ändern sie seine Größe.
picture-place = { $width } × { $height } Pixel, { $left } von links, { $top } von oben
picture-hint = Ziehen Sie den Rahmen oder seine Griffe. Mit der Tastatur: Die Pfeiltasten verschieben ihn, mit Umschalt ändern sie seine Größe.
picture-size = { $width } × { $height } Pixel
picture-small = Dieses Bild ist klein. Auf einem großen Bildschirm wirkt es unscharf.
picture-reset = Zurücksetzen
picture-use = Bild verwenden
picture-preparing = Bild wird vorbereitet …
picture-stop = Anhalten
picture-too-big = Die Datei ist größer als 60 MB.
picture-too-big-hint = Wählen Sie ein kleineres Bild.
picture-unreadable = Die Datei kann nicht gelesen werden.
picture-unreadable-hint = Wählen Sie sie noch einmal aus, oder wählen Sie eine andere.

picture-shape = Format
picture-shape-free = Frei
picture-shape-wide = 16:9
picture-shape-photo = 4:3
picture-shape-square = 1:1

picture-handle-nw = Ecke links oben
picture-handle-n = Oberer Rand
picture-handle-ne = Ecke rechts oben
picture-handle-e = Rechter Rand
picture-handle-se = Ecke rechts unten
picture-handle-s = Unterer Rand
picture-handle-sw = Ecke links unten
picture-handle-w = Linker Rand

picture-slot-photo = Bild
picture-slot-hero_image = Hauptbild
picture-slot-landing_page_image = Bild der Startseite
picture-slot-logo = Logo
