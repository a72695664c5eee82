/**
 * Records what a function of tensors asks of TensorFlow: every kernel of
 * tfjs-node ends in the addon's `executeOp`, so the calls made while the
 * function runs once are its graph.
 *
 * @module
 */

import { type NamedTensorMap, type Tensor, tf } from "../tf.ts";
import type {
  BindingTensor,
  NativeBackend,
  NativeBinding,
} from "../ops/native_op.ts";
import type { Graph, GraphNode, Reference } from "./graph.ts";
import { TraceError } from "./trace_error.ts";

/** Tensors by name, in the order in which a program takes them. */
export type TensorInputs = Readonly<Record<string, Tensor>>;

/**
 * Runs `compute` once on `inputs` and returns what it did as a graph with a
 * placeholder for each input.
 *
 * @throws {TraceError} when the data of a tensor that depends on an input is
 * read in JavaScript.
 */
export function trace(
  backend: NativeBackend,
  compute: (inputs: Readonly<Record<string, Tensor>>) => NamedTensorMap,
  inputs: TensorInputs,
): Graph {
  const recorder = new Recorder(backend);
  for (const [name, tensor] of Object.entries(inputs)) {
    recorder.placeholder(name, tensor);
  }
  const original = backend.binding;
  backend.binding = recorder.recordingBinding();
  try {
    const references: [string, Reference][] = [];
    tf.tidy(() => {
      const outputs = compute(inputs);
      for (const [name, tensor] of Object.entries(outputs)) {
        references.push([name, recorder.reference(idOf(backend, tensor))]);
      }
      // Outputs may be kept tensors, which a tidy leaves alone.
      tf.dispose(outputs);
    });
    return { nodes: recorder.nodes, outputs: Object.fromEntries(references) };
  } finally {
    backend.binding = original;
  }
}

class Recorder {
  readonly nodes: GraphNode[] = [];
  readonly #backend: NativeBackend;
  readonly #binding: NativeBinding;
  /** The addon's tensor id to the node that made it; ids are never used twice. */
  readonly #references = new Map<number, Reference>();
  /** Nodes whose value depends on a placeholder or on a random operation. */
  readonly #varying = new Set<number>();

  constructor(backend: NativeBackend) {
    this.#backend = backend;
    this.#binding = backend.binding;
  }

  placeholder(name: string, tensor: Tensor): void {
    const dtype = this.#backend.getDTypeInteger(tensor.dtype);
    const node = this.#add({
      kind: "placeholder",
      name,
      dtype,
      shape: tensor.shape,
    });
    this.#varying.add(node);
    this.#references.set(idOf(this.#backend, tensor), { node, output: 0 });
  }

  /** The node behind a tensor; one made before the trace becomes a constant. */
  reference(id: number): Reference {
    const known = this.#references.get(id);
    if (known !== undefined) return known;
    const [identity] = this.#binding.executeOp("Identity", [], [id], 1);
    const values = this.#binding.tensorDataSync(id).slice();
    this.#binding.deleteTensor(identity!.id);
    return this.#constant(id, identity!.shape, identity!.dtype, values);
  }

  recordingBinding(): NativeBinding {
    const binding = this.#binding;
    const overrides: Partial<NativeBinding> = {
      createTensor: (shape, dtype, values) => {
        const id = binding.createTensor(shape, dtype, values);
        // The addon takes plain arrays as well; what it made of them is exact.
        this.#constant(id, shape, dtype, binding.tensorDataSync(id).slice());
        return id;
      },
      executeOp: (...call) => this.#record(...call),
      tensorDataSync: (id) => {
        const reference = this.#references.get(id);
        if (reference !== undefined && this.#varying.has(reference.node)) {
          throw new TraceError(
            `The data of a tensor made by ${
              this.#describe(reference.node)
            } is read in JavaScript (dataSync, arraySync, data), so what follows cannot be compiled: ${callSite()}`,
          );
        }
        return binding.tensorDataSync(id);
      },
      runSavedModel: () => {
        throw new TraceError("A compiled program is called inside another");
      },
    };
    // The addon's own properties are read-only, so they cannot be assigned to.
    return Object.create(
      binding,
      Object.fromEntries(
        Object.entries(overrides).map(([name, value]) => [name, { value }]),
      ),
    ) as NativeBinding;
  }

  #record(
    ...[op, attributes, inputs, count]: Parameters<NativeBinding["executeOp"]>
  ): BindingTensor[] {
    const references = inputs.map((id) => this.reference(id));
    const outputs = this.#binding.executeOp(op, attributes, inputs, count);
    const node = this.#add({
      kind: "op",
      op,
      attributes,
      inputs: references,
      outputs: outputs.map(({ dtype, shape }) => ({ dtype, shape })),
    });
    if (references.some((input) => this.#varying.has(input.node))) {
      this.#varying.add(node);
    }
    outputs.forEach((tensor, output) =>
      this.#references.set(tensor.id, { node, output })
    );
    return outputs;
  }

  #constant(
    id: number,
    shape: readonly number[],
    dtype: number,
    values: ArrayBufferView,
  ): Reference {
    const node = this.#add({
      kind: "const",
      dtype,
      shape: [...shape],
      values,
      origin: callSite(),
    });
    const reference = { node, output: 0 };
    this.#references.set(id, reference);
    return reference;
  }

  #add(node: GraphNode): number {
    return this.nodes.push(node) - 1;
  }

  #describe(index: number): string {
    const node = this.nodes[index]!;
    if (node.kind === "placeholder") return `the input "${node.name}"`;
    return node.kind === "op" ? node.op : "a constant";
  }
}

function idOf(backend: NativeBackend, tensor: Tensor): number {
  return backend.getInputTensorIds([tensor])[0]!;
}

/** The innermost line of the caller's that is neither TensorFlow.js nor the engine. */
function callSite(): string {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  Error.captureStackTrace(holder, callSite);
  Error.stackTraceLimit = limit;
  const frames = (holder.stack ?? "").split("\n").slice(1);
  const outside = frames.find((frame) =>
    !/node_modules|\/tfjs-[\w-]+\/|core\/(engine|math|model)\/|node:internal/
      .test(frame)
  );
  return (outside ?? frames[0] ?? "unknown").trim();
}
