/** In what form the program runs. @module */

/**
 * What the names of its modules end in: `.ts` in a checkout, `.js` where it has
 * been compiled to be installed.
 */
export const EXTENSION: ".ts" | ".js" =
  import.meta.url.replace(/[?#].*$/, "").endsWith(".ts") ? ".ts" : ".js";

/** Whether it is the compiled one, in a folder that is not the user's to fill. */
export const isCompiled: boolean = EXTENSION === ".js";

/** The program's package.json. */
export const MANIFEST: URL = new URL(
  isCompiled ? "../../../package.json" : "../../package.json",
  import.meta.url,
);

/** A path in the program as the sources have it: `core/mod.ts`, never `core/mod.js`. */
export function sourcePath(path: string): string {
  return isCompiled ? path.replace(/\.js$/, ".ts") : path;
}

/** The path here of what {@link sourcePath} names. */
export function ownPath(path: string): string {
  return isCompiled ? path.replace(/\.ts$/, ".js") : path;
}
