/**
 * Does an addon load and multiply? Asked once in a process of its own (a bad
 * library can take the process down), then remembered by the addon's digest and
 * what the loader is told by variables. A refusal is asked about again each
 * time: what is in the way may be gone by then.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { makeFolder } from "../../lib/make_folder.ts";
import { loaderSettings } from "./load_failure.ts";
import type { NativeSite } from "./site.ts";

/** What an addon turned out to be. */
export type Probe =
  | {
    readonly ok: true;
    /** Version of TensorFlow: `2.21.0`. */
    readonly tensorflow: string;
    /** TensorFlow's libraries, as they were loaded. */
    readonly libraries: readonly string[];
  }
  | { readonly ok: false; readonly error: string };

/** Options of {@link probeAddon}. */
export interface ProbeOptions {
  /** Ask again though the answer is known. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** 1 * 3 + 2 * 4 = 11, by the addon alone, which keeps no array so far off alignment. */
const SCRIPT = `
const b = require(process.argv[1]);
const pair = (...values) => {
  const array = new Float32Array(new ArrayBuffer(12), 4);
  array.set(values);
  return array;
};
const x = b.createTensor([1, 2], b.TF_FLOAT, pair(1, 2));
const y = b.createTensor([2, 1], b.TF_FLOAT, pair(3, 4));
const no = (name) => ({ name, type: b.TF_ATTR_BOOL, value: false });
const type = { name: "T", type: b.TF_ATTR_TYPE, value: b.TF_FLOAT };
const [out] = b.executeOp("MatMul", [no("transpose_a"), no("transpose_b"), type], [x, y], 1);
const [value] = b.tensorDataSync(out.id);
if (value !== 11) throw new Error("1 * 3 + 2 * 4 gave " + value);
process.report.excludeNetwork = true;
const libraries = process.report.getReport().sharedObjects.filter((file) => /libtensorflow/.test(file));
console.log("PROBE " + JSON.stringify({ tensorflow: b.TF_Version, libraries }));
`;

/**
 * Whether an addon works; null where there is none. Cheap when it has been
 * asked before and the libraries are still there.
 */
export async function probeAddon(
  site: NativeSite,
  addon: string,
  options: ProbeOptions = {},
): Promise<Probe | null> {
  const digest = await digestOf(addon);
  if (digest === null) return null;
  const note = join(site.cacheDirectory, "probes", noteName(site, digest));
  if (!options.fresh) {
    const known = await recall(note);
    if (known !== null) return known;
  }
  const probe = await ask(site, addon, options.signal);
  try {
    if (!probe.ok) {
      await rm(note, { force: true });
      return probe;
    }
    await makeFolder(join(site.cacheDirectory, "probes"));
    await writeFile(note, JSON.stringify(probe));
  } catch {
    await rm(note, { force: true }).catch(() => {});
  }
  return probe;
}

async function ask(
  site: NativeSite,
  addon: string,
  signal?: AbortSignal,
): Promise<Probe> {
  const { lastLine, runCommand } = await import("./command.ts");
  const env = { ...site.env, TF_CPP_MIN_LOG_LEVEL: "2" };
  const result = await runCommand([process.execPath, "-e", SCRIPT, addon], {
    env,
    signal,
    timeoutMs: 120_000,
  });
  const answer = result.stdout.split("\n").find((line) =>
    line.startsWith("PROBE ")
  );
  if (result.code !== 0 || answer === undefined) {
    return {
      ok: false,
      error: result.code === null
        ? `it crashed: ${lastLine(result)}`
        : lastLine(result),
    };
  }
  return {
    ok: true,
    ...JSON.parse(answer.slice("PROBE ".length)) as {
      tensorflow: string;
      libraries: string[];
    },
  };
}

function noteName(site: NativeSite, addonDigest: string): string {
  const settings = loaderSettings(site.env);
  const loader = settings.length === 0
    ? ""
    : `-ld${shortDigest(JSON.stringify(settings)).slice(0, 8)}`;
  const node = process.versions.node.split(".")[0];
  return `${addonDigest}-node${node}${loader}.json`;
}

/** A known answer holds as long as the libraries that were loaded are there. */
async function recall(note: string): Promise<Probe | null> {
  try {
    const probe = JSON.parse(await readFile(note, "utf8")) as Probe;
    if (!probe.ok) return null;
    await Promise.all(probe.libraries.map((library) => stat(library)));
    return probe;
  } catch {
    return null;
  }
}

async function digestOf(file: string): Promise<string | null> {
  try {
    return shortDigest(await readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function shortDigest(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 32);
}
