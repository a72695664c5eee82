import { beforeEach, describe, expect, test, vi } from "vitest";
import type { EngineInfo } from "../core/engine/engine.ts";
import { preparePlan } from "../core/run.ts";

const engines = vi.hoisted(() => ({ describe: vi.fn(), ensure: vi.fn() }));
vi.mock("../core/engine/engine.ts", () => ({
  describeEngine: engines.describe,
  ensureEngine: engines.ensure,
}));

const native: EngineInfo = { name: "native", version: "1" };
const fallback: EngineInfo = {
  name: "wasm",
  version: "1",
  fallbackReason: "No compiler was found",
};
const source = {
  file: null,
  baseDirectory: "/tmp",
  config: {
    priors: ["gaussian"],
    load_mnist: { source: "synthetic" },
    presets: { quick: { train: { epochs: 3 } } },
    fallbackPreset: "quick",
  },
};

beforeEach(() => void vi.resetAllMocks());

describe("where auto could not have the native engine", () => {
  test("the fallback preset steps in, and says how to have the rest", async () => {
    engines.describe.mockResolvedValue(fallback);
    const notices: string[] = [];
    const plan = await preparePlan(source, {
      onNotice: (line) => notices.push(line),
    });
    expect(plan.config.preset).toBe("quick");
    expect(plan.config.stageOptions.train?.epochs).toBe(3);
    expect(notices.join()).toContain("No compiler was found");
    expect(notices.join()).toContain("--preset full");
  });

  test("a preset that was asked for stays, also the full one", async () => {
    engines.describe.mockResolvedValue(fallback);
    const plan = await preparePlan(source, { preset: "full" });
    expect(plan.config.preset).toBeNull();
    expect(plan.config.stageOptions.train?.epochs).toBe(20);
  });
});

test("with the native engine the config stands", async () => {
  engines.ensure.mockResolvedValue(native);
  const plan = await preparePlan(source, { provision: true });
  expect(plan.config.preset).toBeNull();
  expect(plan.shared.engine).toMatchObject(native);
});

test("mistakes come to light before the engine is touched", async () => {
  const config = { ...source.config, train: { epochs: 0 } };
  await expect(preparePlan({ ...source, config }, { provision: true })).rejects
    .toThrow('Cannot read "train.epochs": found 0');
  expect(engines.ensure).not.toHaveBeenCalled();
});
