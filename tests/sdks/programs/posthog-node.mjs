// Sends one event of each kind with posthog-node. Arguments: sandbox, token.
import { PostHog } from "posthog-node";

const [sandbox, token] = process.argv.slice(2);
const client = new PostHog(token, { host: sandbox, flushAt: 50 });
const errors = [];
client.on("error", (error) => errors.push(String(error)));

client.capture({
  distinctId: "user-1",
  event: "order paid",
  properties: { total: 12.5, lines: [{ name: "tea é 😀", count: 2 }], note: null },
  groups: { company: "acme" },
  timestamp: new Date("2026-03-01T10:00:00.250Z"),
  uuid: "0190a5c4-7d2e-7aaa-8bbb-123456789abc",
});
client.identify({
  distinctId: "user-1",
  properties: { $set: { email: "a@example.com" }, $set_once: { source: "mail" } },
});
client.alias({ distinctId: "user-1", alias: "visitor-7" });
client.groupIdentify({ groupType: "company", groupKey: "acme", properties: { plan: "pro" } });
client.captureException(new Error("The card was refused"), "user-1", { place: "checkout" });
const flags = await client.evaluateFlags("user-1");
const seen = {
  value: flags.getFlag("price-test"),
  payload: flags.getFlagPayload("price-test"),
  retired: flags.isEnabled("retired"),
};
client.capture({ distinctId: "user-1", event: "order shown", flags });
await client.shutdown();
console.log(JSON.stringify({ seen, errors }));
