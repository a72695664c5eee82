/** The check `finite` of a likelihood: numbers at the ends of everything. @module */

import { tf } from "../../../../engine/tf.ts";
import { type Check, fail, pass } from "../../check.ts";
import { gradientOf, stackRows, toTensor, valuesOf } from "../../tensors.ts";
import { describePixel } from "../one_pixel.ts";
import { strayValue } from "../pixel_values.ts";
import type { LikelihoodSubject } from "../subject.ts";

/** What a decoder may give early in training that goes badly. */
const RAW = [-100, -20, 0, 20, 100];
const IMAGES = { binary: [0, 1], unit: [0, 0.5, 1], bytes: [0, 128 / 255, 1] };

/** log p, its gradient, mean and draws at parameters of 100 and black and white pixels. */
export const finite: Check<LikelihoodSubject> = {
  name: "finite",
  title: "Finite at extremes",
  run(subject) {
    const instance = subject.build(1);
    const { parameters, pixels } = instance.likelihood;
    const rows = parameters.reduce<number[][]>(
      (rows, _) => rows.flatMap((row) => RAW.map((value) => [...row, value])),
      [[]],
    );
    const raw = stackRows(rows);
    const faults: string[] = [];
    const look = (
      what: string,
      values: Float32Array,
      isWrong = (value: number) => !Number.isFinite(value),
    ) => {
      const place = values.findIndex(isWrong);
      if (place < 0) return;
      const row = rows[Math.floor(place / (values.length / rows.length))]!;
      faults.push(
        `${what} gives ${values[place]} at ${describePixel(instance, row)}`,
      );
    };
    for (const x of IMAGES[pixels]) {
      const at = `of a pixel ${Number(x.toFixed(3))}`;
      const images = () =>
        tf.fill([rows.length, 1], x) as ReturnType<
          typeof toTensor
        >;
      look(
        `logProb ${at}`,
        valuesOf(() => instance.logProb(toTensor(raw), images())),
      );
      look(
        `the gradient of logProb ${at}`,
        gradientOf((raw) => instance.logProb(raw, images()), raw).values,
      );
    }
    look(
      "mean",
      valuesOf(() => instance.mean(toTensor(raw))),
      (value) => !(value >= 0 && value <= 1),
    );
    look(
      "sample",
      valuesOf(() => instance.sample(toTensor(raw), instance.random("finite"))),
      (value) =>
        strayValue(instance.likelihood, Float32Array.of(value)) !== undefined,
    );
    if (faults.length > 0) {
      return fail(
        faults.join("; "),
        "Stay with logarithms, softplus and logSigmoid in place of exp, log and sigmoid; keep a mean within [0, 1]",
      );
    }
    return pass(
      `raw parameters of +-100, pixels ${IMAGES[pixels].length} ways`,
    );
  },
};
