/**
 * A program: a function of tensors with resident variables, run many times on
 * fed arrays. The same program runs compiled (one TensorFlow graph) or eagerly
 * (operation by operation), with the same results within float rounding.
 *
 * @module
 */

import type { NamedTensorMap, Tensor } from "../tf.ts";

/** A dense float array with its shape. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Values of variables, by name. */
export type VariableValues = Readonly<Record<string, NamedArray>>;

/** Shape and type of what is fed; bytes arrive in the program as floats 0 to 255. */
export interface InputSpec {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "uint8";
  /**
   * Of bytes: all rows that there are, one after the other. A run is fed which of
   * them it takes, by their numbers `[shape[0]]` in an Int32Array.
   */
  readonly rowsOf?: Uint8Array;
}

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** What is fed to a run: an array in the input's shape, or a number for a scalar. */
export type Feeds = Readonly<
  Record<string, number | Float32Array | Int32Array | Uint8Array>
>;

/** Adam (Kingma and Ba 2015, section 2, with the efficient form of its last paragraph). */
export interface AdamSpec {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** What a program computes. */
export interface ProgramSpec {
  /** Initial values; with `adam` the slots (`adam/m/...`, `adam/v/...`) may be given too, else they are 0. */
  readonly variables: VariableValues;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** Named outputs, which `run` returns as arrays. */
  compute(variables: Tensors, inputs: Tensors): NamedTensorMap;
  /**
   * Updates the variables after each run, along the outputs named
   * `gradient/<variable>`, which are not returned. Such a program has two more
   * scalar inputs: `learningRate`, and `step` counted from 1.
   */
  readonly adam?: AdamSpec;
}

/** How a program runs; `reason` says why it is not compiled. */
export interface Execution {
  readonly compiled: boolean;
  readonly reason?: string;
}

/** A program ready to run. */
export interface Program {
  readonly execution: Execution;
  /** Runs once; returns the outputs as arrays that the caller owns. */
  run(feeds: Feeds): Readonly<Record<string, Float32Array>>;
  /** Copies of all variables, slots included. */
  variables(): Record<string, NamedArray>;
  /** Sets variables, by name and in their shapes; the others stay. */
  assign(values: VariableValues): void;
  /** Frees everything. */
  dispose(): void;
}

/** Prefix of the outputs that are gradients. */
export const GRADIENT = "gradient/";
/** Prefixes of Adam's slots. */
export const FIRST_MOMENT = "adam/m/";
/** Prefixes of Adam's slots. */
export const SECOND_MOMENT = "adam/v/";

/** Names of the variables that a program trains: all but the slots. */
export function trainedNames(spec: ProgramSpec): string[] {
  return Object.keys(withoutSlots(spec.variables));
}

/** The variables that are no slots of Adam's. */
export function withoutSlots(variables: VariableValues): VariableValues {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) =>
      !name.startsWith(FIRST_MOMENT) && !name.startsWith(SECOND_MOMENT)
    ),
  );
}

/** All variables of a program, with slots filled in where Adam needs them. */
export function initialVariables(spec: ProgramSpec): VariableValues {
  if (spec.adam === undefined) return spec.variables;
  const complete: Record<string, NamedArray> = { ...spec.variables };
  for (const name of trainedNames(spec)) {
    const { shape, data } = spec.variables[name]!;
    for (const prefix of [FIRST_MOMENT, SECOND_MOMENT]) {
      complete[prefix + name] ??= {
        shape,
        data: new Float32Array(data.length),
      };
    }
  }
  return complete;
}
