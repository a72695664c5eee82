// `complete`, in a real bash: what its completion function offers for words
// that have been typed.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formats } from "../../core/convert/mod.ts";
import { openStore } from "../../core/store/open.ts";
import { runCommand } from "../processes/command.ts";

const BIN = fileURLToPath(new URL("../../core/cli/bin.mjs", import.meta.url));
const FISH: string = "fish";
const KEY = "6a0fc4ce".repeat(8);
const has = (program: string) => spawnSync(program, ["--version"]).status === 0;
const COMPLETE = `
source <("$0" "$1" complete bash)
function_name=$(complete -p vae-priors | sed 's/.*-F \\([^ ]*\\).*/\\1/')
shift
while IFS= read -r line; do
  read -r -a COMP_WORDS <<< "$line"
  [[ $line == *' ' ]] && COMP_WORDS+=('')
  COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
  COMPREPLY=()
  "$function_name" 2> /dev/null
  printf '%s\\n' "\${COMPREPLY[@]}" --
done
`;

let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-tab-")));
  const config = {
    priors: ["gaussian", ["beta", { alpha: 1, beta: 1 }]],
    engine: "cpu",
    load_mnist: { source: "synthetic" },
    presets: { tiny: { train: { epochs: 1 } } },
  };
  await writeFile(join(folder, "pipeline.config.json"), JSON.stringify(config));
  const run = join(folder, "outputs/runs/default-1a2b3c4d");
  await mkdir(run, { recursive: true });
  await writeFile(join(run, "record.json"), "{}");
  const store = await openStore(join(folder, "outputs/store"));
  const draft = await store.draft({ stage: "train", key: KEY });
  await draft.commit({ training: 1 }, { fields: {}, ms: 1, warnings: [] });
});
afterAll(() => rm(folder, { recursive: true }));

/** What bash offers at the end of each line. */
function offered(lines: readonly string[]): readonly (readonly string[])[] {
  const out = execFileSync(
    "bash",
    ["--norc", "-c", COMPLETE, process.execPath, BIN],
    { cwd: folder, input: `${lines.join("\n")}\n`, encoding: "utf8" },
  );
  return out.split("--\n").slice(0, -1)
    .map((words) => words.split("\n").filter((word) => word !== ""));
}

describe.skipIf(!has("bash"))("bash completes", () => {
  const CASES: readonly (readonly [string, readonly string[]])[] = [
    ["vae-priors sta", ["status"]],
    ["vae-priors run --fro", ["--from", "--from-record"]],
    ["vae-priors run --only attach", ["attach_prior"]],
    ["vae-priors why sample_", ["sample_metrics"]],
    ["vae-priors run --set train.ep", ["train.epochs="]],
    ["vae-priors run --preset ", ["tiny", "full"]],
    ["vae-priors run --run be", ["beta-1-1"]],
    ["vae-priors check gaus", ["gaussian"]],
    ["vae-priors convert --to ", formats.map(({ name }) => name)],
    ["vae-priors convert --weights b", ["best"]],
    ["vae-priors new li", ["likelihood"]],
    ["vae-priors list o", ["objectives"]],
    ["vae-priors inspect def", ["default-1a2b3c4d"]],
    ["vae-priors inspect 6a0f", [KEY]],
    ["vae-priors status --config pipe", ["pipeline.config.json"]],
  ];
  let found: readonly (readonly string[])[];

  beforeAll(() => {
    found = offered(CASES.map(([line]) => line));
  });

  test.each(CASES)("%s", (line, words) => {
    const i = CASES.findIndex((one) => one[0] === line);
    expect([...new Set(found[i])]).toEqual(words);
  });
});

test.each([
  [["run", "--set", "train.ep"], "train.epochs=", ":6"],
  [["run", "--config", "outp"], "outputs/", ":6"],
  [["run", "--config", "pipe"], "pipeline.config.json", ":4"],
  [["run", "--preset", "ti"], "tiny", ":4"],
])("of %j no space is put behind what goes on", async (words, ...wanted) => {
  const line = ["complete", "--", ...words];
  const { stdout } = await runCommand(line, { cwd: folder });
  const [word, directive] = stdout.trimEnd().split("\n");
  expect([word?.split("\t")[0], directive]).toEqual(wanted);
});

test.each(["bash", "zsh", "fish"])(
  "there is a script for %s",
  async (shell) => {
    const script = execFileSync(process.execPath, [BIN, "complete", shell], {
      encoding: "utf8",
    });
    expect(script).toContain("bin.mjs complete -- ");
    if (!has(shell)) return;
    // Of a socket, which a test has for stdin, fish reads none.
    const file = join(folder, `complete.${shell}`);
    await writeFile(file, script);
    const { status, stderr } = spawnSync(shell, ["-n", file], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  },
);

test("another shell is refused", () => {
  const { status, stderr } = spawnSync(process.execPath, [
    BIN,
    "complete",
    "csh",
  ], { encoding: "utf8" });
  expect(status).toBe(2);
  expect(stderr).toContain('want one of "bash", "zsh", "fish"');
});

test.skipIf(!has(FISH))("fish completes words, flags and trials", () => {
  const offer = (line: string) => {
    const script =
      'source ($argv[1] $argv[2] complete fish | psub); complete -C "$argv[3]"';
    const words = ["--no-config", "-c", script, process.execPath, BIN, line];
    const out = execFileSync(FISH, words, { cwd: folder, encoding: "utf8" });
    return out.split("\n").map((text) => text.split("\t")[0]).filter(Boolean);
  };
  expect(offer("vae-priors stat")).toEqual(["status"]);
  expect(offer("vae-priors run --pres")).toEqual(["--preset"]);
  expect(offer("vae-priors run --run ")).toEqual(["beta-1-1", "gaussian-0-1"]);
});
