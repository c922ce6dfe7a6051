### The branding.

branding-title = Erscheinungsbild
branding-loading = Das Erscheinungsbild wird vom Hotel gelesen …
branding-failed = Das Erscheinungsbild kann nicht gezeigt werden
branding-not-read = Das Erscheinungsbild wurde noch nicht gelesen
branding-not-read-lead = Das Hotel ist nicht erreichbar. Sobald es das ist, erscheint es hier.
branding-offline = Das Hotel ist gerade nicht erreichbar. Was Sie speichern, bleibt hier und wird gesendet, sobald es geht.
branding-sections = Teile des Erscheinungsbilds
branding-identity = Identität
branding-pictures = Bilder
branding-contact = Kontakt und Adresse
branding-links = Links
branding-amenities = Ausstattung
branding-colours = Farben und Design
branding-more = Mehr
branding-pictures-hint = Diese Bilder können ersetzt, aber nicht entfernt werden.

branding-preview-title = Vorschau: So sehen es Gäste
branding-preview-lead = Zeigt alles so, wie es gerade getippt ist, auch vor dem Speichern.
branding-preview-no-name = Name des Hotels
branding-preview-no-tagline = Hier erscheint der Leitspruch
branding-preview-no-text = Hier erscheint ein Text des Hotels.
branding-preview-link = Ein Link im Text
branding-preview-button = Jetzt buchen
branding-preview-button-hover = Unter dem Zeiger
branding-preview-offer = Winterwochenende
branding-preview-offer-lead = Zwei Nächte mit Frühstück.

branding-contrast-title = Kontrast
branding-contrast-good = Alle Texte, Knöpfe und Ränder sind gut zu erkennen.
branding-contrast-faults =
    { $count ->
        [one] Ein Farbpaar ist schwer lesbar.
       *[other] { $count } Farbpaare sind schwer lesbar.
    }
branding-contrast-lead = Speichern können Sie trotzdem.
branding-contrast-pair = { $front } / { $back }
branding-contrast-measured = { $ratio }, mindestens { $needs } sollte es sein
branding-contrast-hard = Schwer zu erkennen auf „{ $back }“: { $ratio }, mindestens { $needs } sollte es sein.
branding-contrast-enough = genug
branding-contrast-too-little = zu wenig
