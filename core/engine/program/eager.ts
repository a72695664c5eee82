/**
 * Programs run operation by operation, on any engine.
 *
 * @module
 */

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
  if (spec.adam !== undefined) {
    for (const name of trained) {
      applyAdam(spec.adam, variables, name, outputs[GRADIENT + name]!, feeds);
    }
  }
  for (const [name, tensor] of Object.entries(outputs)) {
    if (!name.startsWith(GRADIENT)) {
      results[name] = (tensor.dataSync() as Float32Array).slice();
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
    : input.dtype === "uint8"
    ? Float32Array.from(value)
    : value;
  return tf.tensor(data as Float32Array, [...input.shape], type);
}

function applyAdam(
  { beta1, beta2, epsilon }: AdamSpec,
  variables: Map<string, Tensor>,
  name: string,
  gradient: Tensor,
  feeds: Feeds,
): void {
  const rate = stepSize(
    beta1,
    beta2,
    Number(feeds["learningRate"]),
    Number(feeds["step"]),
  );
  const [w, m, v] = ["", FIRST_MOMENT, SECOND_MOMENT].map((prefix) =>
    variables.get(prefix + name)!
  ) as [Tensor, Tensor, Tensor];
  const [w2, m2, v2] = tf.tidy(() => {
    const m2 = tf.add(m, tf.mul(tf.sub(gradient, m), 1 - beta1));
    const v2 = tf.add(v, tf.mul(tf.sub(tf.square(gradient), v), 1 - beta2));
    const w2 = tf.sub(
      w,
      tf.div(tf.mul(m2, rate), tf.add(tf.sqrt(v2), epsilon)),
    );
    return [w2, m2, v2];
  }) as [Tensor, Tensor, Tensor];
  tf.dispose([w, m, v]);
  variables.set(name, tf.keep(w2));
  variables.set(FIRST_MOMENT + name, tf.keep(m2));
  variables.set(SECOND_MOMENT + name, tf.keep(v2));
}

/** Adam's step size with both bias corrections folded in. */
function stepSize(
  beta1: number,
  beta2: number,
  learningRate: number,
  step: number,
): number {
  return learningRate * Math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step);
}
