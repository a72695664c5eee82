import { expect, it } from "vitest";
import { workerCommand } from "../../core/queue/worker_command.ts";

const FOLDER = process.cwd();
const plan = (config: Record<string, unknown> = {}) =>
  ({
    shared: { engine: { name: "wasm" } },
    config: { configFile: null, overrides: [], ...config },
  }) as unknown as Parameters<typeof workerCommand>[0];
const command = (
  url: string,
  { queue = "vae-priors", ...config }: Record<string, unknown> = {},
) => workerCommand(plan(config), { url, queue: String(queue) }, FOLDER);

it("starts a worker of the run's engine, queue and Redis", () => {
  expect(command("redis://host:6379")).toBe(
    "npm run cli -- worker --redis redis://host:6379 --engine wasm",
  );
  expect(command("redis://host:6379/2", { queue: "mine" })).toBe(
    "npm run cli -- worker --redis redis://host:6379/2 --queue mine --engine wasm",
  );
});

it.each(["redis://:geheim@host:6379", "redis://host:6379?password=geheim"])(
  "does not show the password of %s",
  (url) => {
    const shown = command(url);
    expect(shown).not.toContain("geheim");
    expect(shown).toMatch(
      /^REDIS_URL=redis:\/\/(?:\*\*\*@)?host:6379 npm run cli -- worker --engine wasm$/,
    );
  },
);

it("names config and store where a worker would not find them", () => {
  expect(
    command("redis://host:6379", {
      configFile: `${FOLDER}/other/mine.ts`,
      overrides: [
        { path: ["store"], value: "/a b" },
        { path: ["train", "epochs"], value: 1 },
      ],
    }),
  ).toBe(
    "npm run cli -- worker --redis redis://host:6379 --engine wasm --config other/mine.ts --set 'store=/a b'",
  );
  const configFile = `${FOLDER}/pipeline.config.ts`;
  expect(command("redis://host:6379", { configFile })).not.toContain(
    "--config",
  );
});
