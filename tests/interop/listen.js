// Listens to one channel with the official pusher-js and prints what it hears, one JSON object per line.
// Usage: node listen.js HOST PORT KEY CHANNEL. Ends when its standard input does.
import Pusher from "pusher-js";

const [host, port, key, channelName] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const pusher = new Pusher(key, {
  cluster: "",
  wsHost: host,
  wsPort: Number(port),
  forceTLS: false,
  enabledTransports: ["ws"],
});
pusher.connection.bind("error", (error) => say({ error }));

const channel = pusher.subscribe(channelName);
channel.bind("pusher:subscription_succeeded", () => say({ subscribed: pusher.connection.socket_id }));
channel.bind_global((event, data) => {
  if (!event.startsWith("pusher:")) say({ event, data });
});

process.stdin.resume();
process.stdin.on("end", () => {
  pusher.disconnect();
  process.exit(0);
});
