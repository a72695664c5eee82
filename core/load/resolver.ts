/**
 * Lets a plugin anywhere on the disk write `import ... from "vae-priors"` and
 * get this very project, one instance of it, with nothing installed beside it.
 * The same goes for "valibot" where the plugin has none of its own.
 *
 * @module
 */

import nodeModule from "node:module";
import { bundleFile } from "./modules.ts";
import {
  type ResolveContext,
  type Resolved,
  resolveSync,
} from "./resolve_hook.ts";

/** `module.registerHooks` (Node 22.15 and later), which the types of Node 20 lack. */
interface SyncHooks {
  registerHooks?(hooks: {
    resolve(
      specifier: string,
      context: ResolveContext,
      next: (specifier: string, context?: Partial<ResolveContext>) => Resolved,
    ): Resolved;
  }): unknown;
}

let registered = false;

/**
 * Installs the resolver in this process, once; call it before importing a
 * plugin. Beside the bundle there is none to install: copies have it in them.
 */
export function registerResolver(): void {
  if (registered || bundleFile() !== undefined) return;
  registered = true;
  const { registerHooks } = nodeModule as SyncHooks;
  if (registerHooks === undefined) {
    nodeModule.register(new URL("./resolve_hook.ts", import.meta.url));
  } else {
    registerHooks({ resolve: resolveSync });
  }
}
