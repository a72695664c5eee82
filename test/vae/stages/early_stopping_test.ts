import { describe, expect, it } from "vitest";
import {
  hasStalled,
  requireValidation,
} from "../../../core/vae/stages/_train/early_stopping.ts";
import { UserError } from "../../../core/lib/errors.ts";
import type { EpochRecord } from "../../../core/vae/model/artifacts.ts";

const after = (epochs: number, bestEpoch: number) => ({
  epochs: new Array<EpochRecord>(epochs),
  bestEpoch,
});

describe("hasStalled()", () => {
  it("waits for as many epochs as it is told", () => {
    const options = { patience: 3, warmupEpochs: 0 };
    expect(hasStalled(after(0, 0), options)).toBe(false);
    expect(hasStalled(after(6, 4), options)).toBe(false);
    expect(hasStalled(after(7, 4), options)).toBe(true);
  });

  it("counts from the end of the warm-up where that is later", () => {
    const options = { patience: 3, warmupEpochs: 9.5 };
    expect(hasStalled(after(12, 4), options)).toBe(false);
    expect(hasStalled(after(13, 4), options)).toBe(true);
    expect(hasStalled(after(13, 12), options)).toBe(false);
  });

  it("never says so without a patience", () => {
    const options = { patience: null, warmupEpochs: 0 };
    expect(hasStalled(after(1000, 1), options)).toBe(false);
  });
});

it("wants images to be held out", () => {
  requireValidation({ patience: null, validation: 0 });
  requireValidation({ patience: 5, validation: 1 });
  expect(() => requireValidation({ patience: 5, validation: 0 })).toThrow(
    UserError,
  );
  expect(() => requireValidation({ patience: 5, validation: 0 })).toThrow(
    "Cannot stop early after 5 epochs (train.patience): no images are held out",
  );
  expect(() => requireValidation({ patience: 1, validation: 0 })).toThrow(
    "Cannot stop early after 1 epoch (train.patience)",
  );
});
