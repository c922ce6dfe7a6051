// Plays the scenes of a conversation in order, and prints the deliveries of pusher-js in each. Several processes share
// the scenes, since an uncaught exception does not name its scene.
// Usage: node converse.js PORT CONVERSATION.json PART PARTS
import { readFileSync } from "node:fs";
import { connect, overhear, say } from "./peer.js";

const [port, file, part, parts] = process.argv.slice(2);
const STAGE = "stage";
// Longer than the second after which pusher-js tries again.
const QUIET = 1500;
const PATIENCE = 3000;

let crashed = () => {};
process.on("uncaughtException", () => crashed());

const eventLine = (channel, event, data, metadata) => {
  const line = { event, channel, data };
  if (metadata?.user_id !== undefined) line.user_id = metadata.user_id;
  return line;
};

const memberLine = (what, channel, { id, info }) => ({ [what]: channel, id, info: info ?? null });

const channelLines = (channel, event, data, metadata) => {
  switch (event) {
    case "pusher:subscription_succeeded": {
      const members = [];
      if (channel.startsWith("presence-")) data.each((member) => members.push(memberLine("joined", channel, member)));
      // Their order varies.
      members.sort((one, other) => (one.id < other.id ? -1 : 1));
      return [{ subscribed: channel }, ...members];
    }
    case "pusher:subscription_error":
      return [{ failed: channel }];
    case "pusher:member_added":
      return [memberLine("joined", channel, data)];
    case "pusher:member_removed":
      return [memberLine("left", channel, data)];
    default:
      return [eventLine(channel, event, data, metadata)];
  }
};

// Gives the scene's answers at once, in order, and repeats the last one.
const authorizers = ({ authorize = {}, sign_in: { answers = [] } = {} }, tell) => {
  const channels = structuredClone(authorize);
  const user = structuredClone(answers);
  const answer = (about, socketId, left, callback) => {
    tell({ asked: about, socket_id: socketId });
    // A copy, since pusher-js removes the shared secret from it.
    const body = structuredClone(left.length > 1 ? left.shift() : left[0]);
    if (body.refused) callback(new Error("refused"), null);
    else callback(null, body);
  };
  return {
    channelAuthorization: {
      customHandler: ({ channelName, socketId }, callback) =>
        answer(channelName, socketId, channels[channelName], callback),
    },
    userAuthentication: {
      customHandler: ({ socketId }, callback) => answer("sign-in", socketId, user, callback),
    },
  };
};

const trigger = (channel, { event, data }) => {
  try {
    return channel.trigger(event, data);
  } catch {
    return false;
  }
};

const play = (scene) =>
  new Promise((over) => {
    const tell = (line) => say({ scene: scene.name, line });
    const pusher = connect(Number(port), `js.${scene.name}`, authorizers(scene, tell));
    let malformed = 0;
    let connected = false;
    let quiet;
    const end = (line) => {
      clearTimeout(timer);
      clearTimeout(quiet);
      if (line) tell(line);
      if (malformed > 0) tell({ malformed });
      for (const name of scene.subscribe.filter((name) => name.startsWith("presence-"))) {
        const { myID, members } = pusher.channel(name).members;
        const table = Object.entries(members ?? {}).map(([id, info]) => [id, info ?? null]);
        tell({ members: name, me: myID ?? null, table: Object.fromEntries(table) });
      }
      pusher.connection.unbind_all();
      pusher.disconnect();
      over();
    };
    const timer = setTimeout(() => end({ ends: "hangs" }), PATIENCE);
    crashed = () => tell({ crash: "an exception that nobody caught" });

    pusher.connection.bind("error", (error) => {
      if (error.type === "PusherError") {
        tell({ error: { code: error.data?.code, message: error.data?.message } });
      } else if (error.type === "MessageParseError") {
        malformed += 1;
      }
    });
    pusher.connection.bind("state_change", ({ current }) => {
      if (current === "connected") {
        connected = true;
      } else if (connected && scene.ends === "closed") {
        clearTimeout(quiet);
        // This state also comes before a new try.
        if (!["disconnected", "failed"].includes(current)) end({ ends: "tries again" });
        else quiet = setTimeout(() => end({ ends: "stays away" }), QUIET);
      }
    });
    const listen = (channel) =>
      overhear(channel, (event, data, metadata) => {
        if (event === "scene-over") return end();
        if (channel.name === STAGE) return;
        for (const line of channelLines(channel.name, event, data, metadata)) tell(line);
        if (event === "speak" && !trigger(channel, data)) tell({ not_sent: channel.name });
      });
    for (const name of [STAGE, ...scene.subscribe]) listen(pusher.subscribe(name));
    if (scene.sign_in) {
      pusher.user.bind("pusher:signin_error", () => tell({ sign_in_failed: true }));
      pusher.connection.bind("message", ({ event }) => {
        if (event !== "pusher:signin_success" || !pusher.user.user_data) return;
        tell({ signed_in: pusher.user.user_data });
        listen(pusher.user.serverToUserChannel);
      });
      pusher.signin();
    }
  });

const { scenes } = JSON.parse(readFileSync(file, "utf8"));
for (const [n, scene] of scenes.entries()) {
  if (n % Number(parts) === Number(part)) await play(scene);
}
process.exit(0);
