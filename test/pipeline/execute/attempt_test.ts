import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { RunError } from "../../../core/lib/errors.ts";
import { beginAttempt } from "../../../core/pipeline/execute/attempt.ts";
import { writeCheckpoint } from "../../../core/pipeline/execute/checkpoint_file.ts";

let directory: string;
let told: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "attempt-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  told = [];
});

afterEach(() => void vi.unstubAllEnvs());

function open(keep = () => Promise.resolve()) {
  return beginAttempt({
    directory,
    keep,
    earlier: () => Promise.resolve(null),
    tell: (message) => {
      if (message.type !== "log") {
        told.push(`${message.type}: ${message.message}`);
      }
    },
  });
}

it("gives the next attempt the state, with what was said and the time taken", async () => {
  const first = open().context;
  expect(await first.checkpoint.load()).toBeNull();
  first.warn("mind the gap");
  first.log({ step: 1, loss: NaN });
  await first.checkpoint.save({ at: 0.1 + 0.2, data: Float32Array.of(1, -0) });
  first.log({ step: 2 });
  first.warn("after the checkpoint");

  const second = open();
  expect(await second.context.checkpoint.load())
    .toEqual({ at: 0.1 + 0.2, data: Float32Array.of(1, -0) });
  expect(second.sum()).toMatchObject({
    records: [{ step: 1, loss: NaN }],
    warnings: ["mind the gap"],
  });
  expect(told).toEqual(["warn: mind the gap", "warn: after the checkpoint"]);
});

it("adds up the time of all attempts", async () => {
  const now = vi.spyOn(performance, "now").mockReturnValue(1000);
  onTestFinished(() => now.mockRestore());
  const saved = { ms: 60_000, records: [], warnings: [], value: 7 };
  await writeCheckpoint(directory, saved);
  const attempt = open();
  await attempt.context.checkpoint.load();
  now.mockReturnValue(1250);
  expect(attempt.sum().ms).toBe(60_250);
});

it("replaces the checkpoint before and clears away unfinished ones", async () => {
  const { checkpoint } = open().context;
  await checkpoint.save(1);
  await checkpoint.save(2);
  expect(readdirSync(directory)).toEqual(["checkpoint.bin"]);
  writeFileSync(join(directory, "from-a-crash.draft"), "half");
  expect(await open().context.checkpoint.load()).toBe(2);
  expect(readdirSync(directory)).toEqual(["checkpoint.bin"]);
});

it.each([
  ["cut off", (bytes: Buffer) => bytes.subarray(0, 40)],
  ["empty", () => Buffer.alloc(0)],
  ["flipped", (bytes: Buffer) => {
    bytes[bytes.length - 1]! ^= 1;
    return bytes;
  }],
])("does not use a checkpoint that is %s", async (_, damage) => {
  await open().context.checkpoint.save({ data: Float32Array.of(1, 2) });
  const file = join(directory, "checkpoint.bin");
  writeFileSync(file, damage(readFileSync(file)));
  expect(await open().context.checkpoint.load()).toBeNull();
  expect(told).toEqual(["note: the checkpoint is damaged and is not used"]);
});

it("goes on where a checkpoint cannot be written, and says so once", async () => {
  const { checkpoint } = open().context;
  rmSync(directory, { recursive: true });
  await checkpoint.save(1);
  await checkpoint.save(2);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^note: goes on without checkpoints: ENOENT/);
  writeFileSync(directory, "");
});

it("goes on where a checkpoint cannot be shared, with the one here", async () => {
  const { checkpoint } =
    open(() => Promise.reject(new RunError("the service is gone"))).context;
  await checkpoint.save(1);
  await checkpoint.save(2);
  expect(told).toEqual([
    "note: keeps checkpoints on this machine alone: the service is gone",
  ]);
  expect(await open().context.checkpoint.load()).toBe(2);
});

it("fails where the state is no plain data", async () => {
  const { checkpoint } = open().context;
  await expect(checkpoint.save({ at: new Date(0) })).rejects.toThrow(
    'Cannot store "value.at"',
  );
});

it("saves as often as it is told", () => {
  vi.stubEnv("VAE_PRIORS_CHECKPOINT_SECONDS", "0");
  expect(open().context.checkpoint.due()).toBe(true);
  vi.stubEnv("VAE_PRIORS_CHECKPOINT_SECONDS", "1000");
  expect(open().context.checkpoint.due()).toBe(false);
  vi.stubEnv("VAE_PRIORS_CHECKPOINT_SECONDS", "often");
  expect(() => open()).toThrow(
    "Cannot use VAE_PRIORS_CHECKPOINT_SECONDS=often: want a number of seconds, at least 0",
  );
});
