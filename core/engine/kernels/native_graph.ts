/**
 * A kernel's computation in TensorFlow operations. Every one goes through the
 * addon's `executeOp`, in float32 or in double, which TensorFlow.js itself does
 * not have; what is not the result is freed at the end.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type {
  BindingAttribute,
  BindingTensor,
  NativeBackend,
} from "../ops/native_op.ts";

/** TensorFlow's number for double, which the addon does not name. */
const DOUBLE = 2;

/** Builds a computation; `T` is the type of the first input throughout. */
export class NativeGraph {
  readonly #backend: NativeBackend;
  readonly #made: number[] = [];

  constructor(backend: NativeBackend) {
    this.#backend = backend;
  }

  /** Runs `build` on `inputs`, frees what it made, and returns its result. */
  static run(
    backend: NativeBackend,
    inputs: readonly TensorInfo[],
    build: (
      graph: NativeGraph,
      inputs: readonly BindingTensor[],
    ) => BindingTensor,
  ): TensorInfo {
    const graph = new NativeGraph(backend);
    const ids = backend.getInputTensorIds(inputs);
    const tensors = inputs.map(({ shape, dtype }, i) => ({
      id: ids[i]!,
      shape,
      dtype: backend.getDTypeInteger(dtype),
    }));
    let kept: number | undefined;
    try {
      const result = build(graph, tensors);
      kept = result.id;
      return backend.createOutputTensor(result);
    } finally {
      for (const id of graph.#made) {
        if (id !== kept) backend.binding.deleteTensor(id);
      }
    }
  }

  /** An operation with the type attribute `T`. */
  op(name: string, ...inputs: BindingTensor[]): BindingTensor {
    return this.execute(name, { T: inputs[0]!.dtype }, inputs);
  }

  /** An operation with type attributes and, after them, others. */
  execute(
    name: string,
    types: Readonly<Record<string, number>>,
    inputs: readonly BindingTensor[],
    more: readonly BindingAttribute[] = [],
  ): BindingTensor {
    return this.executeAll(name, types, inputs, more, 1)[0]!;
  }

  /** An operation of `count` outputs. */
  executeAll(
    name: string,
    types: Readonly<Record<string, number>>,
    inputs: readonly BindingTensor[],
    more: readonly BindingAttribute[],
    count: number,
  ): BindingTensor[] {
    const { binding } = this.#backend;
    const attributes = Object.entries(types).map(([key, value]) => ({
      name: key,
      type: binding.TF_ATTR_TYPE,
      value,
    }));
    const outputs = binding.executeOp(
      name,
      [...attributes, ...more],
      inputs.map(({ id }) => id),
      count,
    );
    this.#made.push(...outputs.map(({ id }) => id));
    return outputs;
  }

  /** An attribute that is a whole number. */
  count(name: string, value: number): BindingAttribute {
    return { name, type: this.#backend.binding.TF_ATTR_INT, value };
  }

  /** An attribute that is a truth value. */
  flag(name: string, value: boolean): BindingAttribute {
    return { name, type: this.#backend.binding.TF_ATTR_BOOL, value };
  }

  /** TensorFlow's number for float32. */
  get float32(): number {
    return this.#backend.binding.TF_FLOAT;
  }

  /** `x` in double. */
  double(x: BindingTensor): BindingTensor {
    return this.cast(x, DOUBLE);
  }

  /** `x` in float32. */
  float(x: BindingTensor): BindingTensor {
    return this.cast(x, this.float32);
  }

  /** `x` in another type, by TensorFlow's number. */
  cast(x: BindingTensor, dtype: number): BindingTensor {
    if (x.dtype === dtype) return x;
    return this.execute("Cast", { SrcT: x.dtype, DstT: dtype }, [x]);
  }

  /** A whole-number tensor. */
  integers(values: readonly number[], shape: readonly number[]): BindingTensor {
    const { binding } = this.#backend;
    const dtype = binding.TF_INT32;
    const id = binding.createTensor(shape, dtype, Int32Array.from(values));
    this.#made.push(id);
    return { id, shape: [...shape], dtype };
  }

  /** Numbers in the type of `like`, a scalar unless an array is given. */
  constant(
    value: number | readonly number[],
    like: BindingTensor,
  ): BindingTensor {
    const values = typeof value === "number" ? [value] : value;
    const shape = typeof value === "number" ? [] : [value.length];
    const high = this.#floats(values, shape);
    if (like.dtype !== DOUBLE) return high;
    const rest = values.map((v) => Number.isFinite(v) ? v - Math.fround(v) : 0);
    const high64 = this.double(high);
    // The addon takes no doubles: the sum of two floats has 48 bits, and a
    // float's range.
    return rest.every((v) => v === 0)
      ? high64
      : this.op("AddV2", high64, this.double(this.#floats(rest, shape)));
  }

  /** Horner's rule: `coefficients` from the constant term up. */
  polynomial(x: BindingTensor, coefficients: readonly number[]): BindingTensor {
    const terms = coefficients.toReversed();
    let sum = this.constant(terms[0]!, x);
    for (const term of terms.slice(1)) {
      sum = this.op("AddV2", this.op("Mul", sum, x), this.constant(term, x));
    }
    return sum;
  }

  /** `whenTrue` where `condition` holds, else `whenFalse`; either may be a number. */
  select(
    condition: BindingTensor,
    whenTrue: BindingTensor | number,
    whenFalse: BindingTensor,
  ): BindingTensor {
    const chosen = typeof whenTrue === "number"
      ? this.constant(whenTrue, whenFalse)
      : whenTrue;
    return this.execute("SelectV2", { T: whenFalse.dtype }, [
      condition,
      chosen,
      whenFalse,
    ]);
  }

  #floats(values: readonly number[], shape: readonly number[]): BindingTensor {
    const { binding } = this.#backend;
    const dtype = binding.TF_FLOAT;
    const id = binding.createTensor(shape, dtype, Float32Array.from(values));
    this.#made.push(id);
    return { id, shape: [...shape], dtype };
  }
}
