/** What is typed and set with a password in it, and what is said and kept of it. */

import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  packError,
  unpackError,
} from "../../core/pipeline/execute/wire_error.ts";
import { readRecord } from "../../core/runs/record.ts";
import { BIN, startChild } from "../processes/child.ts";
import { createCheckout } from "../runs/_checkout.ts";
import { fakeRecord, writeRecord } from "../runs/fake_record.ts";

vi.setConfig({ testTimeout: 120_000 });

/** Every piece of every password here. */
const SECRET = /s3cr|p@ss|\bss@/;

test.each([
  "redis://:s3cr/et=@host",
  "user:s3cret@host",
  "redis://:p@ss@host:1",
  "redis://:s3cr%et@host",
])("REDIS_URL=%s is a mistake, and is not shown", async (url) => {
  const here = createCheckout({ environment: { REDIS_URL: url } });
  const { code, out, err } = await here.cli("queue", "status");
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain("Cannot use the address of Redis in REDIS_URL");
  expect(err).toContain("percent-encode");
  expect(err).not.toMatch(SECRET);
});

test("a run's record, locks and messages hold no password of its flags", async () => {
  const here = createCheckout();
  const { code, out, err } = await here.cli(
    ...["run", "--executor", "bullmq"],
    ...["--redis", "redis://:s3cret@127.0.0.1:1"],
  );
  expect(code).toBe(1);
  expect(err).toContain("Cannot reach Redis at redis://***@127.0.0.1:1");
  expect(out + err).not.toMatch(SECRET);
  const files = readdirSync(here.outputs, {
    recursive: true,
    withFileTypes: true,
  }).filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const record = files.find((file) => file.endsWith("record.json"))!;
  expect(readFileSync(record, "utf8")).toContain("redis://***@127.0.0.1:1");
  for (const file of files) {
    expect(readFileSync(file, "utf8")).not.toMatch(SECRET);
  }
});

test.skipIf(!existsSync("/proc/self/cmdline"))(
  "a process that waits shows no password of its flags",
  async () => {
    const redis = createServer();
    onTestFinished(() => void redis.close());
    redis.listen(0, "127.0.0.1");
    await once(redis, "listening");
    const { port } = redis.address() as { port: number };
    const url = `redis://:s3cret@127.0.0.1:${port}`;
    const words = ["queue", "status", "--redis", url];
    const child = startChild([process.execPath, BIN, ...words]);
    onTestFinished(() => child.kill());
    const [socket] = await once(redis, "connection");
    onTestFinished(() => void socket.destroy());
    const shown = readFileSync(`/proc/${child.pid}/cmdline`, "utf8");
    expect(shown).toContain("redis://***@127.0.0.1");
    expect(shown).not.toMatch(SECRET);
  },
);

test("errors travel without passwords, in what caused them, too", () => {
  const cause = new Error("connect to redis://:s3cr/et@host");
  const error = new Error("Failed to parse: user:s3cret@host", { cause });
  const packed = packError(error);
  expect(JSON.stringify(packed)).not.toMatch(SECRET);
  expect(unpackError(packed).stack).not.toMatch(SECRET);
  expect(packed.message).toBe("Failed to parse: ***@host");
});

test("a record of before is shown without the password of its command", async () => {
  const here = createCheckout();
  const command = ["vae-priors", "run", "--redis", "redis://:s3cret@host"];
  const record = { ...fakeRecord({ run: "old-11111111" }), command };
  const file = writeRecord(here.outputs, record);
  expect((await readRecord(file)).command)
    .toEqual(["vae-priors", "run", "--redis", "redis://***@host"]);
  const { out } = await here.cli("inspect", "old-11111111");
  expect(out).toContain("redis://***@host");
});
