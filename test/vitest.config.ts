import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*_test.ts"],
    globalSetup: ["test/set_up.ts"],
    // Each file gets a process of its own: an engine is process-wide state.
    pool: "forks",
    // By default one core is left out: half of a small machine.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
