# What things are called inside of sentences.

## One of them, several, and counted.
noun-one-offer = offer
noun-one-room_type = room type
noun-one-branding = branding
noun-one-gallery = gallery
noun-one-staff = person of the team
noun-one-conversation = conversation
noun-many-offer = offers
noun-many-room_type = room types
noun-many-branding = the branding
noun-many-gallery = galleries
noun-many-staff = the team
noun-many-conversation = conversations
noun-counted-offer = { $count ->
        [one] 1 offer
       *[other] { $count } offers
    }
noun-counted-room_type = { $count ->
        [one] 1 room type
       *[other] { $count } room types
    }
noun-counted-branding = the branding
noun-counted-gallery = { $count ->
        [one] 1 gallery
       *[other] { $count } galleries
    }
noun-counted-staff = { $count ->
        [one] 1 person
       *[other] { $count } people
    }
noun-counted-conversation = { $count ->
        [one] 1 conversation
       *[other] { $count } conversations
    }

## All that the hotel has of them, as in “the offers of this hotel”.
noun-whole-part_offers = offers
noun-whole-part_room_types = room types
noun-whole-part_branding = branding
noun-whole-part_gallery = gallery
noun-whole-part_team = team
noun-whole-part_chat = guest chat
noun-whole-part_gallery_changes = gallery
noun-whole-part_clock = clock

## A certain one, in the middle of a sentence.
entity-called-offer = “{ $title }”
entity-called-room_type = the room type “{ $title }”
entity-called-branding = the branding
entity-called-gallery = the gallery “{ $title }”
entity-called-gallery-untitled = the gallery
entity-called-staff = “{ $title }”
entity-called-conversation = the conversation with room { $title }

## Several in a row: “offers, room types and gallery”.
list-and = { $others } and { $last }

# The name of a new entity that begins as a copy.
entity-copy-of = { $title } (copy)

## Days.
day-and-month = { $day } { $month }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
