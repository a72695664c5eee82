/** Likelihoods of one pixel against exact values. @module */

import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../core/engine/start.ts";
import { type Tensor2D, tf } from "../../../core/mod.ts";
import * as likelihoods from "../../../plugins/likelihoods/mod.ts";
import { columnOf, readFixture, worstOf } from "../../math/fixtures.ts";
import { resolved } from "../../vae/parts.ts";

const CASES = [
  ["continuous_bernoulli", likelihoods.continuousBernoulli()],
  ["discretized_logistic", likelihoods.discretizedLogistic()],
  ["gaussian", likelihoods.gaussian({ learn: "pixel" })],
] as const;

/** An excess of at most 1, with the case in the message where it is more. */
const PASSES = {
  excess: expect.toSatisfy((excess: number) => excess <= 1),
};

beforeAll(() => startEngine("wasm", { threads: 1 }));

describe.each(CASES)("%s", (name, reference) => {
  const fixture = readFixture(name, "likelihoods");
  const { definition, options } = resolved(reference);
  const likelihood = definition.create(options, { inputSize: 1 });
  const { parameters } = likelihood;
  const columns = parameters.map((parameter) => columnOf(fixture, parameter));
  const column = (values: readonly number[]) =>
    tf.tensor2d([...values], [values.length, 1]);
  const named = (tensors: readonly Tensor2D[]) =>
    Object.fromEntries(parameters.map((one, i) => [one, tensors[i]!]));
  const logProb = (...tensors: Tensor2D[]) =>
    likelihood.logProb(named(tensors), column(columnOf(fixture, "x")), {
      learnt: {},
    });

  it("log p(x)", () => {
    const found = tf.tidy(() => logProb(...columns.map(column)).dataSync());
    expect(worstOf(fixture, "logProb", found)).toMatchObject(PASSES);
  });

  it.each(parameters)("derivative by %s", (parameter) => {
    const found = tf.tidy(() =>
      tf.grads((...tensors) => logProb(...tensors as Tensor2D[]).sum())(
        columns.map(column),
      )[parameters.indexOf(parameter)]!.dataSync()
    );
    expect(worstOf(fixture, `${parameter}'`, found)).toMatchObject(PASSES);
  });

  it("mean", () => {
    const found = tf.tidy(() =>
      likelihood.mean(named(columns.map(column)), { learnt: {} }).dataSync()
    );
    expect(worstOf(fixture, "E x", found)).toMatchObject(PASSES);
  });
});
