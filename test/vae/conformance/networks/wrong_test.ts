// Networks with one thing wrong each, and the check that must find it.

import { beforeAll, expect, it } from "vitest";
import { startEngine } from "../../../../core/engine/start.ts";
import {
  type EncoderNetwork,
  type Network,
  type NetworkPlugin,
  type NetworkWeights,
  type Tensor,
  type Tensor2D,
  tf,
  uniformParameter,
} from "../../../../core/mod.ts";
import {
  networkKit,
  runCheck,
  runChecks,
} from "../../../../core/vae/conformance/mod.ts";
import { nativeMissing } from "../../../engine/backends.ts";
import { networkWith } from "./_wrong.ts";

const isNative = !nativeMissing();

beforeAll(() => startEngine(isNative ? "native" : "wasm", { threads: 1 }));

type Apply = EncoderNetwork["apply"];

/** With another encoder's `apply`, made of the right one. */
function encoderWith(change: (right: Apply) => Apply) {
  return networkWith(({ encoder }) => ({
    encoder: { ...encoder, apply: change(encoder.apply) },
  }));
}

function encoderFrom(change: (right: Network["encoder"]) => object) {
  return networkWith(({ encoder }) => ({
    encoder: { ...encoder, ...change(encoder) },
  }));
}

/** The value of `x`, half of its gradient. */
function half(x: Tensor2D): Tensor2D {
  const halve = tf.customGrad((x) => ({
    value: (x as Tensor).clone(),
    gradFunc: (dy: Tensor) => tf.mul(dy, 0.5),
  }));
  return halve(x) as Tensor2D;
}

/** The value of `x`; its gradient is the batch's mean. */
function shared(x: Tensor2D): Tensor2D {
  const share = tf.customGrad((x) => ({
    value: (x as Tensor).clone(),
    gradFunc: (dy: Tensor) =>
      tf.add(tf.zerosLike(dy), tf.mean(dy, 0, true)) as Tensor,
  }));
  return share(x) as Tensor2D;
}

function scaled(factor: number) {
  return encoderFrom(({ parameters }) => ({
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([path, { shape, initial }]) => [path, {
        shape,
        initial: (uniform: () => number) =>
          initial(uniform).map((value) => factor * value),
      }]),
    ),
  }));
}

let calls = 0;
/** Calls of the network that is traced twice. */
let traced = 0;

const WRONG: readonly [
  what: string,
  check: string,
  says: RegExp,
  plugin: NetworkPlugin,
][] = [
  [
    "no features",
    "contract",
    /its encoder has 0 features/,
    encoderFrom(() => ({ features: 0 })),
  ],
  [
    "a fixed batch",
    "shapes",
    /encoder\.apply gives shape \[1,6\], want \[2,6\]/,
    encoderWith((apply) => (weights, images) =>
      tf.slice(apply(weights, images), [0, 0], [1, -1])
    ),
  ],
  [
    "a call that counts",
    "same",
    /^encoder\.apply differs from call to call/,
    encoderWith((apply) => (weights, images) =>
      tf.add(apply(weights, images), calls++ % 7)
    ),
  ],
  [
    "initial values from elsewhere",
    "same",
    /^the initial values of "encoder\/0\/kernel" differ/,
    encoderFrom(({ parameters }) => ({
      parameters: {
        ...parameters,
        "encoder/0/kernel": {
          ...parameters["encoder/0/kernel"]!,
          initial: () =>
            new Float32Array(
              parameters["encoder/0/kernel"]!.shape
                .reduce((a, b) => a * b, 1),
            ).fill(++calls / 100),
        },
      },
    })),
  ],
  [
    "a tensor kept",
    "same",
    /^encoder\.apply keeps 1 tensors at each call/,
    encoderWith((apply) => (weights, images) =>
      tf.add(apply(weights, images), tf.keep(tf.scalar(1)))
    ),
  ],
  [
    "a parameter that nothing reads",
    "used",
    /^encoder\.apply does not depend on "encoder\/1\/kernel"/,
    encoderFrom(({ parameters }) => ({
      parameters: {
        ...parameters,
        "encoder/1/kernel": uniformParameter([2], 1),
      },
    })),
  ],
  [
    "the decoder's weight in the encoder",
    "used",
    /^encoder\.apply reads the weight "output\/bias"/,
    encoderWith((apply) => (weights: NetworkWeights, images) =>
      tf.add(apply(weights, images), tf.mean(weights["output/bias"]!))
    ),
  ],
  [
    "a batch that is centred",
    "rows",
    /^encoder\.apply: the result for a row changes/,
    encoderWith((apply) => (weights, images) => {
      const x = apply(weights, images);
      return tf.sub(x, tf.mean(x, 0, true));
    }),
  ],
  [
    "a gradient that is shared",
    "rows",
    /^encoder\.apply: the gradient of the result for a row has parts/,
    encoderWith((apply) => (weights, images) => shared(apply(weights, images))),
  ],
  [
    "half of the gradient",
    "gradients",
    /^the derivative of encoder\.apply along "encoder\/0/,
    encoderWith((apply) => (weights, images) => half(apply(weights, images))),
  ],
  [
    "weights that start small",
    "start",
    /^the outputs of the encoder differ by .* want at least 0\.001/,
    scaled(1e-4),
  ],
  [
    "weights that start large",
    "start",
    /^the outputs of the decoder are of size .* want at most 10/,
    networkWith(({ decoder }) => ({
      decoder: (sizes) => {
        const right = decoder(sizes);
        return {
          ...right,
          apply: (weights, latent) =>
            tf.mul(100, right.apply(weights, latent)) as Tensor2D,
        };
      },
    })),
  ],
  [
    "a state between calls",
    "compiled",
    /is -?[\d.e-]+, want/,
    encoderWith((apply) => (weights, images) =>
      tf.add(apply(weights, images), traced++ < 2 ? 0 : 1)
    ),
  ],
];

function subjectOf({ definition }: NetworkPlugin) {
  return networkKit.subject({ definition, options: {} }, {});
}

it("passes every check where nothing is wrong", () => {
  const results = [...runChecks(networkKit, subjectOf(networkWith()))];
  expect(results.filter(({ verdict }) => verdict === "fail")).toEqual([]);
  expect(results.map(({ name }) => name))
    .toEqual(networkKit.checks.map(({ name }) => name));
});

it("has a wrong network for every check", () => {
  expect(new Set(WRONG.map(([, check]) => check)))
    .toEqual(new Set(networkKit.checks.map(({ name }) => name)));
});

it.for(WRONG)("%s fails %s", ([, name, says, plugin], { skip }) => {
  skip(name === "compiled" && !isNative, "only native compiles");
  const check = networkKit.checks.find((one) => one.name === name)!;
  const result = runCheck(check, subjectOf(plugin));
  expect(result.verdict, result.found).toBe("fail");
  expect(result.found).toMatch(says);
  expect(result.hint).toBeTruthy();
});
