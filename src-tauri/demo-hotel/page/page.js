// The chat page of a guest. An event, a subscription and a reconnect have the same effect: the messages are
// read again. Each is shown once, by its number, however many events it has.

import { byBooking, byPin, resumed } from "./sides.js";

const PAGE = 50;

const { side, key } = document.body.dataset;
const at = (id) => document.getElementById(id);

/** The messages that were read, by number. */
const messages = new Map();
let chat = null;
let reading = null;
let readAgain = false;

const explain = (error) => {
  at("problem").textContent = error ? `${error.message}. Please try again.` : "";
};

const open = (opened) => {
  chat = opened;
  showHandler(chat.handler);
  at("files").hidden = !chat.upload;
  at("door").hidden = true;
  at("chat").hidden = false;
  listen();
  at("text").focus();
};

// Live messages

const listen = () => {
  const pusher = new Pusher(key, {
    cluster: "",
    wsHost: location.hostname,
    wsPort: location.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    ...chat.pusher,
  });
  pusher.connection.bind("state_change", ({ current }) => {
    at("connection").dataset.state = current;
    at("connection").textContent = current === "connected" ? "" : "Connecting. New messages may come late.";
  });
  for (const name of chat.channels) {
    const channel = pusher.subscribe(name);
    // The subscription is confirmed after every reconnect too.
    channel.bind_global((event, data) => {
      if (event === "staff-assigned") showHandler({ name: data.staff_name, role: data.staff_role });
      read();
    });
  }
};

/** Reads the messages. One request runs at a time, and events during it cause one more. */
const read = () => {
  readAgain = true;
  reading ??= (async () => {
    try {
      while (readAgain) {
        readAgain = false;
        await readNewest();
      }
      at("connection").textContent = "";
    } catch {
      at("connection").textContent = "The hotel does not answer. The messages are read again after a reconnect.";
    } finally {
      reading = null;
    }
  })();
  return reading;
};

/** Reads the newest messages, and further back until they join those that are known. */
const readNewest = async () => {
  const newestKnown = Math.max(0, ...messages.keys());
  let page = await chat.list(`limit=${PAGE}`);
  const rows = page;
  while (newestKnown > 0 && page.length === PAGE && page[0].id > newestKnown) {
    page = await chat.list(`limit=${PAGE}&before_id=${page[0].id}`);
    rows.unshift(...page);
  }
  const read = new Set(rows.map((row) => row.id));
  const oldest = rows[0]?.id ?? 0;
  for (const id of messages.keys()) {
    if (id >= oldest && !read.has(id)) messages.delete(id);
  }
  for (const row of rows) messages.set(row.id, row);
  show();
  await markRead(rows);
};

const markRead = async (rows) => {
  const isUnread = (row) => row.sender_type === "staff" && !row.read_by_guest;
  if (document.visibilityState === "visible" && rows.some(isUnread)) await chat.markRead();
};

// The screen

const showHandler = (handler) => {
  at("handler").textContent = handler ? `– you are talking with ${handler.name} (${handler.role})` : "";
};

const show = () => {
  const inOrder = [...messages.values()].sort((one, other) => one.id - other.id);
  at("messages").replaceChildren(...inOrder.map(line));
  at("messages").lastElementChild?.scrollIntoView({ block: "nearest" });
};

const line = (message) => {
  const item = document.createElement("li");
  item.className = message.sender_type;
  item.dataset.id = message.id;
  const author = document.createElement("small");
  author.textContent = message.sender_type === "staff" ? message.staff_display_name : "";
  const state = document.createElement("small");
  state.textContent = [
    new Date(message.timestamp).toLocaleTimeString([], { timeStyle: "short" }),
    message.is_edited ? "edited" : "",
    message.sender_type === "guest" && message.read_by_staff ? "read" : "",
  ]
    .filter(Boolean)
    .join(" · ");
  item.append(author, message.message, ...message.attachments.map(file), state);
  return item;
};

const file = (attachment) => {
  const link = document.createElement("a");
  link.href = attachment.file_url;
  link.target = "_blank";
  link.rel = "noopener";
  if (attachment.file_type === "image") {
    const picture = document.createElement("img");
    picture.src = attachment.file_url;
    picture.alt = attachment.file_name;
    link.append(picture);
  } else {
    link.textContent = `${attachment.file_name} (${attachment.file_size_display})`;
  }
  return link;
};

// The forms

const submitted = (form, action) =>
  at(form).addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.target.querySelector("button");
    button.disabled = true;
    try {
      await action();
      explain(null);
    } catch (error) {
      explain(error);
    } finally {
      button.disabled = false;
    }
  });

submitted("door", async () => open(await byPin(at("pin").value.trim())));

submitted("writing", async () => {
  const message = at("text").value.trim();
  const files = [...at("files").files];
  if (files.length > 0) {
    const form = new FormData();
    if (message) form.append("message", message);
    for (const one of files) form.append("files", one);
    await chat.upload(form);
  } else if (message) {
    await chat.send(message);
  }
  at("text").value = "";
  at("files").value = "";
});

at("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    at("writing").requestSubmit();
  }
});

document.addEventListener("visibilitychange", () => {
  if (chat && document.visibilityState === "visible") read();
});

try {
  const opened = side === "booking" ? await byBooking() : await resumed();
  if (opened) open(opened);
} catch (error) {
  explain(error);
}
document.body.dataset.ready = "";
