// Runs each module in a page of its own that has posthog-js. Arguments: their paths.
import { readFileSync } from "node:fs";
import { openPage, runScript } from "./page.mjs";

const IMPORT = 'import posthog from "posthog-js";\n';
for (const path of process.argv.slice(2)) {
  const text = readFileSync(path, "utf8");
  if (!text.startsWith(IMPORT)) throw new Error(`${path} does not import posthog-js`);
  const address = /api_host: "([^"]+)"/.exec(text)[1];
  const { window, complaints } = openPage(address);
  window.eval("window.posthog = []; window.posthog._i = []; window.posthog.__SV = 1;");
  runScript(window, "posthog-js/dist/array.js");
  let answered = 0;
  const wanted = text.split("posthog.capture(").length - 1;
  window.posthog.on("eventCaptured", () => (answered += 1));
  window.eval(text.slice(IMPORT.length));
  window.dispatchEvent(new window.Event("onpagehide" in window ? "pagehide" : "unload"));
  await new Promise((resolve) => setTimeout(resolve, 300));
  if (answered !== wanted) throw new Error(`${answered} of ${wanted} events were captured`);
  for (const complaint of complaints) console.error(complaint);
  window.close();
}
process.exit(0);
