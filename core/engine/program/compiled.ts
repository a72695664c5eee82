/**
 * Programs as one TensorFlow graph: the variables live in the session, Adam is
 * TensorFlow's fused kernel, and a run is one call into the addon.
 *
 * @module
 */

import type { NativeBackend, NativeBinding } from "../ops/native_op.ts";
import { type Tensor, tf } from "../tf.ts";
import type { Graph } from "../compile/graph.ts";
import { lower } from "../compile/lower.ts";
import { loadGraph, type NodeDef, typeText } from "../compile/node_def.ts";
import { simplify } from "../compile/simplify.ts";
import { trace } from "../compile/trace.ts";
import { requireSameGraph } from "../compile/same_graph.ts";
import {
  adamNodes,
  assignNodes,
  fedNode,
  readNodes,
  variableNodes,
} from "./nodes.ts";
import {
  type Feeds,
  GRADIENT,
  initialVariables,
  type InputSpec,
  type NamedArray,
  type Program,
  type ProgramSpec,
  trainedNames,
} from "./program.ts";

/**
 * Compiles `spec`.
 *
 * @throws {TraceError} when the computation cannot be recorded faithfully.
 */
export function compiledProgram(spec: ProgramSpec): Program {
  const backend = tf.backend() as NativeBackend;
  const graph = traceTwice(backend, spec);
  const variables = initialVariables(spec);
  const { nodes, outputs } = assemble(backend.binding, spec, graph, variables);
  const session = loadGraph(backend.binding, nodes);
  const program = new CompiledProgram(backend.binding, session, spec, outputs);
  program.assign(variables);
  return program;
}

class CompiledProgram implements Program {
  readonly execution = { compiled: true } as const;
  readonly #binding: NativeBinding;
  readonly #session: number;
  readonly #inputs: readonly (readonly [string, InputSpec])[];
  readonly #shapes: Readonly<Record<string, readonly number[]>>;
  readonly #outputNames: readonly string[];
  readonly #inputText: string;
  readonly #outputText: string;
  readonly #adam: ProgramSpec["adam"];

  constructor(
    binding: NativeBinding,
    session: number,
    spec: ProgramSpec,
    outputs: Readonly<Record<string, string>>,
  ) {
    this.#binding = binding;
    this.#session = session;
    this.#inputs = Object.entries(programInputs(spec));
    this.#shapes = Object.fromEntries(
      Object.entries(initialVariables(spec)).map((
        [name, { shape }],
      ) => [name, shape]),
    );
    this.#outputNames = Object.keys(outputs);
    this.#inputText = this.#inputs.map(([name]) => `${feedName(name)}:0`).join(
      ",",
    );
    this.#outputText = Object.values(outputs).join(",");
    this.#adam = spec.adam;
  }

  run(feeds: Feeds): Record<string, Float32Array> {
    const complete = this.#adam === undefined ? feeds : {
      ...feeds,
      beta1Power: this.#adam.beta1 ** Number(feeds["step"]),
      beta2Power: this.#adam.beta2 ** Number(feeds["step"]),
    };
    const fed = this.#inputs.map(([name, input]) => {
      const value = (complete as Feeds)[name];
      if (value === undefined) {
        throw new Error(`Cannot run the program: input "${name}" is not fed`);
      }
      return this.#create(input, value);
    });
    const results = this.#call(fed, this.#inputText, this.#outputText);
    return Object.fromEntries(
      this.#outputNames.map((name, i) => [name, results[i]!]),
    );
  }

  variables(): Record<string, NamedArray> {
    const names = Object.keys(this.#shapes);
    const results = this.#call(
      [],
      "",
      names.map((name) => `read/${name}:0`).join(","),
    );
    return Object.fromEntries(
      names.map((
        name,
        i,
      ) => [name, { shape: this.#shapes[name]!, data: results[i]! }]),
    );
  }

  assign(values: Readonly<Record<string, NamedArray>>): void {
    for (const [name, { shape, data }] of Object.entries(values)) {
      const id = this.#binding.createTensor(
        shape,
        this.#binding.TF_FLOAT,
        data,
      );
      this.#call([id], `value/${name}:0`, `assigned/${name}:0`);
    }
  }

  dispose(): void {
    this.#binding.deleteSavedModel(this.#session);
  }

  #create(input: InputSpec, value: Feeds[string]): number {
    const array = typeof value !== "number"
      ? value
      : input.dtype === "int32"
      ? Int32Array.of(value)
      : Float32Array.of(value);
    return this.#binding.createTensor(
      input.shape,
      dtypeOf(this.#binding, input),
      array,
    );
  }

  #call(
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): Float32Array[] {
    const outputs = this.#binding.runSavedModel(
      this.#session,
      inputs,
      inputNames,
      outputNames,
    );
    const arrays = outputs.map(({ id }) =>
      this.#binding.tensorDataSync(id).slice()
    );
    for (const { id } of outputs) this.#binding.deleteTensor(id);
    for (const id of inputs) this.#binding.deleteTensor(id);
    return arrays as Float32Array[];
  }
}

/** Traces on two different inputs: a constant that differs was not constant. */
function traceTwice(backend: NativeBackend, spec: ProgramSpec): Graph {
  const [first, second] = [1, 2].map((variant) => {
    const variables = exampleTensors(
      trainedNames(spec).map((name) => [name, spec.variables[name]!]),
    );
    const inputs = Object.fromEntries(
      Object.entries(spec.inputs).map((
        [name, input],
      ) => [name, exampleInput(input, variant)]),
    );
    try {
      return trace(backend, (all) => {
        const pick = (names: readonly string[]) =>
          Object.fromEntries(names.map((name) => [name, all[name]!]));
        return spec.compute(
          pick(Object.keys(variables)),
          pick(Object.keys(inputs)),
        );
      }, { ...variables, ...inputs });
    } finally {
      tf.dispose([variables, inputs]);
    }
  }) as [Graph, Graph];
  requireSameGraph(first, second);
  return simplify(first);
}

function exampleTensors(
  entries: readonly (readonly [string, NamedArray])[],
): Record<string, Tensor> {
  return Object.fromEntries(
    entries.map((
      [name, { shape, data }],
    ) => [name, tf.tensor(data, [...shape], "float32")]),
  );
}

/** Plausible values for any input: small whole numbers, bytes of both halves. */
function exampleInput(input: InputSpec, variant: number): Tensor {
  const size = input.shape.reduce((product, n) => product * n, 1);
  const data = Float32Array.from(
    { length: size },
    (_, i) => input.dtype === "uint8" ? (i * 37 * variant) % 256 : variant,
  );
  return tf.tensor(
    data,
    [...input.shape],
    input.dtype === "int32" ? "int32" : "float32",
  );
}

function assemble(
  binding: NativeBinding,
  spec: ProgramSpec,
  graph: Graph,
  variables: Readonly<Record<string, NamedArray>>,
): { nodes: NodeDef[]; outputs: Record<string, string> } {
  const float = typeText(binding.TF_FLOAT);
  const nodes: NodeDef[] = [];
  const sources: Record<string, string> = {};
  for (const [name, { shape }] of Object.entries(variables)) {
    nodes.push(...variableNodes(name, shape, float), ...readNodes(name, float));
    nodes.push(...assignNodes(name, shape, float));
    sources[name] = `read/${name}`;
  }
  for (const [name, input] of Object.entries(programInputs(spec))) {
    nodes.push(
      ...fedNode(feedName(name), input, dtypeOf(binding, input), float),
    );
    sources[name] = input.dtype === "uint8"
      ? `${feedName(name)}/float`
      : feedName(name);
  }
  const lowered = lower(binding, graph, sources);
  nodes.push(...lowered.nodes);
  const outputs = Object.entries(lowered.outputs).filter(([name]) =>
    !name.startsWith(GRADIENT)
  );
  const updates: string[] = [];
  if (spec.adam !== undefined) {
    for (const name of trainedNames(spec)) {
      const gradient = lowered.outputs[GRADIENT + name]!;
      nodes.push(...adamNodes(name, gradient, spec.adam, float));
      updates.push(`^update/${name}`);
    }
  }
  const results = outputs.map(([name, source]) => {
    const result = `result/${name}`;
    nodes.push({
      name: result,
      op: "Identity",
      inputs: [source, ...updates],
      attributes: { T: float },
    });
    return [name, `${result}:0`] as const;
  });
  return { nodes, outputs: Object.fromEntries(results) };
}

function programInputs(spec: ProgramSpec): Record<string, InputSpec> {
  if (spec.adam === undefined) return { ...spec.inputs };
  const scalar: InputSpec = { shape: [], dtype: "float32" };
  return {
    ...spec.inputs,
    learningRate: scalar,
    beta1Power: scalar,
    beta2Power: scalar,
  };
}

function feedName(name: string): string {
  return `feed/${name}`;
}

function dtypeOf(binding: NativeBinding, input: InputSpec): number {
  switch (input.dtype) {
    case "float32":
      return binding.TF_FLOAT;
    case "int32":
      return binding.TF_INT32;
    case "uint8":
      return binding.TF_UINT8;
  }
}
