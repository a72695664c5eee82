import type { Worker } from "bullmq";
import type { Redis } from "ioredis";
import { describe, expect, it } from "vitest";
import { leave, unlessGone } from "../../core/queue/leave.ts";

const never = new Promise<never>(() => {});

describe("whose Redis is gone", () => {
  it("waits for an answer of it once, however many have work to end", async () => {
    const pings: (() => void)[] = [];
    const ping = () => new Promise<void>((resolve) => pings.push(resolve));
    const redis = { ping } as unknown as Redis;
    const signal = AbortSignal.abort();
    expect(await unlessGone(never, { redis, signal })).toBeUndefined();
    expect(await unlessGone(never, { redis, signal })).toBeUndefined();
    const ends: unknown[] = [];
    const close = (isForced: boolean) => (ends.push(isForced), never);
    const disconnect = async () => void ends.push("disconnected");
    const worker = { close, disconnect } as unknown as Worker;
    expect(await leave({ worker, redis, stages: new Set() })).toBe(false);
    expect(ends).toEqual([true, "disconnected"]);
    expect(pings).toHaveLength(1);

    // It was only slow, and is asked again.
    pings[0]!();
    await new Promise(setImmediate);
    void unlessGone(never, { redis, signal });
    await new Promise(setImmediate);
    expect(pings).toHaveLength(2);
  });
});
