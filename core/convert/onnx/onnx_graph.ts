/** An ONNX graph in the making. @module */

import type { Message } from "../protocol.ts";
import { type Attribute, attributeMessage, TYPES } from "./message.ts";

/** Types of the values that are made here. */
export type ValueType = keyof typeof TYPES;

/** Numbers that stay as they are. */
export type Numbers = Float32Array | Float64Array | Int32Array | Uint8Array;

/** Nodes and initializers, in the order in which they were added. */
export class OnnxGraph {
  readonly nodes: Message[] = [];
  readonly #constants: Message[] = [];
  #names = 0;

  /** Adds a node of one output, and gives that. */
  add(
    op: string,
    input: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    return this.split(op, input, { attributes, outputs: 1 })[0]!;
  }

  /** Adds a node of several outputs. */
  split(
    opType: string,
    input: readonly string[],
    { attributes = {}, outputs }: {
      readonly attributes?: Readonly<Record<string, Attribute>>;
      readonly outputs: number;
    },
  ): readonly string[] {
    const name = this.#name();
    const output = Array.from({ length: outputs }, (_, i) => `${name}/${i}`);
    const attribute = Object.entries(attributes)
      .map(([name, attribute]) => attributeMessage(name, attribute));
    this.nodes.push({ name, opType, input, output, attribute });
    return output;
  }

  /** Gives a value the name of an output. */
  rename(value: string, name: string): void {
    this.nodes.push({
      name: this.#name(),
      opType: "Identity",
      input: [value],
      output: [name],
    });
  }

  /** A tensor of a type of its own; of `bool` a byte each. */
  constant(
    type: ValueType,
    dims: readonly number[],
    data: Numbers | BigInt64Array,
    name: string = this.#name(),
  ): string {
    const rawData = new Uint8Array(
      data.buffer,
      data.byteOffset,
      data.byteLength,
    );
    this.#constants.push({ name, dims, dataType: TYPES[type], rawData });
    return name;
  }

  /** A list of whole numbers, as shapes and axes are given. */
  integers(values: ArrayLike<number>): string {
    const data = BigInt64Array.from(Array.from(values, BigInt));
    return this.constant("int64", [values.length], data);
  }

  /** A number of type `float` or `double`. */
  number(value: number, type: "float" | "double"): string {
    const list = type === "float" ? Float32Array : Float64Array;
    return this.constant(type, [], list.of(value));
  }

  /** The constants that a node takes: axes are often written as attributes. */
  used(): readonly Message[] {
    const taken = new Set(this.nodes.flatMap(({ input }) => input));
    return this.#constants.filter(({ name }) => taken.has(name));
  }

  #name(): string {
    return `v${this.#names++}`;
  }
}
