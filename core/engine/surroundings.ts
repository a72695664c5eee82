/**
 * What of the machine and its environment changes the last digits of what an
 * engine computes. It loads nothing, for plans ask too.
 *
 * What was measured stands among the decisions in `core/README.md`.
 *
 * @module
 */

import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { cpus } from "node:os";
import type { EngineName } from "./engine.ts";

/** Name to value, as fields of a key. */
export type EngineSurroundings = Readonly<Record<string, string>>;

/**
 * Variables that make TensorFlow and oneDNN compute in another way. Not all of
 * `TF_`, for that is Terraform's prefix, too, with secrets among them.
 */
const VARIABLE =
  /^(?:ONEDNN|DNNL|XLA|TF_(?:DETERMINISTIC|DISABLE|ENABLE|ONEDNN|SET_ONEDNN|XLA))_/;
/** It only makes them talk. */
const HARMLESS = /_VERBOSE/;

/** Instructions of which the widest is taken, by their flags in Linux. */
const INSTRUCTIONS = ["avx512f", "avx2", "avx", "sse4_1", "sve", "asimd"];

/** Bytes of `/proc/cpuinfo` that tell of the first core. */
const FIRST_CORE = 8192;

/**
 * The surroundings of an engine with `threads` threads. Those of the native one
 * are the threads, the processor and the variables that are set: kernels and
 * the blocks in which they sum depend on them. The others have none: what
 * WebAssembly and JavaScript compute is the same everywhere, but for what the
 * engine's version says.
 */
export function engineSurroundings(
  engine: EngineName,
  threads: number,
  env: NodeJS.ProcessEnv = process.env,
): EngineSurroundings {
  if (engine !== "native") return {};
  const set = Object.entries(env).flatMap(([name, value]) =>
    VARIABLE.test(name) && !HARMLESS.test(name) && value !== undefined
      ? [[`env.${name}`, value] as const]
      : []
  );
  return {
    threads: String(threads),
    cpu: describeProcessor(),
    ...Object.fromEntries(set),
  };
}

/**
 * `x64 avx512f, caches 48K 2048K`: the widest instructions, and the caches that
 * decide how long a sum goes on in one block. Where the system does not tell,
 * the processor's name.
 */
export function describeProcessor(): string {
  try {
    const flags = /^(?:flags|Features)\s*:(.*)$/m.exec(firstCore())?.[1];
    const known = new Set(flags?.split(" "));
    const widest = INSTRUCTIONS.find((name) => known.has(name));
    if (widest !== undefined) {
      return [`${process.arch} ${widest}`, ...caches()].join(", ");
    }
  } catch {
    // Not Linux.
  }
  return `${process.arch} ${cpus()[0]?.model.trim() ?? "unknown"}`;
}

function firstCore(): string {
  const file = openSync("/proc/cpuinfo", "r");
  try {
    const buffer = Buffer.alloc(FIRST_CORE);
    const length = readSync(file, buffer);
    return buffer.toString("latin1", 0, length);
  } finally {
    closeSync(file);
  }
}

/** Sizes of a core's own data caches, the first two levels. */
function caches(): readonly string[] {
  const folder = "/sys/devices/system/cpu/cpu0/cache";
  const sizes: string[] = [];
  for (let index = 0; index < 3; index++) {
    try {
      const read = (what: string) =>
        readFileSync(`${folder}/index${index}/${what}`, "latin1").trim();
      if (read("type") !== "Instruction") sizes.push(read("size"));
    } catch {
      // A container may hide them.
    }
  }
  return sizes.length === 0 ? [] : [`caches ${sizes.join(" ")}`];
}
