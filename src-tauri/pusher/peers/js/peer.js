// The shared part of the three scripts: a pusher-js for a server at HOST:PORT, and lines of JSON.
import Pusher from "pusher-js";

export const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

export const connect = (port, key, options = {}) =>
  new Pusher(key, {
    cluster: "",
    wsHost: "127.0.0.1",
    wsPort: port,
    forceTLS: false,
    enabledTransports: ["ws"],
    ...options,
  });

// All events for a channel's handlers, with the metadata that global handlers do not get.
export const overhear = (channel, heard) => {
  const emit = channel.emit.bind(channel);
  channel.emit = (event, data, metadata) => {
    heard(event, data, metadata);
    return emit(event, data, metadata);
  };
};
