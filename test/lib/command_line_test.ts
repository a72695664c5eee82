import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandLine, spellCommands } from "../../core/lib/command_line.ts";

let base: string;
let checkout: string;

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "vae-priors-typed-")));
  checkout = join(base, "check out");
  mkdirSync(join(checkout, "plugins"), { recursive: true });
  writeFileSync(join(checkout, "package.json"), "{}");
});
afterAll(() => rm(base, { recursive: true }));

const bin = () => join(checkout, "core/cli/bin.mjs");
const typed = (
  words: string,
  { script = bin(), root = `${checkout}/`, folder = checkout } = {},
) => commandLine(words, { script, root, folder });

test("in a checkout, npm starts it: flags stand behind --", () => {
  expect(typed("run")).toBe("npm start");
  expect(typed("run --dry")).toBe("npm start -- --dry");
  expect(typed("list runs")).toBe("npm run cli list runs");
  expect(typed("gc --dry")).toBe("npm run cli -- gc --dry");
  expect(typed("--help")).toBe("npm run cli -- --help");
  expect(typed("check <plugin> [--flags]"))
    .toBe("npm run cli -- check <plugin> [--flags]");
  expect(typed("graph --format dot | dot -Tsvg > plan.svg"))
    .toBe("npm run -s cli -- graph --format dot | dot -Tsvg > plan.svg");
  expect(typed("run", { folder: join(checkout, "plugins") })).toBe("npm start");
});

test("elsewhere, where npm finds no such script, Node starts it", () => {
  expect(typed("gc --dry", { folder: base }))
    .toBe('node "check out/core/cli/bin.mjs" gc --dry');
  const project = join(checkout, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), "{}");
  expect(typed("run", { folder: project }))
    .toBe("node ../core/cli/bin.mjs run");
});

test("where it is installed, npx finds it, or the PATH has it", () => {
  const modules = join(base, "mine", "node_modules");
  const root = join(modules, "vae-priors/");
  const script = join(modules, ".bin", "vae-priors");
  const folder = join(base, "mine");
  expect(typed("gc --dry", { script, root, folder }))
    .toBe("npx vae-priors gc --dry");
  // A link to a checkout.
  expect(typed("gc", { script, folder })).toBe("npx vae-priors gc");
  // A script of one's own, and a worker.
  expect(typed("run", { script: join(folder, "mine.mjs"), root, folder }))
    .toBe("npx vae-priors run");
  expect(typed("run", { script: "/usr/local/bin/vae-priors", folder }))
    .toBe("vae-priors run");
});

test("what the engine calls setup and doctor is spelled out", () => {
  expect(spellCommands("Install g++, then run setup")).toBe(
    "Install g++, then run npm run cli setup",
  );
  expect(spellCommands("(tried just now; setup tries again)")).toBe(
    "(tried just now; npm run cli setup tries again)",
  );
  expect(spellCommands("Report it with the output of doctor")).toBe(
    "Report it with the output of npm run cli doctor",
  );
  expect(spellCommands("Cannot set up this: the setup of it"))
    .toBe("Cannot set up this: the setup of it");
});

test("no message names a command in any other way", () => {
  const core = fileURLToPath(new URL("../../core/", import.meta.url));
  const names = readdirSync(join(core, "cli", "commands"))
    .map((file) => file.replace(".ts", ""));
  expect(names).toContain("gc");
  const named = new RegExp(`vae-priors (?:${names.join("|")})\\b`);
  const files = readdirSync(core, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:ts|mjs)$/.test(file));
  const found = files.flatMap((file) =>
    readFileSync(join(core, file), "utf8").split("\n")
      .filter((line) =>
        named.test(line) && !/^\s*(?:\*|\/\*\*|\/\/)/.test(line)
      )
      .map((line) => `${file}: ${line.trim()}`)
  );
  expect(found).toEqual([]);
});
