// Sends one event of each kind with Mixpanel's library for browsers.
// Arguments: sandbox, token, more options as JSON, a text to send.
import { openPage, reportAtEnd, runScript } from "./page.mjs";

const [sandbox, token, options, text] = process.argv.slice(2);
const { window, complaints } = openPage(sandbox);
runScript(window, "mixpanel-browser/dist/mixpanel.umd.js");
const { mixpanel } = window;
mixpanel.init(token, {
  api_host: sandbox,
  persistence: "localStorage",
  batch_flush_interval_ms: 250,
  ...JSON.parse(options),
});
const anonymous = mixpanel.get_distinct_id();
mixpanel.track("cart opened", { total: 12.5, lines: [{ name: text }], note: null });
mixpanel.identify("user-1");
mixpanel.track("cart paid", { total: 12.5 });
mixpanel.people.set({ plan: "pro" });
mixpanel.people.set_once({ source: "mail" });
reportAtEnd({ anonymous, complaints });
