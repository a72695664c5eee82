/**
 * The core's modules as the bundle holds them: to be had by the URLs of their
 * sources, so that there is one instance of each, whoever asks.
 *
 * @module
 */

/** What a module exports. */
export type Namespace = Readonly<Record<string, unknown>>;

type Modules = ReadonlyMap<string, () => Promise<Namespace>>;

let modules: Modules | undefined;
let file = "";

/** @public Called by the bundle when it is loaded: bundle.mjs writes the call. */
export function provideModules(of: Modules, bundle: string): void {
  modules = of;
  file = bundle;
}

/** Path of the bundle that this process runs from; undefined: it runs from the sources. */
export function bundleFile(): string | undefined {
  return modules === undefined ? undefined : file;
}

/** Whether the bundle holds the module of this URL. */
export function isOwnModule(url: string): boolean {
  return modules?.has(url) ?? false;
}

/** The module of this URL, of which {@link isOwnModule} says that there is one. */
export async function ownModule(url: string): Promise<Namespace> {
  return await modules!.get(url)!();
}
