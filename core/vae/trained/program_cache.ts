/** Programs of a model that stay until others are wanted more. @module */

import { createProgram } from "../../engine/program/create.ts";
import type { Program, ProgramSpec } from "../../engine/program/program.ts";

/** Sizes of batches and seeds differ: so many programs stay. */
const MOST = 16;

/** Programs by a name that says all that they depend on. */
export interface ProgramCache {
  /** The program of that name, made where there is none. */
  get(name: string, make: () => ProgramSpec): Program;
  /** Frees all. */
  dispose(): void;
}

/** A cache that frees the program that was not used for longest. */
export function programCache(): ProgramCache {
  const programs = new Map<string, Program>();
  return {
    get: (name, make) => {
      const program = programs.get(name) ?? createProgram(make());
      // The last of a map is what was used last.
      programs.delete(name);
      programs.set(name, program);
      const [oldest] = programs;
      if (programs.size > MOST) {
        programs.delete(oldest![0]);
        oldest![1].dispose();
      }
      return program;
    },
    dispose: () => {
      for (const program of programs.values()) program.dispose();
      programs.clear();
    },
  };
}
