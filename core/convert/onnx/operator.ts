/** How an operation of TensorFlow is written in ONNX. @module */

import type { Operation, TensorSpec } from "../../engine/compile/graph.ts";
import type { OnnxGraph } from "./onnx_graph.ts";

/** What an operation is written with. */
export interface Job {
  readonly graph: OnnxGraph;
  readonly node: Operation;
  /** Its inputs' names. */
  readonly inputs: readonly string[];
  readonly specs: readonly TensorSpec[];
  attribute(name: string): unknown;
  /** The numbers of an input that must be a constant; sizes of -1 are the batch's. */
  numbers(input: number): readonly number[];
  /** The same as a list of int64, with the batch's size where it runs. */
  sizes(input: number): string;
}

/** Writes an operation, and gives its outputs. */
export type Operator = (job: Job) => readonly string[];
