/** A Redis of the tests of a suite. @module */

import { afterAll, beforeAll } from "vitest";
import { startRedis, type TestRedis } from "./_redis.ts";

/** Starts one before the suite's tests, and closes it after them. */
export function useRedis(): Omit<TestRedis, "close"> {
  let server: TestRedis;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.close());
  return {
    get url() {
      return server.url;
    },
    kill: () => server.kill(),
    start: () => server.start(),
  };
}
