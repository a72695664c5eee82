import { expect, it } from "vitest";
import { checkParams } from "../../core/pipeline/check_params.ts";
import { choices } from "../../core/vae/axes.ts";
import total from "./fixtures/total.ts";

const axes = choices.map(({ axis }) => axis);

it.each([
  [["prior"], 'Cannot plan stage "total": uses "prior" without "latentDim"'],
  [
    ["colour"],
    'Cannot plan stage "total": uses "colour", want one of "prior", "network", "likelihood", "objective", "latentDim", "seed"',
  ],
])("refuses a stage that uses %j", (params, message) => {
  expect(() => checkParams([{ ...total, params }], axes)).toThrow(message);
});

it("takes a stage that uses what there is", () => {
  checkParams([{ ...total, params: ["prior", "latentDim", "seed"] }], axes);
});
