// Sends one event of each kind with Mixpanel's library for servers. Arguments: sandbox, token.
import Mixpanel from "mixpanel";

const [sandbox, token] = process.argv.slice(2);
const { hostname, port } = new URL(sandbox);
const client = Mixpanel.init(token, { host: hostname, port: Number(port), protocol: "http" });
const answers = {};
const sent = [];

function call(name, run) {
  const done = (resolve) => (error) => resolve((answers[name] = error ? String(error) : null));
  sent.push(new Promise((resolve) => run(done(resolve))));
}

const order = { distinct_id: "user-1", total: 12.5, lines: [{ name: "tea é 😀" }], note: null };
call("track", (done) => client.track("order paid", order, done));
const batch = ["one", "two"].map((event) => ({ event, properties: { distinct_id: "user-1" } }));
call("batch", (done) => client.track_batch(batch, done));
call("set", (done) => client.people.set("user-1", { plan: "pro" }, done));
call("set_once", (done) => client.people.set_once("user-1", { source: "mail" }, done));
call("alias", (done) => client.alias("user-1", "customer-1", done));
call("group", (done) => client.groups.set("company", "acme", { seats: 14 }, done));
await Promise.all(sent);
console.log(JSON.stringify({ answers }));
process.exit(0);
