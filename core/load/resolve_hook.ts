/**
 * Module resolution for plugins: what `registerResolver` installs. Node loads
 * this file on its loader thread, so it imports nothing of the project.
 *
 * @module
 */

/** What Node tells a resolver about an import. */
export interface ResolveContext {
  readonly conditions: readonly string[];
  readonly importAttributes: Readonly<Record<string, string>>;
  readonly parentURL?: string | undefined;
}

/** What a resolver answers. */
export interface Resolved {
  readonly url: string;
  readonly format?: string | null | undefined;
  readonly importAttributes?: Readonly<Record<string, string>> | undefined;
}

const PROJECT = new URL("../mod.ts", import.meta.url).href;

/** What this project exports, as in its package.json. */
export const EXPORTS: Readonly<Record<string, string>> = {
  "vae-priors": PROJECT,
  "vae-priors/artifacts":
    new URL("../pipeline/artifacts.ts", import.meta.url).href,
  "vae-priors/plugins": new URL("../../plugins/mod.ts", import.meta.url).href,
  "vae-priors/plugins/networks":
    new URL("../../plugins/networks/mod.ts", import.meta.url).href,
  "vae-priors/plugins/likelihoods":
    new URL("../../plugins/likelihoods/mod.ts", import.meta.url).href,
  "vae-priors/plugins/objectives":
    new URL("../../plugins/objectives/mod.ts", import.meta.url).href,
  "vae-priors/testing": new URL("../testing.ts", import.meta.url).href,
};

/** Answers imports on the loader thread (Node before 22.15). */
export async function resolve(
  specifier: string,
  context: ResolveContext,
  next: (specifier: string, context: ResolveContext) => Promise<Resolved>,
): Promise<Resolved> {
  const own = EXPORTS[specifier];
  if (own !== undefined) return next(own, context);
  try {
    return asModule(await next(specifier, context));
  } catch (error) {
    if (specifier !== "valibot") throw error;
    return next(specifier, { ...context, parentURL: PROJECT });
  }
}

/** Answers imports in the thread that imports (`module.registerHooks`). */
export function resolveSync(
  specifier: string,
  context: ResolveContext,
  next: (specifier: string, context: ResolveContext) => Resolved,
): Resolved {
  const own = EXPORTS[specifier];
  if (own !== undefined) return next(own, context);
  try {
    return asModule(next(specifier, context));
  } catch (error) {
    if (specifier !== "valibot") throw error;
    return next(specifier, { ...context, parentURL: PROJECT });
  }
}

/**
 * A TypeScript file far from any package.json would be read as CommonJS, and
 * its imports of "vae-priors" would go past these hooks.
 */
function asModule(resolved: Resolved): Resolved {
  return resolved.format === "commonjs" && /\.ts(\?|$)/.test(resolved.url)
    ? { ...resolved, format: "module" }
    : resolved;
}
