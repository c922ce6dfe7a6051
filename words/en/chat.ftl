### The chat with guests.

chat-rail =
    { $count ->
        [one] 1 unread message of a guest
       *[other] { $count } unread messages of guests
    }
chat-count =
    { $count ->
        [one] 1 conversation
       *[other] { $count } conversations
    }
chat-unread = { $count } unread
chat-list = Conversations, the newest message first
chat-loading = Reading the conversations from the hotel…
chat-failed = The guest chat cannot be shown
chat-not-read = The conversations have not been read yet
chat-empty = No conversations yet
chat-empty-lead = A conversation shows here as soon as a guest writes, or as soon as you write to a room.
chat-room = Room { $room }
chat-name = Room { $room } · { $guest }
chat-guest = Guest
chat-placeholder-guest = guest
chat-said-guest = Guest: { $text }
chat-said-staff = Hotel: { $text }
chat-said-system = { $text }
chat-draft = Draft: { $text }
chat-no-message = No messages yet
chat-waits-soon = Waiting for an answer
chat-waits-minutes =
    { $count ->
        [one] Waiting for 1 minute
       *[other] Waiting for { $count } minutes
    }
chat-waits-hours =
    { $count ->
        [one] Waiting for 1 hour
       *[other] Waiting for { $count } hours
    }
chat-waits-days =
    { $count ->
        [one] Waiting for 1 day
       *[other] Waiting for { $count } days
    }
chat-waits-in =
    { $name }: { $wait }
chat-waits-more =
    { $count ->
        [one] 1 more guest waits for an answer
       *[other] { $count } more guests wait for an answer
    }
chat-handler = Last answer: { $name }
chat-handler-me = Last answer: you
chat-taken-over = Taken over by { $name }
chat-mute = Mute this room
chat-muted = Muted: new messages make no sound and no message on this computer
chat-own-waiting =
    { $count ->
        [one] 1 message is not at the hotel yet
       *[other] { $count } messages are not at the hotel yet
    }
chat-own-attention =
    { $count ->
        [one] 1 message was not sent
       *[other] { $count } messages were not sent
    }

chat-search = Search the guest chat
chat-search-hint = Search (press /)
chat-search-here = Searches names, rooms, and the texts on this computer. Texts that are only at the hotel are not searched.
chat-found = Texts on this computer
chat-no-match = Nothing matches
chat-no-match-lead = No name, no room and no text on this computer has these words.
chat-clear-search = Show all conversations

chat-new = Write to a room
chat-new-room = Room number
chat-new-open = Open the chat

chat-choose = Choose a conversation
chat-choose-lead = Move with the arrow keys, and press Enter to answer.
chat-messages = Messages of { $name }
chat-messages-failed = The messages cannot be shown
chat-messages-none = Nothing was written yet
chat-older = Reading older messages…
chat-older-failed = Older messages cannot be read
chat-first = The conversation begins here
chat-fresh =
    { $count ->
        [one] 1 new message
       *[other] { $count } new messages
    }
chat-to-end = Go to the newest message
chat-new-message = { $name }: { $text }
chat-you = You
chat-hotel = Hotel
chat-edited = edited
chat-deleted = This message was deleted.
chat-spoken = { $name }, { $time }: { $text }
chat-spoken-state = { $name }, { $time }: { $text }. { $state }
chat-quoted = Answer to { $name }: { $text }
chat-quoted-away = Answer to a message that is not on this computer
chat-reply-to = Answer this message
chat-file = { $name }, { $size }
chat-picture = Picture { $name }
chat-file-remove = Remove the file
chat-file-sending = Sending the file: { $percent } %
chat-file-storing = The hotel is storing the file
chat-file-stop = Stop
chat-attach = Add files
chat-attach-hint = Add pictures or documents, 50 MB each at most. You can also drop them here, or paste a picture. Each further file is a message of its own.
chat-file-save = Save to the downloads
chat-file-open = Open with another program
chat-file-open-hint = Saves the file to the downloads, and opens it there
chat-file-saved = Saved as
chat-file-unknown = This kind of file could be a program. Ask your IT before you open it.

message-state-waiting = Waiting to be sent
message-state-sending = On its way
message-state-at_hotel = At the hotel
message-state-read = Read by the guest
message-state-attention = Not sent

chat-discard = Discard
chat-discard-title = Discard this message?
chat-discard-lead = The guest does not get it, and its text is lost.
chat-discard-lead-unclear = If it has reached the hotel after all, the guest still gets it. It is not sent again, and its text is lost here.

chat-write = Message to { $name }
chat-write-hint = Write to the guest
chat-keys = Enter sends, Shift + Enter starts a new line
chat-send = Send
chat-replying = Answer to { $name }
chat-reply-cancel = Do not answer this message (Esc)
chat-replies = Quick replies
chat-replies-hint = Type to find a reply
chat-replies-none = There are no quick replies
chat-replies-none-lead = They are in a file that your IT can write.
chat-replies-no-match = No quick reply has these words
chat-emoji = Emoji
chat-emoji-hint = Type to find an emoji
chat-emoji-no-match = No emoji has this name

chat-emoji-smile = Smile
chat-emoji-grin = Grin
chat-emoji-laugh = Laughing
chat-emoji-joy = Tears of joy
chat-emoji-wink = Wink
chat-emoji-blush = Warm smile
chat-emoji-hearts = Smile with hearts
chat-emoji-heart_eyes = Heart eyes
chat-emoji-relieved = Relieved
chat-emoji-cool = Sunglasses
chat-emoji-thinking = Thinking
chat-emoji-surprised = Surprised
chat-emoji-worried = Worried
chat-emoji-sad = Sad
chat-emoji-crying = Crying
chat-emoji-sweat = Relief with sweat
chat-emoji-sleepy = Sleepy
chat-emoji-sick = Sick
chat-emoji-party_face = Party face
chat-emoji-thanks = Thank you, folded hands
chat-emoji-thumbs_up = Thumbs up
chat-emoji-thumbs_down = Thumbs down
chat-emoji-ok = OK hand
chat-emoji-clap = Applause
chat-emoji-wave = Waving hand
chat-emoji-muscle = Strong arm
chat-emoji-point_right = Pointing right
chat-emoji-heart = Red heart
chat-emoji-sparkles = Sparkles
chat-emoji-star = Star
chat-emoji-party = Party
chat-emoji-balloon = Balloon
chat-emoji-gift = Gift
chat-emoji-cake = Birthday cake
chat-emoji-flowers = Flowers
chat-emoji-champagne = Clinking glasses
chat-emoji-wine = Wine
chat-emoji-beer = Beer
chat-emoji-coffee = Coffee
chat-emoji-tea = Tea
chat-emoji-breakfast = Breakfast, fried egg
chat-emoji-croissant = Croissant
chat-emoji-dinner = Dinner, plate
chat-emoji-pizza = Pizza
chat-emoji-salad = Salad
chat-emoji-bed = Bed
chat-emoji-shower = Shower
chat-emoji-bath = Bath
chat-emoji-key = Key
chat-emoji-bell = Service bell
chat-emoji-luggage = Luggage
chat-emoji-hotel = Hotel
chat-emoji-taxi = Taxi
chat-emoji-bus = Bus
chat-emoji-car = Car
chat-emoji-parking = Parking
chat-emoji-plane = Aeroplane
chat-emoji-sun = Sun
chat-emoji-rain = Rain, umbrella
chat-emoji-clock = Clock
chat-emoji-phone = Phone
chat-emoji-check = Check mark
chat-emoji-warning = Warning
chat-emoji-question = Question mark

## The question before the program ends and loses texts.
quit-title = Quit and lose what guests have not got yet?
quit-lead =
    { $count ->
        [one] One text to a guest is not sent yet. The key store of this computer cannot keep its key, so it ends with the program.
       *[other] { $count } texts to guests are not sent yet. The key store of this computer cannot keep their key, so they end with the program.
    }
quit-sure = Quit all the same
quit-stay = Stay
