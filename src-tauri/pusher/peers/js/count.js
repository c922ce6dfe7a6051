// Takes a number of events as fast as they come, and prints the cost: the `pusher-js` column of the benchmark.
// Usage: node count.js PORT KEY CHANNEL EVENTS
import { readFileSync } from "node:fs";
import { connect, overhear, say } from "./peer.js";

const [port, key, channel, wanted] = process.argv.slice(2);
const events = Number(wanted);
// The kernel's count in pages, the same for all programs.
const resident = () => Number(readFileSync("/proc/self/statm", "utf8").split(" ")[1]) * 4096;
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

let seen = 0;
let start = 0;
let early = 0;
const late = [];
const pusher = connect(Number(port), key);
overhear(pusher.subscribe(channel), (event, data) => {
  if (event.startsWith("pusher:")) return;
  const now = process.hrtime.bigint();
  if (seen === 0) start = cpu();
  seen += 1;
  if (data.at > 0) late.push(Number(now - BigInt(data.at)) / 1000);
  if (seen === Math.ceil(events / 10)) early = resident();
  if (seen === events) {
    say({ events: seen, cpu_us: cpu() - start, early, end: resident(), late });
    process.exit(0);
  }
});
