// A page in jsdom, as a browser would show it: its scripts run, and reach the sandbox alone.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM, VirtualConsole, requestInterceptor } from "jsdom";

const require = createRequire(import.meta.url);

export function openPage(sandbox) {
  const complaints = [];
  const virtualConsole = new VirtualConsole();
  virtualConsole.on("jsdomError", (error) => complaints.push(String(error)));
  virtualConsole.on("error", (...words) => complaints.push(words.map(String).join(" ")));
  const onlyTheSandbox = requestInterceptor((request) => {
    if (request.url.startsWith(`${sandbox}/`)) return undefined;
    complaints.push(`Asked for ${request.url}`);
    return new Response("", { status: 403 });
  });
  const html = "<!doctype html><title>Shop</title><body><button id=buy>Buy</button></body>";
  const { window } = new JSDOM(html, {
    url: "http://shop.localhost/cart?utm_source=mail",
    runScripts: "dangerously",
    pretendToBeVisual: true,
    resources: { interceptors: [onlyTheSandbox] },
    virtualConsole,
  });
  return { window, complaints };
}

// Runs a script of a package in the page, as a script element would.
export function runScript(window, path) {
  window.eval(readFileSync(require.resolve(path), "utf8"));
}

// Tells what was found once the test has closed the standard input, and ends.
export function reportAtEnd(found) {
  process.stdin.resume().on("end", () => {
    process.stdout.write(JSON.stringify(found), () => process.exit(0));
  });
}
