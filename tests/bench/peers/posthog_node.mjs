// Sends the events of a CSV file with posthog-node. Arguments: folder of its package, file, server,
// events a request (0: its own default, and its own queue, which is waited for).
// Prints the moment at which the file was opened, in seconds of the system's monotonic clock.
import { createReadStream } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [folder, path, server, together] = process.argv.slice(2);
const { PostHog } = createRequire(`${folder}/package.json`)("posthog-node");
const size = Number(together);
const tuned = { flushAt: size, maxBatchSize: size, maxQueueSize: 200_000, disableCompression: true };
const client = new PostHog("phc_benchTokenAAAA1111", { host: server, ...(size ? tuned : {}) });
console.log(Number(process.hrtime.bigint()) / 1e9);

// No cell of the file holds a comma or a quote, so this is all the reading that it takes.
let header;
let captured = 0;
for await (const line of createInterface({ input: createReadStream(path) })) {
  const cells = line.split(",");
  if (!header) {
    header = cells;
    continue;
  }
  const row = Object.fromEntries(header.map((name, place) => [name, cells[place]]));
  client.capture({
    distinctId: row.distinct_id,
    event: row.event,
    timestamp: new Date(row.timestamp),
    properties: { plan: row.plan, amount: Number(row.amount), note: row.note },
  });
  captured += 1;
  if (!size && captured % 900 === 0) await client.flush(); // its queue takes a thousand
}
await client.shutdown(300_000);
