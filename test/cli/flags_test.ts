import { describe, expect, test } from "vitest";
import { readConfigFlags } from "../../core/cli/flags.ts";
import { readSelection } from "../../core/cli/plan_flags.ts";
import { parse } from "./_parse.ts";

describe("flags", () => {
  test("become overrides, those with names of their own last", () => {
    const argv = ["run", "--seed", "1", "--seed", "2", "--engine", "cpu"];
    const { flags } = parse(...argv, "--set", "seed=9", "--preset", "q")!;
    expect(readConfigFlags(flags)).toEqual({
      file: undefined,
      preset: "q",
      overrides: [
        { path: ["seed"], value: 9 },
        { path: ["seed"], value: [1, 2] },
        { path: ["engine"], value: "cpu" },
      ],
    });
  });

  test("that stand once are not repeated", () => {
    const { flags } = parse("run", "--config", "a", "--config", "b")!;
    expect(() => readConfigFlags(flags)).toThrow(
      "Cannot read --config: found it 2 times, want it once",
    );
  });

  test.each([
    [["--force"], { force: true }],
    [["--force", "train"], { force: ["train"] }],
    [["--force", "a", "--force", "b"], { force: ["a", "b"] }],
    [["--only", "train"], { only: "train" }],
    [[], {}],
  ])("%j selects %j", (argv, selection) => {
    expect(readSelection(parse("run", ...argv)!.flags)).toEqual(selection);
  });

  test("force is for all or for some", () => {
    const { flags } = parse("run", "--force", "a", "--force")!;
    expect(() => readSelection(flags)).toThrow("Cannot read --force");
  });
});
