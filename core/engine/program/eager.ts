/**
 * Programs run operation by operation, on any engine.
 *
 * @module
 */

import { adamUpdate } from "../ops/adam.ts";
import { type Tensor, tf } from "../tf.ts";
import {
  type AdamSpec,
  type Execution,
  type Feeds,
  FIRST_MOMENT,
  GRADIENT,
  initialVariables,
  type InputSpec,
  type NamedArray,
  type Program,
  type ProgramSpec,
  SECOND_MOMENT,
  trainedNames,
  type VariableValues,
} from "./program.ts";
import { chosenRows, hasRows } from "./rows.ts";

/** Prepares `spec` to run eagerly. */
export function eagerProgram(spec: ProgramSpec, execution: Execution): Program {
  const variables = new Map<string, Tensor>();
  const assign = (values: VariableValues) => {
    for (const [name, { shape, data }] of Object.entries(values)) {
      variables.get(name)?.dispose();
      variables.set(
        name,
        tf.keep(tf.tensor(data.slice(), [...shape], "float32")),
      );
    }
  };
  assign(initialVariables(spec));
  const trained = trainedNames(spec);
  return {
    execution,
    assign,
    run: (feeds) => runEagerly(spec, variables, trained, feeds),
    variables: () => {
      const values: Record<string, NamedArray> = {};
      for (const [name, tensor] of variables) {
        values[name] = {
          shape: tensor.shape,
          data: (tensor.dataSync() as Float32Array).slice(),
        };
      }
      return values;
    },
    dispose: () => {
      for (const tensor of variables.values()) tensor.dispose();
      variables.clear();
    },
  };
}

function runEagerly(
  spec: ProgramSpec,
  variables: Map<string, Tensor>,
  trained: readonly string[],
  feeds: Feeds,
): Record<string, Float32Array> {
  const results: Record<string, Float32Array> = {};
  const inputs = Object.fromEntries(
    Object.entries(spec.inputs).map(([name, input]) =>
      [name, fedTensor(name, input, feeds[name])] as const
    ),
  );
  const outputs = tf.tidy(() =>
    spec.compute(
      Object.fromEntries(trained.map((name) => [name, variables.get(name)!])),
      inputs,
    )
  );
  // Before the update, which may write over the variables.
  for (const [name, tensor] of Object.entries(outputs)) {
    if (!name.startsWith(GRADIENT)) {
      results[name] = (tensor.dataSync() as Float32Array).slice();
    }
  }
  if (spec.adam !== undefined) {
    for (const name of trained) {
      applyAdam(spec.adam, variables, name, outputs[GRADIENT + name]!, feeds);
    }
  }
  tf.dispose([outputs, inputs]);
  return results;
}

function fedTensor(
  name: string,
  input: InputSpec,
  value: Feeds[string] | undefined,
): Tensor {
  if (value === undefined) {
    throw new Error(`Cannot run the program: input "${name}" is not fed`);
  }
  const type = input.dtype === "int32" ? "int32" : "float32";
  const data = typeof value === "number"
    ? [value]
    : hasRows(input)
    ? Float32Array.from(chosenRows(input, value as Int32Array))
    : input.dtype === "uint8"
    ? Float32Array.from(value)
    : value;
  return tf.tensor(data as Float32Array, [...input.shape], type);
}

function applyAdam(
  adam: AdamSpec,
  variables: Map<string, Tensor>,
  name: string,
  gradient: Tensor,
  feeds: Feeds,
): void {
  const [weight, firstMoment, secondMoment] = [
    "",
    FIRST_MOMENT,
    SECOND_MOMENT,
  ].map((prefix) => variables.get(prefix + name)!) as [Tensor, Tensor, Tensor];
  const rate = stepSize(
    adam,
    Number(feeds["learningRate"]),
    Number(feeds["step"]),
  );
  const updated = adamUpdate(
    { weight, firstMoment, secondMoment },
    gradient,
    { ...adam, rate },
  );
  variables.set(name, updated.weight);
  variables.set(FIRST_MOMENT + name, updated.firstMoment);
  variables.set(SECOND_MOMENT + name, updated.secondMoment);
}

/** Adam's step size with both bias corrections folded in. */
function stepSize(
  { beta1, beta2 }: AdamSpec,
  learningRate: number,
  step: number,
): number {
  return learningRate * Math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step);
}
