// Listens to channels and prints each subscription and each event. Ends when its standard input does.
// Usage: node listen.js PORT KEY CHANNEL...
import { connect, overhear, say } from "./peer.js";

const [port, key, ...channels] = process.argv.slice(2);
const pusher = connect(Number(port), key);
for (const name of channels) {
  overhear(pusher.subscribe(name), (event, data) => {
    if (event === "pusher:subscription_succeeded") say({ subscribed: name });
    else if (!event.startsWith("pusher:")) say({ event, channel: name, data });
  });
}
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
