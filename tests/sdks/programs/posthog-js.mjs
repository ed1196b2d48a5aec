// Sends one event of each kind with posthog-js. Arguments: sandbox, token, more options as JSON.
import { openPage, reportAtEnd, runScript } from "./page.mjs";

const [sandbox, token, options] = process.argv.slice(2);
const { window, complaints } = openPage(sandbox);
window.eval("window.posthog = []; window.posthog._i = []; window.posthog.__SV = 1;");
runScript(window, "posthog-js/dist/array.js");
const { posthog } = window;
posthog.init(token, {
  api_host: sandbox,
  capture_pageview: true,
  request_queue_config: { flush_interval_ms: 250 },
  ...JSON.parse(options),
});
await new Promise((resolve) => posthog.onFeatureFlags(resolve));
const seen = {
  value: posthog.getFeatureFlag("price-test"),
  payload: posthog.getFeatureFlagPayload("price-test"),
  retired: posthog.isFeatureEnabled("retired"),
};
const anonymous = posthog.get_distinct_id();
posthog.capture("cart opened", { total: 12.5, lines: [{ name: "tea é 😀", count: 2 }], note: null });
posthog.identify("user-1", { email: "a@example.com" }, { source: "mail" });
posthog.setPersonProperties({ plan: "pro" });
posthog.alias("customer-1");
posthog.group("company", "acme", { seats: 14 });
posthog.captureException(new window.Error("The card was refused"), { place: "checkout" });
window.document.getElementById("buy").click();
reportAtEnd({ seen, anonymous, complaints });
