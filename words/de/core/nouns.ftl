# What things are called inside of sentences.

## One of them, several, and counted.
noun-one-offer = Angebot
noun-one-room_type = Zimmertyp
noun-one-branding = Erscheinungsbild
noun-one-gallery = Galerie
noun-one-staff = Person aus dem Team
noun-one-conversation = Unterhaltung
noun-many-offer = Angebote
noun-many-room_type = Zimmertypen
noun-many-branding = Erscheinungsbild
noun-many-gallery = Galerien
noun-many-staff = Team
noun-many-conversation = Unterhaltungen
noun-counted-offer = { $count ->
        [one] 1 Angebot
       *[other] { $count } Angebote
    }
noun-counted-room_type = { $count ->
        [one] 1 Zimmertyp
       *[other] { $count } Zimmertypen
    }
noun-counted-branding = das Erscheinungsbild
noun-counted-gallery = { $count ->
        [one] 1 Galerie
       *[other] { $count } Galerien
    }
noun-counted-staff = { $count ->
        [one] 1 Person
       *[other] { $count } Personen
    }
noun-counted-conversation = { $count ->
        [one] 1 Unterhaltung
       *[other] { $count } Unterhaltungen
    }

## All that the hotel has of them, as in “the offers of this hotel”.
noun-whole-part_offers = Angebote
noun-whole-part_room_types = Zimmertypen
noun-whole-part_branding = Erscheinungsbild
noun-whole-part_gallery = Galerie
noun-whole-part_team = Team
noun-whole-part_chat = Gästechat
noun-whole-part_gallery_changes = Galerie
noun-whole-part_clock = Stempeluhr

## A certain one, in the middle of a sentence.
entity-called-offer = Angebot „{ $title }“
entity-called-room_type = Zimmertyp „{ $title }“
entity-called-branding = Erscheinungsbild
entity-called-gallery = Galerie „{ $title }“
entity-called-gallery-untitled = Galerie
entity-called-staff = „{ $title }“
entity-called-conversation = Unterhaltung mit Zimmer { $title }

## Several in a row: “offers, room types and gallery”.
list-and = { $others } und { $last }

# The name of a new entity that begins as a copy.
entity-copy-of = { $title } (Kopie)

## Days.
day-and-month = { $day }. { $month }
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
weekday-1 = Mo
weekday-2 = Di
weekday-3 = Mi
weekday-4 = Do
weekday-5 = Fr
weekday-6 = Sa
weekday-7 = So
