/**
 * Makes a program the fastest way the engine has.
 *
 * @module
 */

import { TraceError } from "../compile/trace_error.ts";
import { tf } from "../tf.ts";
import { compiledProgram } from "./compiled.ts";
import { eagerProgram } from "./eager.ts";
import type { Program, ProgramSpec } from "./program.ts";

/** Options of {@link createProgram}. */
export interface CreateProgramOptions {
  /** Compile where the engine can; default true. */
  readonly compile?: boolean;
}

/**
 * Compiles the program on the native engine; elsewhere, or where the
 * computation cannot be recorded faithfully, it runs eagerly and
 * `execution.reason` says why.
 */
export function createProgram(
  spec: ProgramSpec,
  { compile = true }: CreateProgramOptions = {},
): Program {
  if (!compile) {
    return eagerProgram(spec, {
      compiled: false,
      reason: "compilation is switched off",
    });
  }
  if (tf.getBackend() !== "tensorflow") {
    return eagerProgram(spec, {
      compiled: false,
      reason: `only the native engine compiles, this is ${tf.getBackend()}`,
    });
  }
  try {
    return compiledProgram(spec);
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    return eagerProgram(spec, { compiled: false, reason: error.message });
  }
}
