/**
 * The addon's calls as the nodes of a graph.
 *
 * @module
 */

import type {
  BindingTensor,
  NativeBackend,
  NativeBinding,
} from "../ops/native_op.ts";
import type { Tensor } from "../tf.ts";
import { callSite } from "./call_site.ts";
import type { Constant, GraphNode, Reference } from "./graph.ts";
import { TraceError } from "./trace_error.ts";
import { sizeOfShape } from "../../lib/tensor_shape.ts";

/** Entries of a constant that is written out. */
const LARGEST_CONSTANT = 4096;

/** Takes down the calls that go through its binding. */
export class Recorder {
  readonly nodes: GraphNode[] = [];
  readonly #backend: NativeBackend;
  readonly #binding: NativeBinding;
  /** The addon's tensor id to the node that made it; ids are never used twice. */
  readonly #references = new Map<number, Reference>();
  /** Nodes whose value depends on a placeholder. */
  readonly #varying = new Set<number>();

  constructor(backend: NativeBackend) {
    this.#backend = backend;
    this.#binding = backend.binding;
  }

  /** Takes `tensor` for an input of this name. */
  placeholder(name: string, tensor: Tensor, bytes: boolean): void {
    const { shape } = tensor;
    const dtype = this.#backend.getDTypeInteger(tensor.dtype);
    const fed = bytes ? this.#binding.TF_UINT8 : dtype;
    let node = this.#add({ kind: "placeholder", name, dtype: fed, shape });
    if (bytes) {
      const type = this.#binding.TF_ATTR_TYPE;
      node = this.#add({
        kind: "op",
        op: "Cast",
        attributes: [
          { name: "SrcT", type, value: fed },
          { name: "DstT", type, value: dtype },
        ],
        inputs: [{ node, output: 0 }],
        outputs: [{ dtype, shape }],
      });
    }
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

  /** The backend's binding, which tells this of what it is asked for. */
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
            } is read in JavaScript (dataSync, arraySync, data), so what follows cannot be compiled: ${callSite()()}`,
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
    const varies = references.some(({ node }) => this.#varying.has(node));
    if (!varies && outputs.every((output) => this.#isFoldable(output))) {
      for (const { id, shape, dtype } of outputs) {
        const values = this.#binding.tensorDataSync(id).slice();
        this.#constant(id, shape, dtype, values);
      }
      return outputs;
    }
    const node = this.#add({
      kind: "op",
      op,
      attributes,
      inputs: references,
      outputs: outputs.map(({ dtype, shape }) => ({ dtype, shape })),
    });
    if (varies) this.#varying.add(node);
    outputs.forEach((tensor, output) =>
      this.#references.set(tensor.id, { node, output })
    );
    return outputs;
  }

  #constant(
    id: number,
    shape: readonly number[],
    dtype: number,
    values: Constant["values"],
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

  /** Whether a tensor is better written into the graph than computed in it. */
  #isFoldable({ dtype, shape }: BindingTensor): boolean {
    const { TF_FLOAT, TF_INT32, TF_BOOL } = this.#binding;
    return [TF_FLOAT, TF_INT32, TF_BOOL].includes(dtype) &&
      sizeOfShape(shape) <= LARGEST_CONSTANT;
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

/** The addon's number of a tensor. */
export function idOf(backend: NativeBackend, tensor: Tensor): number {
  return backend.getInputTensorIds([tensor])[0]!;
}
