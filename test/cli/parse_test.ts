import { afterEach, describe, expect, test, vi } from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import { parse, run } from "./_parse.ts";

function faultOf(...argv: string[]): UserError {
  try {
    parse(...argv);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  }
  throw new Error("it was understood");
}

afterEach(() => void vi.restoreAllMocks());

describe("parseCommandLine", () => {
  test("finds command and flags", () => {
    expect(parse("run", "--set", "a=1", "--set", "b=2", "--dry")).toEqual({
      command: run,
      flags: { set: ["a=1", "b=2"], dry: true },
    });
  });

  test("text stays text, whatever it looks like", () => {
    for (const text of ["007", "1e3", "0x10", "-1", "true", "null", " "]) {
      expect(parse("run", "--config", text)!.flags).toEqual({ config: text });
      expect(parse("run", `--config=${text}`)!.flags).toEqual({ config: text });
      expect(parse("run", "--force", "train", "--set", text)!.flags)
        .toEqual({ force: "train", set: text });
    }
    expect(parse("check", "007", "1e3")!.flags)
      .toEqual({ plugin: "007", values: "1e3" });
  });

  test("a word behind a switch is a word", () => {
    for (const plugin of ["true", "false", "7"]) {
      expect(parse("check", "--dry", plugin)!.flags)
        .toEqual({ dry: true, plugin });
    }
  });

  test("a switch that is repeated is the switch", () => {
    expect(parse("run", "--dry", "--dry")!.flags).toEqual({ dry: true });
    expect(parse("run", "--force", "--force")!.flags).toEqual({ force: true });
  });

  test.each([
    [["run", "--", "--dry", "--seed", "3"]],
    [["--", "run", "--dry", "--seed", "3"]],
    [["run", "--dry", "--", "--seed=3"]],
    [["--dry", "--seed", "3", "run"]],
  ])("%j: a package manager has passed the dashes on", (argv) => {
    expect(parse(...argv)).toEqual({
      command: run,
      flags: { dry: true, seed: "3" },
    });
  });

  test("finds words by their places", () => {
    const given = (...argv: string[]) => parse("check", ...argv)!.flags;
    expect(given("beta")).toEqual({ plugin: "beta" });
    expect(given("--dry", "./a.ts", '{"x": 1}'))
      .toEqual({ plugin: "./a.ts", values: '{"x": 1}', dry: true });
    expect(given("beta", "--", "7")).toEqual({ plugin: "beta", values: "7" });
    expect(given("--", "-5")).toEqual({ plugin: "-5" });
  });

  test.each([
    [["--help"]],
    [["run", "--help"]],
    [["-v"]],
    [["run", "--version"]],
    [["--"]],
    [[]],
  ])(
    "answers %j itself",
    (argv) => {
      const print = vi.spyOn(console, "info").mockReturnValue();
      expect(parse(...argv)).toBeNull();
      expect(print).toHaveBeenCalledOnce();
    },
  );

  test("help has flags and examples", () => {
    const print = vi.spyOn(console, "info").mockReturnValue();
    parse("run", "--help");
    expect(print.mock.lastCall?.[0]).toMatch(/--force \[stage\] +again/);
    expect(print.mock.lastCall?.[0]).toContain("  npm start -- --dry");
    parse("check", "--help");
    expect(print.mock.lastCall?.[0])
      .toContain("  npm run cli -- check <plugin> [values] [--flags]");
  });

  test.each([
    [
      ["rnu"],
      'Cannot run command "rnu": there is none, commands are "run", "list", "check"',
      'Did you mean "run"?',
    ],
    [["rnu", "--help"], 'Cannot run command "rnu"', 'Did you mean "run"?'],
    [
      ["run", "--dri"],
      'Cannot read "--dri": command "run" has no such flag',
      'Did you mean "--dry"?',
    ],
    [
      ["run", "--no-dry"],
      'Cannot read "--no-dry": command "run" has no such flag',
      "See npm start -- --help; a key of the config is set as in --set train.epochs=5",
    ],
    [
      ["--dri", "run"],
      'Cannot read "--dri": want a command before it',
      'Did you mean "--dry"?',
    ],
    [
      ["run", "--set", "a=1", "--set.b=2"],
      'Cannot read "--set.b": command "run" has no such flag',
      'Did you mean "--set"?',
    ],
    [
      ["run", "--constructor", "x"],
      'Cannot read "--constructor": command "run" has no such flag',
      "See npm start -- --help; a key of the config is set as in --set train.epochs=5",
    ],
    [
      ["run", "--set", "--set", "a=1"],
      'Cannot read "--set <key=value>": its value is missing',
      "See npm start -- --help",
    ],
    [
      ["list", "--dry"],
      'Cannot read "--dry": command "list" has no such flag, it has none',
      "See npm run cli -- list --help",
    ],
    [
      ["run", "beta"],
      'Cannot read "beta": command "run" takes no words, only flags',
      "See npm start -- --help",
    ],
    [
      ["check", "--dry"],
      'Cannot run "check": <plugin> is missing, a prior',
      "See npm run cli -- check --help",
    ],
    [
      ["check", "a", "b", "c"],
      'Cannot read "c": command "check" takes no more words than <plugin> <values>',
      "See npm run cli -- check --help",
    ],
    [
      ["run", "--", "x"],
      'Cannot read "x": command "run" takes no words',
      "See npm start -- --help",
    ],
    [
      ["run", "--config"],
      'Cannot read "--config <file>": its value is missing',
      "See npm start -- --help",
    ],
    [
      ["run", "--config", "--dry"],
      'Cannot read "--config <file>": its value is missing',
      "See npm start -- --help",
    ],
    [
      ["run", "--config", ""],
      'Cannot read "--config <file>": its value is empty',
      "See npm start -- --help",
    ],
    [
      ["run", "--force="],
      'Cannot read "--force [stage]": its value is empty',
      "See npm start -- --help",
    ],
    [
      ["run", "--dry=no"],
      'Cannot read "--dry": it takes no value',
      "See npm start -- --help",
    ],
    [
      ["check", ""],
      'Cannot run "check": <plugin> is empty, want a prior',
      "See npm run cli -- check --help",
    ],
    [
      ["run", "redis://:s3cr/et=@host"],
      'Cannot read "redis://***@host": command "run" takes no words',
      "See npm start -- --help",
    ],
    [
      ["--dry", "x"],
      'Cannot read "--dry": want a command before it',
      'Commands are "run", "list", "check"',
    ],
  ])("refuses %j", (argv, message, hint) => {
    const fault = faultOf(...argv);
    expect(fault.message).toContain(message);
    expect(fault.hint).toBe(hint);
  });
});
