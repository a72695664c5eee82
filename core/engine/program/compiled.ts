/**
 * Programs as one TensorFlow graph: the variables live in the session, Adam is
 * TensorFlow's fused kernel, and a run is one call into the addon.
 *
 * @module
 */

import { loadGraph } from "../compile/node_def.ts";
import type { NativeBackend, NativeBinding } from "../ops/native_op.ts";
import { tf } from "../tf.ts";
import { assemble, dtypeOf, feedName, programInputs } from "./assemble.ts";
import {
  type Feeds,
  initialVariables,
  type InputSpec,
  type NamedArray,
  type Program,
  type ProgramSpec,
  type VariableValues,
} from "./program.ts";
import {
  chosenRows,
  hasRows,
  isResident,
  type RowsInput,
  rowsName,
  rowsShape,
} from "./rows.ts";
import { traceSpec } from "./trace_spec.ts";

/**
 * Compiles `spec`.
 *
 * @throws {TraceError} when the computation cannot be recorded faithfully.
 */
export function compiledProgram(spec: ProgramSpec): Program {
  const backend = tf.backend() as NativeBackend;
  const graph = traceSpec(backend, spec);
  const { nodes, outputs } = assemble(backend.binding, spec, graph);
  const session = loadGraph(backend.binding, nodes);
  const program = new CompiledProgram(backend.binding, session, spec, outputs);
  program.assign(initialVariables(spec));
  program.keepRows();
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

  assign(values: VariableValues): void {
    const names = Object.keys(values);
    const given = Object.values(values).map(({ shape, data }) =>
      this.#binding.createTensor(shape, this.#binding.TF_FLOAT, data)
    );
    this.#assign(names, given);
  }

  /** Gives the session the rows that runs choose from. */
  keepRows(): void {
    const kept = this.#inputs.flatMap(([name, input]) =>
      hasRows(input) && isResident(input)
        ? [[rowsName(name), input] as const]
        : []
    );
    this.#assign(
      kept.map(([name]) => name),
      kept.map(([, input]) =>
        this.#binding.createTensor(
          rowsShape(input),
          this.#binding.TF_UINT8,
          input.rowsOf,
        )
      ),
    );
  }

  dispose(): void {
    this.#binding.deleteSavedModel(this.#session);
  }

  /** All in one run: TensorFlow prepares the graph for each set of names. */
  #assign(names: readonly string[], given: readonly number[]): void {
    this.#call(
      given,
      names.map((name) => `value/${name}:0`).join(","),
      names.map((name) => `assigned/${name}:0`).join(","),
    );
  }

  #create(input: InputSpec, value: Feeds[string]): number {
    if (hasRows(input)) return this.#choose(input, value as Int32Array);
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

  #choose(input: RowsInput, numbers: Int32Array): number {
    const { TF_INT32, TF_UINT8 } = this.#binding;
    return isResident(input)
      ? this.#binding.createTensor([numbers.length], TF_INT32, numbers)
      : this.#binding.createTensor(
        input.shape,
        TF_UINT8,
        chosenRows(input, numbers),
      );
  }

  #call(
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): Float32Array[] {
    // TensorFlow refuses to run for nothing.
    if (outputNames === "") return [];
    const outputs = this.#binding.runSavedModel(
      this.#session,
      inputs,
      inputNames,
      outputNames,
    );
    // Copies, which nobody else has.
    const arrays = outputs.map(({ id }) => this.#binding.tensorDataSync(id));
    for (const { id } of outputs) this.#binding.deleteTensor(id);
    for (const id of inputs) this.#binding.deleteTensor(id);
    return arrays as Float32Array[];
  }
}
