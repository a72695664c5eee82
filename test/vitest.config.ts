import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*_test.ts"],
    globalSetup: ["test/set_up.ts"],
    // Each file gets a process of its own: an engine is process-wide state.
    pool: "forks",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
