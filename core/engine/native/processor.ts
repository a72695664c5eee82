/**
 * Whether the processor has the instructions that TensorFlow's libraries are
 * made of. Without, a process that loads them dies of SIGILL.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import type { NativeSite } from "./site.ts";

/** What TensorFlow for x64 is compiled for. */
const NEEDED = "avx";

/** What the processor lacks, in a sentence; null where it has it, or nobody says. */
export function processorLack(
  { platform, processor }: Pick<NativeSite, "platform" | "processor">,
): string | null {
  if (platform !== "linux-x64") return null;
  const flags = /^flags\s*:(.*)$/m.exec(readIfThere(processor))?.[1];
  if (flags === undefined || flags.split(/\s+/).includes(NEEDED)) return null;
  return `TensorFlow needs a processor with ${NEEDED.toUpperCase()} instructions, which this one does not have`;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
