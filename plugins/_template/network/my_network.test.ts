// What only this network can be asked: `vae-priors check ./my_network.ts` asks
// what every network can.

import { expect, it } from "vitest";
import myNetwork from "./my_network.ts";

const image = { height: 2, width: 3, channels: 1 };

it("has as many parameters as its layers need", () => {
  const { encoder, decoder } = myNetwork.definition.create(
    { units: 7 },
    image,
  );
  const shapes = Object.entries({
    ...encoder.parameters,
    ...decoder({ latentWidth: 4, outputs: 1 }).parameters,
  }).map(([path, { shape }]) => [path, shape]);
  expect(Object.fromEntries(shapes)).toEqual({
    "encoder/hidden/kernel": [6, 7],
    "encoder/hidden/bias": [7],
    "decoder/hidden/kernel": [4, 7],
    "decoder/hidden/bias": [7],
    "output/kernel": [7, 6],
    "output/bias": [6],
  });
  expect(encoder.features).toBe(7);
});
