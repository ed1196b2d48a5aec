// Runs modules as if they stood beside this one, where the libraries are. Arguments: their paths.
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier, specifier.startsWith("posthog") ? { parentURL: import.meta.url } : context),
});
for (const path of process.argv.slice(2)) await import(pathToFileURL(path));
